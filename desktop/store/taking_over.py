"""Taking over a store of the first version, which was not encrypted: exported whole, compared, then put in its place."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.connection import connect
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged, told

if TYPE_CHECKING:
    from sqlite3 import Connection


def encrypt(path: Path, secret: Secret) -> None:
    """Puts an encrypted copy in the place of a plain file; the plain one is whole until that moment, and gone after it.

    Raises:
        Problem: where the disk does not take the copy, or the copy is not the same; the file is then as it was.
    """
    from sqlcipher3 import dbapi2

    aside = path.with_name(f".{path.name}.encrypting")
    aside.unlink(missing_ok=True)
    with told():
        plain = dbapi2.connect(path)
        try:
            # A journal that a crash left is in the file before it is copied.
            plain.execute("PRAGMA journal_mode = DELETE")
            plain.execute(f"ATTACH ? AS encrypted KEY \"x'{secret.store_key().hex()}'\"", (str(aside),))
            plain.execute("SELECT sqlcipher_export('encrypted')")
            plain.execute("DETACH encrypted")
            copy = connect(aside, secret)
            try:
                if _counts(plain) != _counts(copy):
                    raise Damaged("旧版案卷库没有完整读出。", "旧文件没有改动。请联系技术人员，并保留旧文件。")
            finally:
                copy.close()
        finally:
            plain.close()
        for beside in ("-wal", "-shm"):
            path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)
        aside.replace(path)


def _counts(connection: "Connection") -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
