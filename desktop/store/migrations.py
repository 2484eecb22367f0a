"""How the file came to be what it is: each step in one transaction together with the record of it."""

from typing import TYPE_CHECKING

from desktop.domain.problems import Problem

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "yimen"


def bring_up_to_date(db: "Database") -> None:
    """Takes the steps that the file lacks.

    Raises:
        Problem: where the file has seen a step that this program does not know.
    """
    from sqlite_utils import Migrations

    steps = Migrations(SET)
    for step in STEPS:
        steps()(step)
    if {done.name for done in steps.applied(db)} - {step.__name__ for step in STEPS}:
        raise Problem("这个案卷库由更新的版本建立。", "请升级本程序后再打开；库中内容没有改动。")
    steps.apply(db)


def m0001_cases(db: "Database") -> None:
    """Cases as typed, sealed assessments, the register of numbers, notices as printed, batches as sent."""
    for statement in (
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
    ):
        db.execute(statement)


# In order. A released step is never edited: what changes is added as the next one.
STEPS = (m0001_cases,)
