"""The bin: what is deleted comes back as it was, until it is gone for good; then nothing of what was typed is left."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.domain.clerks import Clerk
from desktop.domain.money import Money
from desktop.domain.problems import Problem
from desktop.store import bin, cases
from desktop.store.cases import KeptCase, Shown
from desktop.store.file import Store
from desktop.store.journal import Note, entries_of, note
from desktop.store.opening import Opening, open_store
from desktop.store.sealed import KeptBatch, KeptNotice, Seal, keep_batch, keep_notice, seal
from desktop.store.secret import Secret

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
CHEN = Clerk("chen", "陈示例", "administrator")
NAME, NUMBER, PHONE, VILLAGE, WARD = "王䶮示例", "520199197203152014", "13900001234", "石板村", "示例医院重症科"
TREE: dict[str, object] = {
    "patient": "p1",
    "household": {
        "phone": PHONE,
        "village": VILLAGE,
        "members": [{"#": "r1", "id": "p1", "name": NAME, "id_number": NUMBER}],
    },
    "expenses": [{"#": "r2", "provider": WARD, "settled_on": "2024-02-20", "total": "80000.00"}],
}
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "cases.db", Opening("测试", NOON, Secret(bytes(range(16)))))
    yield store
    store.close()


@pytest.fixture
def kept(store: Store) -> KeptCase:
    """A case that was printed, and another beside it."""
    with store.change(CHEN, NOON) as pen:
        for case_id in ("c1", "c2"):
            cases.begin(pen, case_id, TREE if case_id == "c1" else {"a": 1}, Shown("assistance", applicant=NAME))
            note(pen, Note("begun", case_id, new=TREE))
        sealed = seal(pen, Seal("c1", NOON, {"name": NAME}, {"payable": "1.00"}, "p", "l", "测试"))
        keep_notice(pen, KeptNotice("受2024-0001", "c1", "receipt", NOON, sealed, f"%PDF {NAME}".encode()))
    return cases.get(store, "c1")


def delete(store: Store, kept: KeptCase) -> KeptCase:
    with store.change(CHEN, NOON) as pen:
        bin.delete(pen, kept, "误建")
    found = cases.find(store, kept.id)
    assert found
    return found


def everything(store: Store) -> str:
    """All that the file holds, as one text."""
    names = [name for (name,) in store.read(TABLES).fetchall()]
    rows = [row for name in names for row in store.read(f'SELECT * FROM "{name}"').fetchall()]
    return json.dumps(rows, ensure_ascii=False, default=lambda content: content.decode("utf-8", "replace"))


def test_what_is_deleted_lies_in_the_bin_with_its_reason_and_nowhere_else(store: Store, kept: KeptCase) -> None:
    delete(store, kept)
    assert [(one.id, one.deleted_why) for one in bin.in_bin(store)] == [("c1", "误建")]
    assert [one.id for one in cases.page(store, None, 10)] == ["c2"]
    assert cases.count_of(store) == 1
    with pytest.raises(Problem, match="回收站"):
        cases.get(store, "c1")


def test_what_is_put_back_is_as_it_was(store: Store, kept: KeptCase) -> None:
    gone = delete(store, kept)
    with store.change(CHEN, NOON) as pen:
        bin.put_back(pen, gone)
    assert cases.get(store, "c1").tree == TREE
    assert bin.in_bin(store) == ()
    assert cases.count_of(store) == 2
    assert [one.kind for one in entries_of(store, "c1")][-2:] == ["deleted", "put_back"]


def test_what_is_purged_leaves_nothing_that_was_typed_only_that_it_was(store: Store, kept: KeptCase) -> None:
    words = [NAME, NUMBER, PHONE, VILLAGE, WARD, NUMBER[::-1]]
    assert [word for word in words if word not in everything(store)] == [], "the search would find nothing"
    gone = delete(store, kept)
    with store.change(CHEN, NOON) as pen:
        pen.write("DELETE FROM cases WHERE id = 'c2'")
        pen.write("UPDATE journal SET old = NULL, new = NULL WHERE case_id = 'c2'")
        bin.purge(pen, gone)
    left = everything(store)
    assert [word for word in words if word in left] == []
    kinds = [entry.kind for entry in entries_of(store, "c1")]
    assert kinds == ["begun", "sealed", "printed", "deleted", "purged"]
    assert cases.find(store, "c1") is None


def test_what_the_county_has_had_stays(store: Store, kept: KeptCase) -> None:
    with store.change(CHEN, NOON) as pen:
        keep_batch(pen, KeptBatch("批2024-0001", 1, NOON, 1, 1, Money(100), ""), [("c1", 1)])
    gone = delete(store, kept)
    assert bin.was_sent(store, "c1")
    with pytest.raises(Problem, match="已上报"), store.change(CHEN, NOON) as pen:
        bin.purge(pen, gone)
    assert [one.id for one in bin.in_bin(store)] == ["c1"]


def test_what_left_the_window_stays_while_its_case_is_not_in_the_bin(store: Store, kept: KeptCase) -> None:
    for table in ("notices", "assessments"):
        with pytest.raises(dbapi2.IntegrityError), store.change(CHEN, NOON) as pen:
            pen.write(f"DELETE FROM {table} WHERE case_id = ?", (kept.id,))
