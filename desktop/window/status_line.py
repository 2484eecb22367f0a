"""The line at the foot of the window: what is so, what just happened, and for ten seconds the way back."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.window.labels import label, pixels
from desktop.window.theme import PIXELS, dress, space

SECONDS = 10
UNDO, REDO = "撤销（Ctrl+Z）", "重做（Ctrl+Y）"


class StatusLine(QFrame):
    """Standing facts at the left, the last sentence at the right with its undo."""

    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self.setFixedHeight(pixels(PIXELS["status"]))
        across = QHBoxLayout(self)
        across.setContentsMargins(space(3), 0, space(3), 0)
        across.setSpacing(space(4))
        self._facts = label("离线可用", "second")
        self.sentence = label("", "second")
        self.sentence.setMinimumWidth(1)  # a long sentence is cut; it never widens the window
        self.undo = QPushButton(UNDO)
        self.undo.setProperty("role", "status-action")
        self.undo.setAutoDefault(True)
        self.undo.clicked.connect(self.take_back)
        across.addWidget(self._facts)
        across.addStretch(1)
        across.addWidget(self.sentence)
        across.addWidget(self.undo)
        self._way_back: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.clear()

    def say_undone(self, sentence: str, way_back: Callable[[], None] | None) -> None:
        """Says what was undone; the way back does it again, which is not what Ctrl+Z is for."""
        self.say(sentence, way_back)
        self.undo.setText(REDO)

    def show_facts(self, facts: str) -> None:
        """What is so all the time."""
        self._facts.setText(facts)

    def say(self, sentence: str, way_back: Callable[[], None] | None = None, role: str = "second") -> None:
        """Says a sentence for ten seconds; ``way_back`` undoes what it tells of."""
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        dress(self.sentence, role)
        self._way_back = way_back
        self.undo.setText(UNDO)
        self.undo.setVisible(way_back is not None)
        self._timer.start(SECONDS * 1000)

    def take_back(self) -> None:
        """Undoes what the sentence tells of."""
        way_back = self._way_back
        self.clear()
        if way_back is not None:
            way_back()
            self.undone.emit()

    def can_take_back(self) -> bool:
        """Whether there is something to undo."""
        return self._way_back is not None and self.undo.text() == UNDO

    def clear(self) -> None:
        """Says nothing; what was undoable is not any more."""
        self._timer.stop()
        self._way_back = None
        self.sentence.clear()
        self.undo.hide()
