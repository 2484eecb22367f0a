"""What another case may hold too: the same person, the same settlement; and the pairs that a clerk has found to be two."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store.cases import LISTED, KeptCase, listed_of
from desktop.store.file import Pen, Store, Value
from desktop.store.known_by import Person, Settlement

MOST = 20  # other cases that are told of for one person or settlement: those begun last
IN_OTHERS = "FROM {} JOIN cases ON n = case_n WHERE case_n <> ? AND deleted_at IS NULL AND {}"


@dataclass(frozen=True, slots=True)
class Same:
    """A row of another case that may be the same: the number of that case in the file, and the row's id there."""

    n: int
    row: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of two cases by their ids as typed (p1, e1), and what they are: ``person`` or ``settlement``."""

    what: str
    own: str
    other: int  # the number of the other case in the file
    theirs: str


def number_of(store: Store, case_id: str) -> int | None:
    """The number of a case in the file; None where there is none of that id."""
    row = store.read("SELECT n FROM cases WHERE id = ?", (case_id,)).fetchone()
    return None if row is None else int(row[0])


def same_person(store: Store, person: Person, apart_from: int) -> tuple[Same, ...]:
    """Members of other cases, none of the bin, of the same number; or of the same name and birth date.

    Name and birth date tell nothing of two who both have a number.
    """
    ways: list[tuple[str, tuple[Value, ...]]] = []
    if person.id_number:
        ways.append(("id_number = ?", (person.id_number,)))
    if person.name and person.birth_date:
        unless = " AND id_number IS NULL" if person.id_number else ""
        ways.append((f"name = ? AND birth_date = ?{unless}", (person.name, person.birth_date)))
    return tuple(
        dict.fromkeys(one for where, values in ways for one in _same(store, "people", where, values, apart_from))
    )


def same_settlement(store: Store, one: Settlement, apart_from: int) -> tuple[Same, ...]:
    """Settlements in other cases, none of the bin, of the same hospital, days and total."""
    where = "to_day = ? AND total_fen = ? AND from_day = ? AND provider = ?"
    return _same(store, "settlements", where, (one.to_day, one.total.fen, one.from_day, one.provider), apart_from)


def kept_by_number(store: Store, numbers: Iterable[int]) -> dict[int, KeptCase]:
    """Kept cases by their numbers in the file."""
    wanted = tuple(dict.fromkeys(numbers))
    marks = ", ".join("?" * len(wanted))
    rows = store.read(f"SELECT {LISTED}, draft FROM cases WHERE n IN ({marks})", wanted).fetchall()
    return {row[0]: KeptCase(listed_of(row[:-1]), json.loads(row[-1])) for row in rows}


def acknowledge(pen: Pen, case: int, pair: Pair) -> None:
    """Keeps that the two of a pair are not the same, as seen from the case with this number in the file."""
    pen.write(
        "INSERT INTO acknowledged (case_n, what, own, other_n, theirs) VALUES (?, ?, ?, ?, ?)",
        (case, pair.what, pair.own, pair.other, pair.theirs),
    )


def acknowledged(store: Store, case: int) -> frozenset[Pair]:
    """The pairs of a case that were found to be two, from whichever of the two cases."""
    rows = store.read(
        """SELECT what, own, other_n, theirs FROM acknowledged WHERE case_n = ?
           UNION ALL SELECT what, theirs, case_n, own FROM acknowledged WHERE other_n = ?""",
        (case, case),
    )
    return frozenset(Pair(*row) for row in rows.fetchall())


def _same(store: Store, table: str, where: str, values: tuple[Value, ...], apart_from: int) -> tuple[Same, ...]:
    rows = store.read(
        f"SELECT case_n, row {IN_OTHERS.format(table, where)} ORDER BY case_n DESC LIMIT ?", (apart_from, *values, MOST)
    )
    return tuple(Same(*row) for row in rows.fetchall())
