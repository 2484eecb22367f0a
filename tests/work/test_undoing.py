from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import paths
from desktop.domain.clerks import Clerk
from desktop.domain.edits import Tree, untracked
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.checking import check_store
from desktop.store.journal import Note, entries_of, note
from desktop.store.opening import Opening, open_store
from desktop.work.history import history_of, state_at, tree_at, verify
from desktop.work.intake import keep_tree, new_case, open_case, save_case
from desktop.work.library import Library
from desktop.work.looks import access_list_pdf
from desktop.work.notices import issue_notice
from desktop.work.office import Letterhead, Office
from desktop.work.undoing import can_redo, can_undo, redo, restore, save_taken_back, undo
from tests.conftest import CHEN, MORNING, SECRET

Sample = Callable[[str], dict[str, object]]
Draft = dict[str, object]


@pytest.fixture
def desk(office: Office) -> Office:
    """The office with a clock that goes on by itself."""
    return replace(office, now=ticking())


def ticking() -> Callable[[], datetime]:
    minutes = iter(range(10**6))
    return lambda: MORNING + timedelta(minutes=next(minutes))


def put(draft: Draft, **answers: object) -> Draft:
    household = draft["household"]
    assert isinstance(household, dict)
    return {**draft, "household": {**household, **answers}}


def kept(office: Office, case_id: str) -> Tree:
    return cases.get(office.kept, case_id).tree


def field(office: Office, case_id: str, key: str) -> object:
    household = kept(office, case_id)["household"]
    assert isinstance(household, dict)
    return household.get(key)


def test_undo_and_redo_go_through_the_acts_one_by_one(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    one = put(case.draft, village="新寨村")
    save_case(desk, case.id, one, {})
    save_case(desk, case.id, put(one, phone="13900000000"), {})
    assert undo(desk, case.id).edits[0].path == "household.phone"
    assert undo(desk, case.id).edits[0].path == "household.village"
    assert not can_undo(desk, case.id)
    with pytest.raises(Problem, match="没有可以撤销"):
        undo(desk, case.id)
    redo(desk, case.id)
    redo(desk, case.id)
    assert not can_redo(desk, case.id)
    assert (field(desk, case.id, "village"), field(desk, case.id, "phone")) == ("新寨村", "13900000000")
    with pytest.raises(Problem, match="没有可以重做"):
        redo(desk, case.id)


def test_typing_after_an_undo_leaves_nothing_to_redo(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, put(case.draft, village="新寨村"), {})
    undo(desk, case.id)
    assert can_redo(desk, case.id)
    save_case(desk, case.id, put(case.draft, residence="rural"), {})
    assert not can_redo(desk, case.id)
    undo(desk, case.id)
    assert field(desk, case.id, "residence") is None


def test_a_member_taken_out_comes_back_where_it_was_with_all_that_hung_on_it(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    draft = sample("01")
    save_case(desk, case.id, draft, {})
    before = kept(desk, case.id)
    household = draft["household"]
    assert isinstance(household, dict)
    save_case(desk, case.id, put(draft, members=household["members"][1:]), {})
    assert kept(desk, case.id) != before
    undo(desk, case.id)
    assert kept(desk, case.id) == before, "the same rows under the same ids"


def test_what_an_undo_writes_names_what_it_takes_back(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    for text in ("新", "新寨村"):
        save_case(desk, case.id, put(case.draft, village=text), {})
    typed = history_of(desk, case.id)[-1]
    undo(desk, case.id)
    *_, named, edit = entries_of(desk.kept, case.id)
    assert (named.kind, named.path, named.new) == ("undone", "", {"first": typed.first, "last": typed.change})
    assert (edit.kind, edit.path, edit.old, edit.new) == ("undone", "household.village", "新寨村", None)
    assert named.change == edit.change


def test_numbers_and_prints_stay_when_the_typing_before_them_is_undone(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, sample("01"), {})
    issue_notice(desk, case.id, "receipt")
    turned = undo(desk, case.id)
    assert turned.case.draft["case_no"] == "2024-0001"
    assert [act.kind for act in history_of(desk, case.id)] == ["begun", "edit", "printed", "undone"]


def test_what_another_clerk_typed_can_be_undone_and_it_is_known_whose_it_was(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    other = replace(desk, who=lambda: Clerk("li", "李示例", "clerk"))
    save_case(other, case.id, put(case.draft, village="新寨村"), {})
    act = undo(desk, case.id).act
    assert act is not None
    assert act.who.id == "li"
    assert history_of(desk, case.id)[-1].who == CHEN


def test_an_act_that_no_longer_fits_is_passed_over_with_a_word(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, put(case.draft, residence="rural"), {})
    save_case(desk, case.id, put(case.draft, residence="rural", village="新寨村"), {})
    tree = kept(desk, case.id)
    household = tree["household"]
    assert isinstance(household, dict)
    # As another window's changes come in that were made at the same time.
    keep_tree(desk, case.id, untracked({**tree, "household": {**household, "village": "老寨村"}}), "merged")
    turned = undo(desk, case.id)
    assert turned.edits[0].path == "household.residence"
    assert turned.passed_over is not None
    assert "没有撤销" in turned.passed_over.what
    with pytest.raises(Problem, match="之后又有改动"):
        undo(desk, case.id)
    assert field(desk, case.id, "village") == "老寨村"


def test_a_case_is_brought_back_to_an_earlier_state_as_an_act_of_its_own(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    draft = sample("01")
    save_case(desk, case.id, draft, {"application_form": "received"})
    then = history_of(desk, case.id)[-1].change
    save_case(desk, case.id, put(draft, incomes=[], village="老寨村"), {})
    later = untracked(kept(desk, case.id))
    turned = restore(desk, case.id, then)
    assert turned.case.papers == {"application_form": "received"}
    assert untracked(kept(desk, case.id)) == untracked(tree_at(desk, case.id, then))
    assert history_of(desk, case.id)[-1].kind == "edit"
    with pytest.raises(Problem, match="现在就是这个状态"):
        restore(desk, case.id, then)
    undo(desk, case.id)
    assert untracked(kept(desk, case.id)) == later


def test_what_the_window_took_back_by_itself_is_an_undo(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    draft = sample("01")
    save_case(desk, case.id, draft, {})
    before = kept(desk, case.id)
    save_case(desk, case.id, put(draft, incomes=None), {})
    save_taken_back(desk, case.id, deepcopy(draft), {})
    assert kept(desk, case.id) == before
    assert history_of(desk, case.id)[-1].kind == "undone"
    assert can_redo(desk, case.id)


def test_what_was_not_only_taken_back_is_an_edit(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    draft = sample("01")
    save_case(desk, case.id, draft, {})
    save_case(desk, case.id, put(draft, incomes=None), {})
    save_taken_back(desk, case.id, put(draft, village="老寨村"), {})
    assert history_of(desk, case.id)[-1].kind == "edit"
    assert field(desk, case.id, "village") == "老寨村"


def test_the_check_of_the_store_finds_nothing_amiss_in_what_undoing_writes(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, sample("01"), {})
    undo(desk, case.id)
    redo(desk, case.id)
    access_list_pdf(desk, case.id)
    restore(desk, case.id, history_of(desk, case.id)[0].change)
    undo(desk, case.id)
    assert check_store(desk.kept).findings == ()


def test_a_case_in_the_bin_is_not_undone(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, put(case.draft, village="新寨村"), {})
    with desk.change() as pen:
        pen.write("UPDATE cases SET deleted_at = ?, deleted_why = ? WHERE id = ?", ("2024-05-28", "误建", case.id))
        note(pen, Note("deleted", case.id, new="误建"))
    with pytest.raises(Problem, match="回收站"):
        undo(desk, case.id)


# ---------------------------------------------------------------- any sequence


@contextmanager
def opened_office(folder: Path, library: Library, now: Callable[[], datetime]) -> Iterator[Office]:
    store = open_store(folder / "cases.db", Opening("测试", MORNING, SECRET))
    yield Office(library, store, Letterhead(), "guizhou-sample", paths.FONTS, now, folder, lambda: CHEN)
    store.close()


LEAVES = st.tuples(
    st.just("leaf"), st.sampled_from(["village", "phone", "residence"]), st.sampled_from([None, "a", "b", "c"])
)
ROWS = st.tuples(st.just("row"), st.sampled_from(["incomes", "assets"]), st.integers(0, 3))
CELLS = st.tuples(st.just("cell"), st.integers(0, 3), st.sampled_from([None, "1", "2"]))
GONE = st.tuples(st.just("gone"), st.sampled_from(["incomes", "assets"]), st.integers(0, 3))
OTHERS = st.tuples(st.sampled_from(["undo", "undo", "redo", "look", "restart", "restore", "paper"]))
STEPS = st.lists(st.one_of(LEAVES, ROWS, CELLS, GONE, OTHERS, OTHERS), min_size=1, max_size=14)


def edited(draft: Draft, step: tuple[object, ...]) -> Draft:
    draft = deepcopy(draft)
    household = draft["household"]
    assert isinstance(household, dict)
    match step:
        case ("leaf", str(key), value):
            household[key] = value
        case ("row", str(key), int(place)):
            rows = household.setdefault(key, [])
            rows.insert(min(place, len(rows)), {"member": "p1"})
        case ("cell", int(place), value):
            rows = household.get("incomes") or [{}]
            rows[place % len(rows)]["amount"] = value
        case ("gone", str(key), int(place)):
            rows = household.get(key)
            if rows:
                rows.pop(place % len(rows))
            else:
                household[key] = None
    return draft


class Window:
    """What one does to a case, over restarts, with every state written down beside."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library, self.now = folder, library, ticking()
        self.states: dict[int, Tree] = {}
        with opened_office(folder, library, self.now) as office:
            self.case_id = new_case(office, "illness_poverty").id
            self.begun = kept(office, self.case_id)

    def run(self, steps: list[tuple[object, ...]]) -> None:
        while steps:
            until = next((place for place, step in enumerate(steps) if step[0] == "restart"), len(steps))
            with opened_office(self.folder, self.library, self.now) as office:
                for step in steps[:until]:
                    self.take(office, step)
                    change = office.kept.read("SELECT change FROM state").fetchone()[0]
                    self.states[change] = kept(office, self.case_id)
                    assert verify(office, self.case_id)
            steps = steps[until + 1 :]

    def take(self, office: Office, step: tuple[object, ...]) -> None:
        name, case_id = str(step[0]), self.case_id
        if name in ("undo", "redo"):
            possible, work = {"undo": (can_undo, undo), "redo": (can_redo, redo)}[name]
            if possible(office, case_id):
                work(office, case_id)
        elif name == "look":
            open_case(office, case_id)
        elif name == "restore":
            change = min(self.states, default=1)
            if untracked(tree_at(office, case_id, change)) != untracked(kept(office, case_id)):
                restore(office, case_id, change)
        else:
            state = state_at(office, case_id, 10**9)
            papers = {"application_form": "received"} if name == "paper" else state.papers
            save_case(office, case_id, edited(state.draft, step), papers)


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_is_done_every_state_can_be_had_again_and_all_can_be_undone(
    steps: list[tuple[object, ...]], library: Library
) -> None:
    with TemporaryDirectory() as folder:
        window = Window(Path(folder), library)
        window.run(steps)
        with opened_office(Path(folder), library, window.now) as office:
            case_id, last = window.case_id, kept(office, window.case_id)
            for change, tree in window.states.items():
                assert tree_at(office, case_id, change) == tree
            undone = 0
            while can_undo(office, case_id):
                assert undo(office, case_id).passed_over is None
                undone += 1
            assert kept(office, case_id) == window.begun
            for _ in range(undone):
                redo(office, case_id)
            assert kept(office, case_id) == last
            assert verify(office, case_id)
