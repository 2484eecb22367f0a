"""The one window of the program: the ways in, then the office, and the lock over it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop.domain.problems import Problem
from desktop.window.entrance.coming_in import Came, ComingIn
from desktop.window.entrance.lock import Lock
from desktop.window.entrance.lock_page import LockPage
from desktop.window.entrance.premises import Inside, Opened, Premises, Seat
from desktop.window.entrance.recovery_page import RecoveryPage
from desktop.window.entrance.restore_page import RestorePage
from desktop.window.entrance.set_up_page import SetUpPage
from desktop.window.entrance.sign_in_page import SignInPage
from desktop.work.entering import Entered, sign_out
from desktop.work.office import Office

TITLE = "一门受理台"
NOT_ON_DISK = Problem("最后录入的内容还没有存盘。", "再次关闭将放弃这部分。")


class Desk(QMainWindow):
    """Shows one page at a time; what is not shown takes no key."""

    def __init__(self, premises: Premises, open_office: Callable[["Desk", Office], Inside]) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle(TITLE)
        self.resize(1366, 768)
        self._premises, self._open_office = premises, open_office
        self._leaving = False
        self.opened: Opened | None = None
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # a wide page scrolls or breaks; it never widens the window
        self.setCentralWidget(self._stack)
        self._furnish()
        for keys, door in (("Ctrl+L", self.lock), ("Ctrl+Shift+L", self.sign_out)):
            QShortcut(QKeySequence(keys), self).activated.connect(door)

    def start(self, last: str = "") -> None:
        """Asks who comes in; ``last`` is the id of who was here before."""
        self.coming_in.start(last)

    def show_page(self, page: QWidget) -> None:
        """Shows a page over the whole window."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def say(self, problem: Problem) -> None:
        """Says a trouble on whatever page is shown."""
        page = self._stack.currentWidget()
        if isinstance(page, SetUpPage | SignInPage | RecoveryPage | RestorePage | LockPage):
            page.say(problem)
        elif self.opened is not None:
            self.opened.inside.say(problem)

    def lock(self) -> None:
        """Hides the work until somebody who may signs in."""
        if not self._leaving:
            self.guard.lock()

    def lock_after(self, minutes: int) -> None:
        """Locks after so many minutes without a touch, from now on; 0 is never."""
        if self.opened is not None:
            self.guard.idle.begin(minutes)

    def sign_out(self) -> None:
        """Leaves the office and asks who comes next."""
        if self.opened is not None and not self.guard.is_drawn():
            last = self.opened.seat.clerk.id
            if self._leave():
                self.start(last)

    def leave_for(self, work: Callable[[], str]) -> None:
        """Leaves the office, does what needs its store closed, then asks who comes next and says what came of it."""
        if self.opened is None or self.guard.is_drawn():
            return
        last = self.opened.seat.clerk.id
        if self._leave():
            self.coming_in.tasks.run(work, partial(self._begin_again, last), partial(self._begin_again, last))

    def _begin_again(self, last: str, came_of_it: str | Problem) -> None:
        self.start(last)
        page = self.coming_in.sign_in_page
        if isinstance(came_of_it, str):
            page.tell(came_of_it)
        else:
            page.say(came_of_it)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaves the office first; stays where something is not on disk yet."""
        self.coming_in.restore_page.cancel()
        self.coming_in.tasks.wait_until_idle()
        if not self._leave():
            event.ignore()
            return
        self.coming_in.tasks.close()
        super().closeEvent(event)

    def reopen(self, office: Office | None = None) -> None:
        """Builds every page anew for whoever sits there: in another look, or for an office whose facts changed."""
        opened, minutes = self.opened, self.guard.idle.minutes()
        if opened is None or self.guard.is_drawn() or not self._closed_office():
            return
        self.coming_in.tasks.close()
        for page in (*self.coming_in.pages(), self.guard.page):
            page.deleteLater()
        for asked in (self.coming_in, self.guard):
            asked.deleteLater()
        self._furnish()
        self._enter(opened.entered, opened.seat, office or opened.office, minutes)

    def _furnish(self) -> None:
        self.coming_in = ComingIn(self._premises, self)
        self.coming_in.page_asked.connect(self.show_page)
        self.coming_in.came.connect(self._open)
        for page in self.coming_in.pages():
            self.show_page(page)
        self.guard = Lock(self._premises.door, self._stack)

    def _open(self, came: Came) -> None:
        store, seat = came.entered.store, Seat(came.entered.clerk)
        try:
            inside = self._enter(came.entered, seat, replace(came.office, who=seat.who), came.minutes)
        except BaseException:
            store.close()  # whatever broke, the next try is not kept out by this one
            raise
        findings = "".join(f"{one.what}{one.remedy}" for one in store.findings)
        if findings:
            inside.say(Problem(findings, ""))

    def _enter(self, entered: Entered, seat: Seat, office: Office, minutes: int) -> Inside:
        inside = self._open_office(self, office)
        self.opened = Opened(entered, seat, office, inside)
        self.show_page(inside.widget)
        inside.widget.focusNextChild()
        inside.show_clerk(seat.clerk)
        self.guard.watch(self.opened, minutes)
        return inside

    def _leave(self) -> bool:
        """Notes that whoever was here leaves, and closes the store; False where something is not on disk yet."""
        if self._leaving:
            return False
        self._leaving = True
        try:
            return self._closed_office() and self._closed_store()
        finally:
            self._leaving = False

    def _closed_office(self) -> bool:
        if self.opened is None:
            return True
        widget = self.opened.inside.widget
        if not widget.close():
            if self.guard.is_drawn():
                self.say(NOT_ON_DISK)
            return False
        self.guard.let_go()
        self.show_page(self.coming_in.sign_in_page)
        self._stack.removeWidget(widget)
        widget.deleteLater()
        return True

    def _closed_store(self) -> bool:
        entered = self.opened.entered if self.opened else self.coming_in.entered
        clerk = self.opened.seat.clerk if self.opened else None
        self.opened = None
        self.coming_in.forget()
        if entered is not None:
            # A disk that takes nothing more keeps nobody in.
            with suppress(Problem):
                sign_out(entered.store, clerk or entered.clerk, self._premises.door.now())
            entered.store.close()
        return True
