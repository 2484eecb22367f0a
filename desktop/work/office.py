"""The office: the bag of parts that every piece of work is handed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.domain.clerks import NOBODY, Clerk
from desktop.domain.numbering import USUAL, Pattern, read_pattern
from desktop.policy.law.rules import Policy
from desktop.store.file import Pen, Store
from desktop.work.library import Library

CASE_NUMBERS = read_pattern(USUAL)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head and foot of a notice; blank lines are filled by hand."""

    office: str = ""
    address: str = ""
    phone: str = ""
    complaint_phone: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one office: its rules, its store, its letterhead, its fonts, its clock, its clerk, its official texts."""

    library: Library
    store: Store | None
    letterhead: Letterhead
    locality: str
    fonts: Path
    now: Callable[[], datetime]
    official_texts: Path
    who: Callable[[], Clerk] = lambda: NOBODY
    case_numbers: Pattern = CASE_NUMBERS

    def today(self) -> date:
        """The day at the counter."""
        return self.now().date()

    def policy_for(self, locality: object) -> Policy:
        """The policy of a draft's locality; of the office's own, where the draft names none that is here."""
        named = str(locality) if locality in self.library.localities else self.locality
        return self.library.rules(named).policy

    def change(self) -> AbstractContextManager[Pen]:
        """One change to the store, by the clerk at the counter, now."""
        return self.kept.change(self.who(), self.now())

    @property
    def kept(self) -> Store:
        """The store, for work that needs one."""
        assert self.store is not None, "this piece of work needs a store"
        return self.store
