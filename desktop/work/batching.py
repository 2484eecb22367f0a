"""Batches: accepted cases to the county as one workbook, sealed and numbered."""

from dataclasses import dataclass
from pathlib import Path

from desktop.batches.outgoing import Cover, Sent, write_batch
from desktop.domain.clerks import require
from desktop.domain.money import Money, least_of
from desktop.domain.numbering import read_pattern
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.file import Pen
from desktop.store.journal import Head, head
from desktop.store.register import give
from desktop.store.sealed import KeptBatch, keep_batch, last_batch
from desktop.work.assessing import Assessed
from desktop.work.intake import accept_case
from desktop.work.office import Office
from desktop.work.sealing import assessed_case, seal_case
from desktop.work.searching import CaseRow, row_of

PATTERN = read_pattern("批{年}-{序号:4}")


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch as it was sent; ``total`` is what its lines pay together."""

    number: str
    sequence: int
    path: Path
    cases: int
    rows: int
    total: Money


def unsent_cases(office: Office) -> tuple[CaseRow, ...]:
    """The cases that have a number and were in no batch yet, oldest number first."""
    return tuple(row_of(one) for one in cases.accepted_unsent(office.kept))


def export_batch(office: Office, case_ids: tuple[str, ...], folder_or_file: Path) -> SentBatch:
    """Writes the county's workbook of some cases (none named: all that wait), and keeps what was sent.

    Raises:
        Problem: where nothing waits, localities are mixed, or the file cannot be written; then no number is used up.
        Refused: with the faults of a case that cannot be sent.
    """
    require(office.who(), "release_batch")
    with office.change() as pen:
        wanted = case_ids or tuple(row.id for row in unsent_cases(office))
        if not wanted:
            raise Problem("没有可以上报的案件。", "请先受理案件（出具受理回执），或指明案件。")
        for case_id in wanted:
            accept_case(office, case_id)
        assessed = {case_id: assessed_case(office, case_id)[1] for case_id in wanted}
        sealed = [(case_id, seal_case(pen, office, case_id, one)) for case_id, one in assessed.items()]
        end = head(office.kept)
        cover = _cover(pen, office, list(assessed.values()), end)
        path = folder_or_file / f"{cover.number}.xlsx" if folder_or_file.is_dir() else folder_or_file
        total = least_of(tuple(one.assessment.payable for one in assessed.values()))
        # The file comes last but for one row: a batch that cannot be kept leaves no workbook behind.
        rows = write_batch(cover, [Sent(key, one.case, one.assessment) for key, one in assessed.items()], path)
        batch = KeptBatch(cover.number, cover.sequence, cover.made_at, len(assessed), rows, total, end.full)
        keep_batch(pen, batch, sealed)
    return SentBatch(batch.number, batch.sequence, path, batch.cases, batch.lines, batch.total)


def last_sent(office: Office) -> KeptBatch | None:
    """The batch sent last; None before the first."""
    return last_batch(office.kept)


def _cover(pen: Pen, office: Office, assessed: list[Assessed], end: Head) -> Cover:
    rules = assessed[0].rules
    if any(one.rules.locality.id != rules.locality.id for one in assessed):
        raise Problem("所选案件属于不同的统筹地区。", "请按地区分别上报。")
    now = office.now()
    last = last_batch(office.kept)
    return Cover(
        number=give(pen, "batch", PATTERN),
        sequence=1 if last is None else last.sequence + 1,
        office=office.letterhead.office or f"{rules.locality.name}社会救助「一门受理」窗口",
        made_at=now,
        locality=rules.locality.name,
        policy=rules.policy.document,
        verified=rules.locality.verified,
        journal_head=end.code,
    )
