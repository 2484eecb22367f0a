"""What an expense counts for in an identification: what its patient bore by A2, or between what that lies."""

from datetime import date

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.people import Member
from desktop.policy.benefits.entitlement import (
    anchor_of,
    insured_status,
    lacking_for_status,
    possible_rows,
    self_pay_of,
    self_pay_row,
)
from desktop.policy.law.benefit_rules import SelfPayRow
from desktop.policy.law.rules import Policy
from desktop.policy.recognition.spans import Span
from desktop.policy.recognition.survey import Survey


def borne(policy: Policy, case: Case, member: Member, expense: Expense) -> Span:
    """self_pay by the row for the expense's own insurance and identity; a span where the row or an amount is unknown."""
    day = anchor_of(policy, expense)
    rows = _rows(policy, case, member, expense, day) if day else ()
    amounts = [self_pay_of(row, expense) for row in rows]
    known = [amount.fen for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return Span(0, None if expense.total is None else expense.total.fen)
    return Span(min(known), max(known))


def _rows(policy: Policy, case: Case, member: Member, expense: Expense, day: date) -> tuple[SelfPayRow, ...]:
    """The rows that may be the expense's; which identity serves it matters only where one held has a row of its own."""
    held = member.identities
    if held is not None and not any(one.kind in row.identities for row in policy.self_pay for one in held):
        status = insured_status(member, expense, day)
        if status:
            return (self_pay_row(policy, expense.kind, status, None),)
    return possible_rows(policy, member, expense, day, case)


def lack_borne(survey: Survey, member: Member, place: int) -> None:
    """Notes what would tell what the expense at a place of the case file counts for."""
    policy, case, findings = survey.rules.policy, survey.case, survey.findings
    expense, source = case.expenses[place], survey.rule.source
    day = anchor_of(policy, expense)
    if expense.settled_on is None:
        findings.lack(f"expenses[{place}].settled_on", "认定期内费用需要", source)
    rows = _rows(policy, case, member, expense, day) if day else ()
    if len({self_pay_of(row, expense) for row in rows}) > 1:
        # Which row it is decides the amount, so what decides the row is asked for.
        if member.identities is None:
            findings.lack(f"{survey.place_of(member)}.identities", "自付合规医疗费用需要", source)
        if day and "insurance" in lacking_for_status(member, expense, day):
            findings.lack(f"{survey.place_of(member)}.insurance", "自付合规医疗费用需要", source)
    for row in rows:
        for key in ("in_scope", *row.minus, *row.plus):
            if getattr(expense, key) is None:
                findings.lack(f"expenses[{place}].{key}", "自付合规医疗费用需要", row.source)
