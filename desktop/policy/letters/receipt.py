"""受理回执: what the window took in, what is still to be handed in, and what comes next."""

from collections.abc import Iterator

from desktop.domain.calendar import chinese_day
from desktop.domain.case import MATTERS, Case
from desktop.policy.law.rules import Rules
from desktop.policy.law.shown_rules import Paper
from desktop.policy.letters.applicant import applicant_of, household_size, id_shown
from desktop.policy.letters.letter import (
    BLANK,
    UNNUMBERED,
    Desk,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Part,
    Signatures,
    Table,
)

PAPER_STATES = {"received": "已收", "missing": "待补", "not_needed": "不需要"}
OPEN = "□已收　□待补"  # ticked by hand
# What comes next, by matter. No deadlines: the policies here state none.
NEXT_STEPS = {
    "illness_poverty": (
        "一是入户调查，上门核实家庭收入、财产和医疗费用，请家庭成员配合；",
        "二是审核，乡镇（街道）根据调查结果提出意见；",
        "三是公示，在村（社区）公示，无异议的报县级民政部门；",
        "四是县级确认，由县级民政、医保部门确认，结果由本窗口告知您。",
    ),
    "assistance": (
        "一是审核，核对救助身份、参保情况和医疗费用结算单；",
        "二是县级确认，由县级医保部门确认救助金额，结果由本窗口告知您。",
    ),
}


def receipt_letter(case: Case, rules: Rules, desk: Desk) -> Letter:
    """The receipt of an application.

    Raises:
        Refused: with each field that it cannot do without.
    """
    name = applicant_of(case, "applied_on").name
    return Letter(
        kind="receipt",
        office=desk.office,
        title="受理回执",
        number=desk.number or UNNUMBERED,
        parts=(
            Paragraph(f"{name}：", indent=False),
            Paragraph(_opening(case, desk)),
            _application(case),
            Heading(f"一、申请材料（依据：{rules.policy.document}）"),
            *_papers(case, rules, desk),
            Heading("二、后续环节"),
            Paragraph(_next_steps(case, rules)),
            Heading("三、联系与监督"),
            _contact(desk),
            Signatures(("受理人", "申请人（代办人）")),
        ),
        issued=desk.day,
    )


def _opening(case: Case, desk: Desk) -> str:
    assert case.applied_on is not None
    lacking = "missing" in desk.papers.values()
    done = "已经收到并登记，尚缺的材料见下表" if lacking else "已经受理"
    return f"您于{chinese_day(case.applied_on)}提出的「{MATTERS[case.matter]}」申请，本窗口{done}。本回执一式两份，窗口和申请人各存一份。"


def _application(case: Case) -> Facts:
    assert case.applied_on is not None
    applicant = applicant_of(case)
    return Facts(
        (
            ("申请人", applicant.name or ""),
            ("身份证号", id_shown(applicant)),
            ("申请事项", MATTERS[case.matter]),
            ("受理编号", case.case_no or UNNUMBERED),
            ("申请日期", chinese_day(case.applied_on)),
            ("家庭人口", household_size(case)),
        )
    )


def _papers(case: Case, rules: Rules, desk: Desk) -> Iterator[Part]:
    papers = [paper for paper in rules.policy.papers if case.matter in paper.matters]
    rows = tuple(
        (str(place), paper.name, _state(paper, desk), paper.source.cite) for place, paper in enumerate(papers, 1)
    )
    yield Table(("序号", "材料名称", "状态", "依据"), rows, (12, 89, 35, 20))
    missing = sum(desk.papers.get(paper.id) == "missing" for paper in papers)
    if missing:
        yield Paragraph(f"标明「待补」的 {missing} 项材料，请补交至本窗口。")


def _state(paper: Paper, desk: Desk) -> str:
    state = desk.papers.get(paper.id)
    return PAPER_STATES[state] if state else OPEN


def _next_steps(case: Case, rules: Rules) -> str:
    said = "".join(NEXT_STEPS[case.matter])
    for window in rules.policy.windows:
        if window.identity == case.matter:
            said += f"可以申请救助的费用，是申请之日前 {window.months} 个月内结算的费用（{window.source.cite}）。"
    return said


def _contact(desk: Desk) -> Facts:
    return Facts(
        (
            ("咨询电话", desk.phone or BLANK),
            ("投诉电话", desk.complaint_phone or BLANK),
            ("窗口地址", desk.address or BLANK),
        )
    )
