"""One of a few, chosen by arrows, a digit or a first letter; Enter goes on."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FRAME = 2  # pixels of the border while it has the keyboard
KEY = Qt.ItemDataRole.UserRole


class ChoiceList(QListWidget):
    """Words with a key each; one of them is always chosen."""

    chosen = Signal(str)
    gone_on = Signal()

    def __init__(self, name: str, rows: int) -> None:
        super().__init__()
        self._letters: Mapping[str, frozenset[str]] = {}
        self._rows = rows
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.currentRowChanged.connect(lambda: self.chosen.emit(self.key()))

    def offer(self, choices: Iterable[tuple[str, str]], now: str = "") -> None:
        """Offers choices by key; ``now`` is chosen, or the first."""
        self.blockSignals(True)
        self.clear()
        for key, words in choices:
            item = QListWidgetItem(words)
            item.setData(KEY, key)
            item.setToolTip(words)
            self.addItem(item)
        keys = [self.item(row).data(KEY) for row in range(self.count())]
        self.setCurrentRow(keys.index(now) if now in keys else 0)
        self.blockSignals(False)
        self.ensurePolished()
        rows = max(1, min(self.count(), self._rows))
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 2 * FRAME)
        self.chosen.emit(self.key())

    def set_letters(self, letters: Mapping[str, frozenset[str]]) -> None:
        """The letters that choose each, by key."""
        self._letters = letters

    def key(self) -> str:
        """The key of what is chosen; empty where there is nothing to choose."""
        return str(self.currentItem().data(KEY)) if self.count() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; a digit chooses by place, a letter the next that begins with it."""
        typed = event.text().upper()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in ENTER:
            self.gone_on.emit()
        elif plain and typed.isdecimal():
            if 0 < int(typed) <= self.count():
                self.setCurrentRow(int(typed) - 1)
        elif plain and typed.isalpha() and self._letters:
            after = [*range(self.currentRow() + 1, self.count()), *range(self.currentRow() + 1)]
            fits = (row for row in after if typed in self._letters.get(self.item(row).data(KEY), ()))
            self.setCurrentRow(next(fits, self.currentRow()))
        else:
            super().keyPressEvent(event)
