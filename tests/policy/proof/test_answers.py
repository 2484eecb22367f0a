"""A scenario fails where its answer is wrong, and says in plain words how."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from desktop.domain.problems import Refused
from desktop.policy.proof.answers import Outcome, check_scenarios
from desktop.work.library import Library

Table = dict[str, Any]

DEFAULTS: Table = {
    "on": date(2024, 6, 1),
    "matter": "assistance",
    "applied_on": date(2024, 5, 20),
    "patient": "p1",
    "residence": "rural",
    "property_ok": True,
    "members": [{}],
    "incomes": [],
    "member": {"counted": True, "identities": [{"kind": "dibao"}], "insurance": [{"year": 2024}]},
    "identity": {"since": date(2020, 1, 1)},
    "insurance": {"scheme": "resident", "paid_on": date(2023, 11, 2)},
    "expense": {
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "settled_on": date(2024, 3, 5),
        "prior_self_pay": 0,
        "over_price_limit": 0,
        "full_self_pay": 0,
        "basic_paid": 0,
        "major_paid": 0,
        "assistance_paid": 0,
    },
}
SCENARIO: Table = {
    "name": "低保对象自付一千元，付七百元",
    "why": "1000×70%",
    "expenses": [{"in_scope": 1000}],
    "expect": {"payable": {"e1": 700}},
}


def check(library: Library, *scenarios: Table, **book: object) -> tuple[Outcome, ...]:
    data = {"locality": "guizhou-sample", "defaults": DEFAULTS, "scenarios": list(deepcopy(scenarios)), **book}
    return check_scenarios(library.policies["guizhou-2022-19"], library.localities, data)


def differences(library: Library, **changed: object) -> tuple[str, ...]:
    (outcome,) = check(library, {**SCENARIO, **changed})
    return outcome.differences


def expecting(library: Library, **answer: object) -> tuple[str, ...]:
    return differences(library, expect={"payable": {"e1": 700}, **answer})


def test_the_signed_answer_passes(library: Library) -> None:
    assert check(library, SCENARIO) == (Outcome("低保对象自付一千元，付七百元", ()),)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"payable": {"e1": 701}}, "e1 应付应为 701.00，实为 700.00。"),
        ({"payable": {"e1": "未知"}}, "e1 应付应为 不能计算，实为 700.00。"),
        ({"payable": {}}, "e1 应付实为 700.00，情形中没有写明。"),
        ({"payable": {"e1": 700, "e2": 1}}, "e2 应付应为 1.00，实为 （无）。"),
        ({"reasons": {"e1": "cap_reached"}}, "e1 原因应为 cap_reached，实为 （无）。"),
        ({"identities": {"e1": "tekun"}}, "e1 身份应为 tekun，实为 dibao。"),
        ({"verdict": "eligible"}, "认定结论应为 eligible，实为 （无）。"),
        ({"tests": {"property": "pass"}}, "property 认定条件应为 pass，实为 （无）。"),
        ({"conditional": True}, "conditional 应为 true，实为 false。"),
        ({"subsidies": {"p1/2024": 191}}, "p1/2024 资助参保应为 191.00，实为 190.00。"),
        ({"subsidies": {}}, "p1/2024 资助参保实为 190.00，情形中没有写明。"),
        ({"subsidy_reasons": {"p1/2024": "no_identity"}}, "p1/2024 资助参保原因应为 no_identity，实为 （无）。"),
        ({"tilt": {"p1/2024": 0}}, "p1/2024 倾斜救助应为 0.00，实为 不能计算。"),
        ({"alerts": ["redirect"]}, "应有提示 redirect，没有。"),
        ({"no_alerts": ["one_stop"]}, "不应有提示 one_stop，却有。"),
        ({"missing": ["patient"]}, "缺少的信息应为 patient，实为 （无）。"),
    ],
)
def test_every_wrong_answer_is_told(library: Library, answer: Table, said: str) -> None:
    assert expecting(library, **answer) == (said,)


def test_what_was_left_out_of_the_answer_is_told(library: Library) -> None:
    found = differences(library, expenses=[{"in_scope": 1000, "referral": "未知"}], expect={"payable": {"e1": "未知"}})
    assert found == (
        "e1 原因实为 fact_missing，情形中没有写明。",
        "缺少的信息应为 （无），实为 expenses[0].referral。",
    )


def test_a_case_that_is_refused_says_why_and_may_be_expected(library: Library) -> None:
    late = [{"in_scope": 1000, "settled_on": date(2024, 5, 21)}]
    (told,) = differences(library, expenses=late)
    assert told.startswith("案件被拒：expenses[0].settled_on")
    assert differences(library, expenses=late, expect={"refused": ["expenses[0].settled_on"]}) == ()
    assert expecting(library, refused=["expenses[0].total"]) == ("案件应被拒（expenses[0].total），却被接受。",)


def test_an_unknown_key_of_a_row_is_a_case_that_is_refused(library: Library) -> None:
    (told,) = differences(library, expenses=[{"in_scope": 1000, "in_scpoe": 1000}])
    assert told.startswith("案件被拒：expenses[0].in_scpoe")


def test_a_scenario_may_change_the_localitys_numbers(library: Library) -> None:
    premium = [{"year": 2024, "amount": 400, "collection_ends": date(2024, 2, 29)}]
    answer = {"payable": {"e1": 700}, "subsidies": {"p1/2024": 200}}
    assert differences(library, locality={"premium": premium}, expect=answer) == ()
    (told,) = differences(library, locality={"values": {"tilt": {"ratio": "0.5"}}})
    assert told.startswith("案件被拒：values.tilt.ratio")


@pytest.mark.parametrize(
    ("book", "path"),
    [
        ({"locality": "nowhere"}, "locality"),
        ({"colour": "red"}, "colour"),
        ({"defaults": {**DEFAULTS, "colour": "red"}}, "defaults.colour"),
        ({"scenarios": [SCENARIO, SCENARIO]}, "scenarios"),
        ({"scenarios": [{**SCENARIO, "colour": "red"}]}, "scenarios[0].colour"),
        ({"scenarios": [{**SCENARIO, "name": ""}]}, "scenarios[0].name"),
        ({"scenarios": [{**SCENARIO, "on": "today"}]}, "scenarios[0].on"),
        ({"scenarios": [{**SCENARIO, "expect": None}]}, "scenarios[0].expect"),
        ({"scenarios": [{**SCENARIO, "expect": {"payabel": {}}}]}, "scenarios[0].expect.payabel"),
        ({"scenarios": [{**SCENARIO, "expect": {"payable": {"e1": "700元"}}}]}, "scenarios[0].expect.payable.e1"),
        ({"scenarios": [{**SCENARIO, "expect": {"reasons": {"e1": "why not"}}}]}, "scenarios[0].expect.reasons.e1"),
        ({"scenarios": [{**SCENARIO, "expect": {"verdict": "perhaps"}}]}, "scenarios[0].expect.verdict"),
    ],
)
def test_scenarios_that_cannot_be_read_are_refused(library: Library, book: Table, path: str) -> None:
    with pytest.raises(Refused) as refused:
        check(library, **book)
    assert [fault.path for fault in refused.value.faults] == [path]
