"""A connection to an encrypted file: keyed, checked, and set so that an acknowledged change survives a power cut."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.store.secret import Secret
from desktop.store.trouble import NotEncrypted, OnNetwork, no_store, told

if TYPE_CHECKING:
    from sqlite3 import Connection

BUSY_MILLISECONDS = 5000
PLAIN = b"SQLite format 3\x00"


def connect(path: Path, secret: Secret, *, read_only: bool = False, alone: bool = False) -> "Connection":
    """A keyed connection; a file that is not there is made, unless it is only to be read.

    ``alone`` reads the file as if no log lay beside it; nobody may write to it meanwhile.

    Raises:
        NotEncrypted, WrongKey, Unwritable: before anything is changed.
    """
    from sqlcipher3 import dbapi2

    if is_plain(path):
        raise NotEncrypted(f"{path.name} 是未加密的旧版案卷库。", "请先打开程序，按提示设置口令，程序会把它加密保存。")
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    where: Any = f"{path.absolute().as_uri()}?{how}" if read_only or alone else path
    with told():
        connection = dbapi2.connect(where, uri=read_only or alone, check_same_thread=False, cached_statements=256)
    try:
        with told():
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{secret.store_key().hex()}'\"")
            # What is sorted or collected on the way stays in memory: no plain word reaches a temporary file.
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            connection.execute("PRAGMA foreign_keys = ON")
        _read_first_page(connection, path)
    except BaseException:
        connection.close()
        raise
    found: Connection = connection
    return found


def keep_safely(connection: "Connection", path: Path) -> None:
    """Write-ahead journal and full sync: what was acknowledged is there after a power cut.

    Raises:
        OnNetwork: where the place cannot keep such a journal.
    """
    with told():
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        # FULL: an acknowledged field survives a power cut, which NORMAL does not promise under WAL.
        connection.execute("PRAGMA synchronous = FULL")
        # The log is taken into the file by ``settle`` alone, which leaves a mark while it does so.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
    if mode != "wal":
        raise OnNetwork(f"{path.parent} 不能可靠地保存案卷库。", "请把案卷库放在本机硬盘的文件夹里。")


def is_plain(path: Path) -> bool:
    """Whether a file is an SQLite file that anybody can read."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(PLAIN)) == PLAIN
    return False


def _read_first_page(connection: "Connection", path: Path) -> None:
    from sqlcipher3 import dbapi2

    try:
        with told():
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Exception as trouble:
        cause = trouble.__cause__
        if isinstance(cause, dbapi2.DatabaseError) and getattr(cause, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise no_store(path) from trouble
        raise
