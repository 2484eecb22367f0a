"""What is said of two that seem to be one: the line in the case, the heads and the lines of the comparison."""

from dataclasses import dataclass

from desktop.policy.wording import VERDICTS
from desktop.window.questions.told import QUESTIONS, said
from desktop.work.duplicates import Alike, Compared


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A field of both in words."""

    name: str
    here: str
    there: str
    differs: bool


def case_named(one: Alike) -> str:
    """What the other case is called."""
    return one.other.case_no or "未编号的案卷"


def title_of(one: Alike) -> str:
    """What seems to be one: 「同一人 王示例」, 「同一张结算单」."""
    return f"同一人 {one.name or ''}".strip() if one.what == "person" else "同一张结算单"


def line_of(one: Alike) -> str:
    """The one sentence: 「同一人 王示例 也在 2024-0012（成员，石板村）」."""
    who = ("申请人" if one.applicant else "成员") if one.what == "person" else one.name
    where = "，".join(part for part in (who, one.other.village) if part)
    return f"{title_of(one)} 也在 {case_named(one)}" + (f"（{where}）" if where else "")


def about_other(one: Alike) -> str:
    """The other case on one line: whose, from where, of which day, how it ended."""
    other = one.other
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


def _value(field: Compared, value: object) -> str:
    # An identity number comes with its ends alone: it is not masked once more.
    return str(value) if value and field.path.endswith(".id_number") else said(field.path, value, {})
