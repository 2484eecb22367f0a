"""The list of cases: found by one box, opened with Enter; the empty office is told what to do first."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.labels import label
from desktop.window.lists.case_table import CaseTable, CaseView
from desktop.window.lists.delete_line import DeleteLine
from desktop.window.questions.typed import NARROW_SPACE
from desktop.window.tasks import Tasks
from desktop.window.theme import dress, space
from desktop.work.office import Office
from desktop.work.searching import FIRST, PAGE, More, Page, count_cases, page_of

SEARCH_MILLISECONDS = 60
MOST_ANEW = 2000  # rows that are read anew at once
NO_CASES = "还没有案卷。按 Ctrl+N 或点右上「新建受理」，从身份证号开始录入。"
NOT_FOUND = "没有找到「{}」。可以用姓名、拼音首字母、证件尾号、电话、案号或村名再找。"


@dataclass(slots=True)
class Latest:
    """The number of the question that was asked last: what answers an older one is of no use any more."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the store: by which words, from the beginning or after a place."""

    number: int
    words: str
    size: int
    after: More | None = None


class CaseList(QWidget):
    """Cases as the search finds them; without words all of them, what was touched last first."""

    case_asked = Signal(str)
    new_asked = Signal()
    delete_asked = Signal(str, str)  # the case's id, and why
    counted = Signal(int)

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._office, self._tasks = office, tasks
        self.search = ""
        self._shown = ""  # the words that the rows answer
        self._more: More | None = None
        self._latest = Latest()
        self._stale = self._focus_soon = False
        self.table = CaseTable(self)
        self.view = CaseView(self.table)
        self.new = QPushButton("新建受理（Ctrl+N）")
        self.delete_line = DeleteLine()
        self.count = label("", "second")
        self.empty = label("", "second")
        self._stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._build()
        self._connect()

    def look_for(self, words: str) -> None:
        """Looks for these words when typing rests a moment."""
        self.search = words.strip()
        self._focus_soon = False
        self._soon.start(SEARCH_MILLISECONDS)

    def reload(self) -> None:
        """Reads anew what is shown; while nobody looks, only how many there are."""
        self._soon.stop()
        self._stale = not self.isVisible()
        if self._stale:
            self._tasks.run(partial(count_cases, self._office), self.counted.emit, self._say)
        else:
            at_once = FIRST if self.search else PAGE
            kept = len(self.table.rows) if self.search == self._shown else 0
            self._ask(None, max(at_once, min(kept, MOST_ANEW)))

    def focus_table(self) -> None:
        """Brings the keyboard to the table, as soon as it has rows."""
        self._focus_soon = not self.table.rows
        if self.table.rows:
            self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here sees what is there now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _go_on(self) -> None:
        self._ask(self._more, FIRST if self.search else PAGE)

    def _ask(self, after: More | None, size: int) -> None:
        self._latest.number += 1
        asked = Asked(self._latest.number, self.search, size, after)
        self._tasks.run(partial(_read, self._office, asked, self._latest), partial(self._answer, asked), self._say)

    def _answer(self, asked: Asked, found: tuple[Page, int] | None) -> None:
        if found is None or asked.number != self._latest.number:
            return  # typing went on: the next answer is on its way
        page, count = found
        self._more = page.more
        if asked.after is None:
            self._show(asked.words, page)
        else:
            self.table.add(page.rows, page.more is not None)
        self._say_count(count)
        self.counted.emit(count)
        if page.more is not None and not page.rows:
            self._go_on()  # the next part may have some

    def _show(self, words: str, page: Page) -> None:
        here, top = self.view.currentIndex().row(), self.view.verticalScrollBar().value()
        open_id = self.table.rows[here].id if 0 <= here < len(self.table.rows) else ""
        before, self._shown = self._shown, words
        self.view.show_met_by(bool(words))
        self.table.show(page.rows, page.more is not None)
        if page.rows and words == before:
            place = next((place for place, row in enumerate(page.rows) if row.id == open_id), max(here, 0))
            self.view.stay(min(place, len(page.rows) - 1), top)
        elif page.rows:
            self.view.stay(0, 0)
        if page.rows and self._focus_soon:
            self.focus_table()

    def _say_count(self, count: int) -> None:
        rows = len(self.table.rows)
        if not self._shown:
            words = f"共 {count:,} 件".replace(",", NARROW_SPACE)
        elif self._more is None:
            words = f"{rows} 件（含「{self._shown}」）"
        else:
            words = f"前 {rows} 件，继续输入可缩小范围" if rows else "正在查找…"
        self.count.setText(words)
        dress(self.empty, "second")
        nothing = NOT_FOUND.format(self._shown) if self._shown else NO_CASES
        self.empty.setText("" if self._more else nothing)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _say(self, problem: Problem) -> None:
        self.empty.setText(f"{problem.what}{problem.remedy}")
        dress(self.empty, "fault")
        self._stack.setCurrentIndex(1)

    def _open(self, place: int) -> None:
        # While other words are looked for, the bar is not yet on what was meant.
        if self._shown == self.search:
            self.case_asked.emit(self.table.rows[place].id)

    def _ask_why(self, place: int) -> None:
        row = self.table.rows[place]
        self.delete_line.ask(row.id, row.case_no, row.applicant)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.reload)
        self.view.opened.connect(self._open)
        self.view.delete_asked.connect(self._ask_why)
        self.delete_line.confirmed.connect(self.delete_asked)
        self.delete_line.cancelled.connect(self.view.setFocus)
        self.table.more_asked.connect(self._go_on)
        self.new.clicked.connect(self.new_asked)

    def _build(self) -> None:
        self.new.setProperty("role", "primary")
        self.new.setAutoDefault(True)
        self.count.setAccessibleName("件数")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label("案卷", "title"))
        head.addSpacing(space(3))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.new)
        down.addLayout(head)
        down.addWidget(self.delete_line)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        down.addWidget(self._stack, 1)


def _read(office: Office, asked: Asked, latest: Latest) -> tuple[Page, int] | None:
    """A page, and how many cases there are in all; None where something else has been asked since."""
    if asked.number != latest.number:
        return None
    return page_of(office, asked.words, asked.size, asked.after), count_cases(office)
