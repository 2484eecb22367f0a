"""What left the window of a case: its number, its sealed assessments, its notices, its batches, against their entries."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from desktop.store.checks.chains import Link
from desktop.store.checks.findings import Check, Finding
from desktop.store.sealed import digest_of

UNNUMBERED = {"查阅记录"}  # printed for who asks, without a number and without a copy


@dataclass(frozen=True, slots=True)
class Kept:
    """A case as the file keeps it; ``draft`` is the text of its tree."""

    id: str
    case_no: str | None
    draft: str
    deleted_why: str | None

    @property
    def place(self) -> str:
        """What a finding calls the case: its number, or its id while it has none. Nothing that names somebody."""
        return self.case_no or self.id


def numbers_of(check: Check, kept: Kept, _: list[Link]) -> Iterator[Finding]:
    """The case's number stands in the register, for this case."""
    if kept.case_no and not _registered(check, "case", kept.case_no, kept.id):
        yield Finding("number_unregistered", kept.case_no)


def seals_of(check: Check, kept: Kept, links: list[Link]) -> Iterator[Finding]:
    """Each sealed assessment is what its digest and its entry say."""
    told = _told(links, "sealed")
    rows = check.read("SELECT id, inputs, result, digest, program FROM assessments WHERE case_id = ?", (kept.id,))
    for number, inputs, result, digest, program in rows.fetchall():
        check.count("assessments")
        said = told.pop(str(number), None)
        if digest_of(inputs, result) != digest or said not in (None, digest.hex()):
            yield Finding("assessment_changed", kept.place, first=number)
        elif said is None and not (_taken_over(links) and program == ""):
            yield Finding("assessment_unrecorded", kept.place, first=number)
    yield from (Finding("assessment_gone", kept.place, first=int(number)) for number in told)


def notices_of(check: Check, kept: Kept, links: list[Link]) -> Iterator[Finding]:
    """Each notice is what was printed, under a number of the register."""
    told = {number: said for number, said in _told(links, "printed").items() if number not in UNNUMBERED}
    rows = check.read(
        """SELECT number, notices.kind, pdf, coalesce(program, '') FROM notices
           LEFT JOIN assessments ON assessments.id = assessment WHERE notices.case_id = ?""",
        (kept.id,),
    )
    for number, kind, pdf, program in rows.fetchall():
        check.count("notices")
        said = told.pop(number, None)
        if said is None and not (_taken_over(links) and program == ""):
            yield Finding("notice_unrecorded", number)
        elif said is not None and said != {"kind": kind, "sha256": sha256(pdf).hexdigest()}:
            yield Finding("notice_changed", number)
        if not _registered(check, kind, number, kept.id):
            yield Finding("number_unregistered", number)
    yield from (Finding("notice_gone", number) for number in told)


def batches_of(check: Check, kept: Kept, links: list[Link]) -> Iterator[Finding]:
    """The case lies in the batches that its entries name."""
    told = _told(links, "exported")
    rows = check.read(
        "SELECT batch, journal_head FROM batch_cases JOIN batches ON number = batch WHERE case_id = ?", (kept.id,)
    )
    for batch, head in rows.fetchall():
        if batch not in told and not (_taken_over(links) and head == ""):
            yield Finding("batch_unrecorded", batch)
        told.pop(batch, None)
    yield from (Finding("batch_gone", batch) for batch in told)


def _told(links: list[Link], kind: str) -> dict[str, object]:
    """What the entries of a kind say, by their paths."""
    return {link.stamp.path: _said(link.new) for link in links if link.stamp.kind == kind}


def _said(text: str | None) -> object:
    try:
        return "" if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return text


def _taken_over(links: list[Link]) -> bool:
    """Whether the case is older than the journal: what left before that has no entry."""
    return links[0].stamp.kind == "took_over"


def _registered(check: Check, series: str, text: str, case_id: str) -> bool:
    row = check.read("SELECT case_id FROM register WHERE series = ? AND text = ?", (series, text)).fetchone()
    return bool(row == (case_id,))
