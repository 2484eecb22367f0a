"""The one door off the window's thread: work goes to one worker, what came of it comes back through one signal."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, Signal

from desktop.domain.problems import Problem, Refused

T = TypeVar("T")


class Tasks(QObject):
    """Runs work in the order it was asked for, off the window's thread; it takes values, never widgets.

    ``then`` and ``failed`` run on the window's thread. Whatever is neither Problem nor Refused is a defect:
    it is raised there, whole, and reaches the last net.
    """

    came_back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._open = 0
        self.came_back.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Problem], None]) -> None:
        """Does the work on the worker, then hands over its result or the trouble a person can put right."""
        self._open += 1
        future = self._worker.submit(work)
        future.add_done_callback(lambda done: self.came_back.emit(partial(_hand_over, done, then, failed)))

    def idle(self) -> bool:
        """Whether nothing is under way or on its way back."""
        return self._open == 0

    def wait_until_idle(self, seconds: float = 10.0) -> bool:
        """Keeps the window alive until nothing is under way; False where that took too long."""
        until = monotonic() + seconds
        while self._open and monotonic() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return self.idle()

    def close(self) -> None:
        """Waits for what is under way, and hands it over; no work is taken after that."""
        self.wait_until_idle()
        self._worker.shutdown(wait=True)

    def _receive(self, hand_over: Callable[[], None]) -> None:
        self._open -= 1
        hand_over()


def _hand_over(done: "Future[T]", then: Callable[[T], None], failed: Callable[[Problem], None]) -> None:
    trouble = done.exception()
    if isinstance(trouble, Problem):
        failed(trouble)
    elif isinstance(trouble, Refused):
        failed(as_problem(trouble))
    else:
        then(done.result())  # raises what went wrong, if anything did


def as_problem(refused: Refused) -> Problem:
    """What was refused, in the words of a problem: the first faults, and how many more."""
    shown = [f"{fault.what}{fault.remedy}" for fault in refused.faults[:3]]
    more = len(refused.faults) - len(shown)
    return Problem("".join(shown) or "内容不全。", f"另有 {more} 处，请逐步核对。" if more else "")
