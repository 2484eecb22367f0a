"""Who holds a store: one program at a time, and the next one is told which."""

import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem

if TYPE_CHECKING:
    from filelock import FileLock


@dataclass(frozen=True, slots=True)
class Held:
    """A held lock and the note beside it that names the holder.

    ``after_a_crash`` says that the last holder left without letting go: its note was still there.
    """

    lock: "FileLock"
    note: Path
    after_a_crash: bool

    def release(self) -> None:
        """Lets the next program in."""
        try:
            # On a disk that takes nothing any more it stays, and the next one only looks twice.
            with suppress(OSError):
                self.note.unlink(missing_ok=True)
        finally:
            self.lock.release()


def hold(store: Path, program: str, now: datetime) -> Held:
    """Takes the store for one program; the lock falls with the process, however it ends.

    Raises:
        Problem: naming the program that holds it already.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_path(store), timeout=0, thread_local=False)
    note = store.with_name(f"{store.name}.holder")
    try:
        lock.acquire()
    except Timeout as error:
        raise Problem(
            f"案卷库 {store} 正由 {_named(note)} 使用。", "请在那边关闭后再打开，或改用那边的窗口。"
        ) from error
    except OSError as error:
        raise Problem(f"无法使用案卷库所在的文件夹 {store.parent}。", "请检查文件夹的写入权限和磁盘空间。") from error
    held = Held(lock, note, note.exists())
    holder = {
        "program": program,
        "host": socket.gethostname(),
        "process": os.getpid(),
        "since": f"{now:%Y-%m-%d %H:%M}",
    }
    # It is the lock that holds; the note is a courtesy, and no reason to stay out where the disk is full.
    with suppress(OSError):
        note.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
    return held


def lock_path(store: Path) -> Path:
    """Where the lock of a store lies."""
    return store.with_name(f"{store.name}.lock")


def _named(note: Path) -> str:
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return f"{holder['host']} 上的{holder['program']}（进程 {holder['process']}，自 {holder['since']} 起）"
    except (OSError, ValueError, KeyError, TypeError):
        # The holder is between taking the lock and leaving its note.
        return "另一个程序"
