"""The named measurements that identification tests speak of: the only code behind a policy's metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.means import INCOME_KINDS
from desktop.domain.money import Money
from desktop.domain.people import Member
from desktop.policy.entitlement import anchor_of, lacking_for_status, possible_rows, self_pay_of
from desktop.policy.findings import Findings
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.rules import Policy


@dataclass(frozen=True, slots=True)
class Span:
    """What a yearly amount is known to lie between, in fen; an open end is None. Both ends equal: it is known."""

    low: int | None
    high: int | None

    def __sub__(self, other: "Span") -> "Span":
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Span(low, high)

    def __add__(self, other: "Span") -> "Span":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high)

    @property
    def exact(self) -> Money | None:
        """The amount, where it is known."""
        return Money(self.low) if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Measured:
    """A household's amount of 12 months, to be shared by ``heads`` (None: unknown how many)."""

    year_amount: Span
    heads: int | None

    def per_head_and_month(self) -> Money | None:
        """For display: rounded to the fen (A1)."""
        amount = self.year_amount.exact
        return None if amount is None or not self.heads else Money.payable(amount.yuan / (12 * self.heads))


@dataclass(frozen=True, slots=True)
class Survey:
    """What a measurement is taken of: a case by a rule, on the survey day (or the application's, as an estimate)."""

    case: Case
    policy: Policy
    rule: IdentificationRule
    day: date
    findings: Findings

    def counts(self, member_id: str) -> bool:
        """Whether the member counts, or may."""
        member = self.case.member(member_id)
        return member is not None and member.counted is not False


@dataclass(frozen=True, slots=True)
class Means:
    """The household's means of 12 months, measured once: its income, what it paid for illness, how many it feeds."""

    income: Span
    medical: Span
    heads: int | None


def measure(survey: Survey) -> Means:
    """Measures the household; what is not known is noted and stays open."""
    return Means(_income(survey), _medical(survey), _heads(survey))


def _heads(survey: Survey) -> int | None:
    members = survey.case.household.members
    for index, member in enumerate(members):
        if member.counted is None:
            survey.findings.lack(f"household.members[{index}].counted", "人均计算需要", survey.rule.source)
    if any(member.counted is None for member in members):
        return None
    if not any(member.counted for member in members):
        survey.findings.lack("household.members[0].counted", "没有计入的家庭成员，无法人均", survey.rule.source)
    return sum(bool(member.counted) for member in members) or None


def _income(survey: Survey) -> Span:
    incomes = survey.case.household.incomes
    if incomes is None:
        survey.findings.lack("household.incomes", "家庭收入未申报", survey.rule.source)
        return Span(0, None)
    span = Span(0, 0)
    parts: list[tuple[str, Money | None]] = []
    for index, one in enumerate(incomes):
        if not survey.counts(one.member) or one.counted is False:
            continue
        unknown = "amount" if one.amount is None else "counted" if one.counted is None else None
        if unknown:
            survey.findings.lack(f"household.incomes[{index}].{unknown}", "家庭收入需要", survey.rule.source)
            span += Span(0, None if one.amount is None else one.amount.fen)
        elif one.amount is not None:
            span += Span(one.amount.fen, one.amount.fen)
        parts.append((one.label or INCOME_KINDS.get(one.kind or "", "收入"), one.amount))
    survey.findings.step("income", "identification", survey.rule.source, span.exact, parts=tuple(parts))
    return span


def _medical(survey: Survey) -> Span:
    """self_pay of the counted members, of every kind and provider, settled within the window of the survey day (A8)."""
    first, last = survey.rule.window.span(survey.day)
    span = Span(0, 0)
    if survey.case.stated_expenses is None:
        survey.findings.lack("expenses", "认定需要", survey.rule.source)
        span = Span(0, None)
    parts: list[tuple[str, Money | None]] = []
    for index, expense in enumerate(survey.case.expenses):
        member = survey.case.member(expense.patient)
        if member is None or member.counted is False:
            continue
        if expense.settled_on and not first <= expense.settled_on <= last:
            continue
        one = _one_self_pay(survey, index, member)
        # What may lie outside the window, or belong to nobody who counts, may count for nothing.
        sure = expense.settled_on is not None and member.counted is not None
        span += one if sure else Span(0, one.high)
        parts.append((expense.provider or expense.id, one.exact))
    survey.findings.step("medical", "identification", survey.rule.source, span.exact, parts=tuple(parts))
    return span


def _one_self_pay(survey: Survey, index: int, member: Member) -> Span:
    expense, path = survey.case.expenses[index], f"expenses[{index}]"
    day = anchor_of(survey.policy, expense)
    if day is None:
        survey.findings.lack(f"{path}.settled_on", "认定期内费用需要", survey.rule.source)
        return _at_most(expense)
    rows = possible_rows(survey.policy, member, expense, day, survey.case)
    amounts = {self_pay_of(row, expense) for row in rows}
    if len(amounts) > 1:
        # Which row it is decides the amount, so what decides the row is asked for.
        place = f"household.members[{survey.case.household.members.index(member)}]"
        if member.identities is None:
            survey.findings.lack(f"{place}.identities", "自付合规医疗费用需要", survey.rule.source)
        if "insurance" in lacking_for_status(member, expense, day):
            survey.findings.lack(f"{place}.insurance", "自付合规医疗费用需要", survey.rule.source)
    for row in rows:
        for key in ("in_scope", *row.minus, *row.plus):
            if getattr(expense, key) is None:
                survey.findings.lack(f"{path}.{key}", "自付合规医疗费用需要", row.source)
    known = [amount.fen for amount in amounts if amount is not None]
    return Span(min(known), max(known)) if len(known) == len(amounts) else _at_most(expense)


def _at_most(expense: Expense) -> Span:
    return Span(0, None if expense.total is None else expense.total.fen)


def _income_per_person(means: Means) -> Measured:
    return Measured(means.income, means.heads)


def _income_after_medical(means: Means) -> Measured:
    return Measured(means.income - means.medical, means.heads)


AMOUNT_METRICS: dict[str, Callable[[Means], Measured]] = {
    "income_per_person": _income_per_person,
    "income_after_medical_per_person": _income_after_medical,
}
FACT_METRICS: dict[str, Callable[[Case], bool | None]] = {
    "property_within_rule": lambda case: case.household.property_ok,
}


def line_for_year(times: Decimal, standard: Decimal, heads: int) -> Decimal:
    """A monthly standard as the household's line of 12 months: exact, so that comparing needs no division (A1)."""
    return times * standard * 12 * heads
