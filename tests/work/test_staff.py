"""The office's clerks: who may add, change and retire whom, and what signing in makes of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem, Refused
from desktop.store import keys
from desktop.store.facts import state_fact
from desktop.store.file import tail_path
from desktop.store.journal import entries_of_kind
from desktop.store.keys import Cost, KeysDamaged
from desktop.store.keys import read_keys as slots
from desktop.store.secret import Secret
from desktop.store.trouble import Unwritable
from desktop.work.door import Door
from desktop.work.entering import Entered, SetUp, known_clerks, set_up, unlock
from desktop.work.office import Office
from desktop.work.staff import (
    StaffRow,
    add_clerk,
    change_own_password,
    change_role,
    give_password,
    retire_clerk,
    staff,
    staff_rows,
)
from tests.faults.test_disks import files_no_larger_than

FIRST, SECOND, THIRD = "山上的小菜园里有黄瓜", "河边的大菜园里有豆角", "屋后的小菜园里有茄子"


@pytest.fixture
def door(office: Office, tmp_path: Path) -> Door:
    return Door(tmp_path / "staffed" / "cases.db", "测试", office.now, cost=Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def entered(door: Door) -> Iterator[Entered]:
    door.store.parent.mkdir()
    found = set_up(door, SetUp("陈示例", "门口的石榴树又开花了", {}))
    yield found
    found.store.close()


@pytest.fixture
def staffed(office: Office, entered: Entered) -> Office:
    """An office whose administrator has just set it up."""
    return replace(office, store=entered.store, who=lambda: entered.clerk)


def faults_of(refused: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    return {fault.path: fault.what for fault in refused.value.faults}


def comes_in(door: Door, office: Office, clerk: Clerk, password: str) -> bool:
    """Whether a clerk takes the window over by a password."""
    try:
        return unlock(door, office.kept, clerk.id, password).id == clerk.id
    except Problem:
        return False


def test_a_clerk_who_was_added_signs_in_with_the_first_password(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, " 李示例 ", "clerk", FIRST)
    assert (li.name, li.role) == ("李示例", "clerk")
    assert {one.name for one in known_clerks(door)} == {one.name for one in staff(staffed)} == {"陈示例", "李示例"}
    assert comes_in(door, staffed, li, FIRST)


def test_since_when_a_clerk_is_here_is_told(staffed: Office, door: Door, entered: Entered) -> None:
    li = add_clerk(replace(staffed, now=lambda: staffed.now() + timedelta(days=3)), door, "李示例", "clerk", FIRST)
    assert staff_rows(staffed) == (
        StaffRow(entered.clerk, date(2024, 5, 28)),
        StaffRow(li, date(2024, 5, 31)),
    )


def test_everything_that_will_not_do_is_said_at_once_by_its_field(staffed: Office, door: Door) -> None:
    with pytest.raises(Refused) as refused:
        add_clerk(staffed, door, " ", "clerk", "短")
    assert faults_of(refused).keys() == {"name", "password"}
    with pytest.raises(Refused) as refused:
        add_clerk(staffed, door, "李示例", "", FIRST)
    assert faults_of(refused) == {"role": "没有选择角色。"}
    with pytest.raises(Refused) as refused:
        add_clerk(staffed, door, "陈示例", "clerk", FIRST)
    assert faults_of(refused) == {"name": "已有名为 陈示例 的帐号。"}
    with pytest.raises(Refused) as refused:
        add_clerk(staffed, door, "李" * 21, "clerk", FIRST)
    assert faults_of(refused) == {"name": "姓名有 21 个字，太长。"}
    assert len(staff(staffed)) == len(slots(door.keys)) == 1


@pytest.mark.parametrize("role", ["clerk", "reviewer"])
def test_only_an_administrator_keeps_the_staff(staffed: Office, door: Door, role: str) -> None:
    li = add_clerk(staffed, door, "李示例", role, FIRST)
    zhao = add_clerk(staffed, door, "赵示例", "clerk", FIRST)
    by_li = replace(staffed, who=lambda: li)
    for work in (
        lambda: add_clerk(by_li, door, "孙示例", "clerk", FIRST),
        lambda: give_password(by_li, door, zhao, SECOND),
        lambda: change_role(by_li, door, zhao, "reviewer"),
        lambda: retire_clerk(by_li, door, zhao),
    ):
        with pytest.raises(Problem, match="需要管理员的权限"):
            work()
    assert {one.name: one.role for one in staff(staffed)} == {
        "陈示例": "administrator",
        "李示例": role,
        "赵示例": "clerk",
    }
    assert comes_in(door, staffed, zhao, FIRST)


def test_a_new_password_opens_and_the_old_one_does_not(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    give_password(staffed, door, li, SECOND)
    assert [entry.path for entry in entries_of_kind(staffed.kept, "clerk")][-1] == f"{li.id}.password"
    assert not comes_in(door, staffed, li, FIRST)
    assert comes_in(door, staffed, li, SECOND)


def test_a_new_password_ends_the_wait_after_tries_that_failed(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    by_li = replace(staffed, who=lambda: li)
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            change_own_password(by_li, door, "不是这个口令", SECOND)
    assert faults_of(refused)["old"].startswith("口令连续输错，请等待")
    give_password(staffed, door, li, SECOND)
    assert comes_in(door, staffed, li, SECOND)


def test_everybody_changes_the_own_password(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    by_li = replace(staffed, who=lambda: li)
    with pytest.raises(Refused) as refused:
        change_own_password(by_li, door, SECOND, THIRD)
    assert faults_of(refused) == {"old": "口令不对。"}
    with pytest.raises(Refused) as refused:
        change_own_password(by_li, door, FIRST, "短")
    assert faults_of(refused).keys() == {"password"}
    change_own_password(by_li, door, FIRST, THIRD)
    assert comes_in(door, staffed, li, THIRD)


def test_another_role_is_shown_where_one_signs_in(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    assert change_role(staffed, door, li, "reviewer") == Clerk(li.id, "李示例", "reviewer")
    assert {one.id: one.role for one in known_clerks(door)} == {one.id: one.role for one in staff(staffed)}
    assert all(slot.whole for slot in slots(door.keys))
    assert comes_in(door, staffed, li, FIRST)


def test_whoever_becomes_an_administrator_is_given_another_password(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    for password in ("", "九个字符的口令呀呀"):
        with pytest.raises(Refused) as refused:
            change_role(staffed, door, li, "administrator", password)
        assert faults_of(refused).keys() == {"password"}
    assert comes_in(door, staffed, li, FIRST)
    assert change_role(staffed, door, li, "administrator", THIRD).role == "administrator"
    assert [entry.path for entry in entries_of_kind(staffed.kept, "clerk")][-2:] == [li.id, f"{li.id}.password"]
    assert {one.id: one.role for one in known_clerks(door)}[li.id] == "administrator"
    assert comes_in(door, staffed, li, THIRD)
    assert not comes_in(door, staffed, li, FIRST)


@pytest.mark.parametrize("work", ["add_clerk", "give_password", "change_own_password", "change_role", "retire_clerk"])
def test_what_a_full_disk_does_not_take_leaves_the_keys_as_they_were(staffed: Office, door: Door, work: str) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    works: dict[str, Callable[[], object]] = {
        "add_clerk": lambda: add_clerk(staffed, door, "赵示例", "clerk", SECOND),
        "give_password": lambda: give_password(staffed, door, li, SECOND),
        "change_own_password": lambda: change_own_password(replace(staffed, who=lambda: li), door, FIRST, SECOND),
        "change_role": lambda: change_role(staffed, door, li, "administrator", SECOND),
        "retire_clerk": lambda: retire_clerk(staffed, door, li),
    }
    with staffed.change() as pen:
        state_fact(pen, "address", "示例路" * 2000)  # from here on the keys are small beside the tail
    before, there = door.keys.read_bytes(), staff(staffed)
    # The keys fit on the disk, and what the change appends to the tail does not any more.
    with files_no_larger_than(tail_path(door.store).stat().st_size), pytest.raises(Unwritable):
        works[work]()
    assert door.keys.read_bytes() == before
    assert staff(staffed) == there
    assert comes_in(door, staffed, li, FIRST)
    works[work]()
    assert door.keys.read_bytes() != before


def test_a_first_statement_that_does_not_fit_leaves_the_keys_as_they_were(staffed: Office, door: Door) -> None:
    before = door.keys.read_bytes()
    staffed.kept.db.execute(f"PRAGMA max_page_count = {staffed.kept.read('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(Unwritable):
        for number in range(1000):
            before = door.keys.read_bytes()
            add_clerk(staffed, door, f"李示例{number}", "clerk", FIRST)
    assert door.keys.read_bytes() == before
    assert len(staff(staffed)) == len(known_clerks(door))


def test_keys_of_another_store_are_not_taken_for_the_offices_own(staffed: Office, door: Door, tmp_path: Path) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    keys.write_keys(door.keys, [keys.lock_in(Secret.fresh(), li, FIRST, door.cost)], "another")
    foreign = door.keys.read_bytes()
    for work in (lambda: retire_clerk(staffed, door, li), lambda: change_role(staffed, door, li, "reviewer")):
        with pytest.raises(KeysDamaged):
            work()
        assert door.keys.read_bytes() == foreign
    earlier = door.keys.with_name("cases.keys.damaged")
    earlier.write_text("an earlier one", encoding="utf-8")
    give_password(staffed, door, li, SECOND)
    assert [slot.clerk for slot in slots(door.keys)] == [li.id]
    assert comes_in(door, staffed, li, SECOND)
    assert earlier.read_text(encoding="utf-8") == "an earlier one"
    aside = next(one for one in door.keys.parent.iterdir() if one.is_file() and one.read_bytes() == foreign)
    assert aside.name in staffed.kept.findings[-1].what


def test_a_role_that_is_none_is_refused(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    with pytest.raises(Refused) as refused:
        change_role(staffed, door, li, "")
    assert faults_of(refused) == {"role": "没有选择角色。"}


def test_a_retired_clerk_signs_in_no_more_and_keeps_the_name_in_the_journal(staffed: Office, door: Door) -> None:
    li = add_clerk(staffed, door, "李示例", "clerk", FIRST)
    retire_clerk(staffed, door, li)
    assert [one.name for one in staff(staffed)] == ["陈示例"]
    assert entries_of_kind(staffed.kept, "clerk")[-1].old == {"name": "李示例", "role": "clerk"}
    assert not comes_in(door, staffed, li, FIRST)


def test_an_administrator_does_not_decide_on_the_own_account(staffed: Office, door: Door, entered: Entered) -> None:
    add_clerk(staffed, door, "李示例", "administrator", FIRST)
    for work in (
        lambda: retire_clerk(staffed, door, entered.clerk),
        lambda: change_role(staffed, door, entered.clerk, "clerk"),
    ):
        with pytest.raises(Problem, match="请由另一名管理员办理"):
            work()


def test_of_two_administrators_one_may_retire_the_other(staffed: Office, door: Door, entered: Entered) -> None:
    li = add_clerk(staffed, door, "李示例", "administrator", FIRST)
    retire_clerk(replace(staffed, who=lambda: li), door, entered.clerk)
    assert [one.name for one in staff(staffed)] == ["李示例"]


def test_clerks_of_an_office_whose_ids_tell_no_time_are_listed_without_one(staffed: Office) -> None:
    by_hand = Clerk("li", "李示例", "clerk")
    from desktop.store.clerks import add_clerk as write_clerk

    with staffed.change() as pen:
        write_clerk(pen, by_hand)
    assert {row.clerk.id: row.since for row in staff_rows(staffed)}["li"] is None
