"""Until when to apply, and what is filed too late."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.domain.calendar import months_before
from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.benefits.filing import filed_late, last_day_to_apply
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 9, 1)
DIBAO = [{"kind": "dibao", "since": "2020-01-01"}]
CLASS_IV = [{"kind": "illness_poverty", "since": "2020-01-01"}]


@pytest.fixture(scope="module")
def term(library: Library) -> Rules:
    """Guizhou's rules with a term of 180 days for stays in place of its window."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    del table["windows"]
    table["anchors"]["inpatient"] = "discharged_on"
    table["filing_term"] = {"days": 180, "kinds": ["inpatient"], "clause": "X-1", "cite": "第三十九条"}
    return Rules(read_policy(table), library.localities["guizhou-sample"])


def expense(name: str, day: str, **changed: object) -> Draft:
    amounts = ("prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
    return {
        "id": name,
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "one_stop": False,
        "admitted_on": "2020-01-01",
        "discharged_on": day,
        "settled_on": day,
        "total": "10000",
        "in_scope": "10000",
        **dict.fromkeys(amounts, "0"),
        **changed,
    }


def case_of(
    *expenses: Draft,
    applied_on: str | None = "2024-06-01",
    matter: str = "assistance",
    identities: Sequence[Draft] = (),
) -> Case:
    insured = [{"year": year, "scheme": "resident"} for year in (2023, 2024)]
    people = [
        {"id": "p1", "name": "王示例", "identities": list(identities), "insurance": insured},
        {"id": "p2", "identities": CLASS_IV, "insurance": insured},
    ]
    return read_case(
        {
            "format": "yimen-case/1",
            "locality": "guizhou-sample",
            "matter": matter,
            "applied_on": applied_on,
            "patient": "p1",
            "household": {"members": people, "residence": "rural"},
            "expenses": list(expenses),
        }
    )


def deadlines(case: Case, rules: Rules, on: date = ON) -> dict[str, str]:
    found = assess(case, rules, on).alerts
    return {one.id.removeprefix("filing_deadline."): one.text for one in found if one.id.startswith("filing_deadline")}


SETTLED = st.dates(date(2019, 1, 1), date(2029, 12, 31))


@given(SETTLED, st.integers(1, 36))
def test_the_last_day_to_apply_is_the_last_whose_window_reaches_back(settled: date, months: int) -> None:
    last = last_day_to_apply(settled, months)
    assert months_before(last, months) <= settled < months_before(last + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("settled", "last"),
    [
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 29)),
        (date(2023, 2, 27), date(2024, 2, 27)),
        (date(2023, 12, 31), date(2024, 12, 31)),
    ],
)
def test_twelve_months_end_with_the_month(settled: date, last: date) -> None:
    assert last_day_to_apply(settled, 12) == last


def test_a_window_reaches_back_to_the_earliest_expense_that_it_still_covers(library: Library) -> None:
    case = case_of(
        expense("e1", "2023-05-31"),  # a day too early for an application of 1 June 2024
        expense("e2", "2024-03-05"),
        expense("e3", "2023-06-01"),
        expense("e4", "2023-06-01", kind="outpatient"),
        matter="illness_poverty",
    )
    assert deadlines(case, library.rules("guizhou-sample")) == {
        "p1.illness_poverty": "王示例：2023年6月1日结算的费用，最晚应在2024年6月1日（含当日）申请，"
        "才能按因病致贫重病患者救助。"
    }


def test_before_an_application_the_window_is_counted_from_the_day_of_the_assessment(library: Library) -> None:
    case = case_of(expense("e1", "2023-08-31"), expense("e2", "2023-09-01"), applied_on=None, matter="illness_poverty")
    assert "2024年9月1日（含当日）" in deadlines(case, library.rules("guizhou-sample"))["p1.illness_poverty"]


@pytest.mark.parametrize(
    ("matter", "identities", "person"),
    [
        ("assistance", [], None),
        ("assistance", CLASS_IV, "p1.illness_poverty"),
        ("illness_poverty", [], "p1.illness_poverty"),
        ("illness_poverty", DIBAO, None),  # paid as 低保, whatever the application says
    ],
)
def test_a_window_is_told_only_to_whom_its_identity_applies(
    library: Library, matter: str, identities: list[Draft], person: str | None
) -> None:
    case = case_of(expense("e1", "2024-03-05"), matter=matter, identities=identities)
    assert set(deadlines(case, library.rules("guizhou-sample"))) == ({person} if person else set())


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "outpatient"},
        {"designated": False, "emergency_rescue": False},
        {"settled_on": "2022-12-31", "discharged_on": "2022-12-31"},  # before the policy
    ],
)
def test_what_is_never_paid_has_no_deadline(library: Library, changed: Draft) -> None:
    case = case_of(expense("e1", "2024-03-05", **changed), identities=CLASS_IV)
    assert deadlines(case, library.rules("guizhou-sample")) == {}


@pytest.mark.parametrize(
    ("changed", "first", "told"),
    [
        ({}, date(2024, 3, 5), True),
        ({}, date(2024, 3, 6), False),  # a day before the policy
        ({"kind": "outpatient"}, date(2023, 1, 1), False),
    ],
)
def test_what_the_identity_would_not_pay_has_no_deadline_while_it_is_not_recognised(
    library: Library, changed: Draft, first: date, told: bool
) -> None:
    rules = library.rules("guizhou-sample")
    period = replace(rules.policy.in_force, first=first)
    held_since_april = [{"kind": "dibao", "since": "2024-04-01"}]
    case = case_of(expense("e1", "2024-03-05", **changed), matter="illness_poverty", identities=held_since_april)
    assert bool(deadlines(case, replace(rules, policy=replace(rules.policy, in_force=period)))) is told


def test_each_person_has_a_deadline_of_its_own(library: Library) -> None:
    case = case_of(expense("e1", "2024-03-05"), expense("e2", "2024-02-01", patient="p2"), matter="illness_poverty")
    found = deadlines(case, library.rules("guizhou-sample"))
    assert list(found) == ["p1.illness_poverty", "p2.illness_poverty"]
    assert found["p2.illness_poverty"].startswith("p2：2024年2月1日")


def test_a_term_is_counted_from_the_years_last_discharge_that_is_filed(term: Rules) -> None:
    case = case_of(
        expense("e1", "2024-01-15"),
        expense("e2", "2024-03-01"),
        expense("e3", "2024-04-01", one_stop=True),
        expense("e4", "2024-04-02", one_stop=None),
        expense("e5", "2024-04-03", kind="outpatient_chronic"),
        expense("e6", "2023-12-31"),
        expense("e7", "2024-05-01", patient="p2"),
        identities=DIBAO,
    )
    found = deadlines(case, term)
    assert found.pop("p2.2024").startswith("p2：2024年未一站式结算的住院费用，原则上应在2024年10月28日")
    assert found == {
        "p1.2023": "王示例：2023年未一站式结算的住院费用，原则上应在2024年6月28日前（含当日）申请。",
        "p1.2024": "王示例：2024年未一站式结算的住院费用，原则上应在2024年8月28日前（含当日）申请。",
    }


@pytest.mark.parametrize("changed", [{"one_stop": True}, {"one_stop": None}, {"kind": "outpatient_chronic"}])
def test_what_need_not_be_filed_has_no_term(term: Rules, changed: Draft) -> None:
    assert deadlines(case_of(expense("e1", "2024-03-01", **changed), identities=DIBAO), term) == {}


@pytest.mark.parametrize(
    ("applied_on", "reason"), [("2024-06-29", None), ("2024-06-30", "filed_too_late"), (None, "fact_missing")]
)
def test_the_last_day_of_the_term_is_in_time(term: Rules, applied_on: str | None, reason: str | None) -> None:
    case = case_of(expense("e1", "2024-01-01"), applied_on=applied_on, identities=DIBAO)
    line = assess(case, term, ON).line("e1")
    assert line is not None
    assert line.reason == reason
    assert "2024年6月29日前（含当日）" in deadlines(case, term)["p1.2024"]


@st.composite
def filed_cases(draw: st.DrawFn) -> Case:
    days = st.integers(0, 300).map(lambda after: (date(2023, 9, 1) + timedelta(days=after)).isoformat())
    stays = [
        expense(
            f"e{place}",
            draw(days),
            patient=draw(st.sampled_from(["p1", "p1", "p2"])),
            kind=draw(st.sampled_from(["inpatient", "inpatient", "outpatient_chronic"])),
            one_stop=draw(st.sampled_from([False, None, True])),
        )
        for place in range(draw(st.integers(1, 5)))
    ]
    applied = draw(st.none() | st.integers(0, 600))
    applied_on = None if applied is None else (date(2024, 6, 28) + timedelta(days=applied)).isoformat()
    return case_of(*stays, applied_on=applied_on)


@given(filed_cases())
def test_late_is_what_is_filed_after_the_last_day_however_the_unknown_turns_out(term: Rules, case: Case) -> None:
    for stay in case.expenses:
        assert filed_late(term.policy, case, stay) is reckoned(case, stay)


def reckoned(case: Case, stay: Expense) -> bool | None:
    """P-35 a second time, by trying every answer to what is not known of the other stays."""
    if stay.kind != "inpatient" or stay.one_stop:
        return False
    if case.applied_on is None:
        return None
    others = [one for one in case.expenses if one is not stay and one.kind == stay.kind and one.patient == stay.patient]
    answers = set()
    for known in product([True, False], repeat=len(others)):
        if all(one.one_stop in (None, answer) for one, answer in zip(others, known, strict=True)):
            filed = [stay, *(one for one, one_stop in zip(others, known, strict=True) if not one_stop)]
            days = [one.discharged_on for one in filed if one.discharged_on]
            assert stay.discharged_on is not None
            last = max(day for day in days if day.year == stay.discharged_on.year)
            answers.add(case.applied_on > last + timedelta(days=180))
    if answers == {False}:
        return False
    return True if answers == {True} and stay.one_stop is False else None
