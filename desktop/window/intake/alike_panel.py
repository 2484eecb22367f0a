"""The quiet strip in an open case that tells of the same person or settlement in another one; it never stands in the way."""

from collections.abc import Hashable
from copy import deepcopy
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.edits import Tree
from desktop.domain.problems import Problem
from desktop.window.intake.alike_words import case_named, line_of
from desktop.window.intake.side_by_side import SideBySide
from desktop.window.labels import label, pixels
from desktop.window.tasks import Tasks
from desktop.window.theme import PIXELS, space
from desktop.work.duplicates import Alike, acknowledge, alike, marks_of
from desktop.work.office import Office

REST_MILLISECONDS = 300  # typing goes on: a name that is half typed is like nobody's
AT_ONCE, MORE = 1, 5  # lines: at first, and when more are asked for
PADDING = 4  # steps of space on both sides of a line's words together


class LineLink(QPushButton):
    """A line that opens a comparison; it is cut where it does not fit, and whole in its tip."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.whole = words
        self.setProperty("role", "link")
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(words)
        self.setAccessibleName(f"{words}，按回车对照")

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as the whole line."""
        width = self.fontMetrics().horizontalAdvance(self.whole) + space(PADDING + 1)
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
        self._at_once = AT_ONCE
        self.found: tuple[Alike, ...] = ()
        self.lines: list[LineLink] = []
        self.opened: tuple[Alike, ...] = ()
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
        self._case_id, self._marks, self._at_once = "", None, AT_ONCE
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
        if asked == self._asked and found != self.found:
            self._show(found)

    def _show(self, found: tuple[Alike, ...]) -> None:
        """Shows what was found, a line for each other case; a comparison that is open stays only where its pairs do."""
        if self.comparison is not None and not set(self.opened) <= set(found):
            self.comparison.leave()
        had_focus = any(line.hasFocus() for line in self.lines)
        self.found = found
        for line in self.lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        others = [
            tuple(one for one in found if one.other.id == other)
            for other in dict.fromkeys(one.other.id for one in found)
        ]
        self.lines = [self._line(pairs) for pairs in others[: self._at_once]]
        rest = len(others) - len(self.lines)
        self.more.setText(f"另有 {rest} 件")
        self.more.setVisible(rest > 0)
        self.setVisible(bool(found))
        if had_focus and self.lines:
            self.lines[0].setFocus()

    def _line(self, pairs: tuple[Alike, ...]) -> LineLink:
        line = LineLink(line_of(pairs))
        line.clicked.connect(partial(self._open, pairs, line))
        self._rows.addWidget(line)
        line.show()  # what comes into sight with the layout alone takes no focus yet
        return line

    def _open(self, pairs: tuple[Alike, ...], line: LineLink) -> None:
        if self.comparison is None:
            self.comparison = SideBySide(self._anchor)
            self.comparison.open_asked.connect(self._open_other)
            self.comparison.acknowledged.connect(self._acknowledge)
        self.opened = pairs
        self.comparison.show_pairs(pairs, line)

    def _open_other(self) -> None:
        assert self.comparison is not None
        self.comparison.leave()
        self.case_asked.emit(self.opened[0].other.id)

    def _acknowledge(self) -> None:
        work = partial(acknowledge, self._office, self._case_id, self.opened)
        words = f"已记下：与 {case_named(self.opened[0].other)} 不是重复。"
        self._tasks.run(work, lambda _: self.said.emit(words, None), self._say_problem)
        self._ask()

    def _unfold(self) -> None:
        first = len(self.lines)
        self._at_once += MORE
        self._show(self.found)
        self.lines[first].setFocus()

    def _say_problem(self, problem: Problem) -> None:
        self.said.emit(f"{problem.what}{problem.remedy}", None)

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(space(6), space(1), space(6), space(1))
        across.setSpacing(space(2))
        mark = label("! 可能重复", "todo")
        mark.setFixedHeight(pixels(PIXELS["control"]))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.setSpacing(0)
        across.addLayout(self._rows)
        across.addStretch(1)
        self.more.setProperty("role", "link")
        self.more.setAutoDefault(True)
        self.more.clicked.connect(self._unfold)
        across.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
