"""A step in the drawer: its formula, its value and the clause behind it, with the way to the official text."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.policy.law.shown_rules import Clause
from desktop.policy.steps import Step
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.conclusion.reader import BAR
from desktop.window.labels import label, prose
from desktop.window.theme import space


@dataclass(frozen=True, slots=True)
class Law:
    """What stands behind steps: a document's clauses by id, and its official text.

    ``note`` says why there is none, or what a reader of it must know; ``above`` are the clauses of the documents above.
    """

    document: str
    clauses: Mapping[str, Clause]
    text: str | None
    note: str
    above: Mapping[str, Clause]


def link_button(words: str) -> QPushButton:
    """A button that reads as a link; Enter opens it as well as Space."""
    link = QPushButton(words)
    link.setProperty("role", "link")
    link.setAutoDefault(True)
    return link


class Gist(QWidget):
    """What a clause says, in our own words; from here its official text opens, where it is attached."""

    def __init__(self, clause: Clause, law: Law) -> None:
        """``law``: the clause's own document, or one beneath it, which quotes it and whose text does not hold it."""
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(3), space(2), space(3), space(2))
        self.words = prose(clause.gist, "body")
        rows.addWidget(self.words)
        self.original: QPushButton | None = None
        if clause.id not in law.clauses:
            return
        if law.text is None:
            rows.addWidget(prose(law.note, "second"))
            return
        self.original = link_button("查看原文")
        self.original.setAccessibleName(f"查看原文 {clause.cite}")
        rows.addWidget(self.original, 0, Qt.AlignmentFlag.AlignRight)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stands on the ground's colour, behind a bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.fillRect(0, 0, BAR, self.height(), self.palette().highlight())
        painter.end()


class StepRow(QWidget):
    """One step: what it finds, how, to which value; its clause opens beneath."""

    def __init__(self, place: int, step: Step, law: Law) -> None:
        super().__init__()
        cells = QGridLayout(self)
        cells.setContentsMargins(0, space(2), 0, space(2))
        cells.setVerticalSpacing(0)
        cells.setColumnStretch(0, 1)
        value = on_screen(step.value_text or "暂缺")
        self.setAccessibleName(f"{step.label} {value}：{on_screen(step.formula)}")
        right, top = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop
        cells.addWidget(prose(f"{place}  {step.label}", "body"), 0, 0)
        cells.addWidget(label(value, "figure"), 0, 1, right | top)
        formula = prose(on_screen(step.formula), "second")
        formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cells.addWidget(formula, 1, 0)
        self.cite = step.source.cite
        clause = law.clauses.get(step.source.clause) or law.above.get(step.source.clause)
        self.gist = None if clause is None else Gist(clause, law)
        self.link = None if self.gist is None else self._open_link(self.gist)
        if self.gist is None or self.link is None:
            cells.addWidget(prose(step.source.cite, "second"), 1, 1, right | top)
            return
        cells.addWidget(self.link, 1, 1, right | top)
        cells.addWidget(self.gist, 2, 0, 1, 2)
        self.gist.hide()

    def _open_link(self, gist: Gist) -> QPushButton:
        link = link_button(f"{self.cite} ▼")
        link.setCheckable(True)
        link.setAccessibleName(f"依据 {self.cite}")
        link.toggled.connect(gist.setVisible)
        link.toggled.connect(lambda unfolded: link.setText(f"{self.cite} {'▲' if unfolded else '▼'}"))
        return link
