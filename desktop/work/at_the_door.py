"""What is asked at the door before anything is open: what a name or password lacks, what helps where it stays shut."""

from pathlib import Path
from tempfile import TemporaryFile

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import KeysDamaged, KeysGone, WrongPassword, check_new_password
from desktop.store.pinyin import name_readings
from desktop.store.place import kind_of_place
from desktop.store.trouble import Damaged, WrongKey
from desktop.work.backup_places import places
from desktop.work.door import Door, StoreGone
from desktop.work.staff import LONGEST_NAME


def name_lack(name: str) -> Problem | None:
    """What a new clerk's name lacks; None where it will do."""
    name = name.strip()
    if not name:
        return Problem("没有填写姓名。", "请填写姓名。")
    if len(name) > LONGEST_NAME:
        return Problem(f"姓名有 {len(name)} 个字，太长。", f"请缩短到 {LONGEST_NAME} 个字以内。")
    return None


def password_lack(password: str, role: str) -> Problem | None:
    """What a new password lacks for somebody of a role; None where it will do."""
    try:
        check_new_password(password, role)
    except Problem as problem:
        return problem
    return None


def letters_of(clerk: Clerk) -> frozenset[str]:
    """The letters that choose a clerk in a list: the first of the name, however it may be said."""
    return frozenset(reading.syllables[0][:1].upper() for reading in name_readings(clerk.name))


def usual_backup_folder(door: Door) -> Path:
    """Where backups lie if nobody says otherwise: beside the store."""
    return places(door.store).usual


def on_same_disk(door: Door, folder: Path) -> bool:
    """Whether a folder lies on the store's own disk, so that both are lost with it."""
    return kind_of_place(folder).mount == kind_of_place(door.store).mount


def make_backup_folder(text: str) -> Path:
    """The folder that somebody typed, made if need be, once something could be written there.

    Raises:
        Problem: where it is no whole path, or nothing can be written there.
    """
    folder = Path(text.strip())
    if not folder.is_absolute():
        raise Problem(f"「{text.strip()}」不是完整的文件夹路径。", "请用右侧的「选择」按钮选一个文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise Problem(f"不能写入文件夹 {folder}。", "请检查磁盘是否接好、有没有写入权限，或换一个文件夹。") from error


def wants_restoring(problem: Problem) -> bool:
    """Whether a backup helps where the store does not open."""
    return isinstance(problem, Damaged | WrongKey | StoreGone)


def wants_the_sheet(problem: Problem) -> bool:
    """Whether the recovery sheet helps where nobody can sign in."""
    return isinstance(problem, KeysGone | KeysDamaged)


def is_mistyped(problem: Problem) -> bool:
    """Whether the password was wrong, or is not heard yet: then it is a matter of waiting and typing it again."""
    return isinstance(problem, WrongPassword)
