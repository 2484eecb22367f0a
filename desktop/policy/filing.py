"""Filing in time: the last day on which stays that were not settled one-stop may still be filed (A7, P-35)."""

from datetime import date, timedelta

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.policy.entitlement import anchor_of
from desktop.policy.law.rules import Policy


def last_filing_day(policy: Policy, case: Case, expense: Expense, *, sure: bool) -> date | None:
    """The last day for filing an expense: so many days after the year's last discharge; None where there is no term.

    ``sure``: counting only the patient's stays that are known not to be settled one-stop, and this one; else all that
    may be.
    """
    term, day = policy.filing_term, anchor_of(policy, expense)
    if term is None or day is None or expense.kind not in term.kinds or expense.one_stop:
        return None
    discharges = [
        other.discharged_on
        for other in case.expenses
        if other.patient == expense.patient
        and other.kind in term.kinds
        and other.discharged_on is not None
        and (other.one_stop is False or other is expense or (other.one_stop is None and not sure))
        and (on := anchor_of(policy, other)) is not None
        and on.year == day.year
    ]
    return max(discharges) + timedelta(days=term.days) if discharges else None


def filed_late(policy: Policy, case: Case, expense: Expense) -> bool | None:
    """Whether the expense is filed after its last day; None where that cannot be told."""
    last = last_filing_day(policy, case, expense, sure=True)
    if last is None:
        return False
    if case.applied_on is None:
        return None
    if case.applied_on <= last:
        return False
    latest = last_filing_day(policy, case, expense, sure=False)
    sure = expense.one_stop is False and latest is not None and case.applied_on > latest
    return True if sure else None
