"""What is written is read back as it was, whatever it looks like."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from desktop.batches.kinds import COUNT, DAY, FLAG, MOMENT, MONEY, SHARE, TEXT, YUAN, Kind
from desktop.domain.money import MOST_YUAN, Money
from desktop.domain.problems import Problem

AMOUNTS = st.integers(0, MOST_YUAN * 100 - 1).map(Money)
TRAPS = (
    "=SUM(A1)",
    "+86",
    "-1",
    "@x",
    "#N/A",
    "1e5",
    "007",
    "是",
    "_x0041_",
    "_x005F_",
    "x005F_",
    "2024-05-20",
    " 空 ",
)
RARE = ("𬱖", "䶮", "㛃", "𪚥", "葛\U000e0100", "买买提·阿卜杜拉", "一\n二", "一\r\n二", "\x00\x1f", "\ud800")


def through_a_workbook(kind: Kind[Any], value: object) -> object:
    """The value written to a cell, saved, loaded and read."""
    workbook, file = Workbook(), BytesIO()
    cell = workbook.worksheets[0].cell(1, 1)
    written = kind.write(value)
    cell.value, cell.number_format = written.text, kind.number_format
    cell.data_type = written.data_type
    workbook.save(file)
    stored: Any = load_workbook(file).worksheets[0].cell(1, 1).value
    return kind.read(stored)


@settings(max_examples=40)
@given(AMOUNTS)
def test_an_amount_comes_back_to_the_fen(amount: Money) -> None:
    assert through_a_workbook(MONEY, amount) == amount


@settings(max_examples=40)
@given(AMOUNTS)
def test_an_amount_is_written_in_the_digits_that_people_see(amount: Money) -> None:
    assert MONEY.write(amount).text == str(amount)


@settings(max_examples=40)
@given(st.decimals(0, 100_000, places=4))
def test_an_amount_finer_than_a_fen_keeps_its_digits(amount: Decimal) -> None:
    assert through_a_workbook(YUAN, amount) == amount


@settings(max_examples=40)
@given(st.decimals(0, 1, places=4))
def test_a_share_comes_back_exactly(share: Decimal) -> None:
    assert through_a_workbook(SHARE, share) == share


@settings(max_examples=40)
@given(st.text(max_size=40).filter(bool))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert through_a_workbook(TEXT, text) == text


@pytest.mark.parametrize("text", [*TRAPS, *RARE], ids=repr)
def test_a_text_that_looks_like_something_else_stays_one(text: str) -> None:
    assert TEXT.write(text).data_type == "s"
    assert through_a_workbook(TEXT, text) == text


@settings(max_examples=40)
@given(st.dates())
def test_a_day_comes_back(day: date) -> None:
    assert through_a_workbook(DAY, day) == day


@settings(max_examples=40)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001 - a cell knows no time zone
def test_a_moment_comes_back_to_the_second(moment: datetime) -> None:
    assert through_a_workbook(MOMENT, moment) == moment.replace(microsecond=0)


def test_answers_and_counts_come_back() -> None:
    assert [through_a_workbook(FLAG, answer) for answer in (True, False)] == [True, False]
    assert [through_a_workbook(COUNT, count) for count in (0, 5001)] == [0, 5001]


def test_a_text_that_a_cell_would_cut_off_is_refused() -> None:
    with pytest.raises(Problem, match="请把说明文字缩短"):
        TEXT.write("长" * 32768)
