"""Labelled fields under one another, each with its hint beside it and its fault or note beneath."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.problems import Fault, Problem, Refused
from desktop.window.answers.choices import SegmentField
from desktop.window.answers.entry import HALF_WIDTH, Field, press_tab
from desktop.window.answers.fields import LineField
from desktop.window.labels import Message, label, pixels, prose
from desktop.window.tasks import Tasks, as_problem
from desktop.window.theme import PIXELS, dress, space

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """A field with its label, which shows its mnemonic, and a hint; ``width`` in half-width characters, 0 the field's own."""

    name: str
    words: str
    field: Field
    hint: str = ""
    width: int = 0


class Asked(QWidget):
    """A form of its own fields; Enter goes on from field to field, and from the last one is done."""

    edited = Signal()
    finished = Signal()

    def __init__(self, *asks: Ask) -> None:
        super().__init__()
        self.fields = {ask.name: ask.field for ask in asks}
        self.messages = {ask.name: Message(space(3)) for ask in asks}
        self._notes: dict[str, tuple[str, str]] = {}
        self._busy = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, ask in enumerate(asks):
            self._lay(grid, row, ask)
            ask.field.edited.connect(partial(self._edited, ask.name))
            ask.field.gone_on.connect(self.finished if ask is asks[-1] else partial(press_tab, ask.field))

    def values(self) -> dict[str, object]:
        """What stands in the fields; None where nothing does."""
        return {name: field.value() for name, field in self.fields.items()}

    def text(self, name: str) -> str:
        """What stands in a field, as text."""
        value = self.fields[name].value()
        return "" if value is None else str(value)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Shows other values; what was said of the old ones goes."""
        for name, value in values.items():
            self.fields[name].show_value(None if value == "" else value)
            self._say(name, *self._notes.get(name, ("", "hint")))

    def clear(self) -> None:
        """Empties every field."""
        self.show_values(dict.fromkeys(self.fields))

    def note(self, name: str, words: str, role: str) -> None:
        """Says something beneath a field, in a role of the style sheet, for as long as there is no fault there."""
        self._notes[name] = (words, role)
        self._say(name, words, role)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Says each fault beneath its field, and brings the keyboard to the first."""
        for fault in faults:
            self._say(fault.path, f"{fault.what}{fault.remedy}", "fault")
        if faults:
            self.fields[faults[0].path].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_open(self, is_open: bool) -> None:
        """Whether the fields take other values, or only show theirs."""
        for field in self.fields.values():
            if isinstance(field, LineField):
                field.setReadOnly(not is_open)
            else:
                field.setEnabled(is_open)

    def focus_first(self) -> None:
        """Brings the keyboard to the first field."""
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def run(
        self, tasks: Tasks, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Does work off the window's thread, once at a time; what it refuses stands at the fields, as it was typed."""
        if self._busy and not tasks.idle():
            return
        self._busy = True
        tasks.run(partial(_or_refused, work), partial(self._come_back, then, failed), partial(self._fail, failed))

    def _come_back(self, then: Callable[[T], None], failed: Callable[[Problem], None], came: T | Refused) -> None:
        self._busy = False
        if not isinstance(came, Refused):
            then(came)
            return
        self.show_faults([fault for fault in came.faults if fault.path in self.fields])
        elsewhere = tuple(fault for fault in came.faults if fault.path not in self.fields)
        if elsewhere:
            failed(as_problem(Refused(elsewhere)))

    def _fail(self, failed: Callable[[Problem], None], problem: Problem) -> None:
        self._busy = False
        failed(problem)

    def _edited(self, name: str, _value: object) -> None:
        self._say(name, *self._notes.get(name, ("", "hint")))
        self.edited.emit()

    def _say(self, name: str, words: str, role: str) -> None:
        field, wrong = self.fields[name], role == "fault"
        self.messages[name].setText(words)
        dress(self.messages[name], role)
        if bool(field.property("wrong")) != wrong:
            field.setProperty("wrong", wrong)
            field.style().unpolish(field)
            field.style().polish(field)

    def _lay(self, grid: QGridLayout, row: int, ask: Ask) -> None:
        ask.field.setObjectName(ask.name)
        ask.field.setAccessibleName(ask.words.partition("(")[0])
        ask.field.setFixedHeight(pixels(PIXELS["control"]))
        if ask.width and isinstance(ask.field, LineField | QComboBox):
            ask.field.setMaximumWidth(pixels(ask.width * HALF_WIDTH + 20))
        words = label(ask.words, "label")
        words.setBuddy(ask.field)
        words.setFixedHeight(pixels(PIXELS["control"]))
        words.setMinimumWidth(pixels(PIXELS["label"]))
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(space(2))
        across.addWidget(ask.field, 0 if isinstance(ask.field, SegmentField) else 100)
        if ask.hint:
            across.addWidget(prose(ask.hint, "hint"), 1)
        else:
            across.addStretch(1)
        cell.addLayout(across)
        self.messages[ask.name].setContentsMargins(0, 2, 0, space(2))
        cell.addWidget(self.messages[ask.name])
        grid.addLayout(cell, row, 1)


def _or_refused(work: Callable[[], T]) -> T | Refused:
    """What the work gives, or what it refuses by field."""
    try:
        return work()
    except Refused as refused:
        return refused
