"""The typed shape of 资助参保: who gets which part of the premium, and when (A16)."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.policy.law.quantities import Quantity
from desktop.policy.law.sources import Source


@dataclass(frozen=True, slots=True)
class SubsidyGroup:
    """Identities whose premium is subsidised: by yuan, by a share of it, or as the locality says; never above it.

    ``floor`` is the least in yuan; with ages or grades, only those who fit either.
    """

    identities: tuple[str, ...]
    amount: Quantity
    floor: Decimal | None
    from_age: int | None
    under_age: int | None
    disability_grades: tuple[int, ...]

    @property
    def source(self) -> Source:
        """The clause of the group."""
        return self.amount.source

    @property
    def for_some_only(self) -> bool:
        """Whether age or disability decides within the group."""
        return self.from_age is not None or self.under_age is not None or bool(self.disability_grades)


@dataclass(frozen=True, slots=True)
class FirstYear:
    """The first insured year that a document subsidises."""

    year: int
    source: Source


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """资助参保: groups from best to least, and where the timing and the single share stand (A16).

    ``begins``: the first insured year; ``paid_in_time``: only where paid by the day the collection ends; ``late``:
    whoever is recognised after that day is subsidised where not yet insured.
    """

    groups: tuple[SubsidyGroup, ...]
    source: Source
    begins: FirstYear | None
    paid_in_time: Source | None
    late: Source | None
    once: Source | None
