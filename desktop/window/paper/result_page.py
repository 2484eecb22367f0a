"""The last step: the verdict and the benefit in full, and the notices that go over the counter."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.problems import Problem, Refused
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import Desk, Letter
from desktop.window.conclusion.trouble import Trouble
from desktop.window.labels import pixels, prose
from desktop.window.paper.letter_view import LetterView
from desktop.window.paper.notice_card import NoticeCard
from desktop.window.paper.preview import Preview
from desktop.window.paper.printing import print_pages
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.assessing import Outcome
from desktop.work.files import write_aside
from desktop.work.notices import NOTICES, IssuedNotice, issue_notice, issued_notices, preview_notice
from desktop.work.office import Office

# Pixels at 11 pt: two buttons beside each other; a table of the conclusion beside that; some of it.
NOTICES_WIDTH, LEAST_WIDTH, LEAST_HEIGHT = 328, 680, 200
Make = Callable[[Office, str, str], IssuedNotice]


class ResultPage(QFrame):
    """What the case comes to at the left, its notices at the right; the preview lies over both."""

    path_asked = Signal(str)
    save_wanted = Signal()  # just before a notice is made: what is typed must be on disk first

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._case_id = ""
        self._outcome: Outcome | None = None
        self._drawn: Outcome | None = None
        self._back: QWidget | None = None
        self.issued: dict[str, IssuedNotice] = {}
        self.setProperty("role", "page")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page())
        self.preview = Preview()
        self.preview.closed.connect(self._close_preview)
        self._stack.addWidget(self.preview)

    def _page(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("role", "inside")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(space(6), space(4), space(6), space(4))
        self._columns.setSpacing(space(6))
        self._columns.addLayout(self._conclusion(), 1)
        self._column = self._notices()
        self._columns.addWidget(self._column)
        page = QScrollArea()
        page.setWidgetResizable(True)
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setWidget(inside)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both columns have no room, the notices stand above the conclusion, and the page scrolls."""
        super().resizeEvent(event)
        notices, both = (pixels(width) for width in (NOTICES_WIDTH, LEAST_WIDTH))
        narrow = event.size().width() < both
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.BottomToTop if narrow else directions.LeftToRight)
        self._column.setMinimumWidth(0 if narrow else notices)
        self._column.setMaximumWidth(event.size().width() if narrow else notices)

    def _conclusion(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(space(3))
        rows.addWidget(prose("测算结论", "section"))
        self.in_the_way = Trouble()
        self.in_the_way.path_asked.connect(self.path_asked)
        rows.addWidget(self.in_the_way)
        self.letter = LetterView()
        self.letter.setMinimumHeight(pixels(LEAST_HEIGHT))
        rows.addWidget(self.letter, 1)
        rows.addStretch(0)
        return rows

    def _notices(self) -> QWidget:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(3))
        rows.addWidget(prose("文书", "section"))
        self.trouble = Trouble()
        self.trouble.path_asked.connect(self.path_asked)
        rows.addWidget(self.trouble)
        self.cards = {kind: NoticeCard(kind) for kind in NOTICES}
        for card in self.cards.values():
            card.preview_asked.connect(partial(self._make, preview_notice, self._show_preview))
            card.issue_asked.connect(partial(self._make, issue_notice, self._show_issued))
            card.print_asked.connect(self._ask_printer)
            card.save_asked.connect(self._ask_file)
            rows.addWidget(card)
        rows.addStretch(1)
        return column

    def open_case(self, case_id: str) -> None:
        """Turns to a case; what was issued for another one is put away."""
        self._case_id = case_id
        self.issued = {}
        for card in self.cards.values():
            card.show_issued(None)
        self.trouble.clear()
        self._close_preview()
        if case_id:
            issued = partial(issued_notices, self._office, case_id)
            self._tasks.run(issued, partial(self._show_kept, case_id), self._failed)

    def _show_kept(self, case_id: str, kept: dict[str, IssuedNotice]) -> None:
        if case_id == self._case_id:
            self.issued = {**kept, **self.issued}
            for kind, notice in self.issued.items():
                self.cards[kind].show_issued(notice)

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows what the draft comes to; drawn only while somebody looks."""
        self._outcome = outcome
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draws what was assessed in the meantime."""
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._outcome is None or self._outcome is self._drawn:
            return
        self._drawn = self._outcome
        try:
            self.letter.show_letter(self._letter(self._outcome))
        except Refused as refused:
            self.in_the_way.show_refused(refused, f"有 {len(refused.faults)} 处需要更正或补填，之后自动测算：")
            self.letter.hide()
            return
        self.in_the_way.clear()
        self.letter.show()

    def _letter(self, outcome: Outcome) -> Letter:
        if outcome.case is None or outcome.assessment is None or outcome.rules is None:
            raise Refused(outcome.faults)
        head = self._office.letterhead
        desk = Desk(head.office, head.address, head.phone, head.complaint_phone, "", self._office.today(), {})
        return calculation_letter(outcome.case, outcome.assessment, outcome.rules, desk)

    def _make(self, make: Make, then: Callable[[str, IssuedNotice], None], kind: str) -> None:
        """Makes a notice of what is on disk, off the window's thread."""
        case_id = self._case_id
        self.save_wanted.emit()
        self.trouble.clear()
        self._set_busy(busy=True)
        self._tasks.run(
            partial(_or_refused, partial(make, self._office, case_id, kind)),
            partial(self._made, case_id, kind, then),
            self._failed,
        )

    def _made(
        self,
        case_id: str,
        kind: str,
        then: Callable[[str, IssuedNotice], None],
        made: IssuedNotice | Refused,
    ) -> None:
        self._set_busy(busy=False)
        if case_id != self._case_id:
            return  # another case is open by now; what was issued is kept in the store
        if isinstance(made, Refused):
            self.trouble.show_refused(made, f"出具{NOTICES[kind]}前，请补正：")
        else:
            then(kind, made)

    def _failed(self, problem: Problem) -> None:
        self._set_busy(busy=False)
        self.trouble.show_problem(problem)

    def _set_busy(self, *, busy: bool) -> None:
        for card in self.cards.values():
            card.set_busy(busy)

    def _show_preview(self, kind: str, notice: IssuedNotice) -> None:
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_pdf(f"{notice.name}（预览）", notice.pdf)
        self._back = self.cards[kind].buttons["preview"]

    def _close_preview(self) -> None:
        if self._stack.currentWidget() is self.preview:
            self._stack.setCurrentIndex(0)
            if self._back is not None:
                self._back.setFocus()

    def _show_issued(self, kind: str, notice: IssuedNotice) -> None:
        self.issued[kind] = notice
        self.cards[kind].show_issued(notice)
        self.cards[kind].buttons["print"].setFocus()

    def _ask_printer(self, kind: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.issued[kind].number)  # seen in print queues: a number, never a name
        if QPrintDialog(printer, self).exec():
            self.print_issued(kind, printer)

    def print_issued(self, kind: str, printer: QPrinter) -> None:
        """Prints a notice as it was issued."""
        try:
            print_pages(self.issued[kind].pdf, printer)
        except Problem as problem:
            self.trouble.show_problem(problem)
            return
        self.trouble.tell(f"{self.issued[kind].number} 已送往打印机。")

    def _ask_file(self, kind: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "另存 PDF", self.issued[kind].file_name, "PDF (*.pdf)")
        if path:
            self.save_issued(kind, Path(path))

    def save_issued(self, kind: str, path: Path) -> None:
        """Saves a notice as it was issued."""
        notice = self.issued[kind]
        self._tasks.run(
            partial(write_aside, path, notice.pdf),
            lambda _nothing: self.trouble.tell(f"{notice.number} 已另存为 {path.name}。"),
            self._failed,
        )


def _or_refused(work: Callable[[], IssuedNotice]) -> IssuedNotice | Refused:
    """What the work gives, or the fields that it lacks: those become links."""
    try:
        return work()
    except Refused as refused:
        return refused
