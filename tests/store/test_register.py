"""The register: every number once, without gaps, given up but never given again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.numbering import USUAL, read_pattern
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.cases import Shown
from desktop.store.file import Store
from desktop.store.opening import Opening, open_store
from desktop.store.register import Given, gaps, give, give_up, numbers_of_day, take_up_again
from desktop.store.secret import Secret

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
TODAY, TOMORROW = "2024-05-20", "2024-05-21"
CHEN = Clerk("chen", "陈示例", "clerk")
PATTERN = read_pattern(USUAL)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "cases.db", Opening("测试", NOON, Secret(bytes(range(16)))))
    yield store
    store.close()


def given(store: Store, series: str = "case", at: datetime = NOON, case_id: str | None = None) -> str:
    with store.change(CHEN, at) as pen:
        return give(pen, series, PATTERN, case_id)


def test_numbers_run_from_one_every_year_in_every_series(store: Store) -> None:
    assert [given(store) for _ in range(3)] == ["2024-0001", "2024-0002", "2024-0003"]
    assert given(store, "receipt") == "2024-0001"
    assert given(store, at=NOON.replace(year=2025)) == "2025-0001"
    assert given(store) == "2024-0004"
    assert gaps(store) == ()


def test_a_number_falls_with_the_change_that_took_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.change(CHEN, NOON) as pen:
        give(pen, "case", PATTERN)
        raise RuntimeError
    assert given(store) == "2024-0001"


def test_several_numbers_in_one_change_differ(store: Store) -> None:
    with store.change(CHEN, NOON) as pen:
        assert [give(pen, "case", PATTERN) for _ in range(3)] == ["2024-0001", "2024-0002", "2024-0003"]


def test_a_number_that_was_given_up_is_never_given_again(store: Store) -> None:
    number = given(store)
    with store.change(CHEN, NOON) as pen:
        give_up(pen, "case", number, "重复录入")
    assert given(store) == "2024-0002"
    assert [(one.text, one.reason) for one in numbers_of_day(store, TODAY)] == [
        (number, "重复录入"),
        ("2024-0002", None),
    ]
    assert gaps(store) == ()


def test_a_number_that_stands_again_has_no_reason(store: Store) -> None:
    number = given(store)
    with store.change(CHEN, NOON) as pen:
        give_up(pen, "case", number, "误建")
        take_up_again(pen, "case", number)
    (one,) = numbers_of_day(store, TODAY)
    assert (one.reason, one.given_up_at) == (None, None)


def test_a_pattern_that_writes_a_number_again_is_refused(store: Store) -> None:
    given(store)
    two_digits = read_pattern("20{年:2}-{序号:4}")
    with store.change(CHEN, NOON) as pen:
        assert give(pen, "case", two_digits) == "2024-0002"
    other = read_pattern("{年}-0{序号:3}")
    with store.change(CHEN, NOON) as pen:
        assert give(pen, "case", other) == "2024-0003"
    with store.change(CHEN, NOON) as pen:
        pen.write("UPDATE register SET text = '2024-0004' WHERE text = '2024-0001'")
    with pytest.raises(Problem, match="已经用过"):
        given(store)


def test_a_day_has_what_was_given_and_what_was_given_up_on_it(store: Store) -> None:
    with store.change(CHEN, NOON) as pen:
        cases.begin(pen, "c1", {"a": 1}, Shown("assistance"))
        number = give(pen, "case", PATTERN, "c1")
        kept = cases.get(store, "c1")
        cases.number_case(pen, kept, number)
        give(pen, "receipt", PATTERN, "c1")
    assert [(one.series, one.case_no) for one in numbers_of_day(store, TODAY)] == [
        ("case", number),
        ("receipt", number),
    ]
    assert numbers_of_day(store, TOMORROW) == ()
    later = NOON + timedelta(days=1)
    with store.change(CHEN, later) as pen:
        give_up(pen, "case", number, "误建")
    (one,) = numbers_of_day(store, TOMORROW)
    assert one == Given("case", 2024, 1, number, "c1", number, NOON.isoformat(), later.isoformat(), "误建")


def test_a_number_that_is_missing_is_a_gap(store: Store) -> None:
    for _ in range(3):
        given(store)
    store.db.execute("DROP TRIGGER numbers_stay")
    store.db.execute("DELETE FROM register WHERE number = 2")
    assert gaps(store) == ("case 2024",)
