"""待遇测算单: what a case comes to, every figure with its steps and clause; an estimate, and it says so first."""

from collections.abc import Iterator

from desktop.domain.calendar import chinese_day
from desktop.domain.case import MATTERS, Case
from desktop.domain.money import paper_text
from desktop.domain.people import IDENTITIES
from desktop.policy.assessment import Assessment, Identification, TestResult
from desktop.policy.law.rules import Rules
from desktop.policy.letters.applicant import applicant_of, household_size, id_shown, place_on_paper
from desktop.policy.letters.benefit_pages import alternative_parts, benefit_parts, subsidy_parts
from desktop.policy.letters.capitals import chinese_capitals
from desktop.policy.letters.letter import (
    UNKNOWN,
    UNNUMBERED,
    Desk,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Part,
    Remark,
    Signatures,
    Table,
)
from desktop.policy.recognition.results import PER_HEAD
from desktop.policy.steps import Step
from desktop.policy.wording import TEST_VERDICTS, VERDICTS

NUMERALS = "一二三四五六七八九十"
NO_IDENTIFICATION = "按已有身份直接申请，不需认定"
HOUSEHOLD_SUMS = ("income", "medical")  # the rest of the identification's steps are its tests


def calculation_letter(case: Case, assessment: Assessment, rules: Rules, desk: Desk) -> Letter:
    """The estimate of a case.

    Raises:
        Refused: with each field that it cannot do without.
    """
    applicant_of(case)
    sections = (
        ("测算结论", _conclusion(case, assessment)),
        ("认定条件", _tests(assessment)),
        ("费用救助", benefit_parts(case, assessment, rules)),
        ("按不同身份测算的比较", alternative_parts(case, assessment, rules)),
        ("资助参保", subsidy_parts(case, assessment)),
        ("尚缺的信息", _missing(case, assessment)),
        ("提示", _alerts(assessment)),
        ("结论的变化条件", _changes(assessment)),
        ("测算依据", _sources(assessment, rules)),
    )
    return Letter(
        kind="calculation",
        office=desk.office,
        title="待遇测算单",
        number=desk.number or UNNUMBERED,
        parts=(
            Remark(_remark(rules)),
            _application(case, assessment),
            *_numbered(sections),
            Signatures(("经办人", "申请人（代办人）已阅")),
        ),
        issued=desk.day,
    )


def _numbered(sections: tuple[tuple[str, Iterator[Part]], ...]) -> Iterator[Part]:
    """The sections that have something to say, numbered in turn."""
    filled = [(title, found) for title, parts in sections if (found := tuple(parts))]
    for numeral, (title, parts) in zip(NUMERALS, filled, strict=False):
        yield Heading(f"{numeral}、{title}")
        yield from parts


def _remark(rules: Rules) -> str:
    text = "本单为测算，仅供参考，以县级确认为准。"
    if not rules.locality.verified:
        text += f"参数未核对：{rules.locality.name}的参数尚未经县级部门核对。"
    return text


def _application(case: Case, assessment: Assessment) -> Facts:
    applicant = applicant_of(case)
    surveyed = (("入户调查日期", chinese_day(case.surveyed_on) if case.surveyed_on else UNKNOWN),)
    return Facts(
        (
            ("申请人", applicant.name or ""),
            ("身份证号", id_shown(applicant)),
            ("申请事项", MATTERS[case.matter]),
            ("受理编号", case.case_no or UNNUMBERED),
            ("申请日期", chinese_day(case.applied_on) if case.applied_on else UNKNOWN),
            # Only an identification asks for a survey.
            *(surveyed if assessment.identification else ()),
            ("家庭人口", household_size(case)),
            ("测算日期", chinese_day(assessment.assessed_on)),
        )
    )


def _conclusion(case: Case, assessment: Assessment) -> Iterator[Part]:
    identification, payable = assessment.identification, assessment.payable
    verdict = VERDICTS[identification.verdict] if identification else NO_IDENTIFICATION
    rows = [("认定结论", verdict)]
    if not case.expenses:
        rows.append(("预计救助", "未录入医疗费用"))
    elif verdict == VERDICTS["redirect"] and not payable:
        rows.append(("预计救助", "转办后按新身份测算"))
    elif payable is None:
        rows.append(("预计救助", f"{UNKNOWN}（有费用尚未算清，见下）"))
    else:
        rows += [("预计救助", f"{paper_text(payable)} 元"), ("金额大写", chinese_capitals(payable))]
    yield Facts(tuple(rows))
    if any(benefit.conditional for benefit in assessment.benefits):
        yield Paragraph("认定尚未确定，以上金额按认定通过测算；认定不通过的，不按此身份支付。")
    yield from _redirect(identification)


def _redirect(identification: Identification | None) -> Iterator[Part]:
    """Where a better identity is open: which, and that nothing need be handed in again (A8)."""
    if identification is None or identification.verdict != "redirect":
        return
    better = [test for test in identification.tests if test.verdict == "fail" and test.id.startswith("not_")]
    names = [IDENTITIES[test.id.removeprefix("not_")] for test in better]
    yield Paragraph(
        f"申请人家庭符合{names[0]}条件，待遇更高，应转办{names[0]}认定。征得申请人同意后由本窗口转办，已提交的材料不必重复提交。"
    )


def _tests(assessment: Assessment) -> Iterator[Part]:
    identification = assessment.identification
    if identification is None:
        return
    if identification.tests:
        by_head = all(test.unit in (None, PER_HEAD) for test in identification.tests)
        titles = ("认定条件", "核对情况", "人均月差额（元）" if by_head else "差额（元）", "结论", "依据")
        rows = tuple(_test_row(test) for test in identification.tests)
        yield Table(titles, rows, (36, 61, 24, 16, 19), (2,))
    else:
        yield Paragraph("没有调查日（申请日）适用的认定规定，尚不能逐项核对。")
    sums = [step for step in assessment.steps_of("identification") if step.kind in HOUSEHOLD_SUMS]
    if sums:
        yield Heading("家庭收入和自付合规医疗费用", 2)
        rows = tuple(row for step in sums for row in _sum_rows(step))
        yield Table(("项目", "来源", "金额（元）", "依据"), rows, (50, 55, 32, 19), (2,))


def _test_row(test: TestResult) -> tuple[str, ...]:
    """Condition, value against line, distance to it by head and month, verdict, clause."""
    condition, _, found = test.explain.partition("：")
    apart = "—" if test.limit is None else UNKNOWN if test.slack is None else paper_text(abs(test.slack.yuan))
    return condition, found, apart, TEST_VERDICTS[test.verdict], test.cite


def _sum_rows(step: Step) -> Iterator[tuple[str, ...]]:
    """Each item of a sum, then what they come to."""
    items = step.given["parts"]
    assert isinstance(items, tuple)
    for name, amount in items:
        yield step.label, name, UNKNOWN if amount is None else paper_text(amount), step.source.cite
    if len(items) != 1:
        yield step.label, "合计", step.value_text or UNKNOWN, step.source.cite


def _missing(case: Case, assessment: Assessment) -> Iterator[Part]:
    rows = tuple((place_on_paper(one.path, case), one.why, one.who, one.cite) for one in assessment.missing)
    if rows:
        yield Table(("所在", "缺什么", "向谁核实", "依据"), rows, (30, 66, 41, 19))


def _alerts(assessment: Assessment) -> Iterator[Part]:
    rows = tuple((str(place), alert.text, alert.cite) for place, alert in enumerate(assessment.alerts, 1))
    if rows:
        yield Table(("序号", "内容", "依据"), rows, (12, 112, 32))


def _changes(assessment: Assessment) -> Iterator[Part]:
    for change in assessment.changes:
        yield Paragraph(f"{change.change}。")


def _sources(assessment: Assessment, rules: Rules) -> Iterator[Part]:
    policy, locality = rules.policy, rules.locality
    yield Facts(
        (
            ("政策文件", f"《{policy.title}》（{policy.document}），「依据」为其条款"),
            ("地区参数", f"{locality.name}，{'已核对' if locality.verified else '未核对'}"),
            ("参数来源", locality.source),
            ("测算日期", chinese_day(assessment.assessed_on)),
        )
    )
