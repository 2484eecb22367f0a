"""The typed shape of a policy file: what a document says, each value with the clause that says it."""

from dataclasses import dataclass, field
from datetime import date

from desktop.policy.law.benefit_rules import (
    BenefitClass,
    DisposableIncomeRule,
    FilingTerm,
    FilingWindow,
    Grace,
    InForce,
    NotDesignated,
    NotInsured,
    NotReferred,
    NotRemembered,
    OutOfCatalogue,
    SelfPayRow,
    Tilt,
    YearEnd,
)
from desktop.policy.law.bounds import Bound
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.localities import Locality
from desktop.policy.law.shown_rules import BurdenControl, BurdenWarning, Hint, LocalityValue, Paper
from desktop.policy.law.sources import Source
from desktop.policy.law.subsidy_rules import SubsidyRule


@dataclass(frozen=True, slots=True)
class Policy:
    """One document's rules. The classes stand from most to least favourable, and so do a class's identities (A6).

    ``kind``: ``operative``, ``framework`` (bounds, and values left to localities; A17) or ``example``. ``remark`` is what
    a reader must know of the text itself; ``under`` are the ids of the documents above it. What a document does not
    state is None or empty.
    """

    id: str
    document: str
    title: str
    jurisdiction: str
    kind: str
    remark: str | None
    under: tuple[str, ...]
    in_force: InForce
    anchors: dict[str, str]
    anchors_source: Source
    year_end: YearEnd | None
    disposable_income: DisposableIncomeRule | None
    self_pay: tuple[SelfPayRow, ...]
    classes: tuple[BenefitClass, ...]
    best_identity: Source
    grace: Grace | None
    status_in_stay: Source | None
    not_remembered: NotRemembered | None
    windows: tuple[FilingWindow, ...]
    filing_term: FilingTerm | None
    not_designated: NotDesignated | None
    not_referred: NotReferred | None
    not_insured: NotInsured | None
    out_of_catalogue: OutOfCatalogue | None
    tilt: Tilt | None
    identification: tuple[IdentificationRule, ...]
    subsidy: SubsidyRule | None
    bounds: tuple[Bound, ...]
    warnings: tuple[BurdenWarning, ...]
    burden_control: BurdenControl | None
    hints: tuple[Hint, ...]
    papers: tuple[Paper, ...]
    locality_values: tuple[LocalityValue, ...]
    _classes: dict[str, BenefitClass] = field(init=False, repr=False, compare=False)
    _ranks: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = [(identity, group) for group in self.classes for identity in group.identities]
        object.__setattr__(self, "_classes", dict(pairs))
        object.__setattr__(self, "_ranks", {identity: place for place, (identity, _) in enumerate(pairs)})

    def class_of(self, identity: str | None) -> BenefitClass | None:
        """The class an identity belongs to; None where the policy gives it no benefit."""
        return self._classes.get(identity or "")

    def rank(self, identity: str) -> int:
        """Smaller is more favourable (A6)."""
        return self._ranks.get(identity, len(self._ranks))

    def rule_on(self, identity: str, day: date) -> IdentificationRule | None:
        """The identification rule for an identity in force on a day."""
        for rule in self.identification:
            if rule.identity == identity and rule.first <= day and (rule.last is None or day <= rule.last):
                return rule
        return None

    def rule(self, rule_id: str | None) -> IdentificationRule | None:
        """The identification rule of that id."""
        return next((rule for rule in self.identification if rule.id == rule_id), None)

    @property
    def facts_asked(self) -> frozenset[str]:
        """The facts of an expense that only some policies ask for, as far as this one does (A3, A19)."""
        asked = {"chronic_class": self.year_end, "charge_class": self.out_of_catalogue}
        return frozenset(key for key, rule in asked.items() if rule is not None)

    def locality_value(self, key: str) -> LocalityValue:
        """What the policy says of a value that it leaves to the locality."""
        return next(value for value in self.locality_values if value.key == key)


@dataclass(frozen=True, slots=True)
class Rules:
    """What applies to a case: a policy, and the numbers published for its locality."""

    policy: Policy
    locality: Locality
