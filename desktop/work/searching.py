"""Cases listed and found: by any part of a name, by sound, by the tail of an ID number, by number, phone or village."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.money import exact_text
from desktop.store import cases
from desktop.store.cases import ListedCase, Place
from desktop.store.search import After, Hit, found
from desktop.work.office import Office

PAGE = 200
FIRST = 50  # found cases at a time: whoever wants more types on


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What a list shows of one case; ``payable`` in yuan, None while it is not known.

    ``met_by`` says what a search met where that is neither the applicant nor shown otherwise: 「成员 李示例」.
    """

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
    met_by: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and where the next one begins; None after the last."""

    rows: tuple[CaseRow, ...]
    more: "More | None"


More = Place | After


def case_page(office: Office, after: Place | None = None, size: int = PAGE) -> Page:
    """A page of all cases, what was touched last first."""
    listed = cases.page(office.kept, after, size)
    more = Place(listed[-1].touched, listed[-1].n) if len(listed) == size else None
    return Page(tuple(row_of(one) for one in listed), more)


def find_cases(office: Office, words: str, limit: int = FIRST, after: After | None = None) -> Page:
    """A page of the cases in which every term of the words is met, each once; none where the words ask for nothing.

    A page may be short, or empty, before the last: of two things that many cases have, few may have both.
    """
    page = found(office.kept, words, limit, after)
    return Page(tuple(row_of(hit.case, _met_by(hit)) for hit in page.hits), page.more)


def page_of(office: Office, words: str, size: int, after: More | None = None) -> Page:
    """A page of what the words find, or of all cases where there are none; ``after`` is what the page before it said."""
    if words:
        assert not isinstance(after, Place), "a place in the list of all cases"
        return find_cases(office, words, size, after)
    assert not isinstance(after, After), "a place in what was found"
    return case_page(office, after, size)


def count_cases(office: Office) -> int:
    """How many cases the office keeps outside the bin."""
    return cases.count_of(office.kept)


def row_of(one: ListedCase, met_by: str = "") -> CaseRow:
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
        met_by=met_by,
    )


def _met_by(hit: Hit) -> str:
    if hit.member is not None:
        return f"成员 {hit.member}".strip()
    return "联系电话" if hit.by_phone else ""
