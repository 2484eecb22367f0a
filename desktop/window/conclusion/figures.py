"""What the conclusion strip says, as values: sections of figures, each with its steps or its field."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.domain.case import Case
from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.money import NOTHING, Money, paper_text
from desktop.domain.problems import Fault
from desktop.policy.assessment import Alert, Assessment, Benefit, Change, Line, Missing, Subsidy, TestResult
from desktop.policy.steps import Step, percent
from desktop.policy.wording import REASONS, SUBSIDY_REASONS, VERDICTS
from desktop.window.conclusion.comparison import compared
from desktop.window.conclusion.entries import TO_COME, Figure, Head, Section
from desktop.window.conclusion.on_screen import on_screen, screen_text
from desktop.window.conclusion.whereabouts import about, whose
from desktop.work.assessing import Outcome

AFTER_REDIRECT = "转办后测算"
TINTS = {"eligible": "pass", "ineligible": "fail", "undetermined": "attention", "redirect": "attention"}
TEST_TINTS = {"pass": "pass", "fail": "fail", "unknown": "attention"}
MARKS = {"pass": "✓", "fail": "×", "attention": "!"}
PLACE_LENGTH = 8  # characters
SIDES = {"低于": "余", "等于": "", "高于": "超"}


def head_of(outcome: Outcome) -> Head | None:
    """The head of the strip; None where the matter asks for no verdict."""
    if outcome.faults:
        return Head(f"有 {len(outcome.faults)} 处需要更正", "attention", "更正后自动测算。")
    assessment = outcome.assessment
    if assessment is None or assessment.identification is None:
        return None
    verdict = assessment.identification.verdict
    open_for = len(assessment.missing) if verdict == "undetermined" else 0
    return Head(VERDICTS[verdict], TINTS[verdict], f"还缺 {open_for} 项，补齐后定论。" if open_for else "")


def sections_of(outcome: Outcome) -> tuple[Section, ...]:
    """Everything beneath the head, top to bottom. While the draft has faults, only what to correct."""
    if outcome.case is None or outcome.assessment is None:
        return (Section("请更正", tuple(map(_fault, outcome.faults)), shown=8),)
    case, assessment = outcome.case, outcome.assessment
    tests = assessment.identification.tests if assessment.identification else ()
    found = (
        _section("认定条件", map(_test, tests), 8),
        _section("预计救助", (_total(assessment), *_lines(case, assessment))),
        _section("按不同身份比较", compared(outcome)),
        _section("资助参保", _subsidies(case, assessment), 3),
        _section("还缺", (_missing(case, one) for one in assessment.missing)),
        _section("提示", map(_alert, assessment.alerts)),
        _section("改变结论的条件", map(_change, enumerate(assessment.changes)), 0),
    )
    return tuple(section for section in found if section.figures)


def _section(title: str, figures: Iterable[Figure], shown: int = 4) -> Section:
    found = tuple(figures)
    cites = {figure.cite for figure in found if figure.role != "key-figure"}
    if len(cites) != 1:
        return Section(title, found, shown)
    return Section(title, tuple(replace(figure, cite="") for figure in found), shown, cites.pop())


def _alert(alert: Alert) -> Figure:
    place = _place(alert.cite)
    return Figure(f"alert:{alert.id}", on_screen(f"{alert.text}〔{place}〕" if place else alert.text))


def _change(counted: tuple[int, Change]) -> Figure:
    place, change = counted
    return Figure(f"change:{place}:{change.test}", on_screen(change.change))


def _fault(fault: Fault) -> Figure:
    return Figure(
        f"fault:{fault.path}", f"{about(fault.path)}{fault.what}", more=fault.remedy, path=fault.path, role="fault"
    )


def _test(test: TestResult) -> Figure:
    name, _, said = test.explain.removesuffix("。").partition("：")
    tint = TEST_TINTS[test.verdict]
    more = _comparison(test, said) if test.actual is not None and test.limit is not None else said
    if test.verdict == "pass" and test.actual is None:
        more = ""  # a fact that is so needs no more words than its name; why stands in its steps
    return Figure(f"test:{test.id}", name, more=more, cite=test.cite, tint=tint, subjects=("identification",))


def _comparison(test: TestResult, said: str) -> str:
    assert test.actual is not None and test.limit is not None
    side = next((side for side in SIDES if f"，{side} " in said), "")
    if not side:
        return said
    text = f"{screen_text(test.actual)} {side}\u00a0{screen_text(test.limit)}"
    exception = said.partition("，但")[2]
    return _joined(text, _distance(test, side, said), f"但{exception}" if exception else "")


def _distance(test: TestResult, side: str, said: str) -> str:
    """How far from the line; the exact sum of the year where a month's rounded figures would hide it."""
    if test.slack or side == "等于":
        slack = Money(abs(test.slack.fen)) if test.slack else NOTHING
        return f"{SIDES[side]}\u00a0{screen_text(slack)}" if slack else ""
    return on_screen(said.partition("），")[2].partition("，但")[0])


def _total(assessment: Assessment) -> Figure:
    lines = [line for benefit in assessment.benefits for line in benefit.lines]
    subjects = tuple(line.expense for line in lines)
    if not lines:
        return Figure("payable", "", "—", "录入医疗费用后测算。", role="key-figure")
    if assessment.identification and assessment.identification.verdict == "redirect" and not assessment.payable:
        return Figure("payable", "", AFTER_REDIRECT, "按转办后的身份享受待遇。", role="key-figure", subjects=subjects)
    if assessment.payable is None:
        unknown = sum(line.payable is None for line in lines)
        more = f"{unknown} 笔费用缺少信息，见「还缺」。"
        return Figure("payable", "", TO_COME, more, role="key-figure", subjects=subjects)
    conditional = any(benefit.conditional for benefit in assessment.benefits)
    more = "按认定成立测算，结论确定前不作支付依据。" if conditional else ""
    return Figure("payable", "元", screen_text(assessment.payable), more, role="key-figure", subjects=subjects)


def _lines(case: Case, assessment: Assessment) -> Iterator[Figure]:
    for benefit in assessment.benefits:
        for line in benefit.lines:
            yield _line(case, line)
        yield from _apart(benefit)


def _line(case: Case, line: Line) -> Figure:
    expense = next(one for one in case.expenses if one.id == line.expense)
    name = expense.provider or EXPENSE_KINDS[expense.kind]
    value = TO_COME if line.payable is None else screen_text(line.payable)
    more = REASONS[line.reason] if line.reason else _how(line)
    if line.paid_at_year_end and line.payable:
        more = _joined(more, "年底一次性支付")
    if line.out_of_catalogue_aid:
        more = _joined(more, f"目录外另助 {screen_text(line.out_of_catalogue_aid)}")
    tint = "attention" if line.payable is None else ""
    return Figure(f"line:{line.expense}", name, value, more, "、".join(line.cites), tint, subjects=(line.expense,))


def _how(line: Line) -> str:
    if line.self_pay is None or line.ratio is None or line.computed is None:
        return ""
    base = f"自付 {screen_text(line.self_pay)} "
    if line.deductible:
        base = f"（{screen_text(line.self_pay)} − {on_screen(paper_text(line.deductible))}）"
    how = f"{base}× {percent(line.ratio)}"
    if line.payable == line.computed:
        return how
    why = "至年度限额为止" if line.cap_left == NOTHING else "扣除已支付"
    return f"{how} = {screen_text(line.computed)}，{why}"


def _apart(benefit: Benefit) -> Iterator[Figure]:
    if benefit.tilt:
        subject = f"{benefit.person}/{benefit.year}"
        name = f"倾斜救助（{benefit.year} 年，另计）"
        yield Figure(f"tilt:{subject}", name, screen_text(benefit.tilt), subjects=(subject,))


def _subsidies(case: Case, assessment: Assessment) -> Iterator[Figure]:
    """Those that pay or are open first."""
    for subsidy in sorted(assessment.subsidies, key=lambda one: one.amount == NOTHING):
        yield _subsidy(case, subsidy)


def _subsidy(case: Case, subsidy: Subsidy) -> Figure:
    member = case.member(subsidy.person)
    name = f"{(member.name if member else None) or subsidy.person} {subsidy.year} 年度"
    value = TO_COME if subsidy.amount is None else screen_text(subsidy.amount)
    why = SUBSIDY_REASONS[subsidy.reason] if subsidy.reason else ""
    key = f"subsidy:{subsidy.person}/{subsidy.year}"
    tint = "attention" if subsidy.amount is None else ""
    return Figure(key, name, value, why, _place(subsidy.cite), tint, subjects=(key,))


def _missing(case: Case, one: Missing) -> Figure:
    published = one.path.startswith("locality.")  # no field of the case: the office asks for it elsewhere
    name = f"{whose(case, one.path)} {one.why}".strip()
    return Figure(f"missing:{one.path}", name, more=f"来源：{one.who}", path="" if published else one.path)


def steps_behind(outcome: Outcome, figure: Figure) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """The steps of what a figure stands for, each part under its name."""
    if outcome.case is None or outcome.assessment is None:
        return ()
    names = {expense.id: expense.provider or EXPENSE_KINDS[expense.kind] for expense in outcome.case.expenses}
    parts = ((names.get(subject, ""), outcome.assessment.steps_of(subject)) for subject in figure.subjects)
    return tuple((name, steps) for name, steps in parts if steps)


def _place(cite: str) -> str:
    """A place in the document; a longer source is for the steps, not for a line of the strip."""
    return cite if len(cite) <= PLACE_LENGTH else ""


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
