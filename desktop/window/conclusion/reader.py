"""The reader: an official text in the drawer, opened at a clause, which stands behind a bar with its heading in bold."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextBrowser, QVBoxLayout, QWidget

from desktop.policy.law.official_text import Paragraph, paragraphs
from desktop.policy.law.passages import Passage, locate
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.labels import prose
from desktop.window.theme import space

BAR = 3  # pixels
LINE_HEIGHT = 115.0  # percent
HEADING = re.compile(r".{1,30}?[。.；;：:]|.{1,30}$|.*?[）)条、]")


class TextPages(QTextBrowser):
    """Paragraphs, scrolling inside; arrows and page keys turn them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "reader")
        self.setOpenLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.document().setDocumentMargin(space(4))
        self.passage: Passage | None = None

    def show_text(self, text: Sequence[Paragraph], passage: Passage | None) -> None:
        """Shows a text at its passage; from its beginning, where there is none."""
        self.passage = passage
        self.setPlainText("\n".join(paragraph.text for paragraph in text))
        apart = QTextBlockFormat()
        apart.setBottomMargin(space(2))
        apart.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(apart)
        if passage is not None and text[passage.first].heading is not None:
            self._embolden(passage.first, text[passage.first].text)
        self._reveal()

    def _embolden(self, place: int, text: str) -> None:
        heading = HEADING.match(text)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Medium)
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        for _ in heading[0] if heading else "":
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(bold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wraps anew, with the passage still in view."""
        super().resizeEvent(event)
        self._reveal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The passage stands on the ground's colour, behind a bar."""
        area, colours = self.passage_area(), QApplication.palette()
        painter = QPainter(self.viewport())
        painter.fillRect(area, colours.window())
        painter.fillRect(area.x(), area.y(), BAR, area.height(), colours.highlight())
        painter.end()
        super().paintEvent(event)

    def passage_area(self) -> QRect:
        """Where the passage lies in the viewport; empty where there is none."""
        if self.passage is None:
            return QRect()
        top, bottom = self._top_of(self.passage.first), self._top_of(self.passage.last + 1)
        inside = self.viewport().width() - 2 * space(1)
        return QRect(space(1), top - self.verticalScrollBar().value(), inside, bottom - top)

    def _top_of(self, place: int) -> int:
        """Where a paragraph begins, in pixels from the top of the whole text; its end, where it is past the last."""
        layout, document = self.document().documentLayout(), self.document()
        if place >= document.blockCount():
            return round(layout.documentSize().height())
        return round(layout.blockBoundingRect(document.findBlockByNumber(place)).top()) - space(1)

    def _reveal(self) -> None:
        top = 0 if self.passage is None else self._top_of(self.passage.first)
        self.verticalScrollBar().setValue(top - space(1))


class Reader(QWidget):
    """The text, and above it what a reader must know where it lacks the clause itself."""

    def __init__(self) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, space(2), 0)
        rows.setSpacing(space(2))
        self.note = prose("", "attention")
        self.pages = TextPages()
        rows.addWidget(self.note)
        rows.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)

    def show_clause(self, text: str, cite: str, doubt: str) -> None:
        """Opens a text at a citation; a ``doubt`` about the text stands above it."""
        parts = paragraphs(text)
        passage = locate(parts, cite)
        self.note.setText(on_screen(doubt + _lacking(passage, cite)))
        self.note.setVisible(bool(self.note.text()))
        self.pages.setAccessibleName(f"原文 {cite}")
        self.pages.show_text(parts, passage)
        self.pages.setFocus(Qt.FocusReason.PopupFocusReason)


def _lacking(passage: Passage | None, cite: str) -> str:
    if passage is None:
        return f"附上的原文中没有找到{cite}，请从头查看。"
    return "" if passage.cite == cite else f"附上的原文中没有单独找到{cite}，下面标出的是{passage.cite}。"
