"""Two pasts of one store: what belongs to the one is never taken for a part of the other, and no number is given twice."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.numbering import USUAL, read_pattern
from desktop.domain.problems import Problem
from desktop.store import cases, clerks
from desktop.store.backup import Making, make_backup
from desktop.store.backups import backups_in
from desktop.store.cases import Shown
from desktop.store.checking import check_store
from desktop.store.connection import connect
from desktop.store.copying import Tell
from desktop.store.file import Store, tail_path
from desktop.store.journal import Note, note
from desktop.store.kept_tails import carry_tails, keep_tail
from desktop.store.looking import look
from desktop.store.manifest import Backup, written
from desktop.store.opening import Opening, open_store
from desktop.store.register import gaps, give
from desktop.store.replaying import last_change
from desktop.store.restoring import Restored, Wanted, restore
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged

NOON = datetime(2024, 5, 28, 9, 41, tzinfo=UTC)
SECRET = Secret(bytes(range(16)))
CHEN = Clerk("chen", "陈示例", "administrator")
PATTERN = read_pattern(USUAL)


def go_on(_done: int, _of: int) -> bool:
    return True


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the store lies, with an administrator and one case in it."""
    (tmp_path / "office").mkdir()
    (tmp_path / "backups").mkdir()
    path = tmp_path / "office" / "cases.db"
    with opened(path) as store:
        with store.change(CHEN, NOON) as pen:
            clerks.add_clerk(pen, CHEN)
            note(pen, Note("clerk", path=CHEN.id))
        begin(store, "c1")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = open_store(path, Opening("测试", NOON, SECRET))
    try:
        yield store
    finally:
        store.close()


def begin(store: Store, *names: str) -> None:
    for name in names:
        with store.change(CHEN, NOON) as pen:
            tree: dict[str, object] = {"a": f"{name}{'x' * 9000}"}
            cases.begin(pen, name, tree, Shown("assistance", applicant=name))
            note(pen, Note("begun", name, new=tree))


def back_up(store: Store, folder: Path, now: datetime = NOON) -> Backup:
    made = make_backup(store.path, SECRET, folder, Making(now, "测试", "interval"))
    keep_tail(store.path, last_change(store.db))
    store.begin_tail()
    with store.change(CHEN, NOON) as pen:
        note(pen, Note("backed_up", path=made.name))
    carry_tails(store.path, SECRET, made, go_on)
    return made


def bring_back(place: Path, backup: Backup, replay: bool | None = None, tell: Tell = go_on) -> Restored:
    folders = (backup.path.parent,)
    return restore(backup.path, Wanted(place, SECRET, CHEN, NOON + timedelta(days=1), "测试", folders, tell, replay))


def now_in(place: Path) -> set[str]:
    with opened(place) as store:
        report = check_store(store)
        assert report.sound, report.findings
        return {case.id for case in cases.page(store, None, 500)}


def damage(place: Path) -> None:
    content = bytearray(place.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start + 100] ^= 1
    place.write_bytes(content)


def older_put_back(place: Path, folder: Path) -> Backup:
    """c2, a backup, c3; then the file of before c2 is put back by hand, the tail stays."""
    old = place.read_bytes()
    with opened(place) as store:
        begin(store, "c2")
        made = back_up(store, folder)
        begin(store, "c3")
    place.write_bytes(old)
    return made


def test_an_older_file_that_was_put_back_does_not_open_and_a_restore_loses_nothing(place: Path, folder: Path) -> None:
    made = older_put_back(place, folder)
    with pytest.raises(Damaged, match="接不上"), opened(place):
        pass
    done = bring_back(place, made)
    assert not done.damaged
    assert (done.replayed, done.missing) == (2, 0)
    assert now_in(place) == {"c1", "c2", "c3"}


def test_an_older_file_beside_an_empty_tail_does_not_open_either(place: Path, folder: Path) -> None:
    old = place.read_bytes()
    with opened(place) as store:
        begin(store, "c2")
        store.begin_tail()
    place.write_bytes(old)
    with pytest.raises(Damaged, match="接不上"), opened(place):
        pass


def two_pasts(place: Path, folder: Path) -> Backup:
    """From c1 on d2 is typed and backed up; the same numbers went to c2 to c6 in another past, whose tail is there still."""
    old = place.read_bytes()
    with opened(place) as store:
        begin(store, "c2", "c3", "c4", "c5", "c6")
    other = tail_path(place).read_bytes()
    place.write_bytes(old)
    tail_path(place).unlink()
    with opened(place) as store:
        begin(store, "d2")
        made = make_backup(place, SECRET, folder, Making(NOON, "测试", "interval"))
    tail_path(place).write_bytes(other)
    return made


def test_the_tail_of_another_past_is_never_put_in(place: Path, folder: Path) -> None:
    made = two_pasts(place, folder)
    with pytest.raises(Damaged, match="接不上"), opened(place):
        pass
    damage(place)
    done = bring_back(place, made)
    assert (done.replayed, done.missing) == (0, 4)
    assert now_in(place) == {"c1", "d2"}


def test_a_tail_of_another_past_that_ends_where_the_file_does_is_not_gone_on_with(place: Path) -> None:
    old = place.read_bytes()
    with opened(place) as store:
        begin(store, "c2")
    other = tail_path(place).read_bytes()
    place.write_bytes(old)
    tail_path(place).unlink()
    with opened(place) as store:
        begin(store, "d2")
    tail_path(place).write_bytes(other)
    with opened(place) as store:
        assert store.unbacked
        assert tail_path(place).read_bytes() != other
    assert now_in(place) == {"c1", "d2"}


def test_a_change_without_entries_is_put_in_with_those_around_it(place: Path) -> None:
    old = place.read_bytes()
    with opened(place) as store:
        for name in ("c2", "c3"):
            with store.change(CHEN, NOON):
                pass
            begin(store, name)
        with store.change(CHEN, NOON):
            pass
        last = last_change(store.db)
    place.write_bytes(old)
    assert now_in(place) == {"c1", "c2", "c3"}
    with opened(place) as store:
        assert last_change(store.db) == last


def test_a_tail_that_no_backup_leads_into_says_so_until_one_is_counted(place: Path, folder: Path) -> None:
    with opened(place) as store:
        assert not store.unbacked
        made = back_up(store, folder)
    with opened(place) as store:
        assert not store.unbacked
        begin(store, "c2")
    bring_back(place, made)
    for _ in range(2):
        with opened(place) as store:
            assert store.unbacked
    with opened(place) as store:
        back_up(store, folder, NOON + timedelta(days=2))
        assert not store.unbacked
        begin(store, "d2")
    with opened(place) as store:
        assert not store.unbacked
    newest = max(backups_in(folder)[0], key=lambda one: one.manifest.made_at)
    damage(place)
    bring_back(place, newest)
    assert now_in(place) == {"c1", "d2"}


def numbers_given(store: Store) -> list[tuple[str, str | None]]:
    return store.read("SELECT text, reason FROM register ORDER BY series, year, number").fetchall()


def test_no_number_is_given_twice_after_a_restore(place: Path, folder: Path) -> None:
    with opened(place) as store:
        with store.change(CHEN, NOON) as pen:
            first = give(pen, "case", PATTERN, "c1")
            pen.write("UPDATE cases SET case_no = ? WHERE id = 'c1'", (first,))
        made = back_up(store, folder)
        with store.change(CHEN, NOON) as pen:
            given = [give(pen, series, PATTERN, "c1") for series in ("receipt", "batch", "batch")]
            note(pen, Note("numbered", "c1"))
    assert bring_back(place, made).numbers == 3
    with opened(place) as store:
        assert {reason for _, reason in numbers_given(store)} == {None, "恢复备份前已发出"}
        assert gaps(store) == ()
        with store.change(CHEN, NOON) as pen:
            assert give(pen, "batch", PATTERN) not in given
        assert not {"register_gap", "number_of_another"} & {one.what for one in check_store(store).findings}


@pytest.mark.parametrize("content", [b"", None])
def test_a_restore_goes_over_a_file_that_holds_nothing(place: Path, folder: Path, content: bytes | None) -> None:
    with opened(place) as store:
        made = back_up(store, folder)
        begin(store, "c2")
    if content is None:
        # Of this key, and without a table of ours.
        place.unlink()
        connection = connect(place, SECRET)
        connection.execute("CREATE TABLE flowers (n INTEGER)")
        connection.commit()
        connection.close()
    else:
        place.write_bytes(content)
    done = bring_back(place, made)
    assert done.damaged
    assert done.kept is not None
    assert (done.kept / "cases.db").exists()
    assert len(backups_in(folder)[0]) == 1
    assert now_in(place) == {"c1", "c2"}


def test_a_backup_of_before_the_upgrade_is_refused_in_words(place: Path, folder: Path) -> None:
    with opened(place) as store:
        made = back_up(store, folder)
    old = replace(made.manifest, standing=replace(made.manifest.standing, schema=1))
    made.path.with_suffix(".json").write_bytes(written(old))
    with pytest.raises(Problem, match="升级前的备份"):
        look(made.path, SECRET)


def test_the_log_of_a_crash_over_an_older_file_is_found_out(place: Path, tmp_path: Path) -> None:
    with opened(place) as store:
        begin(store, *(f"a{number}" for number in range(30)))
    old = place.read_bytes()
    with opened(place) as store:
        begin(store, "b1", "b2", "b3")
    store = open_store(place, Opening("测试", NOON, SECRET))
    begin(store, "last")
    (tmp_path / "crash").mkdir()
    for file in place.parent.iterdir():
        if not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, tmp_path / "crash" / file.name)
    store.close()
    again = tmp_path / "crash" / "cases.db"
    assert again.with_name("cases.db-wal").stat().st_size
    again.write_bytes(old)
    # The log is put aside, and what is missing comes from the tail.
    assert now_in(again) == {"c1", *(f"a{number}" for number in range(30)), "b1", "b2", "b3", "last"}
    with opened(again) as found:
        assert found.findings == ()
    assert list(again.parent.glob("*-wal.damaged"))
