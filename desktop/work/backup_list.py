"""The backups on both media as a list: when, why, how many cases, where they lie, and whether they can be used."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.store.backups import backups_in
from desktop.store.copying import megabytes
from desktop.store.manifest import Backup
from desktop.store.place import free_bytes, kind_of_place
from desktop.work.backup_ages import Ages, ages
from desktop.work.backup_places import Backups, second_there

WHY = {
    "hand": "手动",
    "interval": "定时",
    "closing": "关闭窗口",
    "migration": "升级前",
    "restore": "恢复前",
    "import": "导入前",
    "drill": "演练后",
}
FIRST, SECOND, BOTH = "备份文件夹", "第二备份", "两处都有"
CHECKED = "✓ 已核对"
SPOILED = "清单缺失，或与文件不符，不能使用。"
SAME_DISK = "与案卷库在同一块磁盘上，磁盘损坏时会一起丢失：请再设第二备份。"
SAME_DISK_TOO = "与案卷库或备份文件夹在同一块磁盘上，磁盘损坏时会一起丢失：请换成 U 盘、移动硬盘或共享文件夹。"


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup, or a file that has the name of one; ``trouble`` says why it does not count, else it is empty."""

    path: Path
    when: str
    why: str
    cases: int
    size: str
    where: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A folder of backups: whether it is there, what is left there, and what is to be said of it."""

    folder: Path | None
    there: bool
    free: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is to be seen of the backups at once: the list, the two media, how old they are."""

    rows: tuple[ListedBackup, ...]
    first: Medium
    second: Medium
    ages: Ages


def shelf(backups: Backups, owner: str) -> Shelf:
    """All that is to be seen of a store's backups; it may take a moment."""
    return Shelf(listed(backups, owner), *media(backups, owner), ages(backups, owner))


def listed(backups: Backups, owner: str) -> tuple[ListedBackup, ...]:
    """A store's backups on both media, newest first, then what does not count."""
    folders = [(backups.folder, FIRST)]
    if backups.second is not None and second_there(backups, owner):
        folders.append((backups.second, SECOND))
    return listed_in(folders, owner)


def listed_in(folders: Iterable[tuple[Path, str]], owner: str = "") -> tuple[ListedBackup, ...]:
    """The backups in some folders, each with a word for it; one that lies in two is listed once. No owner: everybody's."""
    good: dict[str, ListedBackup] = {}
    bad: list[ListedBackup] = []
    for folder, word in folders:
        counting, spoiled = backups_in(folder, owner)
        for one in counting:
            row = _row(one, word)
            good[one.name] = replace(good[one.name], where=BOTH) if one.name in good else row
        bad += [ListedBackup(file.path, _named(file.path), "", 0, "", word, SPOILED) for file in spoiled]
    return (*sorted(good.values(), key=lambda row: row.path.name, reverse=True), *bad)


def media(backups: Backups, owner: str) -> tuple[Medium, Medium]:
    """The two media as they are now."""
    first = _medium(backups.folder, there=backups.folder.is_dir() or backups.folder == backups.usual)
    if backups.second is None:
        near = first.there and _disk(backups.folder) == _disk(backups.store.parent)
        return replace(first, warning=SAME_DISK if near else ""), Medium(None, there=False)
    second = _medium(backups.second, there=second_there(backups, owner))
    same = second.there and _disk(backups.second) in (_disk(backups.store.parent), _disk(backups.folder))
    return first, replace(second, warning=SAME_DISK_TOO if same else "")


def _row(backup: Backup, word: str) -> ListedBackup:
    manifest = backup.manifest
    when, why = f"{manifest.made_at:%Y-%m-%d %H:%M}", WHY.get(manifest.why, manifest.why)
    return ListedBackup(backup.path, when, why, manifest.standing.cases, megabytes(manifest.size), word)


def _named(path: Path) -> str:
    """When a file says that it was made, by its name alone: yimen-20240528-094100-000123.backup."""
    day, time = path.name.split("-")[1:3]
    return f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:4]}"


def _medium(folder: Path, *, there: bool) -> Medium:
    return Medium(folder, there, megabytes(free_bytes(_nearest(folder))) if there else "")


def _nearest(folder: Path) -> Path:
    """The folder, or where it will be made."""
    return folder if folder.is_dir() else folder.parent


def _disk(folder: Path) -> Path:
    return kind_of_place(folder).mount
