"""The typed shape of a policy's benefits: classes with deductible, ratio and cap, and what bars or adds to them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.expenses import PLACES
from desktop.policy.law.quantities import Quantity, Ratio
from desktop.policy.law.sources import Source

# What a locality publishes of 倾斜救助, all of it or nothing.
TILT_NUMBERS = ("ratio", "cap", "deductible")


@dataclass(frozen=True, slots=True)
class InForce:
    """First and last day on which the policy applies to an expense (A20)."""

    first: date
    last: date | None
    source: Source

    def covers(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SelfPayRow:
    """How self_pay is made from a settlement sheet (A2): in_scope, less and plus some amounts.

    ``not_insured``, ``identities`` and ``kinds`` say what the row is for; a row with none of them is for everything else.
    """

    minus: tuple[str, ...]
    plus: tuple[str, ...]
    source: Source
    not_insured: bool = False
    identities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lift:
    """What lifts all payments to a share of in_scope, for some kinds at some places (A13)."""

    to: Decimal
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class SubCap:
    """A cap of some kinds of expense within the year's cap (J-09)."""

    kinds: tuple[str, ...]
    limit: Quantity


@dataclass(frozen=True, slots=True)
class BenefitClass:
    """A class of people and its benefit. No ``cap``: none is stated. The deductible belongs to ``deductible_kinds``."""

    id: str
    name: str
    identities: tuple[str, ...]
    deductible: Quantity
    deductible_kinds: tuple[str, ...]
    ratios: dict[str, Ratio]
    cap: Quantity | None
    sub_caps: tuple[SubCap, ...]
    lift: Lift | None
    source: Source


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Expenses that are settled once, at the year's end, by 慢特病 class (A3)."""

    kind: str
    chronic_classes: tuple[int, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class DisposableIncomeRule:
    """Which year's figure applies on a day (A15): from the month after its ``publication``, or by calendar year."""

    by_publication: bool
    whole_yuan: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Grace:
    """An identity that was lost serves to the month's end (A6); ``without_other``: only where no other holds."""

    without_other: bool
    source: Source


@dataclass(frozen=True, slots=True)
class NotRemembered:
    """Identities that count only in the application that recognises them (当次有效, A9)."""

    identities: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class FilingWindow:
    """Months before the application within which an expense of this identity was settled (A7)."""

    identity: str
    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class FilingTerm:
    """Days after the year's last discharge within which stays that were not settled one-stop are filed (A7)."""

    days: int
    kinds: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class NotDesignated:
    """Care at a provider without contract is not covered, save emergency rescue where excepted (A12)."""

    except_emergency: bool
    source: Source


@dataclass(frozen=True, slots=True)
class NotReferred:
    """What a missing referral does (A10): points off the ratio, stated or the locality's; else not covered ``places``."""

    points_off: Decimal | None
    value: str | None
    places: tuple[str, ...]
    source: Source

    def bars(self, place: str | None) -> bool | None:
        """Whether care at a place is not covered for want of a referral; None where the place decides and is unknown."""
        if place is None:
            return True if set(self.places) >= set(PLACES) else None
        return place in self.places


@dataclass(frozen=True, slots=True)
class NotInsured:
    """The share of the class's benefit for one who enrolled only for this application (A11)."""

    share: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class OutOfCatalogue:
    """Aid for cost outside the catalogue, within a share of the total that goes by the hospital's class (A19).

    ``controlled`` are the identities that the control protects, ``identities`` those whose cost within it is aided by
    ``share``; the clause holds until the locality's day ``until``, and without one an alert is due after ``doubt_after``.
    """

    identities: tuple[str, ...]
    controlled: tuple[str, ...]
    share: Decimal
    control: dict[str, Decimal]
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    until: str
    doubt_after: date
    source: Source
    control_source: Source


@dataclass(frozen=True, slots=True)
class Tilt:
    """倾斜救助 (A14): on what the cap cut off, or on what is left of self_pay, above ``deductible``, at ``ratio``, up to ``cap``.

    The numbers are the policy's, or the locality's group ``value``.
    """

    basis: str
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    referrals: tuple[str, ...]
    referrals_elsewhere: tuple[str, ...]
    value: str | None
    deductible: Quantity | None
    ratio: Decimal | None
    cap: Decimal | None
    source: Source
