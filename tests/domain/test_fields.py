"""Reading a table notes every fault by path and goes on."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.domain.fields import Fields
from desktop.domain.money import Money
from desktop.domain.problems import Fault

Read = Callable[[Fields], object]


def read(value: object, how: Read) -> tuple[object, list[str]]:
    faults: list[Fault] = []
    fields = Fields({"it": value}, "case", faults)
    found = how(fields)
    fields.close()
    return found, [fault.path for fault in faults]


GOOD: list[tuple[object, Read, object]] = [
    (None, lambda fields: fields.text("it"), None),
    ("  ", lambda fields: fields.text("it"), None),
    (" 王示例 ", lambda fields: fields.text("it"), "王示例"),
    ("12345.67", lambda fields: fields.money("it"), Money(1234567)),
    (12345, lambda fields: fields.money("it"), Money(1234500)),
    (Decimal("0.10"), lambda fields: fields.money("it"), Money(10)),
    (Decimal("1.500"), lambda fields: fields.money("it"), Money(150)),
    (None, lambda fields: fields.money("it"), None),
    ("2024-02-29", lambda fields: fields.day("it"), date(2024, 2, 29)),
    (date(2024, 2, 29), lambda fields: fields.day("it"), date(2024, 2, 29)),
    (False, lambda fields: fields.flag("it"), False),
    (3, lambda fields: fields.whole("it", 0, 4), 3),
    (0, lambda fields: fields.needed_whole("it", 0, 4), 0),
    ("a", lambda fields: fields.code("it", {"a": "甲"}), "a"),
    (["a"], lambda fields: fields.texts("it", ("a", "b")), ("a",)),
    ([{"x": "1"}], lambda fields: fields.each("it", lambda row: row.text("x")), ("1",)),
    ([], lambda fields: fields.each("it", lambda row: row.text("x")), ()),
]


@pytest.mark.parametrize(("value", "how", "expected"), GOOD)
def test_what_can_be_read_is_read_without_a_fault(value: object, how: Read, expected: object) -> None:
    assert read(value, how) == (expected, [])


def amount(fields: Fields) -> object:
    return fields.money("it")


def day(fields: Fields) -> object:
    return fields.day("it")


def flag(fields: Fields) -> object:
    return fields.flag("it")


def whole(fields: Fields) -> object:
    return fields.whole("it", 0, 4)


def text(fields: Fields) -> object:
    return fields.text("it")


def code(fields: Fields) -> object:
    return fields.code("it", ("a", "b"))


BAD: list[tuple[object, Read]] = [
    (True, amount),
    (False, amount),
    (float("nan"), amount),
    (12345.67, amount),  # a float has lost its fen already
    (Decimal("NaN"), amount),
    (Decimal("Infinity"), amount),
    ("12,345.67", amount),
    ("12345.67元", amount),
    ("1e3", amount),
    (" 12", amount),
    ("１２", amount),
    ("", amount),
    ("-0.01", amount),
    (Decimal("-0.01"), amount),
    ("0.001", amount),
    (Decimal("1E-400"), amount),
    ("1000000000000", amount),
    (10**400, amount),
    ([], amount),
    ("2024-02-30", day),
    ("2023-02-29", day),
    ("2024-2-9", day),
    ("2024/05/20", day),
    ("20240520", day),
    (20240520, day),
    ("2024-05-20T00:00:00", day),
    (datetime(2024, 5, 20), day),  # noqa: DTZ001 - the reader must refuse a time of day, with or without a zone
    ("", day),
    ("true", flag),
    (1, flag),
    (5, whole),
    (-1, whole),
    (True, whole),
    ("3", whole),
    (Decimal("3.0"), whole),
    (7, text),
    (["a"], text),
    ("c", code),
    (["a"], code),
    ({"a": 1}, code),
]


@pytest.mark.parametrize(("value", "how"), BAD)
def test_what_cannot_be_read_is_one_fault_at_its_path(value: object, how: Read) -> None:
    assert read(value, how) == (None, ["case.it"])


def test_what_must_be_there_is_asked_for_once() -> None:
    faults: list[Fault] = []
    fields = Fields({"number": 7, "code": None}, "", faults)
    assert fields.needed_text("name") == ""
    assert fields.needed_text("number") == ""
    assert fields.needed_code("code", ("a",)) == ""
    assert fields.needed_whole("year", 1900, 2200) == 1900
    assert [fault.path for fault in faults] == ["name", "number", "code", "year"]


def test_a_key_that_nobody_asked_for_is_refused() -> None:
    faults: list[Fault] = []
    fields = Fields({"known": "a", "strange": None}, "household", faults)
    fields.text("known")
    fields.close()
    assert [fault.path for fault in faults] == ["household.strange"]


def test_rows_carry_their_place_in_the_path() -> None:
    faults: list[Fault] = []
    fields = Fields({"rows": [{"amount": "1"}, {"amount": "x", "strange": 1}, "no table"]}, "", faults)
    assert fields.each("rows", lambda row: row.money("amount")) == (Money(100), None, None)
    assert [fault.path for fault in faults] == ["rows[1].amount", "rows[1].strange", "rows[2]"]


@pytest.mark.parametrize("wrong", [None, [], "text", 3])
def test_what_is_no_table_is_one_fault(wrong: object) -> None:
    faults: list[Fault] = []
    Fields(wrong, "", faults).close()
    assert [fault.path for fault in faults] == ["文件"]


def test_every_fault_says_what_would_be_right() -> None:
    faults: list[Fault] = []
    fields = Fields({"amount": "-5", "day": "2024-02-30"}, "", faults)
    fields.money("amount")
    fields.day("day")
    assert [str(fault) for fault in faults] == [
        "amount: 「-5」不合要求。金额不能为负，请核对单据。",
        "day: 「2024-02-30」不合要求。没有这一天，请核对年月日。",
    ]
