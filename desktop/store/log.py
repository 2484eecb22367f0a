"""The log beside the file: looked at before it is taken up, since closing the file lays it over the pages for good."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem
from desktop.store.connection import BUSY_MILLISECONDS, connect
from desktop.store.copying import free_name
from desktop.store.secret import Secret
from desktop.store.standing import FINE, ask_whole, broken
from desktop.store.trouble import Damaged, WrongKey, told

if TYPE_CHECKING:
    from sqlite3 import Connection


LONG = 4 << 20  # bytes; as long as this it is taken into the file before the next change


def log_path(store: Path) -> Path:
    """Where the database keeps the log of a store."""
    return store.with_name(f"{store.name}-wal")


def look_at_log(store: Path, secret: Secret) -> list[Problem]:
    """Puts a log aside with which the file cannot be read, while it can without: it is damaged, or another file's.

    Raises:
        WrongKey, Damaged: where it can be read neither way; nothing is changed then.
    """
    log = log_path(store)
    if not log.exists() or not log.stat().st_size:
        return []
    try:
        # Whoever let go of the file in peace left no log behind, and after a crash an older file may have been put back
        # under it: one that is there has to prove itself.
        _ask_readable(store, secret)
    except (WrongKey, Damaged):
        if not _is_whole_alone(store, secret):
            raise
        aside = free_name(log.with_name(f"{log.name}.damaged"))
        with told():
            log.replace(aside)
        what = f"案卷库的日志已损坏，或不是它的，已改名为 {aside.name} 保留。"
        return [Problem(what, "请检查磁盘，并现在备份一次。")]
    return []


def settle(store: Path, connection: "Connection", *, wait: bool = True) -> None:
    """Takes the log into the file and empties it; until both is done a mark lies beside it.

    A log that loses its end then leaves pages of different times, and nothing in the file tells. Where somebody reads what
    is only in the log, such as a backup, they are waited for a while, or it is left to the next time.

    Raises:
        Problem: where the disk does not take it; so does whatever called this.
    """
    with told():
        mark = _mark(store)
        mark.touch()
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS if wait else 0}")
        try:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        if not busy:
            mark.unlink(missing_ok=True)


def was_settling(store: Path) -> bool:
    """Whether a log was being taken into the file, and nobody has said since that it is empty."""
    return _mark(store).exists()


def is_long(store: Path) -> bool:
    """Whether the log is to be taken into the file soon."""
    with suppress(OSError):
        return log_path(store).stat().st_size > LONG
    return False


def is_empty(connection: "Connection") -> bool:
    """Whether the log of an open file was not there, or held nothing; a file that keeps none, as a backup, has no empty one."""
    return bool(connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1] == 0)


def ask_sound(connection: "Connection") -> None:
    """Goes on where tables and indexes are what they must be to one another.

    Raises:
        Damaged: where a part of the file is newer than another.
    """
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != FINE:
        raise broken()


def _mark(store: Path) -> Path:
    return store.with_name(f"{store.name}.settling")


def _ask_readable(store: Path, secret: Secret) -> None:
    connection = connect(store, secret, read_only=True)
    try:
        with told():
            # What every change writes to.
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone():
                connection.execute("SELECT change FROM state").fetchall()
            ask_sound(connection)
    finally:
        connection.close()


def _is_whole_alone(store: Path, secret: Secret) -> bool:
    with suppress(WrongKey, Damaged):
        connection = connect(store, secret, alone=True)
        try:
            ask_whole(connection)
            return True
        finally:
            connection.close()
    return False
