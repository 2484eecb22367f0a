"""What stands in the way, on the page itself: a sentence, and a link to each field that it needs."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.problems import Fault, Problem, Refused
from desktop.window.conclusion.whereabouts import about
from desktop.window.labels import prose
from desktop.window.theme import dress, space

MOST = 6  # links at once; the others follow when these are done


class Trouble(QFrame):
    """Empty and out of sight while nothing is in the way."""

    path_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(space(1))
        self.words = prose("", "attention")
        self._rows.addWidget(self.words)
        self.links: list[QPushButton] = []
        self.hide()

    def clear(self) -> None:
        """Nothing is in the way."""
        self._say("", "attention", ())

    def tell(self, words: str) -> None:
        """Says that something is done."""
        self._say(words, "pass", ())

    def show_problem(self, problem: Problem) -> None:
        """Says what is so and what to do."""
        self._say(f"{problem.what}{problem.remedy}", "fail", ())

    def show_refused(self, refused: Refused, words: str) -> None:
        """Says what cannot be done yet, with a link to each field that stands in the way."""
        self._say(words, "attention", refused.faults)

    def _say(self, words: str, role: str, faults: tuple[Fault, ...]) -> None:
        for link in self.links:
            self._rows.removeWidget(link)
            link.deleteLater()
        self.words.setText(words)
        dress(self.words, role)
        self.links = [self._link(fault) for fault in faults[:MOST]]
        self.setVisible(bool(words))

    def _link(self, fault: Fault) -> QPushButton:
        link = QPushButton(f"{about(fault.path)}{fault.what}")
        link.setToolTip(fault.remedy)
        link.setProperty("role", "link")
        link.setAutoDefault(True)
        link.clicked.connect(partial(self.path_asked.emit, fault.path))
        self._rows.addWidget(link)
        return link
