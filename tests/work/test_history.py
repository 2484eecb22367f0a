from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.edits import Edit
from desktop.domain.problems import Problem, Refused
from desktop.store import cases
from desktop.store.clerks import add_clerk, change_clerk, retire_clerk
from desktop.store.journal import entries_of
from desktop.store.opening import Opening, open_store
from desktop.store.taking_over import encrypt
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case, purge
from desktop.work.history import Act, history_of, state_at, trees_of, verify
from desktop.work.intake import new_case, open_case, save_case
from desktop.work.looks import access_list_pdf, preview_access_list, who_looked
from desktop.work.notices import issue_notice
from desktop.work.office import Office
from desktop.work.sealed_results import sealed_result
from tests.conftest import CHEN, MORNING, SECRET

OLD_STORE = Path(__file__).resolve().parents[1] / "old_stores" / "s0001_plain.db"
LI = Clerk("li", "李示例", "clerk")
Sample = Callable[[str], dict[str, object]]


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(office: Office, clock: Clock) -> Office:
    """The office with a clock that goes on."""
    return replace(office, now=clock)


def put(draft: dict[str, object], **answers: object) -> dict[str, object]:
    household = draft["household"]
    assert isinstance(household, dict)
    return {**draft, "household": {**household, **answers}}


def kinds(acts: tuple[Act, ...]) -> list[str]:
    return [act.kind for act in acts]


def test_each_change_is_an_act_with_what_it_changed_and_who_did_it(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    draft = put(case.draft, village="新寨村", residence="rural")
    save_case(desk, case.id, draft, {"application_form": "received"})
    open_case(replace(desk, who=lambda: LI), case.id)
    begun, typed, opened = history_of(desk, case.id)
    assert (begun.kind, typed.kind, opened.kind) == ("begun", "edit", "opened")
    assert set(typed.edits) == {
        Edit("household.village", None, "新寨村"),
        Edit("household.residence", None, "rural"),
        Edit("papers.application_form", None, "received"),
    }
    assert typed.who == CHEN
    assert typed.at == MORNING


def test_typing_on_in_one_field_is_one_act(desk: Office, clock: Clock) -> None:
    case = new_case(desk, "illness_poverty")
    for text in ("新", "新寨", "新寨村"):
        clock.pass_by(minutes=3)
        save_case(desk, case.id, put(case.draft, village=text), {})
    _, typed = history_of(desk, case.id)
    assert typed.edits == (Edit("household.village", None, "新寨村"),)
    assert typed.at - typed.since == timedelta(minutes=6)
    assert typed.change - typed.first == 2


@pytest.mark.parametrize("between", ["eleven minutes", "another clerk", "another field", "a look", "a row"])
def test_typing_is_another_act_after(between: str, desk: Office, clock: Clock) -> None:
    case = new_case(desk, "illness_poverty")
    draft, who = put(case.draft, village="新寨"), desk
    save_case(desk, case.id, draft, {})
    if between == "eleven minutes":
        clock.pass_by(minutes=11)
    elif between == "another clerk":
        who = replace(desk, who=lambda: LI)
    elif between == "another field":
        draft = put(draft, phone="13900000000")
        save_case(desk, case.id, draft, {})
    elif between == "a look":
        open_case(desk, case.id)
    else:
        draft = put(draft, incomes=[{"member": "p1"}])
        save_case(desk, case.id, draft, {})
    save_case(who, case.id, put(draft, village="新寨村"), {})
    villages = [act.edits for act in history_of(desk, case.id) if act.edits and act.edits[0].path.endswith("village")]
    assert villages == [
        (Edit("household.village", None, "新寨"),),
        (Edit("household.village", "新寨", "新寨村"),),
    ]


def test_what_was_typed_and_taken_out_again_is_no_act(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, put(case.draft, village="新寨"), {})
    save_case(desk, case.id, case.draft, {})
    assert kinds(history_of(desk, case.id)) == ["begun"]
    assert len(entries_of(desk.kept, case.id)) == 3, "the journal holds it all the same"


def test_a_row_that_comes_and_one_that_goes_are_acts_of_their_own(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    for incomes in ([], [{"member": "p1"}], []):
        save_case(desk, case.id, put(case.draft, incomes=incomes), {})
    assert kinds(history_of(desk, case.id)) == ["begun", "edit", "edit", "edit"]


def test_any_state_can_be_had_again(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    draft = sample("01")
    save_case(desk, case.id, draft, {"application_form": "received"})
    full = desk.kept.read("SELECT change FROM state").fetchone()[0]
    household = draft["household"]
    assert isinstance(household, dict)
    members = household["members"]
    save_case(desk, case.id, put(draft, members=members[:1], incomes=[]), {})
    state = state_at(desk, case.id, full)
    assert state.papers == {"application_form": "received"}
    before = state.draft["household"]
    assert isinstance(before, dict)
    assert [one["name"] for one in before["members"]] == ["王示例", "李示范"]
    assert before["incomes"][0]["amount"] == "30000.00"
    assert verify(desk, case.id)
    now = cases.get(desk.kept, case.id)
    assert trees_of(history_of(desk, case.id))[-1] == now.tree


def test_a_tree_that_the_journal_does_not_lead_to_is_found_out(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    with desk.change() as pen:
        pen.write("UPDATE cases SET draft = ? WHERE id = ?", ('{"matter":"assistance"}', case.id))
    assert not verify(desk, case.id)


def test_there_is_no_state_before_the_first(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    with pytest.raises(Problem, match="还没有这个案卷"):
        state_at(desk, case.id, 0)
    with pytest.raises(Problem, match="没有这个案卷的记录"):
        history_of(desk, "nobody's")


def test_the_history_of_a_case_in_the_bin_can_be_read_and_that_of_a_purged_one_is_gone(desk: Office) -> None:
    case = new_case(desk, "illness_poverty")
    delete_case(desk, case.id, "重复录入")
    deleted = history_of(desk, case.id)[-1]
    assert deleted.kind == "deleted"
    assert deleted.deeds[0].said == "重复录入"
    purge(desk, [case.id])
    with pytest.raises(Problem, match="彻底删除"):
        history_of(desk, case.id)
    assert not verify(desk, case.id)


def test_clerks_are_named_as_they_are_called_now_even_when_they_are_gone(desk: Office) -> None:
    with desk.change() as pen:
        add_clerk(pen, LI)
    case = new_case(replace(desk, who=lambda: LI), "illness_poverty")
    with desk.change() as pen:
        change_clerk(pen, Clerk("li", "李示例", "reviewer"))
        retire_clerk(pen, Clerk("li", "李示例", "reviewer"))
    assert history_of(desk, case.id)[0].who.title == "李示例（审核员）"


def test_what_left_the_window_is_one_act_with_its_sealed_result(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, sample("01"), {})
    notice = issue_notice(desk, case.id, "receipt")
    printed = history_of(desk, case.id)[-1]
    assert printed.kind == "printed"
    assert [deed.kind for deed in printed.deeds] == ["numbered", "sealed", "printed"]
    assert printed.deeds[-1].subject == notice.number
    assert printed.sealed is not None
    result = sealed_result(desk, case.id, printed.sealed).result
    identification = result["identification"]
    assert isinstance(identification, dict)
    assert identification["verdict"] == "eligible"


def test_everybody_who_saw_a_case_is_on_its_list(desk: Office, sample: Sample, clock: Clock) -> None:
    case = new_case(desk, "illness_poverty")
    save_case(desk, case.id, sample("01"), {})
    clock.pass_by(minutes=1)
    open_case(replace(desk, who=lambda: LI), case.id)
    number = issue_notice(desk, case.id, "receipt").number
    batch = export_batch(desk, (case.id,), desk.kept.path.parent).number
    pdf = access_list_pdf(desk, case.id)
    assert pdf.startswith(b"%PDF")
    assert [(one.name, one.deed, one.subject) for one in who_looked(desk, case.id)] == [
        ("陈示例", "opened", "案卷（受理时录入）"),
        ("li", "opened", ""),
        ("陈示例", "printed", f"受理回执 {number}"),
        ("陈示例", "exported", f"上报表 {batch}"),
        ("陈示例", "printed", "查阅记录"),
    ]
    entry = entries_of(desk.kept, case.id)[-1]
    assert (entry.kind, entry.path) == ("printed", "查阅记录")


def test_looking_at_the_list_before_it_prints_is_no_entry(desk: Office, sample: Sample) -> None:
    case = new_case(desk, "illness_poverty")
    with pytest.raises(Refused):
        preview_access_list(desk, case.id)
    save_case(desk, case.id, sample("01"), {})
    before = len(entries_of(desk.kept, case.id))
    assert preview_access_list(desk, case.id).startswith(b"%PDF")
    assert len(entries_of(desk.kept, case.id)) == before


def test_what_the_first_version_sealed_comes_before_the_case_was_taken_over(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "old" / "cases.db"
    path.parent.mkdir()
    copy(OLD_STORE, path)
    encrypt(path, SECRET)
    store = open_store(path, Opening("测试", MORNING, SECRET))
    old = replace(office, store=store)
    case_id = next(one.id for one in cases.page(store, None, 9) if one.case_no == "2024-0001")
    *sealed, taken = history_of(old, case_id)
    assert [act.sealed for act in sealed] == [1, 2]
    assert sealed[0].deeds[-1].subject == "受2024-0001"
    assert taken.kind == "took_over"
    assert trees_of(history_of(old, case_id))[-1] == cases.get(store, case_id).tree
    assert verify(old, case_id)
    assert who_looked(old, case_id) == (), "who had a hand in it before was not written down"
    store.close()
