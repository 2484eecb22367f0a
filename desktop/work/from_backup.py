"""In from a backup where the store is damaged, gone or not there yet: who may bring it back, and what that comes to."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.clerks import Clerk, require
from desktop.domain.problems import Problem
from desktop.store import clerks, keys
from desktop.store.backup import read_back
from desktop.store.copying import Stopped, Tell
from desktop.store.looking import look
from desktop.store.manifest import KEYS, read_manifest
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged, WrongKey
from desktop.work.backing_up import go_on
from desktop.work.backup_list import FIRST, SECOND, ListedBackup, listed_in
from desktop.work.backup_places import Backups
from desktop.work.bringing_back import (
    BY_SHEET,
    RIGHT,
    Prospect,
    fetch_keys,
    prospect_of_damaged,
    restore_unopened,
    restored_words,
    restorer,
)
from desktop.work.door import Door, StoreGone, open_behind
from desktop.work.entering import keys_store, unlocked

ANOTHERS = "注意：这里现有的是另一个案卷库，与这份备份无关；恢复后打开的是备份里的案卷库。"
CHOSEN = "所选文件夹"
FETCHED = "密钥文件已取回。请用备份时的帐号和口令登录。"


class GivenUp(Problem):
    """Whoever waited for a restore waits no more."""

    def __init__(self) -> None:
        super().__init__("已取消，没有恢复。", "案卷库和备份都没有改动，需要时请再恢复。")


class StillWhole(Problem):
    """The store opens: bringing a backup back is done inside, by whoever may."""

    def __init__(self) -> None:
        what = "这里的案卷库完好，可以打开，没有改动。"
        super().__init__(what, "请返回登录。要退回到以前的备份，请由管理员登录后到「设置」的「备份」里恢复。")


@dataclass(frozen=True, slots=True)
class Proven:
    """Who brings a backup back, and the secret that opens it."""

    path: Path
    secret: Secret
    who: Clerk


@dataclass(frozen=True, slots=True)
class Ready:
    """All that is to be known before somebody is sure; ``keys_only`` where the store is whole and only its keys are lost."""

    proven: Proven
    prospect: Prospect
    keys_only: bool = False


def backups_at(door: Door, backups: Backups) -> tuple[ListedBackup, ...]:
    """The backups in the office's folders, newest first: of its own store where its keys still tell which, else all."""
    folders = [(backups.folder, FIRST), *([(backups.second, SECOND)] if backups.second else [])]
    return listed_in(folders, keys_store(door))


def backups_in_folder(folder: Path) -> tuple[ListedBackup, ...]:
    """The backups in a folder that somebody chose, of whichever store.

    Raises:
        Problem: where there are none.
    """
    found = listed_in([(folder, CHOSEN)])
    if not found:
        what = f"{folder} 里没有备份。"
        raise Problem(what, "请选择直接装有备份的文件夹，其中的文件名形如 yimen-….backup。")
    return found


def who_may_try(door: Door, path: Path) -> tuple[Clerk, ...]:
    """Whose password opens a backup; nobody's where no keys can be read, and the recovery sheet is the only way.

    Raises:
        Problem: where the backup does not count.
    """
    beside = _keys_for(door, path)
    with suppress(Problem):
        return tuple(Clerk(slot.clerk, slot.name, slot.role) for slot in keys.read_keys(beside))
    return ()


def by_password(door: Door, path: Path, clerk_id: str, password: str) -> Proven:
    """Who somebody is whose password opens a backup; wrong ones wait as at the door.

    Raises:
        Problem: where the password is wrong or may not be tried yet, or the backup knows nobody of that id.
    """
    secret = unlocked(door, clerk_id, password, _keys_for(door, path))
    return Proven(path, secret, restorer(path, secret, clerk_id))


def by_sheet(path: Path, code: str) -> Proven:
    """Whoever holds the recovery sheet of the store that a backup was made of.

    Raises:
        Problem: where the code is mistyped or another store's, or the backup cannot be read.
    """
    secret = Secret.from_recovery_code(code)
    try:
        look(path, secret, 0)
    except WrongKey as wrong:
        what = "恢复码不是这份备份的，或这份备份已损坏。"
        raise WrongKey(what, "请核对恢复表上的「案卷库」一栏，或返回改用另一份备份。") from wrong
    return Proven(path, secret, BY_SHEET)


def ready(door: Door, proven: Proven) -> Ready:
    """What bringing a backup back would come to; a store that opens is left as it is, unless only its keys are lost.

    Raises:
        StillWhole: where nothing is lost. Problem: where the role does not allow it, or another program holds the store.
    """
    require(proven.who, RIGHT)
    present, named = _staff_inside(door, proven.secret), read_manifest(proven.path).standing.store
    if present is None:
        found = prospect_of_damaged(door, proven.path, proven.secret, proven.who)
        anothers = door.store.exists() and keys_store(door) not in ("", named)
        return Ready(proven, replace(found, lines=(ANOTHERS, *found.lines)) if anothers else found)
    if _whole_keys(door, named):
        raise StillWhole
    if proven.who != BY_SHEET:
        # The store knows better than an old backup what somebody may do today.
        known = next((one for one in present if one.id == proven.who.id), None)
        proven = replace(proven, who=known or Clerk(proven.who.id, proven.who.name, "clerk"))
        require(proven.who, RIGHT)
    lines = (
        "案卷库完好，不用恢复，案卷不会有任何改动。",
        "只取回这份备份里的密钥文件：登录的口令是备份时的口令。",
        "备份之后新加的帐号，请由管理员重设口令。现有的密钥文件另存，不会删除。",
    )
    return Ready(proven, Prospect(proven.path, "取回密钥文件？", lines), keys_only=True)


def bring_back(door: Door, backups: Backups, wanted: Ready, tell: Tell = go_on) -> str:
    """Does what somebody is sure of; what it came to, in words.

    Raises:
        Problem: where it could not be done; what is there is then as it was. GivenUp: where whoever waits does not want
            to go on.
    """
    if wanted.keys_only:
        fetch_keys(door, wanted.proven.path)
        return FETCHED
    try:
        proven = wanted.proven
        return restored_words(restore_unopened(door, backups, proven.path, proven.secret, proven.who, tell))
    except Stopped as stopped:
        raise GivenUp from stopped


def _keys_for(door: Door, path: Path) -> Path:
    """The office's own keys where they are whole and this store's, since they know the passwords of today; else those of then."""
    return door.keys if _whole_keys(door, read_manifest(path).standing.store) else path.with_suffix(KEYS)


def _whole_keys(door: Door, store: str) -> bool:
    return keys_store(door) == store and all(slot.whole for slot in keys.read_keys(door.keys))


def _staff_inside(door: Door, secret: Secret) -> tuple[Clerk, ...] | None:
    """Who works in the store that lies there; None where it does not open with this secret, or cannot be read to its end."""
    try:
        store = open_behind(door, secret)
        try:
            staff = clerks.clerks(store)
        finally:
            store.close()
        read_back(door.store, secret)
    except (Damaged, WrongKey, StoreGone):
        return None
    return tuple(staff)
