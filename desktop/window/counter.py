"""The counter: the case that lies on it, step by step or in its history, and the question what a new one is about."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.window.history.history_page import HistoryPage
from desktop.window.intake.alike_panel import AlikePanel
from desktop.window.intake.case_page import CasePage
from desktop.window.intake.new_case_page import NewCasePage
from desktop.window.tasks import Tasks
from desktop.work.intake import OpenCase, new_case, open_case
from desktop.work.office import Office


class Counter(QStackedWidget):
    """Shows the open case, its history, or where a new one begins. Nothing typed is left behind on the way."""

    said = Signal(str, object)  # a sentence for the status line, and what undoes it
    turned = Signal(str, object, bool)  # the same of an undo (True) or a redo (False)
    failed = Signal(object)  # a Problem
    opened = Signal()  # a case was brought to the counter
    stored = Signal()  # what was typed is on disk
    case_asked = Signal(str)  # another case is to be brought here

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self.setMinimumSize(1, 1)  # a wide page scrolls or breaks; it never widens the window
        self._office, self._tasks = office, tasks
        self.new_case_page = NewCasePage()
        self.case_page: CasePage | None = None
        self.alike: AlikePanel | None = None
        self.history_page: HistoryPage | None = None
        self._back: QWidget | None = None  # where the keyboard was before the history was opened
        self.addWidget(self.new_case_page)
        self.new_case_page.chosen.connect(self.new_case)

    def show_case(self) -> None:
        """Shows the open case; asks what a new one is about, where none is open."""
        if self.case_page is not None and self.case_page.case_id:
            self.setCurrentWidget(self.case_page)
        else:
            self.ask_matter()

    def ask_matter(self) -> None:
        """Asks what a new application is about."""
        self.setCurrentWidget(self.new_case_page)
        self.new_case_page.focus_first()

    def new_case(self, matter: str) -> None:
        """Begins a case; it is on disk before it is shown."""
        self.flush()
        self._tasks.run(partial(new_case, self._office, matter), self._show, self.failed.emit)

    def open_case(self, case_id: str) -> None:
        """Opens a case, after what is not on disk yet."""
        self.flush()
        self._tasks.run(partial(open_case, self._office, case_id), self._show, self.failed.emit)

    def clear_away(self, case_id: str) -> None:
        """Takes a case off the counter, once what was typed is on disk; nothing where another lies there."""
        if self.case_page is not None and self.case_page.case_id == case_id:
            self.flush()
            self._tasks.wait_until_idle()
            page, self.case_page, self.alike = self.case_page, None, None
            page.saving.close()
            self.removeWidget(page)
            page.deleteLater()

    def flush(self) -> None:
        """Hands what is typed to the disk now."""
        if self.case_page is not None:
            self.case_page.saving.flush()

    def pending(self) -> bool:
        """Whether something typed is not on disk yet."""
        return self.case_page is not None and self.case_page.saving.pending()

    def close_saving(self) -> None:
        """Keeps nothing any more."""
        if self.case_page is not None:
            self.case_page.saving.close()

    def go_by(self, steps: int) -> None:
        """Goes on or back by steps of the open case."""
        if page := self._shown():
            page.go_by(steps)

    def go_to(self, step_id: str) -> None:
        """Goes to a step of the open case."""
        if page := self._shown():
            page.go_to(step_id)

    def undo(self) -> None:
        """Undoes the last act of the open case."""
        if page := self._shown():
            page.turning.undo()

    def redo(self) -> None:
        """Does again what was undone last."""
        if page := self._shown():
            page.turning.redo()

    def open_history(self) -> None:
        """Opens the history of the open case."""
        page = self._shown()
        if page is None:
            return
        self._back = QApplication.focusWidget()
        if self.history_page is None:
            self.history_page = HistoryPage(self._office, self._tasks)
            self.history_page.left.connect(self._leave_history)
            self.history_page.restore_asked.connect(self._restore)
            self.addWidget(self.history_page)
        page.saving.flush()
        self.setCurrentWidget(self.history_page)
        self.history_page.open_case(page.case_id, page.head.case_words)

    def _shown(self) -> CasePage | None:
        """The open case, where it is what one sees."""
        return self.case_page if self.isVisible() and self.currentWidget() is self.case_page else None

    def _leave_history(self) -> None:
        self.show_case()
        if self._back is not None:
            self._back.setFocus()

    def _restore(self, change: int, when: str) -> None:
        self._leave_history()
        if self.case_page is not None:
            self.case_page.turning.restore(change, when)

    def _show(self, case: OpenCase) -> None:
        if self.case_page is None or self.alike is None:
            self.case_page = page = CasePage(self._office, self._tasks)
            self.alike = self._alike_of(page)
            page.said.connect(self.said)
            page.turning.said.connect(self._say_turned)
            page.head.history_asked.connect(self.open_history)
            page.saving.stored.connect(self.stored)
            self.addWidget(page)
        self.alike.forget()
        self.setCurrentWidget(self.case_page)
        self.case_page.open(case)
        self.opened.emit()

    def _alike_of(self, page: CasePage) -> AlikePanel:
        """The strip beneath the head that tells of the same person or settlement in another case."""
        panel = AlikePanel(self._office, self._tasks, page.strip)
        page.middle.insertWidget(1, panel)
        page.outcome_changed.connect(lambda _: panel.look(page.case_id, page.draft.tree))
        panel.case_asked.connect(self.case_asked)
        panel.said.connect(self.said)
        return panel

    def _say_turned(self, sentence: str, way_back: Callable[[], None] | None, undone: bool) -> None:
        self.turned.emit(sentence, way_back, undone)
