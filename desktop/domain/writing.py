"""Writing a case back as a case file: read and written, a case is the same."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.case import CASE_FORMAT, Case
from desktop.domain.money import Money

FILE_NAMES = {"stated_birth_date": "birth_date", "stated_full_self_pay": "full_self_pay", "stated_expenses": "expenses"}


def case_data(case: Case) -> dict[str, object]:
    """The case as data ready for JSON: money as decimal strings, days in ISO 8601."""
    table = _plain(case)
    assert isinstance(table, dict)
    return {"format": CASE_FORMAT, **table}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, Money | type):
        return {FILE_NAMES.get(field.name, field.name): _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
