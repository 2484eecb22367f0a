"""Failed sign-ins: after a few of them each further try waits longer, also when the program was started anew."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.store.whole_files import write_whole

FORMAT = "yimen-tries/1"
FREE = 3  # a password mistyped three times costs no waiting
LONGEST_SECONDS = 300
MOST_FAILED = 12  # from here on every wait is the longest
EVERYBODY = ""  # no clerk's id: whose failures nobody can tell any more
AFTER_DAMAGE = 6  # failures that make a wait of 8 seconds
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many tries failed since the last that went well, and when the wait after them began."""

    count: int
    since: datetime

    @property
    def wait(self) -> timedelta:
        """None after each of the first three, then 2, 4, 8 … seconds, 300 at most."""
        beyond = min(self.count, MOST_FAILED) - FREE
        return SECOND * min(2**beyond, LONGEST_SECONDS) if beyond > 0 else timedelta(0)


Tries = dict[str, Failures]


def wait_left(path: Path, clerk: str, now: datetime) -> int:
    """Whole seconds until a clerk may try again; 0 where the next try is free. ``now`` has its zone.

    No file is no failure. A file that cannot be understood makes everybody wait 8 seconds from when that is noticed.
    Where the clock is found behind the last failure it was set back: the wait then begins anew by the clock as it
    now is, so that it is neither shortened nor ever longer than 300 seconds. Both are written to the file at once.

    Raises:
        Problem: where the folder cannot be written.
    """
    tries = _tries(path, now)
    late = {who: Failures(one.count, now) for who, one in tries.items() if one.since > now}
    if late:
        tries |= late
        _write(path, tries)
    ends = [tries[who].since + tries[who].wait for who in (clerk, EVERYBODY) if who in tries]
    # Rounded up: who waits as long as told waits long enough.
    return max([0, *(-((now - end) // SECOND) for end in ends)])


def note_failure(path: Path, clerk: str, now: datetime) -> None:
    """Notes that a clerk's password was wrong; it is on the disk before this returns. ``now`` has its zone.

    Raises:
        Problem: where the folder cannot be written.
    """
    tries = _tries(path, now)
    before = tries[clerk].count if clerk in tries else 0
    _write(path, tries | {clerk: Failures(min(before + 1, MOST_FAILED), now)})


def note_success(path: Path, clerk: str) -> None:
    """Notes that a clerk signed in: the next mistyped password is the first again. What is not there is not rewritten.

    Raises:
        Problem: where the folder cannot be written.
    """
    found = _read(path)
    if found is None or clerk in found or EVERYBODY in found:
        _write(path, {who: one for who, one in (found or {}).items() if who not in {clerk, EVERYBODY}})


def _tries(path: Path, now: datetime) -> Tries:
    found = _read(path)
    if found is None:
        # Whose failures they were is lost. To count none would reward the damage; to count many would shut the office.
        found = {EVERYBODY: Failures(AFTER_DAMAGE, now)}
        _write(path, found)
    return found


def _read(path: Path) -> Tries | None:
    """The failures by clerk; None where the file is there and cannot be understood."""
    try:
        document = json.loads(path.read_bytes())
        if document["format"] != FORMAT:
            return None
        return {who: _failures(row) for who, row in document["clerks"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _failures(row: object) -> Failures:
    match row:
        case {"failed": int(count), "since": str(text)}:
            since = datetime.fromisoformat(text)
            if since.tzinfo is not None:
                return Failures(count, since)
    raise ValueError("no failures")


def _write(path: Path, tries: Tries) -> None:
    rows = {who: {"failed": one.count, "since": one.since.isoformat()} for who, one in sorted(tries.items())}
    document = {"format": FORMAT, "clerks": rows}
    write_whole(path, f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode())
