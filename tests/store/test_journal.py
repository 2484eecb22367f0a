"""The journal: entries in the change that they tell of, numbered and chained, whose words alone can be erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from desktop.domain.clerks import NOBODY, Clerk
from desktop.store.chain import NO_HASH, Stamp, content_of, hash_of
from desktop.store.file import Store
from desktop.store.journal import Head, Note, chain, entries_of, entries_of_kind, erase_words, head, note
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
CHEN = Clerk("chen", "陈示例", "clerk")
SECRET = Secret(bytes(range(16)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=5,
)
NOTES = st.builds(
    Note, st.sampled_from(["edit", "opened", "fact"]), st.sampled_from([None, "c1", "c2"]), st.text(), JSON, JSON
)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = open_store(path, Opening("测试", NOON, SECRET))
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "cases.db") as store:
        yield store


def written(store: Store, *notes: Note) -> None:
    with store.change(CHEN, NOON) as pen:
        note(pen, *notes)


def test_before_the_first_entry_the_head_is_nothing(store: Store) -> None:
    assert head(store) == Head(store.window, 0, NO_HASH)
    assert head(store).code == f"{store.window[-4:]}-0-00000000"


def test_an_entry_says_who_when_of_what_and_in_which_change(store: Store) -> None:
    written(store, Note("edit", "c1", "household.phone", None, "0850-0000000"))
    (entry,) = entries_of(store, "c1")
    (change,) = store.read("SELECT change FROM state").fetchone()
    assert (entry.window, entry.seq, entry.change, entry.at, entry.who) == (store.window, 1, change, NOON, "chen")
    assert (entry.kind, entry.path, entry.old, entry.new) == ("edit", "household.phone", None, "0850-0000000")


@settings(max_examples=25)
@given(st.lists(st.lists(NOTES, max_size=4), max_size=4))
def test_whatever_is_noted_is_read_back_in_a_chain_that_anybody_can_compute(changes: list[list[Note]]) -> None:
    with TemporaryDirectory() as folder, opened(Path(folder) / "cases.db") as store:
        for notes in changes:
            written(store, *notes)
        noted = [one for notes in changes for one in notes]
        before = NO_HASH
        rows = list(chain(store, store.window))
        assert len(rows) == len(noted)
        for number, (row, one) in enumerate(zip(rows, noted, strict=True), 1):
            window, seq, change, at, who, case_id, kind, path, old, new, content, hashed = row
            assert (seq, case_id, kind, path) == (number, one.case_id, one.kind, one.path)
            assert content == content_of(old, new)
            before = hash_of(before, Stamp(window, seq, change, at, who, case_id, kind, path), content)
            assert hashed == before
        assert (head(store).seq, head(store).hash) == (len(noted), before)
        for case_id in ("c1", "c2"):
            said = [(entry.path, entry.old, entry.new) for entry in entries_of(store, case_id)]
            assert said == [(one.path, one.old, one.new) for one in noted if one.case_id == case_id]


def test_what_is_hashed_never_changes() -> None:
    # Written down once: chains that are on disk, and heads that are on paper, hold to these for good.
    content = content_of(None, '"值"')
    assert content == sha256('[null,"\\"值\\""]'.encode()).digest()
    stamp = Stamp("W", 1, 2, "2024-05-20T12:00:00+00:00", "chen", None, "fact", "office")
    assert (
        hash_of(NO_HASH, stamp, content)
        == sha256(NO_HASH + b'["W",1,2,"2024-05-20T12:00:00+00:00","chen",null,"fact","office"]' + content).digest()
    )
    assert content_of("a", None) != content_of(None, "a")


def test_a_code_for_paper_is_the_end_of_the_window_the_number_and_eight_digits(store: Store) -> None:
    written(store, Note("fact", path="office", new="x"))
    end = head(store)
    assert end.code == f"{store.window[-4:]}-1-{end.hash.hex()[:8].upper()}"
    assert end.full == f"{store.window} 1 {end.hash.hex()}"


def test_entries_fall_with_the_change_that_they_tell_of(store: Store) -> None:
    with pytest.raises(RuntimeError), store.change(CHEN, NOON) as pen:
        note(pen, Note("opened", "c1"))
        raise RuntimeError
    assert entries_of(store, "c1") == ()
    written(store, Note("opened", "c1"))
    assert head(store).seq == 1


def test_entries_of_kinds_come_in_the_order_of_their_changes(store: Store) -> None:
    written(store, Note("opened", "c1"), Note("fact", path="office"))
    written(store, Note("printed", "c2"))
    assert [one.kind for one in entries_of_kind(store, "printed", "opened")] == ["opened", "printed"]


def test_the_program_itself_may_note_something(store: Store) -> None:
    with store.change(NOBODY, NOON) as pen:
        note(pen, Note("backed_up"))
    assert entries_of_kind(store, "backed_up")[0].who == ""


def test_erased_words_are_gone_for_good_and_the_chain_holds(store: Store, tmp_path: Path) -> None:
    written(store, Note("begun", "c1", new={"name": "王示例"}), Note("begun", "c2", new={"name": "李示例"}))
    end = head(store)
    with store.change(CHEN, NOON) as pen:
        erase_words(pen, "c1")
        note(pen, Note("purged", "c1"))
    first, *_ = entries_of(store, "c1")
    assert (first.old, first.new, first.kind, first.who) == (None, None, "begun", "chen")
    assert first.content == content_of(None, '{"name":"王示例"}')
    assert entries_of(store, "c2")[0].new == {"name": "李示例"}
    rows = list(chain(store, store.window))
    assert rows[1][-1] == end.hash
    assert hash_of(end.hash, Stamp(*rows[2][:8]), rows[2][-2]) == rows[2][-1]


def test_a_chain_is_read_back_after_the_store_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path / "cases.db") as store:
        written(store, Note("opened", "c1"))
        end = head(store)
    with opened(tmp_path / "cases.db") as store:
        assert head(store) == end
        written(store, Note("opened", "c1"))
        assert head(store).seq == 2


def test_a_number_is_given_to_one_entry_alone(store: Store) -> None:
    written(store, Note("opened", "c1"))
    (row,) = chain(store, store.window)
    with pytest.raises(dbapi2.IntegrityError), store.change(CHEN, NOON) as pen:
        pen.write(f"INSERT INTO journal VALUES ({', '.join('?' * len(row))})", tuple(row))
