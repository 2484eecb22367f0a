"""Taking cases in: begun, opened, saved as typed, accepted under a number."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case import CASE_FORMAT
from desktop.domain.edits import Tree, edits_between, tracked, untracked
from desktop.domain.problems import Refused
from desktop.store import cases, register
from desktop.store.cases import KeptCase
from desktop.store.file import Pen
from desktop.store.journal import Note, note
from desktop.store.known_by import text
from desktop.work.assessing import Outcome, assess_draft
from desktop.work.drafts import Draft, draft_of, joined, papers_of, split
from desktop.work.office import Office


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
    with office.change() as pen:
        tree = tracked(joined(draft, {}), _row_ids(pen))
        cases.begin(pen, case_id, tree, _shown(draft, assess_draft(office, draft)))
        note(pen, Note("begun", case_id, new=tree))
    return OpenCase(case_id, draft, {}, now)


def open_case(office: Office, case_id: str) -> OpenCase:
    """A kept case, brought to the counter; that it was looked at is an entry.

    Raises:
        Problem: where there is none of that id.
    """
    kept = cases.get(office.kept, case_id)
    with office.change() as pen:
        note(pen, Note("opened", case_id))
    return OpenCase(case_id, draft_of(kept), papers_of(kept), kept.listed.saved_at)


def save_case(office: Office, case_id: str, draft: Draft, papers: dict[str, str]) -> datetime:
    """Keeps a case as it stands, faults and all, with an entry for each field that changed; it is on disk then."""
    return keep_tree(office, case_id, joined(draft, papers), "edit")


def keep_tree(office: Office, case_id: str, tree: Tree, kind: str) -> datetime:
    """Keeps a case's tree in place of how it was kept, with an entry of a kind for each field that changed."""
    with office.change() as pen:
        kept = cases.get(office.kept, case_id)
        edits, now = edits_between(kept.tree, tree, _row_ids(pen))
        if edits:
            keep_edited(pen, office, kept, now)
            note(pen, *(Note(kind, case_id, one.path, one.old, one.new) for one in edits))
    return pen.at


def keep_edited(pen: Pen, office: Office, kept: KeptCase, now: Tree) -> None:
    """Keeps a case as its tracked tree is now; the entries of what changed are the caller's."""
    draft = split(untracked(now), kept.case_no)[0]
    cases.keep(pen, kept, now, _shown(draft, assess_draft(office, draft)))


def number_of(office: Office, case_id: str) -> str | None:
    """A case's number; None before it is accepted."""
    return cases.get(office.kept, case_id).case_no


def accept_case(office: Office, case_id: str) -> str:
    """Gives the case its number from the register, once; a case that has one keeps it.

    Raises:
        Refused: with the faults of a draft that cannot be accepted.
    """
    with office.change() as pen:
        kept = cases.get(office.kept, case_id)
        if kept.case_no:
            return kept.case_no
        outcome = assess_draft(office, draft_of(kept))
        if outcome.faults:
            raise Refused(outcome.faults)
        case_no = register.give(pen, "case", office.case_numbers, case_id)
        cases.number_case(pen, kept, case_no)
        note(pen, Note("numbered", case_id, new=case_no))
    return case_no


def _row_ids(pen: Pen) -> Callable[[], str]:
    """Ids for rows that no window gives twice."""
    count = itertools.count(1)
    return lambda: f"{pen.store.window[-8:]}.{pen.change}.{next(count)}"


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
    id_number = text(applicant.get("id_number"))
    return cases.Shown(
        matter=str(draft.get("matter")),
        applicant=text(applicant.get("name")),
        id_tail=id_number[-4:] if id_number else None,
        village=text(household.get("village")),
        applied_on=text(draft.get("applied_on")),
        verdict=identification.verdict if identification else None,
        payable=assessment.payable if assessment and assessment.benefits else None,
    )
