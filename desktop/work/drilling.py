"""The weekly drill: the newest backup is opened, read to its end, and held against its manifest and the journal of now."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.clerks import NOBODY
from desktop.domain.problems import Problem
from desktop.store.backup import check_backup
from desktop.store.backups import backups_in, remember, remembered
from desktop.store.checks.anchors import Anchor
from desktop.store.copying import Stopped, Tell
from desktop.store.journal import Note, note
from desktop.store.manifest import Backup
from desktop.store.restoring import other_pasts
from desktop.store.secret import Secret
from desktop.work.backing_up import back_up, go_on
from desktop.work.backup_places import Backups
from desktop.work.bringing_back import moment
from desktop.work.office import Office

NONE_YET = Problem("还没有备份，演练没有做。", "请先立即备份一次。")
TWO_JOURNALS = Problem(
    "案卷库的工作记录与备份对不上。", "请先不要上报，保留案卷库和全部备份，请技术人员在设置中检查案卷库。"
)


@dataclass(frozen=True, slots=True)
class Examined:
    """The newest backup once all of it was read; ``trouble`` is what is wrong with it."""

    backup: Backup | None
    trouble: Problem | None = None


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill came to, in a sentence; ``spoiled`` says that another backup is needed at once."""

    passed: bool
    words: str
    spoiled: bool = False
    change: int = 0


def drill(office: Office, backups: Backups, tell: Tell = go_on) -> Drill:
    """Tries the newest backup, and where it does not do makes another at once, all on one thread.

    A window does it apart: ``examine`` and ``keep_drill`` off the thread that works with the store, ``compare`` on it.

    Raises:
        Stopped: where whoever waits does not want to go on. Problem: where the other backup cannot be made.
    """
    found = examine(backups, office.kept.secret, office.kept.id, tell)
    done = compare(office, found)
    keep_drill(backups, office.kept.id, done, office.now())
    if done.spoiled:
        back_up(office, backups, "drill", tell)
    return done


def examine(backups: Backups, secret: Secret, owner: str, tell: Tell = go_on) -> Examined:
    """Opens the newest backup and reads it to its end.

    Raises:
        Stopped: where whoever waits does not want to go on.
    """
    counting, spoiled = backups_in(backups.folder, owner)
    if not counting:
        return Examined(None, spoiled[0].trouble if spoiled else NONE_YET)
    newest = counting[0]
    if spoiled and spoiled[0].path.name > newest.name:
        return Examined(newest, spoiled[0].trouble)
    try:
        return Examined(check_backup(newest.path, secret, tell))
    except Stopped:
        raise
    except Problem as trouble:
        return Examined(newest, trouble)


def compare(office: Office, found: Examined) -> Drill:
    """Holds a backup's journal against that of now, and enters that it was tried."""
    trouble = found.trouble
    if trouble is None and found.backup is not None and not _goes_on(office, found.backup):
        trouble = TWO_JOURNALS
    change = 0
    if found.backup is not None:
        with office.kept.change(NOBODY, office.now()) as pen:
            note(pen, Note("drilled", path=found.backup.name, new={"passed": trouble is None}))
        change = pen.change
    if trouble is not None:
        spoiled = trouble is not TWO_JOURNALS
        again = "正在另做一份新的备份；" if spoiled else ""
        words = f"恢复演练没有通过：{trouble.what}{again}{trouble.remedy}"
        return Drill(passed=False, words=words, spoiled=spoiled, change=change)
    assert found.backup is not None
    made, cases = found.backup.manifest.made_at, found.backup.manifest.standing.cases
    words = f"恢复演练通过：{moment(made)} 的备份完整可用，{cases} 件案卷与清单一致。"
    return Drill(passed=True, words=words, change=change)


def keep_drill(backups: Backups, owner: str, done: Drill, at: datetime) -> None:
    """Remembers what a drill came to, beside the backups.

    Raises:
        Problem: where the folder does not take it.
    """
    if done.change:
        covered = remembered(backups.folder, owner).covered
        # The entry itself needs no backup of its own.
        covered += int(done.change == covered + 1)
        remember(backups.folder, owner, drilled=at.isoformat(), drill=done.words, covered=covered)


def anchors(office: Office, backups: Backups) -> tuple[Anchor, ...]:
    """Where the journal stood at each backup of this past, for the check of the store."""
    made, _ = backups_in(backups.folder, office.kept.id)
    pasts = other_pasts(office.kept)
    return tuple(
        Anchor(window, seq, bytes.fromhex(hashed), one.name)
        for one in made
        if not _is_of_another(one, pasts)
        for window, (seq, hashed) in one.manifest.standing.heads.items()
    )


def _goes_on(office: Office, backup: Backup) -> bool:
    """Whether the journal of now has what the backup's ended with; one that a restore left behind is not asked."""
    if _is_of_another(backup, other_pasts(office.kept)):
        return True
    read = office.kept.read
    ends = backup.manifest.standing.heads.items()
    rows = (
        (read("SELECT hash FROM journal WHERE window = ? AND seq = ?", (window, seq)).fetchone(), hashed)
        for window, (seq, hashed) in ends
    )
    return all(row is not None and bytes(row[0]).hex() == hashed for row, hashed in rows)


def _is_of_another(backup: Backup, pasts: tuple[tuple[int, int], ...]) -> bool:
    return any(end < backup.manifest.standing.change < begun for end, begun in pasts)
