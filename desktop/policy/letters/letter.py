"""A letter: what a notice says, before it has a page; the same words on screen and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.domain.calendar import chinese_day

UNKNOWN = "待补"
UNNUMBERED = "（未编号）"
BLANK = "＿＿＿＿＿＿＿＿"  # a line to fill in by hand


@dataclass(frozen=True, slots=True)
class Desk:
    """Who issues a letter, and when; ``papers``: paper id to ``received``, ``missing``, ``not_needed``, absent: open."""

    office: str
    address: str
    phone: str
    complaint_phone: str
    number: str
    day: date
    papers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a part; level 2 opens a part of a part."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``indent`` opens it with two characters of space, as official papers do."""

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that nobody may overlook; it stands in a frame."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values side by side."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles; ``right`` names the columns of amounts, ``widths`` are shares of the line."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """What is typed from paper: groups of characters, large, on a line of their own."""

    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs, left to right; each with a line for the name and one for the date."""

    labels: tuple[str, ...]


Part = Heading | Paragraph | Remark | Code | Facts | Table | Signatures


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice: its office, title and number, its parts, and the day it was issued."""

    kind: str
    office: str
    title: str
    number: str
    parts: tuple[Part, ...]
    issued: date

    @property
    def number_line(self) -> str:
        """The number under the title."""
        return f"编号：{self.number}"

    @property
    def day(self) -> str:
        """The day it was issued, as it stands on paper."""
        return chinese_day(self.issued)


DATE_HERE = "年　　月　　日"


def letter_text(letter: Letter) -> str:
    """The letter as plain text: every word of its pages, in their order."""
    parts = (f"\n{_text(part)}" for part in letter.parts)
    return "\n".join((letter.office, letter.title, letter.number_line, *parts, "", letter.office, letter.day, ""))


def _text(part: Part) -> str:
    match part:
        case Heading():
            return f"{'#' * part.level} {part.text}"
        case Remark() | Code():
            return f"! {part.text}"
        case Paragraph():
            return part.text
        case Facts():
            return "\n".join(map(" | ".join, part.rows))
        case Table():
            return "\n".join(map(" | ".join, (part.titles, *part.rows)))
        case Signatures():
            return "\n".join(
                (" | ".join(f"{label}：" for label in part.labels), " | ".join(DATE_HERE for _ in part.labels))
            )
