"""Guizhou's later rule of identification: it waits for its two numbers, and decides by them once a locality has them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.rules import Rules
from desktop.work.library import Library

ON = date(2024, 6, 1)
# Invented for these tests: nobody has published them here.
INCOME_TIMES, EXPENDITURE_SHARE = Decimal("0.8"), Decimal("0.6")
Draft = dict[str, Any]


def rules_of(library: Library, **values: Decimal) -> Rules:
    rules = library.rules("guizhou-sample")
    return Rules(rules.policy, replace(rules.locality, values={**rules.locality.values, **values}))


def complete(library: Library) -> Rules:
    return rules_of(library, rigid_income_times=INCOME_TIMES, rigid_expenditure_share=EXPENDITURE_SHARE)


def draft_of(income: str, cost: str, **changed: Any) -> Draft:
    """A household of two, surveyed in May 2024, with one stay."""
    stay = {
        "id": "e1",
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "referral": "not_needed",
        "admitted_on": "2024-03-01",
        "discharged_on": "2024-03-05",
        "settled_on": "2024-03-05",
        "total": str(Decimal(cost) + 1),
        "in_scope": str(Decimal(cost) + 1),
        "basic_paid": "1",
        **dict.fromkeys(("prior_self_pay", "over_price_limit", "major_paid", "assistance_paid"), "0"),
    }
    household = {
        "residence": "rural",
        "property_ok": True,
        "members": [{"id": f"p{place}", "counted": True, "identities": []} for place in (1, 2)],
        "incomes": [{"member": "p2", "amount": income, "counted": True}],
    }
    return {
        "format": "yimen-case/1",
        "locality": "guizhou-sample",
        "matter": "illness_poverty",
        "applied_on": "2024-05-20",
        "surveyed_on": "2024-05-27",
        "patient": "p1",
        "household": household,
        "expenses": [stay],
        **changed,
    }


def assessed(rules: Rules, draft: Draft) -> Assessment:
    return assess(read_case(draft), rules, ON)


def answer(assessment: Assessment) -> tuple[str, str]:
    assert assessment.identification is not None
    return assessment.identification.rule, assessment.identification.verdict


def verdict_of_each(assessment: Assessment) -> dict[str, str]:
    assert assessment.identification is not None
    return {test.id: test.verdict for test in assessment.identification.tests}


def superseded(assessment: Assessment) -> bool:
    return "identification_rule_superseded" in [alert.id for alert in assessment.alerts]


@pytest.mark.parametrize(
    "values", [{}, {"rigid_income_times": INCOME_TIMES}, {"rigid_expenditure_share": EXPENDITURE_SHARE}]
)
def test_until_both_numbers_are_there_the_earlier_rule_decides_and_says_so(
    library: Library, values: dict[str, Decimal]
) -> None:
    found = assessed(rules_of(library, **values), draft_of("30000", "23500"))
    assert answer(found) == ("guizhou-2022", "eligible")
    assert superseded(found)


def test_with_both_numbers_the_later_rule_decides(library: Library) -> None:
    found = assessed(complete(library), draft_of("30000", "23500"))
    assert answer(found) == ("guizhou-2024", "eligible")
    assert not superseded(found)
    assert verdict_of_each(found) == {
        "holds_no_better_identity": "pass",
        "income": "pass",
        "expenditure": "pass",
        "property": "pass",
    }


def test_a_survey_before_2024_goes_by_the_earlier_rule_whatever_is_published_since(library: Library) -> None:
    days = {"applied_on": "2023-12-20", "surveyed_on": "2023-12-31", "expenses": []}
    found = assessed(complete(library), draft_of("30000", "0", **days))
    assert answer(found) == ("guizhou-2022", "ineligible")
    assert not superseded(found)
    days["surveyed_on"] = "2024-01-01"
    assert answer(assessed(complete(library), draft_of("30000", "0", **days)))[0] == "guizhou-2024"


@pytest.mark.parametrize(("income", "passes"), [("43356.79", "pass"), ("43356.80", "fail"), ("43356.81", "fail")])
def test_the_income_lies_strictly_below_its_share_of_the_disposable_income(
    library: Library, income: str, passes: str
) -> None:
    # 27098 × 0.8 × 2 = 43356.80; the cost is enough in any case.
    found = assessed(complete(library), draft_of(income, "40000"))
    assert verdict_of_each(found)["income"] == passes
    assert answer(found)[1] == ("eligible" if passes == "pass" else "ineligible")


@pytest.mark.parametrize(("cost", "passes"), [("17999.99", "fail"), ("18000", "fail"), ("18000.01", "pass")])
def test_the_cost_lies_strictly_above_its_share_of_the_income(library: Library, cost: str, passes: str) -> None:
    # 30000 × 0.6.
    found = assessed(complete(library), draft_of("30000", cost))
    assert verdict_of_each(found)["expenditure"] == passes
    assert answer(found)[1] == ("eligible" if passes == "pass" else "ineligible")


def test_what_turns_a_share_of_the_income_is_another_sum_of_income_than_of_cost(library: Library) -> None:
    found = assessed(complete(library), draft_of("30000", "17400"))
    said = [(one.change, str(one.amount)) for one in found.changes if one.test == "expenditure" and one.amount]
    # 18000.01 is needed; or an income of which 17400 is more than 60 %: at most 28999.99.
    assert said == [
        ("自付合规医疗费用再增加 600.01 元，自付合规医疗费用占家庭收入即高于标准线", "600.01"),
        ("12 个月收入核减 1,000.01 元，自付合规医疗费用占家庭收入即高于标准线", "1000.01"),
    ]


@pytest.mark.parametrize(("settled_on", "passes"), [("2023-05-19", "fail"), ("2023-05-20", "pass")])
def test_the_later_rule_counts_back_from_the_application(library: Library, settled_on: str, passes: str) -> None:
    draft = draft_of("30000", "23500")
    draft["expenses"][0] |= dict.fromkeys(("admitted_on", "discharged_on", "settled_on"), settled_on)
    assert verdict_of_each(assessed(complete(library), draft))["expenditure"] == passes


def test_the_later_rule_knows_no_redirect(library: Library) -> None:
    # 4000 of two lies below 低保; the later rule as it is known here only asks who holds it.
    assert answer(assessed(complete(library), draft_of("4000", "23500")))[1] == "eligible"
    draft = draft_of("4000", "23500")
    draft["household"]["members"][0]["identities"] = [{"kind": "dibao", "since": "2020-01-01"}]
    assert answer(assessed(complete(library), draft))[1] == "ineligible"
