"""Reading a table of named fields: every question notes what is wrong by path, and reading goes on."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from desktop.domain.money import MOST_YUAN, Money
from desktop.domain.problems import Fault

T = TypeVar("T")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fields:
    """One table under its path. An absent or null field is unknown (None); ``close`` notes the keys nobody asked for."""

    def __init__(self, table: object, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()
        self._table: Mapping[str, object] = {}
        if isinstance(table, Mapping):
            self._table = table
        else:
            self.note("", "这里应是一组字段。", "请按格式填写一组「字段: 值」。")

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}".strip(".") if key else self.path or "文件"

    def note(self, key: str, what: str, remedy: str) -> None:
        """Notes a fault of a field."""
        self.faults.append(Fault(self.at(key), what, remedy))

    def names(self) -> tuple[str, ...]:
        """Every key that is there, for tables whose keys are names of their own."""
        return tuple(self._table)

    def raw(self, key: str) -> object:
        """The value as it stands; None where absent."""
        self._asked.add(key)
        return self._table.get(key)

    def text(self, key: str) -> str | None:
        """A text; a blank one is unknown."""
        value = self.raw(key)
        if value is None or isinstance(value, str):
            return (value or "").strip() or None
        # Not shown: an identity number typed without quotation marks would end in a log.
        self.note(key, "这里不是文字。", "应为文字，加引号。")
        return None

    def needed_text(self, key: str) -> str:
        """A text that must be there."""
        return self.text(key) or self._missing(key, "")

    def code(self, key: str, codes: Collection[str]) -> str | None:
        """One of the codes."""
        value = self.raw(key)
        if value is None or (isinstance(value, str) and value in codes):
            return value if isinstance(value, str) else None
        self._wrong(key, value, f"应为下列之一：{'、'.join(codes)}。")
        return None

    def needed_code(self, key: str, codes: Collection[str]) -> str:
        """One of the codes, which must be there."""
        if self.raw(key) is None:
            return self._missing(key, "")
        return self.code(key, codes) or ""

    def flag(self, key: str) -> bool | None:
        """Yes, no or unknown."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(key, value, "应为 true、false 或留空（未知）。")
        return None

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._wrong(key, value, f"应为 {least} 至 {most} 的整数。")
            return None
        return value

    def needed_whole(self, key: str, least: int, most: int) -> int:
        """A whole number within bounds that must be there."""
        return self._missing(key, least) if self.raw(key) is None else self.whole(key, least, most) or least

    def number(self, key: str, *, text_allowed: bool = True) -> Decimal | None:
        """An exact number; as text too where the format allows it."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
            return Decimal(value)
        if text_allowed and isinstance(value, str) and NUMBER.fullmatch(value):
            return Decimal(value)
        self._wrong(key, value, "应为数字，例如 12345.67，不带逗号和单位。")
        return None

    def money(self, key: str) -> Money | None:
        """An amount of yuan: not negative, not finer than a fen."""
        yuan = self.number(key)
        if yuan is None:
            return None
        if yuan < 0:
            self._wrong(key, yuan, "金额不能为负，请核对单据。")
            return None
        if yuan >= MOST_YUAN:
            self._wrong(key, yuan, "金额过大，请核对单据。")
            return None
        try:
            return Money.of(yuan)
        except ValueError:
            self._wrong(key, yuan, "金额最多两位小数（到分）。")
            return None

    def day(self, key: str) -> date | None:
        """A day, as a date or in ISO 8601."""
        value = self.raw(key)
        if value is None or type(value) is date:
            return value
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            self._wrong(key, value, "没有这一天，请核对年月日。")
            return None
        self._wrong(key, value, "应为日期，例如 2024-05-20。")
        return None

    def table(self, key: str) -> "Fields | None":
        """A table within this one."""
        value = self.raw(key)
        return None if value is None else Fields(value, self.at(key), self.faults)

    def each(self, key: str, read: "Callable[[Fields], T]") -> tuple[T, ...] | None:
        """A list of tables, each read in turn and closed; None where absent."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self._wrong(key, value, "应为列表。")
            return None
        rows = []
        for index, row in enumerate(value):
            fields = Fields(row, f"{self.at(key)}[{index}]", self.faults)
            rows.append(read(fields))
            fields.close()
        return tuple(rows)

    def texts(self, key: str, codes: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each one of the codes where there are any; empty where absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._wrong(key, value, "应为文字的列表。")
            return ()
        for word in value:
            if codes is not None and word not in codes:
                self._wrong(key, word, f"应为下列之一：{'、'.join(codes)}。")
        return tuple(value)

    def close(self) -> None:
        """Notes every key that nobody asked for: an unknown key is refused, never passed over."""
        for key in self._table:
            if key not in self._asked:
                self.note(str(key), "没有这个字段。", "请删去，或更正字段名。")

    def _wrong(self, key: str, value: object, remedy: str) -> None:
        shown = "true" if value is True else "false" if value is False else str(value)
        self.note(key, f"「{shown[:40]}」不合要求。", remedy)

    def _missing(self, key: str, stand_in: T) -> T:
        if not any(fault.path == self.at(key) for fault in self.faults):
            self.note(key, "必须填写。", "请补填这一项。")
        return stand_in
