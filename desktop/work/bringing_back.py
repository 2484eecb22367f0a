"""Bringing a backup back: what is in it, what restoring it would come to, and the restoring itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.clerks import Clerk, require
from desktop.domain.problems import Problem
from desktop.store import restoring
from desktop.store.copying import Tell
from desktop.store.journal import Note, note
from desktop.store.looking import CaseThen, Look, look
from desktop.store.restoring import Restored, Wanted
from desktop.store.secret import Secret
from desktop.work.backing_up import go_on
from desktop.work.backup_places import Backups, made_folder, second_there
from desktop.work.door import Door
from desktop.work.office import Office

RIGHT = "restore"
BY_SHEET = Clerk("", "恢复表", "administrator")  # whoever holds the recovery sheet may do all that it opens
SAFE_FIRST = "现在的内容会先另做一份备份（原因为「恢复前」），需要时可以再恢复回来。"
STAFF_STAYS = "人员和口令保持现在的样子。恢复后需要重新登录；14 天内不清理旧备份。"
TYPED_SINCE = "这份备份之后的录入另有一份，能读出来的会一并补上。"
KEPT_WHOLE = "现在的案卷库打不开，会整体另存，不会删除。"
NOTHING_HERE = "这里现在没有案卷库，不会覆盖任何内容。"
SIGN_IN_AFTER = "恢复后请登录；14 天内不清理旧备份。"
NUMBERS_UNREAD = "其间发出的编号读不出来，可能再次发出，请先核对已发出的文书。"
ONLY_NEWEST = "这里列出最近存盘的 {shown} 件。"


@dataclass(frozen=True, slots=True)
class Glance:
    """What is in a backup, in words: a title, what to know of the rows, and a row a case: number, applicant, saved."""

    title: str
    about: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What restoring a backup would come to, in words: a question, and what is kept and what is lost."""

    path: Path
    question: str
    lines: tuple[str, ...]


def look_into(office: Office, path: Path) -> Glance:
    """Looks into a backup without touching it; that somebody did is an entry.

    Raises:
        Problem: where it cannot be read, or is another store's.
    """
    found = look(path, office.kept.secret)
    with office.change() as pen:
        note(pen, Note("looked_at_backup", path=path.name))
    return _glance(found)


def glance(path: Path, secret: Secret) -> Glance:
    """Looks into a backup where no store is open.

    Raises:
        Problem: where it cannot be read, or is another store's.
    """
    return _glance(look(path, secret))


def prospect(office: Office, path: Path) -> Prospect:
    """What restoring a backup in the place of the open store would come to; what is kept and what is lost.

    Raises:
        Problem: where the role does not allow it, or the backup cannot be read.
    """
    require(office.who(), RIGHT)
    found = look(path, office.kept.secret)
    read = office.kept.read
    then = found.backup.manifest.standing
    (touched,) = read("SELECT count(*) FROM cases WHERE touched > ? AND deleted_at IS NULL", (then.change,)).fetchone()
    (begun,) = read("SELECT count(*) FROM cases WHERE n > ? AND deleted_at IS NULL", (found.last_n,)).fetchone()
    since = "这份备份之后没有改动过案卷。"
    if touched:
        new = f"，其中 {begun} 件是新建的" if begun else ""
        since = f"这份备份之后改动过 {touched} 件案卷{new}：恢复后看不到这些改动。"
    (given,) = read("SELECT count(*) FROM register").fetchone()
    numbers = given - then.counts.get("register", given)
    burnt = (f"之后发出的 {numbers} 个编号保留在登记簿中，标为作废，不会再次发出。",) if numbers > 0 else ()
    return Prospect(path, _question(found), (_in_it(found), since, *burnt, SAFE_FIRST, STAFF_STAYS))


def prospect_of_damaged(door: Door, path: Path, secret: Secret, clerk: Clerk) -> Prospect:
    """What restoring a backup comes to where the store does not open, or is gone.

    Raises:
        Problem: where the role does not allow it, or the backup cannot be read.
    """
    require(clerk, RIGHT)
    found = look(path, secret)
    here = KEPT_WHOLE if door.store.exists() else NOTHING_HERE
    return Prospect(path, _question(found), (_in_it(found), TYPED_SINCE, here, SIGN_IN_AFTER))


def fetch_keys(door: Door, path: Path) -> None:
    """Brings the keys of a backup back where the office's own are gone, so that the clerks of then can sign in.

    Raises:
        Problem: where the backup has none that can be read, or they cannot be written.
    """
    restoring.bring_back_keys(door.store, path)


def restorer(path: Path, secret: Secret, clerk_id: str) -> Clerk:
    """Who somebody was when a backup was made, for whoever has unlocked the keys while no store can be opened.

    Raises:
        Problem: where the backup cannot be read, or knows nobody of that id.
    """
    found = next((clerk for clerk in look(path, secret, 0).clerks if clerk.id == clerk_id), None)
    if found is None:
        raise Problem("这份备份里没有这个帐号。", "请用其他帐号登录、改用较新的备份，或使用恢复表。")
    return found


def restore(door: Door, backups: Backups, path: Path, secret: Secret, who: Clerk, tell: Tell = go_on) -> Restored:
    """Puts a backup in the place of the store, which nobody has open; whoever works here signs in again afterwards.

    Where what is there cannot be read, or is older than what is known of it, what was typed since the backup is put in
    again as far as it is known.

    Raises:
        Problem: where the role does not allow it, or it could not be done; the store is then as it was. Stopped: where
            whoever waits does not want to go on.
    """
    return restoring.restore(path, _wanted(door, backups, path, secret, who, tell))


def restore_unopened(
    door: Door, backups: Backups, path: Path, secret: Secret, who: Clerk, tell: Tell = go_on
) -> Restored:
    """The same where the store does not open, whatever the reason: what was typed since the backup is always put in again.

    Raises:
        Problem, Stopped: as ``restore``.
    """
    return restoring.restore(path, replace(_wanted(door, backups, path, secret, who, tell), replay=True))


def _wanted(door: Door, backups: Backups, path: Path, secret: Secret, who: Clerk, tell: Tell) -> Wanted:
    require(who, RIGHT)
    owner = look(path, secret, 0).backup.manifest.standing.store
    here = backups.folder if backups.folder.is_dir() else made_folder(backups, backups.usual)
    second = (backups.second,) if backups.second is not None and second_there(backups, owner) else ()
    folders = tuple(dict.fromkeys((here, *second, path.parent)))
    return Wanted(door.store, secret, who, door.now(), door.program, folders, tell)


def restored_words(done: Restored) -> str:
    """What a restore came to, in words."""
    put_in = f"，并补上了之后的 {done.replayed} 次存盘" if done.replayed else ""
    lost = f"另有 {done.missing} 次存盘没能补上，请与纸质材料核对。" if done.damaged and done.missing else ""
    lost += NUMBERS_UNREAD if lost else ""
    burnt = f"之后发出的 {done.numbers} 个编号已标为作废，不会再次发出。" if done.numbers else ""
    kept = f"原来的内容在 {done.kept}。" if done.kept else ""
    return f"已恢复 {moment(done.backup.manifest.made_at)} 的备份{put_in}。{lost}{burnt}{kept}请重新登录。"


def moment(at: datetime) -> str:
    """A time as sentences say it."""
    return f"{at.month} 月 {at.day} 日 {at:%H:%M}"


def _glance(found: Look) -> Glance:
    cases = found.backup.manifest.standing.cases
    title = f"{moment(found.backup.manifest.made_at)} 的备份：{cases} 件案卷"
    about = ONLY_NEWEST.format(shown=len(found.cases)) if len(found.cases) < cases else ""
    return Glance(title, f"{about}只供查看，内容不会改动。", tuple(_line(one) for one in found.cases))


def _line(case: CaseThen) -> tuple[str, str, str]:
    return case.case_no or "未编号", case.applicant or "未填姓名", f"{case.saved_at:%Y-%m-%d %H:%M}"


def _question(found: Look) -> str:
    return f"恢复到 {moment(found.backup.manifest.made_at)} 的备份？"


def _in_it(found: Look) -> str:
    cases = found.backup.manifest.standing.cases
    if not found.cases:
        return f"备份里有 {cases} 件案卷。"
    number, name, saved = _line(found.cases[0])
    return f"备份里有 {cases} 件案卷，最近存盘的是{name}（{number}，{saved}）。"
