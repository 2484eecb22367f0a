"""The store: one holder, brought up to date, every change whole or not at all."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.cases import Shown
from desktop.store.file import open_store
from desktop.store.register import next_number

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from desktop.store.file import open_store
store = open_store(Path(sys.argv[1]), "另一个窗口", datetime(2024, 5, 20, 9, 41, tzinfo=UTC))
print("held", flush=True)
time.sleep(60)
"""


def test_a_new_store_has_foreign_keys_wal_and_strict_tables(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cases.db", "测试", NOON)
    assert store.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    tables = store.db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite"))}
    assert ours.keys() == {"cases", "assessments", "numbers", "notices", "batches", "batch_cases"}
    assert set(ours.values()) == {1}
    with pytest.raises(sqlite3.IntegrityError):
        store.db.execute("INSERT INTO batch_cases (batch, case_id, assessment) VALUES ('none', 'none', 1)")
    store.close()


def test_a_second_program_is_refused_and_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Problem) as refused:
            open_store(path, "测试", NOON)
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
            open_store(path, "测试", NOON).close()
            break
        except Problem:
            time.sleep(0.02)
    else:
        pytest.fail("the lock outlived its process")


def test_a_change_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cases.db", "测试", NOON)
    with pytest.raises(RuntimeError), store.change():
        cases.keep(store, "c1", {"a": 1}, {}, Shown("assistance"), NOON)
        next_number(store, "case", 2024)
        raise RuntimeError
    assert cases.find(store, "") == ()
    with store.change():
        assert next_number(store, "case", 2024) == 1
    store.close()


def test_a_full_disk_is_told_in_words_and_what_was_there_stays(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cases.db", "测试", NOON)
    with store.change():
        cases.keep(store, "c1", {"a": 1}, {}, Shown("assistance"), NOON)
    (pages,) = store.db.execute("PRAGMA page_count").fetchone()
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Problem, match="没有存上盘"), store.change():
        cases.keep(store, "c1", {"a": "x" * 100_000}, {}, Shown("assistance"), NOON)
    assert cases.get(store, "c1").draft == {"a": 1}
    store.close()


def test_what_was_saved_is_there_after_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    store = open_store(path, "测试", NOON)
    draft: dict[str, object] = {"household": {"members": [{"name": "王䶮"}]}, "expenses": ["12,3x"]}
    with store.change():
        cases.keep(store, "c1", draft, {"id_card": "received"}, Shown("assistance", applicant="王䶮"), NOON)
    store.close()
    again = open_store(path, "测试", NOON)
    kept = cases.get(again, "c1")
    assert (kept.draft, kept.papers, kept.shown.applicant) == (draft, {"id_card": "received"}, "王䶮")
    again.close()


def test_a_store_from_a_newer_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    store = open_store(path, "测试", NOON)
    store.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('yimen', 'm0099_later', '2030')"
    )
    store.db.conn.commit()
    store.close()
    with pytest.raises(Problem, match="更新的版本"):
        open_store(path, "测试", NOON)
    open_again = sqlite3.connect(path)
    assert open_again.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (2,)
    open_again.close()


def test_a_file_that_is_no_store_is_refused_in_words_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    path.write_bytes(b"a letter, not a database" * 100)
    with pytest.raises(Problem, match="不是案卷库"):
        open_store(path, "测试", NOON)
    assert path.read_bytes() == b"a letter, not a database" * 100
    with pytest.raises(Problem, match="没有文件夹"):
        open_store(tmp_path / "nowhere" / "cases.db", "测试", NOON)


def test_the_register_gives_every_number_once_and_each_series_its_own(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cases.db", "测试", NOON)
    with store.change():
        given = [next_number(store, "case", 2024) for _ in range(5)]
        other = [next_number(store, "receipt", 2024), next_number(store, "case", 2025)]
    assert given == [1, 2, 3, 4, 5]
    assert other == [1, 1]
    store.close()


def test_cases_are_found_by_name_village_number_and_id_tail(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cases.db", "测试", NOON)
    with store.change():
        cases.keep(store, "c1", {}, {}, Shown("assistance", "欧阳示例", "12003X", "石板村", "2024-05-01"), NOON)
        cases.number_case(store, "c1", "2024-0012")
        cases.keep(store, "c2", {}, {}, Shown("assistance", "王示例", "120055", "花溪村"), NOON)
    for words, found in {
        "阳示": ["c1"],
        "示例": ["c1", "c2"],
        "03x": ["c1"],
        "0012": ["c1"],
        "花溪": ["c2"],
        "%": [],
    }.items():
        assert [kept.id for kept in cases.find(store, words)] == found, words
    store.close()
