"""The recovery sheet: what it shows, how it is proved to be on paper, and what it opens."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from desktop import paths
from desktop.domain.problems import Problem
from desktop.store import clerks
from desktop.store.facts import facts, state_fact
from desktop.store.file import tail_path
from desktop.store.journal import entries_of_kind
from desktop.store.keys import Cost
from desktop.store.secret import Secret
from desktop.store.trouble import Unwritable, WrongKey
from desktop.work.door import Door, StoreGone
from desktop.work.entering import SHEET, Entered, SetUp, keys_store, known_clerks, set_up, sign_in
from desktop.work.recovery import code_lack, confirm_sheet, last_group, recover, recovery_sheet, same_group
from tests.conftest import MORNING
from tests.faults.test_disks import files_no_larger_than

CHENS, ZHAOS = "门口的石榴树又开花了", "屋后的小菜园里有茄子呢"
CODE = "7QX4-M2RB-K9VD-3H5T-WZ0P-8JNC-1EFG"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    ticks = [0]

    def now() -> datetime:
        ticks[0] += 1
        return MORNING + timedelta(seconds=ticks[0])

    return Door(tmp_path / "cases.db", "测试", now, cost=Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def entered(door: Door) -> Entered:
    """An office that was just set up, and is closed."""
    found = set_up(door, SetUp("陈示例", CHENS, {}))
    found.store.close()
    return found


def test_the_sheet_shows_the_whole_code_on_one_page(door: Door, entered: Entered) -> None:
    sheet = recovery_sheet(door, entered, "示例乡社会救助窗口", paths.FONTS)
    with pypdfium2.PdfDocument(sheet.pdf) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    assert all(group in text for group in entered.code.split("-"))
    assert entered.store.id[-4:] in sheet.number
    assert not any(group in repr(sheet) for group in entered.code.split("-"))


@pytest.mark.parametrize("typed", ["1EFG", "1efg", " lEf g", "IEFG", "１ＥＦＧ"])
def test_a_group_is_read_as_generously_as_the_whole_code(typed: str) -> None:
    assert same_group(typed, last_group(CODE))


@pytest.mark.parametrize("typed", ["", "1EF", "1EFH", "1EFGG", "1EF菜", "8JNC"])
def test_another_group_is_another(typed: str) -> None:
    assert not same_group(typed, last_group(CODE))


def test_a_code_says_what_is_wrong_with_it() -> None:
    good = Secret(bytes(range(16))).recovery_code()
    assert code_lack(good) is None
    lack = code_lack(good[:-1])
    assert lack is not None
    assert "28" in lack.what


def test_whoever_holds_the_sheet_becomes_an_administrator(door: Door, entered: Entered) -> None:
    found = recover(door, entered.code, " 赵示例 ", ZHAOS)
    try:
        assert (found.clerk.title, found.code) == ("赵示例（管理员）", "")
        last = entries_of_kind(found.store, "signed_in")[-1]
        assert (last.path, last.who) == ("recovery", found.clerk.id)
        assert SHEET in facts(found.store)  # it is on paper, as everybody can see
    finally:
        found.store.close()
    sign_in(door, found.clerk.id, ZHAOS).store.close()
    sign_in(door, entered.clerk.id, CHENS).store.close()  # the others keep their way in


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("not keys", encoding="utf-8")])
def test_keys_that_are_gone_or_damaged_are_begun_anew(
    door: Door, entered: Entered, spoil: Callable[[Path], object]
) -> None:
    spoil(door.keys)
    damaged = door.keys.read_bytes() if door.keys.exists() else None
    found = recover(door, entered.code, "赵示例", ZHAOS)
    found.store.close()
    assert known_clerks(door) == (found.clerk,)
    aside = door.keys.with_name("cases.keys.damaged")
    assert (aside.read_bytes() if aside.exists() else None) == damaged


def test_keys_of_another_store_are_put_aside_and_that_is_said(door: Door, entered: Entered, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    there = replace(door, store=tmp_path / "elsewhere" / "cases.db")
    other = set_up(there, SetUp("孙示例", CHENS, {}))
    other.store.close()
    shutil.copy(there.keys, door.keys)
    found = recover(door, entered.code, "赵示例", ZHAOS)
    said = [one.what for one in found.store.findings]
    found.store.close()
    assert known_clerks(door) == (found.clerk,)
    assert keys_store(door) == entered.store.id
    assert door.keys.with_name("cases.keys.damaged").read_bytes() == there.keys.read_bytes()
    assert len(said) == 1
    assert "cases.keys.damaged" in said[0]


def test_a_sheet_makes_no_new_store_where_an_empty_file_lies(door: Door, entered: Entered) -> None:
    for path in door.store.parent.glob("cases.*"):
        path.unlink()
    door.store.touch()
    with pytest.raises(StoreGone):
        recover(door, entered.code, "赵示例", ZHAOS)
    assert door.store.stat().st_size == 0


def test_a_full_disk_leaves_keys_and_accounts_as_they_were(door: Door, entered: Entered) -> None:
    again = sign_in(door, entered.clerk.id, CHENS)
    with again.store.change(entered.clerk, door.now()) as pen:
        state_fact(pen, "address", "示例路" * 2000)
    again.store.close()
    before = door.keys.read_bytes()
    with files_no_larger_than(tail_path(door.store).stat().st_size), pytest.raises(Unwritable):
        recover(door, entered.code, "赵示例", ZHAOS)
    assert door.keys.read_bytes() == before
    recover(door, entered.code, "赵示例", ZHAOS).store.close()
    assert len(known_clerks(door)) == 2


def test_a_name_is_not_given_twice(door: Door, entered: Entered) -> None:
    with pytest.raises(Problem, match="已有名为"):
        recover(door, entered.code, "陈示例", ZHAOS)
    assert len(known_clerks(door)) == 1


def test_keys_that_cannot_be_written_leave_no_account_behind(
    door: Door, entered: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘空间不足。", "请清理磁盘。")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.store.keys.write_whole", full)
        with pytest.raises(Problem, match="磁盘空间不足"):
            recover(door, entered.code, "赵示例", ZHAOS)
    again = sign_in(door, entered.clerk.id, CHENS)
    names = [clerk.name for clerk in clerks.all_clerks(again.store)]
    again.store.close()
    assert names == ["陈示例"]


def test_another_offices_code_is_told_apart(door: Door, entered: Entered) -> None:
    with pytest.raises(WrongKey, match="恢复码不是这个案卷库的"):
        recover(door, Secret.fresh().recovery_code(), "赵示例", ZHAOS)


@pytest.mark.parametrize(("name", "password"), [("", ZHAOS), ("赵示例", "短")])
def test_without_a_name_or_a_password_that_will_do_nothing_is_opened(
    door: Door, entered: Entered, name: str, password: str
) -> None:
    before = door.keys.read_bytes()
    with pytest.raises(Problem):
        recover(door, entered.code, name, password)
    assert door.keys.read_bytes() == before


def test_the_sheet_is_noted_as_being_on_paper(door: Door, entered: Entered) -> None:
    again = sign_in(door, entered.clerk.id, CHENS)
    confirm_sheet(door, again)
    noted = facts(again.store)[SHEET]
    again.store.close()
    assert noted == "2024-05-28"
