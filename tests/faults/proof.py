"""What a store's file must be whatever befell it, proved from its rows alone: none of the program's own checks is used."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from desktop.store.connection import connect
from desktop.store.secret import Secret

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]+)\])?")
ENTRIES = "SELECT window, seq, change, at, who, case_id, kind, path, old, new, content, hash FROM journal"
Tree = dict[str, Any]


def faults_of(path: "Path", secret: Secret) -> list[str]:
    """What is not as it must be in a file, in words for whoever runs the tests; a log beside it counts."""
    connection = connect(path, secret)
    try:
        return [fault for part in (_structure, _chains, _cases, _register, _left) for fault in part(connection)]
    finally:
        connection.close()


def trees_of(connection: "Connection") -> dict[str, Tree]:
    """Every case as its entries alone tell it: what was begun or taken over, and every edit since."""
    trees: dict[str, Tree] = {}
    rows = connection.execute(f"{ENTRIES} WHERE case_id IS NOT NULL ORDER BY case_id, change, window, seq")
    for _, _, _, _, _, case_id, kind, path, old, new, _, _ in rows:
        if kind in {"begun", "took_over"}:
            trees[case_id] = json.loads(new) if new else {}
        elif kind == "purged":
            del trees[case_id]
        elif kind in {"edit", "undone", "redone"} and path and (old, new) != (None, None):
            _edit(trees[case_id], path, _read(old), _read(new))
    return trees


def _structure(connection: "Connection") -> Iterator[str]:
    for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        found = connection.execute(f"PRAGMA {pragma}").fetchall()
        if found not in ([], [("ok",)]):
            yield f"{pragma}: {found[:3]}"


def _chains(connection: "Connection") -> Iterator[str]:
    ends: dict[str, tuple[int, bytes, int]] = {}
    purged = {row[0] for row in connection.execute("SELECT case_id FROM journal WHERE kind = 'purged'")}
    for row in connection.execute(f"{ENTRIES} ORDER BY window, seq"):
        window, seq, change, _, _, case_id, _, _, old, new, content, hashed = row
        last, before, reached = ends.get(window, (0, bytes(32), 0))
        if seq != last + 1:
            yield f"journal {window}: entry {seq} follows {last}"
        if sha256(before + _json(list(row[:8])) + content).digest() != hashed:
            yield f"journal {window}: entry {seq} does not follow its hash"
        erased = old is None and new is None and case_id in purged
        if not erased and sha256(_json([old, new])).digest() != content:
            yield f"journal {window}: entry {seq} does not say what it said"
        if change < reached:
            yield f"journal {window}: entry {seq} is of an earlier change than the one before"
        ends[window] = (seq, hashed, change)
    (last_change,) = connection.execute("SELECT change FROM state").fetchone()
    if max((change for _, _, change in ends.values()), default=0) > last_change:
        yield "the journal is ahead of the file"


def _cases(connection: "Connection") -> Iterator[str]:
    told = trees_of(connection)
    kept = {case_id: json.loads(draft) for case_id, draft in connection.execute("SELECT id, draft FROM cases")}
    for case_id in sorted(told.keys() ^ kept.keys()):
        yield f"case {case_id} is only in {'the journal' if case_id in told else 'the file'}"
    for case_id in sorted(told.keys() & kept.keys()):
        if _shape(told[case_id]) != _shape(kept[case_id]):
            yield f"case {case_id} is not what its entries come to"
    told_count, count = connection.execute(
        "SELECT cases, (SELECT count(*) FROM cases WHERE deleted_at IS NULL) FROM state"
    ).fetchone()
    if told_count != count:
        yield f"the file counts {told_count} cases and has {count}"


def _register(connection: "Connection") -> Iterator[str]:
    series: dict[tuple[str, int], list[int]] = {}
    for name, year, number in connection.execute("SELECT series, year, number FROM register ORDER BY 1, 2, 3"):
        series.setdefault((name, year), []).append(number)
    for (name, year), numbers in series.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"the register has gaps or doubles in {name} {year}: {numbers}"
    for table, column, name in (
        ("cases", "case_no", "case"),
        ("notices", "number", None),
        ("batches", "number", "batch"),
    ):
        of = "kind" if name is None else f"'{name}'"
        rows = connection.execute(
            f"""SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM register WHERE text = {table}.{column} AND series = {of})"""
        ).fetchall()
        yield from (f"{table}: {number} is not in the register" for (number,) in rows)


def _left(connection: "Connection") -> Iterator[str]:
    """What left the window against the entries that tell of it."""
    printed = {
        path: json.loads(new)["sha256"]
        for path, new in connection.execute("SELECT path, new FROM journal WHERE kind = 'printed' AND new IS NOT NULL")
    }
    kept = {number: sha256(pdf).hexdigest() for number, pdf in connection.execute("SELECT number, pdf FROM notices")}
    for number, digest in printed.items():
        if kept.get(number) != digest:
            yield f"notice {number} is not as it was printed"
    sent = connection.execute("SELECT path, count(*) FROM journal WHERE kind = 'exported' GROUP BY path").fetchall()
    batches = {
        number: (cases, there)
        for number, cases, there in connection.execute(
            "SELECT number, cases, (SELECT count(*) FROM batch_cases WHERE batch = number) FROM batches"
        )
    }
    for number, told in sent:
        if batches.get(number) != (told, told):
            yield f"batch {number} was sent with {told} cases and has {batches.get(number)}"


def _edit(tree: Tree, path: str, old: Any, new: Any) -> None:
    """Does one edit in place; tables that become empty go."""
    steps = STEP.findall(path)
    tables: list[tuple[Tree, str]] = []
    table: Any = tree
    for name, row_id in steps[:-1]:
        if row_id:
            (table,) = (row for row in table[_key(name)] if row["#"] == row_id)
            tables = []  # a row stays, however empty
        else:
            tables.append((table, _key(name)))
            table = table.setdefault(_key(name), {})
    name, row_id = steps[-1]
    if row_id:
        _move(table[_key(name)], row_id, new)
    elif new is None:
        assert table.pop(_key(name)) == old
    else:
        assert table.get(_key(name)) == old
        table[_key(name)] = new
    for above, key in reversed(tables):
        if above[key] == {}:
            del above[key]


def _move(rows: list[Tree], row_id: str, new: Any) -> None:
    if new is None:
        rows[:] = [row for row in rows if row["#"] != row_id]
    else:
        after = [row["#"] for row in rows].index(new["after"]) + 1 if new["after"] else 0
        rows.insert(after, new["row"])


def _key(name: str) -> str:
    return "" if name == "%" else re.sub(r"%([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), name)


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _shape(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
