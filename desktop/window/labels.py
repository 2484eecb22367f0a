"""What stands still on screen: lines, prose and messages, all plain text whatever they hold."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy

from desktop.window.theme import SMALLEST_PT, scaled


def pixels(at_eleven: float) -> int:
    """Pixels that hold text, at the size the window is set in."""
    return scaled(at_eleven, max(SMALLEST_PT, QApplication.font().pointSizeF()))


def label(text: str, role: str) -> QLabel:
    """A line in a role of the style sheet."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def prose(text: str, role: str) -> QLabel:
    """Words in a role of the style sheet, on as many lines as they take."""
    made = label(text, role)
    made.setWordWrap(True)
    return made


class Message(QLabel):
    """A line beneath a field or a row; empty, it is the gap to what follows.

    It sees to its height itself: layouts within a scroll area do not follow words that wrap.
    """

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self.setWordWrap(True)
        self._fit()

    def setText(self, text: str) -> None:
        """Says something else, in the height that it takes."""
        if text != self.text():
            super().setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        # A label that wraps asks for a height by its width again at every text.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(0)  # what a label is said to need is never less than its minimum
        self.setFixedHeight(max(self._gap, self.heightForWidth(self.width())) if self.text() else self._gap)


class OneLine(QLabel):
    """A line that is cut with an ellipsis where it does not fit; the tool tip has it whole."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.whole = ""

    def show_line(self, text: str) -> None:
        """Shows a line."""
        self.whole = text
        self.setToolTip(text)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as the whole line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.whole) + 1, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cuts anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, max(1, self.width())))
