"""Telling in plain lines what the window shows: assessments, policies and localities for the command line."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from desktop.domain.calendar import chinese_day
from desktop.domain.case import MATTERS
from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.money import Money, paper_text
from desktop.domain.people import IDENTITIES
from desktop.domain.problems import Problem
from desktop.policy.alternatives import alternatives
from desktop.policy.assessment import Line
from desktop.policy.law.sources import Source
from desktop.policy.wording import REASONS, SUBSIDY_REASONS, TEST_VERDICTS, VERDICTS
from desktop.work.assessing import Assessed
from desktop.work.library import Library

UNKNOWN = "待补"
KINDS = {"operative": "执行文件", "framework": "框架文件", "example": "结构示例"}


def assessment_text(assessed: Assessed) -> str:
    """An assessment in readable Chinese, every figure with its clause."""
    return "\n".join(_assessment_lines(assessed))


def _assessment_lines(assessed: Assessed) -> Iterator[str]:
    assessment, rules, case = assessed.assessment, assessed.rules, assessed.case
    yield f"{case.case_no or '（未编号）'}  {MATTERS[case.matter]}"
    yield f"依据 {rules.policy.document} · {rules.locality.name} · 测算日 {chinese_day(assessment.assessed_on)}"
    if assessment.identification:
        yield f"认定结论：{VERDICTS[assessment.identification.verdict]}"
        for test in assessment.identification.tests:
            yield f"  [{TEST_VERDICTS[test.verdict]}] {test.explain} {test.cite}"
    yield from _benefit_lines(assessed)
    for one in alternatives(case, rules, assessment):
        ahead = "，尚未认定" if one.ahead else ""
        name = f"{_name(assessed, one.person)} 按{IDENTITIES[one.identity]}"
        yield f"比较 {name}：{_yuan(one.payable)}{ahead}"
    for subsidy in assessment.subsidies:
        why = SUBSIDY_REASONS[subsidy.reason] if subsidy.reason else IDENTITIES[subsidy.identity or ""]
        yield f"资助参保 {_name(assessed, subsidy.person)} {subsidy.year} 年度：{_yuan(subsidy.amount)}（{why}）{subsidy.cite}"
    yield from (f"还缺：{one.why}（{one.path}；由{one.who}提供）{one.cite}" for one in assessment.missing)
    yield from (f"提示：{one.text} {one.cite}" for one in assessment.alerts)
    yield from (f"改变结论的条件：{one.change}" for one in assessment.changes)
    yield "计算过程："
    for step in assessment.trace:
        yield f"  {step.label}：{step.formula}{f' = {step.value_text}' if step.value_text else ''}  {step.source.cite}"


def _benefit_lines(assessed: Assessed) -> Iterator[str]:
    for benefit in assessed.assessment.benefits:
        year = f"{benefit.year} 年度" if benefit.year else "年度未知"
        conditional = "（以认定为条件）" if benefit.conditional else ""
        yield f"{_name(assessed, benefit.person)} {year}救助合计：{_yuan(benefit.payable)}{conditional}"
        for line in benefit.lines:
            yield f"  {_line_name(assessed, line)}：{_yuan(line.payable)}{_why(line)}  {'、'.join(line.cites)}"
            if line.out_of_catalogue_aid is not None:
                yield f"    目录外费用救助：{_yuan(line.out_of_catalogue_aid)}（另计）"
        if benefit.tilt is not None:
            yield f"  倾斜救助：{_yuan(benefit.tilt)}"


def _line_name(assessed: Assessed, line: Line) -> str:
    expense = next(one for one in assessed.case.expenses if one.id == line.expense)
    return f"{expense.id} {EXPENSE_KINDS[expense.kind]} {expense.provider or ''}".rstrip()


def _why(line: Line) -> str:
    if line.reason:
        return f"（{REASONS[line.reason]}）"
    return "（年底一次性支付）" if line.paid_at_year_end else ""


def _name(assessed: Assessed, person: str) -> str:
    member = assessed.case.member(person)
    return (member.name if member else None) or person


def _yuan(amount: Money | None) -> str:
    return UNKNOWN if amount is None else f"{paper_text(amount)} 元"


def library_lines(library: Library) -> Iterator[str]:
    """The policies and localities, a line each."""
    for policy in library.policies.values():
        days = f"自{chinese_day(policy.in_force.first)}起"
        if policy.in_force.last:
            days = f"{chinese_day(policy.in_force.first)}至{chinese_day(policy.in_force.last)}"
        yield f"政策  {policy.id}  {policy.document}  {policy.jurisdiction}  {KINDS[policy.kind]}  {days}"
    for locality in library.localities.values():
        checked = "已核对" if locality.verified else "参数未核对"
        yield f"地区  {locality.id}  {locality.name}  适用 {locality.policy}  {checked}"


def policy_text(library: Library, wanted: str) -> str:
    """A policy with the gist of its clauses, or a locality, in full.

    Raises:
        Problem: where there is neither.
    """
    found = library.policies.get(wanted) or library.localities.get(wanted)
    if found is None:
        known = "、".join((*library.policies, *library.localities))
        raise Problem(f"没有名为「{wanted}」的政策或地区参数。", f"现有：{known}。")
    lines = list(_outline(found, ""))
    for clause in library.clauses.get(wanted, ()):
        lines.append(f"{clause.id}  {clause.cite}  {clause.gist}{f'（{clause.note}）' if clause.note else ''}")
    return "\n".join(lines)


def _outline(value: object, indent: str) -> Iterator[str]:
    """A value's fields as an indented outline: what it does not state is left out, a clause ends its table's first line."""
    if not is_dataclass(value) or isinstance(value, type):
        return
    for field in fields(value):
        content = getattr(value, field.name)
        if field.repr and content is not None and content not in ((), "", {}) and not isinstance(content, Source):
            yield from _entry(field.name, content, indent)


def _entry(name: str, content: object, indent: str) -> Iterator[str]:
    if is_dataclass(content) and not isinstance(content, type):
        yield f"{indent}{name}:{_clause_of(content)}"
        yield from _outline(content, indent + "  ")
    elif isinstance(content, tuple) and content and is_dataclass(content[0]):
        for one in content:
            yield from _entry(name, one, indent)
    elif isinstance(content, Mapping):
        yield f"{indent}{name}:"
        for key, one in content.items():
            yield from _entry(key, one, indent + "  ")
    else:
        yield f"{indent}{name}: {'、'.join(map(str, content)) if isinstance(content, tuple) else content}"


def _clause_of(value: object) -> str:
    source = value if isinstance(value, Source) else getattr(value, "source", None)
    return f" 〔{source.cite} {source.clause}〕" if isinstance(source, Source) else ""
