"""The way in with the recovery sheet: its code, a name, and a new password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from desktop.domain.problems import Problem
from desktop.window.answers.fields import LineField
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.card import CardPage
from desktop.window.entrance.lines import Line, link
from desktop.window.entrance.new_password import NewPassword
from desktop.work.at_the_door import name_lack, wants_restoring
from desktop.work.recovery import code_lack

ABOUT = "请对照恢复表录入恢复码，并为自己设一个管理员帐号。进入后可为其他帐号重设口令；这一次会记入流水。"


class RecoveryPage(CardPage):
    """Three things to type; what is wrong with each stands beneath it."""

    given = Signal(str, str, str)  # code, name, password
    back_asked = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__("用恢复表进入", ABOUT)
        self.trouble = Trouble()
        self.code = Line("恢复码(&C)", LineField())
        self.name = Line("姓名(&N)", LineField())
        self.password = NewPassword("administrator")
        self.code.field.setPlaceholderText("七组，每组四个字符")
        # Nobody composes a code, and no input method is to learn it.
        self.code.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.code.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.code.field.editingFinished.connect(self._look_at_code)
        self.code.gone_on.connect(lambda: self.name.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.name.gone_on.connect(lambda: self.password.first.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.password.gone_on.connect(self._give)
        self.rows.addWidget(self.trouble)
        asked = QVBoxLayout()
        asked.setSpacing(0)
        for widget in (self.code, self.name, self.password):
            asked.addWidget(widget)
        self.rows.addLayout(asked)
        self.rows.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.restore = link("从备份恢复(&B)…", self.restore_asked)
        self.back, self.go = QPushButton("返回登录 Esc"), QPushButton("进入")
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._go_back)
        self.go.setProperty("role", "primary")
        self.back.clicked.connect(self._go_back)
        self.go.clicked.connect(self._give)
        foot = QHBoxLayout()
        foot.addWidget(self.restore)
        self.restore.hide()
        foot.addStretch(1)
        for button in (self.back, self.go):
            button.setAutoDefault(True)
            foot.addWidget(button)
        return foot

    def focus_first(self) -> None:
        """Brings the keyboard to the code."""
        self.code.field.setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Forgets what was typed and said."""
        self.trouble.clear()
        self.restore.hide()
        for line in (self.code, self.name):
            line.field.clear()
            line.say("")
        self.password.clear()
        self.set_busy(False)

    def say(self, problem: Problem) -> None:
        """Says why the sheet does not let one in."""
        self.set_busy(False)
        self.trouble.show_problem(problem)
        self.restore.setVisible(wants_restoring(problem))

    def set_busy(self, busy: bool) -> None:
        """While a code is tried, no other is."""
        self.go.setEnabled(not busy)
        self.back.setEnabled(not busy)

    def _go_back(self) -> None:
        if self.back.isEnabled():
            self.back_asked.emit()

    def _look_at_code(self) -> None:
        if self.code.field.text().strip():
            self.code.complain(code_lack(self.code.field.text()))

    def _give(self) -> None:
        if not self.go.isEnabled():
            return
        self.trouble.clear()
        for line, lack in (
            (self.code, code_lack(self.code.field.text())),
            (self.name, name_lack(self.name.field.text())),
        ):
            if line.complain(lack):
                line.field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        if not self.password.lacking():
            self.set_busy(True)
            self.given.emit(self.code.field.text(), self.name.field.text(), self.password.password())
