"""Stores of many generated cases, written in bulk: the real tables, indexes, triggers and keys, and a journal entry each."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.store.chain import NO_HASH
from desktop.store.connection import connect
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from tests.benchmarks.made_cases import made_cases
from tests.benchmarks.samples import NOW

SECRET = Secret(bytes(range(16)))
OPENING = Opening("测速", NOW, SECRET)
PART = 62_500  # cases that one process makes at a time
COLUMNS = {"cases": 18, "people": 6, "settlements": 6, "journal": 12, "search_keys": 2}


def made_store(path: Path, count: int) -> Path:
    """A new store of so many generated cases."""
    open_store(path, OPENING).close()
    parts = [
        (path.with_suffix(f".{first}"), first, min(first + PART, count + 1), count)
        for first in range(1, count + 1, PART)
    ]
    with closing(connect(path, SECRET)) as db, ProcessPoolExecutor(2) as makers:
        # Nothing of this is to survive a power cut.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA temp_store = FILE")
        db.execute("PRAGMA cache_size = -200000")
        put_aside = _without_indexes(db)
        for part in makers.map(_made_part, parts):
            _take_over(db, part)
        _take_over_keys(db, [part for part, *_ in parts])
        db.execute("UPDATE state SET cases = ?, change = ?", (count, count))
        for statement in put_aside:
            db.execute(statement)
        db.commit()
    for part, *_ in parts:
        part.unlink()
    return path


def _without_indexes(db: Any) -> list[str]:
    """Takes indexes and triggers away; the statements that bring them back."""
    found = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> ''"
    ).fetchall()
    for kind, name, _ in found:
        db.execute(f"DROP {kind} {name}")
    return [sql for *_, sql in found]


def _made_part(asked: tuple[Path, int, int, int]) -> Path:
    """Cases of a part with all their rows, in a plain file of its own; their journal is of the length that it would be."""
    path, first, last, of = asked
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        for table, columns in COLUMNS.items():
            db.execute(f"CREATE TABLE {table} ({', '.join(f'c{column}' for column in range(columns))})")
        made = made_cases(first, last, of)
        while some := list(islice(made, 1000)):
            rows = {
                "cases": (one.case for one in some),
                "people": (row for one in some for row in one.people),
                "settlements": (row for one in some for row in one.settlements),
                "journal": (_entry(f"{first:026d}", one.case) for one in some),
                "search_keys": (row for one in some for row in one.keys),
            }
            for table, these in rows.items():
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * COLUMNS[table])})", these)
        db.commit()
    return path


def _entry(window: str, case: tuple[Any, ...]) -> tuple[Any, ...]:
    n, case_id, at = case[0], case[1], case[11]
    return (window, n, n, at, "", case_id, "begun", "", None, None, NO_HASH, sha256(b"%d" % n).digest())


def _take_over(db: Any, part: Path) -> None:
    db.commit()
    db.execute("ATTACH ? AS part KEY ''", (str(part),))
    for table in COLUMNS:
        if table != "search_keys":
            db.execute(f"INSERT INTO {table} SELECT * FROM part.{table}")
    db.commit()
    db.execute("DETACH part")


def _take_over_keys(db: Any, parts: list[Path]) -> None:
    """All keys at once, in the order that they are kept in."""
    db.execute("CREATE TEMP TABLE keys (key, n)")
    for part in parts:
        db.execute("ATTACH ? AS part KEY ''", (str(part),))
        db.execute("INSERT INTO keys SELECT * FROM part.search_keys")
        db.commit()
        db.execute("DETACH part")
    db.execute("INSERT INTO search_keys SELECT key, n FROM keys ORDER BY key, n DESC")
    db.execute("DROP TABLE keys")
