"""Opening the store: one file, one holder, brought up to date, every change in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem
from desktop.store.holder import Held, hold
from desktop.store.migrations import bring_up_to_date

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_MILLISECONDS = 5000


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. All its work is done on one thread at a time: the caller's, or the one worker's."""

    path: Path
    db: "Database"
    held: Held

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: everything within is on disk when it ends, or nothing is.

        Raises:
            Problem: where the disk, not the program, is at fault.
        """
        try:
            with self.db.atomic():
                yield
        except sqlite3.OperationalError as error:
            raise Problem("没有存上盘。", "请检查磁盘空间和写入权限；窗口里的内容还在，稍后会再存。") from error

    def close(self) -> None:
        """Closes the file and lets the next program in."""
        self.db.close()
        self.held.release()


def open_store(path: Path, program: str, now: datetime) -> Store:
    """Opens a store, making it where there is none, and brings it up to date.

    Raises:
        Problem: where another program holds it, it was made by a newer program, or it is no store.
    """
    from sqlite_utils import Database

    if not path.parent.is_dir():
        raise Problem(f"没有文件夹 {path.parent}。", "请先建立它，或换一个位置。")
    held = hold(path, program, now)
    try:
        connection = sqlite3.connect(path, check_same_thread=False)
        db = Database(connection, strict=True, execute_plugins=False)
        _prepare(db)
        bring_up_to_date(db)
    except sqlite3.DatabaseError as error:
        held.release()
        raise Problem(f"{path} 不是案卷库，或已损坏。", "请从备份恢复，或换一个文件。") from error
    except Problem:
        held.release()
        raise
    return Store(path, db, held)


def _prepare(db: "Database") -> None:
    db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.enable_wal()
    # FULL: an acknowledged field survives a power cut, which NORMAL does not promise under WAL.
    db.execute("PRAGMA synchronous = FULL")
