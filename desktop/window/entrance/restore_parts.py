"""The steps of the way in from a backup: which one, by whose password or by the recovery sheet, and whether one is sure."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.window.answers.fields import LineField
from desktop.window.entrance.choice_list import ChoiceList
from desktop.window.entrance.credentials import Credentials
from desktop.window.entrance.lines import Line, link
from desktop.window.labels import Message, prose
from desktop.window.theme import dress, space
from desktop.work.backup_list import ListedBackup
from desktop.work.bringing_back import Prospect
from desktop.work.recovery import code_lack

BACK, ON = "上一步 Esc", "下一步"
ROWS = 8  # backups at once; the others scroll
WIDE, DIGITS = "\u3000", "\u2007"  # as wide as a character, as a digit: what is listed stands in columns
NONE_HERE = "没有找到备份。请插上存放备份的 U 盘或移动硬盘，再按「其他文件夹…」选择备份所在的文件夹。"
NO_KEYS = "这份备份旁边没有可用的密钥文件，只能用恢复表上的恢复码打开。"


class RestoreStep(QWidget):
    """One step: its widgets in ``rows``, at its foot a way elsewhere, the way back and the way on."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(space(3))
        self.back = QPushButton(BACK)
        self.back.setAutoDefault(True)
        self.back.clicked.connect(self.back_asked)

    def add_foot(self, on: QPushButton, elsewhere: QPushButton | None = None) -> None:
        """Puts the buttons beneath what was added so far."""
        on.setProperty("role", "primary")
        on.setAutoDefault(True)
        foot = QHBoxLayout()
        if elsewhere is not None:
            foot.addWidget(elsewhere)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(on)
        self.rows.addLayout(foot)

    def focus_first(self) -> None:
        """Brings the keyboard to the first question."""


class WhichStep(RestoreStep):
    """The backups that were found; the newest is chosen."""

    given = Signal(object)  # the Path of a backup
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ListedBackup, ...] = ()
        self.list = ChoiceList("备份", ROWS)
        self.nothing = prose(NONE_HERE, "attention")
        self.message = Message(0)
        dress(self.message, "fault")
        self.elsewhere = link("其他文件夹(&F)…", self.folder_asked)
        self.on = QPushButton(ON)
        for widget in (self.nothing, self.list, self.message):
            self.rows.addWidget(widget)
        self.add_foot(self.on, self.elsewhere)
        self.back.setText("返回 Esc")
        self.list.gone_on.connect(self._give)
        self.list.chosen.connect(lambda: self.message.setText(""))
        self.on.clicked.connect(self._give)
        self.offer(())

    def offer(self, rows: Sequence[ListedBackup]) -> None:
        """Offers these backups, the newest first."""
        self._rows = tuple(rows)
        self.list.offer((str(place), _words(row)) for place, row in enumerate(rows))
        self.message.setText("")
        self.nothing.setVisible(not rows)
        for widget in (self.list, self.on):
            widget.setVisible(bool(rows))

    def chosen(self) -> ListedBackup | None:
        """The backup that is chosen."""
        return self._rows[int(self.list.key())] if self.list.key() else None

    def focus_first(self) -> None:
        """Brings the keyboard to the list, or to what helps where there is none."""
        (self.list if self._rows else self.elsewhere).setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self) -> None:
        row = self.chosen()
        if row is not None and row.trouble:
            self.message.setText(f"{row.trouble}请改用另一份。")
        elif row is not None:
            self.given.emit(row.path)


class WhoStep(RestoreStep):
    """Somebody whose password opens the backup."""

    code_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.credentials = Credentials(ON)
        self.by_code = link("改用恢复码(&H)…", self.code_asked)
        self.rows.addWidget(self.credentials)
        self.credentials.foot.insertWidget(0, self.by_code)
        self.credentials.foot.insertWidget(2, self.back)

    def focus_first(self) -> None:
        """Brings the keyboard to the names, or where there is but one to the password."""
        self.credentials.focus_first()


class CodeStep(RestoreStep):
    """Whoever holds the recovery sheet."""

    given = Signal(str)
    password_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.only_way = prose(NO_KEYS, "attention")
        self.code = Line("恢复码(&C)", LineField())
        self.code.field.setPlaceholderText("七组，每组四个字符")
        # Nobody composes a code, and no input method is to learn it.
        self.code.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.code.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.by_password = link("改用口令(&P)…", self.password_asked)
        self.on = QPushButton(ON)
        self.rows.addWidget(self.only_way)
        self.rows.addWidget(self.code)
        self.add_foot(self.on, self.by_password)
        self.code.gone_on.connect(self._give)
        self.on.clicked.connect(self._give)

    def ask(self, *, only_way: bool) -> None:
        """Asks for the code; whether nobody's password opens the backup."""
        self.only_way.setVisible(only_way)
        self.by_password.setVisible(not only_way)

    def clear(self) -> None:
        """Forgets what was typed and said."""
        self.code.field.clear()
        self.code.say("")

    def focus_first(self) -> None:
        """Brings the keyboard to the code."""
        self.code.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self) -> None:
        if self.code.complain(code_lack(self.code.field.text())):
            self.focus_first()
        else:
            self.given.emit(self.code.field.text())


class SureStep(RestoreStep):
    """What it will come to; only its button does it, and while it is done it can be given up."""

    sure = Signal()
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question, self.lines = prose("", "figure"), prose("", "lines")
        self.bar, self.stop = QProgressBar(), QPushButton("取消 Esc")
        self.go = QPushButton("确认恢复(&Y)")
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName("恢复进度")
        self.stop.setAutoDefault(True)
        self.rows.addWidget(self.question)
        self.rows.addWidget(self.lines)
        across = QHBoxLayout()
        across.setSpacing(space(2))
        across.addWidget(self.bar, 1)
        across.addWidget(self.stop)
        self.rows.addLayout(across)
        self.add_foot(self.go)
        self.go.clicked.connect(self.sure)
        self.stop.clicked.connect(self.stop_asked)

    def ask(self, found: Prospect, *, keys_only: bool) -> None:
        """Asks whether one is sure."""
        self.question.setText(found.question)
        self.lines.setText("\n".join(f"· {line}" for line in found.lines))
        self.go.setText("确认取回(&Y)" if keys_only else "确认恢复(&Y)")
        self.show_busy(busy=False)

    def show_busy(self, *, busy: bool) -> None:
        """While it is done there is only the way to give it up."""
        for widget in (self.bar, self.stop):
            widget.setVisible(busy)
        for widget in (self.back, self.go):
            widget.setVisible(not busy)
        self.bar.setValue(0)
        self.stop.setEnabled(True)
        (self.stop if busy else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Brings the keyboard to the way that changes nothing."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)


def _words(row: ListedBackup) -> str:
    """A backup in one line: when, why, how many cases, how much, where."""
    if row.trouble:
        return f"! {row.when}{WIDE}{row.trouble}"
    cases = f"{str(row.cases).rjust(5, DIGITS)} 件"
    return WIDE.join((row.when, row.why.ljust(4, WIDE), cases, row.size.rjust(8, DIGITS), row.where))
