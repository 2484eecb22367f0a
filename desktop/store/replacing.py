"""Another file in the place of the store: whole before it begins, and what a kill interrupts is finished when it is opened."""

from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.copying import put_in_place
from desktop.store.whole_files import write_whole

MARKER = ".restoring"


def aside_of(store: Path) -> Path:
    """Where the file is made ready that is to take the store's place."""
    return store.with_name(f".{store.name}.restored")


def replace_store(store: Path) -> None:
    """Puts the file that is ready in the store's place. From the first moment on it is this file that will be opened.

    Raises:
        Problem: where the disk does not take it now; the next opening goes on with it.
    """
    write_whole(store.with_suffix(MARKER), b"")
    finish_replacing(store)


def finish_replacing(store: Path) -> None:
    """Finishes what was begun, or takes away a file that was not ready; whoever calls holds the store.

    The log of the old file goes first: laid over the new one it would damage it. Whatever the moment, either file is at
    the store's place, and once the log is gone it will be the new one.

    Raises:
        Problem: where the disk does not take it; nothing is lost, and the next opening tries again.
    """
    marker, aside = store.with_suffix(MARKER), aside_of(store)
    logs = [path.with_name(f"{path.name}{what}") for path in (store, aside) for what in ("-wal", "-shm", "-journal")]
    try:
        if not marker.exists():
            for path in (aside, *logs[3:], aside.with_suffix(".tail"), *aside.parent.glob(f"{aside.name}.*")):
                path.unlink(missing_ok=True)
            return
        if aside.exists():
            for path in logs:
                path.unlink(missing_ok=True)
            put_in_place(aside, store)
        marker.unlink()
    except OSError as error:
        raise Problem("恢复备份没有做完。", "请检查磁盘后重新打开程序，会接着做完；备份没有改动。") from error
