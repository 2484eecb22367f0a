"""The whole work of a case by hand: plain loops over whole fen, from the same Case, on trust."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from desktop.domain.calendar import age_on, month_end, months_before
from tests.benchmarks.by_heart import (
    BETTER,
    CAP,
    CLASS_OF,
    COVERED,
    DEDUCTIBLE,
    FROM,
    LATE_PERCENT,
    LINE_PERCENT,
    MONTHS,
    PERCENT,
    POINTS_OFF,
    PREMIUMS,
    STANDARDS,
    SUBSIDISED,
    WORKERS,
)

RANK = {kind: place for place, kind in enumerate(CLASS_OF)}
Known = Any  # of a case in which nothing is unknown: what is unknown breaks these loops, so nothing here asks


class Recognised(NamedTuple):
    """A household's twelve months in fen, the line that they are held against, and what follows."""

    verdict: str
    income: int
    medical: int
    heads: int
    line: int


NOTHING_ASKED = Recognised("", 0, 0, 0, 0)


class Paid(NamedTuple):
    """One expense in fen, from what the patient bore to what is paid; ``kind`` is the identity that serves it."""

    expense: str
    kind: str | None
    self_pay: int
    used: int = 0
    applied: int = 0
    percent: int = 0
    left: int = 0
    pays: int = 0


class Worked(NamedTuple):
    """What a case comes to; a subsidy by member and year."""

    recognised: Recognised
    paid: list[Paid]
    subsidies: dict[tuple[str, int], int]


def work(case: Known) -> Worked:
    """The identification, what each expense pays, each premium's subsidy."""
    recognised = recognise(case) if case.matter == "illness_poverty" else NOTHING_ASKED
    paid: list[Paid] = []
    subsidies = {}
    for member in case.household.members:
        eligible = member.id == case.patient and recognised.verdict == "eligible"
        paid += settle(case, member, case.matter if eligible else None)
        for entry in member.insurance:
            subsidies[member.id, entry.year] = subsidy(member, entry)
    return Worked(recognised, paid, subsidies)


def recognise(case: Known) -> Recognised:
    """Income less medical expenses of twelve months, strictly below the line of the survey day."""
    household, day = case.household, case.surveyed_on
    counted = {member.id: member for member in household.members if member.counted}
    income = sum(one.amount.fen for one in household.incomes if one.counted and one.member in counted)
    first, medical = months_before(day, MONTHS), 0
    for expense in case.expenses:
        if expense.patient in counted and first <= expense.settled_on <= day:
            member = counted[expense.patient]
            kind = identity_on(member, expense.settled_on)
            medical += borne(expense, kind, insured=is_insured(member, expense))
    standard = max((begun, rows) for begun, rows in STANDARDS.items() if begun <= day)[1][household.residence]
    lines = {kind: standard * 12 * len(counted) * percent // 100 for kind, percent in LINE_PERCENT.items()}
    (patient,) = (member for member in household.members if member.id == case.patient)
    if any(one.kind in BETTER and one.held_on(day) for one in patient.identities):
        verdict = "ineligible"
    elif household.property_ok and (income < lines["dibao"] or income < lines["dibao_marginal"]):
        verdict = "redirect"
    else:
        below = income - medical < lines["illness_poverty"]
        verdict = "eligible" if household.property_ok and below else "ineligible"
    return Recognised(verdict, income, medical, len(counted), lines["illness_poverty"])


def settle(case: Known, member: Known, applied_for: str | None) -> Iterator[Paid]:
    """What each of a member's expenses pays, in the order of the year: deductible once, cap shared."""
    mine = [expense for expense in case.expenses if expense.patient == member.id]
    mine.sort(key=lambda expense: (expense.settled_on, expense.id))
    first = months_before(case.applied_on, MONTHS)
    used, left = opening(member, mine)
    for expense in mine:
        day, year = expense.settled_on, expense.settled_on.year
        kind = identity_on(member, day, applied_for if first <= day <= case.applied_on else None)
        insured = is_insured(member, expense)
        self_pay = borne(expense, kind, insured=insured)
        enrolled = insured or any(entry.enrolled_on for entry in member.insurance if entry.year == year)
        there = expense.designated or expense.emergency_rescue
        if kind is None or day < FROM or not there or expense.kind not in COVERED or not enrolled:
            yield Paid(expense.id, kind, self_pay)
            continue
        applied = min(max(0, DEDUCTIBLE[CLASS_OF[kind]] - used[year]), self_pay)
        percent = PERCENT[CLASS_OF[kind]] - (POINTS_OFF if expense.referral == "missing" else 0)
        share = percent * (100 if insured else LATE_PERCENT)
        computed = ((self_pay - applied) * share + 5_000) // 10_000
        room = max(0, left[year])
        pays = min(max(0, computed - expense.assistance_paid.fen), room)
        yield Paid(expense.id, kind, self_pay, used[year], applied, percent, room, pays)
        used[year] += applied
        left[year] = room - pays


def opening(member: Known, mine: list[Known]) -> tuple[dict[int, int], dict[int, int]]:
    """By year, what is used up of the deductible and what is left of the cap, once all that is paid has come off it."""
    used = dict.fromkeys((expense.settled_on.year for expense in mine), 0)
    left = dict.fromkeys(used, CAP)
    for earlier in member.year_to_date:
        if earlier.year in used:
            used[earlier.year] += earlier.deductible_used.fen
            left[earlier.year] -= earlier.assistance_paid.fen
    for expense in mine:
        left[expense.settled_on.year] -= expense.assistance_paid.fen
    return used, left


def identity_on(member: Known, day: date, applied_for: str | None = None) -> str | None:
    """The most favourable identity on a day: held, or in its last month where none is held, or applied for."""
    known = [one for one in member.identities if one.kind in RANK]
    kinds = [one.kind for one in known if one.held_on(day)]
    if not kinds:
        kinds = [one.kind for one in known if one.until and one.until < day <= month_end(one.until)]
    if applied_for:
        kinds.append(applied_for)
    return min(kinds, key=RANK.__getitem__, default=None)


def is_insured(member: Known, expense: Known) -> bool:
    """Whether basic insurance paid, or the year of the expense was insured."""
    day = expense.settled_on
    return expense.basic_paid.fen > 0 or any(
        entry.scheme != "none" or (entry.enrolled_on and entry.enrolled_on <= day)
        for entry in member.insurance
        if entry.year == day.year
    )


def borne(expense: Known, kind: str | None, *, insured: bool) -> int:
    """What of an expense the patient bore within the policy's scope."""
    fen: int = expense.in_scope.fen - expense.basic_paid.fen - expense.major_paid.fen
    if insured:
        fen += expense.prior_self_pay.fen + expense.over_price_limit.fen
        if kind in WORKERS:
            fen -= expense.supplementary_paid.fen
    return max(0, fen)


def subsidy(member: Known, entry: Known) -> int:
    """What of a year's premium is paid for an identity that was held when its collection ended."""
    premium, last = PREMIUMS[entry.year]
    if entry.scheme != "resident" or entry.subsidy_received.fen or entry.paid_on > last:
        return 0
    held = [one.kind for one in member.identities if one.kind in SUBSIDISED and one.held_on(last)]
    if (
        held == ["dibao_marginal"]
        and member.disability_grade not in (1, 2)
        and 18 <= age_on(member.birth_date, last) < 60
    ):
        return 0
    return (premium * max((SUBSIDISED[kind] for kind in held), default=0) + 50) // 100


# ---------------------------------------------------------------- in words


def told(worked: Worked) -> str:
    """The same as JSON, with a sentence for every figure."""
    found = worked.recognised
    trace = [
        f"12 个月家庭收入 {yuan(found.income)}",
        f"12 个月自付合规医疗费用 {yuan(found.medical)}",
        f"{yuan(found.income)} − {yuan(found.medical)}，{found.heads} 人全年标准线 {yuan(found.line)}：{found.verdict}",
    ]
    for one in worked.paid:
        trace += [
            f"{one.expense} 适用身份 {one.kind}",
            f"{one.expense} 政策范围内个人自付 {yuan(one.self_pay)}",
            f"{one.expense} 起付线，本年已计 {yuan(one.used)}，本笔再计 {yuan(one.applied)}",
            f"{one.expense} （{yuan(one.self_pay)} − {yuan(one.applied)}）× {one.percent}%",
            f"{one.expense} 年度限额余额 {yuan(one.left)}，本笔救助 {yuan(one.pays)}",
        ]
    trace += [f"{member} {year} 年度资助参保 {yuan(fen)}" for (member, year), fen in worked.subsidies.items()]
    lines = [{"expense": one.expense, "self_pay": yuan(one.self_pay), "payable": yuan(one.pays)} for one in worked.paid]
    data = {"verdict": found.verdict, "lines": lines, "trace": trace, "payable": yuan(payable(worked))}
    return json.dumps(data, ensure_ascii=False)


def payable(worked: Worked) -> int:
    """What all expenses are paid together."""
    return sum(one.pays for one in worked.paid)


def yuan(fen: int) -> str:
    """Fen as yuan on paper."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
