"""Step 2: the journal, clerks, the office's facts, every number by itself, what is searched and compared, the bin."""

import json
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from desktop.store.chain import NO_HASH, Stamp, content_of, hash_of, plain_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

WINDOW, PROGRAM = "0", "前一版本"
MARKS = {"case": "", "receipt": "受", "calculation": "测", "batch": "批"}


def m0002_journal(db: "Database") -> None:
    """Makes the tables, then takes over what the first version kept; its cases begin their journal as they stand."""
    for statement in FIRST:
        db.execute(statement)
    _take_over_cases(db)
    for statement in (*IN_PLACE_OF_THE_OLD, *DEPENDENTS):
        db.execute(statement)
    _take_over_numbers(db)
    _seal(db)
    for statement in (*GUARDS, *COUNTS):
        db.execute(statement)


def _take_over_cases(db: "Database") -> None:
    rows = db.execute(
        """SELECT id, case_no, draft, papers, matter, applicant, id_tail, village, applied_on, verdict, payable_fen,
                  opened_at, saved_at FROM cases ORDER BY saved_at, id"""
    ).fetchall()
    before, ids = NO_HASH, count(1)
    for n, row in enumerate(rows, 1):
        tree = _tracked(json.loads(row[2]), ids)
        papers = json.loads(row[3])
        assert isinstance(tree, dict)
        tree.pop("case_no", None)  # the register's, in a column of its own
        text = plain_json({**tree, "papers": papers} if papers else tree)
        db.execute(
            """INSERT INTO cases_now (n, id, case_no, draft, matter, applicant, id_tail, village, applied_on, verdict,
                                  payable_fen, opened_at, saved_at, touched)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""",
            (n, row[0], row[1], text, *row[4:]),
        )
        stamp, content = Stamp(WINDOW, n, 0, row[12], "", row[0], "took_over", ""), content_of(None, text)
        before = hash_of(before, stamp, content)
        db.execute(
            "INSERT INTO journal VALUES (?, ?, 0, ?, '', ?, 'took_over', '', NULL, ?, ?, ?)",
            (WINDOW, n, row[12], row[0], text, content, before),
        )
    if rows:
        db.execute("INSERT INTO windows VALUES (?, ?, ?)", (WINDOW, rows[0][12], PROGRAM))
    db.execute("UPDATE state SET cases = ?", (len(rows),))


def _tracked(value: object, ids: "Iterator[int]") -> object:
    """Every row of every list of tables gets an id of its own; what says nothing is left out."""
    if isinstance(value, dict):
        known = {key: _tracked(part, ids) for key, part in value.items() if part is not None and key != "#"}
        return {key: part for key, part in known.items() if part != {}}
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        rows = []
        for row in value:
            row_id = f"{WINDOW}.{next(ids)}"
            tracked = _tracked(row, ids)
            assert isinstance(tracked, dict)
            rows.append({"#": row_id, **tracked})
        return rows
    return value


def _take_over_numbers(db: "Database") -> None:
    taken = dict(db.execute("SELECT case_no, id FROM cases WHERE case_no IS NOT NULL").fetchall())
    taken |= dict(db.execute("SELECT number, case_id FROM notices").fetchall())
    for series, year, last in db.execute("SELECT series, year, last FROM numbers").fetchall():
        for number in range(1, last + 1):
            text = f"{MARKS.get(series, '')}{year}-{number:04d}"
            db.execute(
                "INSERT INTO register (series, year, number, text, case_id, given_at, given_by) VALUES (?, ?, ?, ?, ?, '', '')",
                (series, year, number, text, taken.get(text)),
            )


def _seal(db: "Database") -> None:
    for assessment, inputs, result in db.execute("SELECT id, inputs, result FROM assessments").fetchall():
        digest = sha256(plain_json([inputs, result]).encode()).digest()
        db.execute("UPDATE assessments SET digest = ? WHERE id = ?", (digest, assessment))


FIRST = (
    """CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1), store TEXT NOT NULL, change INTEGER NOT NULL,
        window TEXT NOT NULL, found_by INTEGER NOT NULL, cases INTEGER NOT NULL
    ) STRICT""",
    "INSERT INTO state VALUES (1, '', 0, '', 0, 0)",
    "CREATE TABLE windows (id TEXT PRIMARY KEY, since TEXT NOT NULL, program TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE clerks (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('clerk', 'reviewer', 'administrator')),
        since TEXT NOT NULL, until TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE journal (
        window TEXT NOT NULL, seq INTEGER NOT NULL, change INTEGER NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
        case_id TEXT, kind TEXT NOT NULL, path TEXT NOT NULL, old TEXT, new TEXT,
        content BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (window, seq)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX journal_of_case ON journal (case_id, change, window, seq) WHERE case_id IS NOT NULL",
    """CREATE TABLE register (
        series TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL,
        case_id TEXT, given_at TEXT NOT NULL, given_by TEXT NOT NULL,
        given_up_at TEXT, given_up_by TEXT, reason TEXT,
        PRIMARY KEY (series, year, number), UNIQUE (series, text),
        CHECK ((given_up_at IS NULL) = (reason IS NULL))
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX register_by_day ON register (given_at)",
    """CREATE TABLE cases_now (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_no TEXT UNIQUE,
        matter TEXT NOT NULL, applicant TEXT, id_tail TEXT, village TEXT, applied_on TEXT,
        verdict TEXT, payable_fen INTEGER, opened_at TEXT NOT NULL, saved_at TEXT NOT NULL,
        touched INTEGER NOT NULL, deleted_at TEXT, deleted_by TEXT, deleted_why TEXT,
        findable TEXT NOT NULL DEFAULT '', draft TEXT NOT NULL,
        CHECK ((deleted_at IS NULL) = (deleted_why IS NULL))
    ) STRICT""",  # what is long comes last: a list reads no further than it shows
)
# What refers to the cases by name refers to the new table once it has the name.
IN_PLACE_OF_THE_OLD = (
    "DROP TABLE cases",
    "ALTER TABLE cases_now RENAME TO cases",
    "CREATE INDEX cases_touched ON cases (touched, n) WHERE deleted_at IS NULL",
    "CREATE INDEX cases_deleted ON cases (deleted_at, n) WHERE deleted_at IS NOT NULL",
)
DEPENDENTS = (
    """CREATE TABLE people (
        case_n INTEGER NOT NULL REFERENCES cases (n) ON DELETE CASCADE, row TEXT NOT NULL,
        applicant INTEGER NOT NULL, name TEXT, id_number TEXT, birth_date TEXT, PRIMARY KEY (case_n, row)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX people_by_id ON people (id_number) WHERE id_number IS NOT NULL",
    "CREATE INDEX people_by_birth ON people (name, birth_date) WHERE birth_date IS NOT NULL",
    """CREATE TABLE settlements (
        case_n INTEGER NOT NULL REFERENCES cases (n) ON DELETE CASCADE, row TEXT NOT NULL,
        provider TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, total_fen INTEGER NOT NULL,
        PRIMARY KEY (case_n, row)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX settlements_alike ON settlements (to_day, total_fen, from_day, provider)",
    # Of one key the case begun last comes first. No reference: to look for one by the case would read all keys.
    "CREATE TABLE search_keys (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n DESC)) STRICT, WITHOUT ROWID",
    """CREATE TRIGGER keys_go_with_their_case AFTER DELETE ON cases WHEN old.findable <> '' BEGIN
       DELETE FROM search_keys WHERE n = old.n AND key IN (SELECT value FROM json_tree(old.findable) WHERE type = 'text');
       END""",
    """CREATE TABLE acknowledged (
        case_n INTEGER NOT NULL REFERENCES cases (n) ON DELETE CASCADE, what TEXT NOT NULL, own TEXT NOT NULL,
        other_n INTEGER NOT NULL REFERENCES cases (n) ON DELETE CASCADE, theirs TEXT NOT NULL,
        PRIMARY KEY (case_n, what, own, other_n, theirs)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX acknowledged_of_other ON acknowledged (other_n)",
    "ALTER TABLE assessments ADD COLUMN digest BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE assessments ADD COLUMN program TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE batches ADD COLUMN journal_head TEXT NOT NULL DEFAULT ''",
)


def _guard(name: str, on: str, when: str, words: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {on} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


STAMPS = "new.window = old.window AND new.seq = old.seq AND new.change = old.change AND new.at = old.at AND new.who = old.who"
REST = "new.case_id IS old.case_id AND new.kind = old.kind AND new.path = old.path"
HASHES = "new.content = old.content AND new.hash = old.hash"
IN_BIN = "(SELECT deleted_at FROM cases WHERE id = old.case_id) IS NOT NULL"
# Our own mistakes stop here: what is sealed is not changed, and the journal only grows.
GUARDS = (
    _guard("journal_grows", "DELETE ON journal", "TRUE", "a journal entry is never deleted"),
    _guard(
        "journal_is_as_written",
        "UPDATE ON journal",
        f"NOT (new.old IS NULL AND new.new IS NULL AND {STAMPS} AND {REST} AND {HASHES})",
        "a journal entry is never changed, only its words erased",
    ),
    _guard("assessments_are_sealed", "UPDATE ON assessments", "TRUE", "a sealed assessment is never changed"),
    _guard("assessments_stay", "DELETE ON assessments", f"NOT {IN_BIN}", "a sealed assessment stays with its case"),
    _guard("notices_are_as_printed", "UPDATE ON notices", "TRUE", "a notice stays as it was printed"),
    _guard("notices_stay", "DELETE ON notices", f"NOT {IN_BIN}", "a notice stays with its case"),
    _guard("batches_are_as_sent", "UPDATE ON batches", "TRUE", "a batch stays as it was sent"),
    _guard("batches_stay", "DELETE ON batches", "TRUE", "a batch stays"),
    _guard("numbers_stay", "DELETE ON register", "TRUE", "a number that was given stays in the register"),
)
COUNTS = (
    """CREATE TRIGGER one_case_more AFTER INSERT ON cases WHEN new.deleted_at IS NULL
       BEGIN UPDATE state SET cases = cases + 1; END""",
    """CREATE TRIGGER one_case_in_the_bin AFTER UPDATE OF deleted_at ON cases
       WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN UPDATE state SET cases = cases - 1; END""",
    """CREATE TRIGGER one_case_put_back AFTER UPDATE OF deleted_at ON cases
       WHEN old.deleted_at IS NOT NULL AND new.deleted_at IS NULL BEGIN UPDATE state SET cases = cases + 1; END""",
)
