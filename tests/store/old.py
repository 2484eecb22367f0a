"""What is in a store, as JSON values that stay the same from version to version."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

from desktop.domain.edits import untracked
from desktop.store.clerks import all_clerks
from desktop.store.facts import facts
from desktop.store.file import Store
from desktop.store.journal import chain

Contents = dict[str, object]
NOTICES = "SELECT number, case_id, kind, issued_at, pdf FROM notices ORDER BY number"
BATCHES = "SELECT number, sequence, cases, lines, total_fen FROM batches ORDER BY sequence"
SENT = "SELECT batch, case_id FROM batch_cases ORDER BY batch, case_id"
SEALED = "SELECT id, case_id, inputs, result FROM assessments ORDER BY id"


def contents(store: Store) -> Contents:
    """What an office would miss: cases, numbers, notices, assessments, batches, staff, facts, the journal's entries."""
    read = store.read
    cases = read("SELECT id, case_no, draft, deleted_why FROM cases ORDER BY id").fetchall()
    return {
        "cases": {row[0]: _case(row[1], untracked(json.loads(row[2])), row[3]) for row in cases},
        "register": [list(row) for row in read("SELECT series, year, number, text, case_id FROM register").fetchall()],
        **_left(read),
        "clerks": [[one.id, one.name, one.role] for one in all_clerks(store)],
        "facts": facts(store),
        "entries": [[row[1], row[6], row[-1].hex()] for row in chain(store, store.window)],
    }


def contents_of_the_first(path: Path) -> Contents:
    """The same of a store of the first version, which is plain and keeps no journal."""
    with sqlite3.connect(path) as plain:
        read = plain.execute
        cases = read("SELECT id, case_no, draft, papers FROM cases ORDER BY id").fetchall()
        last = read("SELECT series, year, last FROM numbers ORDER BY series, year").fetchall()
        found = {
            "cases": {
                row[0]: _case(row[1], untracked({**json.loads(row[2]), "papers": json.loads(row[3])}), None)
                for row in cases
            },
            "numbers": [[series, year, number] for series, year, end in last for number in range(1, end + 1)],
            **_left(read),
        }
    plain.close()
    return found


def _case(case_no: str | None, tree: dict[str, object], why: str | None) -> dict[str, object]:
    # The number stands in its own column; a draft of the first version had it as well.
    return {"case_no": case_no, "deleted_why": why, "tree": {key: tree[key] for key in tree if key != "case_no"}}


def _left(read: object) -> Contents:
    assert callable(read)
    return {
        "notices": {row[0]: [*row[1:4], sha256(row[4]).hexdigest()] for row in read(NOTICES).fetchall()},
        "batches": [list(row) for row in read(BATCHES).fetchall()],
        "sent": [list(row) for row in read(SENT).fetchall()],
        "sealed": {str(row[0]): [row[1], json.loads(row[2]), json.loads(row[3])] for row in read(SEALED).fetchall()},
    }
