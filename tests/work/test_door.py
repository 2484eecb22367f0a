"""The door: whether there is anything to open, and that nothing is made where something was lost."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import Cost, lock_in, write_keys
from desktop.store.place import Place
from desktop.store.replacing import MARKER, aside_of
from desktop.store.secret import Secret
from desktop.store.taking_over import encrypt
from desktop.work.door import Door, StoreGone, is_new, open_behind, refuse_place, takes_over, wait_left
from desktop.work.entering import SetUp, set_up, sign_in
from tests.conftest import MORNING

OLD_STORE = Path(__file__).resolve().parents[1] / "old_stores" / "s0001_plain.db"
PASSWORD = "门口的石榴树又开花了"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path / "cases.db", "测试", lambda: MORNING, cost=Cost(memory_kib=8, passes=1, lanes=1))


def test_an_empty_folder_is_new(door: Door) -> None:
    assert is_new(door)
    assert not takes_over(door)


def test_a_store_of_the_first_version_is_new_and_is_taken_over(door: Door) -> None:
    shutil.copy(OLD_STORE, door.store)
    assert is_new(door)
    assert takes_over(door)


def test_where_the_keys_of_a_store_are_left_it_is_gone_and_not_new(door: Door) -> None:
    entered = set_up(door, SetUp("陈示例", PASSWORD, {}))
    entered.store.close()
    refuse_place(door)
    door.store.unlink()
    assert not is_new(door)
    with pytest.raises(StoreGone):
        refuse_place(door)
    with pytest.raises(StoreGone):
        sign_in(door, entered.clerk.id, PASSWORD)
    assert not door.store.exists()


def test_an_emptied_store_is_gone_and_no_clerk_makes_another(door: Door) -> None:
    entered = set_up(door, SetUp("陈示例", PASSWORD, {}))
    entered.store.close()
    for beside in (door.store.with_suffix(".tail"), door.tries):
        beside.unlink(missing_ok=True)
    door.store.write_bytes(b"")
    assert not is_new(door)
    for way in (
        lambda: refuse_place(door),
        lambda: open_behind(door, entered.store.secret),
        lambda: sign_in(door, entered.clerk.id, PASSWORD),
    ):
        with pytest.raises(StoreGone):
            way()
    assert door.store.read_bytes() == b""


def test_an_empty_file_of_a_set_up_that_was_interrupted_is_gone_on_with(door: Door) -> None:
    secret, clerk = Secret.fresh(), Clerk("chen", "陈示例", "administrator")
    write_keys(door.keys, [lock_in(secret, clerk, PASSWORD, door.cost)], "")
    door.store.touch()
    refuse_place(door)
    entered = sign_in(door, "chen", PASSWORD)
    entered.store.close()
    assert entered.clerk == clerk


@pytest.mark.parametrize("left", [None, b""])
def test_a_restore_that_only_lacks_its_last_step_is_no_store_that_is_gone(door: Door, left: bytes | None) -> None:
    entered = set_up(door, SetUp("陈示例", PASSWORD, {}))
    entered.store.close()
    door.store.rename(aside_of(door.store))
    if left is not None:
        door.store.write_bytes(left)
    with pytest.raises(StoreGone):
        refuse_place(door)
    door.store.with_suffix(MARKER).touch()
    refuse_place(door)
    again = sign_in(door, entered.clerk.id, PASSWORD)
    again.store.close()
    assert again.store.id == entered.store.id


def test_damaged_keys_without_a_store_are_not_new(door: Door) -> None:
    door.keys.write_text("not keys", encoding="utf-8")
    assert not is_new(door)


def test_a_secret_makes_no_store(door: Door) -> None:
    with pytest.raises(StoreGone):
        open_behind(door, Secret.fresh())
    assert list(door.store.parent.iterdir()) == []


def test_a_share_is_refused_before_anybody_types_anything(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.work.door.kind_of_place", lambda path: Place("network", "nfs4", path))
    with pytest.raises(Problem, match="网络盘"):
        refuse_place(door)


def test_what_is_to_be_done_before_steps_is_handed_the_secret(door: Door) -> None:
    shutil.copy(OLD_STORE, door.store)
    secret = Secret.fresh()
    encrypt(door.store, secret)
    calls: list[tuple[Path, Secret]] = []
    watched = replace(door, before_steps=lambda path, secret: calls.append((path, secret)))
    for _ in range(2):  # the second time nothing is lacking
        open_behind(watched, secret).close()
    assert calls == [(door.store, secret)]


def test_without_failures_nobody_waits(door: Door) -> None:
    assert wait_left(door, "chen") == 0
