"""How everything on a page stands: sizes in points after GB/T 9704, which office printers and readers expect."""

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from desktop.notices.typefaces import BODY, TITLE


@dataclass(frozen=True, slots=True)
class Style:
    """How a block of text stands: ``indent`` in characters; ``spread`` reaches both margins."""

    face: str
    size: float
    leading: float
    align: Literal["left", "right", "centre", "spread"] = "left"
    indent: int = 0
    before: float = 0
    after: float = 0


# The sheet: the left margin is for the binding, the text's width is the standard's.
LEFT, BOTTOM = 28 * mm, 22 * mm
WIDTH, HEIGHT = 156 * mm, 249 * mm
FIRST_HEIGHT = HEIGHT + 7 * mm  # no running head there
LINE, FRAME, TINT = HexColor("#8A929A"), HexColor("#3A4148"), HexColor("#F1F3F5")

LETTERHEAD = Style(TITLE, 15, 22, "centre", after=4)
HEADLINE = Style(TITLE, 20, 28, "centre", before=8)
NUMBER = Style(BODY, 10.5, 16, "right", after=4)
HEADINGS = {1: Style(TITLE, 12.5, 19, before=8, after=4), 2: Style(TITLE, 10.5, 16, before=8, after=3)}
TEXT = Style(BODY, 12, 20, "spread", after=2)
INDENTED = Style(BODY, 12, 20, "spread", indent=2, after=2)
CODE = Style(TITLE, 17, 30, "centre", before=6, after=6)
REMARK = Style(TITLE, 11, 18, "spread")
CELL, AMOUNT = Style(BODY, 10, 14.5), Style(BODY, 10, 14.5, "right")
CELL_TITLE, AMOUNT_TITLE = Style(TITLE, 9.5, 14.5), Style(TITLE, 9.5, 14.5, "right")
SIGN, SIGNED = Style(BODY, 12, 19), Style(BODY, 12, 19, "right")
SMALL, SMALL_CENTRE, SMALL_RIGHT = (
    Style(BODY, 9, 13),
    Style(BODY, 9, 13, "centre"),
    Style(BODY, 9, 13, "right"),
)
