"""How long nobody has touched keyboard and mouse."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

LOOK_MILLISECONDS = 1000
# An input method keeps the keys it composes with to itself: what it makes of them counts too.
TOUCHES = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress),
    }
)


class Idle(QObject):
    """Tells when nobody has touched the program for as long as was set; 0 minutes is never."""

    over = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._limit = timedelta(0)
        self._touched = (now(), monotonic())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def begin(self, minutes: int) -> None:
        """Counts from now on."""
        self._limit = timedelta(minutes=minutes)
        self.begin_again()

    def minutes(self) -> int:
        """After how many minutes it is over."""
        return self._limit // timedelta(minutes=1)

    def begin_again(self) -> None:
        """Counts from now on, up to where it was set."""
        self.end()
        self._touched = (self._now(), monotonic())
        if self._limit > timedelta(0):
            self._timer.start()
            _application().installEventFilter(self)

    def end(self) -> None:
        """Counts no more."""
        self._timer.stop()
        _application().removeEventFilter(self)

    def look(self) -> bool:
        """Tells if it is over, and stops counting then."""
        if not self._timer.isActive() or not self._is_over():
            return False
        self.end()
        self.over.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A touch begins the count anew; one that comes too late does nothing else."""
        if event.type() in TOUCHES:
            if self.look():
                return True
            self._touched = (self._now(), monotonic())
        return super().eventFilter(watched, event)

    def _is_over(self) -> bool:
        """By the clock on the wall, which goes on while the computer sleeps, or by the one that nobody sets back."""
        at, ticks = self._touched
        return max(self._now() - at, timedelta(seconds=monotonic() - ticks)) >= self._limit


def _application() -> QCoreApplication:
    found = QCoreApplication.instance()
    assert found is not None
    return found
