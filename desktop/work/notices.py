"""Notices: previewed, numbered, kept as they were printed, or written straight from a case file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.numbering import read_pattern
from desktop.domain.problems import Problem
from desktop.notices.pdf import Faces, render
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import Desk, Letter
from desktop.policy.letters.receipt import receipt_letter
from desktop.store.register import give
from desktop.store.sealed import KeptNotice, keep_notice, last_notice
from desktop.work.assessing import Assessed
from desktop.work.drafts import papers_of
from desktop.work.files import write_aside
from desktop.work.intake import accept_case
from desktop.work.office import Letterhead, Office
from desktop.work.sealing import assessed_case, seal_case

NOTICES = {"receipt": "受理回执", "calculation": "待遇测算单"}
PATTERNS = {"receipt": read_pattern("受{年}-{序号:4}"), "calculation": read_pattern("测{年}-{序号:4}")}
UNNUMBERED = "（未编号）"


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """A notice on its pages; ``file_name`` holds the number and nothing personal."""

    number: str
    kind: str
    name: str
    pdf: bytes
    file_name: str


def preview_notice(office: Office, case_id: str, kind: str) -> IssuedNotice:
    """A notice as it would print, without a number.

    Raises:
        Refused: with what the case lacks for it.
    """
    kept, assessed = assessed_case(office, case_id)
    desk = _desk(office.letterhead, assessed, UNNUMBERED, office.today(), papers_of(kept))
    return _notice(kind, UNNUMBERED, render(letter_of(kind, assessed, desk), Faces(office.fonts)))


def issue_notice(office: Office, case_id: str, kind: str) -> IssuedNotice:
    """Issues a notice: the case gets its number if it has none, the notice its own, and both are kept.

    Raises:
        Refused: with what the case lacks for it; then no number is used up.
    """
    with office.change() as pen:
        accept_case(office, case_id)
        kept, assessed = assessed_case(office, case_id)
        number = give(pen, kind, PATTERNS[kind], case_id)
        desk = _desk(office.letterhead, assessed, number, office.today(), papers_of(kept))
        pdf = render(letter_of(kind, assessed, desk), Faces(office.fonts))
        sealed = seal_case(pen, office, case_id, assessed)
        keep_notice(pen, KeptNotice(number, case_id, kind, pen.at, sealed, pdf))
    return _notice(kind, number, pdf)


def issued_notices(office: Office, case_id: str) -> dict[str, IssuedNotice]:
    """The notices that a case was issued last, by kind, as they were printed."""
    kept = {kind: last_notice(office.kept, case_id, kind) for kind in NOTICES}
    return {kind: _notice(kind, one.number, one.pdf) for kind, one in kept.items() if one is not None}


def write_notice(kind: str, assessed: Assessed, letterhead: Letterhead, fonts: Path, on: date, out: Path) -> None:
    """Writes one notice of a case file as PDF; without a store it carries the case's number, or none.

    Raises:
        Problem: where the file cannot be written. Refused: with what the case lacks for it.
    """
    number = assessed.case.case_no or UNNUMBERED
    desk = _desk(letterhead, assessed, number, on, {})
    write_aside(out, render(letter_of(kind, assessed, desk), Faces(fonts)))


def kind_named(word: str) -> str:
    """The kind of a notice by its id or its Chinese name.

    Raises:
        Problem: where there is no such notice.
    """
    for kind, name in NOTICES.items():
        if word in (kind, name):
            return kind
    known = "、".join(f"{kind}（{name}）" for kind, name in NOTICES.items())
    raise Problem(f"没有名为「{word}」的文书。", f"可用的文书：{known}。")


def letter_of(kind: str, assessed: Assessed, desk: Desk) -> Letter:
    """What a notice says."""
    if kind == "receipt":
        return receipt_letter(assessed.case, assessed.rules, desk)
    return calculation_letter(assessed.case, assessed.assessment, assessed.rules, desk)


def _desk(letterhead: Letterhead, assessed: Assessed, number: str, day: date, papers: dict[str, str]) -> Desk:
    return Desk(
        office=letterhead.office or f"{assessed.rules.locality.name}社会救助「一门受理」窗口",
        address=letterhead.address,
        phone=letterhead.phone,
        complaint_phone=letterhead.complaint_phone,
        number=number,
        day=day,
        papers=papers,
    )


def _notice(kind: str, number: str, pdf: bytes) -> IssuedNotice:
    return IssuedNotice(number, kind, NOTICES[kind], pdf, f"{NOTICES[kind]}-{number.strip('（）')}.pdf")
