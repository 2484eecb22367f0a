"""The bin: deleted with a reason, put back with its number, gone for good only where the county never had it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.journal import entries_of
from desktop.store.register import Given, gaps, numbers_of_day
from desktop.work.batching import export_batch, unsent_cases
from desktop.work.discarding import BinRow, Purged, delete_case, empty_bin, in_bin, purge, put_back
from desktop.work.intake import accept_case, new_case, number_of, open_case, save_case
from desktop.work.notices import issue_notice
from desktop.work.office import Office
from desktop.work.searching import case_page, count_cases

Sample = Callable[[str], dict[str, object]]
TakeIn = Callable[[], str]
DAY = "2024-05-28"
LI = Clerk("li", "李示例", "clerk")
ZHAO = Clerk("zhao", "赵示例", "reviewer")
# How many rows of each are left of the only case there was.
LEFT = {"cases": 0, "people": 0, "settlements": 0, "search_keys": 0, "notices": 0, "assessments": 0}


@pytest.fixture
def take_in(office: Office, sample: Sample) -> TakeIn:
    """Takes a case in and gives it its number; its id."""

    def accept() -> str:
        case_id = new_case(office, "illness_poverty").id
        save_case(office, case_id, sample("01"), {})
        accept_case(office, case_id)
        return case_id

    return accept


def as_clerk(office: Office, clerk: Clerk) -> Office:
    return replace(office, who=lambda: clerk)


def registered(office: Office) -> dict[str, Given]:
    return {one.text: one for one in numbers_of_day(office.kept, DAY)}


def test_a_draft_is_deleted_as_begun_by_mistake_where_no_reason_is_given(office: Office) -> None:
    case_id = new_case(office, "assistance").id
    delete_case(office, case_id, " ")
    (row,) = in_bin(office)
    assert (row.id, row.why, row.case_no, row.sent) == (case_id, "误建", None, False)
    assert row.name == "未编号的案卷"
    assert count_cases(office) == 0


def test_a_case_with_a_number_is_not_deleted_without_a_reason(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    with pytest.raises(Problem, match="没有说明删除的原因"):
        delete_case(office, case_id, " ")
    assert in_bin(office) == ()
    assert registered(office)["2024-0001"].reason is None


def test_the_bin_says_what_was_deleted_when_by_whom_and_why(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    delete_case(as_clerk(office, LI), case_id, "重复录入：与另一案相同")
    assert in_bin(office) == (
        BinRow(case_id, "2024-0001", "王示例", "2014", office.now(), "li", "重复录入：与另一案相同", sent=False),
    )


def test_a_deleted_case_gives_its_number_up_and_nobody_gets_it_again(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    notice = issue_notice(office, case_id, "receipt").number
    delete_case(office, case_id, "申请人撤回申请")
    assert registered(office)["2024-0001"].reason == "申请人撤回申请"
    assert registered(office)[notice].reason is None
    assert number_of(office, take_in()) == "2024-0002"
    assert gaps(office.kept) == ()


def test_a_case_that_is_put_back_is_as_it_was_and_has_its_number_again(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    before = open_case(office, case_id)
    delete_case(office, case_id, "重复录入")
    with pytest.raises(Problem, match="在回收站里"):
        open_case(office, case_id)
    put_back(as_clerk(office, LI), case_id)
    assert open_case(office, case_id) == before
    assert registered(office)["2024-0001"].reason is None
    assert in_bin(office) == ()
    assert [row.id for row in unsent_cases(office)] == [case_id]


def test_deleting_and_putting_back_are_in_the_case_s_journal(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    delete_case(as_clerk(office, LI), case_id, "重复录入")
    put_back(as_clerk(office, ZHAO), case_id)
    told = [(one.kind, one.who, one.path, one.new) for one in entries_of(office.kept, case_id)][-3:]
    assert told == [
        ("deleted", "li", "", "重复录入"),
        ("given_up", "li", "2024-0001", "重复录入"),
        ("put_back", "zhao", "", None),
    ]


def test_what_does_not_lie_in_the_bin_is_neither_put_back_nor_purged(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    for work in (lambda: put_back(office, case_id), lambda: purge(office, [case_id]), lambda: put_back(office, "none")):
        with pytest.raises(Problem, match="不在回收站里"):
            work()
    assert count_cases(office) == 1


def test_a_case_deleted_twice_goes_into_the_bin_once(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    delete_case(office, case_id, "重复录入")
    with pytest.raises(Problem, match="在回收站里"):
        delete_case(office, case_id, "误建")
    assert [row.why for row in in_bin(office)] == ["重复录入"]


@pytest.mark.parametrize("clerk", [LI, ZHAO])
def test_only_an_administrator_deletes_for_good(office: Office, take_in: TakeIn, clerk: Clerk) -> None:
    case_id = take_in()
    delete_case(as_clerk(office, clerk), case_id, "重复录入")
    for work in (lambda one: purge(one, [case_id]), empty_bin):
        with pytest.raises(Problem, match="需要管理员的权限"):
            work(as_clerk(office, clerk))
    assert len(in_bin(office)) == 1


def test_a_purged_case_leaves_its_number_with_the_reason_and_no_word_of_the_applicant(
    office: Office, take_in: TakeIn
) -> None:
    case_id = take_in()
    issue_notice(office, case_id, "receipt")
    delete_case(office, case_id, "重复录入")
    assert purge(office, [case_id]) == Purged(1, ())
    assert in_bin(office) == ()
    assert case_page(office).rows == ()
    assert registered(office)["2024-0001"].reason == "重复录入"
    assert {table: office.kept.read(f"SELECT count(*) FROM {table}").fetchone()[0] for table in LEFT} == LEFT
    assert {(one.old, one.new) for one in entries_of(office.kept, case_id)} == {(None, None)}


def test_the_journal_s_stamps_hold_after_a_purge(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    delete_case(office, case_id, "重复录入")
    before = {(one.seq, one.kind, one.content, one.hash) for one in entries_of(office.kept, case_id)}
    purge(office, [case_id])
    after = {(one.seq, one.kind, one.content, one.hash) for one in entries_of(office.kept, case_id)}
    assert after > before
    assert [kind for _, kind, _, _ in after - before] == ["purged"]


def test_what_the_county_has_stays_in_the_bin_and_is_named(office: Office, take_in: TakeIn, tmp_path: Path) -> None:
    sent, waiting = take_in(), take_in()
    export_batch(office, (sent,), tmp_path)
    for case_id in (sent, waiting):
        delete_case(office, case_id, "重复录入")
    assert {row.id: row.sent for row in in_bin(office)} == {sent: True, waiting: False}
    assert empty_bin(office) == Purged(1, ("2024-0001",))
    assert [row.id for row in in_bin(office)] == [sent]
    put_back(office, sent)
    assert open_case(office, sent).draft["case_no"] == "2024-0001"


def test_one_that_is_not_there_leaves_the_others_undeleted(office: Office, take_in: TakeIn) -> None:
    case_id = take_in()
    delete_case(office, case_id, "重复录入")
    with pytest.raises(Problem, match="不在回收站里"):
        purge(office, [case_id, "none"])
    assert len(in_bin(office)) == 1


def test_an_empty_bin_empties_to_nothing(office: Office) -> None:
    assert empty_bin(office) == Purged(0, ())
