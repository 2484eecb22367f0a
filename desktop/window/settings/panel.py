"""A small form that opens in place: Enter after its last field does it, Esc puts it away."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.window.conclusion.trouble import Trouble
from desktop.window.labels import pixels, prose
from desktop.window.settings.asked import Asked
from desktop.window.tasks import Tasks
from desktop.window.theme import PIXELS, space

T = TypeVar("T")


class Panel(QFrame):
    """Out of sight until it is opened; what was typed goes when it is put away, and never before."""

    wanted = Signal()
    closed = Signal()

    def __init__(self, verb: str, asked: Asked, about: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.asked = asked
        self.title, self.trouble = prose("", "figure"), Trouble()
        self.go, self.stop = QPushButton(verb), QPushButton("取消（Esc）")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(4), space(3), space(4), space(3))
        rows.setSpacing(space(2))
        rows.addWidget(self.title)
        if about:
            rows.addWidget(prose(about, "second"))
        rows.addWidget(self.trouble)
        rows.addWidget(asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        buttons.addSpacing(pixels(PIXELS["label"]) + space(3))
        for button, asks in ((self.go, self.wanted), (self.stop, self.put_away)):
            button.setAutoDefault(True)
            button.clicked.connect(asks)
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self.go.setProperty("role", "primary")
        asked.finished.connect(self.wanted)
        self.hide()

    def open(self, title: str, values: Mapping[str, object]) -> None:
        """Opens with some values, the keyboard in the first field."""
        self.title.setText(title)
        self.asked.show_values(values)
        self.show()
        self.asked.focus_first()

    def put_away(self) -> None:
        """Goes out of sight, empty."""
        if self.isHidden():
            return
        self.asked.clear()
        self.trouble.clear()
        self.hide()
        self.closed.emit()

    def run(self, tasks: Tasks, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Does what is wanted; puts itself away where that went well, else says at the fields what did not."""
        self.trouble.clear()
        self.asked.run(tasks, work, partial(self._done, then), self.trouble.show_problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _done(self, then: Callable[[T], None], result: T) -> None:
        self.put_away()
        then(result)
