"""Backups of the office: made, counted, thinned, carried to a second medium; and how old they are, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.clerks import NOBODY
from desktop.domain.problems import Problem
from desktop.store.backup import Making, make_backup
from desktop.store.backups import backups_in, copy_to, is_known, moment, remember, remembered, thin
from desktop.store.copying import Stopped, Tell, trouble_at
from desktop.store.journal import Note, note
from desktop.store.kept_tails import carry_tails, copy_tails, drop_old_tails, keep_tail
from desktop.store.manifest import Backup
from desktop.store.secret import Secret
from desktop.work.office import Office
from desktop.work.program import PROGRAM

WHY = {
    "hand": "手动",
    "interval": "定时",
    "closing": "关闭窗口",
    "migration": "升级前",
    "restore": "恢复前",
    "import": "导入前",
    "drill": "演练后",
}
USUAL_FOLDER = "backups"
EVERY = timedelta(minutes=30)
LATE, SECOND_LATE = timedelta(days=1), timedelta(days=7)


def go_on(_done: int, _of: int) -> bool:
    """Nobody watches, and nobody ends it."""
    return True


@dataclass(frozen=True, slots=True)
class Backups:
    """Where the backups of a store go; ``second`` is the folder on a second medium, None where there is none."""

    store: Path
    folder: Path
    second: Path | None = None

    @property
    def usual(self) -> Path:
        """The folder beside the store: where backups go if nobody says otherwise."""
        return self.store.parent / USUAL_FOLDER


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the second medium: whether the newest backup lies there, and what stood in the way."""

    on_second: bool = False
    trouble: Problem | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """How things stand with the backups; times are None where there is none.

    ``second`` is the newest on the second medium when it was last seen, ``covered`` the last change that needs no backup
    any more, ``drill`` what the last drill came to, ``paused`` until when nothing is thinned.
    """

    newest: datetime | None = None
    second: datetime | None = None
    second_there: bool = False
    covered: int = 0
    drilled: datetime | None = None
    drill: str = ""
    paused: datetime | None = None


def places(store: Path, folder: str = "", second: str = "") -> Backups:
    """Where the backups of a store go, by the settings; empty ones leave it at the usual."""
    usual = store.parent / USUAL_FOLDER
    first = Path(folder) if folder else usual
    return Backups(store, first, Path(second) if second and Path(second) != first else None)


def back_up(office: Office, backups: Backups, why: str, tell: Tell = go_on) -> tuple[Backup, Carried]:
    """Makes a backup, counts it and carries it on, all on one thread.

    A window does the three apart: ``make`` and ``carry`` off the thread that works with the store, ``count`` on it.

    Raises:
        Problem: where it could not be made; nothing half-made stays.
    """
    backup = make(backups, office.kept.secret, Making(office.now(), PROGRAM, why, tell))
    covered = count(office, backup)
    return backup, carry(backups, office.kept.secret, backup, covered, Making(office.now(), PROGRAM, why, tell))


def make(backups: Backups, secret: Secret, making: Making) -> Backup:
    """Makes a backup on a connection of its own: whoever saves meanwhile does not wait.

    Raises:
        Problem: where the folder is not there, or does not take it. Stopped: where whoever waits does not want to go on.
    """
    return make_backup(backups.store, secret, _made_folder(backups, backups.folder), making)


def make_somewhere(backups: Backups, secret: Secret, making: Making) -> Backup:
    """Makes a backup before something that may go wrong: beside the store where the folder does not take it.

    Raises:
        Problem: where that does not either.
    """
    try:
        return make(backups, secret, making)
    except Stopped:
        raise
    except Problem:
        if backups.folder == backups.usual:
            raise
        return make_backup(backups.store, secret, _made_folder(backups, backups.usual), making)


def before_steps(backups: Backups, now: Callable[[], datetime]) -> Callable[[Path, Secret], None]:
    """What a door does before a store of an earlier version is brought up to date: it makes a backup of it."""

    def made(store: Path, secret: Secret) -> None:
        assert store == backups.store
        make_somewhere(backups, secret, Making(now(), PROGRAM, "migration"))

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


def carry(backups: Backups, secret: Secret, backup: Backup, covered: int, making: Making) -> Carried:
    """Takes the kept tails to the backup, drops what is too old, and copies the newest to the second medium if it is there.

    Raises:
        Problem: where the first folder does not take it. Stopped: where whoever waits does not want to go on.
    """
    folder, owner = backup.path.parent, backup.manifest.standing.store
    carry_tails(backups.store, secret, backup, making.tell)
    remember(folder, owner, covered=covered)
    _thin(folder, owner, making.now)
    if not second_there(backups, owner):
        return Carried()
    assert backups.second is not None
    try:
        _to_second(backups.second, secret, backup, making)
        remember(folder, owner, second=str(backups.second), second_made=backup.manifest.made_at.isoformat())
    except Stopped:
        raise
    except Problem as trouble:
        return Carried(trouble=trouble)
    return Carried(on_second=True)


def second_there(backups: Backups, owner: str) -> bool:
    """Whether the second medium is there: the very one that was used before, not another that has its name."""
    if backups.second is None or not backups.second.is_dir():
        return False
    return is_known(backups.second, owner) or remembered(backups.folder, owner).second != str(backups.second)


def ages(backups: Backups, owner: str) -> Ages:
    """How things stand with the backups of a store, as their folders tell; it may take a moment."""
    kept = remembered(backups.folder, owner)
    made, there = _newest(backups.folder, owner), second_there(backups, owner)
    on_second = _newest(backups.second, owner) if there and backups.second else None
    if on_second is None and backups.second is not None and kept.second == str(backups.second):
        on_second = moment(kept.second_made)
    return Ages(made, on_second, there, kept.covered, moment(kept.drilled), kept.drill, moment(kept.paused))


def last_change(office: Office) -> int:
    """The number of the last change of the store."""
    return int(office.kept.read("SELECT change FROM state").fetchone()[0])


def age_words(found: Ages, now: datetime) -> str:
    """How old the backups are, for the status line: 备份 12 分钟前（U 盘 3 天前）."""
    first = f"备份 {_ago(found.newest, now)}" if found.newest else "尚未备份"
    return f"{first}（{f'U 盘 {_ago(found.second, now)}' if found.second else 'U 盘未备份'}）"


def overdue(found: Ages, backups: Backups, change: int, now: datetime) -> Problem | None:
    """What is late, with what to do; None where nothing is. What was not changed since needs no backup."""
    if change > found.covered and (found.newest is None or now - found.newest > LATE):
        since = f"已有 {(now - found.newest).days} 天没有备份。" if found.newest else "还没有备份。"
        return Problem(since, "请在「设置 · 备份」里立即备份，并检查备份文件夹。")
    if backups.second is not None and (found.second is None or now - found.second > SECOND_LATE):
        since = f"U 盘已有 {(now - found.second).days} 天没有备份。" if found.second else "U 盘上还没有备份。"
        return Problem(since, "请插上 U 盘，再到「设置 · 备份」里立即备份。")
    return None


def _ago(then: datetime, now: datetime) -> str:
    minutes = int((now - then).total_seconds() // 60)
    hours, days = minutes // 60, (now - then).days
    if minutes < 1:
        return "刚刚"
    if not hours:
        return f"{minutes} 分钟前"
    return f"{days} 天前" if days else f"{hours} 小时前"


def _newest(folder: Path, owner: str) -> datetime | None:
    found, _ = backups_in(folder, owner)
    return found[0].manifest.made_at if found else None


def _thin(folder: Path, owner: str, now: datetime) -> None:
    if thin(folder, owner, now) is not None:
        drop_old_tails(folder, now)


def _to_second(second: Path, secret: Secret, backup: Backup, making: Making) -> None:
    owner = backup.manifest.standing.store
    there, _ = backups_in(second, owner)
    remember(second, owner, covered=backup.manifest.standing.change)
    _thin(second, owner, making.now)
    copy = Backup(second / backup.name, backup.manifest)
    if backup.name not in [one.name for one in there]:
        copy = copy_to(backup, second, making.tell)
    after = there[0].path.with_suffix(".tail").name if there else backup.path.stem
    copy_tails(backup.path.parent, copy, after, secret, making.tell)


def _made_folder(backups: Backups, folder: Path) -> Path:
    """A folder that is there; the usual one is made, any other may be a disk that is not plugged in."""
    if folder == backups.usual and not folder.is_dir():
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise trouble_at(folder.parent) from error
    return folder
