"""Every store that was ever released opens, holds what it held, passes its check, and goes on."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop import paths
from desktop.domain.edits import tracked
from desktop.store import cases
from desktop.store.checking import check_store
from desktop.store.connection import is_plain
from desktop.store.journal import entries_of
from desktop.store.keys import Cost
from desktop.store.migrations.steps import STEPS
from desktop.store.secret import Secret
from desktop.work.door import Door
from desktop.work.drafts import draft_of
from desktop.work.entering import Entered, SetUp, known_clerks, set_up, sign_in
from desktop.work.intake import open_case, save_case
from desktop.work.library import Library
from desktop.work.office import Letterhead, Office
from tests.old_stores.make import make
from tests.store.old import contents, contents_of_the_first

OLD = Path(__file__).parents[1] / "old_stores"
FIRST, ENCRYPTED = OLD / "s0001_plain.db", sorted(OLD.glob("s*[0-9].db"))
LATER = datetime(2024, 6, 3, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CHEN = "陈示例"
NEW_PASSWORD = "接管后的口令 2024"


def door_of(path: Path, folder: Path) -> Door:
    """The door of an old store in a folder of its own."""
    for file in path.parent.glob(f"{path.stem}.*"):
        if file.suffix != ".json":
            shutil.copy(file, folder / f"cases{file.suffix}")
    return Door(folder / "cases.db", "现在的程序", lambda: LATER, cost=Cost(64, 1, 1))


def told(path: Path) -> dict[str, object]:
    found = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def entered_into(path: Path, folder: Path) -> Entered:
    """An old store, opened by the present program."""
    door = door_of(path, folder)
    if path == FIRST:
        return set_up(door, SetUp(CHEN, NEW_PASSWORD, {}))
    return sign_in(door, chen_at(door), str(told(path)["password"]))


def chen_at(door: Door) -> str:
    """The id of the administrator, by the name that every old store has given her."""
    return next(one.id for one in known_clerks(door) if one.name == CHEN)


@pytest.fixture(params=[FIRST, *ENCRYPTED], ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def entered(old: Path, tmp_path: Path) -> Iterator[Entered]:
    found = entered_into(old, tmp_path)
    yield found
    found.store.close()


@pytest.fixture
def office(entered: Entered, library: Library, tmp_path: Path) -> Office:
    return Office(
        *(library, entered.store, Letterhead(), "guizhou-sample", paths.FONTS, lambda: LATER),
        *(tmp_path / "texts", lambda: entered.clerk),
    )


def test_no_step_is_released_without_a_store_that_ends_with_it() -> None:
    there = {path.stem[:5] for path in (FIRST, *ENCRYPTED)}
    assert there == {f"s{number:04}" for number in range(1, len(STEPS) + 1)}


def test_what_is_kept_of_old_stores_is_small() -> None:
    assert [path.name for path in OLD.iterdir() if path.stat().st_size > 400_000] == []


def test_an_old_store_is_whole(entered: Entered, old: Path) -> None:
    now = contents(entered.store)
    before = contents_of_the_first(old) if old == FIRST else told(old)
    for name in ("cases", "notices", "batches", "sent", "sealed"):
        assert now[name] == before[name], name


def test_the_numbers_of_the_first_version_are_all_in_the_register(tmp_path: Path) -> None:
    found = entered_into(FIRST, tmp_path)
    try:
        rows = contents(found.store)["register"]
    finally:
        found.store.close()
    assert isinstance(rows, list)
    assert [row[:3] for row in rows] == contents_of_the_first(FIRST)["numbers"]
    assert {row[3]: row[4] is not None for row in rows} == {
        "2024-0001": True,
        "受2024-0001": True,
        "批2024-0001": False,
    }


@pytest.mark.parametrize("path", ENCRYPTED, ids=lambda path: path.stem)
def test_a_store_with_a_journal_keeps_every_entry_and_whatever_the_office_said(path: Path, tmp_path: Path) -> None:
    found = entered_into(path, tmp_path)
    try:
        now, before = contents(found.store), told(path)
    finally:
        found.store.close()
    for name in ("register", "clerks", "facts"):
        assert now[name] == before[name], name
    (entries, entries_before) = now["entries"], before["entries"]
    assert isinstance(entries, list)
    assert isinstance(entries_before, list)
    # What is new is that somebody signed in.
    assert entries[: len(entries_before)] == entries_before
    assert [kind for _, kind, _ in entries[len(entries_before) :]] == ["signed_in"]


@pytest.mark.parametrize("path", ENCRYPTED, ids=lambda path: path.stem)
def test_the_recovery_code_of_an_old_store_still_opens_it(path: Path, tmp_path: Path) -> None:
    found = entered_into(path, tmp_path)
    found.store.close()
    assert Secret.from_recovery_code(str(told(path)["recovery_code"])) == found.store.secret


def test_an_old_store_passes_its_check(entered: Entered) -> None:
    report = check_store(entered.store)
    assert report.findings == ()
    assert report.seen["cases"] >= 3


def test_a_store_of_the_first_version_is_encrypted_when_it_is_taken_over(tmp_path: Path) -> None:
    assert is_plain(FIRST)
    found = entered_into(FIRST, tmp_path)
    found.store.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert "王示例".encode() in FIRST.read_bytes()
    assert "王示例".encode() not in held


def test_work_goes_on_in_an_old_store(office: Office) -> None:
    store = office.kept
    for row in cases.page(store, None, 10):
        kept = open_case(office, row.id)
        before = draft_of(cases.get(store, row.id))
        assert kept.draft == before
        save_case(office, row.id, {**kept.draft, "surveyed_on": "2024-05-30"}, kept.papers)
        assert draft_of(cases.get(store, row.id)) == {**before, "surveyed_on": "2024-05-30"}
        assert "surveyed_on" in {entry.path for entry in entries_of(store, row.id)}
    assert check_store(store).findings == ()


def test_what_was_printed_in_an_old_store_is_printed_again(office: Office) -> None:
    from desktop.work.notices import issued_notices

    (number,) = office.kept.read("SELECT case_id FROM notices WHERE kind = 'receipt'").fetchone()
    assert issued_notices(office, number)["receipt"].pdf.startswith(b"%PDF")


def test_the_rows_of_an_old_case_have_ids_that_no_other_row_has(entered: Entered) -> None:
    for row in cases.page(entered.store, None, 10):
        tree = cases.get(entered.store, row.id).tree
        ids = list(_ids(tree))
        assert len(ids) == len(set(ids)) == len(list(_ids(tracked(tree, lambda: "x"))))


def _ids(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from [value["#"]] if "#" in value else []
        for part in value.values():
            yield from _ids(part)
    if isinstance(value, list):
        for part in value:
            yield from _ids(part)


def test_the_store_that_is_kept_next_can_be_made(tmp_path: Path) -> None:
    found = make(tmp_path, "s9999")
    door = Door(tmp_path / "s9999.db", "测试", lambda: LATER, cost=Cost(64, 1, 1))
    entered = sign_in(door, chen_at(door), str(found["password"]))
    try:
        assert contents(entered.store)["cases"] == found["cases"]
        assert check_store(entered.store).sound
    finally:
        entered.store.close()
