"""A household over an identification rule's period: its income, what it bore for illness, how many it feeds."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.means import INCOME_KINDS
from desktop.domain.money import Money
from desktop.policy.recognition.borne import borne, lack_borne
from desktop.policy.recognition.spans import NONE, OPEN, Span
from desktop.policy.recognition.survey import Survey
from desktop.policy.wording import called


@dataclass(frozen=True, slots=True)
class Part:
    """What one income or expense adds to a sum: whose, its name, the amount where it is known, the day of settlement."""

    member: str
    name: str
    amount: Money | None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """Measured once: income, medical cost of all counted members and of the patient alone, and how many count.

    ``heads`` from least to most; None: nobody counts. ``outside``: expenses of counted members outside the period.
    """

    income: Span
    medical: Span
    patient_medical: Span
    heads: tuple[int, int] | None
    incomes: tuple[Part, ...]
    expenses: tuple[Part, ...]
    outside: tuple[Part, ...]


def measure(survey: Survey) -> Means:
    """Measures the household; what is not known is noted and stays open."""
    counted = {member.id: member.counted for member in survey.case.household.members}
    income, incomes = _income(survey, counted)
    medical, mine, expenses, outside = _medical(survey, counted)
    return Means(income, medical, mine, _heads(survey), incomes, expenses, outside)


def shown_parts(survey: Survey, parts: tuple[Part, ...]) -> tuple[tuple[str, Money | None], ...]:
    """The parts as a step shows them: with whose they are, where several members have some."""
    if any(part.member != parts[0].member for part in parts):
        return tuple((f"{called(survey.case.member(part.member))}　{part.name}", part.amount) for part in parts)
    return tuple((part.name, part.amount) for part in parts)


def _heads(survey: Survey) -> tuple[int, int] | None:
    least = most = 0
    for place, member in enumerate(survey.case.household.members):
        if member.counted is None:
            survey.findings.lack(f"household.members[{place}].counted", "人均计算需要", survey.rule.source)
        least += member.counted is True
        most += member.counted is not False
    if not most:
        survey.findings.lack("household.members[0].counted", "没有计入的家庭成员，无法人均", survey.rule.source)
        return None
    return max(least, 1), most


def _income(survey: Survey, counted: dict[str, bool | None]) -> tuple[Span, tuple[Part, ...]]:
    incomes, source = survey.case.household.incomes, survey.rule.source
    if incomes is None:
        survey.findings.lack("household.incomes", "家庭收入未申报", source)
        return OPEN, ()
    low, high = 0, 0
    parts: list[Part] = []
    for place, one in enumerate(incomes):
        if counted.get(one.member, False) is False or one.counted is False:
            continue
        lacking = "amount" if one.amount is None else "counted" if one.counted is None else None
        if lacking:
            survey.findings.lack(f"household.incomes[{place}].{lacking}", "家庭收入需要", source)
        if one.amount is not None:
            high += one.amount.fen
            # What may not count, or belong to nobody who counts, may add nothing.
            low += one.amount.fen if one.counted and counted[one.member] else 0
        parts.append(Part(one.member, one.label or INCOME_KINDS.get(one.kind or "", "收入"), one.amount))
    found = tuple(parts)
    span = Span(low, None if any(part.amount is None for part in found) else high)
    survey.findings.step("income", "identification", source, span.exact, parts=shown_parts(survey, found))
    return span, found


Medical = tuple[Span, Span, tuple[Part, ...], tuple[Part, ...]]


def _medical(survey: Survey, counted: dict[str, bool | None]) -> Medical:
    """self_pay of the counted members, of every kind and provider, settled within the period; then the patient's (A8)."""
    case, source = survey.case, survey.rule.source
    whole = mine = NONE
    if case.stated_expenses is None:
        survey.findings.lack("expenses", "认定需要", source)
        whole = mine = OPEN
    period = survey.rule.window.span(survey.anchor) if survey.anchor else None
    inside: list[Part] = []
    outside: list[Part] = []
    for place, expense in enumerate(case.expenses):
        member = case.member(expense.patient)
        if member is None or member.counted is False:
            continue
        one, day = borne(survey.rules.policy, case, member, expense), expense.settled_on
        part = Part(member.id, expense.provider or expense.id, one.exact, day)
        if day and period and not period[0] <= day <= period[1]:
            outside.append(part)
            continue
        inside.append(part)
        if part.amount is None or day is None:
            lack_borne(survey, member, place)
        # What may lie outside the period, or belong to nobody who counts, may count for nothing.
        one = one if day and period and member.counted else Span(0, one.high)
        whole += one
        mine = mine + one if member.id == case.patient else mine
    found = tuple(inside)
    survey.findings.step("medical", "identification", source, whole.exact, parts=shown_parts(survey, found))
    return whole, mine, found, tuple(outside)
