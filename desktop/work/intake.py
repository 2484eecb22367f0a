"""Taking cases in: begun, opened, saved as typed, accepted under a number, found again."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case import CASE_FORMAT
from desktop.domain.money import exact_text
from desktop.domain.problems import Refused
from desktop.store import cases, register
from desktop.work.assessing import Outcome, assess_draft
from desktop.work.office import Office

Draft = dict[str, object]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the list of cases shows of one; ``payable`` in yuan, None while it is not known."""

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
class OpenCase:
    """A case at the counter: its draft as typed, its papers, when it was last on disk."""

    id: str
    draft: Draft
    papers: dict[str, str]
    saved_at: datetime


def new_case(office: Office, matter: str) -> OpenCase:
    """Begins a case with its applicant; it is on disk when this returns."""
    from ulid import ULID

    now = office.now()
    draft: Draft = {
        "format": CASE_FORMAT,
        "case_no": None,
        "locality": office.locality,
        "matter": matter,
        "applied_on": now.date().isoformat(),
        "surveyed_on": None,
        "patient": "p1",
        # Incomes, property and expenses are not asked yet: left out they are unknown, which an empty list is not.
        "household": {"members": [{"id": "p1", "relation": "self", "counted": True}]},
    }
    case_id = str(ULID.from_datetime(now.astimezone()))
    return OpenCase(case_id, draft, {}, save_case(office, case_id, draft, {}))


def open_case(office: Office, case_id: str) -> OpenCase:
    """A kept case.

    Raises:
        Problem: where there is none of that id.
    """
    kept = cases.get(office.kept, case_id)
    return OpenCase(kept.id, kept.draft, kept.papers, kept.saved_at)


def save_case(office: Office, case_id: str, draft: Draft, papers: dict[str, str]) -> datetime:
    """Keeps a case as it stands, faults and all; it is on disk when this returns. Its number is the register's."""
    at = office.now()
    shown = _shown(draft, assess_draft(office, draft))
    with office.kept.change():
        numbered = {**draft, "case_no": cases.number_of(office.kept, case_id)}
        cases.keep(office.kept, case_id, numbered, papers, shown, at)
    return at


def list_cases(office: Office, search: str = "") -> tuple[CaseRow, ...]:
    """Cases that the words find, newest first; all of them for no words."""
    return tuple(
        CaseRow(
            id=kept.id,
            case_no=kept.case_no,
            applicant=kept.shown.applicant,
            id_tail=kept.shown.id_tail,
            matter=kept.shown.matter,
            applied_on=kept.shown.applied_on,
            village=kept.shown.village,
            saved_at=kept.saved_at,
            verdict=kept.shown.verdict,
            payable=None if kept.shown.payable is None else exact_text(kept.shown.payable),
        )
        for kept in cases.find(office.kept, search)
    )


def accept_case(office: Office, case_id: str) -> str:
    """Gives the case its number from the register, once; a case that has one keeps it.

    Raises:
        Refused: with the faults of a draft that cannot be accepted.
    """
    with office.kept.change():
        kept = cases.get(office.kept, case_id)
        if kept.case_no:
            return kept.case_no
        outcome = assess_draft(office, kept.draft)
        if outcome.faults:
            raise Refused(outcome.faults)
        now = office.now()
        case_no = f"{now.year}-{register.next_number(office.kept, 'case', now.year):04d}"
        draft = {**kept.draft, "case_no": case_no}
        cases.keep(office.kept, case_id, draft, kept.papers, kept.shown, now)
        cases.number_case(office.kept, case_id, case_no)
    return case_no


def _shown(draft: Draft, outcome: Outcome) -> cases.Shown:
    """What lists show, from the draft as typed and from what it comes to."""
    household = draft.get("household")
    household = household if isinstance(household, dict) else {}
    members = household.get("members")
    applicant = next(
        (one for one in members or () if isinstance(one, dict) and one.get("id") == draft.get("patient")), {}
    )
    assessment = outcome.assessment
    identification = assessment.identification if assessment else None
    id_number = _text(applicant.get("id_number"))
    return cases.Shown(
        matter=str(draft.get("matter")),
        applicant=_text(applicant.get("name")),
        id_tail=id_number[-6:] if id_number else None,
        village=_text(household.get("village")),
        applied_on=_text(draft.get("applied_on")),
        verdict=identification.verdict if identification else None,
        payable=assessment.payable if assessment and assessment.benefits else None,
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
