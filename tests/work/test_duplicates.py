"""The same person or settlement in another case: noticed wherever it is, set side by side, and silent once acknowledged."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from desktop.store.journal import entries_of
from desktop.work.discarding import delete_case, put_back
from desktop.work.duplicates import Alike, acknowledge, alike, marks_of
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Draft = dict[str, Any]
WANG, LI = "520199197203152014", "520199197408023021"


def person(name: str | None = None, number: str | None = None, born: str | None = None, **more: object) -> Draft:
    return {"name": name, "id_number": number, "birth_date": born, **more}


def draft(*members: Draft, expenses: tuple[Draft, ...] = (), village: str = "石板村") -> Draft:
    rows = [
        {**row, "id": f"p{place}", "relation": "self" if place == 1 else "child"}
        for place, row in enumerate(members, 1)
    ]
    return {
        "matter": "assistance",
        "applied_on": "2024-05-20",
        "patient": "p1",
        "household": {"members": rows, "village": village},
        "expenses": [{"id": f"e{place}", "patient": "p1", **row} for place, row in enumerate(expenses, 1)],
    }


STAY: Draft = {
    "provider": "示例县人民医院",
    "admitted_on": "2024-02-01",
    "settled_on": "2024-02-20",
    "total": "80000.00",
    "in_scope": "70000.00",
    "basic_paid": "42000.00",
}


@pytest.fixture
def take_in(office: Office) -> Callable[[Draft], str]:
    def keep(kept: Draft) -> str:
        case_id = new_case(office, str(kept["matter"])).id
        save_case(office, case_id, deepcopy(kept), {})
        return case_id

    return keep


TakeIn = Callable[[Draft], str]


def told(office: Office, case_id: str, of: Draft) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.own, one.theirs, one.other.id) for one in alike(office, case_id, of)]


# ---------------------------------------------------------------- who is the same


def test_the_applicant_is_found_as_a_member_of_another_household(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("李示范"), person("王示例", WANG)))
    here = draft(person("王示例", WANG))
    (one,) = alike(office, take_in(here), here)
    assert (one.what, one.own, one.theirs, one.other.id) == ("person", "p1", "p2", other)
    assert (one.name, one.applicant, one.other.village, one.other.applicant) == ("王示例", False, "石板村", "李示范")


def test_a_member_is_found_as_the_applicant_of_another_case(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("王示例", WANG)))
    here = draft(person("李示范", LI), person("王示例", WANG))
    (one,) = alike(office, take_in(here), here)
    assert (one.own, one.theirs, one.other.id, one.applicant) == ("p2", "p1", other, True)


@pytest.mark.parametrize(
    "typed", ["520199197203152014", " 520199 19720315 2014 ", "５２０１９９１９７２０３１５２０１４", "520199720315201"]
)
def test_a_number_is_the_same_however_it_is_typed(office: Office, take_in: TakeIn, typed: str) -> None:
    other = take_in(draft(person("王示例", "520199197203152014")))
    here = draft(person("王某", typed))
    assert told(office, take_in(here), here) == [("person", "p1", "p1", other)]


def test_a_small_x_at_the_end_is_a_capital_one(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("单小明", "52010219870315003x")))
    here = draft(person("单小明", "52010219870315003X"))
    assert told(office, take_in(here), here) == [("person", "p1", "p1", other)]


def test_without_a_number_name_and_birth_date_tell(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("王 示例", born="1972-03-15")))
    here = draft(person("王示例", born="1972-03-15"))
    assert told(office, take_in(here), here) == [("person", "p1", "p1", other)]
    here = draft(person("王示例", born="1972-03-16"))
    assert told(office, take_in(here), here) == []


def test_a_number_tells_the_birth_date_to_one_who_has_none(office: Office, take_in: TakeIn) -> None:
    with_number = take_in(draft(person("王示例", WANG)))
    without = draft(person("王示例", born="1972-03-15"))
    without_id = take_in(without)
    assert told(office, without_id, without) == [("person", "p1", "p1", with_number)]
    here = draft(person("王示例", WANG))
    assert told(office, with_number, here) == [("person", "p1", "p1", without_id)]


def test_two_numbers_are_two_people_though_name_and_birth_date_agree(office: Office, take_in: TakeIn) -> None:
    take_in(draft(person("王示例", "520199197203152014")))
    here = draft(person("王示例", "520199197203152030"))
    assert told(office, take_in(here), here) == []


@pytest.mark.parametrize(
    "row", [person("王示例"), person(None, None, "1972-03-15"), person("王示例", "5201"), person()]
)
def test_what_is_not_known_is_like_nothing(office: Office, take_in: TakeIn, row: Draft) -> None:
    take_in(draft(row))
    here = draft(row)
    assert told(office, take_in(here), here) == []


def test_twice_within_one_case_is_not_told_here(office: Office, take_in: TakeIn) -> None:
    here = draft(person("王示例", WANG), person("王示例", WANG), expenses=(STAY, STAY))
    assert told(office, take_in(here), here) == []


# ---------------------------------------------------------------- which settlement is the same


def test_the_same_settlement_is_found_in_another_case(office: Office, take_in: TakeIn) -> None:
    other = take_in(
        draft(person("李示范"), expenses=({**STAY, "provider": "示例县 人民医院"}, STAY | {"total": "1.00"}))
    )
    here = draft(person("王示例"), expenses=({"provider": "别处"}, STAY | {"total": "80000"}))
    case_id = take_in(here)
    assert told(office, case_id, here) == [("settlement", "e2", "e1", other)]
    (one,) = alike(office, case_id, here)
    assert one.name == "李示范"


@pytest.mark.parametrize(
    "other",
    [{"provider": "示例镇卫生院"}, {"admitted_on": "2024-02-02"}, {"settled_on": "2024-02-21"}, {"total": "79999.99"}],
)
def test_another_hospital_day_or_total_is_another_settlement(office: Office, take_in: TakeIn, other: Draft) -> None:
    take_in(draft(person("李示范"), expenses=({**STAY, **other},)))
    here = draft(person("王示例"), expenses=(STAY,))
    assert told(office, take_in(here), here) == []


# ---------------------------------------------------------------- when it is told


def test_what_is_in_the_bin_is_not_told_until_it_is_put_back(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("王示例", WANG), expenses=(STAY,)))
    here = draft(person("王示例", WANG), expenses=(STAY,))
    case_id = take_in(here)
    delete_case(office, other, "误建")
    assert told(office, case_id, here) == []
    put_back(office, other)
    assert told(office, case_id, here) == [("person", "p1", "p1", other), ("settlement", "e1", "e1", other)]


def test_the_draft_counts_as_it_stands_not_as_it_was_saved(office: Office, take_in: TakeIn) -> None:
    other = take_in(draft(person("王示例", WANG)))
    case_id = take_in(draft(person("李示范", LI)))
    assert told(office, case_id, draft(person("李示范", LI))) == []
    assert told(office, case_id, draft(person("李示范", LI), person("王示例", WANG))) == [("person", "p2", "p1", other)]


def test_several_cases_are_told_with_what_was_begun_last_first(office: Office, take_in: TakeIn) -> None:
    others = [take_in(draft(person("王示例", WANG))) for _ in range(3)]
    here = draft(person("王示例", WANG))
    assert [one.other.id for one in alike(office, take_in(here), here)] == others[::-1]


def test_there_is_something_to_look_for_only_when_people_or_settlements_changed(sample: Sample) -> None:
    typed = sample("01")
    before = marks_of(typed)
    typed["surveyed_on"], typed["household"] = None, {**typed["household"], "phone": "1"}  # type: ignore[dict-item]
    assert marks_of(typed) == before
    changed = deepcopy(typed)
    changed["household"]["members"][1]["name"] = "李示例"  # type: ignore[index]
    assert marks_of(changed) != before
    changed = deepcopy(typed)
    changed["expenses"][0]["total"] = "1.00"  # type: ignore[index]
    assert marks_of(changed) != before


# ---------------------------------------------------------------- side by side


def values(one: Alike) -> dict[str, tuple[object, object, bool]]:
    return {field.path.rpartition(".")[2]: (field.here, field.there, field.differs) for field in one.fields}


def test_people_stand_side_by_side_with_what_differs(office: Office, take_in: TakeIn) -> None:
    other = draft(person("李示范"), person("王某", WANG, counted=False), village="新寨村")
    take_in(other)
    here = draft(person("王示例", WANG, counted=True))
    (one,) = alike(office, take_in(here), here)
    assert values(one) == {
        "name": ("王示例", "王某", True),
        "id_number": ("5201**********2014", "5201**********2014", False),
        "birth_date": ("1972-03-15", "1972-03-15", False),
        "relation": ("self", "child", True),
        "counted": (True, False, True),
        "village": ("石板村", "新寨村", True),
    }
    assert "19720315" not in repr(one)
    assert one.name == "王示例"


def test_what_only_one_case_knows_is_no_difference(office: Office, take_in: TakeIn) -> None:
    take_in(draft(person("王示例", born="1972-03-15"), village=""))
    here = draft(person("王示例", WANG, counted=True))
    (one,) = alike(office, take_in(here), here)
    assert values(one)["id_number"] == ("5201**********2014", None, False)
    assert values(one)["counted"] == (True, None, False)
    assert values(one)["village"] == ("石板村", "", False)


def test_settlements_stand_side_by_side_in_the_order_of_the_sheet(office: Office, take_in: TakeIn) -> None:
    take_in(draft(person("李示范"), expenses=({**STAY, "in_scope": "70000", "basic_paid": "41000.00"},)))
    here = draft(person("王示例"), expenses=(STAY,))
    (one,) = alike(office, take_in(here), here)
    assert values(one) == {
        "provider": ("示例县人民医院", "示例县人民医院", False),
        "admitted_on": ("2024-02-01", "2024-02-01", False),
        "settled_on": ("2024-02-20", "2024-02-20", False),
        "total": ("80000.00", "80000.00", False),
        "in_scope": ("70000.00", "70000", False),
        "basic_paid": ("42000.00", "41000.00", True),
    }
    assert list(values(one)) == ["provider", "admitted_on", "settled_on", "total", "in_scope", "basic_paid"]


def test_the_other_case_is_told_by_its_number_day_and_verdict(office: Office, take_in: TakeIn, sample: Sample) -> None:
    other = sample("01")
    accept_case(office, take_in(other))
    (one, *_) = alike(office, "", other)
    assert (one.other.case_no, one.other.applied_on, one.other.verdict) == ("2024-0001", "2024-05-20", "eligible")
    assert one.other.id_tail == "2014"


# ---------------------------------------------------------------- acknowledged


def test_what_was_acknowledged_is_silent_from_both_cases(office: Office, take_in: TakeIn) -> None:
    there = draft(person("李示范"), person("王示例", WANG), expenses=(STAY,))
    here = draft(person("王示例", WANG), expenses=(STAY,))
    other, case_id = take_in(there), take_in(here)
    acknowledge(office, case_id, alike(office, case_id, here)[:1])
    assert told(office, case_id, here) == [("settlement", "e1", "e1", other)]
    assert told(office, other, there) == [("settlement", "e1", "e1", case_id)]


def test_what_was_acknowledged_of_two_says_nothing_of_a_third(office: Office, take_in: TakeIn) -> None:
    here = draft(person("王示例", WANG))
    take_in(here)
    case_id = take_in(here)
    acknowledge(office, case_id, alike(office, case_id, here)[:1])
    third = take_in(here)
    assert told(office, case_id, here) == [("person", "p1", "p1", third)]
    assert len(alike(office, third, here)) == 2


def test_an_acknowledgement_is_an_entry_of_the_case_without_a_name(office: Office, take_in: TakeIn) -> None:
    here = draft(person("王示例", WANG))
    other, case_id = take_in(here), take_in(here)
    found = alike(office, case_id, here)
    acknowledge(office, case_id, found)
    acknowledge(office, case_id, found)
    (last,) = (entry for entry in entries_of(office.kept, case_id) if entry.kind == "checked")
    assert last.who == "chen"
    assert last.new == {"what": "person", "own": "p1", "other": other, "theirs": "p1"}
    assert told(office, case_id, here) == []
