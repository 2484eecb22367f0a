"""What is named as changing an outcome changes it, and nothing smaller does."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case, Household
from desktop.domain.expenses import Expense
from desktop.domain.means import Income
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Insurance, Member
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, Change
from desktop.policy.law.identification_rules import (
    BetterIdentity,
    IdentificationRule,
    IdentificationTest,
    Limit,
    Window,
)
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.work.library import Library

ON = date(2024, 6, 1)
APPLIED, SURVEYED = date(2024, 5, 20), date(2024, 5, 27)
SOURCE = Source("G-04", "一（一）")
AFTER_MEDICAL, INCOME, BURDEN = "after_medical", "income", "burden"


def limit(comparison: str, of: str, times: str) -> Limit:
    return Limit(comparison, of, Decimal(times), None)


def amount_test(test_id: str, metric: str, line: Limit) -> IdentificationTest:
    return IdentificationTest(test_id, f"条件 {test_id}", metric, line, None, SOURCE)


DIBAO = BetterIdentity("dibao", "income_per_person", limit("below", "dibao_standard", "1"), SOURCE)
AFTER = amount_test(AFTER_MEDICAL, "income_after_medical_per_person", limit("below", "dibao_standard", "1.5"))
# The structures that provinces have: by what amounts, against what, over which period.
STRUCTURES: dict[str, tuple[Window, tuple[IdentificationTest, ...]]] = {
    "months before the survey": (Window(12, None, "survey"), (AFTER,)),
    "months before the application": (Window(6, None, "application"), (AFTER,)),
    "days before the application": (
        Window(None, 90, "application"),
        (
            amount_test(BURDEN, "patient_medical_self_pay", limit("at_least", "disposable_income", "0.8")),
            amount_test(INCOME, "income_per_person", limit("at_most", "urban_dibao_standard", "4")),
        ),
    ),
    "months before the month of application": (
        Window(3, None, "application_month"),
        (
            amount_test(BURDEN, "medical_self_pay", limit("above", "disposable_income", "0.37")),
            amount_test(AFTER_MEDICAL, "income_after_medical_per_person", limit("at_most", "disposable_income", "0.7")),
        ),
    ),
    "a share of the income": (
        Window(12, None, "survey"),
        (amount_test(BURDEN, "medical_self_pay", limit("above", "household_income", "0.37")),),
    ),
    "a fixed sum": (
        Window(12, None, "survey"),
        (amount_test(BURDEN, "medical_self_pay", limit("at_least", "yuan", "12345.67")),),
    ),
}


def rules_of(library: Library, structure: str) -> Rules:
    window, tests = STRUCTURES[structure]
    own = library.rules("guizhou-sample")
    rule = IdentificationRule(
        id=structure,
        name="认定条件",
        identity="illness_poverty",
        first=date(2023, 1, 1),
        last=None,
        trial_until=None,
        needs=(),
        fallback=None,
        window=window,
        holds_none_of=(),
        better=(DIBAO,),
        tests=tests,
        source=SOURCE,
    )
    return Rules(replace(own.policy, identification=(rule,)), own.locality)


def stay(number: int, patient: str, fen: int, settled_on: date) -> Expense:
    """A stay of which everything in scope is borne."""
    return Expense(
        f"e{number}",
        patient,
        "inpatient",
        settled_on=settled_on,
        total=Money(fen),
        in_scope=Money(fen),
        prior_self_pay=NOTHING,
        over_price_limit=NOTHING,
        basic_paid=NOTHING,
        major_paid=NOTHING,
        assistance_paid=NOTHING,
    )


DAYS = st.integers(0, 500).map(lambda back: SURVEYED - timedelta(days=back))
# Any sum, and sums about the lines: one person's 低保 of a year, half as much again, what remains of both.
SUMS = st.integers(0, 4_000_000) | st.sampled_from(
    [576_000, 575_999, 864_000, 864_001, 1_000_000, 1_234_567, 2_040_640]
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A surveyed household of which everything is known."""
    heads = draw(st.integers(1, 4))
    ids = [f"p{place}" for place in range(heads)]
    insured = tuple(Insurance(year, "resident") for year in (2022, 2023, 2024))
    incomes = draw(st.lists(st.tuples(st.sampled_from(ids), SUMS), max_size=3))
    stays = draw(st.lists(st.tuples(st.sampled_from(ids), SUMS, DAYS), max_size=4))
    return Case(
        locality="guizhou-sample",
        matter="illness_poverty",
        household=Household(
            members=tuple(
                Member(one, name=f"成员{one}", counted=True, identities=(), insurance=insured) for one in ids
            ),
            incomes=tuple(Income(one, "wage", None, Money(fen), counted=True) for one, fen in incomes),
            residence="rural",
            property_ok=draw(st.sampled_from([True, True, False])),
        ),
        stated_expenses=tuple(stay(number, *one) for number, one in enumerate(stays)),
        patient="p0",
        applied_on=APPLIED,
        surveyed_on=SURVEYED,
    )


def verdicts(assessment: Assessment) -> dict[str, str]:
    assert assessment.identification is not None
    return {test.id: test.verdict for test in assessment.identification.tests}


def with_income(case: Case, fen: int) -> Case:
    """So much more income, or less, taken from wherever there is some."""
    incomes = list(case.household.incomes or ())
    if fen > 0:
        incomes.append(Income("p0", "wage", None, Money(fen), counted=True))
    for place, one in enumerate(incomes):
        if fen < 0 and one.amount is not None:
            taken = min(-fen, one.amount.fen)
            incomes[place], fen = replace(one, amount=Money(one.amount.fen - taken)), fen + taken
    assert fen >= 0, "more taken than there was"
    return replace(case, household=replace(case.household, incomes=tuple(incomes)))


def with_cost(case: Case, fen: int, period: tuple[date, date], of: str | None) -> Case:
    """So much more recognised cost within the period, or less; ``of``: one member's alone."""
    stays = list(case.expenses)
    if fen > 0:
        stays.append(stay(99, "p0", fen, period[1]))
    for place, one in enumerate(stays):
        within = one.settled_on is not None and period[0] <= one.settled_on <= period[1]
        if fen < 0 and within and one.in_scope is not None and of in (None, one.patient):
            taken = min(-fen, one.in_scope.fen)
            stays[place], fen = replace(one, in_scope=Money(one.in_scope.fen - taken)), fen + taken
    assert fen >= 0, "more taken than there was"
    return replace(case, stated_expenses=tuple(stays))


def without(case: Case, name: str) -> Case:
    members = tuple(replace(one, counted=one.name != name) for one in case.household.members)
    return replace(case, household=replace(case.household, members=members))


def with_another(case: Case) -> Case:
    members = (*case.household.members, Member("new", counted=True, identities=()))
    return replace(case, household=replace(case.household, members=members))


def moved(case: Case, change: Change, day: date) -> Case:
    if "入户调查" in change.change:
        return replace(case, surveyed_on=day)
    return replace(case, applied_on=day)


def turned_by(case: Case, change: Change, rules: Rules) -> Iterator[tuple[Case, Case | None]]:
    """The case with exactly the change, for each way of it that is named; and with a fen or a day less of it."""
    said = change.change
    if change.until is not None:
        nearer = timedelta(days=-1 if "及以后" in said else 1)
        yield moved(case, change, change.until), moved(case, change, change.until + nearer)
    elif found := re.search(r"不计入(.+?)（", said):
        for name in found[1].split("或"):
            yield without(case, name), None
    elif "再计入 1 人" in said:
        yield with_another(case), None
    else:
        assert change.amount is not None
        yield from by_amounts(case, change, change.amount.fen, rules)


def by_amounts(case: Case, change: Change, fen: int, rules: Rules) -> Iterator[tuple[Case, Case | None]]:
    window = rules.policy.identification[0].window
    assert case.surveyed_on is not None and case.applied_on is not None
    period = window.span(case.surveyed_on if window.anchor == "survey" else case.applied_on)
    of = "p0" if "患者" in change.change else None
    for word, toward in (("再增加", 1), ("少认", -1)):
        if word in change.change:
            yield with_cost(case, toward * fen, period, of), with_cost(case, toward * (fen - 1), period, of)
    for word, toward in (("多计", 1), ("核减", -1)):
        if word in change.change:
            yield with_income(case, toward * fen), with_income(case, toward * (fen - 1))


def rests_on(structure: str) -> dict[str, str]:
    """The amounts that each test rests on: income, cost, or both."""
    found = {"not_dibao": "income"}
    for test in STRUCTURES[structure][1]:
        assert test.limit is not None
        of_income = "income" in test.metric or test.limit.of == "household_income"
        found[test.id] = ("income" if of_income else "") + ("cost" if "medical" in test.metric else "")
    return found


@given(cases(), st.sampled_from(sorted(STRUCTURES)))
def test_a_change_of_one_amount_leaves_what_does_not_rest_on_it(library: Library, case: Case, structure: str) -> None:
    rules = rules_of(library, structure)
    found = assess(case, rules, ON)
    before, rests = verdicts(found), rests_on(structure)
    for change in found.changes:
        if change.amount is None:
            continue
        for exactly, _ in turned_by(case, change, rules):
            changed = "cost" if exactly.stated_expenses != case.stated_expenses else "income"
            after = verdicts(assess(exactly, rules, ON))
            assert all(after[test] == before[test] for test, amounts in rests.items() if changed not in amounts)


@given(cases(), st.sampled_from(sorted(STRUCTURES)))
def test_each_change_turns_its_test_and_nothing_smaller_does(library: Library, case: Case, structure: str) -> None:
    rules = rules_of(library, structure)
    found = assess(case, rules, ON)
    before = verdicts(found)
    for change in found.changes:
        if change.test.startswith("outside_window:"):
            continue
        ways = list(turned_by(case, change, rules))
        assert ways, change
        for exactly, less in ways:
            assert verdicts(assess(exactly, rules, ON))[change.test] != before[change.test], change
            if less is not None:
                assert verdicts(assess(less, rules, ON))[change.test] == before[change.test], change


def test_a_household_is_told_by_how_much_and_by_whom(library: Library) -> None:
    # Two members, 30000 of income, 23500 borne on 20 February: 6500 of 17280 for the year.
    insured = (Insurance(2024, "resident"),)
    members = (
        Member("p0", name="王示例", counted=True, identities=(), insurance=insured),
        Member("p1", name="李示范", counted=True, identities=(), insurance=insured),
    )
    income = (Income("p1", "wage", None, Money(3_000_000), counted=True),)
    case = Case(
        locality="guizhou-sample",
        matter="illness_poverty",
        household=Household(members, income, residence="rural", property_ok=True),
        stated_expenses=(stay(1, "p0", 2_350_000, date(2024, 2, 20)),),
        patient="p0",
        applied_on=APPLIED,
        surveyed_on=SURVEYED,
    )
    found = assess(case, rules_of(library, "months before the survey"), ON)
    assert [(one.change, str(one.amount or ""), one.until) for one in found.changes] == [
        (
            "自付合规医疗费用少认 10,780.00 元，或 12 个月收入多计 10,780.00 元，条件 after_medical即不再低于标准线",
            "10780.00",
            None,
        ),
        ("2025年2月21日及以后入户调查的，条件 after_medical即不再低于标准线", "", date(2025, 2, 21)),
        ("12 个月收入核减 18,480.01 元，即符合低保对象条件", "18480.01", None),
        ("不计入李示范（共 1 人），即符合低保对象条件", "", None),
        ("2024年2月20日结算的费用：2025年2月20日（含）前申请，该笔费用可计入", "", date(2025, 2, 20)),
    ]


def test_what_cannot_be_taken_away_is_not_named(library: Library) -> None:
    members = (Member("p0", counted=True, identities=(), insurance=(Insurance(2024, "resident"),)),)
    income = (Income("p0", "wage", None, Money(800_000), counted=True),)
    case = Case(
        locality="guizhou-sample",
        matter="illness_poverty",
        household=Household(members, income, residence="rural", property_ok=False),
        stated_expenses=(stay(1, "p0", 10_000, date(2024, 2, 20)),),
        patient="p0",
        applied_on=APPLIED,
        surveyed_on=SURVEYED,
    )
    found = assess(case, rules_of(library, "months before the survey"), ON)
    # 8640 − (8000 − 100) = 740: no cost of 740 is there to be taken away; and property bars 低保 whatever the income.
    said = [one.change for one in found.changes if not one.test.startswith("outside_window:")]
    assert said == ["12 个月收入多计 740.00 元，条件 after_medical即不再低于标准线"]


def test_what_is_not_known_predicts_nothing(library: Library) -> None:
    members = (Member("p0", counted=True, identities=(), insurance=(Insurance(2024, "resident"),)),)
    income = (Income("p0", "wage", None, None, counted=True),)
    case = Case("guizhou-sample", "illness_poverty", Household(members, income, residence="rural"), (), "p0", APPLIED)
    found = assess(case, rules_of(library, "months before the survey"), ON)
    assert found.identification is not None and found.identification.verdict == "undetermined"
    assert found.changes == ()
