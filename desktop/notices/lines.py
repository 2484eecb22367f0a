"""Breaking Chinese text into lines: numbers and words stay whole, and no line begins with closing punctuation.

As GB/T 15834 has it: closing marks never begin a line, opening ones never end one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OPENING = "（〔［【｛《〈「『“‘([{"
CLOSING = "，。、；：！？）〕］】｝》〉」』”’…—～·％,.;:!?)]}%"
WORD = r"[!-'*-Z\\^-z|~]+"  # printable ASCII but for its brackets
# A unit is what never breaks: what opens, then a word or one character, then what closes; an amount keeps its 元.
UNIT = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[−×÷+] )?(?:{WORD}(?: ?[元人笔项个年月日])?|.)[{re.escape(CLOSING)}]*", re.DOTALL
)
BLANKS = " \u3000"
SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its width in points, and whether it ends its paragraph."""

    text: str
    width: float
    last: bool


def break_lines(text: str, measure: Measure, first: float, others: float) -> tuple[Line, ...]:
    """The text in lines no wider than ``first`` and ``others`` points; a unit wider than a line is cut by characters."""
    lines: list[Line] = []
    current, used = "", 0.0
    for unit in _units(text):
        room = others if lines else first
        width = measure(unit)
        if used + measure(unit.rstrip(BLANKS)) <= room:
            current, used = current + unit, used + width
            continue
        for piece in _pieces(unit, measure, min(first, others)):
            if current.strip(BLANKS):
                lines.append(_line(current, measure))
            current, used = piece, measure(piece)
    lines.append(_line(current, measure))
    lines[-1] = Line(lines[-1].text, lines[-1].width, last=True)
    return tuple(lines)


def _line(text: str, measure: Measure) -> Line:
    stripped = text.strip(BLANKS)
    return Line(stripped, measure(stripped), last=False)


def _units(text: str) -> Iterator[str]:
    yield from UNIT.findall(SPACES.sub(" ", text.strip()))


def _pieces(unit: str, measure: Measure, room: float) -> Iterator[str]:
    """The unit, or its characters packed into lines where it is wider than one."""
    if measure(unit) <= room:
        yield unit
        return
    piece = ""
    for character in unit:
        if piece and measure(piece + character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece
