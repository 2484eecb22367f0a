"""查阅记录: for the applicant, who looked at, printed or exported the case, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.domain.calendar import chinese_day
from desktop.domain.case import MATTERS, Case
from desktop.domain.clerks import ROLES
from desktop.policy.letters.applicant import applicant_of, id_shown
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

DEEDS = {"opened": "查看", "printed": "打印", "exported": "导出"}
LAW = "《中华人民共和国个人信息保护法》"


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody saw the case: who, by name and role (one of ROLES), and what they did; ``subject``: which paper, or ''."""

    at: datetime
    name: str
    role: str
    deed: Literal["opened", "printed", "exported"]
    subject: str = ""


def access_list_letter(case: Case, accesses: tuple[Access, ...], desk: Desk) -> Letter:
    """Everybody who saw the case at this window, in the order of time (个人信息保护法 第四十四条, 第四十五条).

    Raises:
        Refused: where the case has no applicant, or the applicant no name.
    """
    name = applicant_of(case).name
    return Letter(
        kind="access_list",
        office=desk.office,
        title="查阅记录",
        number=desk.number or UNNUMBERED,
        parts=(
            Paragraph(f"{name}：", indent=False),
            Paragraph("现将本窗口在程序中查看、打印和导出您的案卷的情况告知如下。"),
            _application(case, accesses),
            Heading("一、查阅情况"),
            *_rows(sorted(accesses, key=lambda one: one.at)),
            Heading("二、您的权利"),
            Paragraph(
                f"{LAW}规定，您有权知道个人信息如何处理（第四十四条），有权查阅、复制（第四十五条），"
                "法律、行政法规另有规定的除外；发现不准确、不完整的，有权要求更正、补充（第四十六条）。"
            ),
            Paragraph("本单不包括纸质案卷的查阅，也不包括上报后其他部门的查阅。"),
            Heading("三、询问与投诉"),
            Paragraph("对其中某次查阅有疑问的，请告诉本窗口，由窗口负责人查明后答复您。"),
            _contact(desk),
            Signatures(("经办人", "申请人（代办人）签收")),
        ),
        issued=desk.day,
    )


def _application(case: Case, accesses: tuple[Access, ...]) -> Facts:
    applicant = applicant_of(case)
    return Facts(
        (
            ("申请人", applicant.name or ""),
            ("身份证号", id_shown(applicant)),
            ("申请事项", MATTERS[case.matter]),
            ("受理编号", case.case_no or UNNUMBERED),
            ("查阅次数", _times(accesses)),
        )
    )


def _times(accesses: tuple[Access, ...]) -> str:
    """How many times, and from when to when."""
    if not accesses:
        return "没有"
    first, last = (chinese_day(pick(one.at.date() for one in accesses)) for pick in (min, max))
    return f"{len(accesses)} 次，{first if first == last else f'{first}至{last}'}"


def _rows(accesses: list[Access]) -> Iterator[Part]:
    if not accesses:
        yield Paragraph("没有查看、打印或导出的记录。")
        return
    rows = tuple(
        (str(place), f"{one.at:%Y-%m-%d %H:%M}", one.name, ROLES[one.role], _deed(one))
        for place, one in enumerate(accesses, 1)
    )
    yield Table(("序号", "时间", "姓名", "岗位", "操作"), rows, (13, 35, 28, 20, 60))


def _deed(access: Access) -> str:
    return f"{DEEDS[access.deed]}{access.subject or '案卷'}"


def _contact(desk: Desk) -> Facts:
    return Facts(
        (
            ("询问电话", desk.phone or BLANK),
            ("投诉电话", desk.complaint_phone or BLANK),
            ("窗口地址", desk.address or BLANK),
        )
    )
