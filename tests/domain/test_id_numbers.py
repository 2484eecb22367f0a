"""An identity number proves its birth date, its sex and itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.id_numbers import birth_date_of, check_digit, masked, sex_of, why_wrong

# The example of the standard itself, GB 11643-1999.
PUBLISHED = "11010519491231002X"
BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def number_of(birth: date, order: int) -> str:
    first = f"520199{birth:%Y%m%d}{order:03}"
    return first + check_digit(first)


def test_the_standards_own_example_is_right() -> None:
    assert why_wrong(PUBLISHED) is None
    assert birth_date_of(PUBLISHED) == date(1949, 12, 31)
    assert sex_of(PUBLISHED) == "女"


@given(BIRTHS, st.integers(min_value=0, max_value=999))
def test_a_number_made_by_the_rule_is_right_and_says_its_birth_date(birth: date, order: int) -> None:
    number = number_of(birth, order)
    assert why_wrong(number) is None
    assert birth_date_of(number) == birth
    assert sex_of(number) == ("男" if order % 2 else "女")


@given(BIRTHS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(birth: date, order: int, place: int, more: int) -> None:
    number = number_of(birth, order)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert why_wrong(wrong) is not None


@given(BIRTHS, st.integers(0, 999), st.integers(0, 15))
def test_two_digits_changed_round_are_always_noticed(birth: date, order: int, place: int) -> None:
    number = number_of(birth, order)
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert turned == number or why_wrong(turned) is not None


@pytest.mark.parametrize("number", ["", "52019919720315201", "5201991972031520170", "52019919720315201x", "５" * 18])
def test_what_has_not_eighteen_places_is_no_number(number: str) -> None:
    assert why_wrong(number) is not None


def test_a_day_that_does_not_exist_is_no_birth_date() -> None:
    first = "52019920230229001"
    assert birth_date_of(first + check_digit(first)) is None
    wrong = why_wrong(first + check_digit(first))
    assert wrong is not None
    assert "不是出生日期" in wrong[0]
    assert "20230229" not in wrong[0], "a birth date would end in a log"


def test_a_masked_number_keeps_its_ends_and_length() -> None:
    assert masked(PUBLISHED) == "110105********002X"
    assert masked("12345") == "*****"
    assert masked("") == ""
