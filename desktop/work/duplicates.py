"""The same person or the same settlement in another case: found, set side by side, and acknowledged where they are two."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.domain.edits import ROW_ID, Tree
from desktop.domain.expenses import AMOUNTS
from desktop.domain.masking import masked_id
from desktop.domain.money import Money
from desktop.store import alike as store
from desktop.store.alike import Pair, Same
from desktop.store.cases import KeptCase
from desktop.store.journal import Note, note
from desktop.store.known_by import KnownBy, known_by
from desktop.store.pinyin import bare
from desktop.work.office import Office
from desktop.work.searching import CaseRow, row_of

What = Literal["person", "settlement"]
LISTS: dict[What, str] = {"person": "household.members", "settlement": "expenses"}
FIELDS: dict[What, tuple[str, ...]] = {
    "person": ("name", "id_number", "birth_date", "relation", "counted"),
    "settlement": ("provider", "admitted_on", "discharged_on", "settled_on", *AMOUNTS),
}
VILLAGE = "household.village"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both, as typed, by its path without places; an identity number shows its ends alone.

    ``differs`` where both are known and not the same.
    """

    path: str
    here: object
    there: object
    differs: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A person or a settlement of this case that another case seems to hold too.

    ``own`` and ``theirs`` are the ids of the two rows in their cases (p1, e1). ``name`` is the person's as typed here, or
    there where it is not; of a settlement the patient's there. ``applicant``: it is the applicant of the other case.
    """

    what: What
    own: str
    theirs: str
    other: CaseRow
    name: str | None
    applicant: bool
    fields: tuple[Compared, ...]


def marks_of(draft: Tree) -> Hashable:
    """What of a draft decides whether another case is alike: while that stays the same there is nothing to look for."""
    known = known_by(draft, None)
    return known.people, known.settlements


def alike(office: Office, case_id: str, draft: Tree) -> tuple[Alike, ...]:
    """What other cases, none of the bin, hold too of a draft as it stands: its people first, then its settlements.

    Left out are pairs that were acknowledged, from either case. Of one thing the cases begun last come first.
    """
    number = store.number_of(office.kept, case_id) or 0
    numbered = _numbered(draft)
    known = known_by(numbered, None)
    same = tuple(_same(office, known, number))
    others = store.kept_by_number(office.kept, (one.n for _, _, one in same))
    known_apart = store.acknowledged(office.kept, number)
    found = (_alike(what, numbered, place, others[one.n], one.row) for what, place, one in same)
    numbers = {kept.id: n for n, kept in others.items()}
    return tuple(one for one in found if Pair(one.what, one.own, numbers[one.other.id], one.theirs) not in known_apart)


def acknowledge(office: Office, case_id: str, pairs: Iterable[Alike]) -> None:
    """Keeps, with an entry each, that what is alike in two cases was looked at and is no duplicate."""
    with office.change() as pen:
        for one in pairs:
            number, other = (store.number_of(office.kept, known) for known in (case_id, one.other.id))
            if number is None or other is None:
                continue  # one of them is gone for good
            pair = Pair(one.what, one.own, other, one.theirs)
            if pair not in store.acknowledged(office.kept, number):
                store.acknowledge(pen, number, pair)
                said = {"what": one.what, "own": one.own, "other": one.other.id, "theirs": one.theirs}
                note(pen, Note("checked", case_id, path=one.other.case_no or "", new=said))


def _same(office: Office, known: KnownBy, number: int) -> Iterator[tuple[What, str, Same]]:
    for person in known.people:
        yield from (("person", person.row, one) for one in store.same_person(office.kept, person, number))
    for settlement in known.settlements:
        yield from (
            ("settlement", settlement.row, one) for one in store.same_settlement(office.kept, settlement, number)
        )


def _numbered(draft: Tree) -> Tree:
    """The draft with its rows known by their places, as those of a kept case are by their ids."""
    household = draft.get("household")
    household = household if isinstance(household, dict) else {}
    members, expenses = (_with_places(rows) for rows in (household.get("members"), draft.get("expenses")))
    return {**draft, "household": {**household, "members": members}, "expenses": expenses}


def _with_places(rows: object) -> list[Tree]:
    listed = rows if isinstance(rows, list) else []
    return [{**row, ROW_ID: str(place)} for place, row in enumerate(listed) if isinstance(row, dict)]


def _alike(what: What, here: Tree, place: str, kept: KeptCase, row_id: str) -> Alike:
    own, theirs = _row(here, what, place), _row(kept.tree, what, row_id)
    person = theirs if what == "person" else _member(kept.tree, theirs.get("patient"))
    name = (what == "person" and own.get("name")) or person.get("name")
    return Alike(
        what=what,
        own=str(own.get("id")),
        theirs=str(theirs.get("id")),
        other=row_of(kept.listed),
        name=str(name) if name else None,
        applicant=person.get("id") == kept.tree.get("patient"),
        fields=tuple(_compared(what, own, theirs, _village(here), _village(kept.tree))),
    )


def _compared(what: What, own: Tree, theirs: Tree, village: object, their_village: object) -> Iterator[Compared]:
    for key in FIELDS[what]:
        pair = (_birth_date(own), _birth_date(theirs)) if key == "birth_date" else (own.get(key), theirs.get(key))
        if pair != (None, None):
            yield _beside(f"{LISTS[what]}.{key}", *pair)
    if what == "person" and (village or their_village):
        yield _beside(VILLAGE, village, their_village)


def _birth_date(row: Tree) -> str | None:
    """As its number says, or as it was typed."""
    return known_by({"household": {"members": [row]}}, None).people[0].birth_date


def _beside(path: str, here: object, there: object) -> Compared:
    differs = here not in (None, "") and there not in (None, "") and _plain(here) != _plain(there)
    if path.endswith(".id_number"):
        here, there = (masked_id(one) if isinstance(one, str) else one for one in (here, there))
    return Compared(path, here, there, differs)


def _plain(value: object) -> object:
    """A value as it is compared: amounts as amounts, words without spaces and marks."""
    if not isinstance(value, str):
        return value
    try:
        return Money.of(value)
    except ValueError:
        return bare(value)


def _rows(tree: Tree, what: What) -> Iterable[Tree]:
    value: object = tree
    for key in LISTS[what].split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def _row(tree: Tree, what: What, row_id: str) -> Tree:
    return next(row for row in _rows(tree, what) if row.get(ROW_ID) == row_id)


def _member(tree: Tree, member: object) -> Tree:
    return next((row for row in _rows(tree, "person") if row.get("id") == member), {})


def _village(tree: Tree) -> object:
    household = tree.get("household")
    return household.get("village") if isinstance(household, dict) else None
