"""Large and odd cases are computed or refused in words; nothing is guessed, nothing falls over."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.problems import Refused
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 9, 1)


def assessed(library: Library, draft: Draft) -> Assessment:
    """What the draft comes to on its own locality."""
    case = read_case(draft, library.localities)
    return assess(case, library.rules(case.locality), ON)


def numbered(sample: Draft, members: int, expenses: int) -> Draft:
    """A household of so many with so many bills, a day after the other."""
    draft = deepcopy(sample)
    first, bill = draft["household"]["members"][0], draft["expenses"][0]
    others = [
        {"id": f"m{number}", "name": f"样本{number}", "relation": "other", "counted": True, "identities": []}
        for number in range(1, members)
    ]
    draft["household"]["members"] = [first, *others]
    draft["household"]["incomes"] = []
    days = [date(2023, 7, 1) + timedelta(days=number % 300) for number in range(expenses)]
    people = [first["id"], *(other["id"] for other in others)]
    draft["expenses"] = [
        {
            **bill,
            "id": f"e{number}",
            "patient": people[number % members],
            "admitted_on": day.isoformat(),
            "discharged_on": day.isoformat(),
            "settled_on": day.isoformat(),
        }
        for number, day in enumerate(days)
    ]
    return draft


@pytest.fixture
def draft(sample: Callable[[str], Draft]) -> Draft:
    """The case of the first sample."""
    return sample("01")


def test_five_hundred_expenses_of_thirty_members_are_computed(library: Library, draft: Draft) -> None:
    found = assessed(library, numbered(draft, 30, 500))
    assert sum(len(benefit.lines) for benefit in found.benefits) == 500
    assert {benefit.person for benefit in found.benefits} == {"p1", *(f"m{number}" for number in range(1, 30))}


@pytest.mark.parametrize("year", [1950, 2090])
def test_a_bill_of_another_age_is_refused_or_outside_the_policy(library: Library, draft: Draft, year: int) -> None:
    for key in ("admitted_on", "discharged_on", "settled_on"):
        draft["expenses"][0][key] = f"{year}-03-01"
    if year > 2024:
        with pytest.raises(Refused) as refused:
            assessed(library, draft)
        assert [fault.path for fault in refused.value.faults] == ["expenses[0].settled_on"]
    else:
        line = assessed(library, draft).line("e1")
        assert line is not None
        assert (line.reason, line.payable) == ("policy_not_in_force", Money(0))


@pytest.mark.parametrize("year", [1950, 2090])
def test_an_application_of_another_age_is_refused_or_left_open(library: Library, draft: Draft, year: int) -> None:
    draft |= {"applied_on": f"{year}-05-20", "surveyed_on": f"{year}-05-27"}
    draft["expenses"] = []
    if year < 2000:
        # No rule was in force then: what is missing is the rule, and who sets it is named.
        found = assessed(library, draft)
        assert found.identification is not None
        assert found.identification.verdict == "undetermined"
        assert "identification" in {one.path for one in found.missing}
        return
    found = assessed(library, draft)
    assert found.identification is not None
    assert found.identification.verdict != "redirect"


def test_a_bill_of_nothing_pays_nothing_and_says_why(library: Library, draft: Draft) -> None:
    draft["matter"] = "assistance"
    draft["household"]["members"][0]["identities"] = [{"kind": "dibao", "since": "2020-01-01"}]
    for key, value in draft["expenses"][0].items():
        if isinstance(value, str) and value.replace(".", "").isdigit():
            draft["expenses"][0][key] = "0.00"
    line = assessed(library, draft).line("e1")
    assert line is not None
    assert line.reason == "no_self_pay"


def test_a_member_without_an_id_number_is_computed_by_the_birth_date(library: Library, draft: Draft) -> None:
    member = draft["household"]["members"][0]
    member |= {"id_number": None, "birth_date": "1961-02-03"}
    assert assessed(library, draft).identification is not None


def test_an_unknown_locality_is_refused_with_those_that_are_here(library: Library, draft: Draft) -> None:
    draft["locality"] = "nowhere"
    with pytest.raises(Refused) as refused:
        assessed(library, draft)
    (fault,) = refused.value.faults
    assert fault.path == "locality"
    assert "guizhou-sample" in fault.remedy
