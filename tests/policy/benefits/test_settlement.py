"""What expenses pay, against a second computation and against what must hold for every case."""

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, assessment_data
from desktop.work.library import Library

ON = date(2024, 6, 1)
FIRST = date(2024, 1, 1)
# 四（一）: deductible in fen, ratio.
CLASSES = {
    "tekun": (0, Fraction(1)),
    "sudden_hardship": (0, Fraction(7, 10)),
    "dibao_marginal": (100_000, Fraction(6, 10)),
    "illness_poverty": (200_000, Fraction(5, 10)),
}
CAP = 5_000_000
LONGEST_BILL = 9_000_000


@dataclass(frozen=True)
class Person:
    """A person of one class with what the year has used up, in fen; ``enrolled``: insured only from that day on."""

    kind: str
    deductible_used: int
    assistance_paid: int
    enrolled: date | None


@dataclass(frozen=True)
class Bill:
    """An expense, in fen."""

    name: str
    day: date
    kind: str
    designated: bool
    referral: str
    in_scope: int
    prior_self_pay: int
    over_price_limit: int
    basic_paid: int
    major_paid: int
    assistance_paid: int


DAYS = st.integers(0, 140).map(lambda days: FIRST + timedelta(days=days))
PEOPLE = st.builds(
    Person,
    kind=st.sampled_from(sorted(CLASSES)),
    deductible_used=st.integers(0, 250_000),
    assistance_paid=st.integers(0, CAP + 1000),
    enrolled=st.one_of(st.none(), DAYS),
)


@st.composite
def bills(draw: st.DrawFn, name: str) -> Bill:
    in_scope = draw(st.integers(0, LONGEST_BILL))
    prior, over = draw(st.integers(0, 300_000)), draw(st.integers(0, 100_000))
    basic = draw(st.one_of(st.just(0), st.integers(0, in_scope)))
    major = draw(st.integers(0, in_scope - basic))
    left = in_scope + prior + over - basic - major
    return Bill(
        name=name,
        day=draw(DAYS),
        kind=draw(st.sampled_from(["inpatient", "inpatient", "outpatient_chronic", "outpatient"])),
        designated=draw(st.sampled_from([True, True, True, False])),
        referral=draw(st.sampled_from(["not_needed", "done", "missing"])),
        in_scope=in_scope,
        prior_self_pay=prior,
        over_price_limit=over,
        basic_paid=basic,
        major_paid=major,
        assistance_paid=draw(st.one_of(st.just(0), st.integers(0, left))),
    )


BILLS = st.integers(0, 4).flatmap(lambda many: st.tuples(*(bills(f"e{place}") for place in range(many))))


def reckoned(person: Person, sheets: tuple[Bill, ...]) -> dict[str, int]:
    """A2 to A5, A10 to A12 for Guizhou, written a second time, in whole fen."""
    deductible, share = CLASSES[person.kind]
    used = person.deductible_used
    paid = person.assistance_paid + sum(bill.assistance_paid for bill in sheets)
    pays = {}
    for bill in sorted(sheets, key=lambda one: (one.day, one.name)):
        pays[bill.name] = 0
        if not bill.designated or bill.kind == "outpatient":
            continue
        late = person.enrolled is not None and not bill.basic_paid and bill.day < person.enrolled
        base = bill.in_scope - bill.basic_paid - bill.major_paid
        base += 0 if late else bill.prior_self_pay + bill.over_price_limit
        applied = min(max(0, deductible - used), max(0, base))
        used += applied
        ratio = (share - Fraction(1, 10) * (bill.referral == "missing")) / (2 if late else 1)
        computed = int((max(0, base) - applied) * ratio + Fraction(1, 2))
        pays[bill.name] = min(max(0, computed - bill.assistance_paid), max(0, CAP - paid))
        paid += pays[bill.name]
    return pays


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))


def draft_of(person: Person, sheets: tuple[Bill, ...]) -> dict[str, Any]:
    scheme = "none" if person.enrolled else "resident"
    enrolled = person.enrolled.isoformat() if person.enrolled else None
    used = {"deductible_used": yuan(person.deductible_used), "assistance_paid": yuan(person.assistance_paid)}
    patient = {
        "id": "p1",
        "counted": True,
        "identities": [{"kind": person.kind, "since": "2020-01-01"}],
        "insurance": [{"year": 2024, "scheme": scheme, "enrolled_on": enrolled}],
        "year_to_date": [{"year": 2024, **used, "tilt_paid": "0"}],
    }
    return {
        "format": "yimen-case/1",
        "locality": "guizhou-sample",
        "matter": "assistance",
        "applied_on": "2024-05-20",
        "patient": "p1",
        "household": {"members": [patient, {"id": "p2", "identities": []}]},
        "expenses": [expense_of(bill) for bill in sheets],
    }


def expense_of(bill: Bill) -> dict[str, Any]:
    amounts = ("in_scope", "prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
    return {
        "id": bill.name,
        "patient": "p1",
        "kind": bill.kind,
        "designated": bill.designated,
        "emergency_rescue": False,
        "referral": bill.referral,
        "admitted_on": bill.day.isoformat(),
        "discharged_on": bill.day.isoformat(),
        "settled_on": bill.day.isoformat(),
        "total": yuan(bill.in_scope + bill.prior_self_pay + bill.over_price_limit),
        **{key: yuan(getattr(bill, key)) for key in amounts},
    }


def assessed(library: Library, draft: dict[str, Any]) -> Assessment:
    case = read_case(draft, library.localities)
    return assess(case, library.rules(case.locality), ON)


def pays(assessment: Assessment) -> dict[str, int | None]:
    lines = [line for benefit in assessment.benefits for line in benefit.lines]
    return {line.expense: None if line.payable is None else line.payable.fen for line in lines}


@given(PEOPLE, BILLS)
def test_every_line_pays_what_a_second_computation_says(
    library: Library, person: Person, sheets: tuple[Bill, ...]
) -> None:
    assert pays(assessed(library, draft_of(person, sheets))) == reckoned(person, sheets)


@given(PEOPLE, BILLS)
def test_no_line_pays_more_than_was_borne_or_than_the_cap_leaves(
    library: Library, person: Person, sheets: tuple[Bill, ...]
) -> None:
    paid = person.assistance_paid + sum(bill.assistance_paid for bill in sheets)
    for benefit in assessed(library, draft_of(person, sheets)).benefits:
        assert benefit.payable is not None and benefit.payable.fen <= max(0, CAP - paid)
        for line in benefit.lines:
            assert line.self_pay is not None and line.payable is not None
            assert 0 <= line.payable.fen <= line.self_pay.fen
            assert (line.reason is None) == (line.payable.fen > 0)


@given(PEOPLE, BILLS.filter(bool), st.integers(1, 1_000_000), st.data())
def test_who_bore_more_is_never_paid_less(
    library: Library, person: Person, sheets: tuple[Bill, ...], more: int, data: st.DataObject
) -> None:
    before = assessed(library, draft_of(person, sheets))
    dearer = draft_of(person, sheets)
    expense = dearer["expenses"][data.draw(st.integers(0, len(sheets) - 1))]
    for key in ("total", "in_scope"):
        expense[key] = str(Decimal(expense[key]) + Decimal(yuan(more)))
    after = assessed(library, dearer)
    assert before.payable is not None and after.payable is not None
    assert after.payable >= before.payable


@given(PEOPLE, BILLS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter_to_amounts(
    library: Library, person: Person, sheets: tuple[Bill, ...], chance: Any
) -> None:
    draft = draft_of(person, sheets)
    mixed = deepcopy(draft)
    chance.shuffle(mixed["expenses"])
    chance.shuffle(mixed["household"]["members"])
    one, other = assessed(library, draft), assessed(library, mixed)
    assert pays(one) == pays(other)
    assert sorted(map(str, one.subsidies)) == sorted(map(str, other.subsidies))
    assert {benefit.tilt for benefit in one.benefits} == {benefit.tilt for benefit in other.benefits}


@given(PEOPLE, BILLS)
def test_the_same_case_gives_the_same_bytes(library: Library, person: Person, sheets: tuple[Bill, ...]) -> None:
    draft = draft_of(person, sheets)
    once, twice = (json.dumps(assessment_data(assessed(library, deepcopy(draft)))) for _ in range(2))
    assert once == twice


@given(PEOPLE, BILLS)
def test_no_two_steps_share_an_id(library: Library, person: Person, sheets: tuple[Bill, ...]) -> None:
    ids = [step.id for step in assessed(library, draft_of(person, sheets)).trace]
    assert len(set(ids)) == len(ids)


def test_several_earlier_cases_of_the_year_are_taken_together(library: Library) -> None:
    bill = Bill("e1", FIRST, "inpatient", True, "done", 1_000_000, 0, 0, 1, 0, 0)
    draft = draft_of(Person("dibao_marginal", 0, 0, None), (bill,))
    draft["household"]["members"][0]["year_to_date"] = [
        {"year": 2024, "deductible_used": "400", "assistance_paid": "30000"},
        {"year": 2024, "deductible_used": "500", "assistance_paid": "19000"},
        {"year": 2023, "deductible_used": "1000", "assistance_paid": "50000"},
    ]
    # (9999.99 − (1000 − 900)) × 60 % = 5939.994, of which the cap leaves 50000 − 49000.
    assert pays(assessed(library, draft)) == {"e1": 100_000}
    draft["household"]["members"][0]["year_to_date"][1]["assistance_paid"] = None
    unknown = assessed(library, draft)
    assert pays(unknown) == {"e1": None}
    assert [one.path for one in unknown.missing if "year_to_date" in one.path] == [
        "household.members[0].year_to_date[1].assistance_paid"
    ]
