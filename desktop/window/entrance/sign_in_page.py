"""Signing in: who is at the window; and what helps where the store does not open."""

from PySide6.QtCore import Qt, Signal

from desktop.domain.problems import Problem
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.card import CardPage
from desktop.window.entrance.credentials import Credentials
from desktop.window.entrance.lines import link
from desktop.work.at_the_door import is_mistyped, wants_restoring, wants_the_sheet


class SignInPage(CardPage):
    """The clerks by name and role, the password, and the ways round both."""

    recovery_asked = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__("一门受理台", "请选择姓名，录入口令后按 Enter。")
        self.trouble = Trouble()
        self.credentials = Credentials("登录")
        self.by_sheet = link("用恢复表进入(&H)…", self.recovery_asked)
        self.restore = link("从备份恢复(&B)…", self.restore_asked)
        self.rows.addWidget(self.trouble)
        self.rows.addWidget(self.credentials)
        self.credentials.foot.insertWidget(0, self.by_sheet)
        self.rows.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.restore.hide()

    def say(self, problem: Problem | None) -> None:
        """Says why the store does not open, and offers what helps; or that nothing is in the way."""
        self.credentials.set_busy(False)
        helps = problem is not None and (wants_restoring(problem) or wants_the_sheet(problem))
        self.restore.setVisible(helps)
        if problem is None:
            self.trouble.clear()
            return
        self.trouble.show_problem(problem)
        if wants_the_sheet(problem) and not self.credentials.clerks.count():
            self.by_sheet.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.restore.isVisibleTo(self):
            self.restore.setFocus(Qt.FocusReason.TabFocusReason)

    def tell(self, words: str) -> None:
        """Says that something is done."""
        self.say(None)
        self.trouble.tell(words)

    def refuse(self, problem: Problem) -> None:
        """Says why somebody was not let in: beside the password where that was it."""
        if is_mistyped(problem):
            self.say(None)
            self.credentials.refuse(problem)
        else:
            self.say(problem)
