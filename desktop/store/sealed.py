"""What left the window, kept as it was: assessments with their inputs, notices, batches."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from desktop.domain.money import Money
from desktop.store.chain import plain_json
from desktop.store.file import Pen, Store
from desktop.store.journal import Note, note


@dataclass(frozen=True, slots=True)
class Seal:
    """An assessment with all that it was made from; later programs read it and never change it."""

    case_id: str
    made_at: datetime
    inputs: dict[str, object]
    result: dict[str, object]
    policy_print: str
    locality_print: str
    program: str


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
    journal_head: str


def seal(pen: Pen, one: Seal) -> int:
    """Keeps an assessment; its id in the store. Its entry in the journal holds its digest."""
    inputs, result = _written(one.inputs), _written(one.result)
    digest = digest_of(inputs, result)
    row = pen.write(
        """INSERT INTO assessments (case_id, made_at, inputs, result, policy_print, locality_print, digest, program)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        (
            one.case_id,
            one.made_at.isoformat(),
            inputs,
            result,
            one.policy_print,
            one.locality_print,
            digest,
            one.program,
        ),
    ).fetchone()
    note(pen, Note("sealed", one.case_id, path=str(row[0]), new=digest.hex()))
    return int(row[0])


def digest_of(inputs: str, result: str) -> bytes:
    """What an assessment's inputs and result come to, as the file holds them."""
    return sha256(plain_json([inputs, result]).encode()).digest()


def sealed_of(store: Store, case_id: str) -> tuple[tuple[int, Seal], ...]:
    """What was sealed of a case, the oldest first, each with its id."""
    rows = store.read(
        """SELECT id, case_id, made_at, inputs, result, policy_print, locality_print, program
           FROM assessments WHERE case_id = ? ORDER BY id""",
        (case_id,),
    ).fetchall()
    return tuple(
        (row[0], Seal(row[1], datetime.fromisoformat(row[2]), json.loads(row[3]), json.loads(row[4]), *row[5:]))
        for row in rows
    )


def keep_notice(pen: Pen, notice: KeptNotice) -> None:
    """Keeps a notice as it was printed."""
    pen.write(
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
    printed = {"kind": notice.kind, "sha256": sha256(notice.pdf).hexdigest()}
    note(pen, Note("printed", notice.case_id, path=notice.number, new=printed))


def last_notice(store: Store, case_id: str, kind: str) -> KeptNotice | None:
    """A case's notice of a kind as it was printed last; None before the first."""
    row = store.read(
        """SELECT number, case_id, kind, issued_at, assessment, pdf FROM notices
           WHERE case_id = ? AND kind = ? ORDER BY issued_at DESC, rowid DESC LIMIT 1""",
        (case_id, kind),
    ).fetchone()
    if row is None:
        return None
    return KeptNotice(row[0], row[1], row[2], datetime.fromisoformat(row[3]), row[4], row[5])


def keep_batch(pen: Pen, batch: KeptBatch, sealed: Sequence[tuple[str, int]]) -> None:
    """Keeps a batch with its cases, each with the assessment that was sent."""
    pen.write(
        "INSERT INTO batches (number, sequence, made_at, cases, lines, total_fen, journal_head) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            batch.number,
            batch.sequence,
            batch.made_at.isoformat(),
            batch.cases,
            batch.lines,
            batch.total.fen,
            batch.journal_head,
        ),
    )
    note(pen, *(Note("exported", case_id, path=batch.number) for case_id, _ in sealed))
    for case_id, assessment in sealed:
        pen.write(
            "INSERT INTO batch_cases (batch, case_id, assessment) VALUES (?, ?, ?)", (batch.number, case_id, assessment)
        )


def last_batch(store: Store) -> KeptBatch | None:
    """The batch sent last; None before the first."""
    row = store.read(
        """SELECT number, sequence, made_at, cases, lines, total_fen, journal_head
           FROM batches ORDER BY sequence DESC LIMIT 1"""
    ).fetchone()
    if row is None:
        return None
    return _batch(row)


def batches_of_day(store: Store, day: str) -> tuple[KeptBatch, ...]:
    """The batches that were sent on a day (ISO)."""
    rows = store.read(
        """SELECT number, sequence, made_at, cases, lines, total_fen, journal_head
           FROM batches WHERE made_at >= ? AND made_at < ? ORDER BY sequence""",
        (day, f"{day}~"),
    )
    return tuple(_batch(row) for row in rows.fetchall())


def _batch(row: tuple[Any, ...]) -> KeptBatch:
    return KeptBatch(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4], Money(row[5]), row[6])


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
