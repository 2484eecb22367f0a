"""What is said of two that seem to be one: the line in the case, the heads and the lines of the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.policy.wording import VERDICTS
from desktop.window.questions.told import QUESTIONS, said
from desktop.work.duplicates import Alike, Compared
from desktop.work.searching import CaseRow

MOST_NAMES = 2
DIFFERS = "≠"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A field of both in words."""

    name: str
    here: str
    there: str
    differs: bool


def case_named(other: CaseRow) -> str:
    """What the other case is called."""
    return other.case_no or "未编号的案卷"


def title_of(one: Alike) -> str:
    """What seems to be one: 「同一人 王示例」, 「同一张结算单」."""
    return f"同一人 {one.name or ''}".strip() if one.what == "person" else "同一张结算单"


def line_of(pairs: Sequence[Alike]) -> str:
    """What another case holds too, in one sentence: 「同一人 王示例 也在 2024-0012（成员，石板村）」."""
    other = pairs[0].other
    people = [one for one in pairs if one.what == "person"]
    bills = len(pairs) - len(people)
    if len(pairs) == 1:
        (one,) = pairs
        role = ("申请人" if one.applicant else "成员") if people else one.name
        return f"{title_of(one)} 也在 {case_named(other)}{_in_brackets(role, other.village)}"
    if not people:
        return f"{bills} 张结算单也在 {case_named(other)}{_in_brackets(other.applicant, other.village)}"
    names = "、".join(one.name or "未填姓名" for one in people[:MOST_NAMES])
    more = f" 等 {len(people)} 人" if len(people) > MOST_NAMES else ""
    too = f"，结算单 {bills} 张相同" if bills else ""
    return f"{names}{more} 也在 {case_named(other)}{_in_brackets(other.village)}{too}"


def about_case(other: CaseRow) -> str:
    """The other case on one line: whose, from where, of which day, how it ended."""
    parts = (
        f"申请人 {other.applicant or '未填姓名'}",
        other.village,
        f"{other.applied_on} 申请" if other.applied_on else None,
        VERDICTS.get(other.verdict, other.verdict) if other.verdict else None,
    )
    return " · ".join(part for part in parts if part)


def lines_of(one: Alike) -> tuple[ComparedLine, ...]:
    """Every field that either case knows."""
    return tuple(
        ComparedLine(QUESTIONS[field.path].label, _value(field, field.here), _value(field, field.there), field.differs)
        for field in one.fields
    )


def differing(one: Alike) -> str:
    """Which fields differ, in one sentence."""
    names = [line.name for line in lines_of(one) if line.differs]
    return f"{DIFFERS} 不同：{'、'.join(names)}" if names else "所填没有不同"


def _value(field: Compared, value: object) -> str:
    # An identity number comes with its ends alone: it is not masked once more.
    return str(value) if value and field.path.endswith(".id_number") else said(field.path, value, {})


def _in_brackets(*words: str | None) -> str:
    told = "，".join(word for word in words if word)
    return f"（{told}）" if told else ""
