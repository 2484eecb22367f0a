"""The conclusion beside the work: verdict, benefit, what is missing; always in view, at every key stroke."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.conclusion.drawer import Drawer
from desktop.window.conclusion.entries import Figure, Head, Section
from desktop.window.conclusion.figure_row import FigureRow
from desktop.window.conclusion.figures import MARKS, head_of, sections_of, steps_behind
from desktop.window.conclusion.sections_view import SectionsView
from desktop.window.conclusion.step_row import Law
from desktop.window.labels import pixels, prose
from desktop.window.theme import PIXELS, dress, space
from desktop.work.assessing import Outcome
from desktop.work.office import Office
from desktop.work.official_texts import attached_text, doubt

NOT_ATTACHED = "尚未附上原文，可在左侧「政策」中附上。"


class Badge(QWidget):
    """The verdict's word, with its mark, on its tint."""

    def __init__(self) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(1))
        self._word = prose("", "pass")
        self._more = prose("", "second")
        rows.addWidget(self._word)
        rows.addWidget(self._more)

    def show_head(self, head: Head) -> None:
        """Shows the one answer."""
        self._word.setText(f"{MARKS[head.tint]}  {head.word}")
        dress(self._word, head.tint)
        self._more.setText(head.more)
        self._more.setVisible(bool(head.more))
        self.setAccessibleName(f"结论：{head.word}。{head.more}")


class VerdictStrip(QFrame):
    """The strip at the right of the window: the answer at the head, its reasons beneath, scrolling inside."""

    path_asked = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._outcome: Outcome | None = None
        self._known: dict[str, Figure] = {}
        self._sections: tuple[Section, ...] = ()
        self.drawer: Drawer | None = None  # made when first asked for: it belongs to the whole window
        self.setProperty("role", "strip")
        self.setFixedWidth(pixels(PIXELS["strip"]))
        self.setAccessibleName("结论")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, space(3), 0, 0)
        rows.setSpacing(space(2))
        head = QVBoxLayout()
        head.setContentsMargins(space(4), 0, space(3), 0)
        head.setSpacing(space(2))
        head.addWidget(prose("结论", "section"))
        self._badge = Badge()
        head.addWidget(self._badge)
        rows.addLayout(head)
        self._view = SectionsView()
        self._view.opened.connect(self._open)
        self._view.folded.connect(self._show_sections)
        rows.addWidget(self._view, 1)

    @property
    def figures(self) -> dict[str, FigureRow]:
        """The rows now in the strip, by key."""
        return self._view.rows

    @property
    def folds(self) -> dict[str, QPushButton]:
        """The buttons that unfold a section, by its title."""
        return {title: found.fold for title, found in self._view.titles.items()}

    def forget(self) -> None:
        """Another case: nothing in it has changed yet."""
        self._known = {}
        self._outcome = None

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows what the draft comes to; the figures of a draft with faults are not shown at all."""
        head = head_of(outcome)
        self._badge.setVisible(head is not None)
        if head is not None:
            self._badge.show_head(head)
        self._outcome = outcome
        if self.drawer is not None:
            self.drawer.hide()
        self._sections = sections_of(outcome)
        self._show_sections()

    def _show_sections(self) -> None:
        figures = {figure.key: figure for section in self._sections for figure in section.figures}
        faulty = self._outcome is not None and bool(self._outcome.faults)
        # Against the last figures that held: nothing has changed where there were none.
        changed = {key for key, figure in figures.items() if self._known.get(key) != figure}
        self._view.show_sections(self._sections, changed if self._known and not faulty else set())
        if not faulty:
            self._known = figures

    def _open(self, key: str) -> None:
        row = self.figures[key]
        if row.figure.path:
            self.path_asked.emit(row.figure.path)
        elif row.figure.subjects and self._outcome is not None and self._outcome.assessment is not None:
            law = self._law(self._outcome.assessment.policy)
            self.drawer = self.drawer or Drawer(self)
            parts = steps_behind(self._outcome, row.figure)
            self.drawer.show_steps(self._heading(row.figure), parts, law, row, row.figure.name)

    def _law(self, policy_id: str) -> Law:
        library = self._office.library
        clauses = {clause.id: clause for clause in library.clauses.get(policy_id, ())}
        above = {clause.id: clause for one in library.above(policy_id) for clause in library.clauses.get(one, ())}
        try:
            text = attached_text(self._office, policy_id)
            note = NOT_ATTACHED if text is None else doubt(self._office, policy_id, text)
        except Problem as problem:
            text, note = None, f"{problem.what}{problem.remedy}"
        return Law(library.policies[policy_id].document, clauses, text, note, above)

    @staticmethod
    def _heading(figure: Figure) -> str:
        if figure.role == "key-figure":
            return f"预计救助 {figure.value}"
        return "认定条件的算法" if figure.subjects == ("identification",) else f"{figure.name} {figure.value}"
