"""The store with few cases and with very many, beside bare SQL on the same kind of file: encrypted, its log synced.

The cases are generated. YIMEN_BENCH_CASES says how many the largest store has, for trying out.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, cycle
from pathlib import Path
from random import Random
from shutil import copyfile
from time import perf_counter
from typing import Any

from desktop.domain.clerks import Clerk
from desktop.store import cases
from desktop.store.cases import LISTED, listed_of
from desktop.store.connection import connect, keep_safely
from desktop.store.file import Store
from desktop.store.found_by import Term
from desktop.store.journal import Note, note
from desktop.store.opening import open_store
from desktop.store.pinyin import name_readings
from desktop.store.search import found
from desktop.store.search_keys import ranges_of
from desktop.work.intake import new_case, save_case
from desktop.work.library import Library
from desktop.work.office import Letterhead, Office
from tests.benchmarks.contest import Contest, Work
from tests.benchmarks.made_store import OPENING, SECRET, made_store
from tests.benchmarks.samples import NOW, ROOT, sample_case

SIZES = (1_000, 100_000, 1_000_000)
PEOPLE = 40  # whose names and numbers are looked for
LIMIT = 50
CLERK = Clerk("bench", "测速", "clerk")
# How a clerk asks for somebody, by a draft and its case number; in the order of the table.
KINDS: dict[str, Callable[[dict[str, Any], str], str]] = {
    "one character": lambda home, _: home["members"][0]["name"][0],
    "two characters of a name": lambda home, _: home["members"][0]["name"][:2],
    "initials": lambda home, _: initials(home["members"][0]["name"]),
    "the last 4 of an ID": lambda home, _: home["members"][0]["id_number"][-4:],
    "the last 6 of an ID": lambda home, _: home["members"][0]["id_number"][-6:],
    "a telephone number": lambda home, _: home["phone"],
    "a village": lambda home, _: home["village"],
    "a case number": lambda _, case_no: case_no,
    "a surname and a village": lambda home, _: f"{home['members'][0]['name'][0]} {home['village']}",
    "initials and the last 4": lambda home, _: (
        f"{initials(home['members'][0]['name'])} {home['members'][0]['id_number'][-4:]}"
    ),
}


def contests(library: Library, folder: Path) -> Iterator[Contest]:
    """Search, save and open, in stores of growing size; each store is gone before the next one comes."""
    most = int(os.environ.get("YIMEN_BENCH_CASES", SIZES[-1]))
    sizes = [size for size in SIZES if size < most] + [most]
    small = make(folder, sizes[0])
    bare = Path(copyfile(small, folder / "bare.db"))
    for size in sizes:
        path = small if size == sizes[0] else make(folder, size)
        with closing(open_store(path, OPENING)) as store:
            office = Office(library, store, Letterhead(), "guizhou-sample", ROOT, lambda: NOW, folder, lambda: CLERK)
            yield from searches(store, size, each=size == sizes[-1])
            yield from saves(office, bare, size)
        if path != small:
            yield opening(path, small, size)
            path.unlink()


def make(folder: Path, size: int) -> Path:
    """A store of generated cases."""
    begun = perf_counter()
    path = made_store(folder / f"{size}.db", size)
    seconds, megabytes = perf_counter() - begun, path.stat().st_size / 1e6
    print(f"{size:,} cases, generated: nobody of them lives ({megabytes:.0f} MB, {seconds:.0f} s)", flush=True)
    return path


def initials(name: str) -> str:
    """The initials that a clerk types of a name."""
    return "".join(syllable[0] for syllable in name_readings(name)[0].syllables)


# ---------------------------------------------------------------- search as you type


def searches(store: Store, size: int, *, each: bool) -> Iterator[Contest]:
    """A page of what is found, beside the rows of the same ranges of keys as they come, checked for nothing."""
    asked = words_for(store, size)
    together = [one for words in zip(*asked.values(), strict=True) for one in words]
    yield search(f"search as you type, {size:,} cases", store, together)
    if each:
        for kind, words in asked.items():
            yield search(f"  by {kind}", store, words)


def words_for(store: Store, size: int) -> dict[str, list[str]]:
    """What clerks type of some cases, by kind."""
    chosen = Random(size).sample(range(1, size + 1), PEOPLE)
    rows = [store.read("SELECT draft, case_no FROM cases WHERE n = ?", (n,)).fetchone() for n in chosen]
    known = [(json.loads(draft)["household"], case_no) for draft, case_no in rows]
    return {kind: [words(home, case_no) for home, case_no in known] for kind, words in KINDS.items()}


def search(what: str, store: Store, words: list[str]) -> Contest:
    """Each side goes through the words one by one, so that hardly anything is in memory from the last time."""
    ours, raw, values = cycle(words), cycle(words), cycle(words)
    beside: dict[str, Work] = {
        "the bare query": lambda: bare_query(store, next(raw)),
        "the same, its rows as values": lambda: [listed_of(row) for row in bare_query(store, next(values))],
    }
    return Contest(what, lambda: found(store, next(ours), LIMIT), beside, rounds=5, times=len(words))


def bare_query(store: Store, words: str) -> list[Any]:
    """The rows whose keys lie in the ranges, of several terms those of all."""
    terms = [Term(ranges) for ranges in ranges_of(words)]
    ends = tuple(end for term in terms for one in term.ranges for end in (one.low, one.high))
    in_range = "search_keys WHERE key >= ? AND key < ?"
    if not terms[1:]:
        one = f"SELECT {LISTED} FROM search_keys CROSS JOIN cases USING (n) WHERE key >= ? AND key < ?"
        sql = " UNION ALL ".join([one] * len(terms[0].ranges))
    else:
        each = (" UNION ALL ".join([f"SELECT n FROM {in_range}"] * len(term.ranges)) for term in terms)
        sql = f"SELECT {LISTED} FROM cases WHERE n IN ({' INTERSECT '.join(f'SELECT n FROM ({one})' for one in each)})"
    rows: list[Any] = store.db.execute(f"{sql} LIMIT {LIMIT}", ends).fetchall()
    return rows


# ---------------------------------------------------------------- save and open


def saves(office: Office, bare: Path, size: int) -> Iterator[Contest]:
    """One field more, on disk with its entry, beside a row and an entry written to such a file by hand."""
    case_id = new_case(office, "illness_poverty").id
    draft = sample_case("01-illness-poverty.json")
    save_case(office, case_id, draft, {})
    amounts = count(10 * size)  # no two of all stores the same

    def whole() -> None:
        draft["expenses"][0]["in_scope"] = f"{next(amounts)}.00"
        save_case(office, case_id, draft, {})

    def kept_only() -> None:
        kept = cases.get(office.kept, case_id)
        expenses = kept.tree["expenses"]
        assert isinstance(expenses, list)
        amount = f"{next(amounts)}.00"
        tree = {**kept.tree, "expenses": [{**expenses[0], "in_scope": amount}]}
        with office.change() as pen:
            cases.keep(pen, kept, tree, kept.listed.shown)
            note(pen, Note("edit", case_id, "expenses[1].in_scope", expenses[0]["in_scope"], amount))

    text = str(office.kept.read("SELECT draft FROM cases WHERE id = ?", (case_id,)).fetchone()[0])
    with closing(connect(bare, SECRET)) as db:
        keep_safely(db, bare)
        db.isolation_level = None
        beside = {"two bare statements in one transaction": lambda: by_hand(db, text, next(amounts))}
        yield Contest(f"save one field, {size:,} cases", whole, beside, rounds=9, times=20)
        yield Contest("  of which the store's part", kept_only, beside, rounds=9, times=20)


def by_hand(db: Any, text: str, number: int) -> None:
    """A row changed and an entry added, and nothing else known of either."""
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE cases SET draft = ?, saved_at = ? WHERE n = 500", (f"{text} {number}", f"{NOW}"))
    entry = (
        "bench",
        number,
        number,
        f"{NOW}",
        "bench",
        "500",
        "edit",
        "expenses[1].total",
        "1",
        "2",
        bytes(32),
        bytes(32),
    )
    db.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
    db.execute("COMMIT")


def opening(path: Path, small: Path, size: int) -> Contest:
    """Opened and closed, beside a store of few cases."""
    beside = {"a store of 1,000": lambda: open_store(small, OPENING).close()}
    return Contest(
        f"open a store of {size:,} cases", lambda: open_store(path, OPENING).close(), beside, rounds=9, times=3
    )
