"""A household at the window, its assessment, and the cover of a batch; all invented."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.batches.outgoing import Cover, Sent
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.law.localities import read_locality
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules

POLICIES = Path(__file__).resolve().parents[2] / "policies"
Draft = dict[str, Any]


def read_toml(path: Path) -> Draft:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def member(**facts: object) -> Draft:
    return {
        "id": "p1",
        "name": "王示例",
        "relation": "self",
        "counted": True,
        "identities": [],
        "insurance": [],
        **facts,
    }


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(
        read_policy(read_toml(POLICIES / "guizhou/2022-19.toml")),
        read_locality(read_toml(POLICIES / "localities/guizhou-sample.toml")),
    )


@pytest.fixture(scope="session")
def expense() -> Callable[..., Draft]:
    """A stay whose sheet is complete; facts given take the place of its own."""

    def make(**facts: object) -> Draft:
        sheet: Draft = {
            "id": "e1",
            "patient": "p1",
            "kind": "inpatient",
            "provider": "示例县人民医院",
            "designated": True,
        }
        sheet |= {"emergency_rescue": False, "place": "pooling_area", "referral": "not_needed", "one_stop": False}
        sheet |= {"admitted_on": "2024-02-01", "discharged_on": "2024-02-20", "settled_on": "2024-02-20"}
        sheet |= {
            "total": "80000.00",
            "in_scope": "70000.00",
            "prior_self_pay": "3000.00",
            "over_price_limit": "500.00",
        }
        sheet |= {"basic_paid": "42000.00", "major_paid": "8000.00", "assistance_paid": "0.00"}
        return sheet | facts

    return make


@pytest.fixture(scope="session")
def draft(expense: Callable[..., Draft]) -> Callable[..., Draft]:
    """The contract's case, 10750.00 by its own stay; expenses given take its place."""

    def make(*expenses: Draft, **facts: object) -> Draft:
        insured = [{"year": 2024, "scheme": "resident", "paid_on": "2023-11-02", "subsidy_received": "0.00"}]
        patient = member(id_number="520101197001011234", insurance=insured)
        spouse = member(id="p2", name="李示例", id_number="520101197203051242", relation="spouse")
        wage = {"member": "p2", "kind": "wage", "label": "县城务工", "amount": "30000.00", "counted": True}
        household = {"residence": "rural", "property_ok": True, "members": [patient, spouse], "incomes": [wage]}
        case: Draft = {"format": "yimen-case/1", "case_no": "2024-0001", "locality": "guizhou-sample", "patient": "p1"}
        case |= {"matter": "illness_poverty", "applied_on": "2024-05-20", "surveyed_on": "2024-05-27"}
        return case | {"household": household, "expenses": list(expenses) or [expense()]} | facts

    return make


@pytest.fixture(scope="session")
def sent(rules: Rules) -> Callable[..., Sent]:
    """A case as it goes to the county."""

    def make(case_file: Draft, case_id: str = "01HYEXAMPLE000000000000001") -> Sent:
        case = read_case(case_file)
        return Sent(case_id, case, assess(case, rules, date(2024, 5, 28)))

    return make


@pytest.fixture(scope="session")
def cover(rules: Rules) -> Cover:
    return Cover(
        number="示例-2024-003",
        sequence=3,
        office="示例县示例镇人民政府",
        made_at=datetime(2024, 5, 28, 9, 30, 12).astimezone(),
        locality=rules.locality.name,
        policy=rules.policy.document,
        verified=rules.locality.verified,
    )
