"""Fields that are typed into: text, amounts, days, whole numbers, identity numbers.

A field tells what was typed as the draft keeps it, at every key but never within a composition; on leaving it
writes what it read the usual way. ``strokes`` are the keys that enter a value.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.domain.calendar import age_on
from desktop.domain.id_numbers import birth_date_of, sex_of, why_wrong
from desktop.window.questions import typed

ID_LENGTH = 18
Strokes = list[Qt.Key | str]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
REDO_KEYS = (QKeyCombination(CONTROL, Qt.Key.Key_Y), QKeyCombination(CONTROL | SHIFT, Qt.Key.Key_Z))


class LineField(QLineEdit):
    """A line that is read into a draft value and shown from one."""

    edited = Signal(object)
    gone_on = Signal()
    left = Signal()

    def __init__(
        self, read: Callable[[str], object] = typed.read_text, show: Callable[[object], str] = typed.show
    ) -> None:
        super().__init__()
        self._read = read
        self._show = show
        self._composing = False
        self._told = ""
        self.textEdited.connect(self._tell)
        self.returnPressed.connect(self.gone_on)

    def value(self) -> object:
        """What stands there, as the draft keeps it."""
        return self._read(self.text())

    def show_value(self, value: object) -> None:
        """Shows a draft value; what says the same already stays as it was typed."""
        if value != self.value():
            self._write(self._show(value))

    def strokes(self, value: object) -> Strokes:
        """The keys that enter a value."""
        return [self._show(value)]

    def on_its_way(self) -> bool:
        """Whether more keys may still put right what is typed."""
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition is not yet text; it is told when it is committed or given up."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Brought here by the program, the cursor stands behind what is there."""
        super().focusInEvent(event)
        self._composing = False
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Writes what was read the usual way; what was typed is now the case's to undo, no more the field's."""
        super().focusOutEvent(event)
        if not self._composing and not self.isReadOnly():
            self._write(self._show(self.value()), anew=self.isUndoAvailable() or self.isRedoAvailable())
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Delete is left to the table, which takes out the row; Ctrl+Y does again, whatever the system."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.keyCombination() in REDO_KEYS:
            self.redo()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z with nothing typed to undo is left to the window, which undoes what was done before; so is redo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.keyCombination() in REDO_KEYS
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()
                return False
            if redo:
                event.accept()
                return True
        return super().event(event)

    def _write(self, text: str, *, anew: bool = False) -> None:
        if anew or text != self.text():
            self.setText(text)
            self.setCursorPosition(0 if not self.hasFocus() else len(text))
        self._told = text

    def _tell(self) -> None:
        if not self._composing and self.text() != self._told:
            self._told = self.text()
            self.edited.emit(self.value())


class AmountField(LineField):
    """Yuan, right-aligned; thousands stand apart once it is left."""

    def __init__(self) -> None:
        super().__init__(typed.read_amount, typed.show_amount)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def strokes(self, value: object) -> Strokes:
        """An amount is typed without its thousands."""
        return [typed.show(value)]


class WholeField(LineField):
    """A whole number, right-aligned."""

    def __init__(self) -> None:
        super().__init__(typed.read_whole)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class NumberField(LineField):
    """An exact number, right-aligned, as typed."""

    def __init__(self) -> None:
        super().__init__(typed.read_amount)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class DayField(LineField):
    """A day; without a year it is in ``year``, the application's."""

    def __init__(self, year: int) -> None:
        super().__init__(self._read_day)
        self.year = year
        self.setPlaceholderText("年-月-日")

    def on_its_way(self) -> bool:
        """Whether more digits may still make a day of it."""
        return typed.day_on_its_way(self.text())

    def _read_day(self, text: str) -> str | None:
        return typed.read_day(text, self.year)


class IdNumberField(LineField):
    """An identity number; what it says about its holder stands at its right end."""

    def __init__(self, on: date) -> None:
        super().__init__(typed.read_id_number)
        self.on = on
        self._facts = QLabel(self)
        self._facts.setProperty("role", "good")
        self._facts.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._show_facts)
        self.setPlaceholderText("18 位")

    def on_its_way(self) -> bool:
        """Whether it is only too short yet."""
        number = typed.read_id_number(self.text()) or ""
        return len(number) < ID_LENGTH

    def facts(self) -> str:
        """Sex and age of the holder; empty where the number cannot be one."""
        number = typed.read_id_number(self.text()) or ""
        born = birth_date_of(number) if number and why_wrong(number) is None else None
        if born is None or born > self.on:
            return ""
        return f"✓ {sex_of(number)} {age_on(born, self.on)} 岁"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps what it says at its right end."""
        super().resizeEvent(event)
        self._show_facts()

    def _show_facts(self) -> None:
        self._facts.setText(self.facts())
        self._facts.adjustSize()
        width = self._facts.width() if self._facts.text() else 0
        self.setTextMargins(0, 0, width, 0)
        self._facts.move(self.width() - width - 9, (self.height() - self._facts.height()) // 2)
        self._facts.setVisible(bool(width))
        self.setAccessibleDescription(self._facts.text())
