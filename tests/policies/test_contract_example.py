"""The example of the contract, as it stands there: this case comes to this assessment."""

import json
from datetime import date
from typing import Any

import pytest

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import assessment_data
from desktop.work.library import Library

# The example of the case file format; where it leaves a text open (…), an invented one stands here.
CASE = """
{
  "format": "yimen-case/1",
  "case_no": null,
  "locality": "guizhou-sample",
  "matter": "illness_poverty",
  "applied_on": "2024-05-20",
  "surveyed_on": "2024-05-27",
  "patient": "p1",
  "household": {
    "residence": "rural", "address": "示例县示例镇", "village": "示例村", "phone": "0850-0000000",
    "property_ok": true,
    "members": [
      {"id": "p1", "name": "王示例", "id_number": "11010519491231002X", "birth_date": null, "relation": "self", "counted": true, "note": "",
       "identities": [{"kind": "sudden_hardship", "since": "2023-03-01", "until": "2023-12-31", "listed_on": null}],
       "insurance": [{"year": 2024, "scheme": "resident", "enrolled_on": null, "paid_on": "2023-11-02", "subsidy_received": "0.00"}],
       "registered_in_province": true, "insured_in_province": true, "out_of_poverty": false,
       "disability_grade": null, "serious_illness": "慢性肾衰竭",
       "year_to_date": [{"year": 2024, "deductible_used": "0.00", "assistance_paid": "0.00", "tilt_paid": "0.00"}]},
      {"id": "p2", "name": "李示范", "id_number": null, "relation": "spouse", "counted": true, "identities": [], "insurance": []}
    ],
    "incomes": [{"member": "p2", "kind": "wage", "label": "工资", "amount": "30000.00", "counted": true, "note": ""}],
    "assets":  [{"member": "p1", "kind": "deposit", "value": "8000.00", "count": 1, "area": null, "note": ""}]
  },
  "expenses": [
    {"id": "e1", "patient": "p1", "kind": "inpatient", "provider": "示例县人民医院",
     "designated": true, "emergency_rescue": false, "place": "pooling_area", "referral": "not_needed", "one_stop": false,
     "admitted_on": "2024-02-01", "discharged_on": "2024-02-20", "settled_on": "2024-02-20",
     "total": "80000.00", "in_scope": "70000.00", "prior_self_pay": "3000.00", "over_price_limit": "500.00", "full_self_pay": "6500.00",
     "basic_paid": "42000.00", "major_paid": "8000.00", "supplementary_paid": "0.00", "commercial_paid": "0.00", "mutual_aid": "0.00",
     "assistance_paid": "0.00", "charge_class": null, "chronic_class": null}
  ]
}
"""
HEAD = """
{
  "format": "yimen-assessment/1",
  "case_no": null, "policy": "guizhou-2022-19", "locality": "guizhou-sample", "assessed_on": "2024-05-28",
  "status": "complete",
  "missing": []
}
"""
INCOME_TEST = """
{"id": "income_after_medical", "verdict": "pass", "actual": "270.83", "limit": "720.00",
 "unit": "yuan_per_person_month", "slack": "449.17", "cite": "一（一）"}
"""
BENEFITS = """
[
  {"person": "p1", "year": 2024, "payable": "10750.00", "tilt": null, "conditional": false,
   "lines": [{"expense": "e1", "identity": "illness_poverty", "covered": true, "reason": null,
              "self_pay": "23500.00", "deductible": "2000.00", "ratio": "0.50", "computed": "10750.00",
              "payable": "10750.00", "cap_left": "39250.00", "out_of_catalogue_aid": null,
              "paid_at_year_end": false, "cites": ["三（一）", "四（一）"]}]}
]
"""
SUBSIDIES = """
[{"person": "p1", "year": 2024, "identity": null, "amount": "0.00", "reason": "no_identity", "cite": "二"}]
"""
KEYS = {
    "alerts": ["id", "text", "cite"],
    "changes": ["test", "change", "amount", "until"],
    "trace": ["id", "label", "formula", "value", "cite"],
}


@pytest.fixture(scope="module")
def found(library: Library) -> dict[str, Any]:
    case = read_case(json.loads(CASE), library.localities)
    written = json.dumps(assessment_data(assess(case, library.rules(case.locality), date(2024, 5, 28))))
    answer = json.loads(written)
    assert isinstance(answer, dict)
    return answer


def test_the_assessment_opens_as_in_the_contract(found: dict[str, Any]) -> None:
    head = json.loads(HEAD)
    assert {key: found[key] for key in head} == head
    rest = ["identification", "benefits", "subsidies", "alerts", "changes", "trace"]
    assert list(found) == [*head, *rest]


def test_the_identification_is_the_contracts(found: dict[str, Any]) -> None:
    identification = found["identification"]
    assert list(identification) == ["person", "rule", "verdict", "tests"]
    assert (identification["person"], identification["rule"]) == ("p1", "guizhou-2022")
    assert identification["verdict"] == "eligible"
    (test,) = [test for test in identification["tests"] if test["id"] == "income_after_medical"]
    assert test.pop("explain")
    assert list(test.items()) == list(json.loads(INCOME_TEST).items())


def test_benefits_and_subsidies_are_the_contracts_to_the_letter(found: dict[str, Any]) -> None:
    assert json.dumps(found["benefits"]) == json.dumps(json.loads(BENEFITS))
    assert json.dumps(found["subsidies"]) == json.dumps(json.loads(SUBSIDIES))


@pytest.mark.parametrize("name", KEYS)
def test_every_alert_change_and_step_is_made_as_in_the_contract(found: dict[str, Any], name: str) -> None:
    assert found[name], "nothing to see"
    assert {tuple(one) for one in found[name]} == {tuple(KEYS[name])}


def test_what_would_turn_the_test_is_the_whole_slack(found: dict[str, Any]) -> None:
    # 720 × 12 × 2 − (30000 − 23500) = 17280 − 6500: with so much more income, the household lies on the line.
    by_amount = [(change["test"], change["amount"]) for change in found["changes"] if change["amount"]]
    assert by_amount[0] == ("income_after_medical", "10780.00")
    assert [test for test, _ in by_amount] == ["income_after_medical", "not_dibao", "not_dibao_marginal"]
