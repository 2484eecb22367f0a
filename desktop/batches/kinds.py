"""Kinds of cells: how a value is written so that no spreadsheet changes it, and how it is read back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from desktop.domain.money import Money, exact_text
from desktop.domain.problems import Problem

T = TypeVar("T")
Stored = str | int | float | date | datetime | time | bool
Align = Literal["left", "center", "right"]

LONGEST_TEXT = 32767  # a cell holds no more, and spreadsheets cut the rest off without a word
EPOCH = date(1899, 12, 30)  # a spreadsheet counts days from here
FIRST_DAY = date(1900, 3, 1)  # and has a 29 February 1900 that never was; days before this one stand as text
SECONDS_A_DAY = 86400
YES, NO = "是", "否"
# What XML cannot hold, what it turns into something else (a return), and what already looks like such an escape.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a cell, character for character, and whether it stands for a text (``s``) or a number (``n``)."""

    text: str
    data_type: Literal["s", "n"]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of cell; its name is that of its style in the workbook."""

    name: str
    number_format: str
    align: Align
    write: Callable[[T], Written]
    read: Callable[[Stored], T]


def write_text(text: str) -> Written:
    """A text that stays one, even where it opens with ``=``; what XML cannot hold is escaped as spreadsheets do."""
    escaped = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(escaped) > LONGEST_TEXT:
        raise Problem(f"有一项文字超过 {LONGEST_TEXT} 个字，表格的一格放不下。", "请把说明文字缩短后再生成批次。")
    return Written(escaped, "s")


def read_text(stored: Stored) -> str:
    """The text as it was."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(stored))


def exact_number(stored: Stored) -> Decimal:
    """The decimal that a cell shows; a spreadsheet keeps 15 digits, and the shortest text of its number is those."""
    return Decimal(str(stored))


def _write_number(number: Money | Decimal) -> Written:
    # The digits themselves: openpyxl would write 9.95 as 9.949999999999999.
    return Written(exact_text(number), "n")


def _write_day(day: date) -> Written:
    return Written(str((day - EPOCH).days), "n") if day >= FIRST_DAY else Written(day.isoformat(), "s")


def _read_day(stored: Stored) -> date:
    return stored.date() if isinstance(stored, datetime) else date.fromisoformat(str(stored))


def _write_moment(moment: datetime) -> Written:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    part_of_day = Decimal((moment - midnight).seconds) / SECONDS_A_DAY
    return Written(f"{(moment.date() - EPOCH).days + part_of_day:f}", "n")


def _read_moment(stored: Stored) -> datetime:
    assert isinstance(stored, datetime)
    return (stored + timedelta(milliseconds=500)).replace(microsecond=0)


TEXT: Kind[str] = Kind("文字", "@", "left", write_text, read_text)
CODE: Kind[str] = Kind(
    "编码", "@", "center", write_text, read_text
)  # short and of even length: ID numbers, words to choose from
FLAG: Kind[bool] = Kind(
    "是否", "@", "center", lambda flag: Written(YES if flag else NO, "s"), lambda stored: stored == YES
)
DAY: Kind[date] = Kind("日期", "yyyy-mm-dd", "center", _write_day, _read_day)
MOMENT: Kind[datetime] = Kind("时间", "yyyy-mm-dd hh:mm", "left", _write_moment, _read_moment)
MONEY: Kind[Money] = Kind("金额", "#,##0.00", "right", _write_number, lambda stored: Money.of(exact_number(stored)))
YUAN: Kind[Decimal] = Kind("元", "#,##0.00##", "right", _write_number, exact_number)  # finer than a fen: 7188.255
SHARE: Kind[Decimal] = Kind("比例", "0.00%", "right", lambda share: Written(f"{share:f}", "n"), exact_number)
COUNT: Kind[int] = Kind("数目", "0", "left", lambda count: Written(str(count), "n"), lambda stored: int(str(stored)))
KINDS = (TEXT, CODE, FLAG, DAY, MOMENT, MONEY, YUAN, SHARE, COUNT)
