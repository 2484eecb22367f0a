"""A past state on screen: its lines step by step, to look at and not to write in; what an act changed is marked in words."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from desktop.window.history.state_lines import MARKS, StateLine
from desktop.window.labels import pixels

Index = QModelIndex | QPersistentModelIndex
ROW, MARK_WIDTH = 28, 76  # pixels at 11 pt
COLUMNS = 3
NAME_SHARE = 3, 8  # of the width that the mark leaves


class StateTable(QAbstractTableModel):
    """The lines as a table: the mark, what it is, what stands there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[StateLine, ...] = ()

    def show(self, lines: tuple[StateLine, ...]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Mark, name, value."""
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def steps(self) -> list[int]:
        """Where the headings stand that take the whole width."""
        return [place for place, line in enumerate(self.lines) if line.kind == "step"]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(line)[index.column()]
        if role == Qt.ItemDataRole.FontRole and (line.kind != "field" or line.mark):
            font = QFont(QApplication.font())
            font.setWeight(QFont.Weight.Bold if line.kind == "step" else QFont.Weight.Medium)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1 and line.kind == "field" and not line.mark:
            return QApplication.palette().placeholderText()
        return None

    def _words(self, line: StateLine) -> tuple[str, str, str]:
        if line.kind == "step":
            return f"{line.words}　{line.value}".strip(), "", ""
        value = f"{line.value}（原：{line.was}）" if line.was else line.value
        return MARKS[line.mark], line.words, value


class StateView(QTableView):
    """The table, as wide as there is room; what was changed is brought into view."""

    def __init__(self) -> None:
        super().__init__()
        self._table = StateTable(self)
        self.setModel(self._table)
        self.setObjectName("state")
        self.setAccessibleName("当时的录入内容")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(pixels(ROW))

    @property
    def lines(self) -> tuple[StateLine, ...]:
        """What is shown."""
        return self._table.lines

    def show_lines(self, lines: tuple[StateLine, ...]) -> None:
        """Shows a state, at the first of what was changed; where nothing was, as far down as it was read."""
        height = self.verticalScrollBar().value()
        self.clearSpans()
        self._table.show(lines)
        for place in self._table.steps():
            self.setSpan(place, 0, 1, COLUMNS)
        marked = next((place for place, line in enumerate(lines) if line.mark), None)
        if marked is None:
            self.verticalScrollBar().setValue(height)
        else:
            self.scrollTo(self._table.index(marked, 1), QAbstractItemView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every column is in view, whatever the width."""
        super().resizeEvent(event)
        mark = pixels(MARK_WIDTH)
        room = self.viewport().width() - mark
        name = room * NAME_SHARE[0] // NAME_SHARE[1]
        for column, width in enumerate((mark, name, room - name)):
            self.setColumnWidth(column, width)
