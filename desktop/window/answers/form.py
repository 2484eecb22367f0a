"""A group of questions as a form: labels at the left of their fields, messages beneath, in one column or two."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.window.answers.entry import Entry, press_tab
from desktop.window.labels import Message, label, pixels
from desktop.window.questions.draft import Draft
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Group
from desktop.window.theme import PIXELS, space

NARROWEST, COLUMN = 270, 300  # pixels at 11 pt: of a form, of one of its columns


class Form(QWidget):
    """The questions of a group, bound to one table of the draft; those not asked leave no gap."""

    edited = Signal(str, object)
    left = Signal(str)

    def __init__(self, group: Group, today: date, columns: int = 2) -> None:
        super().__init__()
        self._most = self._columns = columns
        self._base = ""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(space(2))
        if group.title:
            whole.addWidget(label(group.title, "section"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(0)
        whole.addLayout(self._grid)
        self.entries = [Entry(question, today, self) for question in group.questions]
        self._labels = {entry: self._label(entry) for entry in self.entries}
        self._cells = {entry: _cell(entry, self) for entry in self.entries}
        self._shown: list[Entry] = []
        for entry in self.entries:
            entry.edited.connect(self.edited)
            entry.left.connect(self.left)
            entry.gone_on.connect(lambda gone: press_tab(gone.field))

    def bind(self, base: str) -> None:
        """Asks of this table from now on."""
        self._base = base
        for entry in self.entries:
            entry.bind(base)

    def refresh(self, draft: Draft) -> None:
        """Shows the draft: which questions are asked, and their answers."""
        asked = [entry for entry in self.entries if entry.asked(draft)]
        if asked != self._shown:
            self._lay(asked)
        for entry in asked:
            entry.refresh(draft)

    def show_notes(self, notes: Mapping[str, list[Note]]) -> Iterator[str]:
        """Shows each note at its field; the paths that have one here."""
        for entry in self._shown:
            entry.show_notes(notes.get(entry.path, ()))
            if entry.path in notes:
                yield entry.path

    def fields(self) -> Iterator[Entry]:
        """The questions on screen, in reading order."""
        yield from self._shown

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield from (entry.field for entry in self._shown)

    def minimumSizeHint(self) -> QSize:
        """Narrower than two columns: then there is one."""
        least = super().minimumSizeHint()
        return QSize(pixels(NARROWEST), least.height()) if self._most > 1 else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out one column where two do not fit."""
        super().resizeEvent(event)
        columns = self._most if event.size().width() >= self._most * pixels(COLUMN) else 1
        if columns != self._columns:
            self._columns = columns
            self._lay(list(self._shown))

    def _label(self, entry: Entry) -> QLabel:
        letter = entry.question.letter
        text = f"{entry.question.label}(&{letter})" if letter else entry.question.label
        made = label(text, "label")
        made.setParent(self)
        made.setBuddy(entry.field)
        made.setFixedHeight(pixels(PIXELS["control"]))
        made.setMinimumWidth(pixels(PIXELS["label"]))
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return made

    def _lay(self, asked: list[Entry]) -> None:
        """Lays out what is asked, row by row."""
        for entry in self._shown:
            self._grid.removeWidget(self._labels[entry])
            self._grid.removeWidget(self._cells[entry])
        for entry in self.entries:
            self._labels[entry].setVisible(entry in asked)
            self._cells[entry].setVisible(entry in asked)
        row = column = 0
        for entry in asked:
            wide = entry.question.wide
            if wide and column:
                row, column = row + 1, 0
            span = self._columns * 2 - 1 if wide else 1
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self._labels[entry], row, column * 2, top)
            self._grid.addWidget(self._cells[entry], row, column * 2 + 1, 1, span, top)
            column = 0 if wide else (column + 1) % self._columns
            row += 1 if column == 0 else 0
        for place in range(self._most):
            self._grid.setColumnStretch(place * 2 + 1, 1 if place < self._columns else 0)
        self._shown = asked


def _cell(entry: Entry, form: QWidget) -> QWidget:
    """A field with its hint beside it and its message beneath."""
    cell = QWidget(form)
    down = QVBoxLayout(cell)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    across = QHBoxLayout()
    across.setSpacing(space(2))
    across.addWidget(entry.field, 100 if entry.question.wide and entry.question.kind != "choice" else 0)
    if entry.question.hint:
        hint = label(entry.question.hint, "hint")
        hint.setWordWrap(True)
        across.addWidget(hint, 1)
    elif not entry.question.stretches:
        across.addStretch(1)
    down.addLayout(across)
    entry.message = Message(space(3))
    down.addWidget(entry.message)
    return cell
