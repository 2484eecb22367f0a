"""Save as you type: the draft goes to disk when typing rests, and the mark says only what is so."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.problems import Problem
from desktop.window.questions.draft import Draft
from desktop.window.tasks import Tasks
from desktop.work.intake import OpenCase, save_case
from desktop.work.office import Office
from desktop.work.undoing import save_taken_back

IDLE_MILLISECONDS = 300
RETRY_MILLISECONDS = 5000


class Saving(QObject):
    """Keeps one open case on disk. ``marked`` tells the mark and whether it is a trouble that stays in view."""

    marked = Signal(str, bool)
    stored = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._case_id = ""
        self._draft: Draft | None = None
        self._papers: dict[str, str] = {}
        self._changes = self._handed_over = self._on_disk = 0
        self._taken_back = False  # the last change took back the one before it
        self._next: Callable[[], None] | None = None  # what waits until all is on disk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def open(self, case: OpenCase, draft: Draft, papers: dict[str, str]) -> None:
        """Keeps this case from now on; it is on disk as it stands."""
        self._case_id, self._draft, self._papers = case.id, draft, papers
        self._changes = self._handed_over = self._on_disk = 0
        self._next = None
        self._timer.stop()
        self._mark_saved(case.saved_at)

    def note_change(self, *, taken_back: bool = False) -> None:
        """Something was typed, or the last change taken back: it will be on disk when typing rests."""
        self._changes += 1
        self._taken_back = taken_back
        self._timer.start(IDLE_MILLISECONDS)
        self.marked.emit("正在存盘…", False)

    def pending(self) -> bool:
        """Whether something typed is not on disk yet."""
        return self._on_disk < self._changes

    def flush(self) -> None:
        """Hands what was typed to the worker now, as it stands now."""
        self._timer.stop()
        if self._draft is None or self._handed_over == self._changes:
            return
        self._handed_over = self._changes
        keep = save_taken_back if self._taken_back else save_case
        work = partial(keep, self._office, self._case_id, self._draft.snapshot(), dict(self._papers))
        here = (self._case_id, self._changes)
        self._tasks.run(work, partial(self._saved, here), partial(self._failed, here))

    def when_on_disk(self, work: Callable[[], None]) -> None:
        """Does something once all that was typed is on disk; not at all where it cannot be kept."""
        self.flush()
        if self.pending():
            self._next = work
        else:
            work()

    def close(self) -> None:
        """Keeps nothing any more."""
        self._timer.stop()
        self._draft = None

    def _saved(self, here: tuple[str, int], at: datetime) -> None:
        case_id, change = here
        if case_id == self._case_id:
            self._on_disk = max(self._on_disk, change)
            if not self.pending():
                self._mark_saved(at)
                work, self._next = self._next, None
                if work is not None:
                    work()
        self.stored.emit()

    def _failed(self, here: tuple[str, int], problem: Problem) -> None:
        case_id, change = here
        if case_id == self._case_id:
            self._next = None
            # What was typed is still to be kept: it is tried again, whole, until it is on disk.
            self._handed_over = min(self._handed_over, change - 1)
            self._timer.start(RETRY_MILLISECONDS)
            self.marked.emit(f"未能存盘：{problem.what}{problem.remedy}", True)

    def _mark_saved(self, at: datetime) -> None:
        self.marked.emit(f"✓ 已存盘 {at:%H:%M}", False)
