"""Small files beside the store that are whole or not there: written aside, brought to the disk, then renamed."""

import os
from contextlib import suppress
from pathlib import Path

from desktop.domain.problems import Problem


def write_whole(path: Path, content: bytes) -> None:
    """Puts content in the place of what the file held; a power cut leaves the one or the other.

    Raises:
        Problem: where the folder cannot be written; the file is as it was, and nothing half-written stays.
    """
    aside = path.with_name(f".{path.name}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise Problem(f"无法写入 {path}。", "请检查文件夹的写入权限和磁盘空间，然后再试。") from error
    _settle(path.parent)


def _settle(folder: Path) -> None:
    # The new name itself must reach the disk. Windows opens no folder, and not every share settles one: there the
    # renaming is as sure as the system makes it, and the content is already in its place.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
