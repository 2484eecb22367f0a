"""What a case is known by: the people and settlements that are compared with other cases, and what the search finds it by."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.money import MOST_YUAN, Money
from desktop.store.search_keys import Findable

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a household as typed; ``row`` is the id of its row in the kept case."""

    row: str
    applicant: bool
    name: str | None
    id_number: str | None
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What tells one settlement from another: where, from when to when, and how much in all."""

    row: str
    provider: str
    from_day: str
    to_day: str
    total: Money


@dataclass(frozen=True, slots=True)
class KnownBy:
    """All that a case is known by."""

    people: tuple[Person, ...]
    settlements: tuple[Settlement, ...]
    findable: Findable


def known_by(tree: Row, case_no: str | None) -> KnownBy:
    """What a kept case is known by, whatever was typed: what makes no sense there is left out."""
    household = tree.get("household")
    household = household if isinstance(household, dict) else {}
    people = tuple(_people(household, tree.get("patient")))
    return KnownBy(
        people,
        tuple(_settlements(tree)),
        Findable(
            names=tuple(dict.fromkeys(one.name for one in people if one.name)),
            id_numbers=tuple(dict.fromkeys(one.id_number for one in people if one.id_number)),
            case_no=case_no,
            phones=tuple(filter(None, [text(household.get("phone"))])),
            villages=tuple(filter(None, [text(household.get("village"))])),
        ),
    )


def text(value: object) -> str | None:
    """What was typed, without blanks around it; None where nothing was."""
    return value.strip() or None if isinstance(value, str) else None


def _people(household: Row, patient: object) -> Iterator[Person]:
    for row in _rows(household.get("members")):
        id_number = text(row.get("id_number"))
        yield Person(
            row=str(row.get("#")),
            applicant=row.get("id") == patient,
            name=text(row.get("name")),
            id_number=id_number.upper() if id_number else None,
            birth_date=text(row.get("birth_date")),
        )


def _settlements(tree: Row) -> Iterator[Settlement]:
    for row in _rows(tree.get("expenses")):
        provider, to_day = text(row.get("provider")), text(row.get("settled_on")) or text(row.get("discharged_on"))
        total = _money(row.get("total"))
        if provider and to_day and total is not None:
            yield Settlement(str(row.get("#")), provider, text(row.get("admitted_on")) or to_day, to_day, total)


def _rows(value: object) -> Iterator[Row]:
    yield from (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def _money(value: object) -> Money | None:
    try:
        found = Money.of(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and abs(found.yuan) < MOST_YUAN else None
