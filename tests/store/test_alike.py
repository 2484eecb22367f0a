"""What another case holds too is looked up in indexes; acknowledged pairs go with their cases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.store import cases
from desktop.store.alike import MOST, Pair, acknowledge, acknowledged, number_of, same_person, same_settlement
from desktop.store.cases import Shown
from desktop.store.file import Store
from desktop.store.known_by import Person, Settlement
from desktop.store.opening import Opening, open_store
from tests.conftest import CHEN, MORNING, SECRET

WANG = Person("0.1", True, "王示例", "520199197203152014", "1972-03-15")
STAY = Settlement("0.9", "示例县人民医院", "2024-02-01", "2024-02-20", Money.of("80000.00"))
TREE: dict[str, object] = {
    "patient": "p1",
    "household": {"members": [{"#": "0.1", "id": "p1", "name": "王示例", "id_number": "520199197203152014"}]},
    "expenses": [
        {
            "#": "0.9",
            "id": "e1",
            "provider": "示例县人民医院",
            "admitted_on": "2024-02-01",
            "settled_on": "2024-02-20",
            "total": "80000.00",
        }
    ],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path / "cases.db", Opening("测试", MORNING, SECRET))
    yield made
    made.close()


def put(store: Store, *ids: str) -> None:
    with store.change(CHEN, MORNING) as pen:
        for case_id in ids:
            cases.begin(pen, case_id, TREE, Shown("assistance"))


def plan(store: Store, ask: Callable[[], object]) -> str:
    """How the store finds what is asked for."""
    asked: list[tuple[str, Any]] = []
    with store.db.tracer(lambda sql, values: asked.append((sql, values))):
        ask()
    plans = [store.db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall() for sql, values in asked]
    return "\n".join(str(row[3]) for rows in plans for row in rows)


def test_people_and_settlements_are_looked_up_in_their_indexes(store: Store) -> None:
    put(store, "a")
    people = plan(store, lambda: same_person(store, WANG, 0))
    assert "people_by_id" in people
    assert "people_by_birth" in people
    settlements = plan(store, lambda: same_settlement(store, STAY, 0))
    assert "settlements_alike" in settlements
    assert "SCAN" not in people + settlements


def test_of_one_thing_no_more_than_the_last_cases_are_told(store: Store) -> None:
    put(store, *(f"c{place}" for place in range(MOST + 5)))
    last = number_of(store, f"c{MOST + 4}")
    assert last is not None
    found = same_person(store, WANG, last)
    assert len(found) == MOST
    assert [one.n for one in found] == list(range(last - 1, last - 1 - MOST, -1))
    assert [one.row for one in same_settlement(store, STAY, last)] == ["0.9"] * MOST


def test_a_pair_is_acknowledged_from_both_sides_and_goes_with_either_case(store: Store) -> None:
    put(store, "a", "b", "c")
    a, b, c = (number_of(store, one) or 0 for one in "abc")
    with store.change(CHEN, MORNING) as pen:
        acknowledge(pen, a, Pair("person", "p1", b, "p2"))
        acknowledge(pen, c, Pair("settlement", "e1", a, "e3"))
    assert acknowledged(store, a) == {Pair("person", "p1", b, "p2"), Pair("settlement", "e3", c, "e1")}
    assert acknowledged(store, b) == {Pair("person", "p2", a, "p1")}
    with store.change(CHEN, MORNING) as pen:
        pen.write("DELETE FROM cases WHERE n = ?", (b,))
    assert acknowledged(store, a) == {Pair("settlement", "e3", c, "e1")}
    with store.change(CHEN, MORNING) as pen:
        pen.write("DELETE FROM cases WHERE n = ?", (c,))
    assert acknowledged(store, a) == frozenset()
    assert number_of(store, "c") is None
