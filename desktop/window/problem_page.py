"""What keeps the program from starting, on a page of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.labels import label
from desktop.window.theme import space


class ProblemPage(QWidget):
    """A problem in two sentences, and the way out."""

    closed = Signal()

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.setProperty("role", "page")
        down = QVBoxLayout(self)
        down.setContentsMargins(space(8), space(8), space(8), space(6))
        down.setSpacing(space(3))
        down.addWidget(label("现在还不能打开", "title"))
        for sentence, role in ((problem.what, "body"), (problem.remedy, "second")):
            line = label(sentence, role)
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            down.addWidget(line)
        down.addStretch(1)
        close = QPushButton("关闭")
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.closed)
        down.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
