"""Who comes in, by name and password; after wrong ones, how long to wait before the next."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.clerks import ROLES, Clerk
from desktop.domain.problems import Problem
from desktop.window.answers.password import PasswordField
from desktop.window.entrance.choice_list import ChoiceList
from desktop.window.entrance.lines import Line
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.door import Door, wait_left

AGAIN = "可以再试了。忘记口令时请管理员重设。"
BUSY = "正在核对…"
ROWS = 6  # names at once; the others scroll


class Credentials(QWidget):
    """The clerks, the password and the button; Enter leads from one to the next and in."""

    given = Signal(str, str)  # a clerk's id and a password
    turned_to = Signal(str)  # another clerk, who may have to wait

    def __init__(self, verb: str) -> None:
        super().__init__()
        self._until = 0.0
        self._verb = verb
        self.clerks = ChoiceList("姓名", ROWS)
        self.password = PasswordField()
        self.line = Line("口令(&P)", self.password)
        self.button = QPushButton(verb)
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._give)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        self.clerks.gone_on.connect(lambda: self.password.setFocus(Qt.FocusReason.TabFocusReason))
        self.clerks.chosen.connect(self._turn_to)
        self.line.gone_on.connect(self._give)
        self.password.textEdited.connect(self._still_waiting)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(space(3))
        down.addWidget(self.clerks)
        down.addWidget(self.line)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        down.addLayout(self.foot)

    def show_clerks(self, clerks: Sequence[Clerk], now: str = "") -> None:
        """Offers these clerks; ``now`` is the id of the one who was here last."""
        self.clear()
        self.clerks.offer(((clerk.id, f"{clerk.name}　{ROLES[clerk.role]}") for clerk in clerks), now)
        for widget in (self.clerks, self.line, self.button):
            widget.setVisible(bool(clerks))

    def set_letters(self, letters: Mapping[str, frozenset[str]]) -> None:
        """The letters that choose each clerk, by id."""
        self.clerks.set_letters(letters)

    def focus_first(self, known: bool = False) -> None:
        """Brings the keyboard to the password where it is clear whose, else to the names."""
        alone = known or self.clerks.count() == 1
        (self.password if alone else self.clerks).setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Forgets what was typed and said."""
        self._second.stop()
        self._until = 0.0
        self.password.clear()
        self.line.say("")
        self.set_busy(False)

    def refuse(self, problem: Problem) -> None:
        """Says beside the field what is wrong with what was typed."""
        self.set_busy(False)
        self.password.clear()
        self.line.complain(problem)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, seconds: int) -> None:
        """Counts down until the next try; 0 seconds says nothing new."""
        self._until = monotonic() + seconds
        if seconds:
            self._second.start()
            self._count_down()

    def set_busy(self, busy: bool) -> None:
        """While a password is tried, no other is."""
        self.button.setEnabled(not busy)
        self.button.setText(BUSY if busy else self._verb)
        self.clerks.setEnabled(not busy)
        self.password.setReadOnly(busy)

    def _give(self) -> None:
        if self._still_waiting() or not self.button.isEnabled():
            return
        if not self.password.text():
            self.line.complain(Problem("没有录入口令。", "请录入后按 Enter。"))
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_busy(True)
        self.line.say("")
        self.given.emit(self.clerks.key(), self.password.text())

    def _turn_to(self, clerk_id: str) -> None:
        self._second.stop()
        self._until = 0.0
        self.line.say("")
        if clerk_id:
            self.turned_to.emit(clerk_id)

    def _left(self) -> int:
        return max(0, ceil(self._until - monotonic()))

    def _still_waiting(self) -> bool:
        if self._left():
            self._count_down()
        return bool(self._left())

    def _count_down(self) -> None:
        left = self._left()
        if left:
            self.line.complain(Problem("口令连续输错。", f"请等待 {left} 秒后再试。"))
        else:
            self._second.stop()
            self.line.say(AGAIN)


def ask_wait(tasks: Tasks, door: Door, credentials: Credentials, clerk_id: str) -> None:
    """Asks how long a clerk has to wait, and has it counted down while that clerk is the one chosen."""

    def show(seconds: int) -> None:
        if credentials.clerks.key() == clerk_id:
            credentials.wait(seconds)

    tasks.run(partial(wait_left, door, clerk_id), show, credentials.refuse)
