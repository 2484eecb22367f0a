"""The acts of a case, newest first, each on two lines; only what is in view is put into words."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.window.history.act_words import SHOWN, Told

Index = QModelIndex | QPersistentModelIndex


class ActModel(QAbstractListModel):
    """Acts as rows to look at; ``shown`` are those that the filter lets through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: tuple[Told, ...] = ()
        self.shown: tuple[Told, ...] = ()
        self._lines: dict[int, str] = {}

    def show(self, acts: tuple[Told, ...], only: object) -> None:
        """Shows the acts of these kinds, the last first."""
        self.beginResetModel()
        self.all = acts
        wanted = SHOWN.get(only if isinstance(only, str) else None)
        self.shown = tuple(told for told in reversed(acts) if only is None or (wanted and told.act.kind in wanted))
        self._lines = {}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many acts are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An act: when, what kind and who; beneath, what it did."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            place = index.row()
            if place not in self._lines:
                told = self.shown[place]
                self._lines[place] = f"{told.short}\n{told.words}"
            return self._lines[place]
        return None


class ActView(QListView):
    """The list; Enter opens what was sealed in the act under the bar."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, model: ActModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setObjectName("acts")
        self.setAccessibleName("历史记录")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def choose(self, place: int) -> None:
        """Goes to an act."""
        if 0 <= place < self.model().rowCount() and place != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(place, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tells which act is under the bar."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
