"""Files that are whole or not there: written aside, then renamed."""

import os
from pathlib import Path

from desktop.domain.problems import Problem


def write_aside(path: Path, content: bytes) -> None:
    """Writes a file whole.

    Raises:
        Problem: where the folder cannot be written; nothing half-written stays.
    """
    aside = path.with_name(f".{path.name}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True) if aside.parent.is_dir() else None
        raise Problem(f"无法写入 {path}。", "请检查文件夹是否存在、磁盘是否已满，或换一个位置。") from error


def read_bytes(path: Path) -> bytes:
    """A file's content.

    Raises:
        Problem: where there is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Problem(f"没有文件 {path}。", "请检查路径。") from error
    except OSError as error:
        raise Problem(f"无法读取 {path}。", "请检查路径和读取权限。") from error
