"""Tails that are kept when another is begun: they lead from an older backup to the present while none of them is missing."""

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktop.store.copying import Tell, copied, free_name, hashed, put_in_place, written_in
from desktop.store.file import tail_path
from desktop.store.manifest import Backup, part_of
from desktop.store.secret import Secret
from desktop.store.tail import TailRead, TailUnreadable, read_tail

TAIL = ".tail"
NAMED = re.compile(r"yimen-(\d{8}-\d{6})-\d{6,}(-\d+)?\.tail")
KEPT_FOR = timedelta(days=14)


def keep_tail(store: Path, change: int) -> None:
    """Gives the tail of a store, which ends at a change, a second name beside the store; no one writes to it meanwhile.

    Raises:
        Unwritable: where the disk does not take it.
    """
    tail = tail_path(store)
    if not tail.exists():
        return
    number, kept = 1, tail.with_name(f"{tail.name}.{change}")
    while kept.exists():
        number += 1
        kept = tail.with_name(f"{tail.name}.{change}.{number}")
    with written_in(store.parent):
        try:
            kept.hardlink_to(tail)
        except OSError:
            shutil.copyfile(tail, kept)


def kept_beside(store: Path) -> tuple[Path, ...]:
    """The tails beside a store that are not written to any more."""
    tail = tail_path(store)
    named = re.compile(rf"{re.escape(tail.name)}\.\d+(\.\d+)?")
    with suppress(OSError):
        return tuple(sorted(path for path in store.parent.iterdir() if named.fullmatch(path.name)))
    return ()


def tails_in(folder: Path) -> tuple[Path, ...]:
    """The tails in a folder of backups, oldest first."""
    with suppress(OSError):
        return tuple(sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name)))
    return ()


def carry_tails(store: Path, secret: Secret, backup: Backup, tell: Tell) -> None:
    """Takes the tails that are kept beside a store to the backup that was made last; those of another key stay.

    Raises:
        Problem: where the folder does not take one; it stays beside the store then. Stopped: where whoever waits does
            not want to go on.
    """
    _clean_up(backup)
    for path in kept_beside(store):
        if _readable((path,), secret):
            _copy(path, free_name(backup.path.with_suffix(TAIL)), backup, tell)
            with written_in(store.parent):
                path.unlink()


def copy_tails(source: Path, backup: Backup, after: str, secret: Secret, tell: Tell) -> None:
    """Copies the tails of a folder that are named after something to a copy of its newest backup elsewhere.

    Raises:
        Problem: where the other folder does not take one. Stopped: where whoever waits does not want to go on.
    """
    _clean_up(backup)
    for path in tails_in(source):
        target = backup.path.with_name(path.name)
        if path.name > after and not target.exists() and _readable((path,), secret):
            _copy(path, target, backup, tell)


def drop_old_tails(folder: Path, now: datetime) -> None:
    """Takes away the tails in a folder that were begun two weeks ago or more."""
    for path in tails_in(folder):
        found = NAMED.fullmatch(path.name)
        assert found
        begun = datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=now.tzinfo)
        if begun < now - KEPT_FOR:
            with suppress(OSError):
                path.unlink()


def tails_for(store: Path, folders: Iterable[Path], secret: Secret) -> tuple[TailRead, ...]:
    """All tails of a store that can be read, that which is written to among them, by the change after which they begin."""
    paths = [tail_path(store), *kept_beside(store), *(path for folder in folders for path in tails_in(folder))]
    return tuple(sorted(_readable(paths, secret), key=lambda tail: tail.since))


def end_of(tail: TailRead) -> int:
    """The last change that a tail holds."""
    return tail.standing[-1][0] if tail.standing else tail.since


def _readable(paths: Iterable[Path], secret: Secret) -> list[TailRead]:
    found = []
    for path in paths:
        with suppress(TailUnreadable):
            found.append(read_tail(path, secret.tail_key()))
    return found


def _copy(source: Path, target: Path, backup: Backup, tell: Tell) -> None:
    part = part_of(target, backup.manifest.standing.store)
    try:
        copied(source, part, hashed(source, lambda _done, _of: True), tell)
        with written_in(target.parent):
            put_in_place(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _clean_up(backup: Backup) -> None:
    folder = backup.path.parent
    with suppress(OSError):
        for part in list(folder.glob(part_of(folder / f"*{TAIL}", backup.manifest.standing.store).name)):
            part.unlink()
