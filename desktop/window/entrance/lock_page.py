"""The lock: nothing of the work is to be seen until somebody who may signs in."""

from collections.abc import Sequence

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.card import CardPage
from desktop.window.entrance.credentials import Credentials
from desktop.work.at_the_door import is_mistyped

ABOUT = "窗口里的内容原样保留。请录入口令继续；其他工作人员也可以选择自己的姓名接手。"


class LockPage(CardPage):
    """The clerks and the password; whoever was here is chosen already."""

    def __init__(self) -> None:
        super().__init__("已锁定", ABOUT)
        self.trouble = Trouble()
        self.credentials = Credentials("解锁")
        self.rows.addWidget(self.trouble)
        self.rows.addWidget(self.credentials)

    def show_clerks(self, clerks: Sequence[Clerk], now: str) -> None:
        """Asks for the password of whoever was here, or of another."""
        self.trouble.clear()
        self.credentials.show_clerks(clerks, now)

    def focus_first(self) -> None:
        """Brings the keyboard to the password."""
        self.credentials.focus_first(known=True)

    def say(self, problem: Problem) -> None:
        """Says why somebody was not let in, or why the window does not close."""
        if is_mistyped(problem):
            self.trouble.clear()
            self.credentials.refuse(problem)
        else:
            self.credentials.set_busy(False)
            self.trouble.show_problem(problem)
