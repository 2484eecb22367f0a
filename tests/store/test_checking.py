"""The check of a store: an undamaged one passes, and each kind of damage is found by its place."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop import paths
from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import cases, checking
from desktop.store.chain import NO_HASH, Stamp, content_of, hash_of
from desktop.store.checking import CheckReport, check_store
from desktop.store.checks import known
from desktop.store.checks.anchors import Anchor
from desktop.store.checks.chains import Link, link_of
from desktop.store.checks.findings import Cancelled, Progress, Watch
from desktop.store.connection import connect
from desktop.store.file import Store
from desktop.store.journal import COLUMNS, chain, head
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.store.trouble import Damaged
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case, purge
from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.library import Library
from desktop.work.looks import access_list_pdf
from desktop.work.notices import issue_notice
from desktop.work.office import Letterhead, Office
from desktop.work.undoing import redo, undo

CHEN = Clerk("chen", "陈示例", "administrator")
SECRET = Secret(bytes(range(16)))
MORNING = datetime(2024, 5, 28, 9, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
Sample = Callable[[str], dict[str, object]]
COPIED = "case_id, made_at, inputs, result, policy_print, locality_print, digest"
PLACES = COLUMNS.split(", ")


@dataclass
class Lively:
    """An office in which everything has happened once."""

    office: Office
    first: str
    second: str
    deleted: str
    purged: str

    @property
    def store(self) -> Store:
        return self.office.kept

    def found(self) -> list[str]:
        return sorted({finding.what for finding in check_store(self.store).findings})

    def link(self, seq: int) -> Link:
        row = self.store.read(f"SELECT {COLUMNS} FROM journal WHERE window = ? AND seq = ?", (self.store.window, seq))
        return link_of(row.fetchone())

    def number_of(self, kind: str, case_id: str | None = None) -> int:
        """The number of the last entry of a kind."""
        return max(
            link.stamp.seq for link in self.links() if link.stamp.kind == kind and case_id in (None, link.stamp.case_id)
        )

    def links(self) -> list[Link]:
        return [link_of(row) for row in chain(self.store, self.store.window)]


def office_at(path: Path, library: Library) -> Office:
    store = open_store(path, Opening("测试", MORNING, SECRET))
    head = Letterhead(office="示例乡社会救助「一门受理」窗口")
    texts = path.parent / "official_texts"
    return Office(library, store, head, "guizhou-sample", paths.FONTS, lambda: MORNING, texts, lambda: CHEN)


@pytest.fixture(scope="module")
def made(library: Library, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of an office that has been at work, and the ids of its cases."""
    folder = tmp_path_factory.mktemp("made")
    office = office_at(folder / "cases.db", library)
    ids = []
    for begins in ("01", "06", "02", "03"):
        begun = new_case(office, "illness_poverty")
        save_case(office, begun.id, sample(begins), {"id_card": "received"})
        draft = open_case(office, begun.id).draft
        save_case(office, begun.id, {**draft, "surveyed_on": "2024-05-26"}, {})
        accept_case(office, begun.id)
        ids.append(begun.id)
    issue_notice(office, ids[0], "receipt")
    issue_notice(office, ids[0], "calculation")
    undo(office, ids[1])
    redo(office, ids[1])
    undo(office, ids[1])
    access_list_pdf(office, ids[0])
    delete_case(office, ids[2], "重复录入")
    delete_case(office, ids[3], "误建")
    purge(office, [ids[3]])
    export_batch(office, (ids[0],), folder)
    office.kept.close()
    return folder, ids


@pytest.fixture
def lively(made: tuple[Path, list[str]], library: Library, tmp_path: Path) -> Iterator[Lively]:
    """That office in a folder of its own, to be spoiled."""
    folder, ids = made
    for file in folder.glob("cases.*"):
        shutil.copy(file, tmp_path / file.name)
    office = office_at(tmp_path / "cases.db", library)
    yield Lively(office, *ids)
    office.kept.close()


@contextmanager
def tampering(store: Store) -> Iterator[Any]:
    """A connection of somebody who has the key and takes the guards away."""
    connection = connect(store.path, store.secret)
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.commit()
    connection.close()


def tamper(store: Store, *statements: str) -> None:
    with tampering(store) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def chained_anew(connection: Any, window: str, start: int) -> None:
    """Gives every entry from a number on the hash that it would have there: somebody who knows how it is made."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM journal WHERE window = ? ORDER BY seq", (window,)).fetchall()
    before = NO_HASH
    for link in map(link_of, rows):
        content, hashed = link.content, link.hash
        if link.stamp.seq >= start:
            content = content_of(link.old, link.new)
            hashed = hash_of(before, link.stamp, content)
        values = (content, hashed, window, link.stamp.seq)
        connection.execute("UPDATE journal SET content = ?, hash = ? WHERE window = ? AND seq = ?", values)
        before = hashed


def shift(connection: Any, start: int, by: int) -> None:
    """Moves the numbers of the entries from one on."""
    # By way of numbers that nobody has, so that none meets another.
    connection.execute("UPDATE journal SET seq = -seq - ? WHERE seq >= ?", (by, start))
    connection.execute("UPDATE journal SET seq = -seq WHERE seq < 0")


def insert(connection: Any, window: str, seq: int, hashed: bytes = NO_HASH) -> None:
    values = (window, seq, 1, "2024-05-28T10:00:00+08:00", "chen", None, "fact", "office", None, '"x"')
    connection.execute(
        f"INSERT INTO journal ({COLUMNS}) VALUES ({', '.join('?' * len(PLACES))})",
        (*values, content_of(None, '"x"'), hashed),
    )


def test_an_undamaged_store_passes_and_says_how_much_was_looked_at(lively: Lively) -> None:
    report = check_store(lively.store)
    assert (report.sound, report.findings, report.more) == (True, (), 0)
    assert report.seen["cases"] == report.seen["known"] == 3
    assert report.seen["entries"] == head(lively.store).seq
    assert (report.seen["notices"], report.seen["assessments"]) == (2, 3)
    assert report.seen["pages"] > 20


def test_a_store_that_is_still_empty_passes(office: Office) -> None:
    assert check_store(office.kept).sound


def test_the_check_changes_nothing_and_leaves_the_store_to_those_who_work(lively: Lively) -> None:
    before = (head(lively.store), lively.store.read("SELECT change FROM state").fetchone())
    saved: list[bool] = []

    def work_meanwhile(progress: Progress) -> bool:
        if progress.part == "entries" and not saved:
            open_case(lively.office, lively.first)
            saved.append(True)
        return True

    assert check_store(lively.store, Watch(work_meanwhile)).sound
    assert saved
    assert head(lively.store).seq == before[0].seq + 1
    assert check_store(lively.store).sound


def test_whoever_has_waited_enough_ends_the_check(lively: Lively) -> None:
    parts: list[str] = []

    def until_the_cases(progress: Progress) -> bool:
        parts.append(progress.part)
        return progress.part != "cases"

    with pytest.raises(Cancelled, match="没有结论"):
        check_store(lively.store, Watch(until_the_cases))
    assert parts == ["pages", "structure", "entries", "cases"]


def test_a_store_whose_file_is_gone_is_not_checked_and_not_made_anew(lively: Lively) -> None:
    away = lively.store.path.rename(lively.store.path.with_suffix(".away"))
    with pytest.raises(Problem, match="不见了"):
        check_store(lively.store)
    assert not lively.store.path.exists()
    away.rename(lively.store.path)


# ---------------------------------------------------------------- the file


@pytest.fixture
def copied(lively: Lively, tmp_path: Path) -> Path:
    """The file alone, as it lies on the disk, in another folder."""
    lively.store.begin_tail()
    (tmp_path / "copied").mkdir()
    return Path(shutil.copy(lively.store.path, tmp_path / "copied" / "cases.db"))


def checked(path: Path) -> CheckReport:
    store = open_store(path, Opening("测试", MORNING, SECRET))
    try:
        return check_store(store)
    finally:
        store.close()


def test_a_damaged_page_is_found_by_its_number(copied: Path) -> None:
    whole = copied.read_bytes()
    found = []
    for page in range(60, 80):
        content = bytearray(whole)
        content[4096 * (page - 1) + 100] ^= 1
        copied.write_bytes(content)
        try:
            report = checked(copied)
        except Damaged:  # a page that opening reads already
            continue
        assert [(one.what, one.first) for one in report.findings] == [("page", page)]
        found.append(page)
    assert len(found) > 10


def test_a_file_that_was_cut_off_is_found(copied: Path) -> None:
    copied.write_bytes(copied.read_bytes()[:-1000])
    assert not checked(copied).sound


def test_a_row_that_refers_to_nothing_is_found(lively: Lively) -> None:
    with tampering(lively.store) as connection:
        connection.execute("INSERT INTO people VALUES (99, 'r', 0, 'x', NULL, NULL)")
    assert lively.found() == ["reference"]


# ---------------------------------------------------------------- the chain


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("new", '"2024-05-01"', "entry_changed"),
        ("old", '"2024-05-01"', "entry_changed"),
        ("who", "somebody", "entry_unfit"),
        ("at", "2024-05-01T08:00:00+08:00", "entry_unfit"),
        ("path", "household.phone", "entry_unfit"),
        ("kind", "undone", "entry_unfit"),
        ("content", b"\x00" * 32, "entry_unfit"),
        ("hash", b"\x00" * 32, "entry_unfit"),
    ],
)
def test_a_changed_entry_is_found_by_window_number_time_and_kind(
    lively: Lively, column: str, value: object, what: str
) -> None:
    seq = lively.number_of("edit", lively.second)
    with tampering(lively.store) as connection:
        connection.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (value, seq))
    report = check_store(lively.store)
    found = [one for one in report.findings if one.what == what and one.entry]
    (stamp,) = [one.entry for one in found if one.entry]
    assert (stamp.window, stamp.seq, stamp.at, stamp.kind) == (
        lively.store.window,
        seq,
        lively.link(seq).stamp.at,
        lively.link(seq).stamp.kind,
    )


def test_words_that_were_erased_without_a_purge_are_found(lively: Lively) -> None:
    seq = lively.number_of("edit", lively.second)
    with tampering(lively.store) as connection:
        connection.execute("UPDATE journal SET old = NULL, new = NULL WHERE seq = ?", (seq,))
    (erased,) = [one for one in check_store(lively.store).findings if one.what == "entry_erased"]
    assert erased.entry == lively.link(seq).stamp


def test_an_entry_that_was_changed_with_its_hash_shows_where_the_next_one_does_not_follow(lively: Lively) -> None:
    seq = lively.number_of("opened")
    link = lively.link(seq)
    forged = hash_of(lively.link(seq - 1).hash, replace(link.stamp, who="somebody"), link.content)
    with tampering(lively.store) as connection:
        connection.execute("UPDATE journal SET who = 'somebody', hash = ? WHERE seq = ?", (forged, seq))
    found = [one for one in check_store(lively.store).findings if one.what == "entry_unfit" and one.entry]
    assert [one.entry.seq for one in found if one.entry] == [seq + 1]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 4), (9, 9), (20, 23)])
def test_entries_that_are_missing_are_found_by_their_numbers(lively: Lively, first: int, last: int) -> None:
    with tampering(lively.store) as connection:
        connection.execute("DELETE FROM journal WHERE seq BETWEEN ? AND ?", (first, last))
    (missing,) = [one for one in check_store(lively.store).findings if one.what == "entries_missing"]
    assert (missing.place, missing.first, missing.last) == (lively.store.window, first, last)
    assert missing.entry == lively.link(last + 1).stamp


@pytest.mark.parametrize(("first", "last"), [(1, 1), (9, 9), (20, 23)])
def test_entries_that_were_taken_out_and_the_others_renumbered_are_found(lively: Lively, first: int, last: int) -> None:
    with tampering(lively.store) as connection:
        connection.execute("DELETE FROM journal WHERE seq BETWEEN ? AND ?", (first, last))
        shift(connection, last + 1, first - last - 1)
    found = [one for one in check_store(lively.store).findings if one.what == "entries_taken_out"]
    assert [(one.first, one.entry and one.entry.seq) for one in found] == [(last - first + 1, first)]


@pytest.mark.parametrize("hashed", ["as it should be", "anyhow"])
@pytest.mark.parametrize("seq", [1, 9, 40])
def test_an_entry_that_was_slipped_in_is_found(lively: Lively, seq: int, hashed: str) -> None:
    before = lively.link(seq - 1).hash if seq > 1 else NO_HASH
    with tampering(lively.store) as connection:
        shift(connection, seq, 1)
        insert(connection, lively.store.window, seq)
        if hashed == "as it should be":
            row = connection.execute(f"SELECT {COLUMNS} FROM journal WHERE seq = ?", (seq,)).fetchone()
            right = hash_of(before, link_of(row).stamp, link_of(row).content)
            connection.execute("UPDATE journal SET hash = ? WHERE seq = ?", (right, seq))
    found = [one for one in check_store(lively.store).findings if one.what == "entry_inserted" and one.entry]
    assert [one.entry.seq for one in found if one.entry] == [seq]


def test_an_entry_before_the_first_is_found(lively: Lively) -> None:
    with tampering(lively.store) as connection:
        insert(connection, lively.store.window, 0)
    assert "entry_inserted" in lively.found()


def test_entries_of_a_window_that_nobody_knows_are_found(lively: Lively) -> None:
    with tampering(lively.store) as connection:
        insert(connection, "another", 1)
        chained_anew(connection, "another", 1)
    assert lively.found() == ["window_unknown"]


def test_an_entry_added_to_the_last_change_is_found_by_the_tail(lively: Lively) -> None:
    end = head(lively.store)
    stamp = Stamp(
        end.window, end.seq + 1, lively.links()[-1].stamp.change, "2024-05-28T10:00:00", "chen", None, "fact", "office"
    )
    content = content_of(None, '"x"')
    with tampering(lively.store) as connection:
        connection.execute(
            f"INSERT INTO journal ({COLUMNS}) VALUES ({', '.join('?' * len(PLACES))})",
            (
                *(stamp.window, stamp.seq, stamp.change, stamp.at, stamp.who, None, "fact", "office", None, '"x"'),
                *(content, hash_of(end.hash, stamp, content)),
            ),
        )
    assert lively.found() == ["entry_inserted"]


def test_a_change_that_goes_back_is_found(lively: Lively) -> None:
    with tampering(lively.store) as connection:
        connection.execute("UPDATE journal SET change = 1 WHERE seq = 9")
        chained_anew(connection, lively.store.window, 9)
    assert "entry_disorder" in lively.found()


def test_last_entries_that_are_missing_are_found_by_the_tail(lively: Lively) -> None:
    end = head(lively.store)
    with tampering(lively.store) as connection:
        connection.execute("DELETE FROM journal WHERE seq > ?", (end.seq - 3,))
    (missing,) = [one for one in check_store(lively.store).findings if one.what == "end_missing"]
    assert (missing.place, missing.first, missing.last) == (end.window, end.seq - 2, end.seq)


def test_last_entries_that_are_missing_are_found_by_a_batch(lively: Lively) -> None:
    lively.store.begin_tail()
    (full,) = lively.store.read("SELECT journal_head FROM batches").fetchone()
    sent = int(full.split()[1])
    with tampering(lively.store) as connection:
        connection.execute("DELETE FROM journal WHERE seq >= ?", (sent - 1,))
    (missing,) = [one for one in check_store(lively.store).findings if one.what == "end_missing"]
    assert (missing.first, missing.last) == (sent - 1, sent)


@pytest.mark.parametrize("by", ["a batch", "a backup"])
def test_a_journal_that_was_written_anew_is_found_by_what_was_told_outside(lively: Lively, by: str) -> None:
    lively.store.begin_tail()
    end = head(lively.store)
    with tampering(lively.store) as connection:
        connection.execute("UPDATE journal SET who = 'somebody' WHERE seq = 9")
        chained_anew(connection, lively.store.window, 9)
        if by == "a backup":
            connection.execute("UPDATE batches SET journal_head = ''")
    anchors = (Anchor(end.window, end.seq, end.hash, "昨天的备份"),) if by == "a backup" else ()
    found = check_store(lively.store, anchors=anchors).findings
    assert [(one.what, one.place) for one in found] == [
        ("rewritten", "昨天的备份" if by == "a backup" else "批2024-0001"),
    ]


# ---------------------------------------------------------------- cases and what left the window


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE cases SET draft = replace(draft, '2024-05-26', '2024-05-25') WHERE id = '{first}'", "case_changed"),
        ("UPDATE cases SET draft = 'no JSON' WHERE id = '{first}'", "case_changed"),
        ("UPDATE cases SET draft = CAST(x'ff' AS TEXT) WHERE id = '{first}'", "case_changed"),
        ("UPDATE journal SET new = CAST(x'ff' AS TEXT) WHERE case_id = '{first}' AND kind = 'begun'", "entry_changed"),
        ("UPDATE journal SET new = '[' WHERE case_id = '{first}' AND kind IN ('begun', 'sealed')", "case_unproved"),
        ("UPDATE batches SET journal_head = replace(journal_head, 'a', 'y')", "rewritten"),
        ("UPDATE cases SET case_no = '2024-0099' WHERE id = '{first}'", "case_number"),
        ("UPDATE cases SET deleted_why = 'another' WHERE id = '{deleted}'", "case_bin"),
        ("DELETE FROM cases WHERE id = '{second}'", "case_gone"),
        ("DELETE FROM journal WHERE case_id = '{second}'", "case_unrecorded"),
        ("UPDATE journal SET new = NULL WHERE case_id = '{second}' AND kind = 'begun'", "case_unproved"),
        ("UPDATE assessments SET result = replace(result, '10750', '20750')", "assessment_changed"),
        ("UPDATE assessments SET digest = x'00'", "assessment_changed"),
        ("DELETE FROM assessments WHERE id = 3", "assessment_gone"),
        (f"INSERT INTO assessments SELECT 99, {COPIED}, program FROM assessments WHERE id = 1", "assessment_unrecorded"),
        (f"INSERT INTO assessments SELECT 99, {COPIED}, '' FROM assessments WHERE id = 1", "assessment_unrecorded"),
        ("UPDATE notices SET pdf = x'00' WHERE kind = 'receipt'", "notice_changed"),
        ("UPDATE notices SET kind = 'calculation' WHERE kind = 'receipt'", "notice_changed"),
        ("DELETE FROM notices WHERE kind = 'receipt'", "notice_gone"),
        ("UPDATE notices SET number = '受2024-0009' WHERE kind = 'receipt'", "notice_unrecorded"),
        ("DELETE FROM batch_cases", "batch_gone"),
        ("INSERT INTO batch_cases VALUES ('批2024-0001', '{second}', 1)", "batch_unrecorded"),
        ("DELETE FROM register WHERE text = '2024-0002'", "register_gap"),
        ("DELETE FROM register WHERE text = '受2024-0001'", "number_unregistered"),
        ("UPDATE register SET case_id = '{first}' WHERE text = '2024-0002'", "number_of_another"),
        ("UPDATE register SET number = 7 WHERE text = '2024-0002'", "register_gap"),
        ("DELETE FROM register WHERE series = 'batch'", "batch_unlike"),
        ("UPDATE batches SET cases = 2", "batch_unlike"),
        ("UPDATE batches SET sequence = 2", "batch_missing"),
        ("UPDATE state SET cases = 7", "count"),
        ("UPDATE state SET change = 3", "change_number"),
        ("UPDATE people SET name = 'x'", "known"),
        ("DELETE FROM settlements", "known"),
        ("DELETE FROM search_keys WHERE key LIKE 'n:%'", "known"),
        ("INSERT INTO search_keys VALUES ('n:x', 1)", "known"),
        ("INSERT INTO search_keys VALUES ('n:x', 99)", "keys_of_nobody"),
        ("UPDATE cases SET findable = '[[],[]]'", "known"),
    ],
)  # fmt: skip
def test_what_was_changed_outside_the_journal_is_found(lively: Lively, statement: str, what: str) -> None:
    tamper(lively.store, statement.format(first=lively.first, second=lively.second, deleted=lively.deleted))
    assert what in lively.found()


def test_a_case_that_was_changed_with_its_entry_is_found_by_the_entry(lively: Lively) -> None:
    lively.store.begin_tail()
    swap = "'2024-05-26', '2024-05-25'"
    tamper(
        lively.store,
        f"UPDATE cases SET draft = replace(draft, {swap}) WHERE id = '{lively.first}'",
        f"UPDATE journal SET new = replace(new, {swap}) WHERE case_id = '{lively.first}' AND path = 'surveyed_on'",
    )
    assert lively.found() == ["entry_changed"]


def test_a_purged_case_that_comes_back_is_found(lively: Lively) -> None:
    kept = cases.get(lively.store, lively.second)
    with tampering(lively.store) as connection:
        connection.execute(
            """INSERT INTO cases (id, draft, matter, opened_at, saved_at, touched)
               SELECT ?, draft, matter, opened_at, saved_at, touched FROM cases WHERE id = ?""",
            (lively.purged, kept.id),
        )
    assert "case_unproved" in lively.found()


def test_words_of_a_finding_name_a_case_by_its_number_and_nobody(lively: Lively) -> None:
    tamper(lively.store, "UPDATE cases SET draft = '{}'")
    places = {one.place for one in check_store(lively.store).findings if one.what == "case_changed"}
    assert places == {"2024-0001", "2024-0002", "2024-0003"}


def test_of_many_findings_the_first_are_named_and_the_others_counted(
    lively: Lively, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST", 2)
    tamper(lively.store, "UPDATE people SET name = 'x'")
    report = check_store(lively.store)
    assert ([one.what for one in report.findings], report.more) == (["known", "known"], 1)


def test_of_many_cases_a_sample_is_looked_at_for_what_they_are_known_by(
    lively: Lively, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "ALL_OF", 1)
    monkeypatch.setattr(known, "SAMPLE", 1)
    report: CheckReport = check_store(lively.store)
    assert (report.seen["cases"], report.seen["known"]) == (3, 2)
