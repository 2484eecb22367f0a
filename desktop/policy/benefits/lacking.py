"""The facts that an expense's calculation asks for and the case does not have (A18)."""

from collections.abc import Iterator

from desktop.domain.case import Case
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import YearToDate
from desktop.policy.benefits.entitlement import anchor_of
from desktop.policy.benefits.exclusion import Entry, takes_points
from desktop.policy.benefits.filing import unsure_filing
from desktop.policy.benefits.paying import Payment
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
    yield from doubts_of(case, rules, entry)
    if policy.not_referred is not None and expense.referral is None and takes_points(rules):
        yield f"{entry.path}.referral", policy.not_referred.source
    for key in ("in_scope", *row.minus, *row.plus):
        if getattr(expense, key) is None:
            yield f"{entry.path}.{key}", row.source
    if expense.assistance_paid is None:
        yield f"{entry.path}.assistance_paid", group.source
    if policy.year_end and expense.kind == policy.year_end.kind and expense.chronic_class is None:
        yield f"{entry.path}.chronic_class", policy.year_end.source
    lift = group.lift
    if lift is not None and expense.kind in lift.kinds and expense.place is None:
        yield f"{entry.path}.place", lift.source
    if entry.member.year_to_date:
        yield from _used_up(entry, group)


def doubts_of(case: Case, rules: Rules, entry: Entry) -> Iterator[Lack]:
    """The unknown facts that may still keep an expense out (A21)."""
    policy, expense = rules.policy, entry.expense
    designated, referred = policy.not_designated, policy.not_referred
    if entry.entitlement.unknown_window:
        yield "applied_on", policy.windows[0].source
    if designated is not None and not (designated.except_emergency and expense.emergency_rescue):
        if expense.designated is None:
            yield f"{entry.path}.designated", designated.source
        if expense.designated is False and expense.emergency_rescue is None:
            yield f"{entry.path}.emergency_rescue", designated.source
    if referred is not None and not takes_points(rules):
        bars = referred.bars(expense.place)
        if expense.referral is None and bars is not False:
            yield f"{entry.path}.referral", referred.source
        if bars is None and expense.referral in {"missing", None}:
            yield f"{entry.path}.place", referred.source
    if entry.late is None and policy.filing_term:
        paths = unsure_filing(policy, case, expense) if case.applied_on else ("applied_on",)
        yield from ((path, policy.filing_term.source) for path in paths)


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


def note_lacking_of_year(payment: Payment, self_pay: Money) -> Source | None:
    """Notes what is not known of the year's earlier cases where the line depends on it; the clause that asks, or None.

    What they paid stands in one sum: how much of it was in a step of the ratio, or of the sub-cap's kinds, is not known,
    and matters only where it could change the amount.
    """
    earlier, source = payment.year.earlier, payment.terms.ratio_source
    if earlier is None or earlier.fen == 0 or not _rests_on_earlier(payment, earlier, self_pay):
        return None
    why = "本年以前的救助应分费用类别，请把以前的费用逐笔录入，并填已救助金额"
    payment.findings.lack(f"{payment.entry.member_path}.year_to_date", why, source)
    return source


def _rests_on_earlier(payment: Payment, earlier: Money, self_pay: Money) -> bool:
    """Whether what earlier cases paid may change the line, beyond the year's cap: by its step, or by its sub-cap."""
    terms = payment.terms
    if not self_pay or (len(terms.steps) == 1 and terms.sub_cap is None):
        return False
    if len(terms.steps) > 1 or terms.sub_cap is None:
        return True
    share = max(step.share for step in terms.steps)
    most = self_pay.yuan * share - (payment.entry.expense.assistance_paid or NOTHING).yuan
    return most > (terms.sub_cap - payment.paid_within() - earlier).yuan


def unknown_payments(case: Case, policy: Policy, entry: Entry) -> Iterator[str]:
    """The payments of the year that are not known: everything paid in it comes off the cap (A5)."""
    for place, other in enumerate(case.expenses):
        if other.patient == entry.member.id and other.assistance_paid is None:
            day = anchor_of(policy, other)
            if day and entry.day and day.year == entry.day.year:
                yield f"expenses[{place}].assistance_paid"
