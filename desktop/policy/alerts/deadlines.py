"""Until when to apply: the last days of filing terms and of windows before the application, for the clerk to tell (A7)."""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.people import IDENTITIES
from desktop.policy.assessment import Benefit
from desktop.policy.benefits.entitlement import anchor_of, inside_window
from desktop.policy.benefits.filing import last_day_to_apply, last_filing_day
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import FilingTerm, FilingWindow
from desktop.policy.law.rules import Policy
from desktop.policy.wording import called


def note_deadlines(case: Case, policy: Policy, benefits: Sequence[Benefit], findings: Findings, on: date) -> None:
    """Notes until when to apply: for each person and year under a term, for each person with an identity's window."""
    if policy.filing_term is not None:
        for benefit in benefits:
            _note_term(case, policy, policy.filing_term, benefit, findings)
    for window in policy.windows:
        earliest: dict[str, date] = {}
        for person, day in _inside(case, policy, window, benefits, on):
            earliest[person] = min(day, earliest.get(person, day))
        for person, day in earliest.items():
            _note_window(case, window, person, day, findings)


def _note_term(case: Case, policy: Policy, term: FilingTerm, benefit: Benefit, findings: Findings) -> None:
    """The year's last day for stays that were surely not settled one-stop; they share it (P-35)."""
    filed = {line.expense for line in benefit.lines}
    stays = (one for one in case.expenses if one.id in filed and one.kind in term.kinds and one.one_stop is False)
    stay = next(stays, None)
    last = last_filing_day(policy, case, stay, sure=True) if stay else None
    if last is not None:
        kinds = "、".join(EXPENSE_KINDS[kind] for kind in term.kinds)
        text = (
            f"{called(case.member(benefit.person))}：{benefit.year}年未一站式结算的{kinds}费用，"
            f"原则上应在{chinese_day(last)}前（含当日）申请。"
        )
        findings.alert(f"filing_deadline.{benefit.person}.{benefit.year}", text, term.source.cite)


def _note_window(case: Case, window: FilingWindow, person: str, day: date, findings: Findings) -> None:
    """The last day that still reaches back to the person's earliest expense (G-20)."""
    last = last_day_to_apply(day, window.months)
    text = (
        f"{called(case.member(person))}：{chinese_day(day)}结算的费用，最晚应在{chinese_day(last)}（含当日）申请，"
        f"才能按{IDENTITIES[window.identity]}救助。"
    )
    findings.alert(f"filing_deadline.{person}.{window.identity}", text, window.source.cite)


def _inside(
    case: Case, policy: Policy, window: FilingWindow, benefits: Sequence[Benefit], on: date
) -> Iterator[tuple[str, date]]:
    """Whose expenses of which day the identity pays, or would pay once recognised, as applied for on its day or now."""
    group = policy.class_of(window.identity)
    expenses = {expense.id: expense for expense in case.expenses}
    for benefit in benefits:
        applied_for = benefit.person == case.patient and case.matter == window.identity
        for line in benefit.lines:
            expense = expenses[line.expense]
            day = anchor_of(policy, expense)
            serves = line.covered if line.identity == window.identity else applied_for and line.identity is None
            if not serves or day is None or group is None or expense.kind not in group.ratios:
                continue
            if policy.in_force.covers(day) and inside_window(policy, window.identity, day, case.applied_on or on):
                yield benefit.person, day
