"""The lock over an open office: drawn by a key or after a while, lifted by whoever signs in."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.window.entrance.credentials import ask_wait
from desktop.window.entrance.idle import Idle
from desktop.window.entrance.lock_page import LockPage
from desktop.window.entrance.premises import Opened
from desktop.window.entrance.veil import Veil
from desktop.work.at_the_door import is_mistyped
from desktop.work.door import Door
from desktop.work.entering import known_clerks, sign_out, unlock


class Lock(QObject):
    """Watches over one office at a time."""

    def __init__(self, door: Door, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._door, self._stack = door, stack
        self._opened: Opened | None = None
        self._veil: Veil | None = None
        self.page = LockPage()
        self.idle = Idle(door.now, self)
        self.idle.over.connect(self.lock)
        stack.addWidget(self.page)
        self.page.credentials.given.connect(self._unlock)
        self.page.credentials.turned_to.connect(self._ask_wait)

    def watch(self, opened: Opened, minutes: int) -> None:
        """Watches over an office from now on; 0 minutes locks only by the key."""
        self._opened = opened
        self._veil = Veil(self._stack, opened.inside.widget, self.page)
        self.idle.begin(minutes)

    def let_go(self) -> None:
        """The office is closed."""
        self.idle.end()
        if self._veil is not None:
            self._veil.take_down()
        self._opened = self._veil = None

    def is_drawn(self) -> bool:
        """Whether the window is locked."""
        return self._veil is not None and self._veil.drawn

    def lock(self) -> None:
        """Hides the work until somebody who may signs in; what is typed goes to the disk first."""
        if self._opened is None or self._veil is None or self._veil.drawn:
            return
        self._close_what_lies_over()
        # A composition under way becomes text, as it does on leaving a field.
        QGuiApplication.inputMethod().commit()
        inside, clerk = self._opened.inside, self._opened.seat.clerk
        inside.flush()
        noted = partial(sign_out, self._opened.entered.store, clerk, self._door.now(), locked=True)
        inside.tasks.run(noted, lambda _nothing: None, inside.say)
        self.idle.end()
        self.page.show_clerks(self._clerks(clerk), clerk.id)
        self._veil.draw()

    def _clerks(self, here: Clerk) -> tuple[Clerk, ...]:
        with suppress(Problem):
            return known_clerks(self._door)
        return (here,)

    def _ask_wait(self, clerk_id: str) -> None:
        if self._opened is not None:
            ask_wait(self._opened.inside.tasks, self._door, self.page.credentials, clerk_id)

    def _unlock(self, clerk_id: str, password: str) -> None:
        assert self._opened is not None
        # What is still to be kept is kept in the name of whoever typed it: before anybody else sits down.
        self._opened.inside.flush()
        work = partial(unlock, self._door, self._opened.entered.store, clerk_id, password)
        self._opened.inside.tasks.run(work, self._lift, partial(self._stay, clerk_id))

    def _stay(self, clerk_id: str, problem: Problem) -> None:
        self.page.say(problem)
        if is_mistyped(problem):
            self._ask_wait(clerk_id)

    def _lift(self, clerk: Clerk) -> None:
        if self._opened is None or self._veil is None:
            return
        self._opened.seat.clerk = clerk
        self._opened.inside.show_clerk(clerk)
        self.page.credentials.clear()
        self._veil.lift()
        self.idle.begin_again()

    def _close_what_lies_over(self) -> None:
        """Lists and dialogs of the office lie in windows of their own."""
        while (popup := _popup()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible() and self._stack.window() in _above(window):
                window.reject()


def _popup() -> QWidget | None:
    return QApplication.activePopupWidget()


def _above(thing: QObject) -> Iterator[QObject]:
    found = thing
    while (parent := _parent(found)) is not None:
        yield parent
        found = parent


def _parent(thing: QObject) -> QObject | None:
    return thing.parent()
