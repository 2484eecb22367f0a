"""A table to look at and to choose a row in; the row chosen stays chosen when it is read anew."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desktop.window.labels import pixels
from desktop.window.theme import PIXELS

WIDEST = 200  # pixels at 11 pt of what a column takes by itself


class RowTable(QTableWidget):
    """Rows of text; one column takes the room that the others leave."""

    def __init__(self, name: str, titles: Sequence[str], widest: int) -> None:
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(titles)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(pixels(PIXELS["row"]))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMaximumSectionSize(pixels(WIDEST))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """No higher than it must be: what room there is it is given."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows other rows."""
        place = max(0, self.currentRow())
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.setItem(row, column, cell)
        if rows:
            self.selectRow(min(place, len(rows) - 1))

    def height_of(self, lines: int) -> int:
        """Pixels that so many rows take with their titles."""
        header = self.horizontalHeader().sizeHint().height()
        return header + lines * pixels(PIXELS["row"]) + 2 * self.frameWidth() + 2
