"""The edits between two drafts lead from one to the other and back, name what changed, and of two windows they commute."""

import itertools
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.edits import (
    ROW_ID,
    Edit,
    Misfit,
    Tree,
    applied,
    edits_between,
    merged,
    reversed_edits,
    tracked,
    untracked,
)

Draft = dict[str, Any]


def ids_of(window: str) -> Callable[[], str]:
    count = itertools.count(1)
    return lambda: f"{window}.{next(count)}"


def exact(tree: object) -> str:
    """A text that tells True from 1 from 1.0, as the file does."""
    return json.dumps(tree, sort_keys=True, ensure_ascii=False)


def row_ids(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value[ROW_ID]] if ROW_ID in value else []
        return own + [one for part in value.values() for one in row_ids(part)]
    return [one for part in value for one in row_ids(part)] if isinstance(value, list) else []


def kept(draft: Draft) -> Draft:
    return tracked(draft, ids_of("w1"))


def edits(before: Draft, work: Callable[[Draft], object]) -> tuple[Edit, ...]:
    """The edits of a window that opens a tracked tree and works on it; they lead there and back."""
    after = untracked(before)
    work(after)
    found, now = edits_between(before, after, ids_of("w2"))
    assert exact(applied(before, found)) == exact(now)
    assert exact(applied(now, reversed_edits(found))) == exact(before)
    return found


CASE = kept(
    {
        "matter": "illness_poverty",
        "surveyed_on": None,
        "household": {
            "members": [
                {"id": "p1", "name": "王示例", "identities": [{"kind": "dibao", "since": "2023-03-01"}]},
                {"id": "p2", "name": "李示例", "identities": []},
                {"id": "p3", "name": "李小示例"},
            ],
            "incomes": [
                {"member": "p2", "kind": "wage", "amount": "30000.00"},
                {"member": "p2", "kind": "wage", "amount": "30000.00"},
                {"member": "p1", "kind": "business", "amount": "1200.00"},
            ],
        },
        "papers": {"id-card": "received"},
    }
)
MEMBERS = CASE["household"]["members"]


# ---------------------------------------------------------------- what an edit looks like


def test_a_changed_field_is_one_edit_with_both_values() -> None:
    assert edits(CASE, lambda draft: draft.update(matter="assistance")) == (
        Edit("matter", "illness_poverty", "assistance"),
    )


def test_a_field_of_a_row_is_named_by_the_row_and_not_by_its_place() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"][1].update(name="李四示例"))
    assert found == (Edit("household.members[w1.3].name", "李示例", "李四示例"),)


def test_a_field_of_a_row_within_a_row_is_named_through_both() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"][0]["identities"][0].update(until="2024-01-31"))
    assert found == (Edit("household.members[w1.1].identities[w1.2].until", None, "2024-01-31"),)


def test_a_paper_is_a_field_like_others() -> None:
    found = edits(CASE, lambda draft: draft["papers"].update({"survey_form": "open"}))
    assert found == (Edit("papers.survey_form", None, "open"),)


def test_a_row_at_the_end_is_put_in_after_the_last() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"].append({"id": "p4", "identities": [{}]}))
    row = {"#": "w2.1", "id": "p4", "identities": [{"#": "w2.2"}]}
    assert found == (Edit("household.members[w2.1]", None, {"row": row, "after": "w1.4"}),)


def test_a_row_in_front_is_put_in_after_none() -> None:
    found = edits(CASE, lambda draft: draft["household"]["incomes"].insert(0, {"kind": "property"}))
    row = {"#": "w2.1", "kind": "property"}
    assert found == (Edit("household.incomes[w2.1]", None, {"row": row, "after": None}),)


def test_a_row_in_the_middle_is_taken_out_with_all_it_holds() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"].pop(1))
    assert found == (Edit("household.members[w1.3]", {"row": MEMBERS[1], "after": "w1.1"}, None),)


def test_several_rows_taken_out_are_put_back_in_their_order() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"].clear())
    assert [edit.path for edit in found] == [f"household.members[w1.{one}]" for one in (4, 3, 1)]
    assert [edit.path for edit in reversed_edits(found)] == [f"household.members[w1.{one}]" for one in (1, 3, 4)]


def test_of_two_equal_rows_the_one_that_changed_is_edited() -> None:
    first = edits(CASE, lambda draft: draft["household"]["incomes"][0].update(amount="31000.00"))
    second = edits(CASE, lambda draft: draft["household"]["incomes"][1].update(amount="31000.00"))
    assert first == (Edit("household.incomes[w1.5].amount", "30000.00", "31000.00"),)
    assert second == (Edit("household.incomes[w1.6].amount", "30000.00", "31000.00"),)


def test_an_empty_row_that_is_filled_in_stays_the_row_that_it_was() -> None:
    before = kept({"assets": [{}, {"kind": "car"}]})
    assert edits(before, lambda draft: draft["assets"][0].update(kind="deposit")) == (
        Edit("assets[w1.1].kind", None, "deposit"),
    )


def test_a_row_without_an_id_is_told_by_what_it_holds_when_another_goes() -> None:
    before = kept({"incomes": [{"kind": "wage"}, {"kind": "property"}, {"kind": "business", "amount": "1"}]})

    def work(draft: Draft) -> None:
        del draft["incomes"][0]
        draft["incomes"][1]["amount"] = "2"

    paths = [edit.path for edit in edits(before, work)]
    assert paths == ["incomes[w1.1]", "incomes[w1.3].amount"]


def test_of_rows_that_all_changed_the_most_alike_are_one() -> None:
    before = kept({"incomes": [{"kind": "wage", "amount": "1", "note": "a"}, {"kind": "property", "amount": "2"}]})
    found = edits(before, lambda draft: draft.update(incomes=[{"kind": "property", "amount": "3"}]))
    assert [edit.path for edit in found] == ["incomes[w1.1]", "incomes[w1.2].amount"]


def test_one_row_gone_and_another_come_are_not_rows_that_changed() -> None:
    before = kept({"incomes": [{"kind": "wage"}, {"kind": "property"}, {"kind": "business"}]})
    found = edits(before, lambda draft: draft.update(incomes=[*draft["incomes"][1:], {"kind": "transfer"}]))
    assert [edit.path for edit in found] == ["incomes[w1.1]", "incomes[w2.1]"]


def test_a_row_with_another_id_is_another_row_however_alike() -> None:
    found = edits(CASE, lambda draft: draft["household"]["members"][2].update(id="p9"))
    assert [edit.path for edit in found] == ["household.members[w1.4]", "household.members[w2.1]"]


def test_a_row_that_moves_keeps_its_id_and_its_own_edits() -> None:
    def work(draft: Draft) -> None:
        members = draft["household"]["members"]
        members.append(members.pop(0))
        members[2]["name"] = "王改示例"

    assert edits(CASE, work) == (
        Edit("household.members[w1.1]", {"row": MEMBERS[0], "after": None}, None),
        Edit("household.members[w1.1]", None, {"row": MEMBERS[0], "after": "w1.4"}),
        Edit("household.members[w1.1].name", "王示例", "王改示例"),
    )


def test_that_there_are_none_is_not_that_it_is_unknown() -> None:
    unknown, none = kept({"assets": None}), kept({"assets": []})
    assert unknown == {}
    assert none == {"assets": []}
    assert edits(unknown, lambda draft: draft.update(assets=[])) == (Edit("assets", None, []),)
    assert edits(none, lambda draft: draft.update(assets=None)) == (Edit("assets", [], None),)


def test_a_list_comes_before_its_rows_and_ceases_after_them() -> None:
    before = kept({"assets": [{"kind": "car"}]})
    gone = edits(before, lambda draft: draft.pop("assets"))
    assert [(edit.path, edit.new) for edit in gone] == [("assets[w1.1]", None), ("assets", None)]
    come = edits({}, lambda draft: draft.update(assets=[{"kind": "car"}]))
    assert [(edit.path, edit.old) for edit in come] == [("assets", None), ("assets[w2.1]", None)]


def test_a_list_that_holds_no_rows_is_replaced_whole() -> None:
    before = kept({"marks": ["a", {"b": None}]})
    assert edits(before, lambda draft: draft.update(marks=["a", {"b": 1}])) == (
        Edit("marks", ["a", {}], ["a", {"b": 1}]),
    )


def test_what_becomes_of_another_kind_is_emptied_and_then_filled() -> None:
    before = kept({"household": {"phone": "1"}, "expenses": [{"id": "e1"}]})
    found = edits(before, lambda draft: draft.update(household="?", expenses={"id": "e1"}))
    assert [(edit.path, edit.old is None, edit.new) for edit in found] == [
        ("household.phone", False, None),
        ("household", True, "?"),
        ("expenses[w1.1]", False, None),
        ("expenses", False, None),
        ("expenses.id", True, "e1"),
    ]


def test_a_number_and_a_yes_are_not_the_same() -> None:
    before = kept({"counted": True, "marks": [1]})
    found = edits(before, lambda draft: draft.update(counted=1, marks=[True]))
    assert [(edit.path, exact(edit.new)) for edit in found] == [("counted", "1"), ("marks", "[true]")]


def test_what_stayed_the_same_is_shared_and_not_copied() -> None:
    after = untracked(CASE)
    after["household"]["members"][1]["name"] = "李四示例"  # type: ignore[index]
    found, now = edits_between(CASE, after, ids_of("w2"))
    for tree in (now, applied(CASE, found)):
        household: Any = tree["household"]
        assert household["incomes"] is CASE["household"]["incomes"]
        assert [row is old for row, old in zip(household["members"], MEMBERS, strict=True)] == [True, False, True]


@pytest.mark.parametrize("key", ["", "a.b", "a[w1.1]", "%", "%2E", "[]", "身份证", "id-card", "line\nfeed"])
def test_a_key_of_any_characters_finds_its_way(key: str) -> None:
    assert len(edits(kept({}), lambda draft: draft.update({key: {key: "x"}, "rows": [{key: "x"}]}))) == 3
    assert len(edits(kept({"rows": [{key: "x"}]}), lambda draft: draft["rows"][0].update({key: "y"}))) == 1


# ---------------------------------------------------------------- drafts of every shape

SCALARS = st.sampled_from([None, True, False, 0, 1, 1.0, "", "1", "1.0", "王示例", "龚䶮"])
NO_ROWS = st.sampled_from([["a"], [1, {"b": None, "#": 1}], [[{}]], [None], [True], [{}, "x"]]).map(deepcopy)
VALUES = st.one_of(SCALARS, SCALARS, SCALARS, NO_ROWS)
PLAIN_ROWS = st.lists(st.dictionaries(st.sampled_from(["kind", "amount", "note"]), VALUES, max_size=3), max_size=4)
LISTS = st.one_of(st.none(), PLAIN_ROWS, PLAIN_ROWS, NO_ROWS)
ROWS_WITH_IDS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["p1", "p2", "p3", "p4", "p5", "", None, 1])},
        optional={"name": VALUES, "#": SCALARS, "identities": LISTS, "insurance": LISTS},
    ),
    max_size=4,
)
HOUSEHOLDS = st.fixed_dictionaries(
    {},
    optional={"phone": VALUES, "members": st.one_of(ROWS_WITH_IDS, ROWS_WITH_IDS, VALUES), "incomes": LISTS},
)
DRAFTS = st.fixed_dictionaries(
    {},
    optional={
        "matter": VALUES,
        "#": SCALARS,
        "household": st.one_of(HOUSEHOLDS, HOUSEHOLDS, VALUES, PLAIN_ROWS),
        "expenses": st.one_of(ROWS_WITH_IDS, VALUES, HOUSEHOLDS),
        "papers": st.dictionaries(st.sampled_from(["id-card", "x.y", "a[0]", "", "%", "#"]), SCALARS, max_size=3),
    },
)


def tables(value: object) -> list[Draft]:
    """Every table of a draft, the rows too; not those in lists that hold anything else."""
    if isinstance(value, dict):
        return [value, *(one for part in value.values() for one in tables(part))]
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return [one for row in value for one in tables(row)]
    return []


def lists(draft: Draft) -> list[list[Any]]:
    return [part for table in tables(draft) for part in table.values() if isinstance(part, list) and part]


@st.composite
def mutated(draw: st.DrawFn, draft: Draft) -> Draft:
    """What a clerk, or a faulty file, may make of a draft."""
    after = deepcopy(draft)
    for _ in range(draw(st.integers(0, 4))):
        table = draw(st.sampled_from(tables(after)))
        work = draw(st.sampled_from(["put", "drop", "add", "remove", "move", "copy"]))
        if work == "put":
            table[draw(st.sampled_from(["kind", "amount", "name", "members"]))] = draw(st.one_of(VALUES, LISTS))
        elif work == "drop" and table:
            del table[draw(st.sampled_from(sorted(table)))]
        elif found := lists(after):
            rows = draw(st.sampled_from(found))
            row = rows.pop(draw(st.integers(0, len(rows) - 1)))
            fresh = draw(st.one_of(st.just({}), st.just({"id": "p7"}), st.just({"kind": "1"})))
            again = {"add": [row, fresh], "remove": [], "move": [row], "copy": [row, deepcopy(row)]}.get(work, [row])
            for one in again:
                rows.insert(draw(st.integers(0, len(rows))), one)
    return after


PAIRS = st.one_of(
    st.tuples(DRAFTS, DRAFTS),
    DRAFTS.flatmap(lambda draft: st.tuples(st.just(draft), mutated(draft))),
    DRAFTS.flatmap(lambda draft: st.tuples(st.just(draft), mutated(draft))),
)


@given(DRAFTS)
def test_a_tracked_draft_is_the_draft_with_an_id_for_each_row(draft: Draft) -> None:
    typed = deepcopy(draft)
    tree = kept(draft)
    assert exact(draft) == exact(typed)
    assert exact(untracked(tree)) == exact(untracked(draft))
    assert len(set(row_ids(tree))) == len(row_ids(tree)) == exact(tree).count('"#": "w1.')
    assert exact(untracked(untracked(draft))) == exact(untracked(draft))


@given(PAIRS)
def test_edits_lead_to_the_draft_and_back(pair: tuple[Draft, Draft]) -> None:
    before, after = kept(pair[0]), pair[1]
    as_it_was, as_typed = exact(before), exact(after)
    found, now = edits_between(before, after, ids_of("w2"))
    assert exact(untracked(now)) == exact(untracked(after))
    assert exact(applied(before, found)) == exact(now)
    assert exact(applied(now, reversed_edits(found))) == exact(before)
    assert reversed_edits(reversed_edits(found)) == found
    assert len(set(row_ids(now))) == len(row_ids(now))
    assert (exact(before), exact(after)) == (as_it_was, as_typed), "neither is changed"


@given(PAIRS)
def test_there_is_an_edit_exactly_where_something_changed(pair: tuple[Draft, Draft]) -> None:
    before = kept(pair[0])
    found, now = edits_between(before, pair[1], ids_of("w2"))
    assert bool(found) == (exact(untracked(pair[0])) != exact(untracked(pair[1])))
    assert found or now is before
    assert edits_between(now, pair[1], ids_of("w3")) == ((), now)


@given(PAIRS)
def test_edits_survive_the_file(pair: tuple[Draft, Draft]) -> None:
    before = kept(pair[0])
    found, now = edits_between(before, pair[1], ids_of("w2"))
    read = [Edit(edit.path, *json.loads(exact([edit.old, edit.new]))) for edit in found]
    assert exact(applied(json.loads(exact(before)), read)) == exact(now)


@given(PAIRS)
def test_later_typing_reaches_no_tree_that_is_kept(pair: tuple[Draft, Draft]) -> None:
    before, after = kept(pair[0]), pair[1]
    found, now = edits_between(before, after, ids_of("w2"))
    frozen = exact([before, now, [edit.new for edit in found]])
    for draft in (pair[0], after, untracked(now)):
        for table in tables(draft):
            table["kind"] = "typed later"
        for rows in lists(draft):
            rows.append("typed later")
    assert exact([before, now, [edit.new for edit in found]]) == frozen


@given(DRAFTS, st.data())
def test_one_changed_field_anywhere_is_one_edit(draft: Draft, data: st.DataObject) -> None:
    before = kept(draft)
    after = untracked(before)
    fields = [
        (table, key)
        for table in tables(after)
        for key, part in table.items()
        if key != "id" and not isinstance(part, list | dict)
    ]
    if fields:
        table, key = data.draw(st.sampled_from(fields))
        old, table[key] = table[key], "another"
        found, _ = edits_between(before, after, ids_of("w2"))
        assert [(exact(edit.old), edit.new) for edit in found] == [(exact(old), "another")]


# ---------------------------------------------------------------- edits that do not fit


@pytest.mark.parametrize(
    "edit",
    [
        Edit("matter", None, "assistance"),
        Edit("household", "?", None),
        Edit("matter.kind", None, "x"),
        Edit("household.members[w9.9].name", None, "x"),
        Edit("household.members[w9.9]", {"row": {"#": "w9.9"}, "after": None}, None),
        Edit("household.members[w1.3]", {"row": {**MEMBERS[1], "name": "李四示例"}, "after": "w1.1"}, None),
        Edit("household.members[w1.3]", None, {"row": MEMBERS[1], "after": "w1.1"}),
        Edit("household.members[w9.9]", None, {"row": {"#": "w9.9"}, "after": "w9.8"}),
        Edit("household.assets[w9.9]", None, {"row": {"#": "w9.9"}, "after": None}),
        Edit("household.assets[w9.9].kind", None, "car"),
    ],
)
def test_an_edit_of_what_is_not_as_it_found_it_is_a_misfit(edit: Edit) -> None:
    with pytest.raises(Misfit) as raised:
        applied(CASE, [edit])
    assert str(raised.value) == edit.path
    merged(CASE, [edit])


# ---------------------------------------------------------------- several windows


def both_ways(before: Tree, one: tuple[Edit, ...], other: tuple[Edit, ...]) -> Tree:
    """What two windows make of a tree, which is the same whoever comes first."""
    tree = merged(before, one + other)
    assert exact(tree) == exact(merged(before, other + one))
    return tree


def of_window(window: str, before: Draft, work: Callable[[Draft], object]) -> tuple[Edit, ...]:
    after = untracked(before)
    work(after)
    return edits_between(before, after, ids_of(window))[0]


def test_the_last_to_write_a_field_has_it() -> None:
    one = of_window("w2", CASE, lambda draft: draft.update(matter="assistance"))
    other = of_window("w3", CASE, lambda draft: draft.update(matter=None))
    assert "matter" not in merged(CASE, one + other)
    assert merged(CASE, other + one)["matter"] == "assistance"


def test_fields_of_one_row_from_two_windows_are_both_there() -> None:
    one = of_window("w2", CASE, lambda draft: draft["household"]["members"][1].update(name="李四示例"))
    other = of_window("w3", CASE, lambda draft: draft["household"]["members"][1].update(relation="spouse"))
    members: Any = both_ways(CASE, one, other)["household"]
    assert members["members"][1] == {**MEMBERS[1], "name": "李四示例", "relation": "spouse"}


def test_what_is_edited_in_a_row_that_is_taken_out_is_dropped() -> None:
    one = of_window("w2", CASE, lambda draft: draft["household"]["members"].pop(0))
    other = of_window("w3", CASE, lambda draft: draft["household"]["members"][0]["identities"].append({"kind": "x"}))
    assert both_ways(CASE, one, other) == applied(CASE, one)


def test_rows_at_one_place_stand_in_falling_order_of_their_ids() -> None:
    before = kept({"rows": [{"id": "p1"}]})
    one = of_window("w2", before, lambda draft: draft["rows"].extend([{"id": "p2"}, {"id": "p3"}]))
    other = of_window("w3", before, lambda draft: draft["rows"].extend([{"id": "p4"}, {"id": "p5"}]))
    rows: Any = both_ways(before, one, other)["rows"]
    assert [row["id"] for row in rows] == ["p1", "p4", "p5", "p2", "p3"]


def test_a_row_put_in_after_one_that_another_window_takes_out_stands_in_its_place() -> None:
    before = kept({"rows": [{"id": "p1"}, {"id": "p2"}, {"id": "p3"}]})
    one = of_window("w2", before, lambda draft: draft["rows"].pop(1))
    other = of_window("w3", before, lambda draft: draft["rows"].insert(2, {"id": "p4"}))
    rows: Any = both_ways(before, one, other)["rows"]
    assert [row["id"] for row in rows] == ["p1", "p4", "p3"]


def test_a_row_that_one_window_moves_has_what_another_wrote_in_it() -> None:
    one = of_window("w2", CASE, lambda draft: draft["household"]["members"].reverse())
    other = of_window("w3", CASE, lambda draft: [row.update(name="改") for row in draft["household"]["members"]])
    household: Any = both_ways(CASE, one, other)["household"]
    assert [(row["id"], row["name"]) for row in household["members"]] == [("p3", "改"), ("p2", "改"), ("p1", "改")]


def test_a_row_is_put_in_where_it_was_whatever_the_ids_around_it() -> None:
    before = kept({"rows": [{"id": f"p{place}"} for place in range(3)]})
    tree, new_id = before, ids_of("w0")
    done: list[Edit] = []
    for place in range(12):
        draft: Any = untracked(tree)
        draft["rows"].insert(1, {"id": f"q{place}"})
        found, tree = edits_between(tree, draft, new_id)
        done.extend(found)
    assert merged(before, done) == tree


def test_a_list_that_one_window_gives_up_stays_for_the_row_of_another() -> None:
    before = kept({"rows": [{"id": "p1"}]})
    one = of_window("w2", before, lambda draft: draft.update(rows=None))
    other = of_window("w3", before, lambda draft: draft["rows"].append({"id": "p2"}))
    assert both_ways(before, one, other) == {"rows": [{"#": "w3.1", "id": "p2"}]}


@given(PAIRS)
@example(({"household": []}, {"household": {"phone": "1"}}))
@example(({"household": [{}]}, {"household": {"members": [{}]}}))
def test_merging_the_edits_of_one_window_applies_them(pair: tuple[Draft, Draft]) -> None:
    before = kept(pair[0])
    found, now = edits_between(before, pair[1], ids_of("w2"))
    assert exact(merged(before, found)) == exact(now)
    assert exact(merged(now, reversed_edits(found))) == exact(before)
    assert exact(merged(before, found + reversed_edits(found))) == exact(before)


@st.composite
def worked_on(draw: st.DrawFn, window: str, before: Tree, fields: list[str]) -> tuple[Tree, tuple[Edit, ...]]:
    """What a window makes of a tree, saving after each step: in its own fields, its own rows and half of the others.

    The first window alone gives up lists: whether a list is there is one field, however many write it.
    """
    new_id = ids_of(window)
    tree = before
    done: tuple[Edit, ...] = ()
    last: tuple[Edit, ...] = ()
    for step in range(draw(st.integers(0, 5))):
        draft = untracked(tree)
        path = draw(st.sampled_from(["members", "incomes"]))
        rows: list[Draft] = draft.setdefault(path, [])  # type: ignore[assignment]
        ids = row_ids(tree.get(path, []))
        own = [at for at, one in enumerate(ids) if one.startswith(window) or int(one[-1]) % 2 == (window == "w2")]
        work = draw(st.sampled_from(["add", "add", "write", "write", "remove", "take_back", "give_up"]))
        if work == "add":
            fresh = {"id": f"{window}{step}"} if path == "members" else {fields[0]: "new", "in": window, "at": step}
            rows.insert(draw(st.integers(0, len(rows))), fresh)
        elif work == "write" and rows:
            draw(st.sampled_from(rows))[draw(st.sampled_from(fields))] = draw(SCALARS)
        elif work == "remove" and own:
            del rows[draw(st.sampled_from(own))]
        elif work == "give_up" and window == "w2" and len(own) == len(rows):
            draft[path] = None
        if work == "take_back":
            last, tree = reversed_edits(last), applied(tree, reversed_edits(last))
        else:
            last, tree = edits_between(tree, draft, new_id)
        done += last
    return tree, done


MANY_ROWS = st.fixed_dictionaries(
    {
        "members": st.integers(0, 4).map(lambda count: [{"id": f"p{place}"} for place in range(count)]),
        "incomes": st.integers(0, 4).map(lambda count: [{"of": place} for place in range(count)]),
    }
).map(kept)


@given(MANY_ROWS.flatmap(lambda tree: st.tuples(st.just(tree), worked_on("w2", tree, ["name"]))))
def test_merging_all_that_one_window_ever_did_gives_what_it_shows(made: tuple[Tree, Any]) -> None:
    before, (now, done) = made
    assert exact(merged(before, done)) == exact(now) == exact(applied(before, done))
    assert exact(applied(now, reversed_edits(done))) == exact(before)


@given(
    MANY_ROWS.flatmap(
        lambda tree: st.tuples(
            st.just(tree),
            worked_on("w2", tree, ["name", "amount"]),
            worked_on("w3", tree, ["note", "phone"]),
        )
    )
)
def test_edits_of_different_fields_and_rows_commute(made: tuple[Tree, Any, Any]) -> None:
    before, (_, one), (_, other) = made
    both = both_ways(before, one, other)
    assert len(set(row_ids(both))) == len(row_ids(both))


@given(DRAFTS, SCALARS, SCALARS)
def test_edits_of_different_fields_commute_where_they_are_applied(draft: Draft, one: object, other: object) -> None:
    before = kept({**draft, "rows": [{"kind": "x"}]})
    first = of_window("w2", before, lambda draft: (draft.update(kind=one), draft["rows"][0].update(kind=one)))
    second = of_window("w3", before, lambda draft: (draft.update(note=other), draft["rows"][0].update(note=other)))
    assert exact(applied(before, first + second)) == exact(applied(before, second + first))
