"""A case that is read makes sense; what makes none is refused as a whole, with every fault by path."""

import re
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.expenses import AMOUNTS
from desktop.domain.id_numbers import check_digit
from desktop.domain.problems import Refused
from desktop.domain.reading import read_case

ABSENT = "absent"
MEMBER, EXPENSE = "household.members[0]", "expenses[0]"
Draft = dict[str, Any]


@pytest.fixture
def draft(sample: Callable[[str], Draft]) -> Draft:
    """The example case: one stay, settled on 2024-02-20, applied for on 05-20, surveyed on 05-27."""
    return sample("01")


def put(draft: Draft, path: str, value: object) -> None:
    """Sets a field by its path; ABSENT takes it away."""
    *way, last = re.findall(r"\w+", path)
    place: Any = draft
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    if value == ABSENT:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value


def faults_of(draft: object, localities: tuple[str, ...] | None = None) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_case(draft, localities)
    assert all(fault.what and fault.remedy for fault in refused.value.faults)
    return [fault.path for fault in refused.value.faults]


def test_the_contracts_case_is_read(draft: Draft) -> None:
    case = read_case(draft, ("guizhou-sample",))
    assert case.member("p1") is case.household.members[0]
    assert case.member("p9") is None
    assert case.expenses[0].in_scope is not None and str(case.expenses[0].in_scope) == "70000.00"


YEAR_TO_DATE = {"year": 2024, "deductible_used": "0", "assistance_paid": "0", "tilt_paid": "0"}

ONE_FIELD: list[tuple[str, object]] = [
    # A key or code that is not known.
    ("colour", "red"),
    ("household.colour", None),
    (f"{MEMBER}.colour", "red"),
    (f"{MEMBER}.identities[0].colour", "red"),
    (f"{MEMBER}.insurance[0].colour", "red"),
    ("household.incomes[0].colour", "red"),
    ("household.assets[0].colour", "red"),
    (f"{EXPENSE}.colour", "red"),
    ("matter", "birthday"),
    ("household.residence", "suburban"),
    (f"{MEMBER}.relation", "friend"),
    (f"{MEMBER}.identities[0].kind", "rich"),
    (f"{MEMBER}.insurance[0].scheme", "private"),
    ("household.incomes[0].kind", "lottery"),
    (f"{EXPENSE}.kind", "dental"),
    (f"{EXPENSE}.place", "moon"),
    (f"{EXPENSE}.referral", "maybe"),
    (f"{EXPENSE}.charge_class", "fourth"),
    (f"{EXPENSE}.chronic_class", 4),
    (f"{MEMBER}.disability_grade", 5),
    # An ID number whose check digit or birth date fails.
    (f"{MEMBER}.id_number", "520199197203152012"),
    (f"{MEMBER}.id_number", "52019919720230201" + check_digit("52019919720230201")),
    (f"{MEMBER}.id_number", "5201991972031520"),
    (f"{MEMBER}.id_number", 520199197203152017),
    (f"{MEMBER}.birth_date", "1972-03-16"),
    # A value of the wrong type.
    ("applied_on", "2024-02-30"),
    ("applied_on", "2024/05/20"),
    ("surveyed_on", 20240527),
    ("household.property_ok", "true"),
    (f"{MEMBER}.counted", 1),
    (f"{MEMBER}.name", 7),
    (f"{MEMBER}.identities", {}),
    (f"{MEMBER}.insurance[0].year", "2024"),
    (f"{MEMBER}.insurance[0].year", ABSENT),
    ("household.incomes", "30000"),
    ("household.assets[0].count", "1"),
    ("household.assets[0].area", "-1"),
    ("household.assets[0].area", Decimal("1E-999999")),
    ("household.assets[0].area", Decimal("1E+999999")),
    (f"{EXPENSE}.designated", "yes"),
    ("expenses", {}),
    ("patient", 1),
    (f"{MEMBER}.identities[0].until", "2023-02-28"),
    # What must be there.
    ("locality", ABSENT),
    ("matter", None),
    (f"{EXPENSE}.kind", None),
    (f"{EXPENSE}.patient", None),
    ("household.incomes[0].member", None),
    (f"{MEMBER}.identities[0].kind", ABSENT),
    # Something of nobody in the household.
    ("patient", "p9"),
    (f"{EXPENSE}.patient", "p9"),
    ("household.incomes[0].member", "p9"),
    ("household.assets[0].member", "p9"),
    # Days that cannot be.
    (f"{EXPENSE}.discharged_on", "2024-01-31"),
    (f"{EXPENSE}.admitted_on", ABSENT),
    (f"{EXPENSE}.discharged_on", None),
    (f"{EXPENSE}.admitted_on", "2024-02-30"),
    (f"{EXPENSE}.settled_on", "2024-05-28"),
]


@pytest.mark.parametrize(("path", "value"), ONE_FIELD)
def test_one_bad_field_is_one_fault_at_its_path(draft: Draft, path: str, value: object) -> None:
    put(draft, path, value)
    assert faults_of(draft) == [path]


MONEY = [
    *(f"{EXPENSE}.{key}" for key in AMOUNTS),
    "household.incomes[0].amount",
    "household.assets[0].value",
    f"{MEMBER}.insurance[0].subsidy_received",
    f"{MEMBER}.year_to_date[0].deductible_used",
    f"{MEMBER}.year_to_date[0].assistance_paid",
    f"{MEMBER}.year_to_date[0].tilt_paid",
]


@pytest.mark.parametrize("path", MONEY)
@pytest.mark.parametrize("amount", ["-0.01", "0.001", "12,3x", True, float("nan"), "1000000000000", []])
def test_no_money_field_takes_what_is_no_amount(draft: Draft, path: str, amount: object) -> None:
    draft["household"]["members"][0]["year_to_date"] = [dict(YEAR_TO_DATE)]
    put(draft, path, amount)
    assert faults_of(draft) == [path]


def test_amounts_may_be_numbers_as_well_as_text(draft: Draft) -> None:
    put(draft, f"{EXPENSE}.total", 80000)
    put(draft, f"{EXPENSE}.in_scope", Decimal("70000.00"))
    assert str(read_case(draft).expenses[0].total) == "80000.00"


def test_a_small_x_at_the_end_of_an_id_number_is_the_check_digit(draft: Draft) -> None:
    put(draft, f"{MEMBER}.id_number", "11010519491231002x")
    assert read_case(draft).household.members[0].id_number == "11010519491231002X"


@pytest.mark.parametrize("wrong", ["yimen-case/2", "", None, 1, ["yimen-case/1"]])
def test_another_format_is_refused_before_anything_else(draft: Draft, wrong: object) -> None:
    draft |= {"format": wrong, "matter": "birthday"}
    assert faults_of(draft) == ["format"]


@pytest.mark.parametrize("wrong", [None, [], "text", 3, True])
def test_what_is_no_case_at_all_is_refused(wrong: object) -> None:
    assert "format" in faults_of(wrong)


def test_two_members_with_one_id_number_are_refused_at_the_members(draft: Draft) -> None:
    put(draft, "household.members[1].id_number", draft["household"]["members"][0]["id_number"])
    assert faults_of(draft) == ["household.members"]


def test_two_members_with_one_id_are_refused_at_the_members(draft: Draft) -> None:
    draft["household"]["incomes"] = []
    put(draft, "household.members[1].id", "p1")
    assert faults_of(draft) == ["household.members"]


def test_two_expenses_with_one_id_are_refused_at_the_second(draft: Draft) -> None:
    draft["expenses"].append(deepcopy(draft["expenses"][0]))
    assert faults_of(draft) == ["expenses[1].id"]


@pytest.mark.parametrize("members", [[], None, ABSENT])
def test_a_household_without_members_is_refused(draft: Draft, members: object) -> None:
    draft |= {"expenses": []}
    draft["household"] |= {"incomes": [], "assets": []}
    put(draft, "household.members", members)
    assert faults_of(draft) == ["household.members"]


@pytest.mark.parametrize("household", [None, ABSENT])
def test_a_case_without_a_household_has_no_members(draft: Draft, household: object) -> None:
    draft["expenses"] = []
    put(draft, "household", household)
    assert faults_of(draft) == ["household.members"]


def test_a_stay_without_either_of_its_days_is_refused_at_both(draft: Draft) -> None:
    put(draft, f"{EXPENSE}.admitted_on", ABSENT)
    put(draft, f"{EXPENSE}.discharged_on", ABSENT)
    assert faults_of(draft) == [f"{EXPENSE}.admitted_on", f"{EXPENSE}.discharged_on"]


def test_an_outpatient_needs_no_days_of_a_stay(draft: Draft) -> None:
    draft["expenses"][0] |= {"kind": "outpatient_chronic", "admitted_on": None, "discharged_on": None}
    assert read_case(draft).expenses[0].admitted_on is None


def test_a_stay_of_one_day_is_a_stay(draft: Draft) -> None:
    put(draft, f"{EXPENSE}.discharged_on", "2024-02-01")
    assert str(read_case(draft).expenses[0].discharged_on) == "2024-02-01"


@pytest.mark.parametrize(
    ("amounts", "path"),
    [
        # 70000 + 3000 + 500 + 6500 = 80000: a fen more anywhere is above the total.
        ({"in_scope": "70000.01"}, "in_scope"),
        ({"over_price_limit": "500.01"}, "in_scope"),
        ({"full_self_pay": "6500.01"}, "in_scope"),
        ({"full_self_pay": None, "in_scope": "76500.01"}, "in_scope"),
        ({"total": "79999.99"}, "in_scope"),
        # Basic and major insurance pay at most what is in scope.
        ({"basic_paid": "62000.01"}, "basic_paid"),
        ({"basic_paid": None, "major_paid": "70000.01"}, "basic_paid"),
        # All that was paid is at most the total: 42000 + 8000 + 30000 = 80000.
        ({"commercial_paid": "30000.01"}, "basic_paid"),
        ({"supplementary_paid": "10000", "mutual_aid": "10000", "assistance_paid": "10000.01"}, "basic_paid"),
    ],
)
def test_a_fault_of_several_amounts_stands_at_the_first(draft: Draft, amounts: Draft, path: str) -> None:
    draft["expenses"][0] |= amounts
    assert faults_of(draft) == [f"{EXPENSE}.{path}"]


@pytest.mark.parametrize(
    "amounts",
    [
        {"full_self_pay": None, "in_scope": "76500.00"},
        {"basic_paid": "62000.00"},
        {"commercial_paid": "30000.00"},
        {"total": None, "in_scope": "999999.00"},
    ],
)
def test_amounts_that_just_fit_are_read(draft: Draft, amounts: Draft) -> None:
    draft["expenses"][0] |= amounts
    assert read_case(draft).expenses[0].id == "e1"


def test_what_is_left_of_the_total_is_full_self_pay(draft: Draft) -> None:
    put(draft, f"{EXPENSE}.full_self_pay", None)
    assert str(read_case(draft).expenses[0].full_self_pay) == "6500.00"
    put(draft, f"{EXPENSE}.over_price_limit", None)
    assert read_case(draft).expenses[0].full_self_pay is None


@pytest.mark.parametrize(
    ("surveyed_on", "settled_on", "fits"),
    [
        ("2024-05-27", "2024-05-27", True),
        ("2024-05-27", "2024-05-28", False),
        (None, "2024-05-20", True),
        (None, "2024-05-21", False),
    ],
)
def test_an_expense_is_settled_by_the_later_of_application_and_survey(
    draft: Draft, surveyed_on: str | None, settled_on: str, fits: bool
) -> None:
    draft["surveyed_on"] = surveyed_on
    put(draft, f"{EXPENSE}.settled_on", settled_on)
    if fits:
        assert str(read_case(draft).expenses[0].settled_on) == settled_on
    else:
        assert faults_of(draft) == [f"{EXPENSE}.settled_on"]


def test_a_locality_that_is_not_here_is_refused(draft: Draft) -> None:
    assert faults_of(draft, ("elsewhere",)) == ["locality"]


def test_every_fault_is_listed_at_once(draft: Draft) -> None:
    for path, value in {
        "colour": "red",
        "applied_on": "2024-02-30",
        f"{MEMBER}.id_number": "520199197203152012",
        "household.incomes[0].member": "p9",
        f"{EXPENSE}.in_scope": "70000.01",
        f"{EXPENSE}.basic_paid": "90000",
        f"{EXPENSE}.discharged_on": "2024-01-31",
        f"{EXPENSE}.assistance_paid": "-1",
    }.items():
        put(draft, path, value)
    assert set(faults_of(draft, ("elsewhere",))) == {
        "colour",
        "applied_on",
        f"{MEMBER}.id_number",
        "locality",
        "household.incomes[0].member",
        f"{EXPENSE}.in_scope",
        f"{EXPENSE}.basic_paid",
        f"{EXPENSE}.discharged_on",
        f"{EXPENSE}.assistance_paid",
    }


def test_what_is_unknown_stays_unknown(draft: Draft) -> None:
    draft["household"] = {"members": [{"id": "p1"}]}
    draft["expenses"] = [{"id": "e1", "patient": "p1", "kind": "outpatient"}]
    case = read_case(draft)
    member, expense = case.household.members[0], case.expenses[0]
    assert (member.counted, member.identities, case.household.incomes, case.household.property_ok) == (None,) * 4
    assert (expense.designated, expense.referral, expense.basic_paid, expense.full_self_pay) == (None,) * 4
