"""Who looked at a case: opened, printed or exported it; and the list of that which the applicant may ask for."""

from hashlib import sha256

from desktop.domain.case import Case
from desktop.domain.reading import read_case
from desktop.notices.pdf import Faces, render
from desktop.policy.letters.access_list import Access, access_list_letter
from desktop.policy.letters.letter import Desk, Letter
from desktop.store import cases
from desktop.store.journal import Note, note
from desktop.work.drafts import draft_of
from desktop.work.history import Act, Deed, history_of
from desktop.work.notices import NOTICES
from desktop.work.office import Office

ACCESS_LIST = "查阅记录"


def who_looked(office: Office, case_id: str) -> tuple[Access, ...]:
    """Everybody who saw a case, the first first: who took it in, opened, printed or exported it.

    Raises:
        Problem: where there is no such case, or it was deleted for good.
    """
    return tuple(look for act in history_of(office, case_id) for look in _looks(act))


def preview_access_list(office: Office, case_id: str) -> bytes:
    """The list as it would print, as PDF; looking at it is no entry.

    Raises:
        Refused: with what the case lacks for it.
    """
    return render(_letter(office, case_id), Faces(office.fonts))


def access_list_pdf(office: Office, case_id: str) -> bytes:
    """The list for the applicant as PDF; that it was printed is an entry, which the next list will hold.

    Raises:
        Refused: with what the case lacks for it.
    """
    with office.change() as pen:
        pdf = render(_letter(office, case_id), Faces(office.fonts))
        printed = {"kind": "access_list", "sha256": sha256(pdf).hexdigest()}
        note(pen, Note("printed", case_id, path=ACCESS_LIST, new=printed))
    return pdf


def paper_named(deed: Deed) -> str:
    """What was printed, in words: the notice with its number."""
    if deed.subject == ACCESS_LIST:
        return ACCESS_LIST
    kind = str(deed.said.get("kind")) if isinstance(deed.said, dict) else ""
    return f"{NOTICES.get(kind, '文书')} {deed.subject}"


def _looks(act: Act) -> list[Access]:
    who = (act.at, act.who.name, act.who.role)
    if act.kind == "begun":
        return [Access(*who, "opened", "案卷（受理时录入）")]
    found = []
    for deed in act.deeds:
        if deed.kind == "opened":
            found.append(Access(*who, "opened"))
        elif deed.kind == "looked_at_backup":
            found.append(Access(*who, "opened", "案卷（备份中的）"))
        elif deed.kind == "printed":
            found.append(Access(*who, "printed", paper_named(deed)))
        elif deed.kind == "exported":
            found.append(Access(*who, "exported", f"上报表 {deed.subject}"))
    return found


def _letter(office: Office, case_id: str) -> Letter:
    case = read_case(draft_of(cases.get(office.kept, case_id)), office.library.localities)
    return access_list_letter(case, who_looked(office, case_id), _desk(office, case))


def _desk(office: Office, case: Case) -> Desk:
    head = office.letterhead
    name = office.library.localities[case.locality].name
    return Desk(
        office=head.office or f"{name}社会救助「一门受理」窗口",
        address=head.address,
        phone=head.phone,
        complaint_phone=head.complaint_phone,
        number="",
        day=office.today(),
        papers={},
    )
