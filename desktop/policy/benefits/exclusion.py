"""An expense with what is known about it, and the first reason that surely keeps it out (A21)."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.people import Member
from desktop.policy.benefits.entitlement import Entitlement, InsuredStatus, anchor_of, entitlement_of, insured_status
from desktop.policy.benefits.filing import filed_late
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.law.sources import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """An expense with what is known about it before anything is computed; ``place`` is where it stands in the file.

    ``order`` is the day that it is taken on: its anchor's, or the year's end (A3). ``late``: filed after its term.
    """

    place: int
    expense: Expense
    member: Member
    member_place: int
    day: date | None
    order: date | None
    entitlement: Entitlement
    status: InsuredStatus | None
    late: bool | None

    @property
    def path(self) -> str:
        """The expense's path in the case file."""
        return f"expenses[{self.place}]"

    @property
    def member_path(self) -> str:
        """Its patient's path in the case file."""
        return f"household.members[{self.member_place}]"


def entry_of(policy: Policy, case: Case, place: int, member_place: int, recognised: str | None) -> Entry:
    """An expense of a member; ``recognised`` is the identity being recognised for it, which serves the patient alone."""
    expense, member = case.expenses[place], case.household.members[member_place]
    mine = recognised if member.id == case.patient else None
    day = anchor_of(policy, expense)
    if day is None:
        unknown = Entitlement(None, by_recognition=bool(mine))
        return Entry(place, expense, member, member_place, None, None, unknown, None, None)
    entitlement = entitlement_of(policy, member, expense, case, mine)
    status = insured_status(member, expense, day)
    late = filed_late(policy, case, expense) if policy.filing_term else False
    order = date(day.year, 12, 31) if at_year_end(policy, expense) else day
    return Entry(place, expense, member, member_place, day, order, entitlement, status, late)


def at_year_end(policy: Policy, expense: Expense) -> bool:
    """Whether the expense is settled once, at the year's end (A3)."""
    rule = policy.year_end
    return rule is not None and expense.kind == rule.kind and expense.chronic_class in rule.chronic_classes


def takes_points(rules: Rules) -> bool:
    """Whether a missing referral takes points off the ratio here, and does not keep the expense out (A10)."""
    rule = rules.policy.not_referred
    if rule is None:
        return False
    return rule.points_off is not None or (rule.value is not None and rules.locality.number(rule.value) is not None)


def exclusion_of(rules: Rules, entry: Entry) -> tuple[str, Source] | None:
    """The first reason that surely excludes an expense of a known day, with its clause; None where nothing does."""
    policy, entitlement = rules.policy, entry.entitlement
    assert entry.day is not None
    if not policy.in_force.covers(entry.day):
        return "policy_not_in_force", policy.in_force.source
    if entitlement.kind is None and entitlement.outside_window:
        return "outside_window", policy.windows[0].source
    if entitlement.kind is None and entry.member.identities is not None:
        return "no_identity", policy.best_identity
    return _by_care(rules, entry) or _by_filing(policy, entry)


def _by_care(rules: Rules, entry: Entry) -> tuple[str, Source] | None:
    """What keeps an expense out for where and how the care was had."""
    policy, expense = rules.policy, entry.expense
    designated, referred = policy.not_designated, policy.not_referred
    if designated is not None and expense.designated is False:
        rescued = designated.except_emergency and expense.emergency_rescue is not False
        if not rescued:
            return "not_designated", designated.source
    barred = referred is not None and expense.referral == "missing" and referred.bars(expense.place)
    if referred is not None and barred and not takes_points(rules):
        return "not_referred", referred.source
    group = policy.class_of(entry.entitlement.kind)
    if group is not None and expense.kind not in group.ratios:
        return "kind_not_covered", next(iter(group.ratios.values())).source
    if group is None and all(expense.kind not in one.ratios for one in policy.classes):
        return "kind_not_covered", policy.best_identity
    return None


def _by_filing(policy: Policy, entry: Entry) -> tuple[str, Source] | None:
    if policy.filing_term is not None and entry.late:
        return "filed_too_late", policy.filing_term.source
    if policy.not_insured is not None and entry.status == "not_insured":
        return "not_insured", policy.not_insured.source
    return None
