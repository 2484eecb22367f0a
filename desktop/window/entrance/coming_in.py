"""The ways in: set-up, signing in, the recovery sheet, a backup; each ends with an open office or says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.window.entrance.credentials import ask_wait
from desktop.window.entrance.premises import Premises
from desktop.window.entrance.recovery_page import RecoveryPage
from desktop.window.entrance.restore_page import RestorePage
from desktop.window.entrance.set_up_page import SetUpPage
from desktop.window.entrance.sign_in_page import SignInPage
from desktop.window.tasks import Tasks
from desktop.work.at_the_door import is_mistyped, letters_of
from desktop.work.door import Door, is_new, refuse_place
from desktop.work.entering import Entered, known_clerks, sign_in
from desktop.work.office import Office
from desktop.work.office_facts import lock_minutes
from desktop.work.recovery import recover


@dataclass(frozen=True, slots=True)
class Came:
    """Who came in, the office that opened, and the minutes without a touch until it locks."""

    entered: Entered
    office: Office
    minutes: int


class ComingIn(QObject):
    """Asks who comes in, page after page; all that takes time is done off the window's thread."""

    page_asked = Signal(QWidget)
    came = Signal(object)

    def __init__(self, premises: Premises, parent: QObject) -> None:
        super().__init__(parent)
        self._premises = premises
        self.tasks = Tasks(self)
        self.entered: Entered | None = None  # while the set-up goes on behind an open store
        self.sign_in_page = SignInPage()
        self.recovery_page = RecoveryPage()
        self.restore_page = RestorePage(premises, self.tasks)
        self.set_up_page: SetUpPage | None = None
        page = self.sign_in_page
        page.credentials.given.connect(self._sign_in)
        page.credentials.turned_to.connect(partial(ask_wait, self.tasks, premises.door, page.credentials))
        page.recovery_asked.connect(self._show_recovery)
        page.restore_asked.connect(self._show_restore)
        self.recovery_page.given.connect(self._recover)
        self.recovery_page.restore_asked.connect(self._show_restore)
        self.recovery_page.back_asked.connect(self.start)
        self.restore_page.back_asked.connect(self._leave_restore)
        self.restore_page.restored.connect(self._restored)

    def pages(self) -> tuple[QWidget, ...]:
        """The pages that are always there; the last of them is where one begins."""
        return self.recovery_page, self.restore_page, self.sign_in_page

    def start(self, last: str = "") -> None:
        """Looks who may come in, and asks them; ``last`` is the id of who was here before."""
        if self.entered is None:
            self.forget()
        self.sign_in_page.say(None)
        self.page_asked.emit(self.sign_in_page)
        self.tasks.run(partial(_who_may, self._premises.door), partial(self._show_way_in, last), self._stay_shut)

    def forget(self) -> None:
        """Forgets what was typed here."""
        self.sign_in_page.credentials.clear()
        self.recovery_page.clear()
        self.restore_page.clear()
        if self.set_up_page is not None:
            self.set_up_page.deleteLater()
        self.set_up_page = self.entered = None

    def _show_way_in(self, last: str, clerks: tuple[Clerk, ...] | None) -> None:
        if clerks is None:
            self._show_set_up(None)
            return
        credentials = self.sign_in_page.credentials
        credentials.show_clerks(clerks, last)
        credentials.focus_first(known=bool(last) or len(clerks) == 1)
        self.tasks.run(partial(_letters, clerks), credentials.set_letters, self.sign_in_page.say)

    def _stay_shut(self, problem: Problem) -> None:
        self.sign_in_page.credentials.show_clerks(())
        self.sign_in_page.say(problem)

    def _sign_in(self, clerk_id: str, password: str) -> None:
        door = self._premises.door
        refused = partial(self._refuse, clerk_id)
        self._come_in(partial(sign_in, door, clerk_id, password), refused)

    def _refuse(self, clerk_id: str, problem: Problem) -> None:
        self.sign_in_page.refuse(problem)
        if is_mistyped(problem):
            ask_wait(self.tasks, self._premises.door, self.sign_in_page.credentials, clerk_id)

    def _recover(self, code: str, name: str, password: str) -> None:
        self._come_in(partial(recover, self._premises.door, code, name, password), self.recovery_page.say)

    def _come_in(self, way: Callable[[], Entered], refused: Callable[[Problem], None]) -> None:
        self.tasks.run(partial(_came, self._premises, way), self._let_in, refused)

    def _let_in(self, came: Came) -> None:
        """Into the office; an administrator whose recovery sheet is not on paper yet puts it there first."""
        if came.entered.code:
            self.sign_in_page.credentials.clear()
            self._show_set_up(came.entered)
            return
        self.forget()
        self.came.emit(came)

    def _show_recovery(self) -> None:
        self.recovery_page.clear()
        self.page_asked.emit(self.recovery_page)
        self.recovery_page.focus_first()

    def _show_set_up(self, entered: Entered | None) -> None:
        self.entered = entered
        page = self.set_up_page = SetUpPage(self._premises, self.tasks, entered)
        page.made.connect(self._note_entered)
        page.finished.connect(self._set_up_done)
        page.restore_asked.connect(self._show_restore)
        self.page_asked.emit(page)
        page.begin()

    def _note_entered(self, entered: Entered) -> None:
        self.entered = entered

    def _set_up_done(self) -> None:
        entered = self.entered
        assert entered is not None
        # The sheet is on paper: the code is not carried any further.
        done = Entered(entered.store, entered.clerk)
        self._come_in(lambda: done, self._fall_back)

    def _fall_back(self, problem: Problem) -> None:
        """The office did not open after all, and its store is closed again."""
        self.forget()
        self.page_asked.emit(self.sign_in_page)
        self._stay_shut(problem)

    def _show_restore(self) -> None:
        asked = self.sign_in_page.credentials
        last = asked.clerks.key()
        asked.clear()
        self.page_asked.emit(self.restore_page)
        self.restore_page.begin(last)

    def _leave_restore(self) -> None:
        """Back to where one came from; what was typed in the set-up is still there."""
        self.restore_page.clear()
        if self.set_up_page is None:
            self.start()
        else:
            self.page_asked.emit(self.set_up_page)

    def _restored(self, words: str) -> None:
        self.start()
        self.sign_in_page.tell(words)


def _who_may(door: Door) -> tuple[Clerk, ...] | None:
    """The clerks who may sign in; None where there is nothing to sign in to yet."""
    refuse_place(door)
    return None if is_new(door) else known_clerks(door)


def _letters(clerks: tuple[Clerk, ...]) -> dict[str, frozenset[str]]:
    return {clerk.id: letters_of(clerk) for clerk in clerks}


def _came(premises: Premises, way: Callable[[], Entered]) -> Came:
    """Comes in by a way and opens the office; the store is closed again where it does not open."""
    entered = way()
    try:
        office = premises.office_of(entered)
        office.library.rules(office.locality)
        return Came(entered, office, lock_minutes(entered.store))
    except BaseException:
        entered.store.close()
        raise
