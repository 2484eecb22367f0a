"""The window: it arranges the places and decides nothing."""

from functools import partial

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.counter import Counter
from desktop.window.frame import Places, TopBar
from desktop.window.intake.case_page import CasePage
from desktop.window.keeping import Keeping
from desktop.window.lists.batch_page import BatchPage
from desktop.window.lists.case_list import CaseList
from desktop.window.lists.policy_page import PolicyPage
from desktop.window.questions.declared import STEPS
from desktop.window.status_line import StatusLine
from desktop.window.tasks import Tasks
from desktop.window.theme import LIGHT, Tokens
from desktop.work.discarding import delete_case, put_back
from desktop.work.office import Office


class MainWindow(QMainWindow):
    """Places at the left, the work in the middle, a line at the foot.

    ``keeping`` is what only an office has that keeps its store on this machine: settings, backups. Without it the
    place of the settings is not there.
    """

    def __init__(self, office: Office, tokens: Tokens = LIGHT, keeping: Keeping | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("一门受理台")
        self.resize(1366, 768)
        self.tasks = Tasks(self)
        self._office, self._told = office, False  # told that something typed is not on disk
        self._facts, self._age = "离线可用", ""
        self.top = TopBar(office.library.rules(office.locality).locality, tokens)
        self.status = StatusLine()
        self.counter = Counter(office, self.tasks)
        self.case_list = CaseList(office, self.tasks)
        self.batch_page = BatchPage(office, self.tasks)
        self.policy_page = PolicyPage(office, self.tasks)
        self.kept = keeping.rooms(office, self.tasks, self) if keeping else None
        self.pages: dict[str, QWidget] = {
            "cases": self.case_list,
            "intake": self.counter,
            "batch": self.batch_page,
            "policies": self.policy_page,
        }
        if self.kept:
            self.pages["settings"] = self.kept.page
        self.places = Places(tokens, tuple(self.pages))
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # a wide page scrolls or breaks; it never widens the window
        self._build()
        self._connect()
        self._shortcuts()
        self.show_place("cases")

    @property
    def case_page(self) -> CasePage | None:
        """The open case; None before the first."""
        return self.counter.case_page

    def show_place(self, name: str) -> None:
        """Goes to a place of PLACES."""
        self.counter.flush()
        self.places.show_place(name)
        self._stack.setCurrentWidget(self.pages[name])
        if name == "cases":
            self.case_list.reload()
            self.case_list.focus_table()
        elif name == "batch":
            self.batch_page.reload()
        elif name == "intake":
            self.counter.show_case()

    def ask_matter(self) -> None:
        """Asks what a new application is about."""
        self.places.show_place("intake")
        self._stack.setCurrentWidget(self.counter)
        self.counter.ask_matter()

    def open_case(self, case_id: str) -> None:
        """Opens a case."""
        self.counter.open_case(case_id)

    def say_problem(self, problem: Problem) -> None:
        """Says in the status line what is so and what to do."""
        self.status.say(f"{problem.what}{problem.remedy}", role="fault")

    def flush(self) -> None:
        """Hands what is typed to the disk now."""
        self.counter.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Waits until everything typed is on disk; stays open where it cannot be."""
        self.counter.flush()
        self.tasks.wait_until_idle()
        if self.counter.pending() and not self._told:
            self._told = True
            self.status.say("最后录入的内容还没有存盘。请看右上的提示；再次关闭将放弃这部分。", role="fault")
            event.ignore()
            return
        if self.kept and not self.kept.leave():
            event.ignore()
            return
        self.counter.close_saving()
        self.tasks.close()
        super().closeEvent(event)

    def _opened(self) -> None:
        self.places.show_place("intake")
        self._stack.setCurrentWidget(self.counter)
        self.status.clear()
        self._told = False
        self.case_list.reload()

    def _show_count(self, cases: int) -> None:
        self._facts = f"离线可用 · 案卷 {cases} 件"
        self._show_facts()

    def _show_age(self, words: str) -> None:
        self._age = words
        self._show_facts()

    def _show_facts(self) -> None:
        self.status.show_facts(" · ".join(filter(None, (self._facts, self._age))))

    def _find(self, words: str) -> None:
        self.case_list.look_for(words)
        if self._stack.currentWidget() is not self.case_list:
            self.places.show_place("cases")
            self._stack.setCurrentWidget(self.case_list)

    def _undo(self) -> None:
        """Undoes what the status line tells of; else the last act of the case at the counter."""
        if self.status.can_take_back():
            self.status.take_back()
        else:
            self.counter.undo()

    def _say_turned(self, sentence: str, way_back: object, undone: bool) -> None:
        say = self.status.say_undone if undone else self.status.say
        say(sentence, way_back if callable(way_back) else None)

    def _delete(self, case_id: str, why: str) -> None:
        self.counter.clear_away(case_id)
        self.tasks.run(
            partial(delete_case, self._office, case_id, why), lambda _: self._deleted(case_id), self.say_problem
        )

    def _deleted(self, case_id: str) -> None:
        self.case_list.reload()
        self.case_list.focus_table()
        self.status.say("案卷已放入回收站。", partial(self._put_back, case_id))

    def _put_back(self, case_id: str) -> None:
        self.tasks.run(partial(put_back, self._office, case_id), lambda _: self.case_list.reload(), self.say_problem)

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
        for page in self.pages.values():
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

        self.case_list.delete_asked.connect(self._delete)
        self.counter.said.connect(self.status.say)
        self.counter.turned.connect(self._say_turned)
        self.counter.failed.connect(self.say_problem)
        self.counter.opened.connect(self._opened)
        self.counter.stored.connect(self.case_list.reload)
        self.counter.case_asked.connect(self.open_case)
        self.policy_page.said.connect(self.status.say)
        if self.kept:
            self.kept.page.said.connect(self.status.say)
            self.kept.clock.said.connect(lambda sentence, role: self.status.say(sentence, role=role))
            self.kept.clock.aged.connect(self._show_age)

    def _shortcuts(self) -> None:
        doors = {
            "Ctrl+K": self._focus_search,
            "Ctrl+N": self.ask_matter,
            "F7": partial(self.counter.go_by, -1),
            "F8": partial(self.counter.go_by, 1),
            "Ctrl+Z": self._undo,
            "Ctrl+Y": self.counter.redo,
            "Ctrl+Shift+Z": self.counter.redo,
            "Ctrl+H": self.counter.open_history,
        }
        doors |= {f"Alt+{place}": partial(self.counter.go_to, step.id) for place, step in enumerate(STEPS, 1)}
        doors |= {f"Ctrl+{place}": partial(self.show_place, name) for place, name in enumerate(self.pages, 1)}
        for keys, door in doors.items():
            QShortcut(QKeySequence(keys), self).activated.connect(door)

    def _focus_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()
