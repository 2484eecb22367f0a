"""Files of an open store that were moved, deleted, replaced or cut off: taken up again, with all that was acknowledged."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.connection import connect
from desktop.store.copying import free_name, put_in_place
from desktop.store.file import Store, files_of
from desktop.store.holder import Held, lock_path
from desktop.store.standing import ask_whole
from desktop.store.trouble import GONE, Damaged, anew, told

# Opens the files that are there once more, under the lock that is held or, without one, that it takes.
Again = Callable[[Held | None], Store]


class TakenUp(Problem):
    """Files of the open store were gone or replaced; they are there again, and nothing is lost."""

    def __init__(self, files: list[Path]) -> None:
        names = "、".join(sorted(file.name for file in files))
        backup = "再备份一次，" if any(file.suffix == ".tail" for file in files) else ""
        super().__init__(
            f"案卷库的文件（{names}）被移走、删除或替换，现已放回，内容齐全。",
            f"请再做一次刚才的操作，{backup}并查看是不是清理或同步软件动了这个文件夹。",
        )


def take_up(store: Store, again: Again) -> None:
    """Takes a store up again; where its files are as they were, only what was opened of them is opened anew.

    Raises:
        TakenUp: where files were gone or replaced and are there again. Whoever wanted to change something tries again.
        Problem: where the files cannot be had; the next one who wants something tries again.
    """
    there = files_of(store.path)
    gone = [path for path, file in store.files.items() if there[path] != file]
    held = None if lock_path(store.path) in gone else store.held
    with told():
        if store.path in gone:
            _bring_back(store)
        _let_go(store)
        if not store.path.exists():
            raise anew(GONE)
    fresh = again(held)
    if fresh.id != store.id or fresh.last < store.last:
        _let_go(fresh)
        raise Damaged(
            f"{store.path} 不是刚才打开的案卷库，或比它旧。", "请关闭窗口，从最近的备份恢复；之后的改动会一并补上。"
        )
    if held is None:
        store.held.lock.release()
    _adopt(store, fresh)
    if gone:
        raise TakenUp(gone)


def _adopt(store: Store, fresh: Store) -> None:
    store.held, store.db, store.tail = fresh.held, fresh.db, fresh.tail
    store.window, store.files, store.last = fresh.window, fresh.files, fresh.last
    store.findings += fresh.findings
    store.unbacked |= fresh.unbacked
    store.shaken = False


def _bring_back(store: Store) -> None:
    """Writes what is still open of the file into its place; what lies there instead is kept under another name.

    Raises:
        Problem: where nothing can be had of what was open, or written, and nothing lies there.
    """
    aside = store.path.with_name(f".{store.path.name}.again")
    try:
        _copy(store, aside)
    except Problem:
        aside.unlink(missing_ok=True)
        # A disk that was pulled out and is back: what is open is dead, and the file is there.
        if not store.path.exists():
            raise
        return
    if store.path.exists():
        store.path.replace(free_name(store.path.with_name(f"{store.path.name}.replaced")))
    put_in_place(aside, store.path)


def _copy(store: Store, aside: Path) -> None:
    from sqlcipher3 import dbapi2

    aside.unlink(missing_ok=True)
    with told():
        copy = connect(aside, store.secret)
        try:
            store.db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            ask_whole(copy)
            # The log may still have its name: nothing of it must be taken for the log of what will lie beside it.
            store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except dbapi2.ProgrammingError as error:
            raise anew(GONE) from error  # closed, since an earlier try could not be finished
        finally:
            copy.close()


def _let_go(store: Store) -> None:
    """Closes what is open, whatever the disk says to that; all that was acknowledged is in the file, its log or its tail."""
    for close in (store.tail.close, store.db.close):
        with suppress(Exception):
            close()
