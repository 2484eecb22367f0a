"""The facts that an expense's calculation asks for and the case does not have (A18)."""

from collections.abc import Iterator

from desktop.domain.case import Case
from desktop.policy.entitlement import anchor_of, self_pay_row
from desktop.policy.exclusion import Entry
from desktop.policy.findings import Findings
from desktop.policy.law.rules import BenefitClass, Policy, Rules
from desktop.policy.law.sources import Source


def note_lacking(case: Case, rules: Rules, entry: Entry, group: BenefitClass, findings: Findings) -> Source | None:
    """Notes every fact that the expense lacks; the clause of the first that asks for one, None where none is lacking."""
    first = None
    for lacks, path, source in _wanted(case, rules.policy, entry, group):
        if lacks:
            findings.lack(path, "计算本笔救助需要", source)
            first = first or source
    return first


def _wanted(case: Case, policy: Policy, entry: Entry, group: BenefitClass) -> Iterator[tuple[bool, str, Source]]:
    expense = entry.expense
    assert entry.status is not None
    if entry.entitlement.unknown_window:
        yield True, "applied_on", policy.windows[0].source
    designated = policy.not_designated
    yield expense.designated is None, f"{entry.path}.designated", designated.source
    unsure_rescue = expense.designated is False and expense.emergency_rescue is None
    yield unsure_rescue, f"{entry.path}.emergency_rescue", designated.source
    yield expense.referral is None, f"{entry.path}.referral", policy.not_referred.source
    row = self_pay_row(policy, entry.status, entry.entitlement.kind)
    for key in ("in_scope", *row.minus, *row.plus):
        yield getattr(expense, key) is None, f"{entry.path}.{key}", row.source
    yield expense.assistance_paid is None, f"{entry.path}.assistance_paid", group.source
    yield from _used_up(entry, group)
    if group.cap_source:
        yield from _paid_in_the_year(case, policy, entry, group.cap_source)


def _used_up(entry: Entry, group: BenefitClass) -> Iterator[tuple[bool, str, Source]]:
    """What earlier cases of the year used up: an entry that leaves an amount open does not say that it was nothing."""
    used = entry.member.used_in(entry.day.year) if entry.day else None
    if used is None:
        return
    if group.deductible > 0:
        yield used.deductible_used is None, _open(entry, used.year, "deductible_used"), group.deductible_source
    if group.cap_source:
        yield used.assistance_paid is None, _open(entry, used.year, "assistance_paid"), group.cap_source


def _open(entry: Entry, year: int, key: str) -> str:
    return f"{entry.member_path}.year_to_date[{entry.member.open_in(year, key)}].{key}"


def _paid_in_the_year(case: Case, policy: Policy, entry: Entry, source: Source) -> Iterator[tuple[bool, str, Source]]:
    """Everything paid in the year comes off the cap, so the cap is unknown while any of it is."""
    for place, other in enumerate(case.expenses):
        day = anchor_of(policy, other)
        if other.patient == entry.member.id and day and entry.day and day.year == entry.day.year:
            yield other.assistance_paid is None, f"expenses[{place}].assistance_paid", source
