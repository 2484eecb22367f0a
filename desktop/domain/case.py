"""A case: one household's application on one day. A Case that exists makes sense."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.expenses import Expense
from desktop.domain.means import Asset, Income
from desktop.domain.people import Member

CASE_FORMAT = "yimen-case/1"
MATTERS = {"illness_poverty": "因病致贫重病患者认定并救助", "assistance": "已有身份者申请医疗救助"}
RESIDENCES = {"urban": "城镇", "rural": "农村"}


@dataclass(frozen=True, slots=True)
class Household:
    """Those who live together, their means, and where they live; None is unknown."""

    members: tuple[Member, ...]
    incomes: tuple[Income, ...] | None = None
    assets: tuple[Asset, ...] | None = None
    residence: str | None = None
    address: str | None = None
    village: str | None = None
    phone: str | None = None
    property_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """An application as the case file states it; ``patient`` is a member's id. Expenses not stated are unknown, not none."""

    locality: str
    matter: str
    household: Household
    stated_expenses: tuple[Expense, ...] | None = None
    patient: str | None = None
    applied_on: date | None = None
    surveyed_on: date | None = None
    case_no: str | None = None

    @property
    def expenses(self) -> tuple[Expense, ...]:
        """The expenses that are stated."""
        return self.stated_expenses or ()

    def member(self, member_id: str | None) -> Member | None:
        """The member of that id."""
        return next((member for member in self.household.members if member.id == member_id), None)
