"""Backing up: made, entered in the journal, thinned, carried to a second medium."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.clerks import NOBODY
from desktop.domain.problems import Problem
from desktop.store.backup import Making, make_backup
from desktop.store.backups import PAUSE, backups_in, copy_to, is_paused, remember, thin
from desktop.store.copying import Stopped, Tell
from desktop.store.journal import Note, note
from desktop.store.kept_tails import carry_tails, copy_tails, drop_old_tails, keep_tail
from desktop.store.manifest import Backup
from desktop.store.secret import Secret
from desktop.work.backup_places import Backups, made_folder, second_there
from desktop.work.office import Office
from desktop.work.program import PROGRAM

LEAP = timedelta(days=31)  # as far apart no two backups of an office at work are
Made = Backup  # for the window, which hands it from one step to the next
NOT_TAKEN_ALONG = Problem("没有复制到第二备份。", "备份文件夹里的一份已经做好；需要时请再备份一次。")


def go_on(_done: int, _of: int) -> bool:
    """Nobody watches, and nobody ends it."""
    return True


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the second medium: whether the newest backup lies there, and what stood in the way."""

    on_second: bool = False
    trouble: Problem | None = None


def back_up(office: Office, backups: Backups, why: str, tell: Tell = go_on) -> tuple[Backup, Carried]:
    """Makes a backup, counts it and carries it on, all on one thread.

    A window does the three apart: ``make`` and ``carry`` off the thread that works with the store, ``count`` on it.

    Raises:
        Problem: where it could not be made; nothing half-made stays.
    """
    backup = make(office, backups, why, tell)
    return backup, carry(office, backups, backup, count(office, backup), tell)


def make(office: Office, backups: Backups, why: str, tell: Tell = go_on) -> Backup:
    """Makes a backup on a connection of its own: whoever saves meanwhile does not wait.

    Raises:
        Problem: where the folder is not there, or does not take it. Stopped: where whoever waits does not want to go on.
    """
    making = Making(office.now(), PROGRAM, why, tell)
    return make_backup(backups.store, office.kept.secret, made_folder(backups, backups.folder), making)


def before_steps(backups: Backups, now: Callable[[], datetime]) -> Callable[[Path, Secret], None]:
    """What a door does before a store of an earlier version is brought up to date: it makes a backup of it.

    Where the folder is not there it lies beside the store.
    """

    def made(store: Path, secret: Secret) -> None:
        making = Making(now(), PROGRAM, "migration")
        try:
            make_backup(store, secret, made_folder(backups, backups.folder), making)
        except Problem:
            if backups.folder == backups.usual:
                raise
            make_backup(store, secret, made_folder(backups, backups.usual), making)

    return made


def count(office: Office, backup: Backup) -> int:
    """Enters a backup that was made into the journal, and begins the tail anew; the change up to which all is safe.

    Raises:
        Problem: where the disk does not take it; the backup is as good, and the tail goes on.
    """
    store = office.kept
    last = last_change(office)
    keep_tail(store.path, last)
    store.begin_tail()
    who = office.who() if backup.manifest.why == "hand" else NOBODY
    with store.change(who, office.now()) as pen:
        note(pen, Note("backed_up", path=backup.name, new=backup.manifest.standing.change))
    # The entry itself needs no backup of its own.
    return pen.change if last == backup.manifest.standing.change else backup.manifest.standing.change


def last_change(office: Office) -> int:
    """The number of the last change of the store."""
    return int(office.kept.read("SELECT change FROM state").fetchone()[0])


def carry(office: Office, backups: Backups, backup: Backup, covered: int, tell: Tell = go_on) -> Carried:
    """Takes the kept tails to the backup, drops what is too old, and copies the newest to the second medium if it is there.

    Raises:
        Problem: where the first folder does not take it.
    """
    folder, owner, now = backup.path.parent, backup.manifest.standing.store, office.now()
    carry_tails(backups.store, office.kept.secret, backup, go_on)
    remember(folder, owner, covered=covered)
    thinning = _may_thin(backup, now)
    if thinning:
        _thin(folder, owner, now)
    if backups.second is None or not second_there(backups, owner):
        return Carried()
    try:
        _to_second(office, backups.second, backup, tell, thinning=thinning)
        remember(folder, owner, second=str(backups.second), second_made=backup.manifest.made_at.isoformat())
    except Stopped:
        return Carried(trouble=NOT_TAKEN_ALONG)
    except Problem as trouble:
        return Carried(trouble=trouble)
    return Carried(on_second=True)


def _may_thin(backup: Backup, now: datetime) -> bool:
    """Whether the clock goes on from the backup before this one; where it has leapt ahead, a pause is begun.

    By a wrong clock backups that are still wanted look too old. What was made before is known by its change, not its time.
    """
    folder, standing = backup.path.parent, backup.manifest.standing
    others = [one.manifest for one in backups_in(folder, standing.store)[0] if one.path != backup.path]
    before = max(others, key=lambda one: (one.standing.change, one.made_at)).made_at if others else now
    if now - before > LEAP:
        remember(folder, standing.store, paused=(now + PAUSE).isoformat())
    return before <= now and not is_paused(folder, standing.store, now)


def _thin(folder: Path, owner: str, now: datetime) -> None:
    if not is_paused(folder, owner, now):
        thin(folder, owner, now)
        drop_old_tails(folder, now)


def _to_second(office: Office, second: Path, backup: Backup, tell: Tell, *, thinning: bool) -> None:
    owner, now = backup.manifest.standing.store, office.now()
    there, _ = backups_in(second, owner)
    remember(second, owner, covered=backup.manifest.standing.change)
    if thinning:
        _thin(second, owner, now)  # for the room
    copy = Backup(second / backup.name, backup.manifest)
    if backup.name not in [one.name for one in there]:
        copy = copy_to(backup, second, tell)
    after = there[0].path.with_suffix(".tail").name if there else backup.path.stem
    copy_tails(backup.path.parent, copy, after, office.kept.secret, go_on)
    if thinning:
        _thin(second, owner, now)
