"""Copies that are proven: written aside, brought to the disk, read again from there, compared, then given their name."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.place import free_bytes
from desktop.store.trouble import Damaged, Unwritable

CHUNK = 1 << 20
MEGA, GIGA = 10**6, 10**9
LITTLE = 1 << 20  # bytes; with less than this left a disk counts as full

# Told how many of how many bytes are done; gives whether to go on.
Tell = Callable[[int, int], bool]


class Stopped(Problem):
    """Whoever waited for a backup waits no more."""

    def __init__(self) -> None:
        super().__init__("备份已取消，没有留下半份。", "已有的备份不受影响；需要时请再备份。")


def trouble_at(folder: Path) -> Unwritable:
    """Why nothing could be written in a folder, as far as it shows now."""
    if not folder.is_dir():
        return Unwritable(f"备份位置 {folder} 不在了。", "请接好磁盘后再试，或换一个位置；案卷库不受影响。")
    if not os.access(folder, os.W_OK):
        return Unwritable(f"备份位置 {folder} 是只读的。", "请检查写入权限，或换一个位置；案卷库不受影响。")
    if free_bytes(folder) < LITTLE:
        return Unwritable(f"备份位置 {folder} 空间不足。", "请清理磁盘，或换一个位置；已有的备份不受影响。")
    return Unwritable(f"备份位置 {folder} 写不进去。", "请检查磁盘，或换一个位置；已有的备份不受影响。")


def ask_room(folder: Path, needed: int) -> None:
    """Goes on where a folder has room for so many bytes.

    Raises:
        Problem: where it has not, cannot be reached, or is only to be read.
    """
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise trouble_at(folder)
    free = free_bytes(folder)
    if free < needed + LITTLE:
        raise Unwritable(
            f"{folder} 空间不足：需要 {megabytes(needed)}，剩余 {megabytes(free)}。",
            "请清理磁盘，或换一个位置；已有的备份不受影响。",
        )


@contextmanager
def written_in(folder: Path) -> Iterator[None]:
    """What goes wrong within, where a folder is written to, is told as the trouble that the folder has.

    Raises:
        Unwritable: for whatever the disk does not take. Stopped, Damaged: as they come.
    """
    try:
        yield
    except (Stopped, Damaged, Unwritable):
        raise
    except (OSError, Problem) as error:
        raise trouble_at(folder) from error


def megabytes(size: int) -> str:
    """So many bytes in words, at least 0.1 MB."""
    return f"{size / GIGA:.1f} GB" if size >= GIGA else f"{max(size / MEGA, 0.1):.1f} MB"


def settled(path: Path, tell: Tell) -> str:
    """Brings a file that was written to the disk, and reads it from there: the SHA-256 of what was read.

    Raises:
        Stopped: where whoever waits does not want to go on. OSError: where the disk does not take it.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            # What is read next comes from the medium, not from what the system still remembers of it.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return hashed(path, tell)


def hashed(path: Path, tell: Tell) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        Damaged: where it cannot be read. Stopped: where whoever waits does not want to go on.
    """
    digest = sha256()
    for chunk in _chunks(path, tell):
        digest.update(chunk)
    return digest.hexdigest()


def copied(source: Path, aside: Path, digest: str, tell: Tell) -> None:
    """Copies a file and reads the copy again: goes on where both have this SHA-256.

    Raises:
        Damaged: where the source cannot be read, or is not what it was. Unwritable: where the disk does not take the
            copy. Stopped: where whoever waits does not want to go on. What was copied so far is left to the caller.
    """
    read = sha256()
    with written_in(aside.parent):
        with aside.open("wb") as new:
            for chunk in _chunks(source, lambda done, of: tell(done, 2 * of)):
                new.write(chunk)
                read.update(chunk)
        if read.hexdigest() != digest:
            raise differs(source)
        if settled(aside, lambda done, of: tell(of + done, 2 * of)) != digest:
            raise Unwritable(f"写到 {aside.parent} 的内容读回来不一致。", "请换一个磁盘；原来的备份不受影响。")


def differs(backup: Path) -> Damaged:
    """What to say of a backup that is no longer what was made."""
    return Damaged(f"备份 {backup.name} 与它的清单不一致。", "请改用另一份备份，并检查存放它的磁盘。")


def _chunks(path: Path, tell: Tell) -> Iterator[bytes]:
    done = 0
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            while chunk := file.read(CHUNK):
                yield chunk
                done += len(chunk)
                if not tell(done, size):
                    raise Stopped
    except OSError as error:
        raise Damaged(f"{path.name} 读不出来。", "请检查存放它的磁盘，或改用另一份备份。") from error


def put_in_place(aside: Path, path: Path) -> None:
    """Gives a file its name, and brings the name to the disk.

    Raises:
        OSError: where the disk does not take it.
    """
    aside.replace(path)
    # Windows opens no folder, and not every share settles one: there the name is as sure as the system makes it.
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def free_name(path: Path) -> Path:
    """The path itself, or where something has that name the first with a number behind its stem."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
