"""Months are calendar months, and a day that the month lacks becomes its last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import age_on, chinese_day, month_end, months_after, months_before

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 5, 20), 12, date(2023, 5, 20)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 12, 31), 6, date(2024, 6, 30)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_going_back_and_forth_loses_only_days_that_the_month_lacks(day: date, months: int) -> None:
    there = months_after(day, months)
    back = months_before(there, months)
    assert back <= day
    assert back == day or there == month_end(there)


@given(DAYS)
def test_the_month_ends_on_the_day_before_the_next_one_begins(day: date) -> None:
    last = month_end(day)
    assert last.month == day.month and last >= day
    assert (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1964, 2, 29), date(2024, 2, 28), 59),
        (date(1964, 2, 29), date(2024, 2, 29), 60),
        (date(1964, 3, 1), date(2024, 2, 29), 59),
        (date(1963, 2, 28), date(2023, 2, 28), 60),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2024, 5, 1), date(2024, 5, 1), 0),
    ],
)
def test_a_birthday_counts_as_reached(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(DAYS, DAYS)
def test_nobody_grows_younger(birth: date, day: date) -> None:
    assert age_on(birth, day + timedelta(days=1)) - age_on(birth, day) in (0, 1)


def test_a_day_is_written_without_leading_zeros() -> None:
    assert chinese_day(date(2024, 5, 2)) == "2024年5月2日"
