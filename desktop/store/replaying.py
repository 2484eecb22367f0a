"""Putting in again what a tail holds: only what was written after the very file that it is put into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.store.chain import NO_HASH, Stamp, hash_of
from desktop.store.journal import COLUMNS
from desktop.store.tail import Recorded, TailRead

if TYPE_CHECKING:
    from sqlite_utils import Database

NOTED = "INSERT INTO journal ("
PLACES = [name.strip() for name in COLUMNS.split(",")]
STAMPED = PLACES.index("path") + 1
CONTENT, HASH = PLACES.index("content"), PLACES.index("hash")
END = """SELECT seq, hash FROM (SELECT ? AS id) JOIN windows USING (id)
         LEFT JOIN journal ON window = id ORDER BY seq DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry as a change in a tail wrote it."""

    stamp: Stamp
    content: bytes
    hash: bytes


def replay(db: "Database", found: TailRead) -> int:
    """Puts into the file the changes of a tail that follow it without a gap; how many that were.

    A number alone proves nothing: after an older file was put back, another past gives the same numbers once more. So
    the entries of a change have to go on with the file's own journal, and what is in the file already has to be there as
    the tail has it; at the first that does not hold it ends. A change without entries is put in where that holds for
    those before it and for the next one that has some, or where the tail has none that could tell.
    """
    start = last = last_change(db)
    if not is_of(db, found):
        return 0
    waiting: list[Recorded] = []
    for record in _those(found, lambda change: change > start):
        if record.change != last + len(waiting) + 1:
            break
        waiting.append(record)
        if noted_in(record):
            if not _follows(db, record):
                return last - start
            last += _put_in(db, waiting)
    return last + _put_in(db, waiting) - start


def is_of(db: "Database", found: TailRead) -> bool:
    """Whether the entries that a tail has last, up to where the file stands, are in the file."""
    last = last_change(db)
    latest = (noted_in(record) for record in _those(found, lambda change: change <= last, newest_first=True))
    return all(_hash_of(db, one) == one.hash for one in next(filter(None, latest), ()))


def is_backed_up(found: TailRead) -> bool:
    """Whether a tail begins with the entry of a backup, so that one leads into it, or with the store itself."""
    first = next(iter(found.records), None)
    return found.since == 0 or any(one.stamp.kind == "backed_up" for one in (noted_in(first) if first else ()))


def noted_in(record: Recorded) -> tuple[Noted, ...]:
    """The entries that a change wrote into the journal."""
    return tuple(_noted(values) for sql, values in record.statements if sql.startswith(NOTED))


def last_change(db: "Database") -> int:
    """The number of the last change that is in the file."""
    return int(db.execute("SELECT change FROM state").fetchone()[0])


def _those(found: TailRead, wanted: Callable[[int], bool], *, newest_first: bool = False) -> Iterator[Recorded]:
    standing = tuple(one for one in found.standing if wanted(one[0]))
    return replace(found, standing=standing[::-1] if newest_first else standing).records


def _noted(values: tuple[Any, ...]) -> Noted:
    return Noted(Stamp(*values[:STAMPED]), values[CONTENT], values[HASH])


def _follows(db: "Database", record: Recorded) -> bool:
    """Whether the entries of a change go on where the file's chains end, in windows that the file knows."""
    ends: dict[str, tuple[int, bytes]] = {}
    for one in noted_in(record):
        window = one.stamp.window
        if window not in ends:
            row = db.execute(END, (window,)).fetchone()
            if row is None:
                return False
            ends[window] = (row[0] or 0, row[1] or NO_HASH)
        seq, before = ends[window]
        if one.stamp.seq != seq + 1 or hash_of(before, one.stamp, one.content) != one.hash:
            return False
        ends[window] = (one.stamp.seq, one.hash)
    return True


def _hash_of(db: "Database", one: Noted) -> bytes | None:
    sql = "SELECT hash FROM journal WHERE window = ? AND seq = ?"
    row = db.execute(sql, (one.stamp.window, one.stamp.seq)).fetchone()
    return None if row is None else bytes(row[0])


def _put_in(db: "Database", waiting: list[Recorded]) -> int:
    """Puts in the changes that waited, each by itself; how many that were. None of them waits any more."""
    for record in waiting:
        with db.atomic():
            for sql, values in record.statements:
                db.execute(sql, values)
    done = len(waiting)
    waiting.clear()
    return done
