"""A new password: typed twice, held against what a role asks for, shown only where somebody wants to see it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.answers.password import PasswordField
from desktop.window.entrance.lines import Line
from desktop.window.labels import pixels
from desktop.window.theme import PIXELS, space
from desktop.work.at_the_door import password_lack

OTHER = Problem("两次录入的口令不一样。", "请再录入一次。")


class NewPassword(QWidget):
    """Two lines and a box to tick; ``gone_on`` is Enter in the second."""

    gone_on = Signal()

    def __init__(self, role: str) -> None:
        super().__init__()
        self.role = role
        self._fields = (PasswordField(), PasswordField())
        self.first = Line("口令(&P)", self._fields[0])
        self.again = Line("再录一次(&R)", self._fields[1])
        self.shown = QCheckBox("显示口令(&V)")
        self.shown.toggled.connect(self._show)
        box = QHBoxLayout()
        box.setContentsMargins(pixels(PIXELS["label"]) + space(3), 0, 0, 0)
        box.addWidget(self.shown)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.first)
        down.addWidget(self.again)
        down.addLayout(box)
        for field in self._fields:
            field.textEdited.connect(self._tell)
            field.installEventFilter(self)
        self.first.gone_on.connect(lambda: self._fields[1].setFocus(Qt.FocusReason.TabFocusReason))
        self.again.gone_on.connect(self.gone_on)

    def password(self) -> str:
        """What was typed first."""
        return self._fields[0].text()

    def lacking(self) -> bool:
        """Says what is lacking, with the keyboard where it is, and whether something is."""
        self._tell(asked=True)
        wrong = next((field for field, lack in zip(self._fields, self._lacks(), strict=True) if lack), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
        return wrong is not None

    def clear(self) -> None:
        """Forgets what was typed."""
        self.shown.setChecked(False)
        for field in self._fields:
            field.clear()
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that was left is complained of; one that is being typed into is only helped along."""
        if event.type() == QEvent.Type.FocusOut:
            self._tell()
        return super().eventFilter(watched, event)

    def _lacks(self) -> tuple[Problem | None, Problem | None]:
        first, again = (field.text() for field in self._fields)
        return password_lack(first, self.role), OTHER if first != again else None

    def _tell(self, *, asked: bool = False) -> None:
        first, again = self._lacks()
        typing, retyping = (field.hasFocus() and not asked for field in self._fields)
        self.first.say("")
        if self.password() or asked:
            _say(self.first, first, "✓ 可以使用", "hint" if typing else "fault")
        self.again.say("")
        if first is None and (self._fields[1].text() or asked) and not (again and retyping):
            _say(self.again, again, "✓ 两次一致", "fault")

    def _show(self, shown: bool) -> None:
        for field in self._fields:
            field.show_words(shown)


def _say(line: Line, problem: Problem | None, good: str, role: str) -> None:
    if problem is None:
        line.say(good, "good")
    else:
        line.say(f"{problem.what}{problem.remedy}", role)
