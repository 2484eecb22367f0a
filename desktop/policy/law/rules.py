"""The typed shape of a policy file: what a document says, each value with the clause that says it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.localities import Locality
from desktop.policy.law.sources import Source


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

    ``not_insured`` and ``identities`` say whom the row is for; a row with neither is for everybody else.
    """

    minus: tuple[str, ...]
    plus: tuple[str, ...]
    source: Source
    not_insured: bool = False
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitClass:
    """A class of people and its benefit: yuan a year, shares by kind of expense. No ``cap``: none is stated."""

    id: str
    name: str
    identities: tuple[str, ...]
    deductible: Decimal
    deductible_source: Source
    ratios: dict[str, Decimal]
    ratio_source: Source
    cap: Decimal | None
    cap_source: Source | None
    source: Source


@dataclass(frozen=True, slots=True)
class FilingWindow:
    """Months before the application within which an expense of this identity was settled (A7)."""

    identity: str
    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class NotDesignated:
    """Care at a provider without contract is not covered, save emergency rescue where excepted (A12)."""

    except_emergency: bool
    source: Source


@dataclass(frozen=True, slots=True)
class NotReferred:
    """What a missing referral takes off the ratio (A10)."""

    points_off: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class NotInsured:
    """The share of the class's benefit for one who enrolled only for this application (A11)."""

    share: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Tilt:
    """倾斜救助 on what the cap cut off (A14); its numbers are the locality's, under ``value``."""

    value: str
    places: tuple[str, ...]
    referrals_elsewhere: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class SubsidyGroup:
    """Identities whose premium is subsidised by a share; with ``ages`` or ``disability``, only those who fit either."""

    identities: tuple[str, ...]
    share: Decimal
    from_age: int | None
    under_age: int | None
    disability_grades: tuple[int, ...]
    source: Source

    @property
    def for_some_only(self) -> bool:
        """Whether age or disability decides within the group."""
        return self.from_age is not None or self.under_age is not None or bool(self.disability_grades)


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """资助参保: groups from best to least, whom it leaves out, and where the timing and the single share stand (A16)."""

    groups: tuple[SubsidyGroup, ...]
    source: Source
    timing: Source
    once: Source


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence for the clerk where somebody holds one of the identities."""

    id: str
    identities: tuple[str, ...]
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that an application of these matters asks for."""

    id: str
    name: str
    matters: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class LocalityValue:
    """A number that the policy leaves to the 统筹地区: its key, what it is, who publishes it."""

    key: str
    name: str
    who: str
    source: Source


@dataclass(frozen=True, slots=True)
class Policy:
    """One document's rules. The classes stand from most to least favourable, and so do a class's identities (A6)."""

    id: str
    document: str
    title: str
    jurisdiction: str
    kind: str
    in_force: InForce
    anchors: dict[str, str]
    self_pay: tuple[SelfPayRow, ...]
    classes: tuple[BenefitClass, ...]
    grace_to_month_end: Source | None
    windows: tuple[FilingWindow, ...]
    not_designated: NotDesignated
    not_referred: NotReferred
    not_insured: NotInsured
    best_identity: Source
    tilt: Tilt | None
    identification: tuple[IdentificationRule, ...]
    subsidy: SubsidyRule
    hints: tuple[Hint, ...]
    papers: tuple[Paper, ...]
    locality_values: tuple[LocalityValue, ...]

    def class_of(self, identity: str) -> BenefitClass | None:
        """The class an identity belongs to; None where the policy gives it no benefit."""
        return next((group for group in self.classes if identity in group.identities), None)

    def rank(self, identity: str) -> tuple[int, int]:
        """Smaller is more favourable (A6)."""
        for place, group in enumerate(self.classes):
            if identity in group.identities:
                return place, group.identities.index(identity)
        return len(self.classes), 0

    def rule_on(self, identity: str, day: date) -> IdentificationRule | None:
        """The identification rule for an identity in force on a day."""
        for rule in self.identification:
            if rule.identity == identity and rule.first <= day and (rule.last is None or day <= rule.last):
                return rule
        return None


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says, in our own words; ``handled``: ``computed``, ``shown`` to the clerk, or ``set_aside`` with a note."""

    id: str
    cite: str
    gist: str
    handled: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What applies to a case: a policy, and the numbers published for its locality."""

    policy: Policy
    locality: Locality
