"""The numbers of a class as they stand for one expense on its day: stated, a share of a published figure, or a locality's."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.money import Money
from desktop.policy.benefits.exclusion import Entry
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import BenefitClass
from desktop.policy.law.quantities import Quantity, Ratio, RatioStep
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.published import lack_quantity, lack_value, quantity_on, steps_of

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Deductible, cap and sub-cap in yuan, the ratio's steps, and the points that a missing referral takes off."""

    deductible: Decimal
    deductible_source: Source
    steps: tuple[RatioStep, ...]
    ratio_source: Source
    cap: Money | None
    cap_source: Source
    sub_cap: Money | None
    sub_cap_kinds: tuple[str, ...]
    points_off: Decimal

    @property
    def shares_the_year(self) -> bool:
        """Whether the line shares a deductible, a step of its ratio or a cap with the others of the year."""
        return self.cap is not None or self.deductible > 0 or self.sub_cap is not None or len(self.steps) > 1


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asking for numbers on a day: what nobody published is noted."""

    rules: Rules
    day: date
    findings: Findings
    unpublished: list[Source]

    def quantity(self, quantity: Quantity) -> Decimal | None:
        number = quantity_on(self.rules, quantity, self.day)
        if number is None:
            lack_quantity(self.rules, quantity, self.day, self.findings)
            self.unpublished.append(quantity.source)
        return number

    def steps(self, ratio: Ratio) -> tuple[RatioStep, ...]:
        steps = steps_of(self.rules, ratio)
        if steps is None and ratio.value is not None:
            lack_value(self.rules, ratio.value, ratio.source, self.findings)
            self.unpublished.append(ratio.source)
        return steps or ()


def terms_of(rules: Rules, entry: Entry, group: BenefitClass, findings: Findings) -> Terms | Source:
    """The numbers that apply to an expense; where some are not published, the clause of the first, and each is noted."""
    kind = entry.expense.kind
    assert entry.day is not None
    asking = _Asking(rules, entry.day, findings, [])
    deductible = asking.quantity(group.deductible) if kind in group.deductible_kinds else NONE
    ratio = group.ratios[kind]
    steps = asking.steps(ratio)
    sub_cap = next((one for one in group.sub_caps if kind in one.kinds), None)
    cap = asking.quantity(group.cap) if group.cap else None
    within = asking.quantity(sub_cap.limit) if sub_cap else None
    if asking.unpublished:
        return asking.unpublished[0]
    return Terms(
        deductible=deductible or NONE,
        deductible_source=group.deductible.source,
        steps=steps,
        ratio_source=ratio.source,
        cap=None if cap is None else Money.payable(cap),
        cap_source=group.cap.source if group.cap else group.source,
        sub_cap=None if within is None else Money.payable(within),
        sub_cap_kinds=sub_cap.kinds if sub_cap else (),
        points_off=_points_off(rules, entry),
    )


def _points_off(rules: Rules, entry: Entry) -> Decimal:
    """What a missing referral takes off the ratio: the policy's points, or the locality's (A10)."""
    rule = rules.policy.not_referred
    if rule is None or entry.expense.referral != "missing":
        return NONE
    local = None if rule.value is None else rules.locality.number(rule.value)
    return local or rule.points_off or NONE
