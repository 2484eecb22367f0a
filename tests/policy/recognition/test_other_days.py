"""Another day: which days a window still reaches from, and the nearest on which an outcome would be another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case import Case, Household
from desktop.domain.expenses import Expense
from desktop.domain.means import Income
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Identity, Insurance, Member
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.identification_rules import Window
from desktop.policy.law.localities import DibaoStandard
from desktop.policy.law.rules import Rules
from desktop.policy.recognition.other_days import stretch_of
from desktop.work.library import Library

ON = date(2024, 6, 1)
A_DAY = timedelta(days=1)
ANCHORS = st.sampled_from(["survey", "application", "application_month"])
WINDOWS = st.builds(Window, st.integers(1, 24), st.none(), ANCHORS) | st.builds(
    Window, st.none(), st.integers(1, 400), ANCHORS
)
ANY_DAY = st.dates(date(2019, 12, 1), date(2025, 3, 31))


@given(WINDOWS, ANY_DAY, st.integers(-3, 3))
def test_an_expense_is_in_the_window_from_its_first_day_to_the_day_before_its_last(
    window: Window, settled: date, apart: int
) -> None:
    enters, leaves = stretch_of(window, settled)
    for edge in (enters, leaves):
        day = edge + timedelta(days=apart)
        first, last = window.span(day)
        assert (enters <= day < leaves) == (first <= settled <= last)


def case_of(settled: tuple[date, ...], applied_on: date, surveyed_on: date | None, fen: int = 1_000_000) -> Case:
    """A patient alone, 12000 of income, whose stays cost him 10000 each: two months of 低保 too much without any."""
    years = tuple(Insurance(year, "resident") for year in range(2019, 2027))
    member = Member("p0", name="王示例", counted=True, identities=(), insurance=years)
    stays = tuple(
        Expense(
            f"e{place}",
            "p0",
            "inpatient",
            designated=True,
            referral="not_needed",
            settled_on=day,
            total=Money(fen),
            in_scope=Money(fen),
            prior_self_pay=NOTHING,
            over_price_limit=NOTHING,
            basic_paid=NOTHING,
            major_paid=NOTHING,
            assistance_paid=NOTHING,
        )
        for place, day in enumerate(settled)
    )
    income = Income("p0", "wage", None, Money(1_200_000), counted=True)
    household = Household((member,), (income,), residence="rural", property_ok=True)
    return Case("guizhou-sample", "illness_poverty", household, stays, "p0", applied_on, surveyed_on)


def rules_with(library: Library, window: Window) -> Rules:
    own = library.rules("guizhou-sample")
    rule = replace(own.policy.identification[0], window=window, last=None)
    return Rules(replace(own.policy, identification=(rule,)), own.locality)


def verdict_of(assessment: Assessment) -> str:
    assert assessment.identification is not None
    return next(test.verdict for test in assessment.identification.tests if test.id == "income_after_medical")


def turning_days(assessment: Assessment) -> list[date]:
    tests = [one for one in assessment.changes if one.test == "income_after_medical"]
    return [one.until for one in tests if one.until is not None]


NEAR = st.lists(st.integers(0, 200).map(lambda back: date(2024, 5, 20) - timedelta(days=back)), max_size=4)
SHORT = st.builds(Window, st.integers(1, 5), st.none(), ANCHORS) | st.builds(
    Window, st.none(), st.integers(1, 150), ANCHORS
)


@settings(max_examples=40)
@given(SHORT, NEAR.map(tuple))
def test_the_days_named_are_the_nearest_that_turn_it(
    library: Library, window: Window, settled: tuple[date, ...]
) -> None:
    rules, case = rules_with(library, window), case_of(settled, date(2024, 5, 20), date(2024, 5, 27))
    found = assess(case, rules, ON)
    by_survey = window.anchor == "survey"
    today = date(2024, 5, 27) if by_survey else date(2024, 5, 20)
    # No survey precedes its application; and before November no expense is in any of these windows.
    first = date(2024, 5, 20) if by_survey else date(2023, 10, 15)
    expected = []
    for step, until in ((A_DAY, date(2024, 12, 1)), (-A_DAY, first - A_DAY)):
        day = today + step
        while day != until:
            moved = replace(case, surveyed_on=day) if by_survey else replace(case, applied_on=day)
            if verdict_of(assess(moved, rules, ON)) != verdict_of(found):
                expected.append(day)
                break
            day += step
    assert turning_days(found) == expected


TWELVE = Window(12, None, "application")


def test_no_day_is_named_on_which_another_standard_applies(library: Library) -> None:
    # Settled on 20 May 2023: from 21 May 2024 on the window leaves it; before 20 May 2023 it had not begun.
    case = case_of((date(2023, 5, 20),), date(2024, 5, 20), date(2024, 5, 27))
    rules = rules_with(library, TWELVE)
    assert turning_days(assess(case, rules, ON)) == [date(2024, 5, 21)]
    risen = DibaoStandard(date(2024, 5, 21), Decimal(900), Decimal(800))
    later = replace(rules.locality, dibao_standards=(*rules.locality.dibao_standards, risen))
    assert turning_days(assess(case, Rules(rules.policy, later), ON)) == []


def test_no_day_is_named_on_which_another_rule_decides(library: Library) -> None:
    case = case_of((date(2023, 5, 20),), date(2024, 5, 10), date(2024, 5, 20))
    rules = rules_with(library, Window(12, None, "survey"))
    assert turning_days(assess(case, rules, ON)) == [date(2024, 5, 21)]
    ended = replace(rules.policy.identification[0], last=date(2024, 5, 20))
    policy = replace(rules.policy, identification=(ended,))
    assert turning_days(assess(case, Rules(policy, rules.locality), ON)) == []


def test_no_day_is_named_while_an_expense_is_not_dated(library: Library) -> None:
    case = case_of((date(2024, 3, 5), date(2024, 3, 6)), date(2024, 5, 20), date(2024, 5, 27))
    rules = rules_with(library, TWELVE)
    assert turning_days(assess(case, rules, ON)) == [date(2025, 3, 7), date(2024, 3, 4)]
    stays = (case.expenses[0], replace(case.expenses[1], settled_on=None))
    found = assess(replace(case, stated_expenses=stays), rules, ON)
    assert (verdict_of(found), turning_days(found)) == ("pass", [])


def test_an_estimate_says_until_when_to_survey(library: Library) -> None:
    case = case_of((date(2024, 3, 5),), date(2024, 5, 20), None)
    found = assess(case, rules_with(library, Window(12, None, "survey")), ON)
    said = [one.change for one in found.changes if one.until and one.test == "income_after_medical"]
    assert said == ["2025年3月6日及以后入户调查的，扣除自付合规医疗费用后人均月收入即不再低于标准线"]


def reasons(assessment: Assessment) -> dict[str, str | None]:
    return {line.expense: line.reason for benefit in assessment.benefits for line in benefit.lines}


@given(ANY_DAY.filter(lambda day: day >= date(2023, 1, 1)))
def test_the_last_day_of_applying_is_the_last_on_which_the_expense_is_paid(library: Library, settled: date) -> None:
    rules = rules_with(library, Window(60, None, "survey"))
    case = case_of((settled,), settled, settled + timedelta(days=7))
    (change,) = [one for one in assess(case, rules, ON).changes if one.test == "outside_window:e0"]
    assert change.until is not None
    for day, reason in ((change.until, None), (change.until + A_DAY, "outside_window")):
        found = assess(replace(case, applied_on=day, surveyed_on=day), rules, ON)
        assert reasons(found) == {"e0": reason}


def test_an_expense_after_the_application_is_paid_by_a_later_one_only(library: Library) -> None:
    case = case_of((date(2024, 5, 22),), date(2024, 5, 20), date(2024, 5, 27))
    found = assess(case, library.rules("guizhou-sample"), ON)
    assert reasons(found) == {"e0": "outside_window"}
    (change,) = [one for one in found.changes if one.test == "outside_window:e0"]
    assert change.change == "2024年5月22日结算的费用：2024年5月22日以后、2025年5月22日（含）前申请，该笔费用可计入"


@pytest.mark.parametrize("held", [(), (Identity("dibao", date(2020, 1, 1)),)])
def test_nobody_is_told_until_when_to_apply_for_what_is_refused(library: Library, held: tuple[Identity, ...]) -> None:
    case = case_of((date(2024, 3, 5),), date(2024, 5, 20), date(2024, 5, 27))
    member = replace(case.household.members[0], identities=held)
    case = replace(case, household=replace(case.household, members=(member,)))
    found = assess(case, library.rules("guizhou-sample"), ON)
    assert any(one.test.startswith("outside_window:") for one in found.changes) == (not held)
