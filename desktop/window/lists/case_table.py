"""Rows of cases as a table that goes on where it ends: the next page is asked for when its last row comes into view."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.domain.case import MATTERS
from desktop.policy.wording import VERDICTS
from desktop.window.labels import pixels
from desktop.window.questions.typed import show_amount
from desktop.window.theme import PIXELS
from desktop.work.searching import CaseRow

Index = QModelIndex | QPersistentModelIndex


def verdict_text(row: CaseRow) -> str:
    """The verdict of a row in words; a case that asks for none can be assessed or not."""
    if row.verdict:
        return VERDICTS.get(row.verdict, row.verdict)
    return "" if row.payable is None else "可测算"


# Title, pixels at 11 pt that it takes at least, what it shows, whether it is an amount.
COLUMNS: tuple[tuple[str, int, Callable[[CaseRow], str], bool], ...] = (
    ("案号", 120, lambda row: row.case_no or "未编号", False),
    ("申请人", 84, lambda row: row.applicant or "未填姓名", False),
    ("命中", 116, lambda row: row.met_by, False),
    ("证件尾号", 80, lambda row: f"…{row.id_tail}" if row.id_tail else "", False),
    ("事项", 176, lambda row: MATTERS.get(row.matter, row.matter), False),
    ("村（社区）", 104, lambda row: row.village or "", False),
    ("申请日期", 104, lambda row: row.applied_on or "", False),
    ("结论", 112, verdict_text, False),
    ("预计救助", 108, lambda row: show_amount(row.payable), True),
)
TITLES = [title for title, *_ in COLUMNS]
MET_BY = TITLES.index("命中")
GIVE_WAY = tuple(map(TITLES.index, ("事项", "预计救助", "申请日期")))  # in this order, where large type leaves no room


class CaseTable(QAbstractTableModel):
    """Cases to look at; ``more_asked`` where the view has come to the end and there are more."""

    more_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CaseRow] = []
        self._more = self._asked = False

    def show(self, rows: Sequence[CaseRow], more: bool) -> None:
        """Shows these rows; where they are the same cases as before, each only anew."""
        self._more, self._asked = more, False
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[CaseRow], more: bool) -> None:
        """Shows these rows behind the others."""
        self._more, self._asked = more, False
        shown = {row.id for row in self.rows}
        new = [row for row in rows if row.id not in shown]  # a case that was touched meanwhile has moved
        if new:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(new) - 1)
            self.rows += new
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more that have not been asked for."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Asks for more; they come when they come."""
        if self.canFetchMore(parent):
            self._asked = True
            self.more_asked.emit()

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

    delete_asked = Signal(int)
    opened = Signal(int)

    def __init__(self, table: CaseTable) -> None:
        super().__init__()
        self._met_by = False
        self.setModel(table)
        self.setObjectName("cases")
        self.setAccessibleName("案卷列表")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(pixels(PIXELS["row"]))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setStretchLastSection(True)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_met_by(self, shown: bool) -> None:
        """Shows what a search met, or has no column for it."""
        if self._met_by != shown:
            self._met_by = shown
            self._share_out()

    def stay(self, row: int, top: int) -> None:
        """Puts the bar on a row, with this one at the top; both as far as there are rows."""
        self.doItemsLayout()
        self.selectRow(row)
        self.verticalScrollBar().setValue(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every column is in view, whatever the width."""
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks why; Home and End go to the first case and to the last that is there."""
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and here.isValid():
            self.delete_asked.emit(here.row())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.opened.emit(here.row())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and here.isValid():
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _share_out(self) -> None:
        """Gives every column what it takes at least, and its share of what is left."""
        room = self.viewport().width()
        shown = {column: pixels(least) for column, (_, least, _, _) in enumerate(COLUMNS)}
        if not self._met_by:
            del shown[MET_BY]
        for column in GIVE_WAY:
            if sum(shown.values()) > room:
                del shown[column]
        for column in range(len(COLUMNS)):
            self.setColumnHidden(column, column not in shown)
        for column, least in shown.items():
            self.setColumnWidth(column, room * least // sum(shown.values()))
