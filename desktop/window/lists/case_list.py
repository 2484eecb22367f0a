"""The list of cases: found by one box, opened with Enter; the empty office is told what to do first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QStackedWidget, QTableView, QVBoxLayout, QWidget

from desktop.domain.case import MATTERS
from desktop.domain.problems import Problem
from desktop.policy.wording import VERDICTS
from desktop.window.labels import label, pixels
from desktop.window.questions.typed import show_amount
from desktop.window.tasks import Tasks
from desktop.window.theme import PIXELS, dress, space
from desktop.work.office import Office
from desktop.work.searching import CaseRow, case_page

SEARCH_MILLISECONDS = 120
Index = QModelIndex | QPersistentModelIndex


def verdict_text(row: CaseRow) -> str:
    """The verdict of a row in words; a case that asks for none can be assessed or not."""
    if row.verdict:
        return VERDICTS.get(row.verdict, row.verdict)
    return "" if row.payable is None else "可测算"


# Title, share of the width, what it shows, whether it is an amount.
COLUMNS: tuple[tuple[str, int, Callable[[CaseRow], str], bool], ...] = (
    ("案号", 104, lambda row: row.case_no or "未编号", False),
    ("申请人", 128, lambda row: row.applicant or "未填姓名", False),
    ("证件尾号", 92, lambda row: f"…{row.id_tail}" if row.id_tail else "", False),
    ("事项", 248, lambda row: MATTERS.get(row.matter, row.matter), False),
    ("村（社区）", 128, lambda row: row.village or "", False),
    ("申请日期", 108, lambda row: row.applied_on or "", False),
    ("结论", 136, verdict_text, False),
    ("预计救助", 120, lambda row: show_amount(row.payable), True),
)


class CaseTable(QAbstractTableModel):
    """Rows of cases as a table to look at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CaseRow, ...] = ()

    def show(self, rows: tuple[CaseRow, ...]) -> None:
        """Shows these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many cases."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        _, _, text, is_amount = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text(self.rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if is_amount else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self.data(self.createIndex(0, section), role)
        return None


class CaseView(QTableView):
    """The table; Enter opens the case under the bar."""

    opened = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every column is in view, whatever the width."""
        super().resizeEvent(event)
        room, shares = self.viewport().width(), sum(share for _, share, _, _ in COLUMNS)
        for column, (_, share, _, _) in enumerate(COLUMNS):
            self.setColumnWidth(column, room * share // shares)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _found(office: Office, words: str) -> tuple[CaseRow, ...]:
    return case_page(office).rows


class CaseList(QWidget):
    """Cases as the search finds them, newest first."""

    case_asked = Signal(str)
    new_asked = Signal()
    counted = Signal(int)

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._office, self._tasks = office, tasks
        self.search = ""
        self.table = CaseTable(self)
        self.view = self._view()
        self.new = QPushButton("新建受理（Ctrl+N）")
        self.new.setProperty("role", "primary")
        self.new.setAutoDefault(True)
        self.new.clicked.connect(self.new_asked)
        self._count = label("", "second")
        self._empty = label("", "second")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.reload)
        self._build()

    def look_for(self, words: str) -> None:
        """Looks for these words when typing rests a moment."""
        self.search = words.strip()
        self._soon.start(SEARCH_MILLISECONDS)

    def reload(self) -> None:
        """Reads the cases anew."""
        words = self.search
        self._tasks.run(partial(_found, self._office, words), partial(self._show, words), self._say)

    def focus_table(self) -> None:
        """Brings the keyboard to the table."""
        if self.table.rows:
            self.view.setFocus()

    def _show(self, words: str, rows: tuple[CaseRow, ...]) -> None:
        if words != self.search:
            return  # typing went on: the next answer is on its way
        open_id = self._current_id()
        self.table.show(rows)
        place = next((place for place, row in enumerate(rows) if row.id == open_id), 0)
        if rows:
            self.view.selectRow(place)
        self._count.setText(f"{len(rows)} 件" + (f"（含「{words}」）" if words else ""))
        dress(self._empty, "second")
        self._empty.setText(
            f"没有找到「{words}」。可以用姓名、证件尾号、案号或村名再找。"
            if words
            else "还没有案卷。按 Ctrl+N 或点右上「新建受理」，从身份证号开始录入。"
        )
        self._stack.setCurrentIndex(0 if rows else 1)
        if not words:
            self.counted.emit(len(rows))

    def _say(self, problem: Problem) -> None:
        self._empty.setText(f"{problem.what}{problem.remedy}")
        dress(self._empty, "fault")
        self._stack.setCurrentIndex(1)

    def _current_id(self) -> str:
        place = self.view.currentIndex().row()
        return self.table.rows[place].id if 0 <= place < len(self.table.rows) else ""

    def _view(self) -> CaseView:
        view = CaseView()
        view.setModel(self.table)
        view.setObjectName("cases")
        view.setAccessibleName("案卷列表")
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(pixels(PIXELS["row"]))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.opened.connect(self._open)
        view.doubleClicked.connect(lambda index: self._open(index.row()))
        return view

    def _open(self, place: int) -> None:
        self.case_asked.emit(self.table.rows[place].id)

    def _build(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label("案卷", "title"))
        head.addSpacing(space(3))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.new)
        down.addLayout(head)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        down.addWidget(self._stack, 1)
