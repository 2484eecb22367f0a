"""The window: it arranges the places and decides nothing."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.frame import PLACES, Places, TopBar
from desktop.window.history.history_page import HistoryPage
from desktop.window.intake.case_page import CasePage
from desktop.window.intake.new_case_page import NewCasePage
from desktop.window.lists.batch_page import BatchPage
from desktop.window.lists.case_list import CaseList
from desktop.window.lists.policy_page import PolicyPage
from desktop.window.questions.declared import STEPS
from desktop.window.status_line import StatusLine
from desktop.window.tasks import Tasks
from desktop.window.theme import LIGHT, Tokens
from desktop.work.intake import OpenCase, new_case, open_case
from desktop.work.office import Office


class MainWindow(QMainWindow):
    """Places at the left, the work in the middle, a line at the foot."""

    def __init__(self, office: Office, tokens: Tokens = LIGHT) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("一门受理台")
        self.resize(1366, 768)
        self.tasks = Tasks(self)
        self._office = office
        self.case_page: CasePage | None = None
        self.history_page: HistoryPage | None = None
        self._back: QWidget | None = None  # where the keyboard was before the history was opened
        self._told = False  # that something typed is not on disk
        self.top = TopBar(office.library.rules(office.locality).locality, tokens)
        self.places = Places(tokens)
        self.status = StatusLine()
        self.case_list = CaseList(office, self.tasks)
        self.new_case_page = NewCasePage()
        self.batch_page = BatchPage(office, self.tasks)
        self.policy_page = PolicyPage(office, self.tasks)
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # a wide page scrolls or breaks; it never widens the window
        self._build()
        self._connect()
        self._shortcuts()
        self.show_place("cases")

    def show_place(self, name: str) -> None:
        """Goes to a place: ``cases``, ``intake``, ``batch`` or ``policies``."""
        if self.case_page is not None:
            self.case_page.saving.flush()
        self.places.show_place(name)
        if name == "cases":
            self._stack.setCurrentWidget(self.case_list)
            self.case_list.reload()
            self.case_list.focus_table()
        elif name == "batch":
            self._stack.setCurrentWidget(self.batch_page)
            self.batch_page.reload()
        elif name == "policies":
            self._stack.setCurrentWidget(self.policy_page)
        elif self.case_page is not None and self.case_page.case_id:
            self._stack.setCurrentWidget(self.case_page)
        else:
            self.ask_matter()

    def ask_matter(self) -> None:
        """Asks what a new application is about."""
        self.places.show_place("intake")
        self._stack.setCurrentWidget(self.new_case_page)
        self.new_case_page.focus_first()

    def new_case(self, matter: str) -> None:
        """Begins a case; it is on disk before it is shown."""
        self.tasks.run(partial(new_case, self._office, matter), self._show_case, self.say_problem)

    def open_case(self, case_id: str) -> None:
        """Opens a case, after what is not on disk yet."""
        if self.case_page is not None:
            self.case_page.saving.flush()
        self.tasks.run(partial(open_case, self._office, case_id), self._show_case, self.say_problem)

    def say_problem(self, problem: Problem) -> None:
        """Says in the status line what is so and what to do."""
        self.status.say(f"{problem.what}{problem.remedy}", role="fault")

    def flush(self) -> None:
        """Hands what is typed to the disk now."""
        if self.case_page is not None:
            self.case_page.saving.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Waits until everything typed is on disk; stays open where it cannot be."""
        if self.case_page is not None:
            self.case_page.saving.flush()
        self.tasks.wait_until_idle()
        if self.case_page is not None and self.case_page.saving.pending() and not self._told:
            self._told = True
            self.status.say("最后录入的内容还没有存盘。请看右上的提示；再次关闭将放弃这部分。", role="fault")
            event.ignore()
            return
        if self.case_page is not None:
            self.case_page.saving.close()
        self.tasks.close()
        super().closeEvent(event)

    def _show_case(self, case: OpenCase) -> None:
        if self.case_page is None:
            self.case_page = CasePage(self._office, self.tasks)
            self.case_page.said.connect(self.status.say)
            self.case_page.turning.said.connect(self._say_turned)
            self.case_page.head.history_asked.connect(self.open_history)
            self.case_page.saving.stored.connect(self._count)
            self._stack.addWidget(self.case_page)
        self.places.show_place("intake")
        self._stack.setCurrentWidget(self.case_page)
        self.case_page.open(case)
        self.status.clear()
        self._told = False
        self.case_list.reload()

    def _count(self) -> None:
        self.case_list.reload()

    def _show_count(self, cases: int) -> None:
        self.status.show_facts(f"离线可用 · 案卷 {cases} 件")

    def _find(self, words: str) -> None:
        self.case_list.look_for(words)
        if self._stack.currentWidget() is not self.case_list:
            self.places.show_place("cases")
            self._stack.setCurrentWidget(self.case_list)

    def _move(self, steps: int) -> None:
        if self.case_page is not None and self._stack.currentWidget() is self.case_page:
            self.case_page.go_by(steps)

    def open_history(self) -> None:
        """Opens the history of the case at the counter."""
        page = self.case_page
        if page is None or self._stack.currentWidget() is not page:
            return
        self._back = QApplication.focusWidget()
        if self.history_page is None:
            self.history_page = HistoryPage(self._office, self.tasks)
            self.history_page.left.connect(self._leave_history)
            self.history_page.restore_asked.connect(self._restore)
            self._stack.addWidget(self.history_page)
        page.saving.flush()
        self._stack.setCurrentWidget(self.history_page)
        self.history_page.open_case(page.case_id, page.head.case_words)

    def _leave_history(self) -> None:
        self.show_place("intake")
        if self._back is not None:
            self._back.setFocus()

    def _restore(self, change: int, when: str) -> None:
        self._leave_history()
        if self.case_page is not None:
            self.case_page.turning.restore(change, when)

    def _undo(self) -> None:
        """Undoes what the status line tells of; else the last act of the case at the counter."""
        if self.status.can_take_back():
            self.status.take_back()
        elif self.case_page is not None and self._stack.currentWidget() is self.case_page:
            self.case_page.turning.undo()

    def _redo(self) -> None:
        if self.case_page is not None and self._stack.currentWidget() is self.case_page:
            self.case_page.turning.redo()

    def _say_turned(self, sentence: str, way_back: Callable[[], None] | None, undone: bool) -> None:
        (self.status.say_undone if undone else self.status.say)(sentence, way_back)

    def _go_to(self, step_id: str) -> None:
        if self.case_page is not None and self._stack.currentWidget() is self.case_page:
            self.case_page.go_to(step_id)

    def _build(self) -> None:
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.top)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.places)
        across.addWidget(self._stack, 1)
        down.addLayout(across, 1)
        down.addWidget(self.status)
        for page in (self.case_list, self.new_case_page, self.batch_page, self.policy_page):
            self._stack.addWidget(page)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.places.asked.connect(self.show_place)
        self.top.search.textEdited.connect(self._find)
        self.top.search.textChanged.connect(self.case_list.look_for)
        self.top.search.entered.connect(partial(self.show_place, "cases"))
        self.case_list.case_asked.connect(self.open_case)
        self.case_list.new_asked.connect(self.ask_matter)
        self.case_list.counted.connect(self._show_count)
        self.new_case_page.chosen.connect(self.new_case)
        self.policy_page.said.connect(self.status.say)

    def _shortcuts(self) -> None:
        doors = {
            "Ctrl+K": self._focus_search,
            "Ctrl+N": self.ask_matter,
            "F7": partial(self._move, -1),
            "F8": partial(self._move, 1),
            "Ctrl+Z": self._undo,
            "Ctrl+Y": self._redo,
            "Ctrl+Shift+Z": self._redo,
            "Ctrl+H": self.open_history,
        }
        doors |= {f"Alt+{place}": partial(self._go_to, step.id) for place, step in enumerate(STEPS, 1)}
        doors |= {f"Ctrl+{place}": partial(self.show_place, name) for place, name in enumerate(PLACES, 1)}
        for keys, door in doors.items():
            QShortcut(QKeySequence(keys), self).activated.connect(door)

    def _focus_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()
