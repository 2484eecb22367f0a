"""The quiet strip in an open case that tells of the same person or settlement in another one; it never stands in the way."""

from collections.abc import Hashable
from copy import deepcopy
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.edits import Tree
from desktop.domain.problems import Problem
from desktop.window.intake.alike_words import case_named, line_of
from desktop.window.intake.side_by_side import SideBySide
from desktop.window.labels import label
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.duplicates import Alike, acknowledge, alike, marks_of
from desktop.work.office import Office

REST_MILLISECONDS = 300  # typing goes on: a name that is half typed is like nobody's
MOST = 2  # lines at once; the others when asked for
PADDING = 4  # steps of space on both sides of a line's words


class LineLink(QPushButton):
    """A line that opens a comparison; it is cut where it does not fit, and whole in its tip."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.whole = words
        self.setProperty("role", "link")
        self.setAutoDefault(True)
        self.setToolTip(words)
        self.setAccessibleName(f"{words}，按回车对照")

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as the whole line."""
        width = self.fontMetrics().horizontalAdvance(self.whole) + space(PADDING)
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cuts anew."""
        super().resizeEvent(event)
        room = self.width() - space(PADDING)
        self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, max(1, room)))


class AlikePanel(QFrame):
    """Out of sight while nothing is alike. The comparison opens over ``anchor``."""

    case_asked = Signal(str)
    said = Signal(str, object)  # a sentence for the status line, and what undoes it (None: nothing does)

    def __init__(self, office: Office, tasks: Tasks, anchor: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self.setAccessibleName("可能重复")
        self._office, self._tasks, self._anchor = office, tasks, anchor
        self._case_id = ""
        self._draft: Tree = {}
        self._marks: Hashable = None
        self._asked = 0
        self._unfolded = False
        self.found: tuple[Alike, ...] = ()
        self.lines: list[LineLink] = []
        self.opened: Alike | None = None
        self.comparison: SideBySide | None = None  # made when first asked for: it belongs to the whole window
        self.more = QPushButton()
        self._rows = QVBoxLayout()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._build()
        self.hide()

    def forget(self) -> None:
        """Another case comes, or the same one again: nothing is known of it yet."""
        self._case_id, self._marks, self._unfolded = "", None, False
        self._asked += 1
        self._soon.stop()
        self._show(())

    def look(self, case_id: str, draft: Tree) -> None:
        """Looks for what is alike, off the window's thread, where the draft's people or settlements have changed."""
        marks = marks_of(draft)
        if (case_id, marks) == (self._case_id, self._marks):
            return
        wait = REST_MILLISECONDS if case_id == self._case_id else 0
        self._case_id, self._marks, self._draft = case_id, marks, draft
        self._soon.start(wait)

    def _ask(self) -> None:
        self._asked += 1
        work = partial(alike, self._office, self._case_id, deepcopy(self._draft))
        self._tasks.run(work, partial(self._answer, self._asked), self._say_problem)

    def _answer(self, asked: int, found: tuple[Alike, ...]) -> None:
        if asked == self._asked:
            self._show(found)

    def _show(self, found: tuple[Alike, ...]) -> None:
        """Shows what was found; a comparison that is open stays only where its pair does."""
        if self.comparison is not None and self.opened not in found:
            self.comparison.leave()
        had_focus = any(line.hasFocus() for line in self.lines)
        self.found = found
        for line in self.lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        shown = found if self._unfolded else found[:MOST]
        self.lines = [self._line(one) for one in shown]
        rest = len(found) - len(shown)
        self.more.setText(f"另有 {rest} 处")
        self.more.setVisible(rest > 0)
        self.setVisible(bool(found))
        if had_focus and self.lines:
            self.lines[0].setFocus()

    def _line(self, one: Alike) -> LineLink:
        line = LineLink(line_of(one))
        line.clicked.connect(partial(self._open, one, line))
        self._rows.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        return line

    def _open(self, one: Alike, line: LineLink) -> None:
        if self.comparison is None:
            self.comparison = SideBySide(self._anchor)
            self.comparison.open_asked.connect(self._open_other)
            self.comparison.acknowledged.connect(self._acknowledge)
        self.opened = one
        self.comparison.show_pair(one, line)

    def _open_other(self) -> None:
        if self.opened is not None and self.comparison is not None:
            self.comparison.leave()
            self.case_asked.emit(self.opened.other.id)

    def _acknowledge(self) -> None:
        if self.opened is not None:
            work = partial(acknowledge, self._office, self._case_id, self.opened)
            words = f"已记下：与 {case_named(self.opened)} 不是重复。"
            self._tasks.run(work, lambda _: self.said.emit(words, None), self._say_problem)
            self._ask()

    def _unfold(self) -> None:
        self._unfolded = True
        self._show(self.found)
        self.lines[MOST].setFocus()

    def _say_problem(self, problem: Problem) -> None:
        self.said.emit(f"{problem.what}{problem.remedy}", None)

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(space(6), space(1), space(6), space(1))
        across.setSpacing(space(2))
        across.addWidget(label("! 可能重复", "todo"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.setSpacing(0)
        across.addLayout(self._rows, 1)
        self.more.setProperty("role", "link")
        self.more.setAutoDefault(True)
        self.more.clicked.connect(self._unfold)
        across.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
