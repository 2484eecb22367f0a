"""The open store: read by anybody within, changed in one transaction at a time, and every change kept twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.holder import Held, lock_path
from desktop.store.log import is_long, log_path, settle
from desktop.store.migrations.steps import SCHEMA
from desktop.store.rows import Rows
from desktop.store.secret import Secret
from desktop.store.tail import Statement, Tail
from desktop.store.trouble import CutOff, Damaged, told

if TYPE_CHECKING:
    from sqlite3 import Cursor

    from sqlite_utils import Database

Value = str | int | bytes | None
Files = dict[Path, tuple[int, int] | None]  # the files of an open store, by what tells them from others of their name


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
    last: int = 0  # the change that was acknowledged last
    take_up: "Callable[[Store], None] | None" = None  # takes the files up again where they vanished or were cut off
    files: Files = field(default_factory=dict)
    unbacked: bool = False  # no backup leads to where the tail begins: one is due at once
    shaken: bool = False  # something was at fault that opening once more may put right
    _pen: Pen | None = None
    _turn: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.files = files_of(self.path)

    def read(self, sql: str, values: tuple[Value, ...] = ()) -> Rows:
        """Runs a statement that only reads.

        Raises:
            Problem: where the disk, not the program, is at fault.
        """
        with self.told():
            if self.shaken and self._pen is None:
                with self._turn:
                    self._look()
            return Rows(self.db, sql, values, self.told)

    @contextmanager
    def change(self, who: Clerk, at: datetime) -> Iterator[Pen]:
        """One transaction: everything within is on disk when it ends, or nothing is. Within another it joins that.

        Whoever comes from another thread meanwhile waits.

        Raises:
            Problem: where the disk, not the program, is at fault.
        """
        with self._turn:
            if self._pen is not None:
                yield self._pen
                return
            with self.told():
                self._look()
                if is_long(self.path):
                    settle(self.path, self.db.conn, wait=False)
                with self._begun(who, at) as pen:
                    yield pen
                self.last = pen.change

    @contextmanager
    def told(self) -> Iterator[None]:
        """Whatever the disk does wrong within is told in words, and the files are taken up again before the next use.

        Raises:
            Problem: where the disk, the file or another program is at fault.
        """
        try:
            with told():
                yield
        except (CutOff, Damaged):
            self.shaken = True
            raise

    @contextmanager
    def _begun(self, who: Clerk, at: datetime) -> Iterator[Pen]:
        appended: int | None = None
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

    def _look(self) -> None:
        """Goes on where the files that are open are those that lie there."""
        if self.take_up and (self.shaken or any(_known(path) != file for path, file in self.files.items())):
            self.shaken = True
            self.take_up(self)

    def _begin(self, who: Clerk, at: datetime) -> Pen:
        (last,) = self.db.execute("SELECT change FROM state").fetchone()
        pen = Pen(self, who, at, last + 1)
        pen.write("UPDATE state SET change = ?", (last + 1,))
        return pen

    def begin_tail(self) -> None:
        """From now on the tail holds only what comes: everything before is in a backup that counts."""
        with self._turn, self.told():
            settle(self.path, self.db.conn)
            self.tail.close()
            try:
                self.tail = new_tail(self.path, self.db, self.secret)
            except BaseException:
                self.tail = Tail.resume(tail_path(self.path), self.secret.tail_key())
                raise
            self.files, self.unbacked = files_of(self.path), False

    def close(self) -> None:
        """Closes the file and lets the next program in; what vanished meanwhile is put back first."""
        with suppress(Problem):
            self._look()
        self.take_up = None  # what vanishes from now on is nobody's
        try:
            # What the tail could not bring to the disk any more is in the file itself; where the files could not be taken
            # up again it is closed already.
            with suppress(OSError, ValueError):
                self.tail.close()
            if not self.shaken:
                # Where the disk is full the log stays; it is as good as the file.
                with suppress(Problem):
                    settle(self.path, self.db.conn)
            self.db.close()
        finally:
            self.held.release()


def tail_path(store: Path) -> Path:
    """Where the tail of a store lies."""
    return store.with_suffix(".tail")


def new_tail(store: Path, db: "Database", secret: Secret) -> Tail:
    """An empty tail that begins where the file stands."""
    (change,) = db.execute("SELECT change FROM state").fetchone()
    return Tail.begin(tail_path(store), secret.tail_key(), int(change), SCHEMA)


def files_of(store: Path) -> Files:
    """The files of a store as they lie there; None for one that does not."""
    return {path: _known(path) for path in (store, log_path(store), tail_path(store), lock_path(store))}


def _known(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
