"""Who is recognised, against a second computation, and what would turn each answer."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
FEN_PER_HEAD = 720_00 * 12  # 480 × 1.5, the line of class IV and of 低保边缘 for a rural household
DIBAO_PER_HEAD = 480_00 * 12


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))


def draft_of(heads: int, income: int, medical: int, *, property_ok: bool | None = True) -> Draft:
    """A surveyed household with one income and one settled stay, in fen; its patient holds nothing."""
    members = [{"id": f"p{place}", "counted": True, "identities": []} for place in range(heads)]
    expense = {
        "id": "e1",
        "patient": "p0",
        "kind": "inpatient",
        "designated": True,
        "referral": "not_needed",
        "admitted_on": "2024-03-01",
        "discharged_on": "2024-03-05",
        "settled_on": "2024-03-05",
        "total": yuan(medical + 1),
        "in_scope": yuan(medical + 1),
        "basic_paid": "0.01",
        **dict.fromkeys(("prior_self_pay", "over_price_limit", "major_paid", "assistance_paid"), "0"),
    }
    return {
        "format": "yimen-case/1",
        "locality": "guizhou-sample",
        "matter": "illness_poverty",
        "applied_on": "2024-05-20",
        "surveyed_on": "2024-05-27",
        "patient": "p0",
        "household": {
            "residence": "rural",
            "property_ok": property_ok,
            "members": members,
            "incomes": [{"member": "p0", "amount": yuan(income), "counted": True}],
        },
        "expenses": [expense],
    }


def assessed(library: Library, draft: Draft) -> Assessment:
    case = read_case(draft, library.localities)
    return assess(case, library.rules(case.locality), ON)


def verdict(assessment: Assessment) -> str:
    assert assessment.identification is not None
    return assessment.identification.verdict


def verdict_on(assessment: Assessment, test_id: str) -> str:
    assert assessment.identification is not None
    (test,) = [test for test in assessment.identification.tests if test.id == test_id]
    return test.verdict


def reckoned(heads: int, income: int, medical: int, property_ok: bool | None) -> str:
    """A8 for a rural household of the sample locality, written a second time, in whole fen."""
    line = FEN_PER_HEAD * heads
    if income < line and property_ok:
        return "redirect"
    if income - medical >= line or property_ok is False:
        return "ineligible"
    return "eligible" if property_ok else "undetermined"


HEADS = st.integers(1, 6)
AROUND = st.integers(-3, 3)
MEDICAL = st.integers(0, 20_000_000)


@given(HEADS, st.integers(0, 30_000_000), MEDICAL, st.sampled_from([True, False, None]))
def test_every_verdict_is_what_a_second_computation_says(
    library: Library, heads: int, income: int, medical: int, property_ok: bool | None
) -> None:
    found = assessed(library, draft_of(heads, income, medical, property_ok=property_ok))
    assert verdict(found) == reckoned(heads, income, medical, property_ok)


@given(HEADS, AROUND, MEDICAL)
def test_a_few_fen_around_the_line_decide(library: Library, heads: int, apart: int, medical: int) -> None:
    income = FEN_PER_HEAD * heads + medical + apart
    assume(income >= FEN_PER_HEAD * heads)
    found = assessed(library, draft_of(heads, income, medical))
    assert verdict(found) == ("eligible" if apart < 0 else "ineligible")


@given(HEADS, AROUND)
def test_a_few_fen_around_the_better_line_decide(library: Library, heads: int, apart: int) -> None:
    found = assessed(library, draft_of(heads, DIBAO_PER_HEAD * heads + apart, 0))
    assert verdict_on(found, "not_dibao") == ("fail" if apart < 0 else "pass")
    assert verdict(found) == "redirect"


@given(HEADS, st.integers(0, 30_000_000), MEDICAL)
def test_the_change_that_is_named_is_the_smallest_that_turns_the_test(
    library: Library, heads: int, income: int, medical: int
) -> None:
    test = "income_after_medical"
    found = assessed(library, draft_of(heads, income, medical))
    was = verdict_on(found, test)
    (change,) = [one for one in found.changes if one.test == test and one.amount is not None]
    assert change.amount is not None
    toward = 1 if was == "pass" else -1
    turned, almost = income + toward * change.amount.fen, income + toward * (change.amount.fen - 1)
    assume(min(turned, almost) >= 0)
    assert verdict_on(assessed(library, draft_of(heads, turned, medical)), test) != was
    assert verdict_on(assessed(library, draft_of(heads, almost, medical)), test) == was


@given(HEADS, st.integers(0, 30_000_000), MEDICAL, st.randoms(use_true_random=False))
def test_the_order_of_the_household_does_not_matter(
    library: Library, heads: int, income: int, medical: int, chance: Any
) -> None:
    draft = draft_of(heads, income, medical)
    mixed = deepcopy(draft)
    chance.shuffle(mixed["household"]["members"])
    one, other = assessed(library, draft), assessed(library, mixed)
    assert one.identification == other.identification
    assert (one.payable, one.changes) == (other.payable, other.changes)


def test_a_household_that_counts_nobody_is_asked_whom_it_counts(library: Library) -> None:
    draft = draft_of(1, 3_000_000, 2_000_000)
    draft["household"]["members"][0]["counted"] = False
    found = assessed(library, draft)
    assert verdict(found) == "undetermined"
    assert "household.members[0].counted" in [one.path for one in found.missing]


def test_a_survey_before_any_rule_is_no_missing_survey(library: Library) -> None:
    draft = draft_of(1, 3_000_000, 2_000_000)
    draft |= {"applied_on": "2022-12-01", "surveyed_on": "2022-12-31"}
    draft["expenses"] = []
    found = assessed(library, draft)
    assert verdict(found) == "undetermined"
    assert [one.path for one in found.missing] == ["identification"]


def test_without_any_day_the_survey_is_asked_for(library: Library) -> None:
    draft = draft_of(1, 3_000_000, 2_000_000)
    draft |= {"applied_on": None, "surveyed_on": None}
    found = assessed(library, draft)
    assert verdict(found) == "undetermined"
    assert {"surveyed_on", "applied_on"} <= {one.path for one in found.missing}


def worker(draft: Draft) -> None:
    draft["household"]["members"][0]["identities"] = [{"kind": "worker_deep_hardship", "since": "2020-01-01"}]


def unknown_identities(draft: Draft) -> None:
    draft["household"]["members"][0]["identities"] = None


@pytest.mark.parametrize(
    ("change", "supplementary", "passes"),
    [
        # Income of one: 10000; the line is 8640, so that more than 1360 must have been borne; the sheet says 2000.
        (None, "1000", "pass"),
        (worker, "0", "pass"),
        (worker, "639.99", "pass"),  # 2000 − 639.99 = 1360.01
        (worker, "640", "fail"),  # 2000 − 640 = 1360: on the line
        (unknown_identities, "0", "pass"),  # nothing supplementary was paid: whoever it is, the amount is the same
        (unknown_identities, "640", "unknown"),
    ],
)
def test_what_counts_as_borne_is_by_the_expenses_own_identity(
    library: Library, change: Callable[[Draft], None] | None, supplementary: str, passes: str
) -> None:
    draft = draft_of(1, 1_000_000, 200_000)
    draft["expenses"][0]["supplementary_paid"] = supplementary
    if change:
        change(draft)
    assert verdict_on(assessed(library, draft), "income_after_medical") == passes


@pytest.mark.parametrize(("prior", "passes"), [("0", "pass"), ("1000", "unknown")])
def test_whether_it_was_insured_matters_only_where_it_changes_what_counts(
    library: Library, prior: str, passes: str
) -> None:
    draft = draft_of(1, 1_000_000, 136_001)
    draft["expenses"][0] |= {"basic_paid": "0", "in_scope": "1360.01", "prior_self_pay": prior, "total": "2360.01"}
    found = assessed(library, draft)
    assert verdict_on(found, "income_after_medical") == "pass"
    draft["household"]["incomes"][0]["amount"] = "10500"
    found = assessed(library, draft)
    # 10500 − 1360.01 lies above the line; with 1000 of 先行自付, which only the insured are counted, below it.
    assert verdict_on(found, "income_after_medical") == ("fail" if prior == "0" else passes)


def test_expenses_that_nobody_has_stated_leave_the_answer_open(library: Library) -> None:
    draft = draft_of(2, 2 * FEN_PER_HEAD, 0)
    assert verdict(assessed(library, {**draft, "expenses": []})) == "ineligible"
    unstated = assessed(library, {key: value for key, value in draft.items() if key != "expenses"})
    assert verdict(unstated) == "undetermined"
    assert [one.path for one in unstated.missing] == ["expenses"]


def test_members_have_their_names_before_what_they_bring_where_several_bring_some(library: Library) -> None:
    draft = draft_of(2, 3_000_000, 2_000_000)
    for member, name in zip(draft["household"]["members"], ("王示例", "李示范"), strict=True):
        member["name"] = name
    draft["expenses"][0]["provider"] = "县医院"
    draft["household"]["incomes"].append({"member": "p1", "kind": "transfer", "amount": "100", "counted": True})
    steps = {step.kind: step.formula for step in assessed(library, draft).steps_of("identification")}
    assert steps["income"] == "王示例　收入 30,000.00 + 李示范　转移净收入 100.00"
    assert steps["medical"] == "县医院 20,000.00"


@pytest.mark.parametrize(("income", "verdict_of_all"), [("40000", "ineligible"), ("30000", "undetermined")])
def test_who_may_count_leaves_the_answer_open_unless_it_fails_either_way(
    library: Library, income: str, verdict_of_all: str
) -> None:
    # 8640 a head: with two, 40000 − 20000 is too much, whoever counts; 30000 − 20000 is too much for one alone.
    draft = draft_of(2, 3_000_000, 2_000_000)
    draft["household"]["members"][1]["counted"] = None
    draft["household"]["incomes"][0]["amount"] = income
    found = assessed(library, draft)
    assert verdict(found) == verdict_of_all
    assert "household.members[1].counted" in [one.path for one in found.missing]


def test_the_cost_of_one_who_may_not_count_may_count_for_nothing(library: Library) -> None:
    draft = draft_of(2, 3_000_000, 2_000_000)
    draft["expenses"][0]["patient"] = "p1"
    assert verdict_on(assessed(library, draft), "income_after_medical") == "pass"
    draft["household"]["members"][1]["counted"] = None
    assert verdict_on(assessed(library, draft), "income_after_medical") == "unknown"


@pytest.mark.parametrize(("income", "passes"), [("44840", "fail"), ("40000", "unknown"), ("20000", "unknown")])
def test_town_or_country_unknown_fails_only_what_fails_in_both(library: Library, income: str, passes: str) -> None:
    # Twice 690 × 1.5 × 12 = 24840 in town and 17280 in the country, and 20000 borne.
    draft = draft_of(2, 0, 2_000_000)
    draft["household"] |= {"residence": None}
    draft["household"]["incomes"][0]["amount"] = income
    found = assessed(library, draft)
    assert verdict_on(found, "income_after_medical") == passes
    assert "household.residence" in [one.path for one in found.missing]


def test_a_settlement_without_its_day_may_lie_outside_the_period(library: Library) -> None:
    draft = draft_of(1, 1_000_000, 200_000)
    draft["expenses"][0]["settled_on"] = None
    found = assessed(library, draft)
    assert verdict_on(found, "income_after_medical") == "unknown"
    assert "expenses[0].settled_on" in [one.path for one in found.missing]
