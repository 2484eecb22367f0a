"""A button that is pressed twice: the first press asks, the second is sure; going elsewhere takes the first one back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton

from desktop.window.theme import dress


class TwiceButton(QPushButton):
    """``sure`` comes with the second press."""

    sure = Signal()

    def __init__(self, words: str, again: str) -> None:
        super().__init__(again)
        self._words, self._again = words, again
        self.setMinimumWidth(self.sizeHint().width())  # asking makes it no wider
        self.setAutoDefault(True)
        self.asking = False
        self.take_back()
        self.clicked.connect(self._press)

    def take_back(self) -> None:
        """As if it had not been pressed."""
        self._show(asking=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere did not mean it."""
        super().focusOutEvent(event)
        self.take_back()

    def _press(self) -> None:
        was_asking = self.asking
        self._show(asking=not was_asking)
        if was_asking:
            self.sure.emit()

    def _show(self, *, asking: bool) -> None:
        self.asking = asking
        self.setText(self._again if asking else self._words)
        dress(self, "primary" if asking else "")
