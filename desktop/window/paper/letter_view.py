"""A letter on the screen: the words of its pages, without the paper."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser

from desktop.policy.letters.letter import Code, Facts, Heading, Letter, Paragraph, Part, Remark, Signatures, Table
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.theme import space

SHORT = 10  # characters
CELL = 'style="padding: 4px 8px 4px 0"'


class LetterView(QTextBrowser):
    """Shows a letter's parts; its signatures and furniture belong to paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(space(4))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_letter(self, letter: Letter) -> None:
        """Shows another letter, from where the last one was read."""
        height = self.verticalScrollBar().value()
        self.setAccessibleName(letter.title)
        self.setHtml(letter_html(letter, QApplication.palette().placeholderText().color().name()))
        self.verticalScrollBar().setValue(height)


def letter_html(letter: Letter, second: str) -> str:
    """A letter's parts as the small HTML that Qt reads; ``second`` is the colour of what stands back."""
    # Kept as they are: Qt would make an ordinary space of a narrow one, and break amounts there.
    return f'<div style="white-space: pre-wrap">{"".join(_part(part, second) for part in letter.parts)}</div>'


def _part(part: Part, second: str) -> str:
    match part:
        case Heading():
            return f'<p style="margin: 16px 0 4px 0; font-weight: 500">{_said(part.text)}</p>'
        case Paragraph():
            return f'<p style="margin: 4px 0">{_said(part.text)}</p>'
        case Remark() | Code():
            look = f"color: {second}" if isinstance(part, Remark) else "font-size: x-large"
            return f'<p style="margin: 4px 0; {look}">{_said(part.text)}</p>'
        case Facts():
            return _facts(part, second)
        case Table():
            return _table(part, second)
        case Signatures():
            return ""


def _facts(part: Facts, second: str) -> str:
    rows = "".join(
        f'<tr><td {CELL}><span style="color: {second}">{_said(name)}</span></td><td {CELL}>{_said(value)}</td></tr>'
        for name, value in part.rows
    )
    return f'<table cellspacing="0">{rows}</table>'


def _table(part: Table, second: str) -> str:
    whole = sum(part.widths)
    cells = "".join(
        f'<td {CELL} width="{width * 100 // whole}%" align="{_side(part, place)}">'
        f'<span style="color: {second}">{_said(title)}</span></td>'
        for place, (title, width) in enumerate(zip(part.titles, part.widths, strict=True))
    )
    rows = "".join(f"<tr>{_row(part, row)}</tr>" for row in part.rows)
    return f'<table width="100%" cellspacing="0"><tr>{cells}</tr>{rows}</table>'


def _row(part: Table, row: tuple[str, ...]) -> str:
    return "".join(
        f'<td {CELL} align="{_side(part, place)}">{_short(text) if len(text) <= SHORT else _said(text)}</td>'
        for place, text in enumerate(row)
    )


def _short(text: str) -> str:
    """A clause, a verdict, an amount: on one line."""
    return f'<p style="white-space: pre; margin: 0">{_said(text)}</p>'


def _side(part: Table, place: int) -> str:
    return "right" if place in part.right else "left"


def _said(text: str) -> str:
    return escape(on_screen(text)).replace("\n", "<br>")
