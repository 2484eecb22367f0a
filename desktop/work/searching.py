"""Cases listed and found: by any part of a name, by sound, by the tail of an ID number, by number, phone or village."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.money import exact_text
from desktop.store import cases
from desktop.store.cases import ListedCase, Place
from desktop.work.office import Office

PAGE = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What a list shows of one case; ``payable`` in yuan, None while it is not known."""

    id: str
    case_no: str | None
    applicant: str | None
    id_tail: str | None
    matter: str
    applied_on: str | None
    village: str | None
    saved_at: datetime
    verdict: str | None
    payable: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and where the next one begins; None after the last."""

    rows: tuple[CaseRow, ...]
    more: Place | None


def case_page(office: Office, after: Place | None = None, size: int = PAGE) -> Page:
    """A page of all cases, what was touched last first."""
    found = cases.page(office.kept, after, size)
    more = Place(found[-1].touched, found[-1].n) if len(found) == size else None
    return Page(tuple(row_of(one) for one in found), more)


def count_cases(office: Office) -> int:
    """How many cases the office keeps outside the bin."""
    return cases.count_of(office.kept)


def row_of(one: ListedCase) -> CaseRow:
    """A case as a row of a list."""
    shown = one.shown
    return CaseRow(
        id=one.id,
        case_no=one.case_no,
        applicant=shown.applicant,
        id_tail=shown.id_tail,
        matter=shown.matter,
        applied_on=shown.applied_on,
        village=shown.village,
        saved_at=one.saved_at,
        verdict=shown.verdict,
        payable=None if shown.payable is None else exact_text(shown.payable),
    )
