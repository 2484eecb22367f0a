"""A sealed result on screen, word for word; Esc or its button closes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.window.history.sealed_text import sealed_letter
from desktop.window.labels import label
from desktop.window.paper.letter_view import LetterView
from desktop.window.theme import space
from desktop.work.sealed_results import SealedResult


class SealedView(QFrame):
    """What was sealed, to read."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(6), space(4), space(6), space(4))
        rows.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label("封存的测算结果", "title"), 1)
        close = QPushButton("关闭 Esc")
        close.setAutoDefault(True)
        close.clicked.connect(self.closed)
        head.addWidget(close)
        rows.addLayout(head)
        self.letter = LetterView()
        rows.addWidget(self.letter, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_sealed(self, sealed: SealedResult) -> None:
        """Shows a sealed result."""
        self.letter.show_letter(sealed_letter(sealed))
        self.letter.verticalScrollBar().setValue(0)
