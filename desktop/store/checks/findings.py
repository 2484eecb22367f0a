"""What a check finds, and how far it has come: values for whoever puts them into words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem
from desktop.store.chain import Stamp

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

OFTEN = 200  # steps between two words of how far it has come


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written.

    ``what`` is the name that its words are kept under; ``place`` a window, the number or id of a case, a notice, a table;
    ``entry`` the entry of the journal that it is about; ``first`` and ``last`` from which number to which.
    """

    what: str
    place: str = ""
    entry: Stamp | None = None
    first: int = 0
    last: int = 0


class Cancelled(Problem):
    """Whoever waited for the check waits no more."""

    def __init__(self) -> None:
        super().__init__("检查已中止，没有结论。", "需要时请重新检查。")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check has come: in which part, and how many of how many steps of it."""

    part: str
    done: int
    of: int


def _go_on(_: Progress) -> bool:
    return True


@dataclass(slots=True)
class Watch:
    """Somebody who is told how far it has come, and may say that it is enough: ``tell`` gives whether to go on."""

    tell: Callable[[Progress], bool] = _go_on
    part: str = ""
    done: int = 0
    of: int = 0

    def begin(self, part: str, of: int) -> None:
        """A part of so many steps begins."""
        self.part, self.done, self.of = part, 0, of
        self._tell()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done % OFTEN == 0:
            self._tell()

    def _tell(self) -> None:
        if not self.tell(Progress(self.part, self.done, self.of)):
            raise Cancelled


@dataclass(slots=True)
class Check:
    """A check under way: what it reads from, who watches, and how many of what it has seen."""

    connection: "Connection"
    watch: Watch
    seen: dict[str, int] = field(default_factory=dict)

    def read(self, sql: str, values: tuple[str | int, ...] = ()) -> "Cursor":
        """Runs a statement that only reads."""
        return self.connection.execute(sql, values)

    def count(self, name: str) -> None:
        """One more of a kind is seen."""
        self.seen[name] = self.seen.get(name, 0) + 1


Part = Callable[[Check], Iterator[Finding]]
