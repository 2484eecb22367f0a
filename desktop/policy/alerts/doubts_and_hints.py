"""What the clerk is told with the figures: what puts them in doubt, deadlines, warnings, hints, in this order (A22)."""

from collections.abc import Sequence
from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.expenses import EXPENSE_KINDS
from desktop.policy.alerts.burden import note_burdens
from desktop.policy.alerts.deadlines import note_deadlines
from desktop.policy.alerts.holding import held_or_applied_for
from desktop.policy.assessment import Alert, Benefit
from desktop.policy.benefits.entitlement import anchor_of, insured_status
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Policy, Rules

DEADLINES = ("filed_too_late", "filing_deadline")
NOT_INSURED = ("not_insured", "enrolled_late")


def note_doubts(rules: Rules, findings: Findings, on: date) -> None:
    """What puts every figure in doubt, whatever the case: numbers nobody checked, a text that is no ground to decide on."""
    policy, locality = rules.policy, rules.locality
    if not locality.verified:
        text = f"{locality.name}的参数尚未经县级部门核对，测算仅供参考。"
        findings.alert("locality_not_verified", text, f"参数来源：{locality.source}")
    if policy.kind == "example":
        text = f"{policy.document}是示例规定，只供试用和培训，不能作为办理依据。"
        findings.alert("policy_example", text, policy.document)
    _note_period(policy, findings, on)
    if policy.remark:
        findings.alert("policy_remark", f"{policy.document}：{policy.remark.rstrip('。')}。", policy.document)


def _note_period(policy: Policy, findings: Findings, on: date) -> None:
    period = policy.in_force
    if period.last is not None and on > period.last:
        text = f"{policy.document}有效期至{chinese_day(period.last)}，请核实是否有新规定。"
        findings.alert("policy_expired", text, period.source.cite)
    if on < period.first:
        text = f"{policy.document}自{chinese_day(period.first)}起施行，现在尚未施行，请按现行规定办理。"
        findings.alert("policy_not_in_force", text, period.source.cite)


def note_consequences(case: Case, rules: Rules, benefits: Sequence[Benefit], findings: Findings, on: date) -> None:
    """What follows from the figures, then the hints for the matter and the identities at hand."""
    policy = rules.policy
    note_deadlines(case, policy, benefits, findings, on)
    _note_not_insured(case, policy, benefits, findings)
    _note_year_end(case, policy, benefits, findings)
    note_burdens(case, rules, benefits, findings, on)
    at_hand = held_or_applied_for(case, on)
    for hint in policy.hints:
        if case.matter in hint.matters and (not hint.identities or not at_hand.isdisjoint(hint.identities)):
            findings.alert(hint.id, hint.text, hint.source.cite)


def _note_not_insured(case: Case, policy: Policy, benefits: Sequence[Benefit], findings: Findings) -> None:
    """Where the policy says nothing of those not insured, they are computed as anybody, and the clerk is told (A11)."""
    if policy.not_insured is not None:
        return
    covered = {line.expense for benefit in benefits for line in benefit.lines if line.covered}
    members = {member.id: member for member in case.household.members}
    for expense in case.expenses:
        day = anchor_of(policy, expense)
        if expense.id in covered and day and insured_status(members[expense.patient], expense, day) in NOT_INSURED:
            text = "费用发生时未参加基本医保。规定没有写明如何救助，按一般标准测算，请先与县医保部门核实。"
            findings.alert("not_insured", text, policy.document)
            return


def _note_year_end(case: Case, policy: Policy, benefits: Sequence[Benefit], findings: Findings) -> None:
    """P-17: what is settled once a year is not promised at once."""
    rule = policy.year_end
    if rule and any(line.paid_at_year_end and line.payable for benefit in benefits for line in benefit.lines):
        text = f"按限额支付的{EXPENSE_KINDS[rule.kind]}费用年底一次性救助，不在结算时支付，请告知申请人。"
        findings.alert("paid_at_year_end", text, rule.source.cite)


def in_order(doubts: Sequence[Alert], others: Sequence[Alert]) -> tuple[Alert, ...]:
    """What endangers the decision first, then deadlines; the rest as it was noticed, with the hints at its end."""
    return (*doubts, *sorted(others, key=lambda alert: alert.id.partition(".")[0] not in DEADLINES))
