"""The veil: one page of a stack lies hidden, and comes back as it was, because it never learnt of either."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.window.entrance.lock_page import LockPage

FOCUS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class Veil(QObject):
    """Hides what lies beneath from eyes, keys and shortcuts.

    A page that is hidden and shown again may reload, a field that loses the keyboard rewrites what was typed. So those
    that are on screen are not told of it: they stay in the middle of what they were doing.
    """

    def __init__(self, stack: QStackedWidget, beneath: QWidget, above: LockPage) -> None:
        super().__init__(stack)
        self._stack, self._beneath, self._above = stack, beneath, above
        self._hidden: set[QObject] = set()
        self._kept: QWidget | None = None
        self._asleep = False  # the one that has the keyboard has not been told that it lost it
        self.drawn = False

    def draw(self) -> None:
        """Hides what lies beneath."""
        kept = _focused(self._stack.window())
        self._kept = kept if kept is not None and self._beneath.isAncestorOf(kept) else None
        self._asleep = self._kept is not None and self._kept.hasFocus()
        self.drawn = True
        with self._unnoticed():
            self._stack.setCurrentWidget(self._above)
            self._above.focus_first()
        _application().focusChanged.connect(self._give_back)

    def lift(self) -> None:
        """Shows what lies beneath, with the keyboard where it was."""
        _application().focusChanged.disconnect(self._give_back)
        self.drawn = False
        with self._unnoticed():
            self._stack.setCurrentWidget(self._beneath)  # a stack remembers where the keyboard was on each page
        self._hidden.clear()

    def take_down(self) -> None:
        """Watches over nothing any more."""
        if self.drawn:
            _application().focusChanged.disconnect(self._give_back)
            self.drawn = False

    @contextmanager
    def _unnoticed(self) -> Iterator[None]:
        _application().installEventFilter(self)
        try:
            yield
        finally:
            _application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps from those beneath that they are hidden and shown again; what came in the meantime is told."""
        kind = event.type()
        if kind == QEvent.Type.Hide and self._lies_beneath(watched):
            self._hidden.add(watched)
            return True
        if kind == QEvent.Type.Show and watched in self._hidden:
            return True
        return kind in FOCUS and self._asleep and watched is self._kept

    def _lies_beneath(self, watched: QObject) -> bool:
        return watched is self._beneath or (isinstance(watched, QWidget) and self._beneath.isAncestorOf(watched))

    def _give_back(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What is hidden may still ask for the keyboard, and gets it when the veil is lifted."""
        if now is not None and self._beneath.isAncestorOf(now):
            self._kept, self._asleep = now, False
            self._above.focus_first()


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def _focused(window: QWidget) -> QWidget | None:
    """What has the keyboard, or will have it as soon as the window is the active one again."""
    return window.focusWidget()
