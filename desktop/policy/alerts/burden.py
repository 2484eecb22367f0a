"""What illness leaves a person to bear: the year's early warning, and the control of a stay's burden (P-27, J-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.expenses import EXPENSE_KINDS, PAYMENTS, Expense
from desktop.domain.money import NOTHING, Money, paper_text
from desktop.domain.people import Member
from desktop.policy.alerts.holding import held_by
from desktop.policy.assessment import Benefit, Line
from desktop.policy.benefits.entitlement import anchor_of
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.law.shown_rules import BurdenControl
from desktop.policy.steps import percent
from desktop.policy.wording import called


@dataclass(frozen=True, slots=True)
class Borne:
    """An expense and what it was settled at."""

    expense: Expense
    line: Line

    def burden(self, rules: Rules) -> Money | None:
        """The total less every payment and all assistance, cost out of scope included; None where a part is not known."""
        return None if self._aid_unknown(rules) else self._without(self.line.out_of_catalogue_aid or NOTHING)

    def least_burden(self, rules: Rules) -> Money | None:
        """The same with the most that may be aided outside the catalogue while what decides it is not known."""
        rule, full = rules.policy.out_of_catalogue, self.expense.full_self_pay
        if rule is None or not self._aid_unknown(rules):
            return self.burden(rules)
        return None if full is None else self._without(Money.payable(full.yuan * rule.share))

    def _without(self, aid: Money) -> Money | None:
        payments = [getattr(self.expense, key) for key in PAYMENTS]
        if self.expense.total is None or self.line.payable is None or None in payments:
            return None
        return Money(self.expense.total.fen - sum(payment.fen for payment in payments)) - self.line.payable - aid

    def _aid_unknown(self, rules: Rules) -> bool:
        """Whether aid for cost outside the catalogue may be due, and a fact that it needs is not known (A19)."""
        rule, expense = rules.policy.out_of_catalogue, self.expense
        if rule is None or not self.line.covered or self.line.identity not in rule.identities:
            return False
        day, last = anchor_of(rules.policy, expense), rules.locality.day(rule.until)
        over = day is not None and last is not None and day > last
        elsewhere = expense.kind not in rule.kinds or expense.place not in (None, *rule.places)
        return not over and not elsewhere and None in (expense.place, expense.charge_class, expense.full_self_pay)


def note_burdens(case: Case, rules: Rules, benefits: Sequence[Benefit], findings: Findings, on: date) -> None:
    """Notes every year and stay whose burden lies strictly above the policy's line; what is not known is not computed."""
    policy = rules.policy
    if not policy.warnings and policy.burden_control is None:
        return
    expenses = {expense.id: expense for expense in case.expenses}
    undated = {benefit.person for benefit in benefits if benefit.year is None}
    for benefit in benefits:
        borne = [Borne(expenses[line.expense], line) for line in benefit.lines]
        member = case.member(benefit.person)
        assert member is not None
        if policy.burden_control is not None:
            for one in borne:
                _note_stay(rules, policy.burden_control, member, one, findings)
        burden = _year_burden(rules, benefit, borne) if policy.warnings and member.id not in undated else None
        if burden is not None:
            _note_year(policy, benefit, burden, member, findings, on)


@dataclass(frozen=True, slots=True)
class YearBurden:
    """What a year leaves a person to bear, or the least that it does."""

    amount: Money
    exact: bool


def _year_burden(rules: Rules, benefit: Benefit, borne: Sequence[Borne]) -> YearBurden | None:
    """What all expenses of the year leave at least, less its 倾斜救助; None where a part is not known."""
    left = [one.least_burden(rules) for one in borne]
    known = [burden.fen for burden in left if burden is not None]
    if len(known) < len(left) or (benefit.tilt is None and rules.policy.tilt is not None):
        return None
    exact = all(one.burden(rules) is not None for one in borne)
    return YearBurden(Money(sum(known)) - (benefit.tilt or NOTHING), exact)


def _note_year(
    policy: Policy, benefit: Benefit, burden: YearBurden, member: Member, findings: Findings, on: date
) -> None:
    """P-27: whoever is not known to be in focus is warned of above the line for everybody else alone."""
    served = any(line.identity is not None for line in benefit.lines)
    focus = served or bool(member.out_of_poverty) or bool(held_by(policy, member, on))
    for warning in policy.warnings:
        if warning.focus == focus and burden.amount.yuan > warning.over:
            least = "" if burden.exact else "至少 "
            text = (
                f"{called(member)}：{benefit.year}年个人负担医疗费用 {least}{paper_text(burden.amount)} 元，超过监测线 "
                f"{paper_text(warning.over)} 元。{warning.then}"
            )
            findings.alert(f"burden_warning.{member.id}.{benefit.year}", text, warning.source.cite)


def _note_stay(rules: Rules, control: BurdenControl, member: Member, borne: Borne, findings: Findings) -> None:
    """J-11: a stay of 救助对象 at the control's places, against so much of its in-scope cost; compared exactly."""
    expense, line = borne.expense, borne.line
    if not line.covered or expense.kind not in control.kinds or expense.place not in control.places:
        return
    burden, day = borne.burden(rules), expense.discharged_on or expense.settled_on
    if burden is None or expense.in_scope is None:
        return
    limit = control.share * expense.in_scope.yuan
    if burden.yuan > limit:
        text = (
            f"{called(member)}：{chinese_day(day) if day else ''}的{EXPENSE_KINDS[expense.kind]}费用，"
            f"个人负担 {paper_text(burden)} 元，超过政策范围内费用的 {percent(control.share)}"
            f"（{paper_text(Money.payable(limit))} 元），请报县医保部门核对处理。"
        )
        findings.alert(f"burden_control.{expense.id}", text, control.source.cite)
