"""What left the window, kept as it was: assessments with their inputs, notices, batches."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.money import Money
from desktop.store.file import Store


@dataclass(frozen=True, slots=True)
class Seal:
    """An assessment with all that it was made from; later programs read it and never change it."""

    case_id: str
    made_at: datetime
    inputs: dict[str, object]
    result: dict[str, object]
    policy_print: str
    locality_print: str


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice as it was printed; ``assessment`` is the id of the sealed one that it tells of."""

    number: str
    case_id: str
    kind: str
    issued_at: datetime
    assessment: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A batch that was sent to the county."""

    number: str
    sequence: int
    made_at: datetime
    cases: int
    lines: int
    total: Money


def seal(store: Store, one: Seal) -> int:
    """Keeps an assessment; its id in the store."""
    row = store.db.execute(
        """INSERT INTO assessments (case_id, made_at, inputs, result, policy_print, locality_print)
           VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
        (
            one.case_id,
            one.made_at.isoformat(),
            json.dumps(one.inputs, ensure_ascii=False),
            json.dumps(one.result, ensure_ascii=False),
            one.policy_print,
            one.locality_print,
        ),
    ).fetchone()
    return int(row[0])


def keep_notice(store: Store, notice: KeptNotice) -> None:
    """Keeps a notice as it was printed."""
    store.db.execute(
        "INSERT INTO notices (number, case_id, kind, issued_at, assessment, pdf) VALUES (?, ?, ?, ?, ?, ?)",
        (
            notice.number,
            notice.case_id,
            notice.kind,
            notice.issued_at.isoformat(),
            notice.assessment,
            notice.pdf,
        ),
    )


def last_notice(store: Store, case_id: str, kind: str) -> KeptNotice | None:
    """A case's notice of a kind as it was printed last; None before the first."""
    row = store.db.execute(
        """SELECT number, case_id, kind, issued_at, assessment, pdf FROM notices
           WHERE case_id = ? AND kind = ? ORDER BY issued_at DESC, rowid DESC LIMIT 1""",
        (case_id, kind),
    ).fetchone()
    if row is None:
        return None
    return KeptNotice(row[0], row[1], row[2], datetime.fromisoformat(row[3]), row[4], row[5])


def keep_batch(store: Store, batch: KeptBatch, sealed: Sequence[tuple[str, int]]) -> None:
    """Keeps a batch with its cases, each with the assessment that was sent."""
    store.db.execute(
        "INSERT INTO batches (number, sequence, made_at, cases, lines, total_fen) VALUES (?, ?, ?, ?, ?, ?)",
        (batch.number, batch.sequence, batch.made_at.isoformat(), batch.cases, batch.lines, batch.total.fen),
    )
    for case_id, assessment in sealed:
        store.db.execute(
            "INSERT INTO batch_cases (batch, case_id, assessment) VALUES (?, ?, ?)", (batch.number, case_id, assessment)
        )


def last_batch(store: Store) -> KeptBatch | None:
    """The batch sent last; None before the first."""
    row = store.db.execute(
        "SELECT number, sequence, made_at, cases, lines, total_fen FROM batches ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    return KeptBatch(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4], Money(row[5]))


def sent_cases(store: Store) -> dict[str, str]:
    """The batch in which each case was sent last, by case id."""
    rows = store.db.execute(
        "SELECT case_id, batch FROM batch_cases JOIN batches ON number = batch ORDER BY sequence"
    ).fetchall()
    return {row[0]: row[1] for row in rows}
