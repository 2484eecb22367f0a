"""Step 1: cases as typed, sealed assessments, the register of numbers, notices as printed, batches as sent."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m0001_cases(db: "Database") -> None:
    """The tables of the first version, whose file was not encrypted."""
    for statement in STATEMENTS:
        db.execute(statement)


STATEMENTS = (
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY, case_no TEXT UNIQUE, draft TEXT NOT NULL, papers TEXT NOT NULL,
        matter TEXT NOT NULL, applicant TEXT, id_tail TEXT, village TEXT, applied_on TEXT,
        verdict TEXT, payable_fen INTEGER, opened_at TEXT NOT NULL, saved_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX cases_saved ON cases (saved_at DESC, id)",
    """CREATE TABLE assessments (
        id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), made_at TEXT NOT NULL,
        inputs TEXT NOT NULL, result TEXT NOT NULL, policy_print TEXT NOT NULL, locality_print TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX assessments_of_case ON assessments (case_id)",
    """CREATE TABLE numbers (
        series TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, year)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE notices (
        number TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), kind TEXT NOT NULL,
        issued_at TEXT NOT NULL, assessment INTEGER REFERENCES assessments (id), pdf BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX notices_of_case ON notices (case_id)",
    """CREATE TABLE batches (
        number TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE, made_at TEXT NOT NULL,
        cases INTEGER NOT NULL, lines INTEGER NOT NULL, total_fen INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE batch_cases (
        batch TEXT NOT NULL REFERENCES batches (number), case_id TEXT NOT NULL REFERENCES cases (id),
        assessment INTEGER NOT NULL REFERENCES assessments (id), PRIMARY KEY (batch, case_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX batches_of_case ON batch_cases (case_id)",
)
