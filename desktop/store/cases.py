"""Cases in the file: each as one tree, as typed, with what lists show of it and what it is known by."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.domain.money import Money
from desktop.domain.problems import Problem
from desktop.store.chain import plain_json
from desktop.store.file import Pen, Store
from desktop.store.found_by import written
from desktop.store.known_by import KnownBy, known_by
from desktop.store.search_keys import keys_of

if TYPE_CHECKING:
    from sqlite_utils import Database

Tree = dict[str, object]
Write = Callable[[str, tuple[Any, ...]], object]
RULES = 1  # what cases are known by, and how; one more whenever that changes, and every store is filled anew


@dataclass(frozen=True, slots=True)
class Shown:
    """What lists show of a case, taken from its draft when it is saved."""

    matter: str
    applicant: str | None = None
    id_tail: str | None = None
    village: str | None = None
    applied_on: str | None = None
    verdict: str | None = None
    payable: Money | None = None


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case as lists show it; ``touched`` and ``n`` are its place in them, newest first."""

    n: int
    id: str
    case_no: str | None
    shown: Shown
    saved_at: datetime
    touched: int
    deleted_why: str | None = None


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case as it is kept: its tree with the ids of its rows, and how lists show it."""

    listed: ListedCase
    tree: Tree

    @property
    def id(self) -> str:
        """The case's id."""
        return self.listed.id

    @property
    def case_no(self) -> str | None:
        """The case's number; None before it is accepted."""
        return self.listed.case_no


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: the case after which it goes on."""

    touched: int
    n: int


LISTED = """n, id, case_no, matter, applicant, id_tail, village, applied_on, verdict, payable_fen,
            saved_at, touched, deleted_why"""


def begin(pen: Pen, case_id: str, tree: Tree, shown: Shown) -> None:
    """Begins a case."""
    row = _row(pen, tree, shown)
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    inserted = pen.write(
        f"INSERT INTO cases (id, opened_at, {names}) VALUES (?, ?, {marks}) RETURNING n",
        (case_id, pen.at.isoformat(), *row.values()),
    ).fetchone()
    _know(pen.write, inserted[0], None, known_by(tree, None))


def keep(pen: Pen, kept: KeptCase, tree: Tree, shown: Shown) -> None:
    """Keeps a case as it stands now, in place of how it was kept."""
    row = _row(pen, tree, shown)
    sets = ", ".join(f"{name} = ?" for name in row)
    pen.write(f"UPDATE cases SET {sets} WHERE n = ?", (*row.values(), kept.listed.n))
    _know(pen.write, kept.listed.n, known_by(kept.tree, kept.case_no), known_by(tree, kept.case_no))


def number_case(pen: Pen, kept: KeptCase, case_no: str) -> None:
    """Gives a case its number."""
    pen.write("UPDATE cases SET case_no = ? WHERE n = ?", (case_no, kept.listed.n))
    _know(pen.write, kept.listed.n, known_by(kept.tree, kept.case_no), known_by(kept.tree, case_no))


def touch(pen: Pen, case_id: str) -> None:
    """Brings a case to the top of the lists."""
    pen.write("UPDATE cases SET touched = ? WHERE id = ?", (pen.change, case_id))


def find(store: Store, case_id: str) -> KeptCase | None:
    """A kept case, in the bin or not; None where there is none of that id."""
    row = store.read(f"SELECT {LISTED}, draft FROM cases WHERE id = ?", (case_id,)).fetchone()
    return None if row is None else KeptCase(listed_of(row[:-1]), json.loads(row[-1]))


def get(store: Store, case_id: str) -> KeptCase:
    """A kept case.

    Raises:
        Problem: where there is none of that id, or it lies in the bin.
    """
    kept = find(store, case_id)
    if kept is None:
        raise Problem("没有这个案卷。", "请回到案卷列表重新选择。")
    if kept.listed.deleted_why is not None:
        raise Problem("这个案卷在回收站里。", "请先在回收站中放回，再打开。")
    return kept


def page(store: Store, after: Place | None, size: int) -> tuple[ListedCase, ...]:
    """A page of the list, what was touched last first; from the first case, or after a place."""
    start = after or Place(2**62, 2**62)
    rows = store.read(
        f"""SELECT {LISTED} FROM cases WHERE deleted_at IS NULL AND (touched, n) < (?, ?)
            ORDER BY touched DESC, n DESC LIMIT ?""",
        (start.touched, start.n, size),
    )
    return tuple(listed_of(row) for row in rows.fetchall())


def listed(store: Store, places: Sequence[int]) -> tuple[ListedCase, ...]:
    """Cases by their row numbers, what was touched last first; none of the bin."""
    marks = ", ".join("?" * len(places))
    rows = store.read(
        f"""SELECT {LISTED} FROM cases WHERE n IN ({marks}) AND deleted_at IS NULL ORDER BY touched DESC, n DESC""",
        tuple(places),
    )
    return tuple(listed_of(row) for row in rows.fetchall())


def accepted_unsent(store: Store) -> tuple[ListedCase, ...]:
    """The cases that have a number and were in no batch yet, oldest number first."""
    rows = store.read(
        f"""SELECT {LISTED} FROM cases WHERE case_no IS NOT NULL AND deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM batch_cases WHERE case_id = cases.id) ORDER BY case_no"""
    )
    return tuple(listed_of(row) for row in rows.fetchall())


def count_of(store: Store) -> int:
    """How many cases there are outside the bin."""
    return int(store.read("SELECT cases FROM state").fetchone()[0])


def index_again(db: "Database") -> bool:
    """Fills what cases are known by, where the file holds it by other rules than RULES; whether it did."""
    if db.execute("SELECT found_by FROM state").fetchone()[0] == RULES:
        return False
    with db.atomic():
        for table in ("people", "settlements", "search_keys"):
            db.execute(f"DELETE FROM {table}")
        for n, case_no, draft in db.execute("SELECT n, case_no, draft FROM cases").fetchall():
            _know(db.execute, n, None, known_by(json.loads(draft), case_no))
        db.execute("UPDATE state SET found_by = ?", (RULES,))
    return True


def _row(pen: Pen, tree: Tree, shown: Shown) -> dict[str, Any]:
    return {
        "draft": plain_json(tree),
        "matter": shown.matter,
        "applicant": shown.applicant,
        "id_tail": shown.id_tail,
        "village": shown.village,
        "applied_on": shown.applied_on,
        "verdict": shown.verdict,
        "payable_fen": None if shown.payable is None else shown.payable.fen,
        "saved_at": pen.at.isoformat(),
        "touched": pen.change,
    }


def _know(write: Write, n: int, before: KnownBy | None, now: KnownBy) -> None:
    """Writes what a case is known by, where that has changed."""
    if before is None or before.people != now.people:
        _replace(
            write,
            "people",
            n,
            [(one.row, int(one.applicant), one.name, one.id_number, one.birth_date) for one in now.people],
        )
    if before is None or before.settlements != now.settlements:
        _replace(
            write,
            "settlements",
            n,
            [(one.row, one.provider, one.from_day, one.to_day, one.total.fen) for one in now.settlements],
        )
    if before is None or (before.own, before.others) != (now.own, now.others):
        had = keys_of(before.findable) if before else frozenset()
        has = keys_of(now.findable)
        for key in sorted(had - has):
            write("DELETE FROM search_keys WHERE key = ? AND n = ?", (key, n))
        for key in sorted(has - had):
            write("INSERT INTO search_keys VALUES (?, ?)", (key, n))
        write("UPDATE cases SET findable = ? WHERE n = ?", (written(now), n))


def _replace(write: Write, table: str, n: int, rows: Iterable[tuple[Any, ...]]) -> None:
    write(f"DELETE FROM {table} WHERE case_n = ?", (n,))
    for row in rows:
        marks = ", ".join("?" * (len(row) + 1))
        write(f"INSERT INTO {table} VALUES ({marks})", (n, *row))


def listed_of(row: tuple[Any, ...]) -> ListedCase:
    """A row of the columns LISTED as lists show it."""
    n, case_id, case_no, matter, applicant, tail, village, applied, verdict, payable, saved, touched, why = row
    money = None if payable is None else Money(int(payable))
    shown = Shown(matter, applicant, tail, village, applied, verdict, money)
    return ListedCase(n, case_id, case_no, shown, datetime.fromisoformat(saved), touched, why)
