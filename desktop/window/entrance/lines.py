"""One thing that the entrance asks: its label, its field, and the line beneath that says what is so."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.labels import Message, label, pixels
from desktop.window.theme import PIXELS, dress, space


class Line(QWidget):
    """A label at the left of its field, words beneath; Enter goes on."""

    gone_on = Signal()

    def __init__(self, words: str, field: QLineEdit, button: QPushButton | None = None) -> None:
        super().__init__()
        self.field = field
        self.message = Message(space(3))
        self.message.setContentsMargins(0, 2, 0, space(2))
        name = label(words, "label")
        name.setBuddy(field)
        name.setFixedHeight(pixels(PIXELS["control"]))
        name.setFixedWidth(pixels(PIXELS["label"]))
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setAccessibleName(words.partition("(")[0])
        field.setFixedHeight(pixels(PIXELS["control"]))
        field.returnPressed.connect(self.gone_on)
        field.textEdited.connect(lambda: self.say(""))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(space(3))
        across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(field)
        down.addWidget(self.message)
        across.addLayout(down, 1)
        if button is not None:
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, words: str, role: str = "hint") -> None:
        """Says something beneath the field; a fault rims it too."""
        dress(self.message, role)
        self.message.setText(words)
        self.field.setAccessibleDescription(words)
        wrong = role == "fault" and bool(words)
        if bool(self.field.property("wrong")) != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def complain(self, problem: Problem | None) -> bool:
        """Says what is lacking, and whether something is."""
        self.say(f"{problem.what}{problem.remedy}" if problem else "", "fault" if problem else "hint")
        return problem is not None


def chain(lines: Sequence[Line], done: SignalInstance) -> None:
    """Enter leads from each line to the next, and from the last one on."""
    for line, following in pairwise(lines):
        line.gone_on.connect(partial(following.field.setFocus, Qt.FocusReason.TabFocusReason))
    lines[-1].gone_on.connect(done)


def link(words: str, asked: SignalInstance) -> QPushButton:
    """A way elsewhere, lighter than a button."""
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setAutoDefault(True)
    button.clicked.connect(asked)
    return button
