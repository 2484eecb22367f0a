"""A scenario fails where its answer is wrong, and says in plain words how."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
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
        ({"reasons": {"e1": "cap_reached"}}, "e1 原因应为 已达年度救助限额（cap_reached），实为 （无）。"),
        ({"identities": {"e1": "tekun"}}, "e1 身份应为 特困人员（tekun），实为 低保对象（dibao）。"),
        ({"verdict": "eligible"}, "认定结论应为 可认定（eligible），实为 （无）。"),
        ({"tests": {"property": "pass"}}, "property 认定条件应为 通过（pass），实为 （无）。"),
        ({"conditional": True}, "救助应以认定为条件，却没有。"),
        ({"subsidies": {"p1/2024": 191}}, "p1/2024 资助参保应为 191.00，实为 190.00。"),
        ({"subsidies": {}}, "p1/2024 资助参保实为 190.00，情形中没有写明。"),
        (
            {"subsidy_reasons": {"p1/2024": "no_identity"}},
            "p1/2024 资助参保原因应为 集中征缴期结束日没有资助参保的身份（no_identity），实为 （无）。",
        ),
        ({"tilt": {"p1/2024": 0}}, "p1/2024 倾斜救助应为 0.00，实为 不能计算。"),
        ({"out_of_catalogue": {"e1": 85}}, "e1 目录外费用救助应为 85.00，实为 不能计算。"),
        ({"paid_at_year_end": ["e1"]}, "年底支付的费用应为 e1，实为 （无）。"),
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
        "e1 原因实为 缺少必要信息，暂不计算（fact_missing），情形中没有写明。",
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


def in_pingshun(library: Library, **said: object) -> tuple[str, ...]:
    """The differences of a scenario of Pingshun's, whose policy asks for more than Guizhou's."""
    base = {"member": {**DEFAULTS["member"], "identities": [{"kind": "returned_to_poverty"}]}}
    expense = {**DEFAULTS["expense"], "supplementary_paid": 0, "commercial_paid": 0, "mutual_aid": 0, "one_stop": False}
    defaults = {**DEFAULTS, **base, "expense": {**expense, "charge_class": "first", "chronic_class": 1}}
    data = {"locality": "pingshun-sample", "defaults": defaults, "scenarios": [{**SCENARIO, **said}]}
    (outcome,) = check_scenarios(library.policies["pingshun-2023"], library.localities, data)
    return outcome.differences


def test_cost_outside_the_catalogue_and_the_years_end_are_compared(library: Library) -> None:
    stay = {"in_scope": 1000, "basic_paid": 950, "full_self_pay": 100}
    by_limit = {"in_scope": 1000, "kind": "outpatient_chronic", "chronic_class": 2}
    answer = {"payable": {"e1": 35, "e2": 300}, "out_of_catalogue": {"e1": 85}, "paid_at_year_end": ["e2"]}
    assert in_pingshun(library, expenses=[stay, by_limit], expect=answer) == ()
    told = in_pingshun(
        library, expenses=[stay, by_limit], expect={**answer, "out_of_catalogue": {"e1": 84}, "paid_at_year_end": []}
    )
    assert told == ("e1 目录外费用救助应为 84.00，实为 85.00。", "年底支付的费用应为 （无），实为 e2。")


def test_a_scenario_may_change_the_localitys_numbers(library: Library) -> None:
    premium = [{"year": 2024, "amount": 400, "collection_ends": date(2024, 2, 29)}]
    answer = {"payable": {"e1": 700}, "subsidies": {"p1/2024": 200}}
    assert differences(library, locality={"premium": premium}, expect=answer) == ()
    assert differences(library, locality={"verified": True}, expect={**answer, "subsidies": {"p1/2024": 190}}) == ()
    assert expecting(library, alerts=["locality_not_verified"]) == ()
    (told,) = differences(
        library, locality={"verified": True}, expect={"payable": {"e1": 700}, "alerts": ["locality_not_verified"]}
    )
    assert told == "应有提示 locality_not_verified，没有。"


@pytest.mark.parametrize("taken", [{"premium": "未知"}, {"premium": []}])
def test_a_scenario_may_take_the_localitys_numbers_away(library: Library, taken: Table) -> None:
    answer = {"payable": {"e1": 700}, "subsidies": {"p1/2024": "未知"}, "missing": ["locality.premium.2024"]}
    assert differences(library, locality=taken, expect=answer) == ()


def test_a_scenario_may_state_days_and_steps_and_take_a_value_away(library: Library) -> None:
    stay = [{"in_scope": 1000, "basic_paid": 950, "full_self_pay": 100}]
    answer: Table = {"payable": {"e1": 35}, "out_of_catalogue": {"e1": "未知"}}
    before = {"values": {"transition_ends": date(2024, 3, 4)}}
    assert in_pingshun(library, expenses=stay, locality=before, expect=answer) == ()
    assert in_pingshun(
        library, expenses=stay, locality={"values": {"transition_ends": "未知"}},
        expect={**answer, "out_of_catalogue": {"e1": 85}},
    ) == ()  # fmt: skip


def test_a_ratio_in_steps_is_a_localitys_number_too(library: Library) -> None:
    steps = [{"up_to": 6000, "share": Decimal("0.70")}, {"share": Decimal("0.80")}]
    said: Table = {
        **SCENARIO,
        "expenses": [{"in_scope": 20000}],
        "locality": {
            "premium": [{"year": 2024, "amount": 380, "collection_ends": date(2024, 2, 29)}],
            "values": {"ratio_class_1": steps, "cap": 90000},
        },
        "expect": {"payable": {"e1": 15400}},
    }
    data = {"locality": "suqian", "defaults": DEFAULTS, "scenarios": [said]}
    (outcome,) = check_scenarios(library.policies["jiangsu-draft-2022"], library.localities, data)
    assert outcome.differences == ()


def test_a_scenario_may_name_a_locality_of_its_own(library: Library) -> None:
    elsewhere = replace(library.localities["guizhou-sample"], id="elsewhere", premiums=())
    here = {**library.localities, "elsewhere": elsewhere}
    answer = {"payable": {"e1": 700}, "subsidies": {"p1/2024": "未知"}, "missing": ["locality.premium.2024"]}
    there = {**SCENARIO, "name": "在别处", "locality_id": "elsewhere", "expect": answer}
    data = {"locality": "guizhou-sample", "defaults": DEFAULTS, "scenarios": [SCENARIO, there]}
    outcomes = check_scenarios(library.policies["guizhou-2022-19"], here, data)
    assert [outcome.differences for outcome in outcomes] == [(), ()]


def test_a_scenario_in_another_policy_s_locality_is_left_to_it(library: Library) -> None:
    # Versions of a document share the scenarios beside them; each answers for its own localities.
    later = replace(library.localities["guizhou-sample"], id="later", policy="guizhou-2026-1")
    here = {**library.localities, "later": later}
    wrong = {**SCENARIO, "name": "后来的版本", "locality_id": "later", "expect": {"payable": {"e1": 1}}}
    data = {"locality": "guizhou-sample", "defaults": DEFAULTS, "scenarios": [SCENARIO, wrong]}
    policy = library.policies["guizhou-2022-19"]
    assert [outcome.name for outcome in check_scenarios(policy, here, data)] == [SCENARIO["name"]]
    version = replace(policy, id="guizhou-2026-1")
    assert [outcome.name for outcome in check_scenarios(version, here, data)] == ["后来的版本"]


@pytest.mark.parametrize(
    ("locality", "path"),
    [
        ({"values": {"tilt": {"ratio": "0.5"}}}, "scenarios[0].locality.values.tilt.ratio"),
        ({"values": {"tilt": {"ratio": Decimal("0.5")}}}, "scenarios[0].locality.values.tilt"),
        ({"values": {"luck": 7}}, "scenarios[0].locality.values.luck"),
        ({"values": 7}, "scenarios[0].locality.values"),
        ({"premium": [{"year": 2024, "amount": "380"}]}, "scenarios[0].locality.premium[0].amount"),
        ({"dibao_standard": 480}, "scenarios[0].locality.dibao_standard"),
        ({"name": "别处"}, "scenarios[0].locality.name"),
        ([], "scenarios[0].locality"),
    ],
)
def test_numbers_that_no_locality_could_state_are_refused(library: Library, locality: object, path: str) -> None:
    with pytest.raises(Refused) as refused:
        check(library, {**SCENARIO, "locality": locality})
    assert {fault.path for fault in refused.value.faults} == {path}


@pytest.mark.parametrize(
    ("book", "path"),
    [
        ({"locality": "nowhere", "scenarios": [SCENARIO]}, "locality"),
        ({"scenarios": [{**SCENARIO, "locality_id": "nowhere"}]}, "scenarios[0].locality_id"),
        ({"scenarios": [{**SCENARIO, "locality_id": 7}]}, "scenarios[0].locality_id"),
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
