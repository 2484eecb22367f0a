"""What is typed in many spellings is kept in one; what cannot be read stays as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.window.questions.typed import (
    day_on_its_way,
    read_amount,
    read_day,
    read_id_number,
    read_whole,
    show_amount,
    show_total,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12345.6", "12345.6"),
        ("12,345.6", "12345.6"),
        ("12 345.60", "12345.60"),
        ("１２３４５．６", "12345.6"),
        ("300。5", "300.5"),
        ("¥300元", "300"),
        ("300.", "300"),
        (".5", "0.5"),
        ("", None),
        ("  ", None),
    ],
)
def test_an_amount_is_read_in_many_spellings(typed: str, kept: str | None) -> None:
    assert read_amount(typed) == kept


@pytest.mark.parametrize("typed", ["12,3x", "1,2345", "12,34,567", "三百", "1.2.3", "--5"])
def test_what_is_no_amount_stays_as_typed(typed: str) -> None:
    assert read_amount(typed) == typed
    assert show_amount(typed) == typed


@given(st.integers(min_value=0, max_value=10**13))
def test_an_amount_shown_reads_back_the_same(fen: int) -> None:
    assert read_amount(show_amount(str(Money(fen)))) == str(Money(fen))
    assert read_amount(show_total(fen)) == str(Money(fen))


def test_thousands_stand_apart_and_fen_are_filled_up() -> None:
    assert show_amount("1234567.5") == "1\u202f234\u202f567.50"
    assert show_amount("0.125") == "0.125"
    assert show_amount(None) == ""


@pytest.mark.parametrize(
    "typed", ["2024-05-20", "20240520", "0520", "5.20", "5-20", "05/20", "2024.5.20", "5月20日", "２０２４年５月２０日"]
)
def test_a_day_is_read_in_many_spellings(typed: str) -> None:
    assert read_day(typed, 2024) == "2024-05-20"


@pytest.mark.parametrize("typed", ["2024-02-30", "0230", "1320", "20241301", "昨天", "2024-5"])
def test_what_is_no_day_stays_as_typed(typed: str) -> None:
    assert read_day(typed, 2024) == typed


@given(st.dates())
def test_every_day_reads_back_from_its_eight_digits(day: object) -> None:
    iso = str(day)
    assert read_day(iso.replace("-", ""), 1999) == iso


def test_a_day_is_on_its_way_until_it_cannot_become_one() -> None:
    assert all(day_on_its_way(typed) for typed in ("", "2", "2024-", "2024-05-2", "5.", "202405"))
    assert not day_on_its_way("2024-05-20x")
    assert not day_on_its_way("明天")


def test_an_identity_number_loses_its_spaces_and_small_letter() -> None:
    assert read_id_number("520199 19720315 201x") == "52019919720315201X"
    assert read_id_number(" ") is None


def test_a_whole_number_is_a_number_and_anything_else_is_text() -> None:
    assert read_whole("2024") == 2024
    assert read_whole("２０２４") == 2024
    assert read_whole("20x") == "20x"
    assert read_whole("") is None
