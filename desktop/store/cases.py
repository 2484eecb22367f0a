"""Cases in the file: drafts as typed, and the few columns that lists show."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.money import Money
from desktop.domain.problems import Problem
from desktop.store.file import Store


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
class KeptCase:
    """A case as it is kept: the draft and its papers, and when they were saved."""

    id: str
    case_no: str | None
    draft: dict[str, object]
    papers: dict[str, str]
    shown: Shown
    saved_at: datetime


COLUMNS = "id, case_no, draft, papers, matter, applicant, id_tail, village, applied_on, verdict, payable_fen, saved_at"


def keep(
    store: Store, case_id: str, draft: dict[str, object], papers: dict[str, str], shown: Shown, at: datetime
) -> None:
    """Keeps a case as it stands; a new one is begun."""
    row = {
        "draft": json.dumps(draft, ensure_ascii=False),
        "papers": json.dumps(papers),
        "matter": shown.matter,
        "applicant": shown.applicant,
        "id_tail": shown.id_tail,
        "village": shown.village,
        "applied_on": shown.applied_on,
        "verdict": shown.verdict,
        "payable_fen": None if shown.payable is None else shown.payable.fen,
        "saved_at": at.isoformat(),
    }
    sets = ", ".join(f"{name} = :{name}" for name in row)
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    store.db.execute(
        f"INSERT INTO cases (id, opened_at, {names}) VALUES (:id, :saved_at, {values}) ON CONFLICT (id) DO UPDATE SET {sets}",
        {"id": case_id, **row},
    )


def number_case(store: Store, case_id: str, case_no: str) -> None:
    """Gives a case its number."""
    store.db.execute("UPDATE cases SET case_no = ? WHERE id = ?", (case_no, case_id))


def number_of(store: Store, case_id: str) -> str | None:
    """A case's number; None while it has none, or is not kept yet."""
    row = store.db.execute("SELECT case_no FROM cases WHERE id = ?", (case_id,)).fetchone()
    return None if row is None else row[0]


def get(store: Store, case_id: str) -> KeptCase:
    """A kept case.

    Raises:
        Problem: where there is none of that id.
    """
    row = store.db.execute(f"SELECT {COLUMNS} FROM cases WHERE id = ?", (case_id,)).fetchone()
    if row is None:
        raise Problem("没有这个案卷。", "请回到案卷列表重新选择。")
    return _kept(row)


def find(store: Store, words: str) -> tuple[KeptCase, ...]:
    """Cases whose number, applicant, village or ID tail holds the words; newest first; all for no words."""
    like = ("case_no", "applicant", "village", "id_tail")
    where = " OR ".join(f"instr(upper({name}), upper(:words)) > 0" for name in like)
    rows = store.db.execute(
        f"SELECT {COLUMNS} FROM cases WHERE :words = '' OR {where} ORDER BY saved_at DESC, id", {"words": words.strip()}
    )
    return tuple(_kept(row) for row in rows.fetchall())


def _kept(row: tuple[Any, ...]) -> KeptCase:
    case_id, case_no, draft, papers, matter, applicant, id_tail, village, applied_on, verdict, payable, saved_at = row
    shown = Shown(
        matter, applicant, id_tail, village, applied_on, verdict, None if payable is None else Money(int(payable))
    )
    return KeptCase(case_id, case_no, json.loads(draft), json.loads(papers), shown, datetime.fromisoformat(saved_at))
