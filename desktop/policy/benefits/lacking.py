"""The facts that an expense's calculation asks for and the case does not have (A18)."""

from collections.abc import Iterator

from desktop.domain.case import Case
from desktop.domain.people import YearToDate
from desktop.policy.benefits.entitlement import anchor_of
from desktop.policy.benefits.exclusion import Entry, takes_points
from desktop.policy.benefits.filing import unsure_filing
from desktop.policy.benefits.paying import Year
from desktop.policy.benefits.terms import Terms
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import BenefitClass, SelfPayRow
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.law.sources import Source

Lack = tuple[str, Source]


def note_lacking(
    case: Case, rules: Rules, entry: Entry, group: BenefitClass, row: SelfPayRow, findings: Findings
) -> Source | None:
    """Notes every fact that the expense lacks; the clause of the first that asks for one, None where none is lacking."""
    first = None
    for path, source in _lacks(case, rules, entry, group, row):
        findings.lack(path, "计算本笔救助需要", source)
        first = first or source
    return first


def _lacks(case: Case, rules: Rules, entry: Entry, group: BenefitClass, row: SelfPayRow) -> Iterator[Lack]:
    policy, expense = rules.policy, entry.expense
    if entry.entitlement.unknown_window:
        yield "applied_on", policy.windows[0].source
    yield from _about_care(rules, entry, group)
    for key in ("in_scope", *row.minus, *row.plus):
        if getattr(expense, key) is None:
            yield f"{entry.path}.{key}", row.source
    if expense.assistance_paid is None:
        yield f"{entry.path}.assistance_paid", group.source
    if entry.late is None and policy.filing_term:
        paths = unsure_filing(policy, case, entry.expense) if case.applied_on else ("applied_on",)
        yield from ((path, policy.filing_term.source) for path in paths)
    if policy.year_end and expense.kind == policy.year_end.kind and expense.chronic_class is None:
        yield f"{entry.path}.chronic_class", policy.year_end.source
    if entry.member.year_to_date:
        yield from _used_up(entry, group)


def _about_care(rules: Rules, entry: Entry, group: BenefitClass) -> Iterator[Lack]:
    expense, designated, referred = entry.expense, rules.policy.not_designated, rules.policy.not_referred
    if designated is not None:
        if expense.designated is None:
            yield f"{entry.path}.designated", designated.source
        if expense.designated is False and expense.emergency_rescue is None:
            yield f"{entry.path}.emergency_rescue", designated.source
    if referred is not None:
        bars = True if takes_points(rules) else referred.bars(expense.place)
        if expense.referral is None and bars is not False:
            yield f"{entry.path}.referral", referred.source
        if bars is None and expense.referral in {"missing", None}:
            yield f"{entry.path}.place", referred.source
    lift = group.lift
    if lift is not None and expense.kind in lift.kinds and expense.place is None:
        yield f"{entry.path}.place", lift.source


def _used_up(entry: Entry, group: BenefitClass) -> Iterator[Lack]:
    """What earlier cases of the year used up: an entry that leaves an amount open does not say that it was nothing."""
    used = entry.member.used_in(entry.day.year) if entry.day else None
    if used is None:
        return
    deductible = group.deductible
    none = deductible.number == 0 or entry.expense.kind not in group.deductible_kinds
    if not none and used.deductible_used is None:
        yield _open(entry, used, "deductible_used"), deductible.source
    if group.cap and used.assistance_paid is None:
        yield _open(entry, used, "assistance_paid"), group.cap.source


def _open(entry: Entry, used: YearToDate, key: str) -> str:
    return f"{entry.member_path}.year_to_date[{entry.member.open_in(used.year, key)}].{key}"


def note_lacking_of_year(
    case: Case, policy: Policy, entry: Entry, year: Year, terms: Terms, findings: Findings
) -> Source | None:
    """Notes what is not known of the year where the line depends on it; the clause that asks, None where all is known.

    Everything paid in the year comes off the cap (A5); what earlier cases paid stands in one sum, so how much of it
    was in a step of the ratio, or of the sub-cap's kinds, is not known.
    """
    first = None
    if terms.cap is not None and year.paid is None:
        for path in _unknown_payments(case, policy, entry):
            findings.lack(path, "计算本笔救助需要", terms.cap_source)
            first = terms.cap_source
    divided = len(terms.steps) > 1 or terms.sub_cap is not None
    if divided and year.earlier is not None and year.earlier.fen > 0:
        path = f"{entry.member_path}.year_to_date"
        why = "本年以前的救助应分费用类别，请把以前的费用逐笔录入，并填已救助金额"
        findings.lack(path, why, terms.ratio_source)
        first = terms.ratio_source
    return first


def _unknown_payments(case: Case, policy: Policy, entry: Entry) -> Iterator[str]:
    for place, other in enumerate(case.expenses):
        if other.patient == entry.member.id and other.assistance_paid is None:
            day = anchor_of(policy, other)
            if day and entry.day and day.year == entry.day.year:
                yield f"expenses[{place}].assistance_paid"
