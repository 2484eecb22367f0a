"""What a statement that reads has found: whatever the disk does wrong on the way is told, and zeros are taken for nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sqlite_utils import Database

AT_ONCE = 200  # rows
Found = TypeVar("Found")


class Rows:
    """The rows of one statement, in its order.

    SQLCipher gives zeros for a damaged page without a word, and only refuses what it reads after that one: so nothing is
    handed out before the file has been read once more.
    """

    __slots__ = ("_cursor", "_db", "_told")

    def __init__(
        self, db: "Database", sql: str, values: tuple[Any, ...], told: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._db, self._told = db, told
        self._cursor = db.execute(sql, values)

    def fetchone(self) -> Any:
        """The next row; None after the last.

        Raises:
            Problem: where the disk or the file is at fault; so do the others.
        """
        with self._told():
            return self._proved(self._cursor.fetchone())

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        with self._told():
            return self._proved(self._cursor.fetchall())

    def __iter__(self) -> Iterator[Any]:
        while rows := self._some():
            yield from rows

    def _some(self) -> list[Any]:
        with self._told():
            return self._proved(self._cursor.fetchmany(AT_ONCE))

    def _proved(self, found: Found) -> Found:
        self._db.conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        return found
