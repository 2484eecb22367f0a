"""The first set-up, one question group a page: office, locality, administrator, recovery sheet, backups."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout

from desktop.domain.problems import Problem
from desktop.settings import read_settings, write_settings
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.backup_step import BackupStep
from desktop.window.entrance.lines import link
from desktop.window.entrance.premises import Premises
from desktop.window.entrance.set_up_steps import AdministratorStep, LocalityStep, OfficeStep, Step
from desktop.window.entrance.sheet_steps import ProofStep, SheetStep
from desktop.window.labels import label, prose
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.at_the_door import make_backup_folder
from desktop.work.door import takes_over
from desktop.work.entering import Entered, SetUp, set_up
from desktop.work.recovery import Sheet, confirm_sheet, last_group, recovery_sheet

T = TypeVar("T")
NAMES = ("单位", "地区", "管理员", "恢复表", "备份")
RAIL = (0, 1, 2, 3, 3, 4)  # the place on the rail of each page: the sheet takes two
ADMINISTRATOR, SHEET, PROOF, BACKUP = 2, 3, 4, 5
MARKS = {"here": ("●", "当前"), "done": ("✓", "已完成"), "open": ("○", "未开始")}
ON = {ADMINISTRATOR: "建立案卷库 F8", BACKUP: "打开受理台 F8"}
TAKES_OVER = "找到前一版本的案卷库。设置完成后，其中的案卷会全部转入并加密保存，旧文件不再保留。"


class SetUpPage(QFrame):
    """The steps under their rail; nothing is made before the third is done, and nothing is lost on the way back."""

    made = Signal(object)  # Entered: from here on there is a store to be closed
    finished = Signal()
    restore_asked = Signal()

    def __init__(self, premises: Premises, tasks: Tasks, entered: Entered | None = None) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._premises, self._tasks = premises, tasks
        self.entered = entered
        self.office = OfficeStep(premises.settings)
        self.locality = LocalityStep(premises.library, premises.settings.locality)
        self.administrator = AdministratorStep()
        self.sheet, self.proof = SheetStep(tasks), ProofStep()
        self.backup = BackupStep(premises.door, premises.settings)
        self._steps: tuple[Step, ...] = (
            *(self.office, self.locality, self.administrator, self.sheet, self.proof, self.backup),
        )
        self._stack = QStackedWidget()
        self._build()
        for step in self._steps:
            self._stack.addWidget(step)
            step.done.connect(self.go_on)
        for keys, move in (("F7", self.go_back), ("F8", self.go_on)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(move)
        self._show(0)

    def begin(self) -> None:
        """Brings the keyboard to the first question; where there is a store already, to its sheet."""
        if self.entered is None:
            self._show(0)
        else:
            self._ask_sheet(self.entered)

    def place(self) -> int:
        """Which page is shown, from 0."""
        return self._stack.currentIndex()

    def go_back(self) -> None:
        """A page back, but not behind the making of the store."""
        if self.back.isEnabled():
            self._show(self.place() - 1)

    def go_on(self) -> None:
        """A page on, once this one lacks nothing."""
        if not self.on.isEnabled() or self._steps[self.place()].lacking():
            return
        work: dict[int, Callable[[], None]] = {
            ADMINISTRATOR: self._make_store,
            PROOF: self._confirm,
            BACKUP: self._keep_folders,
        }
        work.get(self.place(), partial(self._show, self.place() + 1))()

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.trouble.clear()
        for at, mark in enumerate(self._rail):
            state = "here" if at == RAIL[place] else "done" if at < RAIL[place] else "open"
            sign, said = MARKS[state]
            mark.setText(f"{sign} {NAMES[at]}")
            mark.setAccessibleName(f"{NAMES[at]}：{said}")
            mark.setChecked(state == "here")
            mark.setProperty("state", state)
            mark.style().unpolish(mark)
            mark.style().polish(mark)
        self.restore.setVisible(place < SHEET)
        self.set_busy(False)
        self._steps[place].focus_first()

    def set_busy(self, busy: bool) -> None:
        """While something is made, one neither goes on nor back."""
        place = self.place()
        self.on.setText("正在进行…" if busy else ON.get(place, "下一步 F8"))
        for button in (self.on, self.restore):
            button.setEnabled(not busy)
        self.back.setEnabled(not busy and place not in (0, SHEET))
        self._steps[place].setEnabled(not busy)

    def say(self, problem: Problem) -> None:
        """Says why it does not go on."""
        self.set_busy(False)
        self._steps[self.place()].focus_first()
        self.trouble.show_problem(problem)

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self.set_busy(True)
        self._tasks.run(work, then, self.say)

    def _make_store(self) -> None:
        facts = {**self.office.facts(), **self.locality.facts()}
        step = self.administrator
        wanted = SetUp(step.name.field.text(), step.password.password(), facts)
        self._run(partial(set_up, self._premises.door, wanted), self._store_made)

    def _store_made(self, entered: Entered) -> None:
        self.entered = entered
        self.administrator.password.clear()
        self.made.emit(entered)
        self._ask_sheet(entered)

    def _ask_sheet(self, entered: Entered) -> None:
        self.proof.ask_for(last_group(entered.code))
        self._show(SHEET)
        self._tasks.run(partial(_sheet_of, self._premises, entered), self._show_sheet, self.say)

    def _show_sheet(self, sheet: Sheet) -> None:
        self.sheet.show_sheet(sheet)
        self.sheet.focus_first()

    def _confirm(self) -> None:
        assert self.entered is not None
        work = partial(confirm_sheet, self._premises.door, self.entered)
        self._run(work, lambda _nothing: self._show(BACKUP))

    def _keep_folders(self) -> None:
        work = partial(_keep_folders, self._premises, self.backup.folders())
        self._run(work, lambda _nothing: self.finished.emit())

    def _build(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._head())
        above = QVBoxLayout()
        above.setContentsMargins(space(6), space(2), space(6), 0)
        above.setSpacing(space(2))
        self.trouble = Trouble()
        above.addWidget(self.trouble)
        down.addLayout(above)
        if self.entered is None and takes_over(self._premises.door):
            above.addWidget(prose(TAKES_OVER, "attention"))
        down.addWidget(self._stack, 1)
        down.addWidget(self._foot())

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "head")
        rows = QVBoxLayout(head)
        rows.setContentsMargins(space(6), space(2), space(6), 0)
        rows.addWidget(label("一门受理台 · 首次设置", "section"))
        across = QHBoxLayout()
        across.setSpacing(space(1))
        self._rail = [self._mark() for _ in NAMES]
        for mark in self._rail:
            across.addWidget(mark)
        across.addStretch(1)
        rows.addLayout(across)
        return head

    def _mark(self) -> QToolButton:
        mark = QToolButton()
        mark.setProperty("role", "step")
        mark.setCheckable(True)
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return mark

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "foot")
        across = QHBoxLayout(foot)
        across.setContentsMargins(space(6), space(2), space(6), space(2))
        self.restore = link("已有备份？从备份恢复(&B)…", self.restore_asked)
        self.back, self.on = QPushButton("上一步 F7"), QPushButton("下一步 F8")
        self.on.setProperty("role", "primary")
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        across.addWidget(self.restore)
        across.addStretch(1)
        for button in (self.back, self.on):
            across.addWidget(button)
            button.setAutoDefault(True)
        return foot


def _sheet_of(premises: Premises, entered: Entered) -> Sheet:
    office = premises.office_of(entered)
    return recovery_sheet(premises.door, entered, office.letterhead.office, premises.fonts)


def _keep_folders(premises: Premises, folders: tuple[str, str]) -> None:
    first, second = (str(make_backup_folder(text)) if text else "" for text in folders)
    # Read anew: what else is set on this machine may have changed since.
    settings = read_settings(premises.settings_file)
    write_settings(premises.settings_file, replace(settings, backup_folder=first, second_folder=second))
