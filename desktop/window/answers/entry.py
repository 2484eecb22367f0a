"""One question on screen: its label, its field and the line beneath, bound to a path of the draft."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.answers.choices import CodeField, SegmentField
from desktop.window.answers.fields import AmountField, DayField, IdNumberField, LineField, NumberField, WholeField
from desktop.window.labels import Message, pixels
from desktop.window.questions.asking import given, is_asked, under
from desktop.window.questions.draft import Draft
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Question
from desktop.window.theme import dress

Field = LineField | CodeField | SegmentField
HALF_WIDTH, LEAST_WIDTH = 8, 96  # pixels at 11 pt: of a half-width character, of a field that stretches


def make_field(question: Question, today: date) -> Field:
    """The field that a kind of question is answered in."""
    codes: dict[object, str] = dict(question.codes.items())
    if question.kind == "choice":
        return SegmentField(codes)
    if question.kind in ("code", "member"):
        return CodeField(codes)
    if question.kind == "day":
        return DayField(today.year)
    if question.kind == "id_number":
        return IdNumberField(today)
    plain = {"amount": AmountField, "whole": WholeField, "number": NumberField, "text": LineField}
    return plain[question.kind]()


class Entry(QObject):
    """A question bound to a path; it asks the draft what to show and tells what was answered."""

    edited = Signal(str, object)
    left = Signal(str)
    gone_on = Signal(object)

    def __init__(self, question: Question, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.base = self.path = ""
        self.field = make_field(question, today)
        self.field.setAccessibleName(question.label)
        self._size()
        self.message: Message | None = None
        self._notes: Sequence[Note] = ()
        self.field.edited.connect(lambda value: self.edited.emit(self.path, value))
        self.field.left.connect(self._leave)
        self.field.gone_on.connect(lambda: self.gone_on.emit(self))

    def bind(self, base: str) -> None:
        """Stands for the question of this table from now on."""
        self.base = base
        self.path = under(base, self.question.key)
        self.field.setObjectName(self.path)

    def asked(self, draft: Draft) -> bool:
        """Whether the question is asked."""
        return is_asked(draft, self.base, self.question)

    def refresh(self, draft: Draft) -> None:
        """Shows what the draft holds, or what another answer gives."""
        if self.question.kind == "member" and isinstance(self.field, CodeField):
            self.field.set_codes(draft.members())
        if isinstance(self.field, DayField):
            self.field.year = int(str(draft.get("applied_on"))[:4]) if _has_year(draft) else self.field.year
        by_other = given(draft, self.base, self.question)
        if self.question.given_by and isinstance(self.field, LineField):
            self.field.setReadOnly(by_other is not None)
            self.field.setToolTip("由身份证号得出" if by_other else "")
            self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus if by_other else Qt.FocusPolicy.StrongFocus)
        self.field.show_value(by_other if by_other is not None else draft.get(self.path))

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Shows what is said of this path; a half-typed number or day is not yet a fault."""
        self._notes = notes
        role = self.role()
        self.mark(role == "fault")
        if self.message is not None:
            self.message.setText("".join(note.text for note in notes))
            dress(self.message, role or "hint")

    def role(self) -> str:
        """``fault``, ``todo``, ``hint`` for a fault on its way, or nothing."""
        if not self._notes:
            return ""
        worst = "fault" if any(note.role == "fault" for note in self._notes) else "todo"
        return "hint" if worst == "fault" and self.field.hasFocus() and self.field.on_its_way() else worst

    def _size(self) -> None:
        width = pixels(self.question.width * HALF_WIDTH + 20)
        self.field.setFixedHeight(pixels(34))
        if self.question.width and not self.question.wide:
            self.field.setFixedWidth(width)
        elif self.question.kind != "choice":
            self.field.setMinimumWidth(pixels(LEAST_WIDTH))
            self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if self.question.width:
                self.field.setMaximumWidth(width)

    def least_width(self) -> int:
        """Pixels that the field cannot do without."""
        return max(self.field.minimumWidth(), self.field.minimumSizeHint().width())

    def notes(self) -> Sequence[Note]:
        """What is said of this path at present."""
        return self._notes

    def mark(self, wrong: bool) -> None:
        """Rims the field of a fault."""
        if bool(self.field.property("wrong")) != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _leave(self) -> None:
        self.show_notes(self._notes)
        self.left.emit(self.path)


def _has_year(draft: Draft) -> bool:
    return str(draft.get("applied_on"))[:4].isdecimal()


def press_tab(field: QWidget) -> None:
    """Goes on as Tab does."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t"))
