"""A block of text on the page: broken into lines our way, spread to the margin, drawn run by run."""

from dataclasses import replace

from reportlab.platypus import Flowable

from desktop.notices.lines import Line, break_lines
from desktop.notices.styles import Style
from desktop.notices.typefaces import Typefaces

ASCENT = 0.88  # of the size: where the baseline lies in the square of a Chinese character
MOST_SPREAD = 2.5  # characters' worth of room at a line's end that is spread out; more looks torn
FEWEST_LINES = 2  # of a block on either side of a page break


class Prose(Flowable):
    """Text in one style."""

    def __init__(self, text: str, style: Style, faces: Typefaces, lines: tuple[Line, ...] = ()) -> None:
        super().__init__()
        self._text, self._style, self._faces = text, style, faces
        self._lines, self._given = lines, bool(lines)
        self.spaceBefore, self.spaceAfter = style.before, style.after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Breaks the text into lines of the width, and says how much room they take."""
        style = self._style
        if not self._given and (not self._lines or self.width != width):
            self._lines = break_lines(self._text, self._measure, width - style.indent * style.size, width)
        self.width, self.height = width, len(self._lines) * style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two blocks at a page break; none where too few lines would stay together."""
        self.wrap(width, height)
        fit = min(int(height / self._style.leading + 0.001), len(self._lines) - FEWEST_LINES)
        if fit < FEWEST_LINES:
            return []
        rest = replace(self._style, indent=0, before=0)
        return [
            Prose(self._text, replace(self._style, after=0), self._faces, self._lines[:fit]),
            Prose(self._text, rest, self._faces, self._lines[fit:]),
        ]

    def draw(self) -> None:
        """Draws the lines, the first one at the top."""
        style = self._style
        baseline = self.height - (style.leading - style.size) / 2 - ASCENT * style.size
        for place, line in enumerate(self._lines):
            indent = 0 if place else style.indent * style.size
            self._draw_line(line, indent, baseline - place * style.leading)

    def _draw_line(self, line: Line, indent: float, baseline: float) -> None:
        style, slack = self._style, self.width - indent - line.width
        left = {"right": slack, "centre": slack / 2}.get(style.align, 0)
        spread = style.align == "spread" and not line.last and 0 < slack < MOST_SPREAD * style.size
        pen = self.canv.beginText(indent + left, baseline)
        pen.setCharSpace(slack / max(1, len(line.text) - 1) if spread else 0)
        for run in self._faces.runs(style.face, line.text):
            pen.setFont(run.face, style.size)
            pen.textOut(run.text)
        self.canv.drawText(pen)

    def _measure(self, text: str) -> float:
        return self._faces.width(self._style.face, text, self._style.size)
