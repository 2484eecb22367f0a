"""Files that are not as they were left: found, told in words, and everything back from the log, the tail or a backup."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from desktop.store import cases
from desktop.store.connection import connect
from desktop.store.keys import KeysDamaged
from desktop.store.log import settle
from desktop.store.trouble import Damaged, WrongKey
from desktop.work.at_the_door import wants_restoring
from desktop.work.intake import new_case, save_case
from desktop.work.library import Library
from desktop.work.office import Office
from tests.faults.content import Worked, come_back, content_in, work
from tests.faults.damaging import damage, flip, overwrite
from tests.faults.test_vanished import phone_at, type_phone

Open = Callable[[Worked], Office]
PAGE = 4096
# A table's own page, an index's, one of a table without rows of its own, the list of all tables.
ROOTS = ("cases", "journal", "register", "state", "notices", "assessments", "search_keys", "cases_touched", "facts")
TIMES = 40  # damages of chance


def root_of(worked: Worked, name: str) -> int:
    """The first page of a table or an index."""
    connection = connect(worked.ground.store, worked.secret)
    try:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        return int(page)
    finally:
        connection.close()


def spoil_page(worked: Worked, page: int) -> None:
    flip(worked.ground.store, (page - 1) * PAGE + 1234, 3)


@pytest.mark.parametrize("name", ROOTS)
def test_a_damaged_page_of_whatever_kind_is_found_and_a_backup_with_the_tail_gives_all(
    closed: Worked, name: str
) -> None:
    spoil_page(closed, root_of(closed, name))
    found = come_back(closed)
    assert (found.restored, found.faults) == (True, [])


def test_a_damaged_first_page_is_found_and_a_backup_with_the_tail_gives_all(closed: Worked) -> None:
    for place in (3, 1234):  # what the key is made of, and the rest
        again = closed.again(closed.ground.folder.with_name("again"))
        flip(again.ground.store, place, 0)
        found = come_back(again)
        assert isinstance(found.said[0], WrongKey)
        assert (found.restored, found.faults) == (True, [])


def test_no_page_of_zeros_is_ever_read_as_what_was_written(closed: Worked, open_office: Open) -> None:
    pages = closed.ground.store.stat().st_size // PAGE
    told = 0
    for page in Random(1).sample(range(2, pages + 1), 12):
        again = closed.again(closed.ground.folder.with_name("again"))
        spoil_page(again, page)
        try:
            content = content_in(open_office(again).kept)
        except (Damaged, WrongKey):
            told += 1
        else:
            assert content == closed.content, page
    assert told


def test_the_other_cases_can_still_be_worked_on_while_one_is_damaged(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    long = new_case(office, "assistance")
    office.kept.begin_tail()
    before = closed.ground.store.stat().st_size
    save_case(office, long.id, {**long.draft, "note": "很长" * 50_000}, {})
    type_phone(office, "13900000001")
    closed.content = content_in(office.kept)
    office.kept.close()
    spoil_page(closed, (before + closed.ground.store.stat().st_size) // 2 // PAGE)
    office = open_office(closed)
    type_phone(office, "13900000001")
    for _ in range(2):
        with pytest.raises(Damaged):
            cases.find(office.kept, long.id)
        type_phone(office, "13900000001")


@pytest.mark.parametrize("size", [0, 1, 512, PAGE, 5 * PAGE, 20 * PAGE + 77])
def test_a_file_that_lost_its_end_is_told_and_a_backup_with_the_tail_gives_all(closed: Worked, size: int) -> None:
    os.truncate(closed.ground.store, size)
    found = come_back(closed)
    assert wants_restoring(found.said[0])
    assert (found.restored, found.faults) == (True, [])


@pytest.mark.parametrize("place", [0, 20, 40, 5000, 0.5, 0.9])
def test_a_damaged_log_loses_nothing_because_the_tail_has_it(pulled: Worked, place: float) -> None:
    log = pulled.ground.folder / "cases.db-wal"
    flip(log, int(place * log.stat().st_size) if place < 1 else int(place), 5)
    found = come_back(pulled)
    assert (found.restored, found.faults) == (False, [])
    assert any("已从另存的一份补上" in one.what for one in found.said)


def test_a_log_of_another_store_is_put_aside(closed: Worked, library: Library, tmp_path: Path) -> None:
    _, other = work(tmp_path / "other", library)
    shutil.copy(other.ground.folder / "cases.db-wal", closed.ground.folder)
    found = come_back(closed)
    assert (found.restored, found.faults) == (False, [])
    assert "日志" in found.said[0].what
    assert list(closed.ground.folder.glob("cases.db-wal*.damaged"))


def test_an_older_log_of_the_same_store_is_put_aside(pulled: Worked, open_office: Open) -> None:
    older = (pulled.ground.folder / "cases.db-wal").read_bytes()
    office = open_office(pulled)
    for number in range(5):
        type_phone(office, f"1390000000{number}")
    pulled.content = content_in(office.kept)
    office.kept.close()
    (pulled.ground.folder / "cases.db-wal").write_bytes(older)
    found = come_back(pulled)
    assert found.faults == []
    assert phone_at(pulled) == "13900000004"


def test_a_log_that_is_lost_while_it_was_taken_into_the_file_is_not_taken_for_sound(
    pulled: Worked, open_office: Open, tmp_path: Path
) -> None:
    office = open_office(pulled)
    before = pulled.ground.store.read_bytes()
    for number in range(3):
        type_phone(office, f"1390000000{number}")
    pulled.content = content_in(office.kept)
    settle(pulled.ground.store, office.kept.db.conn)
    after = pulled.ground.store.read_bytes()
    seen = {"sound": 0, "restored": 0}
    pages = [page for page in range(len(after) // PAGE) if before[page * PAGE :][:PAGE] != after[page * PAGE :][:PAGE]]
    for taken in range(0, len(pages), len(pages) // 6):
        torn = pulled.again(tmp_path / "torn")
        (torn.ground.folder / "cases.db-wal").unlink()
        (torn.ground.folder / "cases.db.settling").touch()
        for page in pages[taken:]:
            overwrite(torn.ground.store, page * PAGE, before[page * PAGE :][:PAGE])
        os.truncate(torn.ground.store, max(len(before), *((page + 1) * PAGE for page in pages[:taken]), 0))
        found = come_back(torn)
        assert found.faults == [], (taken, found.restored, found.said)
        seen["restored" if found.restored else "sound"] += 1
    assert seen["restored"]


@pytest.mark.parametrize("place", [0, 12, 40, 0.5, 0.99])
def test_a_damaged_tail_is_kept_aside_and_loses_nothing(closed: Worked, place: float) -> None:
    tail = closed.ground.store.with_suffix(".tail")
    flip(tail, int(place * tail.stat().st_size) if 0 < place < 1 else int(place), 5)
    found = come_back(closed)
    assert (found.restored, found.faults) == (False, [])
    assert list(closed.ground.folder.glob("cases.tail.*"))


@pytest.mark.parametrize("place", [0, 100, 0.5, 0.9])
def test_damaged_keys_are_told_and_fetched_from_a_backup(closed: Worked, place: float) -> None:
    keys = closed.ground.store.with_suffix(".keys")
    overwrite(keys, int(place * keys.stat().st_size) if 0 < place < 1 else int(place), b"\0")
    found = come_back(closed)
    assert isinstance(found.said[0], KeysDamaged)
    assert (found.restored, found.faults) == (False, [])


def test_whatever_else_is_damaged_by_chance_is_told_or_mended(offices: tuple[Worked, Worked], tmp_path: Path) -> None:
    came = damage(offices, tmp_path / "office", seed=1, times=TIMES)
    assert came.failures == []
    assert came.told
