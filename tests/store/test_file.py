"""The store: encrypted, one holder, brought up to date, every change whole or not at all, and kept twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.domain.clerks import Clerk
from desktop.domain.numbering import USUAL, read_pattern
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.cases import Shown
from desktop.store.file import Store
from desktop.store.journal import Note, entries_of, head, note
from desktop.store.migrations.steps import STEPS
from desktop.store.opening import Opening, open_store
from desktop.store.register import give
from desktop.store.secret import Secret
from desktop.store.trouble import Newer, NotEncrypted, WrongKey

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
SECRET = Secret(bytes(range(16)))
CHEN = Clerk("chen", "陈示例", "clerk")
PATTERN = read_pattern(USUAL)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
opening = Opening("另一个窗口", datetime(2024, 5, 20, 9, 41, tzinfo=UTC), Secret(bytes(range(16))))
store = open_store(Path(sys.argv[1]), opening)
print("held", flush=True)
time.sleep(60)
"""


def opening(now: datetime = NOON, secret: Secret = SECRET) -> Opening:
    return Opening("测试", now, secret)


@contextmanager
def opened(path: Path, now: datetime = NOON) -> Iterator[Store]:
    store = open_store(path, opening(now))
    try:
        yield store
    finally:
        store.close()


def begin(store: Store, case_id: str, tree: dict[str, object], shown: Shown | None = None) -> None:
    with store.change(CHEN, NOON) as pen:
        cases.begin(pen, case_id, tree, shown or Shown("assistance"))
        note(pen, Note("begun", case_id, new=tree))


def crashed(store: Store, into: Path) -> Path:
    """The files as a power cut leaves them, in another folder."""
    into.mkdir()
    for file in store.path.parent.glob("cases.*"):
        if file.suffix not in {".lock", ".holder"} and not file.name.endswith("-shm"):
            shutil.copy(file, into / file.name)
    return into / store.path.name


def test_a_new_store_is_unreadable_without_its_key_and_strict_with_it(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        begin(store, "c1", {"household": {"members": [{"#": "r1", "name": "王䶮示例"}]}})
        assert store.read("PRAGMA foreign_keys").fetchone() == (1,)
        assert store.read("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.read("PRAGMA synchronous").fetchone() == (2,)
        tables = store.read("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite"))}
        assert {"cases", "journal", "register", "clerks", "facts", "people", "search_keys"} <= ours.keys()
        assert set(ours.values()) == {1}
        with pytest.raises(dbapi2.IntegrityError), store.change(CHEN, NOON) as pen:
            pen.write("INSERT INTO batch_cases (batch, case_id, assessment) VALUES ('none', 'none', 1)")
    for file in tmp_path.iterdir():
        assert "王䶮示例".encode() not in file.read_bytes(), file.name
    with pytest.raises(WrongKey):
        open_store(tmp_path / "cases.db", opening(secret=Secret(bytes(16))))


def test_a_second_program_is_refused_and_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Problem) as refused:
            open_store(path, opening())
        other.kill()
    assert "另一个窗口" in refused.value.what
    assert f"进程 {other.pid}" in refused.value.what
    assert "2024-05-20 09:41" in refused.value.what


def test_the_store_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    for _ in range(50):
        try:
            open_store(path, opening()).close()
            break
        except Problem:
            time.sleep(0.02)
    else:
        pytest.fail("the lock outlived its process")


def test_a_change_that_fails_leaves_nothing_behind_in_the_file_or_its_tail(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        with pytest.raises(RuntimeError), store.change(CHEN, NOON) as pen:
            cases.begin(pen, "c1", {"a": 1}, Shown("assistance"))
            give(pen, "case", PATTERN)
            raise RuntimeError
        assert cases.page(store, None, 10) == ()
        with store.change(CHEN, NOON) as pen:
            assert give(pen, "case", PATTERN) == "2024-0001"
        again = crashed(store, tmp_path / "again")
    with opened(again) as store:
        assert (cases.count_of(store), store.findings) == (0, ())


def test_a_full_disk_is_told_in_words_and_what_was_there_stays(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        begin(store, "c1", {"a": 1})
        (pages,) = store.read("PRAGMA page_count").fetchone()
        store.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Problem, match="磁盘空间不足"):
            begin(store, "c2", {"a": "x" * 100_000})
        assert cases.get(store, "c1").tree == {"a": 1}
        assert cases.count_of(store) == 1


def test_what_was_saved_is_there_after_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    tree: dict[str, object] = {"household": {"members": [{"#": "r1", "name": "王䶮"}]}, "expenses": ["12,3x"]}
    with opened(path) as store:
        begin(store, "c1", tree, Shown("assistance", applicant="王䶮"))
        window = store.window
    with opened(path) as again:
        kept = cases.get(again, "c1")
        assert (kept.tree, kept.listed.shown.applicant, again.window) == (tree, "王䶮", window)


@pytest.mark.parametrize("left", [0.0, 0.3, 0.9])
def test_a_log_that_lost_its_end_loses_nothing_because_the_tail_has_it(tmp_path: Path, left: float) -> None:
    with opened(tmp_path / "cases.db") as store:
        for number in range(20):
            begin(store, f"c{number}", {"a": number, "b": "x" * 3000})
        before = head(store)
        path = crashed(store, tmp_path / "crash")
    log = path.with_name("cases.db-wal")
    with log.open("r+b") as file:
        file.truncate(int(log.stat().st_size * left))
    with opened(path) as store:
        assert "已从另存的一份补上" in store.findings[0].what
        assert [cases.get(store, f"c{number}").tree["a"] for number in range(20)] == list(range(20))
        assert (head(store).seq, head(store).hash) == (before.seq, before.hash)
    with opened(path) as store:
        assert store.findings == ()


def test_a_damaged_tail_is_set_aside_and_the_store_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with opened(path) as store:
        begin(store, "c1", {"a": 1})
    tail = path.with_suffix(".tail")
    tail.write_bytes(b"no tail" + tail.read_bytes()[7:])
    with opened(path) as store:
        assert cases.get(store, "c1").tree == {"a": 1}
        assert store.findings
        begin(store, "c2", {"a": 2})
    assert list(tmp_path.glob("cases.tail.*")), "the damaged tail was thrown away"


def test_a_clock_that_was_set_back_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with opened(path) as store:
        begin(store, "c1", {"a": 1})
    with opened(path, NOON - timedelta(days=2)) as store:
        assert "时钟" in store.findings[0].what
        begin(store, "c2", {"a": 2})
        assert [one.id for one in cases.page(store, None, 10)] == ["c2", "c1"]


def test_a_store_from_a_newer_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with opened(path) as store:
        store.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('yimen', 'm0099_later', '2030')"
        )
        store.db.conn.commit()
    with pytest.raises(Newer, match="更新的版本"):
        open_store(path, opening())
    with pytest.raises(Newer):
        open_store(path, opening())
    assert len(STEPS) < 99


def test_a_file_that_is_no_store_is_refused_in_words_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    path.write_bytes(b"a letter, not a database" * 1000)
    with pytest.raises(WrongKey, match="案卷库"):
        open_store(path, opening())
    assert path.read_bytes() == b"a letter, not a database" * 1000
    with pytest.raises(Problem, match="没有文件夹"):
        open_store(tmp_path / "nowhere" / "cases.db", opening())
    shutil.copy(Path(__file__).parents[1] / "old_stores" / "s0001_plain.db", path)
    with pytest.raises(NotEncrypted, match="未加密"):
        open_store(path, opening())


def test_the_register_gives_every_number_once_and_each_series_its_own(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        with store.change(CHEN, NOON) as pen:
            given = [give(pen, "case", PATTERN) for _ in range(3)]
            other = give(pen, "receipt", PATTERN)
        with store.change(CHEN, NOON.replace(year=2025)) as pen:
            next_year = give(pen, "case", PATTERN)
    assert given == ["2024-0001", "2024-0002", "2024-0003"]
    assert (other, next_year) == ("2024-0001", "2025-0001")


def test_the_lists_go_on_where_a_page_ended_however_the_cases_move(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        for number in range(7):
            begin(store, f"c{number}", {"a": number})
        first = cases.page(store, None, 3)
        with store.change(CHEN, NOON) as pen:
            cases.touch(pen, "c0")
        second = cases.page(store, cases.Place(first[-1].touched, first[-1].n), 3)
    assert [one.id for one in first + second] == ["c6", "c5", "c4", "c3", "c2", "c1"]


def test_the_guards_stop_whoever_would_change_what_is_sealed(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        begin(store, "c1", {"a": 1})
        for statement in (
            "DELETE FROM journal",
            "UPDATE journal SET who = 'somebody'",
            "UPDATE journal SET new = '{}'",
            "UPDATE journal SET old = NULL, new = NULL, hash = x'00'",
        ):
            with pytest.raises(dbapi2.IntegrityError), store.change(CHEN, NOON) as pen:
                pen.write(statement)
        assert [entry.kind for entry in entries_of(store, "c1")] == ["begun"]
