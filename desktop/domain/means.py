"""What a household lives on and owns."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.money import Money

INCOME_KINDS = {"wage": "工资性收入", "business": "经营净收入", "property": "财产净收入", "transfer": "转移净收入"}


@dataclass(frozen=True, slots=True)
class Income:
    """One member's income of a kind over the 12 months before the survey; not counted carries its reason in ``note``."""

    member: str
    kind: str | None = None
    label: str | None = None
    amount: Money | None = None
    counted: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A thing of value: ``value`` of all ``count`` together, ``area`` in square metres."""

    member: str
    kind: str | None = None
    value: Money | None = None
    count: int | None = None
    area: Decimal | None = None
    note: str | None = None
