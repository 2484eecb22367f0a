"""The stays that are filed now, by years: which years reach the line, and what of it is only perhaps so (A9)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.assessment import TestResult as Result
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
# 29178 × 25 %: the figure of 2022, until that of 2023 applies from 1 March 2024 on (30924 × 25 % = 7731).
LINE, LATER_LINE = 729_450, 773_100
PAID = ("basic_paid", "major_paid", "supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid")


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))


def stay(number: int, discharged: str, fen: int, **changed: object) -> Draft:
    """A stay of which everything in scope is borne, filed now."""
    return {
        "id": f"e{number}",
        "patient": "p0",
        "kind": "inpatient",
        "provider": f"示例医院{number}",
        "designated": True,
        "place": "pooling_area",
        "referral": "not_needed",
        "one_stop": False,
        "admitted_on": discharged,
        "discharged_on": discharged,
        "settled_on": discharged,
        "total": yuan(fen),
        "in_scope": yuan(fen),
        **dict.fromkeys(("prior_self_pay", "over_price_limit", *PAID), "0"),
        **changed,
    }


def case_of(*stays: Draft, applied_on: str | None = "2024-05-20") -> Draft:
    """A patient alone without income, surveyed: nothing but the stays decides."""
    return {
        "format": "yimen-case/1",
        "locality": "pingshun-sample",
        "matter": "illness_poverty",
        "applied_on": applied_on,
        "surveyed_on": "2024-05-27",
        "patient": "p0",
        "household": {
            "residence": "rural",
            "property_ok": True,
            "members": [
                {
                    "id": "p0",
                    "counted": True,
                    "identities": [],
                    "registered_in_province": True,
                    "insured_in_province": True,
                }
            ],
            "incomes": [],
        },
        "expenses": list(stays),
    }


def assessed(library: Library, draft: Draft) -> Assessment:
    case = read_case(draft, library.localities)
    return assess(case, library.rules(case.locality), ON)


def filed(assessment: Assessment) -> Result:
    assert assessment.identification is not None
    return next(test for test in assessment.identification.tests if test.id == "filed_stays")


def verdict(assessment: Assessment) -> str:
    assert assessment.identification is not None
    return assessment.identification.verdict


def identities(assessment: Assessment) -> dict[str, str | None]:
    return {line.expense: line.identity for benefit in assessment.benefits for line in benefit.lines}


def missing(assessment: Assessment) -> list[str]:
    return [one.path for one in assessment.missing]


@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=3), st.integers(-2, 2))
def test_a_fen_decides_a_year_of_one_stay_or_several(library: Library, sums: list[int], apart: int) -> None:
    rest = LINE + apart - sum(sums[1:])
    stays = [stay(0, "2024-02-20", max(rest, 0)), *(stay(n, "2024-02-01", fen) for n, fen in enumerate(sums[1:], 1))]
    found = assessed(library, case_of(*stays))
    whole = max(rest, 0) + sum(sums[1:])
    assert filed(found).verdict == ("pass" if whole >= LINE else "fail")
    assert verdict(found) == ("eligible" if whole >= LINE else "ineligible")


def test_the_test_says_its_year_and_its_figures(library: Library) -> None:
    test = filed(assessed(library, case_of(stay(1, "2024-02-20", 1_000_000))))
    assert (str(test.actual), str(test.limit), test.unit, str(test.slack)) == ("10000.00", "7294.50", "yuan", "2705.50")
    assert test.explain == (
        "本次申请的住院自付（2024 年）：合计 10,000.00 元，高于 7,294.50 元（29,178.00 × 0.25），相差 2,705.50 元。"
    )


def test_the_figure_of_the_years_last_discharge_decides(library: Library) -> None:
    first = stay(1, "2024-02-20", LINE - 1)
    assert verdict(assessed(library, case_of(first, stay(2, "2024-02-29", 1)))) == "eligible"
    late = assessed(library, case_of(first, stay(2, "2024-03-01", 1)))
    assert (verdict(late), str(filed(late).limit)) == ("ineligible", "7731.00")


def test_only_the_years_that_reach_their_line_are_recognised(library: Library) -> None:
    stays = (
        stay(1, "2023-12-20", LINE - 1),
        stay(2, "2024-02-20", LINE),
        stay(3, "2024-02-21", 5_000, one_stop=True),
    )
    found = assessed(library, case_of(*stays))
    assert verdict(found) == "eligible"
    assert identities(found) == {"e1": None, "e2": "illness_poverty", "e3": "illness_poverty"}
    test = filed(found)
    assert str(test.actual) == "7294.50"
    assert test.explain.endswith("，但 2023 年未达到。")
    turned = assessed(library, case_of(*stays[1:], stay(1, "2023-12-20", LINE)))
    assert identities(turned) == dict.fromkeys(("e1", "e2", "e3"), "illness_poverty")
    assert "年也达到" in filed(turned).explain


def test_each_year_has_its_step(library: Library) -> None:
    found = assessed(library, case_of(stay(1, "2023-12-20", 100), stay(2, "2024-02-20", LINE)))
    steps = {step.id: step for step in found.steps_of("identification")}
    assert steps["P-03.identification.medical.filed_2023"].value_text == "1.00"
    step = steps["P-03.identification.medical.filed_2024"]
    assert (step.label, step.formula) == ("2024 年本次申请的住院自付", "示例医院2 7,294.50")


EXCLUDED = {
    "settled one-stop": {"one_stop": True},
    "no contract": {"designated": False},
    "not referred": {"place": "elsewhere", "referral": "missing"},
    "no stay": {"kind": "outpatient_chronic", "chronic_class": 1},
}


@pytest.mark.parametrize("changed", EXCLUDED.values(), ids=list(EXCLUDED))
def test_what_is_not_filed_or_excluded_reaches_no_line(library: Library, changed: Draft) -> None:
    found = assessed(library, case_of(stay(1, "2024-02-20", LINE, **changed)))
    assert verdict(found) == "ineligible"
    assert filed(found).explain == "本次申请的住院自付：没有本次申请、可以救助的住院费用。"


def test_stays_filed_after_their_term_reach_no_line(library: Library) -> None:
    # 180 days after 22 November 2023 is 20 May 2024.
    assert verdict(assessed(library, case_of(stay(1, "2023-11-22", LINE)))) == "eligible"
    assert verdict(assessed(library, case_of(stay(1, "2023-11-21", LINE)))) == "ineligible"


UNKNOWN: dict[str, tuple[Draft, str]] = {
    "one-stop": ({"one_stop": None}, "one_stop"),
    "contract": ({"designated": None}, "designated"),
    "place": ({"place": None, "referral": "missing"}, "place"),
    "referral": ({"place": "province", "referral": None}, "referral"),
    "amount": ({"basic_paid": None}, "basic_paid"),
}


@pytest.mark.parametrize(("changed", "fact"), UNKNOWN.values(), ids=list(UNKNOWN))
def test_what_is_not_known_leaves_the_year_open_and_is_asked_for(library: Library, changed: Draft, fact: str) -> None:
    found = assessed(library, case_of(stay(1, "2024-02-20", LINE, **changed)))
    assert (filed(found).verdict, verdict(found)) == ("unknown", "undetermined")
    assert f"expenses[0].{fact}" in missing(found)
    assert all(benefit.conditional for benefit in found.benefits)
    # Where a year fails even so, the answer is known; a payment of the fund's may only lessen it.
    short = assessed(library, case_of(stay(1, "2024-02-20", LINE - 1, **changed)))
    assert (filed(short).verdict, verdict(short)) == ("fail", "ineligible")
    assert identities(short) == {"e1": None}


def test_referral_is_not_asked_for_where_care_was_near(library: Library) -> None:
    found = assessed(library, case_of(stay(1, "2024-02-20", LINE, referral=None)))
    assert (filed(found).verdict, verdict(found)) == ("pass", "eligible")


def test_without_the_day_of_application_nobody_knows_what_is_late(library: Library) -> None:
    found = assessed(library, case_of(stay(1, "2024-02-20", LINE), applied_on=None))
    assert (filed(found).verdict, verdict(found)) == ("unknown", "undetermined")
    assert "applied_on" in missing(found)


def test_a_year_that_is_open_keeps_a_passing_test_undetermined(library: Library) -> None:
    stays = (stay(1, "2023-12-20", LINE, one_stop=None), stay(2, "2024-02-20", LINE), stay(3, "2022-12-30", LINE))
    found = assessed(library, case_of(*stays))
    assert (filed(found).verdict, verdict(found)) == ("pass", "undetermined")
    # The year that may hold is computed as if it did; the one that surely does not is none of its.
    assert identities(found) == {"e1": "illness_poverty", "e2": "illness_poverty", "e3": None}
    assert [one.test for one in found.changes if one.test == "filed_stays"] == []


@pytest.mark.parametrize(("fen", "expected"), [(LINE - 1, "fail"), (LINE, "unknown"), (LATER_LINE, "pass")])
def test_a_later_stay_that_may_be_filed_leaves_two_lines(library: Library, fen: int, expected: str) -> None:
    stays = (stay(1, "2024-02-20", fen), stay(2, "2024-03-01", 0, one_stop=None))
    found = assessed(library, case_of(*stays))
    assert filed(found).verdict == expected


def test_a_figure_that_nobody_published_leaves_its_year_open(library: Library) -> None:
    found = assessed(
        library, case_of(stay(1, "2026-02-20", LINE), applied_on="2026-03-20") | {"surveyed_on": "2026-03-27"}
    )
    assert (filed(found).verdict, verdict(found)) == ("unknown", "undetermined")
    assert "locality.per_capita_disposable_income.2025" in missing(found)


def test_stays_that_nobody_stated_are_asked_for(library: Library) -> None:
    found = assessed(library, {key: value for key, value in case_of().items() if key != "expenses"})
    assert (filed(found).verdict, verdict(found)) == ("unknown", "undetermined")
    assert "expenses" in missing(found)


@pytest.mark.parametrize("apart", [-1, 0, 1, 12_345])
def test_what_turns_a_year_is_the_money_to_its_line(library: Library, apart: int) -> None:
    found = assessed(library, case_of(stay(1, "2024-02-20", LINE + apart)))
    (change,) = [one for one in found.changes if one.test == "filed_stays"]
    assert change.amount is not None
    word, toward = ("少认", -1) if apart >= 0 else ("再增加", 1)
    assert f"2024 年本次申请的住院自付{word}" in change.change
    turned = LINE + apart + toward * change.amount.fen
    for fen, same in ((turned, False), (turned - toward, True)):
        again = assessed(library, case_of(stay(1, "2024-02-20", fen)))
        assert (filed(again).verdict == filed(found).verdict) == same


def test_two_years_that_reach_their_lines_are_turned_by_no_single_change(library: Library) -> None:
    found = assessed(library, case_of(stay(1, "2023-12-20", LINE), stay(2, "2024-02-20", LINE)))
    assert [one.test for one in found.changes if one.test == "filed_stays"] == []
