"""Filing in time: the last day of a window before the application, and of the term after a discharge (A7, P-35)."""

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.domain.calendar import month_end, months_after
from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.policy.benefits.entitlement import anchor_of
from desktop.policy.law.rules import Policy


def last_filing_day(policy: Policy, case: Case, expense: Expense, *, sure: bool) -> date | None:
    """The last day for filing an expense: so many days after the year's last discharge; None where there is no term.

    ``sure``: counting only the patient's stays that are known not to be settled one-stop, and this one; else all that
    may be.
    """
    last = max(_discharges(policy, case, expense, sure=sure), default=None)
    return None if last is None or policy.filing_term is None else last + timedelta(days=policy.filing_term.days)


def last_day_to_apply(settled: date, months: int) -> date:
    """The last day whose so many months before still reach back to the settlement (A7).

    A day that a month lacks becomes its last; so from a month's last day the window reaches to a month's last day.
    """
    last = months_after(settled, months)
    return month_end(last) if settled == month_end(settled) else last


def filed_late(policy: Policy, case: Case, expense: Expense) -> bool | None:
    """Whether the expense is filed after its last day; None where that cannot be told."""
    term = policy.filing_term
    if term is None or not any(_discharges(policy, case, expense, sure=True)):
        return False
    if case.applied_on is None:
        return None
    needed = case.applied_on - timedelta(days=term.days)
    if any(_discharges(policy, case, expense, sure=True, first=needed)):
        return False
    perhaps = expense.one_stop is None or any(_discharges(policy, case, expense, sure=False, first=needed))
    return None if perhaps else True


def unsure_filing(policy: Policy, case: Case, expense: Expense) -> Iterator[str]:
    """The paths of what would tell whether an expense is filed late: which of the year's stays were settled one-stop."""
    day, term = anchor_of(policy, expense), policy.filing_term
    for place, other in enumerate(case.expenses):
        anchor = anchor_of(policy, other)
        of_year = anchor is not None and day is not None and anchor.year == day.year
        if (
            other.one_stop is None
            and of_year
            and other.patient == expense.patient
            and term
            and other.kind in term.kinds
        ):
            yield f"expenses[{place}].one_stop"


def _discharges(policy: Policy, case: Case, expense: Expense, *, sure: bool, first: date = date.min) -> Iterator[date]:
    """The discharges on or after a day that the expense's term may be counted from: of its patient and year, filed now."""
    term, day = policy.filing_term, anchor_of(policy, expense)
    if term is None or day is None or expense.kind not in term.kinds or expense.one_stop:
        return
    for other in case.expenses:
        on = other.discharged_on
        # The day first: of many expenses it leaves the fewest.
        if on is None or on < first or other.patient != expense.patient or other.kind not in term.kinds:
            continue
        filed = other.one_stop is False or other is expense or (other.one_stop is None and not sure)
        anchor = anchor_of(policy, other)
        if filed and anchor is not None and anchor.year == day.year:
            yield on
