"""In from a backup: the passwords of today where they are known, the rights of today where the store tells them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import Cost, WrongPassword
from desktop.store.secret import Secret
from desktop.work.backing_up import back_up
from desktop.work.backup_places import Backups, places
from desktop.work.bringing_back import fetch_keys
from desktop.work.door import Door
from desktop.work.entering import SetUp, set_up, sign_in, unlocked
from desktop.work.from_backup import (
    StillWhole,
    backups_at,
    backups_in_folder,
    bring_back,
    by_password,
    by_sheet,
    ready,
    who_may_try,
)
from desktop.work.office import Office
from desktop.work.staff import add_clerk, change_own_password, change_role
from tests.conftest import MORNING

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
CHENS, CHENS_NEW, WANGS = "shiliu-kaihua-22", "shiliu-jieguo-33", "qiezi-shuliu-33"


@dataclass
class Lain:
    """An office behind its door, and a backup of it with two administrators."""

    office: Office
    door: Door
    backups: Backups
    made: Path
    chen: Clerk
    wang: Clerk

    @property
    def secret(self) -> Secret:
        return self.office.kept.secret


def door_in(folder: Path) -> Door:
    folder.mkdir()
    return Door(folder / "cases.db", "测试", lambda: MORNING, cost=CHEAP)


@pytest.fixture
def lain(office: Office, tmp_path: Path) -> Iterator[Lain]:
    door = door_in(tmp_path / "desk")
    entered = set_up(door, SetUp("陈示例", CHENS, {}))
    made_of = replace(office, store=entered.store, who=lambda: entered.clerk)
    wang = add_clerk(made_of, door, "王示例", "administrator", WANGS)
    backups = places(door.store)
    made, _ = back_up(made_of, backups, "hand")
    yield Lain(made_of, door, backups, made.path, entered.clerk, wang)
    if entered.store.held.lock.is_locked:
        entered.store.close()


def test_the_keys_are_unlocked_without_opening_the_store(lain: Lain) -> None:
    assert unlocked(lain.door, lain.wang.id, WANGS) == lain.secret
    lain.door.keys.unlink()
    assert unlocked(lain.door, lain.wang.id, WANGS, lain.made.with_suffix(".keys")) == lain.secret


def test_the_password_of_today_counts_where_the_offices_own_keys_are_left(lain: Lain) -> None:
    change_own_password(lain.office, lain.door, CHENS, CHENS_NEW)
    lain.office.kept.close()
    lain.door.store.unlink()
    with pytest.raises(WrongPassword):
        by_password(lain.door, lain.made, lain.chen.id, CHENS)
    assert by_password(lain.door, lain.made, lain.chen.id, CHENS_NEW).who == lain.chen
    lain.door.keys.write_text("not keys", encoding="utf-8")
    assert by_password(lain.door, lain.made, lain.chen.id, CHENS).secret == lain.secret


def test_whoever_is_no_administrator_any_more_fetches_no_keys(lain: Lain) -> None:
    change_role(lain.office, lain.door, lain.wang, "clerk")
    lain.office.kept.close()
    lain.door.keys.unlink()
    with pytest.raises(Problem, match="需要管理员的权限"):
        ready(lain.door, by_password(lain.door, lain.made, lain.wang.id, WANGS))
    found = ready(lain.door, by_password(lain.door, lain.made, lain.chen.id, CHENS))
    assert found.keys_only
    assert "取回" in bring_back(lain.door, lain.backups, found)
    sign_in(lain.door, lain.chen.id, CHENS).store.close()


def test_a_store_that_opens_is_still_whole_but_one_that_cannot_be_read_to_its_end_is_not(lain: Lain) -> None:
    proven = by_sheet(lain.made, lain.secret.recovery_code())
    lain.office.kept.close()
    with pytest.raises(StillWhole):
        ready(lain.door, proven)
    content = bytearray(lain.door.store.read_bytes())
    content[-100] ^= 1
    lain.door.store.write_bytes(content)
    assert not ready(lain.door, proven).keys_only


def test_another_store_in_its_place_is_told_of_and_kept(lain: Lain, tmp_path: Path) -> None:
    there = door_in(tmp_path / "elsewhere")
    set_up(there, SetUp("赵示例", CHENS, {})).store.close()
    assert {one.name for one in who_may_try(there, lain.made)} == {"陈示例", "王示例"}
    found = ready(there, by_password(there, lain.made, lain.chen.id, CHENS))
    assert "另一个案卷库" in found.prospect.lines[0]
    before = there.store.read_bytes()
    bring_back(there, places(there.store), found)
    (aside,) = there.store.parent.glob("cases-damaged-*")
    assert (aside / "cases.db").read_bytes() == before
    entered = sign_in(there, lain.chen.id, CHENS)
    assert entered.store.id == lain.office.kept.id
    entered.store.close()


def test_of_two_offices_on_one_medium_each_is_offered_its_own(lain: Lain, tmp_path: Path) -> None:
    there = door_in(tmp_path / "elsewhere")
    set_up(there, SetUp("赵示例", CHENS, {})).store.close()
    shared = replace(lain.backups, store=there.store)
    assert backups_at(there, shared) == ()
    assert [row.path for row in backups_at(lain.door, lain.backups)] == [lain.made]
    lain.door.keys.unlink()
    assert [row.path for row in backups_at(lain.door, lain.backups)] == [lain.made]


def test_a_folder_that_was_chosen_is_listed_or_said_to_hold_none(lain: Lain, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(lain.made.parent, stick)
    assert [row.where for row in backups_in_folder(stick)] == ["所选文件夹"]
    with pytest.raises(Problem, match="里没有备份"):
        backups_in_folder(tmp_path)


def test_keys_that_cannot_be_brought_back_are_said_so(lain: Lain) -> None:
    lain.made.with_suffix(".keys").unlink()
    with pytest.raises(Problem):
        fetch_keys(lain.door, lain.made)
    lain.door.keys.unlink()
    assert who_may_try(lain.door, lain.made) == ()
