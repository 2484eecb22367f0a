"""When backups are made: after half an hour of work, on leaving, by hand; and once a week the newest one is tried."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.problems import Problem
from desktop.window.tasks import Tasks
from desktop.work.backing_up import Carried, Made, carry, count, last_change, make
from desktop.work.backup_ages import EVERY, Ages, age_words, ages, drill_due, is_due, overdue
from desktop.work.backup_places import Backups
from desktop.work.drilling import Drill, Examined, compare, examine, keep_drill
from desktop.work.office import Office

T = TypeVar("T")
MINUTE = 60_000  # milliseconds
SOON = timedelta(minutes=5)
MAKING, CARRYING, TRYING = "正在备份", "正在复制到第二备份", "正在做恢复演练"


class BackupClock(QObject):
    """Backups are made on a worker of their own, so that whoever saves does not wait.

    What touches the store itself runs on the window's tasks, in turn with everything else.
    """

    aged = Signal(str)  # how old the backups are, and what to do where that is too old, for the status line
    said = Signal(str, str)  # a sentence, and its role: second or fault
    progressed = Signal(str, int, int)  # what is under way, and how many of how many parts of it are done
    ended = Signal()  # nothing is under way any more; the list is to be read anew

    def __init__(self, office: Office, backups: Backups, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office, self.backups, self.found = office, backups, Ages()
        self._tasks, self._own = tasks, Tasks(self)
        self._stop = Event()
        self._doing = ""
        self._told = -1  # in how many parts of a hundred the progress was said last
        self._closed = False
        self._change = 0  # the last one of the store, when somebody looked
        self._tried = self._drill_tried = office.now() - EVERY  # what fails is not tried again every minute
        self._leaving: Callable[[Problem | None], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Looks how old the backups are, and every minute what is due."""
        self._timer.start()
        self.look()
        if self.office.kept.unbacked:
            self.tick()

    def use(self, backups: Backups) -> None:
        """From now on backups go elsewhere."""
        self.backups, self.found = backups, Ages()
        self._tried = self.office.now() - EVERY
        self.look()

    def look(self) -> None:
        """Looks how old the backups are."""
        self.run(partial(ages, self.backups, self.office.kept.id, self.office.now()), self._take_in)

    def tick(self) -> None:
        """Says how old the backups are, and does what is due."""
        self._say_age()
        if not self.busy():
            self._tasks.run(partial(last_change, self.office), self._do_what_is_due, self._say)

    def busy(self) -> bool:
        """Whether a backup or a drill is under way."""
        return bool(self._doing)

    def idle(self) -> bool:
        """Whether nothing is under way or on its way back, on either worker."""
        return not self.busy() and self._own.idle() and self._tasks.idle()

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Does work with the folders of backups, off the window's thread and out of the store's way."""
        self._own.run(work, then, self._say)

    def back_up(self, why: str) -> None:
        """Makes a backup, unless something is under way."""
        if self._begin(MAKING):
            self._tried = self.office.now()
            self._own.run(partial(make, self.office, self.backups, why, self._tell), self._count, self._fail)

    def drill(self) -> None:
        """Tries the newest backup, unless something is under way."""
        if self._begin(TRYING):
            self._drill_tried = self.office.now()
            kept = self.office.kept
            work = partial(examine, self.backups, kept.secret, kept.id, self._tell)
            self._own.run(work, self._compare, self._fail)

    def cancel(self) -> None:
        """Ends what is under way; nothing half-made stays."""
        self._stop.set()

    def leave(self, then: Callable[[Problem | None], None]) -> None:
        """Makes a backup of what is in none yet; ``then`` hears when that is done, or why it could not be."""
        self._timer.stop()
        self._leaving = then
        if not self.busy():
            self._leave()

    def close(self) -> None:
        """Ends what is under way, and lets its worker go."""
        self._timer.stop()
        self._closed, self._leaving = True, None
        self._stop.set()
        self._own.close()

    # ---- what is due

    def _do_what_is_due(self, change: int) -> None:
        self._change, now = change, self.office.now()
        self._say_age()
        # What no backup leads to is lost with the file: it does not wait, and is tried again sooner.
        alone = self.office.kept.unbacked and _is_past(self._tried, now, SOON)
        if alone or (is_due(self.found, change, now) and _is_past(self._tried, now, EVERY)):
            self.back_up("interval")
        elif drill_due(self.found, now) and _is_past(self._drill_tried, now, EVERY):
            self.drill()

    def _leave(self) -> None:
        self._tasks.run(partial(last_change, self.office), self._back_up_last, self._go)

    def _back_up_last(self, change: int) -> None:
        if change > self.found.covered:
            self.back_up("closing")
        else:
            self._go(None)

    def _go(self, problem: Problem | None) -> None:
        then, self._leaving = self._leaving, None
        if then is not None:
            then(problem)

    # ---- a backup and a drill, step by step

    def _count(self, backup: Made) -> None:
        if not self._stopped():
            self._tasks.run(partial(count, self.office, backup), partial(self._carry, backup), self._fail)

    def _carry(self, backup: Made, covered: int) -> None:
        self.found = replace(self.found, newest=backup.manifest.made_at, covered=covered)
        if not self._stopped():
            self._doing, self._told = CARRYING, -1
            work = partial(carry, self.office, self.backups, backup, covered, self._tell)
            self._own.run(work, partial(self._carried, backup.manifest.why), self._fail)

    def _carried(self, why: str, carried: Carried) -> None:
        if carried.trouble is not None:
            self._say(carried.trouble)
        elif why == "hand":
            self.said.emit("已备份，并已复制到第二备份。" if carried.on_second else "已备份。", "second")
        self._end(None)

    def _compare(self, found: Examined) -> None:
        if not self._stopped():
            self._tasks.run(partial(compare, self.office, found), self._keep, self._fail)

    def _keep(self, done: Drill) -> None:
        self.found = replace(self.found, drilled=self.office.now(), drill=done.words)
        self.said.emit(done.words, "second" if done.passed else "fault")
        work = partial(keep_drill, self.backups, self.office.kept.id, done, self.office.now())
        self._own.run(work, partial(self._drilled, done), self._fail)

    def _drilled(self, done: Drill, _nothing: None) -> None:
        self._end(None)
        if done.spoiled:
            self.back_up("drill")

    # ---- how far it is

    def _begin(self, doing: str) -> bool:
        if self._doing or self._closed:
            return False
        self._doing, self._told = doing, -1
        self._stop.clear()
        self.progressed.emit(doing, 0, 100)
        return True

    def _tell(self, done: int, of: int) -> bool:
        """On the backups' own worker: signals reach the window's thread from there by themselves."""
        part = 100 * done // max(of, 1)
        if part != self._told:
            self._told = part
            self.progressed.emit(self._doing, part, 100)
        return not self._stop.is_set()

    def _stopped(self) -> bool:
        if self._closed:
            self._end(None)
        return self._closed

    def _fail(self, problem: Problem) -> None:
        self._say(problem)
        self._end(problem)

    def _say(self, problem: Problem) -> None:
        wanted = self._stop.is_set()
        self.said.emit(f"{problem.what}{problem.remedy}", "second" if wanted else "fault")

    def _end(self, problem: Problem | None) -> None:
        self._doing = ""
        if self._closed:
            return
        self.ended.emit()
        self.look()
        if problem is not None:
            self._go(problem)
        elif self._leaving is not None:
            self._leave()

    def _take_in(self, found: Ages) -> None:
        self.found = replace(found, covered=max(found.covered, self.found.covered))
        self._say_age()

    def _say_age(self) -> None:
        now = self.office.now()
        late = overdue(self.found, self.backups, self._change, now)
        self.aged.emit(" · ".join([age_words(self.found, now), *([late.remedy] if late else [])]))


def _is_past(then: datetime, now: datetime, after: timedelta) -> bool:
    """Whether so much time has gone by since; where the clock was set back, too."""
    return not timedelta(0) <= now - then < after
