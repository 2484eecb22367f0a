"""What a case is known by: the people and settlements that are compared with other cases, and what the search finds it by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.id_numbers import birth_date_of, check_digit
from desktop.domain.money import MOST_YUAN, Money
from desktop.store.pinyin import bare
from desktop.store.search_keys import Findable

Row = dict[str, object]
OLD_NUMBER, NUMBER = re.compile(r"[0-9]{15}"), re.compile(r"[0-9]{17}[0-9X]")
CENTURY = "19"  # of every birth in a number of 15 digits


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a household as compared with others; ``row`` is the id of its row in the kept case.

    ``name`` is without spaces and marks; ``id_number`` is whole or None; the number tells ``birth_date`` where it can.
    """

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
    """All that a case is known by; ``others`` are its members but the applicant, each by the name as typed."""

    people: tuple[Person, ...]
    settlements: tuple[Settlement, ...]
    own: Findable  # the case itself and its applicant
    others: tuple[tuple[str, Findable], ...]

    @property
    def findable(self) -> Findable:
        """All that the case is found by, whoever of it."""
        everyone = (self.own, *(one for _, one in self.others))
        return Findable(
            names=tuple(dict.fromkeys(name for one in everyone for name in one.names)),
            id_numbers=tuple(dict.fromkeys(number for one in everyone for number in one.id_numbers)),
            case_no=self.own.case_no,
            phones=self.own.phones,
            villages=self.own.villages,
        )


def known_by(tree: Row, case_no: str | None) -> KnownBy:
    """What a case is known by, kept or as it stands at the counter, whatever was typed: what makes no sense is left out."""
    household = tree.get("household")
    household = household if isinstance(household, dict) else {}
    members = tuple(_rows(household.get("members")))
    patient = tree.get("patient")
    applicant = [row for row in members if row.get("id") == patient]
    return KnownBy(
        people=tuple(_person(row, applicant=row.get("id") == patient) for row in members),
        settlements=tuple(_settlements(tree)),
        own=Findable(
            names=_texts(row.get("name") for row in applicant),
            id_numbers=_texts(row.get("id_number") for row in applicant),
            case_no=case_no,
            phones=_texts([household.get("phone")]),
            villages=_texts([household.get("village")]),
        ),
        others=tuple(
            (text(row.get("name")) or "", Findable(_texts([row.get("name")]), _texts([row.get("id_number")])))
            for row in members
            if row.get("id") != patient
        ),
    )


def text(value: object) -> str | None:
    """What was typed, without blanks around it; None where nothing was."""
    return value.strip() or None if isinstance(value, str) else None


def _person(row: Row, *, applicant: bool) -> Person:
    number = _number(row.get("id_number"))
    proved = birth_date_of(number) if number else None
    stated = text(row.get("birth_date"))
    return Person(
        row=str(row.get("#")),
        applicant=applicant,
        name=bare(text(row.get("name")) or "") or None,
        id_number=number,
        birth_date=proved.isoformat() if proved else stated,
    )


def _number(value: object) -> str | None:
    """A whole identity number, one of 15 digits as the one of 18 that has taken its place; None while it is typed."""
    number = bare(text(value) or "").upper()
    if OLD_NUMBER.fullmatch(number):
        longer = f"{number[:6]}{CENTURY}{number[6:]}"
        return longer + check_digit(longer)
    return number if NUMBER.fullmatch(number) else None


def _settlements(tree: Row) -> Iterator[Settlement]:
    for row in _rows(tree.get("expenses")):
        provider = bare(text(row.get("provider")) or "")
        to_day = text(row.get("settled_on")) or text(row.get("discharged_on"))
        total = _money(row.get("total"))
        if provider and to_day and total is not None:
            yield Settlement(str(row.get("#")), provider, text(row.get("admitted_on")) or to_day, to_day, total)


def _rows(value: object) -> Iterator[Row]:
    yield from (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(text, values))))


def _money(value: object) -> Money | None:
    try:
        found = Money.of(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and abs(found.yuan) < MOST_YUAN else None
