"""Taking over a store of the first version, which was not encrypted: exported whole, compared, then put in its place."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.connection import connect
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged, Unwritable, as_problem, told

if TYPE_CHECKING:
    from sqlite3 import Connection


KEEP_IT = "旧文件没有改动。请联系技术人员，并保留旧文件。"


def encrypt(path: Path, secret: Secret) -> None:
    """Puts an encrypted copy in the place of a plain file; the plain one is whole until that moment, and gone after it.

    Raises:
        Damaged: where the file cannot be read to its end. Problem: where the disk does not take the copy, or the copy is
            not the same. The file is then as it was.
    """
    from sqlcipher3 import dbapi2

    aside = path.with_name(f".{path.name}.encrypting")
    aside.unlink(missing_ok=True)
    with told():
        plain = dbapi2.connect(path)
        try:
            _export(plain, aside, secret)
            copy = connect(aside, secret)
            try:
                if _counts(plain) != _counts(copy):
                    raise Damaged("旧版案卷库没有完整读出。", KEEP_IT)
            finally:
                copy.close()
        finally:
            plain.close()
        for beside in ("-wal", "-shm"):
            path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)
        aside.replace(path)


def _export(plain: "Connection", aside: Path, secret: Secret) -> None:
    from sqlcipher3 import dbapi2

    try:
        # A journal that a crash left is in the file before it is copied.
        plain.execute("PRAGMA journal_mode = DELETE")
        plain.execute(f"ATTACH ? AS encrypted KEY \"x'{secret.store_key().hex()}'\"", (str(aside),))
        plain.execute("SELECT sqlcipher_export('encrypted')")
        plain.execute("DETACH encrypted")
    except dbapi2.DatabaseError as error:
        known = as_problem(error)
        if known is not None and not isinstance(known, Damaged):
            raise
        # The export has one code for whatever stops it, be it the file or the disk.
        if not _is_sound(plain):
            raise Damaged("旧版案卷库已损坏，不能完整读出。", KEEP_IT) from error
        raise Unwritable("没有能把旧版案卷库加密存盘。", "旧文件没有改动。请检查磁盘空间和写入权限后再试。") from error


def _is_sound(connection: "Connection") -> bool:
    from sqlcipher3 import dbapi2

    with suppress(dbapi2.DatabaseError):
        return connection.execute("PRAGMA main.quick_check(1)").fetchall() == [("ok",)]
    return False


def _counts(connection: "Connection") -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
