"""Coming in: what the first set-up makes and what it leaves when it fails, who signs in, and what the lock asks."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import clerks, keys
from desktop.store.connection import is_plain
from desktop.store.facts import facts
from desktop.store.holder import hold
from desktop.store.journal import entries_of_kind
from desktop.store.keys import Cost, KeysDamaged, WrongPassword
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged, Unwritable
from desktop.work.backing_up import before_steps
from desktop.work.backup_places import places
from desktop.work.door import Door, StoreGone, is_new
from desktop.work.entering import (
    Entered,
    SetUp,
    change_password,
    keys_store,
    known_clerks,
    set_up,
    sign_in,
    sign_out,
    unlock,
    unlocked,
)
from desktop.work.recovery import confirm_sheet
from tests.conftest import MORNING
from tests.faults.test_disks import files_no_larger_than

OLD_STORE = Path(__file__).resolve().parents[1] / "old_stores" / "s0001_plain.db"
CHEN, CHENS = "陈示例", "门口的石榴树又开花了"
LI, LIS = Clerk("li", "李示例", "clerk"), "山上的小菜园里有黄瓜"
WANTED = SetUp(CHEN, CHENS, {"office": "示例乡社会救助窗口", "locality": "guizhou-sample"})


@pytest.fixture
def door(tmp_path: Path) -> Door:
    folder = tmp_path / "office"
    folder.mkdir()
    return Door(folder / "cases.db", "测试", lambda: MORNING, cost=Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def chen(door: Door) -> Clerk:
    """The administrator of an office that was set up, and is closed."""
    entered = set_up(door, WANTED)
    confirm_sheet(door, entered)
    entered.store.close()
    return entered.clerk


def add(door: Door, entered: Entered, clerk: Clerk, password: str) -> None:
    with entered.store.change(entered.clerk, door.now()) as pen:
        clerks.add_clerk(pen, clerk)
    slot = keys.lock_in(entered.store.secret, clerk, password, door.cost)
    keys.write_keys(door.keys, [*keys.read_keys(door.keys), slot], entered.store.id)


def is_free(door: Door) -> bool:
    """Whether nobody holds the store."""
    try:
        hold(door.store, "测试", MORNING).release()
    except Problem:
        return False
    return True


def names_in(door: Door) -> set[str]:
    return {path.name for path in door.store.parent.iterdir()} - {"cases.db.lock"}


def test_the_set_up_makes_a_store_that_only_the_administrator_opens(door: Door) -> None:
    entered = set_up(door, WANTED)
    try:
        assert [clerk.title for clerk in clerks.clerks(entered.store)] == ["陈示例（管理员）"]
        assert facts(entered.store) == WANTED.facts
        assert keys_store(door) == entered.store.id
        assert Secret.from_recovery_code(entered.code) == entered.store.secret
        assert [(one.kind, one.who) for one in entries_of_kind(entered.store, "signed_in", "clerk")] == [
            ("clerk", entered.clerk.id),
            ("signed_in", entered.clerk.id),
        ]
    finally:
        entered.store.close()
    assert not is_new(door)
    assert not is_plain(door.store)
    assert CHENS.encode() not in door.keys.read_bytes()
    assert known_clerks(door) == (entered.clerk,)


@pytest.mark.parametrize("wanted", [replace(WANTED, password="短"), replace(WANTED, administrator="  ")])
def test_a_set_up_that_will_not_do_makes_nothing(door: Door, wanted: SetUp) -> None:
    with pytest.raises(Problem):
        set_up(door, wanted)
    assert names_in(door) == set()


def test_an_office_is_set_up_once(door: Door, chen: Clerk) -> None:
    before = door.keys.read_bytes()
    with pytest.raises(Problem, match="已经有案卷库"):
        set_up(door, WANTED)
    assert door.keys.read_bytes() == before


@pytest.mark.parametrize("plain", [False, True])
def test_a_set_up_that_another_program_keeps_out_leaves_everything_as_it_was(door: Door, plain: bool) -> None:
    if plain:
        shutil.copy(OLD_STORE, door.store)
    held = hold(door.store, "前一版本的窗口", MORNING)
    try:
        with pytest.raises(Problem, match="前一版本的窗口"):
            set_up(door, WANTED)
    finally:
        held.release()
    assert names_in(door) == ({"cases.db"} if plain else set())
    assert not plain or door.store.read_bytes() == OLD_STORE.read_bytes()


def test_a_set_up_that_breaks_before_the_store_is_made_is_done_anew(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘空间不足。", "请清理磁盘。")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.work.entering.open_store", full)
        with pytest.raises(Problem, match="磁盘空间不足"):
            set_up(door, WANTED)
    assert names_in(door) == set()
    set_up(door, WANTED).store.close()


@pytest.mark.parametrize("named", [False, True])
def test_a_set_up_that_breaks_after_the_store_is_made_is_finished_by_signing_in(door: Door, named: bool) -> None:
    # The power failed before the store knew of anybody; its keys may name it already.
    secret, clerk = Secret.fresh(), Clerk("chen", CHEN, "administrator")
    store = open_store(door.store, Opening("测试", MORNING, secret))
    store.close()
    keys.write_keys(door.keys, [keys.lock_in(secret, clerk, CHENS, door.cost)], store.id if named else "")
    assert not is_new(door)
    entered = sign_in(door, "chen", CHENS)
    try:
        assert clerks.clerks(entered.store) == (clerk,)
        assert entered.code == secret.recovery_code()
        assert keys_store(door) == entered.store.id
    finally:
        entered.store.close()


@pytest.mark.parametrize("empty", [False, True])
def test_a_store_that_the_keys_do_not_name_is_refused(door: Door, chen: Clerk, empty: bool) -> None:
    # It opens with the very secret, and may know nobody: whoever signs in does not become its administrator.
    secret = unlocked(door, chen.id, CHENS)
    for path in (door.store, door.store.with_suffix(".tail")):
        path.unlink()
    store = open_store(door.store, Opening("测试", MORNING, secret))
    if not empty:
        with store.change(chen, MORNING) as pen:
            clerks.add_clerk(pen, chen)
    known, before = clerks.all_clerks(store), door.keys.read_bytes()
    store.close()
    with pytest.raises(StoreGone, match="不是密钥文件所属的案卷库"):
        sign_in(door, chen.id, CHENS)
    store = open_store(door.store, Opening("测试", MORNING, secret))
    assert clerks.all_clerks(store) == known
    store.close()
    assert door.keys.read_bytes() == before


def broken_copy(path: Path) -> None:
    """An old store of which three pages are not what was written there."""
    content = bytearray(OLD_STORE.read_bytes())
    content[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    path.write_bytes(content)


def test_an_old_store_over_one_with_keys_is_set_up_and_the_keys_are_kept(door: Door, chen: Clerk) -> None:
    before = door.keys.read_bytes()
    for earlier in (1, 2):
        shutil.copy(OLD_STORE, door.store)
        door.keys.write_bytes(before)
        set_up(door, WANTED).store.close()
        kept = [path for path in door.keys.parent.glob("cases.keys*.replaced") if path.read_bytes() == before]
        assert len(kept) == earlier
        assert len(known_clerks(door)) == 1


def test_a_set_up_that_breaks_puts_the_keys_of_another_store_back(door: Door, chen: Clerk) -> None:
    before = door.keys.read_bytes()
    broken_copy(door.store)
    plain, names = door.store.read_bytes(), names_in(door)
    with pytest.raises(Damaged, match="旧版案卷库已损坏"):
        set_up(door, WANTED)
    assert (door.keys.read_bytes(), door.store.read_bytes()) == (before, plain)
    assert names_in(door) - names <= {".cases.db.encrypting"}
    held = hold(door.store, "前一版本的窗口", MORNING)
    with pytest.raises(Problem, match="前一版本的窗口"):
        set_up(door, WANTED)
    held.release()
    assert door.keys.read_bytes() == before


def test_an_old_store_that_the_disk_does_not_take_is_left_as_it_was(door: Door) -> None:
    shutil.copy(OLD_STORE, door.store)
    with files_no_larger_than(20000), pytest.raises(Unwritable, match="没有能把旧版案卷库加密存盘"):
        set_up(door, WANTED)
    assert door.store.read_bytes() == OLD_STORE.read_bytes()
    assert not door.keys.exists()


def test_a_set_up_that_breaks_after_encrypting_leaves_both_keys(door: Door, chen: Clerk) -> None:
    def no_folder(*_: object) -> None:
        raise Problem("没有备份文件夹。", "请换一个。")

    before = door.keys.read_bytes()
    shutil.copy(OLD_STORE, door.store)
    with pytest.raises(Problem, match="没有备份文件夹"):
        set_up(replace(door, before_steps=no_folder), WANTED)
    assert door.keys.with_name("cases.keys.replaced").read_bytes() == before
    (clerk,) = known_clerks(door)
    sign_in(door, clerk.id, CHENS).store.close()


def test_whom_the_store_does_not_know_is_quietly_taken_out_of_the_keys(door: Door, chen: Clerk) -> None:
    entered = sign_in(door, chen.id, CHENS)
    add(door, entered, LI, LIS)
    ghost = keys.lock_in(entered.store.secret, Clerk("ghost", "赵示例", "clerk"), LIS, door.cost)
    keys.write_keys(door.keys, [*keys.read_keys(door.keys), ghost], entered.store.id)
    entered.store.close()
    sign_in(door, chen.id, CHENS).store.close()
    assert {one.id for one in known_clerks(door)} == {chen.id, LI.id}


def test_a_store_that_was_put_right_just_now_takes_nobody_out_of_the_keys(door: Door, chen: Clerk) -> None:
    entered = sign_in(door, chen.id, CHENS)
    slot = keys.lock_in(entered.store.secret, LI, LIS, door.cost)
    keys.write_keys(door.keys, [*keys.read_keys(door.keys), slot], entered.store.id)
    entered.store.close()
    earlier = replace(door, now=lambda: MORNING - timedelta(days=1))
    again = sign_in(earlier, chen.id, CHENS)
    again.store.close()
    assert again.store.findings  # the clock
    assert LI in known_clerks(door)


def test_a_store_of_the_first_version_is_encrypted_with_all_that_it_holds(door: Door) -> None:
    shutil.copy(OLD_STORE, door.store)
    assert is_new(door)
    entered = set_up(door, WANTED)
    try:
        assert entered.store.read("SELECT count(*) FROM cases").fetchone()[0] > 0
    finally:
        entered.store.close()
    assert not is_plain(door.store)


def test_before_it_is_brought_up_to_date_there_is_a_backup_of_it(door: Door) -> None:
    shutil.copy(OLD_STORE, door.store)
    backups = places(door.store)
    set_up(replace(door, before_steps=before_steps(backups, door.now)), WANTED).store.close()
    (made,) = backups.folder.glob("*.backup")
    assert not is_plain(made)


def test_the_code_is_handed_out_until_the_sheet_is_on_paper(door: Door) -> None:
    first = set_up(door, WANTED)
    add(door, first, LI, LIS)
    first.store.close()
    li = sign_in(door, LI.id, LIS)
    li.store.close()
    assert li.code == ""  # only to an administrator
    again = sign_in(door, first.clerk.id, CHENS)
    assert again.code == first.code
    confirm_sheet(door, again)
    again.store.close()
    third = sign_in(door, first.clerk.id, CHENS)
    third.store.close()
    assert third.code == ""


def test_signing_in_by_a_wrong_password_opens_nothing(door: Door, chen: Clerk) -> None:
    with pytest.raises(WrongPassword, match="口令不对"):
        sign_in(door, chen.id, "something-else")
    assert is_free(door)


def test_after_wrong_passwords_the_right_one_has_to_wait_too(door: Door, chen: Clerk) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassword):
            sign_in(door, chen.id, "something-else")
    with pytest.raises(WrongPassword, match="等待 2 秒"):
        sign_in(door, chen.id, CHENS)
    later = replace(door, now=lambda: MORNING + timedelta(seconds=2))
    sign_in(later, chen.id, CHENS).store.close()


def test_a_clerk_who_left_does_not_come_in_by_a_key_that_is_still_there(door: Door, chen: Clerk) -> None:
    entered = sign_in(door, chen.id, CHENS)
    add(door, entered, LI, LIS)
    with entered.store.change(chen, MORNING) as pen:
        clerks.retire_clerk(pen, LI)
    with pytest.raises(Problem, match="已停用"):
        unlock(door, entered.store, LI.id, LIS)
    entered.store.close()
    with pytest.raises(Problem, match="已停用"):
        sign_in(door, LI.id, LIS)
    assert is_free(door)


def test_nobody_comes_in_without_an_account(door: Door, chen: Clerk) -> None:
    with pytest.raises(Problem, match="没有这个帐号"):
        sign_in(door, "nobody", CHENS)


@pytest.fixture
def entered(door: Door, chen: Clerk) -> "Callable[[], Entered]":
    return lambda: sign_in(door, chen.id, CHENS)


def test_who_locks_and_who_comes_back_is_in_the_journal(door: Door, entered: Callable[[], Entered]) -> None:
    now = entered()
    add(door, now, LI, LIS)
    sign_out(now.store, now.clerk, MORNING, locked=True)
    assert unlock(door, now.store, LI.id, LIS) == LI
    sign_out(now.store, LI, MORNING)
    found = [(one.kind, one.path, one.who) for one in entries_of_kind(now.store, "signed_in", "signed_out")]
    now.store.close()
    assert found[-3:] == [
        ("signed_out", "lock", now.clerk.id),
        ("signed_in", "unlock", LI.id),
        ("signed_out", "", LI.id),
    ]


def test_keys_of_another_store_lift_no_lock_and_change_no_password(door: Door, entered: Callable[[], Entered]) -> None:
    now = entered()
    forged = keys.lock_in(Secret.fresh(), now.clerk, "a-forged-password", door.cost)
    keys.write_keys(door.keys, [forged], now.store.id)
    with pytest.raises(KeysDamaged):
        unlock(door, now.store, now.clerk.id, "a-forged-password")
    with pytest.raises(KeysDamaged):
        change_password(door, now.store, now.clerk, "a-forged-password", "another-long-password")
    now.store.close()


def test_a_new_password_opens_and_the_old_one_does_not(door: Door, entered: Callable[[], Entered]) -> None:
    now = entered()
    change_password(door, now.store, now.clerk, CHENS, "屋后的小菜园里有茄子呢")
    now.store.close()
    sign_in(door, now.clerk.id, "屋后的小菜园里有茄子呢").store.close()
    with pytest.raises(WrongPassword):
        sign_in(door, now.clerk.id, CHENS)


def test_a_password_that_cannot_be_kept_is_not_noted_as_changed(
    door: Door, entered: Callable[[], Entered], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘空间不足。", "请清理磁盘。")

    now = entered()
    before = len(entries_of_kind(now.store, "clerk"))
    monkeypatch.setattr(keys, "write_whole", full)
    with pytest.raises(Problem, match="磁盘空间不足"):
        change_password(door, now.store, now.clerk, CHENS, "屋后的小菜园里有茄子呢")
    assert len(entries_of_kind(now.store, "clerk")) == before
    now.store.close()


def test_the_time_in_the_journal_is_the_doors(door: Door, entered: Callable[[], Entered]) -> None:
    now = entered()
    at = entries_of_kind(now.store, "signed_in")[-1].at
    now.store.close()
    assert at == MORNING
