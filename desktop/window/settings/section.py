"""One section of the settings: its title, what is in the way, and its parts, scrolling inside."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.clerks import Clerk, require
from desktop.domain.problems import Problem
from desktop.window.conclusion.trouble import Trouble
from desktop.window.labels import pixels, prose
from desktop.window.theme import space

LAID_OUT = 20  # milliseconds until what has changed has its place
BENEATH = 44  # pixels at 11 pt of two lines beneath a field


class Section(QFrame):
    """Whoever comes here sees what is so now: ``reload`` reads it."""

    said = Signal(str, object)  # a sentence for the status line, and what undoes it

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.trouble = Trouble()
        inside = QWidget()
        inside.setProperty("role", "inside")
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(0, 0, space(2), 0)
        self.rows.setSpacing(space(3))
        self.head = QHBoxLayout()
        self.head.addWidget(prose(title, "section"), 1)
        self.rows.addLayout(self.head)
        self.rows.addWidget(prose(about, "second"))
        self.rows.addWidget(self.trouble)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._opened: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_opened)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what is so now."""
        super().showEvent(event)
        self.trouble.clear()
        self.reload()

    def reload(self) -> None:
        """Reads what is so; a section that only asks has nothing to read."""

    def reveal(self, part: QWidget) -> None:
        """Scrolls to a part that has just come to be, or about which something is said, once all has its place."""
        self._opened = part
        self._soon.start(LAID_OUT)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Whatever brings the keyboard to a field brings the field into view, with what is said beneath it."""
        if now is not None and self._scroll.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, pixels(BENEATH))

    def _show_opened(self) -> None:
        if self._opened is not None:
            self._scroll.ensureWidgetVisible(self._opened, 0, space(2))


def why_not(clerk: Clerk, right: str) -> str:
    """Who may, in a sentence; empty where this clerk may."""
    try:
        require(clerk, right)
    except Problem as problem:
        return f"{problem.what}{problem.remedy}"
    return ""
