"""What the office says of itself: letterhead, locality, pattern of case numbers; kept in the store, changed with the role."""

from dataclasses import dataclass, replace

from desktop.domain.clerks import require
from desktop.domain.numbering import USUAL, read_pattern
from desktop.store.facts import facts, state_fact
from desktop.store.file import Store
from desktop.work.office import Letterhead, Office

LETTERHEAD = ("office", "address", "phone", "complaint_phone")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The facts of an office; ``lock_minutes`` without a key until the window locks."""

    letterhead: Letterhead
    locality: str
    case_numbers: str = USUAL
    lock_minutes: int = 10


def office_facts(store: Store, usual: OfficeFacts) -> OfficeFacts:
    """The facts in a store; the usual ones where it states none."""
    stated = facts(store)
    head = {name: str(stated.get(name, getattr(usual.letterhead, name))) for name in LETTERHEAD}
    minutes = stated.get("lock_minutes", usual.lock_minutes)
    return OfficeFacts(
        Letterhead(**head),
        str(stated.get("locality", usual.locality)),
        str(stated.get("case_numbers", usual.case_numbers)),
        minutes if isinstance(minutes, int) else usual.lock_minutes,
    )


def facts_data(stated: OfficeFacts) -> dict[str, object]:
    """Facts by name, as the store keeps them."""
    head: dict[str, object] = {name: getattr(stated.letterhead, name) for name in LETTERHEAD}
    return head | {
        "locality": stated.locality,
        "case_numbers": stated.case_numbers,
        "lock_minutes": stated.lock_minutes,
    }


def change_facts(office: Office, stated: OfficeFacts) -> Office:
    """States the office's facts anew; the office as it is from now on.

    Raises:
        Problem: where the role does not allow it, or the pattern will not do. Refused: where there is no such locality.
    """
    require(office.who(), "change_office")
    read_pattern(stated.case_numbers)
    office.library.rules(stated.locality)
    with office.change() as pen:
        for name, value in facts_data(stated).items():
            state_fact(pen, name, value)
    return with_facts(office, stated)


def with_facts(office: Office, stated: OfficeFacts) -> Office:
    """An office with these facts."""
    return replace(
        office,
        letterhead=stated.letterhead,
        locality=stated.locality,
        case_numbers=read_pattern(stated.case_numbers),
    )


def lock_minutes(store: Store) -> int:
    """Minutes without a touch until the window locks; 0 is never."""
    usual = OfficeFacts(Letterhead(), "")
    return office_facts(store, usual).lock_minutes
