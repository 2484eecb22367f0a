"""The way in from a backup, where the store is damaged, gone or not there yet: which one, who, and whether one is sure."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.card import CardPage
from desktop.window.entrance.credentials import ask_wait
from desktop.window.entrance.premises import Premises
from desktop.window.entrance.restore_parts import CodeStep, RestoreStep, SureStep, WhichStep, WhoStep
from desktop.window.tasks import Tasks
from desktop.work.at_the_door import is_mistyped
from desktop.work.backup_list import ListedBackup
from desktop.work.from_backup import (
    GivenUp,
    Ready,
    backups_at,
    backups_in_folder,
    bring_back,
    by_password,
    by_sheet,
    ready,
    who_may_try,
)

WIDTH = 640  # pixels at 11 pt
LOOKING = "正在查找备份…"
WHICH = "第 1 步，共 3 步：选择备份。已选中最新的一份，按 Enter 继续。"
WHO = "第 2 步，共 3 步：由管理员核对口令。密钥文件不在或已损坏时，用做这份备份时的口令。"
CODE = "第 2 步，共 3 步：请对照恢复表录入恢复码。"
SURE = "第 3 步，共 3 步：确认。确认之前不会改动任何文件。"
DOING = "正在恢复，请不要关闭电脑。中途取消时，一切保持原样。"


class RestorePage(CardPage):
    """Three steps, one at a time; Esc goes back one, or gives up what is under way. Nothing changes before the last."""

    back_asked = Signal()
    restored = Signal(str)  # what it came to, in words
    progressed = Signal(int)  # parts of a hundred

    def __init__(self, premises: Premises, tasks: Tasks) -> None:
        super().__init__("从备份恢复", WHICH, WIDTH)
        self._premises, self._tasks = premises, tasks
        self._stop, self._told = Event(), -1
        self._path: Path | None = None
        self._last = ""
        self._ready: Ready | None = None
        self._busy = self._restoring = False
        self.trouble = Trouble()
        self.which, self.who, self.code, self.sure = WhichStep(), WhoStep(), CodeStep(), SureStep()
        self._step: RestoreStep = self.which
        self._way: RestoreStep = self.who
        self._abouts = {self.which: WHICH, self.who: WHO, self.code: CODE, self.sure: SURE}
        self.rows.addWidget(self.trouble)
        for step in self._abouts:
            self.rows.addWidget(step)
            step.back_asked.connect(self.go_back)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.go_back)
        self._connect()
        self.clear()

    def _connect(self) -> None:
        credentials, door = self.who.credentials, self._premises.door
        self.which.given.connect(self._take)
        self.which.folder_asked.connect(self._ask_folder)
        self.who.code_asked.connect(partial(self._show, self.code))
        self.code.password_asked.connect(partial(self._show, self.who))
        credentials.given.connect(self._try_password)
        credentials.turned_to.connect(partial(ask_wait, self._tasks, door, credentials))
        self.code.given.connect(self._try_code)
        self.sure.sure.connect(self._bring_back)
        self.sure.stop_asked.connect(self.cancel)
        self.progressed.connect(self.sure.bar.setValue)

    def begin(self, last: str = "") -> None:
        """Looks which backups there are, and asks for one; ``last`` is the id of who was to sign in."""
        self.clear()
        self._last = last
        self.about.setText(LOOKING)
        self._run(partial(_found, self._premises), self._offer)

    def clear(self) -> None:
        """Forgets what was typed, said and found."""
        self._path = self._ready = None
        self._set_busy(busy=False)
        self.trouble.clear()
        self.which.offer(())
        self.who.credentials.show_clerks(())
        self.code.clear()
        self._show(self.which)

    def say(self, problem: Problem) -> None:
        """Says why it does not go on."""
        self._set_busy(busy=False)
        self._step.focus_first()
        self.trouble.show_problem(problem)

    def cancel(self) -> None:
        """Gives up what is under way; what is there stays as it was."""
        self._stop.set()
        self.sure.stop.setEnabled(False)

    def go_back(self) -> None:
        """A step back, or out; while a backup is brought back, that is given up."""
        if self._restoring:
            self.cancel()
        elif self._busy:
            return
        elif self._step is self.which:
            self.back_asked.emit()
        else:
            self._show(self._way if self._step is self.sure else self.which)

    # ---- which backup

    def _offer(self, rows: tuple[ListedBackup, ...]) -> None:
        self.which.offer(rows)
        self._show(self.which)

    def _ask_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "选择备份所在的文件夹", str(Path.home()))
        if found:
            self.choose_folder(Path(found))

    def choose_folder(self, folder: Path) -> None:
        """Offers the backups of another folder."""
        self._run(partial(backups_in_folder, folder), self._offer)

    def _take(self, path: Path) -> None:
        self._path = path
        self._run(partial(who_may_try, self._premises.door, path), self._ask_who)

    # ---- who

    def _ask_who(self, clerks: tuple[Clerk, ...]) -> None:
        self.who.credentials.show_clerks(clerks, self._last)
        self.code.clear()
        self.code.ask(only_way=not clerks)
        self._show(self.who if clerks else self.code)

    def _try_password(self, clerk_id: str, password: str) -> None:
        assert self._path is not None
        door = self._premises.door
        proof = partial(by_password, door, self._path, clerk_id, password)
        self._run(lambda: ready(door, proof()), self._ask_sure, partial(self._refuse, clerk_id))

    def _refuse(self, clerk_id: str, problem: Problem) -> None:
        if is_mistyped(problem):
            self._set_busy(busy=False)
            self.who.credentials.refuse(problem)
            ask_wait(self._tasks, self._premises.door, self.who.credentials, clerk_id)
        else:
            self.say(problem)

    def _try_code(self, code: str) -> None:
        assert self._path is not None
        door, proof = self._premises.door, partial(by_sheet, self._path, code)
        self._run(lambda: ready(door, proof()), self._ask_sure)

    # ---- whether one is sure

    def _ask_sure(self, found: Ready) -> None:
        self._ready = found
        self.who.credentials.clear()
        self.code.clear()
        self._show(self.sure)
        self.sure.ask(found.prospect, keys_only=found.keys_only)

    def _bring_back(self) -> None:
        assert self._ready is not None
        self._stop.clear()
        self._told, self._restoring = -1, True
        self._run(partial(_brought, self._premises, self._ready, self._tell), self._come_back, self._give_up)
        self.about.setText(DOING)
        self.sure.show_busy(busy=True)

    def _tell(self, done: int, of: int) -> bool:
        """On the worker: the signal reaches the window's thread from there by itself."""
        part = 100 * done // max(of, 1)
        if part != self._told:
            self._told = part
            self.progressed.emit(part)
        return not self._stop.is_set()

    def _come_back(self, words: str) -> None:
        self._restoring = False
        self.clear()
        self.restored.emit(words)

    def _give_up(self, problem: Problem) -> None:
        self._restoring = False
        self.about.setText(SURE)
        self.sure.show_busy(busy=False)
        self.say(problem)
        if isinstance(problem, GivenUp):
            self.trouble.tell(f"{problem.what}{problem.remedy}")

    # ---- one step at a time

    def _show(self, step: RestoreStep) -> None:
        self._step = step
        if step in (self.who, self.code):
            self._way = step
        self.trouble.clear()
        self.about.setText(self._abouts[step])
        for one in self._abouts:
            one.setVisible(one is step)
        step.focus_first()

    def _run(
        self, work: Callable[[], object], then: Callable[..., None], failed: Callable[[Problem], None] | None = None
    ) -> None:
        """Does work off the window's thread, once at a time."""
        if self._busy:
            return
        self.trouble.clear()
        self._set_busy(busy=True)
        self._tasks.run(work, partial(self._go_on, then), failed or self.say)

    def _go_on(self, then: Callable[..., None], came: object) -> None:
        self._set_busy(busy=False)
        then(came)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.who.credentials.set_busy(busy)
        for widget in (self.which, self.code, self.who.back, self.who.by_code):
            widget.setEnabled(not busy)


def _found(premises: Premises) -> tuple[ListedBackup, ...]:
    return backups_at(premises.door, premises.backups())


def _brought(premises: Premises, wanted: Ready, tell: Callable[[int, int], bool]) -> str:
    return bring_back(premises.door, premises.backups(), wanted, tell)
