"""An expense with what is known about it, and the first reason that surely keeps it out (A21)."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.people import Member
from desktop.policy.entitlement import Entitlement, InsuredStatus, anchor_of, entitlement_of, insured_status
from desktop.policy.law.rules import Policy
from desktop.policy.law.sources import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """An expense with what is known about it before anything is computed; ``place`` is where it stands in the file."""

    place: int
    expense: Expense
    member: Member
    member_place: int
    day: date | None
    entitlement: Entitlement
    status: InsuredStatus | None

    @property
    def path(self) -> str:
        """The expense's path in the case file."""
        return f"expenses[{self.place}]"

    @property
    def member_path(self) -> str:
        """Its patient's path in the case file."""
        return f"household.members[{self.member_place}]"


def entry_of(policy: Policy, case: Case, place: int, member_place: int, recognised: str | None) -> Entry:
    """An expense of a member; ``recognised`` is the identity being recognised, which serves the patient alone."""
    expense, member = case.expenses[place], case.household.members[member_place]
    mine = recognised if member.id == case.patient else None
    day = anchor_of(policy, expense)
    if day is None:
        return Entry(place, expense, member, member_place, None, Entitlement(None, by_recognition=bool(mine)), None)
    entitlement = entitlement_of(policy, member, day, case, mine)
    return Entry(place, expense, member, member_place, day, entitlement, insured_status(member, expense, day))


def exclusion_of(policy: Policy, entry: Entry) -> tuple[str, Source] | None:
    """The first reason that surely excludes an expense of a known day, with its clause; None where nothing does."""
    expense, entitlement = entry.expense, entry.entitlement
    assert entry.day is not None
    group = policy.class_of(entitlement.kind or "")
    groups = (group,) if group else policy.classes
    rescued = policy.not_designated.except_emergency and expense.emergency_rescue is not False
    reasons = (
        ("policy_not_in_force", not policy.in_force.covers(entry.day), policy.in_force.source),
        ("outside_window", entitlement.kind is None and entitlement.outside_window, _window(policy)),
        ("no_identity", entitlement.kind is None and entry.member.identities is not None, policy.best_identity),
        ("not_designated", expense.designated is False and not rescued, policy.not_designated.source),
        ("kind_not_covered", all(expense.kind not in one.ratios for one in groups), _kinds(policy, entry)),
        ("not_insured", entry.status == "not_insured", policy.not_insured.source),
    )
    return next(((reason, source) for reason, applies, source in reasons if applies), None)


def _window(policy: Policy) -> Source:
    return policy.windows[0].source if policy.windows else policy.in_force.source


def _kinds(policy: Policy, entry: Entry) -> Source:
    group = policy.class_of(entry.entitlement.kind or "")
    return group.ratio_source if group else policy.best_identity
