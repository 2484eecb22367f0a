"""What every policy value shares: the clause that says it, and the reading of its clause, number and day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.fields import Fields


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: the clause's id (``G-19``) and its place in the document (``四（一）``)."""

    clause: str
    cite: str


def source(fields: Fields, *, close: bool = False) -> Source:
    """The clause and its place in the document, which every value must carry; ``close`` ends the table's reading."""
    found = Source(fields.needed_text("clause"), fields.needed_text("cite"))
    if close:
        fields.close()
    return found


def source_at(fields: Fields, key: str) -> Source | None:
    """A table that holds nothing but its clause; None where absent."""
    table = fields.table(key)
    return None if table is None else source(table, close=True)


def needed_table(fields: Fields, key: str) -> Fields:
    """A table that must be there."""
    table = fields.table(key)
    if table is None:
        fields.note(key, "必须填写。", "请补上这一组字段，并写明条款。")
        return Fields({}, fields.at(key), [])
    return table


def needed_texts(fields: Fields, key: str, codes: Collection[str]) -> tuple[str, ...]:
    """A list of codes with at least one: an empty list would say that the value is for nothing."""
    found = fields.texts(key, codes)
    if fields.raw(key) in (None, []):
        fields.note(key, "必须填写。", "请至少列出一项。")
    return found


def amount(fields: Fields, key: str) -> Decimal | None:
    """A number written as a number, not negative; None where absent."""
    number = fields.number(key, text_allowed=False)
    if number is not None and number < 0:
        fields.note(key, "不能为负。", "请核对原文。")
    return number


def needed_amount(fields: Fields, key: str) -> Decimal:
    """A number that must be there."""
    if fields.raw(key) is None:
        fields.note(key, "必须填写。", "请补填数值，并写明条款。")
    found = amount(fields, key)
    return Decimal(0) if found is None else found


def needed_day(fields: Fields, key: str) -> date:
    """A day that must be there."""
    if fields.raw(key) is None:
        fields.note(key, "必须填写。", "请补填日期。")
    return fields.day(key) or date.min
