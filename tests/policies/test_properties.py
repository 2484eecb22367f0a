"""What holds of every case in every locality, whatever its numbers."""

import json
from copy import deepcopy
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import paths
from desktop.domain.money import Money
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, assessment_data
from desktop.policy.law.rules import Rules
from desktop.policy.published import quantity_on
from desktop.work.library import load_library

LIBRARY = load_library(paths.POLICIES)
LOCALITIES = sorted(locality.id for locality in LIBRARY.localities.values())
ON = date(2024, 9, 1)
FIRST = date(2023, 1, 7)
AMOUNTS = ("prior_self_pay", "over_price_limit", "full_self_pay")
PAID = ("basic_paid", "major_paid", "supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid")
Draft = dict[str, Any]


def yuan(fen: int) -> str:
    """Fen as the case file writes them."""
    return str(Money(fen))


@st.composite
def expenses(draw: st.DrawFn, number: int, patients: int) -> Draft:
    """A settlement sheet whose parts add up."""
    kind = draw(st.sampled_from(("inpatient", "inpatient", "outpatient_chronic", "special_drug", "outpatient")))
    in_scope = draw(st.integers(0, 20_000_000))
    others = {key: draw(st.integers(0, 2_000_000)) for key in AMOUNTS}
    left = in_scope
    paid = {}
    for key in PAID:
        paid[key] = draw(st.integers(0, left // 2))
        left -= paid[key]
    settled = FIRST + timedelta(days=draw(st.integers(0, 540)))
    stay = draw(st.integers(0, 40))
    dates = {"settled_on": settled.isoformat()}
    if kind == "inpatient":
        dates |= {"admitted_on": (settled - timedelta(days=stay)).isoformat(), "discharged_on": settled.isoformat()}
    return {
        "id": f"e{number}",
        "patient": f"p{draw(st.integers(1, patients))}",
        "kind": kind,
        "designated": draw(st.sampled_from((True, True, True, False))),
        "emergency_rescue": draw(st.booleans()),
        "place": draw(st.sampled_from(("county", "pooling_area", "province", "elsewhere"))),
        "referral": draw(st.sampled_from(("not_needed", "done", "missing"))),
        "one_stop": draw(st.booleans()),
        "charge_class": draw(st.sampled_from(("first", "second_province_or_city", "second_county_or_third"))),
        "chronic_class": draw(st.sampled_from((1, 2, 3))),
        **dates,
        "total": yuan(in_scope + sum(others.values())),
        "in_scope": yuan(in_scope),
        **{key: yuan(fen) for key, fen in (others | paid).items()},
    }


@st.composite
def identities(draw: st.DrawFn, kinds: tuple[str, ...]) -> Draft:
    """An identity with its days."""
    since = FIRST + timedelta(days=draw(st.integers(-200, 400)))
    until = draw(st.sampled_from((None, None, since + timedelta(days=draw(st.integers(0, 300))))))
    return {
        "kind": draw(st.sampled_from(kinds)),
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }


@st.composite
def members(draw: st.DrawFn, number: int, kinds: tuple[str, ...]) -> Draft:
    """A member who is insured, or not, or enrols only now."""
    return {
        "id": f"p{number}",
        "name": f"样本{number}",
        "birth_date": "1970-01-01",
        "relation": "self" if number == 1 else "child",
        "counted": True,
        "identities": draw(st.lists(identities(kinds), max_size=2)),
        "insurance": [
            {"year": year, "scheme": draw(st.sampled_from(("resident", "resident", "none"))), "paid_on": "2023-11-02"}
            for year in (2023, 2024)
        ],
        "registered_in_province": True,
        "insured_in_province": True,
        "disability_grade": 0,
    }


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A whole case in one of the localities."""
    locality = draw(st.sampled_from(LOCALITIES))
    policy = LIBRARY.rules(locality).policy
    kinds = tuple(identity for group in policy.classes for identity in group.identities)
    people = draw(st.integers(1, 3))
    return {
        "format": "yimen-case/1",
        "locality": locality,
        "matter": draw(st.sampled_from(("assistance", "illness_poverty"))),
        "applied_on": "2024-07-15",
        "surveyed_on": "2024-07-20",
        "patient": "p1",
        "household": {
            "residence": draw(st.sampled_from(("rural", "urban"))),
            "property_ok": draw(st.sampled_from((True, True, None, False))),
            "members": [draw(members(number, kinds)) for number in range(1, people + 1)],
            "incomes": [
                {"member": "p1", "kind": "wage", "amount": yuan(draw(st.integers(0, 9_000_000))), "counted": True}
            ],
            "assets": [],
        },
        "expenses": [draw(expenses(number, people)) for number in range(1, draw(st.integers(1, 4)) + 1)],
    }


def rules_of(draft: Draft) -> Rules:
    """The rules of the draft's locality."""
    return LIBRARY.rules(draft["locality"])


def assessed(draft: Draft) -> Assessment:
    """What the draft comes to."""
    return assess(read_case(draft), rules_of(draft), ON)


def paid_to(found: Assessment, person: str) -> int | None:
    """What a person is paid in all, 倾斜救助 left aside, in fen; None where a part is not known."""
    parts = [benefit.payable for benefit in found.benefits if benefit.person == person]
    return None if any(part is None for part in parts) else sum(part.fen for part in parts if part)


@given(drafts(), st.data())
def test_more_own_cost_never_lowers_the_assistance(draft: Draft, data: st.DataObject) -> None:
    expense = data.draw(st.sampled_from(draft["expenses"]))
    before = paid_to(assessed(draft), expense["patient"])
    more = data.draw(st.integers(1, 3_000_000))
    for key in ("in_scope", "total"):
        expense[key] = str(Decimal(expense[key]) + Decimal(more).scaleb(-2))
    after = paid_to(assessed(draft), expense["patient"])
    if before is not None and after is not None:
        assert after >= before


@given(drafts(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_expenses_in_the_file_does_not_matter(draft: Draft, chance: Any) -> None:
    found = assessed(draft)
    other = deepcopy(draft)
    chance.shuffle(other["household"]["members"])
    chance.shuffle(other["expenses"])
    again = assessed(other)
    assert {(one.person, one.year): one for one in found.benefits} == {
        (one.person, one.year): one for one in again.benefits
    }
    assert {(one.person, one.year): one for one in found.subsidies} == {
        (one.person, one.year): one for one in again.subsidies
    }
    verdicts = [one.identification and one.identification.verdict for one in (found, again)]
    assert verdicts[0] == verdicts[1]
    assert {one.id for one in found.alerts} == {one.id for one in again.alerts}


@given(drafts(), st.data())
def test_a_stay_in_two_equal_parts_pays_the_same_but_for_rounding(draft: Draft, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(draft["expenses"]) - 1))
    whole = draft["expenses"][place]
    # What was paid already comes off each part's own amount, never below nothing: that is no matter of rounding.
    whole["assistance_paid"] = "0.00"
    for key in ("in_scope", *AMOUNTS, *PAID):
        whole[key] = str((Decimal(whole[key]) / 2).quantize(Decimal("0.01"), ROUND_DOWN) * 2)
    whole["total"] = str(sum(Decimal(whole[key]) for key in ("in_scope", *AMOUNTS)))
    before = paid_to(assessed(draft), whole["patient"])
    half = {key: str(Decimal(whole[key]) / 2) for key in ("in_scope", "total", *AMOUNTS, *PAID)}
    draft["expenses"][place] = {**whole, **half}
    draft["expenses"].append({**whole, **half, "id": f"{whole['id']}b"})
    after = paid_to(assessed(draft), whole["patient"])
    if before is not None and after is not None:
        # A line's own rounding, and that of each line after it that the cap or the deductible binds.
        assert abs(after - before) <= len(draft["expenses"])


@given(drafts())
def test_no_line_pays_more_than_is_left_of_its_identitys_cap(draft: Draft) -> None:
    case, rules = read_case(draft), rules_of(draft)
    found = assess(case, rules, ON)
    for benefit in found.benefits:
        assert benefit.year is not None
        by_id = {expense.id: expense for expense in case.expenses}
        paid = sum((by_id[line.expense].assistance_paid or Money(0)).fen for line in benefit.lines)
        for line in benefit.lines:
            group = rules.policy.class_of(line.identity)
            cap = quantity_on(rules, group.cap, date(benefit.year, 6, 1)) if group and group.cap else None
            if line.payable and cap is not None:
                assert line.payable.fen <= max(0, int(cap * 100) - paid)
            paid += line.payable.fen if line.payable else 0


@given(drafts())
@settings(max_examples=50)
def test_assessing_twice_gives_the_same_bytes(draft: Draft) -> None:
    first, second = (
        json.dumps(assessment_data(assessed(deepcopy(draft))), ensure_ascii=False).encode() for _ in range(2)
    )
    assert first == second
