"""The open store: read by anybody within, changed in one transaction at a time, and every change kept twice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.holder import Held
from desktop.store.migrations.steps import SCHEMA
from desktop.store.secret import Secret
from desktop.store.tail import Statement, Tail
from desktop.store.trouble import told

if TYPE_CHECKING:
    from sqlite3 import Cursor

    from sqlite_utils import Database

Value = str | int | bytes | None


@dataclass(slots=True)
class Pen:
    """One change under way: who makes it, when, its number, and what it has written so far."""

    store: "Store"
    who: Clerk
    at: datetime
    change: int
    written: list[Statement] = field(default_factory=list)

    def write(self, sql: str, values: tuple[Value, ...] = ()) -> "Cursor":
        """Runs a statement that writes; the tail will hold it too, so it says all in its values."""
        self.written.append((sql, values))
        return self.store.db.execute(sql, values)


@dataclass(slots=True)
class Store:
    """An open store. All its work is done on one thread at a time: the caller's, or the one worker's."""

    path: Path
    secret: Secret
    db: "Database"
    held: Held
    tail: Tail
    id: str
    window: str
    findings: tuple[Problem, ...] = ()  # what opening found and put right, for the clerk to know
    _pen: Pen | None = None

    def read(self, sql: str, values: tuple[Value, ...] = ()) -> "Cursor":
        """Runs a statement that only reads.

        Raises:
            Problem: where the disk, not the program, is at fault.
        """
        with told():
            return self.db.execute(sql, values)

    @contextmanager
    def change(self, who: Clerk, at: datetime) -> Iterator[Pen]:
        """One transaction: everything within is on disk when it ends, or nothing is. Within another it joins that.

        Raises:
            Problem: where the disk, not the program, is at fault.
        """
        if self._pen is not None:
            yield self._pen
            return
        appended: int | None = None
        with told():
            try:
                with self.db.atomic():
                    self._pen = pen = self._begin(who, at)
                    yield pen
                    appended = pen.change
                    self.tail.append(pen.change, pen.written)
            except BaseException:
                if appended is not None:
                    # Where even this fails, the next change takes the same number and stands in its place.
                    with suppress(OSError):
                        self.tail.abandon(appended)
                raise
            finally:
                self._pen = None

    def _begin(self, who: Clerk, at: datetime) -> Pen:
        (last,) = self.db.execute("SELECT change FROM state").fetchone()
        pen = Pen(self, who, at, last + 1)
        pen.write("UPDATE state SET change = ?", (last + 1,))
        return pen

    def begin_tail(self) -> None:
        """From now on the tail holds only what comes: everything before is in a backup that counts."""
        with told():
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.tail.close()
            try:
                self.tail = new_tail(self.path, self.db, self.secret)
            except BaseException:
                self.tail = Tail.resume(tail_path(self.path), self.secret.tail_key())
                raise

    def close(self) -> None:
        """Closes the file and lets the next program in."""
        self.tail.close()
        self.db.close()
        self.held.release()


def tail_path(store: Path) -> Path:
    """Where the tail of a store lies."""
    return store.with_suffix(".tail")


def new_tail(store: Path, db: "Database", secret: Secret) -> Tail:
    """An empty tail that begins where the file stands."""
    (change,) = db.execute("SELECT change FROM state").fetchone()
    return Tail.begin(tail_path(store), secret.tail_key(), int(change), SCHEMA)
