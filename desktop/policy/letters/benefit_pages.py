"""The figures of a 待遇测算单: what each expense pays and why, and each member's premium subsidy."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.money import Money, paper_text
from desktop.domain.people import IDENTITIES
from desktop.policy.alternatives import alternatives
from desktop.policy.assessment import Assessment, Benefit, Line, Subsidy
from desktop.policy.law.rules import Rules
from desktop.policy.letters.applicant import expense_name, name_of
from desktop.policy.letters.letter import UNKNOWN, Heading, Paragraph, Part, Table
from desktop.policy.steps import Step
from desktop.policy.wording import REASONS, SUBSIDY_REASONS

STEP_TITLES = ("步骤", "算式", "结果", "依据")
STEP_WIDTHS = (33, 74, 30, 19)


def benefit_parts(case: Case, assessment: Assessment, rules: Rules) -> Iterator[Part]:
    """Each expense with its steps, then what each person is paid in each year."""
    lines = [line for benefit in assessment.benefits for line in benefit.lines]
    if not lines:
        return
    shown = [(_Shown.of(case, line), line) for line in lines]
    titles = ("费用", "就诊", "结算日期", "个人自付（元）", "救助金额（元）")
    rows = tuple(
        (str(one.place), one.name, one.day, _amount(line.self_pay), _amount(line.payable)) for one, line in shown
    )
    yield Table(titles, rows, (12, 61, 23, 30, 30), (3, 4))
    for one, line in shown:
        yield from _one_expense(one, line, assessment)
    yield Heading("按人按年合计", 2)
    yield from _totals(case, assessment, rules)


@dataclass(frozen=True, slots=True)
class _Shown:
    """An expense as the reader knows it: its place in the list, whose and what it was, its days."""

    place: int
    name: str
    stay: str
    day: str

    @classmethod
    def of(cls, case: Case, line: Line) -> "_Shown":
        """The expense of a line."""
        place, expense = next(one for one in enumerate(case.expenses, 1) if one[1].id == line.expense)
        whose = name_of(case.member(expense.patient))
        several = len({one.patient for one in case.expenses}) > 1
        name = f"{whose}　{expense_name(expense)}" if several else expense_name(expense)
        day = expense.settled_on.isoformat() if expense.settled_on else UNKNOWN
        return cls(place, name, _stay(expense), day)


def _amount(money: Money | None) -> str:
    return UNKNOWN if money is None else paper_text(money)


def _one_expense(shown: _Shown, line: Line, assessment: Assessment) -> Iterator[Part]:
    yield Heading(f"费用 {shown.place}　{shown.name}{shown.stay}", 2)
    rows = tuple(_step_row(step) for step in assessment.steps_of(line.expense))
    if rows:
        yield Table(STEP_TITLES, rows, STEP_WIDTHS, (2,))
    yield Paragraph(_outcome(line))
    if line.out_of_catalogue_aid:
        yield Paragraph(
            f"目录外费用另行救助 {paper_text(line.out_of_catalogue_aid)} 元，不计入上列救助金额和年度限额。"
        )


def _stay(expense: Expense) -> str:
    if expense.admitted_on is None or expense.discharged_on is None:
        return ""
    return f"　{expense.admitted_on} 至 {expense.discharged_on}"


def _step_row(step: Step) -> tuple[str, ...]:
    return step.label, step.formula, step.value_text or UNKNOWN, step.source.cite


def _outcome(line: Line) -> str:
    """What the expense pays, or why it pays nothing, or why that is not known."""
    why = f"：{REASONS[line.reason]}" if line.reason else ""
    if line.payable is None:
        return f"本笔救助金额{UNKNOWN}{why}。"
    if not line.payable:
        return f"本笔不予支付{why}。"
    left = "" if line.cap_left is None else f"，年度限额还余 {paper_text(line.cap_left)} 元"
    when = "，年底一次性支付" if line.paid_at_year_end else ""
    return f"本笔预计救助 {paper_text(line.payable)} 元{left}{when}。"


def _totals(case: Case, assessment: Assessment, rules: Rules) -> Iterator[Part]:
    rows = tuple(_total_row(benefit, case, rules) for benefit in assessment.benefits)
    titles = ("姓名", "年度", "救助金额（元）", "倾斜救助（元）", "说明")
    yield Table(titles, rows, (32, 16, 34, 34, 40), (2, 3))
    tilt = tuple(
        (f"{name_of(case.member(benefit.person))} {label}", *rest)
        for benefit in assessment.benefits
        for label, *rest in map(_step_row, assessment.steps_of(f"{benefit.person}/{benefit.year}"))
    )
    if tilt:
        yield Table(STEP_TITLES, tilt, STEP_WIDTHS, (2,))
    if assessment.payable is None:
        yield Paragraph(f"合计{UNKNOWN}：有费用尚未算清。")
    else:
        aided = any(line.out_of_catalogue_aid for benefit in assessment.benefits for line in benefit.lines)
        apart = "倾斜救助和目录外费用救助" if aided else "倾斜救助"
        yield Paragraph(f"合计 {paper_text(assessment.payable)} 元（不含{apart}）。")


def _total_row(benefit: Benefit, case: Case, rules: Rules) -> tuple[str, ...]:
    year = UNKNOWN if benefit.year is None else str(benefit.year)
    said = "以认定通过为前提" if benefit.conditional else "—"
    name = name_of(case.member(benefit.person))
    tilt = _amount(benefit.tilt) if rules.policy.tilt else "—"
    return name, year, _amount(benefit.payable), tilt, said


def alternative_parts(case: Case, assessment: Assessment, rules: Rules) -> Iterator[Part]:
    """Where a person may be paid by several identities: what each would pay, side by side."""
    found = alternatives(case, rules, assessment)
    if not found:
        return
    rows = tuple(
        (
            name_of(case.member(one.person)),
            IDENTITIES[one.identity],
            _amount(one.payable),
            _amount(one.tilt) if rules.policy.tilt else "—",
            "尚未认定" if one.ahead else "—",
        )
        for one in found
    )
    yield Table(("姓名", "身份", "救助金额（元）", "倾斜救助（元）", "说明"), rows, (28, 46, 32, 32, 18), (2, 3))
    yield Paragraph("每行只按该身份一种测算全部费用；实际救助逐笔取最优惠的身份，不重复享受。")
    if any(one.ahead for one in found):
        yield Paragraph("尚未认定的身份自认定之日起享受待遇；上列金额按费用发生时已具有该身份测算，供比较。")


def subsidy_parts(case: Case, assessment: Assessment) -> Iterator[Part]:
    """Each member's premium subsidy of each insured year, with its formula or why there is none."""
    rows = tuple(_subsidy_row(subsidy, case, assessment) for subsidy in assessment.subsidies)
    if rows:
        titles = ("姓名", "年度", "身份", "金额（元）", "算式或原因", "依据")
        yield Table(titles, rows, (24, 12, 31, 22, 43, 24), (3,))


def _subsidy_row(subsidy: Subsidy, case: Case, assessment: Assessment) -> tuple[str, ...]:
    identity = IDENTITIES[subsidy.identity] if subsidy.identity else "—"
    steps = assessment.steps_of(f"subsidy:{subsidy.person}/{subsidy.year}")
    said = SUBSIDY_REASONS[subsidy.reason] if subsidy.reason else "；".join(step.formula for step in steps)
    name = name_of(case.member(subsidy.person))
    return name, str(subsidy.year), identity, _amount(subsidy.amount), said, subsidy.cite
