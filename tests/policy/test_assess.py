"""What an assessment is asked at its edges: facts that are lacking, identities that are not known, caps that are not there."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)


def expense(name: str = "e1", **changed: object) -> Draft:
    amounts = ("prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
    return {
        "id": name,
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "admitted_on": "2024-03-05",
        "discharged_on": "2024-03-05",
        "settled_on": "2024-03-05",
        "total": "200000",
        "in_scope": "10000",
        **dict.fromkeys(amounts, "0"),
        **changed,
    }


def draft_of(*expenses: Draft, **member: object) -> Draft:
    patient = {
        "id": "p1",
        "identities": [{"kind": "dibao", "since": "2020-01-01"}],
        "insurance": [{"year": 2024, "scheme": "resident", "paid_on": "2023-11-02"}],
        **member,
    }
    return {
        "format": "yimen-case/1",
        "locality": "guizhou-sample",
        "matter": "assistance",
        "applied_on": "2024-05-20",
        "patient": "p1",
        "household": {"members": [patient]},
        "expenses": list(expenses),
    }


def assessed(library: Library, draft: Draft, rules: Rules | None = None) -> Assessment:
    case = read_case(draft, library.localities)
    return assess(case, rules or library.rules(case.locality), ON)


def paid(assessment: Assessment) -> dict[str, str | None]:
    lines = [line for benefit in assessment.benefits for line in benefit.lines]
    return {line.expense: line.reason or str(line.payable) for line in lines}


def missing(assessment: Assessment) -> list[str]:
    return [one.path for one in assessment.missing]


NONE_LATE = {"year": 2024, "scheme": "none", "enrolled_on": "2024-03-05"}


@pytest.mark.parametrize(
    ("insurance", "basic_paid", "said", "asked"),
    [
        ([], "0", "fact_missing", ["household.members[0].insurance"]),
        ([], None, "fact_missing", ["household.members[0].insurance", "expenses[0].basic_paid"]),
        ([], "0.01", "6999.99", []),
        ([{"year": 2023, "scheme": "resident"}], "0", "fact_missing", ["household.members[0].insurance"]),
        ([{"year": 2024}], "0", "fact_missing", ["household.members[0].insurance"]),
        ([{"year": 2024, "scheme": "employee"}], "0", "7000.00", []),
        ([{"year": 2024, "scheme": "none"}], "0", "not_insured", []),
        ([{"year": 2024, "scheme": "none"}], None, "fact_missing", ["expenses[0].basic_paid"]),
        ([{"year": 2024, "scheme": "none"}], "0.01", "6999.99", []),
        ([NONE_LATE], "0", "7000.00", []),  # enrolled on the very day
        ([{**NONE_LATE, "scheme": None}], "0", "7000.00", []),  # by then insured, whatever the scheme
        ([{**NONE_LATE, "enrolled_on": "2024-03-06"}], "0", "3500.00", []),
        ([{"year": 2024, "scheme": "none"}, NONE_LATE], "0", "7000.00", []),
        ([{"year": 2024, "scheme": "none"}, {"year": 2024, "scheme": "resident"}], "0", "7000.00", []),
    ],
)
def test_whether_an_expense_was_insured(
    library: Library, insurance: list[Draft], basic_paid: str | None, said: str, asked: list[str]
) -> None:
    found = assessed(library, draft_of(expense(basic_paid=basic_paid), insurance=insurance))
    assert paid(found) == {"e1": said}
    assert [path for path in missing(found) if "insurance[" not in path and "premium" not in path] == asked


def test_whose_identities_are_unknown_is_paid_nothing_where_nobody_would_be(library: Library) -> None:
    sheets = [expense("e1", kind="outpatient"), expense("e2", designated=False, emergency_rescue=False), expense("e3")]
    found = assessed(library, draft_of(*sheets, identities=None))
    assert paid(found) == {"e1": "kind_not_covered", "e2": "not_designated", "e3": "fact_missing"}
    assert missing(found) == ["household.members[0].identities"]


def test_an_identity_for_the_subsidy_alone_is_asked_its_day_as_well(library: Library) -> None:
    found = assessed(library, draft_of(identities=[{"kind": "retrenched_1960s"}]))
    assert missing(found) == ["household.members[0].identities[0].since"]
    assert [(str(one.amount), one.reason) for one in found.subsidies] == [("0.00", "no_identity")]


def test_an_identity_that_the_policy_does_not_know_is_not_asked_its_day(library: Library) -> None:
    assert missing(assessed(library, draft_of(identities=[{"kind": "preferential_treatment"}]))) == []


def test_several_insurance_entries_of_a_year_make_one_subsidy(library: Library) -> None:
    entries = [{"year": 2024, "scheme": "none"}, {"year": 2024, "scheme": "resident", "paid_on": "2023-12-01"}]
    found = assessed(library, draft_of(insurance=entries))
    assert [(one.year, str(one.amount)) for one in found.subsidies] == [(2024, "190.00")]


@pytest.fixture
def rules_without_cap(library: Library) -> Rules:
    """Guizhou's rules, but that class I has no cap."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    del table["classes"][0]["cap"]
    return replace(library.rules("guizhou-sample"), policy=read_policy(table))


def test_what_a_class_without_cap_is_paid_counts_towards_a_later_cap(
    library: Library, rules_without_cap: Rules
) -> None:
    identities = [
        {"kind": "tekun", "since": "2020-01-01", "until": "2024-02-29"},
        {"kind": "dibao", "since": "2024-03-01"},
    ]
    february = expense("e1", settled_on="2024-02-10", in_scope="60000")
    found = assessed(library, draft_of(february, expense("e2"), identities=identities), rules_without_cap)
    # Class I is not cut, but its 60000 leave nothing of class II's 50000.
    assert paid(found) == {"e1": "60000.00", "e2": "cap_reached"}


def test_what_was_paid_for_it_already_is_asked_for_without_a_cap_as_well(
    library: Library, rules_without_cap: Rules
) -> None:
    tekun = [{"kind": "tekun", "since": "2020-01-01"}]
    found = assessed(library, draft_of(expense(assistance_paid=None), identities=tekun), rules_without_cap)
    assert (paid(found), missing(found)) == ({"e1": "fact_missing"}, ["expenses[0].assistance_paid"])


def test_a_policy_without_windows_can_still_be_asked_for_facts(library: Library) -> None:
    rules = library.rules("guizhou-sample")
    without = replace(rules, policy=replace(rules.policy, windows=()))
    assert paid(assessed(library, draft_of(expense(referral=None)), without)) == {"e1": "fact_missing"}


def test_a_locality_that_published_half_of_the_tilt_published_none(library: Library) -> None:
    rules = library.rules("guizhou-sample")
    half = replace(rules.locality, values={**rules.locality.values, "tilt": {"ratio": Decimal("0.5")}})
    found = assessed(library, draft_of(expense(in_scope="100000")), replace(rules, locality=half))
    assert [benefit.tilt for benefit in found.benefits] == [None]
    assert "tilt_unpublished" in [alert.id for alert in found.alerts]


@pytest.mark.parametrize(("place", "asked"), [("county", []), (None, ["expenses[0].place"])])
def test_the_place_is_asked_for_only_where_the_cap_cut_something_off(
    library: Library, place: str | None, asked: list[str]
) -> None:
    rules = library.rules("guizhou-sample")
    numbers = {"ratio": Decimal("0.5"), "cap": Decimal(30000), "deductible": Decimal(0)}
    published = replace(rules, locality=replace(rules.locality, values={**rules.locality.values, "tilt": numbers}))
    assert missing(assessed(library, draft_of(expense(place=place, in_scope="100000")), published)) == asked
    assert missing(assessed(library, draft_of(expense(place=place)), published)) == []


def test_alerts_name_the_locality_that_nobody_verified(library: Library) -> None:
    rules = library.rules("guizhou-sample")
    checked = replace(rules, locality=replace(rules.locality, verified=True))
    alerts = [[alert.id for alert in assessed(library, draft_of(), one).alerts] for one in (rules, checked)]
    assert [("locality_not_verified" in ids) for ids in alerts] == [True, False]


@pytest.mark.parametrize(("on", "expired"), [(date(2024, 6, 1), False), (date(2024, 6, 2), True)])
def test_a_policy_past_its_last_day_says_so(library: Library, on: date, expired: bool) -> None:
    rules = library.rules("guizhou-sample")
    ending = replace(rules.policy, in_force=replace(rules.policy.in_force, last=date(2024, 6, 1)))
    found = assess(read_case(draft_of()), replace(rules, policy=ending), on)
    assert ("policy_expired" in [alert.id for alert in found.alerts]) is expired
