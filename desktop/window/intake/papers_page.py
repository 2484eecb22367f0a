"""The papers that the matter asks for, as a checklist: received, still to come, or not needed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.policy.law.shown_rules import Paper
from desktop.window.answers.choices import SegmentField
from desktop.window.answers.entry import press_tab
from desktop.window.labels import label, pixels
from desktop.window.theme import space

STATES: dict[object, str] = {"received": "已收", "missing": "待补", "not_needed": "不需要"}


class PapersPage(QWidget):
    """One line a paper, with the clause that asks for it."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._wanted: tuple[Paper, ...] = ()
        self.fields: dict[str, SegmentField] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        head = QHBoxLayout()
        self._count = label("", "second")
        head.addWidget(label("材料", "title"))
        head.addSpacing(space(3))
        head.addWidget(self._count, 1)
        down.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        down.addWidget(self._scroll, 1)

    def want(self, papers: Iterable[Paper], document: str) -> None:
        """Lists the papers of a matter."""
        wanted = tuple(papers)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.fields = {paper.id: self._field(paper) for paper in wanted}
        self._scroll.setWidget(self._checklist(document))

    def show_papers(self, states: dict[str, str]) -> None:
        """Shows each paper's state."""
        for paper_id, field in self.fields.items():
            field.show_value(states.get(paper_id))
        counts = {name: sum(states.get(one) == state for one in self.fields) for state, name in STATES.items()}
        still = len(self.fields) - sum(counts.values())
        said = [f"{name} {count} 件" for name, count in (*counts.items(), ("未核", still)) if count]
        self._count.setText("　".join(said))

    def focus_first(self) -> None:
        """Brings the keyboard to the first paper that nobody looked at."""
        for field in self.fields.values():
            if field.value() is None:
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        for field in self.fields.values():
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def _field(self, paper: Paper) -> SegmentField:
        field = SegmentField(STATES, blank="未核")
        field.setObjectName(f"papers.{paper.id}")
        field.setAccessibleName(paper.name)
        field.setFixedHeight(pixels(34))
        field.edited.connect(lambda value: self.edited.emit(paper.id, value))
        field.gone_on.connect(lambda: press_tab(field))
        return field

    def _checklist(self, document: str) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(space(4), space(3), space(4), space(3))
        grid.setHorizontalSpacing(space(6))
        grid.setVerticalSpacing(space(3))
        for row, paper in enumerate(self._wanted):
            name = label(paper.name, "body")
            name.setBuddy(self.fields[paper.id])
            clause = label(f"{document} {paper.source.cite}", "second")
            clause.setToolTip(f"条款 {paper.source.clause}")
            grid.addWidget(name, row, 0)
            grid.addWidget(clause, row, 1)
            grid.addWidget(self.fields[paper.id], row, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        inside = QWidget()
        inside.setProperty("role", "inside")
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        down.addStretch(1)
        return inside
