"""The draft: reached by path, its rows added, taken out and put back; its questions asked only where they apply."""

from collections.abc import Callable

import pytest

from desktop.domain.reading import read_case
from desktop.window.intake.editing import Edits
from desktop.window.questions.asking import BY_TABLE, answered, given, is_asked, settle, step_of, under
from desktop.window.questions.draft import Draft, split_path
from desktop.window.questions.lacking import lacking
from desktop.window.questions.question import Question
from desktop.work.assessing import assess_draft
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]


def question(table: str, key: str) -> Question:
    return next(one for one in BY_TABLE[table] if one.key == key)


def test_a_path_is_its_names_and_places() -> None:
    assert split_path("household.members[10].identities[0].kind") == [
        "household",
        "members",
        10,
        "identities",
        0,
        "kind",
    ]


def test_a_value_is_put_where_no_table_was_and_got_back() -> None:
    draft = Draft({})
    draft.put("household.residence", "rural")
    assert draft.get("household.residence") == "rural"
    assert draft.get("household.members[3].name") is None
    assert "household.residence" in draft.touched


def test_ids_go_on_after_the_highest_and_are_not_given_twice() -> None:
    draft = Draft({"expenses": [{"id": "e1"}, {"id": "e7"}, {"id": "other"}]})
    assert draft.next_id("expenses", "e") == "e8"
    assert draft.next_id("household.members", "p") == "p1"


def test_a_removed_row_is_put_back_where_it_stood() -> None:
    draft = Draft({"expenses": [{"id": "e1"}, {"id": "e2"}, {"id": "e3"}]})
    removed = draft.remove_row("expenses", 1)
    assert [row["id"] for row in draft.rows("expenses")] == ["e1", "e3"]
    draft.put_back(removed)
    assert [row["id"] for row in draft.rows("expenses")] == ["e1", "e2", "e3"]


def test_later_typing_does_not_reach_a_snapshot() -> None:
    draft = Draft({"household": {"members": [{"name": "王"}]}})
    kept = draft.snapshot()
    draft.put("household.members[0].name", "王示例")
    assert Draft(kept).get("household.members[0].name") == "王"


def test_an_answer_that_is_not_asked_for_any_more_does_not_count_and_comes_back() -> None:
    draft = Draft({"expenses": [{"kind": "inpatient", "admitted_on": "2024-02-01"}]})
    draft.put("expenses[0].kind", "outpatient")
    settle(draft, "expenses[0].kind")
    assert draft.get("expenses[0].admitted_on") is None
    draft.put("expenses[0].kind", "inpatient")
    settle(draft, "expenses[0].kind")
    assert draft.get("expenses[0].admitted_on") == "2024-02-01"


def test_emergency_rescue_is_asked_only_of_a_provider_without_contract() -> None:
    rescue = question("expenses", "emergency_rescue")
    assert not is_asked(Draft({"expenses": [{"designated": True}]}), "expenses[0]", rescue)
    assert not is_asked(Draft({"expenses": [{}]}), "expenses[0]", rescue)
    assert is_asked(Draft({"expenses": [{"designated": False}]}), "expenses[0]", rescue)


def test_the_birth_date_is_given_only_by_a_number_that_can_be_one() -> None:
    birth = question("household.members", "birth_date")
    draft = Draft({"household": {"members": [{"id_number": "520199197203152014"}]}})
    assert given(draft, "household.members[0]", birth) == "1972-03-15"
    draft.put("household.members[0].id_number", "520199197203152015")
    assert given(draft, "household.members[0]", birth) is None


def test_a_stated_birth_date_steps_back_for_the_number_and_returns() -> None:
    draft = Draft({"household": {"members": [{"birth_date": "1972-03-16"}]}})
    draft.put("household.members[0].id_number", "520199197203152014")
    settle(draft, "household.members[0].id_number")
    assert draft.get("household.members[0].birth_date") is None
    draft.put("household.members[0].id_number", None)
    settle(draft, "household.members[0].id_number")
    assert draft.get("household.members[0].birth_date") == "1972-03-16"


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("applied_on", "household"),
        ("household.members", "household"),
        ("household.members[3].id_number", "household"),
        ("household.members[0].identities[0].since", "insurance"),
        ("household.members[0].year_to_date.deductible_used", "insurance"),
        ("household.incomes[2].amount", "income"),
        ("household.property_ok", "property"),
        ("expenses[39].in_scope", "expenses"),
        ("locality", None),
    ],
)
def test_every_path_belongs_to_the_step_that_asks_it(path: str, step: str | None) -> None:
    assert step_of(path) == step


def test_a_new_case_has_answered_no_step_but_a_list_of_none_is_an_answer() -> None:
    draft = Draft(
        {"applied_on": "2024-05-20", "patient": "p1", "household": {"members": [{"id": "p1", "relation": "self"}]}}
    )
    assert not any(answered(draft, step) for step in ("household", "insurance", "income", "property", "expenses"))
    draft.put("household.incomes", [])
    assert answered(draft, "income")


TABLES = {
    "": "",
    "household.members": "household.members[0]",
    "household.members.identities": "household.members[0].identities[0]",
    "household.members.insurance": "household.members[0].insurance[0]",
    "household.members.year_to_date": "household.members[0].year_to_date[0]",
    "household.incomes": "household.incomes[0]",
    "household.assets": "household.assets[0]",
    "expenses": "expenses[0]",
}


def test_every_question_is_a_field_of_the_case_file(sample: Sample) -> None:
    draft = Draft(sample("01"))
    draft.put("household.members[0].year_to_date", [{"year": 2024}])
    assert set(TABLES) == set(BY_TABLE)
    for table, questions in BY_TABLE.items():
        for one in questions:
            path = under(TABLES[table], one.key)
            draft.put(path, draft.get(path))
    read_case(draft.tree)


def test_a_member_with_an_income_is_not_dropped_silently(sample: Sample) -> None:
    draft, edits, said = Draft(sample("01")), Edits(), []
    edits.open(draft)
    edits.said.connect(lambda words, way_back: said.append((words, way_back)))
    edits.remove("household.members", 1)
    assert len(draft.rows("household.members")) == 2
    words, way_back = said[0]
    assert "1 笔收入" in words and way_back is None


def test_the_patient_is_not_dropped(sample: Sample) -> None:
    draft, edits, said = Draft(sample("01")), Edits(), []
    edits.open(draft)
    edits.said.connect(lambda words, way_back: said.append(words))
    edits.remove("household.members", 0)
    assert len(draft.rows("household.members")) == 2
    assert "患者" in said[0]


def test_taking_out_the_last_income_does_not_state_that_there_is_none(sample: Sample) -> None:
    draft, edits, ways_back = Draft(sample("01")), Edits(), []
    edits.open(draft)
    edits.said.connect(lambda words, way_back: ways_back.append(way_back))
    edits.remove("household.incomes", 0)
    assert draft.get("household.incomes") is None
    ways_back[0]()
    assert draft.get("household.incomes[0].amount") == "30000.00"


def test_what_is_lacking_is_known_in_spite_of_faults(office: Office, sample: Sample) -> None:
    draft = Draft(sample("01"))
    draft.put("household.residence", None)
    draft.put("household.members[1].id_number", "52019")
    draft.add_row("household.incomes", {})
    draft.rows("expenses").insert(0, {"id": "e9", "patient": "p1", "kind": "inpatient"})
    draft.put("expenses[1].referral", None)
    outcome = assess_draft(office, draft.tree)
    assert outcome.assessment is None
    paths = {one.path for one in lacking(outcome, draft, lambda tree: assess_draft(office, tree))}
    assert {"household.residence", "expenses[1].referral"} <= paths
