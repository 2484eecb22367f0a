"""The sheets: running head, foot with number, day and page, and the document's own particulars."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from desktop.notices.composition import compose
from desktop.notices.prose import Prose
from desktop.notices.styles import (
    BOTTOM,
    FIRST_HEIGHT,
    HEIGHT,
    LEFT,
    LINE,
    SMALL,
    SMALL_CENTRE,
    SMALL_RIGHT,
    WIDTH,
    Style,
)
from desktop.notices.typefaces import BODY, Typefaces
from desktop.policy.letters.letter import Letter

FOOT = BOTTOM - 4 * mm
HEAD = BOTTOM + HEIGHT + 5 * mm
TOTAL = "total"  # the form that says of how many pages: known, and drawn, at the end
TOTAL_WIDTH = 13 * mm


def pages_of(letter: Letter, faces: Typefaces) -> bytes:
    """The letter as PDF: no clock, no chance, nothing personal among its particulars.

    Raises:
        Problem: where no face has a character of the letter.
    """
    sheets = BytesIO()
    furniture = Furniture(letter, faces)
    document = BaseDocTemplate(
        sheets,
        pagesize=A4,
        title=letter.title,
        author="",
        creator="",
        producer="",
        lang="zh-CN",
        invariant=1,
        initialFontName=BODY,
    )
    first, others = (Frame(LEFT, BOTTOM, WIDTH, height, 0, 0, 0, 0) for height in (FIRST_HEIGHT, HEIGHT))
    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=furniture.draw, autoNextPageTemplate="others"),
            PageTemplate("others", [others], onPage=furniture.draw),
        ]
    )
    story = [*compose(letter, faces), Total(furniture)]
    document.build(story)
    return sheets.getvalue()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page around the text."""

    letter: Letter
    faces: Typefaces

    def draw(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Head (from the second page on) and foot of a page."""
        page = canvas.getPageNumber()
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(LINE)
        if page > 1:
            canvas.line(LEFT, HEAD, LEFT + WIDTH, HEAD)
            self._place(canvas, self.letter.office, SMALL, LEFT, HEAD + 3, WIDTH - 40 * mm)
            self._place(canvas, self.letter.title, SMALL_RIGHT, LEFT + WIDTH - 38 * mm, HEAD + 3, 38 * mm)
        canvas.line(LEFT, FOOT, LEFT + WIDTH, FOOT)
        under = FOOT - 15
        third = WIDTH / 3
        self._place(canvas, self.letter.number_line, SMALL, LEFT, under, third)
        self._place(canvas, f"打印日期：{self.letter.day}", SMALL_CENTRE, LEFT + third, under, third)
        self._place(canvas, f"第 {page} 页", SMALL_RIGHT, LEFT + 2 * third, under, third - TOTAL_WIDTH)
        canvas.doForm(TOTAL)

    def draw_total(self, canvas: Canvas) -> None:
        """Of how many pages, once for all of them; called on the last one."""
        pages = canvas.getPageNumber()
        canvas.beginForm(TOTAL)
        self._place(canvas, f"共 {pages} 页", SMALL_RIGHT, LEFT + WIDTH - TOTAL_WIDTH, FOOT - 15, TOTAL_WIDTH)
        canvas.endForm()

    def _place(self, canvas: Canvas, text: str, style: Style, left: float, bottom: float, width: float) -> None:
        prose = Prose(text, style, self.faces)
        prose.wrapOn(canvas, width, 0)
        prose.drawOn(canvas, left, bottom)


class Total(Flowable):
    """The letter's end: takes no room, and knows on which page it lies."""

    def __init__(self, furniture: Furniture) -> None:
        super().__init__()
        self._furniture = furniture

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """No room at all."""
        return 0, 0

    def draw(self) -> None:
        """Says how many pages there are."""
        self._furniture.draw_total(self.canv)
