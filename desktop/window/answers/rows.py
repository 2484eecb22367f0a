"""Many of the same, edited in place: fields under their headings, a line for faults beneath each row, add at the foot."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.window.answers.entry import Entry, press_tab
from desktop.window.answers.row_line import RowLine
from desktop.window.labels import Message, label, pixels
from desktop.window.questions.asking import under
from desktop.window.questions.draft import Draft
from desktop.window.questions.notes import Note
from desktop.window.questions.question import RowList
from desktop.window.questions.sums import sum_line
from desktop.window.theme import dress, space

NARROWEST = 270  # pixels at 11 pt


class Rows(QFrame):
    """A list of the draft as a table that is edited in place; Enter in the last field adds a row.

    Where the window is too narrow for a row, it breaks into lines, each under its own headings.
    """

    edited = Signal(str, object)
    left = Signal(str)
    add_asked = Signal(str)
    remove_asked = Signal(str, int)
    none_asked = Signal(str, bool)
    reordered = Signal()

    def __init__(self, rows: RowList, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows, self._today = rows, today
        self.path = rows.path
        self.lines: list[RowLine] = []
        self._breaks: tuple[int, ...] = (len(rows.questions),)
        self._draft: Draft | None = None
        self.message = Message(0)
        self.add = QPushButton(f"＋ 添加{rows.noun}（Enter）")
        self.add.setProperty("role", "link")
        self.add.setAutoDefault(True)
        self.add.clicked.connect(lambda: self.add_asked.emit(self.path))
        self.none = QCheckBox(rows.none)
        self.none.hide()
        self.none.clicked.connect(lambda on: self.none_asked.emit(self.path, on))
        self._grid = QGridLayout()
        self._build()

    def bind(self, base: str) -> None:
        """Stands for this list from now on."""
        self.path = under(base, self._rows.path)
        self.add.setObjectName(f"{self.path}.add")
        self.none.setObjectName(f"{self.path}.none")
        self.setAccessibleName(self._rows.title)

    def refresh(self, draft: Draft) -> None:
        """Shows as many rows as the draft has."""
        self._draft = draft
        rows = draft.rows(self.path)
        while len(self.lines) > len(rows):
            self._drop_line()
        while len(self.lines) < len(rows):
            self._add_line()
        for place, line in enumerate(self.lines):
            line.bind(f"{self.path}[{place}]", place, self._rows.noun)
            line.refresh(draft)
        self.none.setVisible(bool(self._rows.none) and not rows)
        self.none.setChecked(draft.get(self.path) == [])

    def total(self) -> str:
        """What its amounts come to, for the head of the page; nothing for a list without a sum."""
        rows = self._draft.rows(self.path) if self._draft is not None else []
        return sum_line(rows, self._rows.sum_of) if self._rows.sum_of and rows else ""

    def show_notes(self, notes: Mapping[str, list[Note]]) -> Iterator[str]:
        """Shows notes of rows beneath them, of the list itself at its foot; the paths shown here."""
        shown: set[str] = set()
        for line in self.lines:
            shown.update(line.show_notes(notes))
        whole = [path for path in notes if path not in shown and self._is_of_list(path)]
        said = [note for path in whole for note in notes[path]]
        self.message.setVisible(bool(said))
        self.message.setText("　".join(note.text for note in said))
        dress(self.message, "fault" if any(note.role == "fault" for note in said) else "todo")
        yield from (*shown, *whole)

    def fields(self) -> Iterator[Entry]:
        """The questions on screen, in reading order."""
        yield from (entry for line in self.lines for entry in line.entries)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield from (entry.field for entry in self.fields())
        yield self.add
        yield self.none

    def focus_line(self, place: int) -> None:
        """Brings the keyboard to a row's first field."""
        if 0 <= place < len(self.lines):
            self.lines[place].entries[0].field.setFocus(Qt.FocusReason.TabFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its rows: they break."""
        return QSize(pixels(NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Breaks the rows where they do not fit."""
        super().resizeEvent(event)
        breaks = self._breaks_for(event.size().width()) if self.lines else self._breaks
        if breaks != self._breaks:
            self._breaks = breaks
            self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Delete takes out the row that the keyboard is in."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            for place, line in enumerate(self.lines):
                if any(entry.field.hasFocus() for entry in line.entries):
                    self.remove_asked.emit(self.path, place)
                    return
        super().keyPressEvent(event)

    def _is_of_list(self, path: str) -> bool:
        """Whether a path is the list's own, or of a row that has no field for it; nested lists are not."""
        rest = path.removeprefix(self.path)
        return path.startswith(self.path) and rest[:1] in ("", ".", "[") and rest.count(".") <= 1

    def _breaks_for(self, width: int) -> tuple[int, ...]:
        """How many questions go into each line of a row, so that it is no wider than the card."""
        room = width - 2 * space(3) - pixels(34) - space(2)
        counts, used = [0], 0
        for entry in self.lines[0].entries:
            wide = entry.least_width() + space(2)
            if counts[-1] and used + wide > room:
                counts.append(0)
                used = 0
            counts[-1] += 1
            used += wide
        return tuple(counts)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(3), space(3), space(3), space(2))
        whole.setSpacing(space(2))
        head = QHBoxLayout()
        head.addWidget(label(self._rows.title, "section"))
        head.addSpacing(space(2))
        hint = label(self._rows.hint, "hint")
        hint.setWordWrap(True)
        head.addWidget(hint, 1)
        whole.addLayout(head)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(0)
        across = QHBoxLayout()
        across.addLayout(self._grid, 1)
        if not any(question.stretches for question in self._rows.questions):
            across.addStretch(1)
        whole.addLayout(across)
        whole.addWidget(self.message)
        self.message.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.none)
        foot.addStretch(1)
        whole.addLayout(foot)

    def _add_line(self) -> None:
        line = RowLine(self._rows, self._today, self)
        for entry in line.entries:
            entry.edited.connect(self.edited)
            entry.left.connect(line.say)
            entry.left.connect(self.left)
            entry.gone_on.connect(self._go_on)
        line.remove.clicked.connect(lambda: self.remove_asked.emit(self.path, self.lines.index(line)))
        self.lines.append(line)
        if len(self.lines) == 1:
            self._breaks = self._breaks_for(self.width())
        self._lay_line(len(self.lines) - 1)
        self.reordered.emit()

    def _drop_line(self) -> None:
        for widget in self.lines.pop().widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.setObjectName("")
            widget.deleteLater()

    def _lay(self) -> None:
        """Lays every row out anew."""
        for line in self.lines:
            for widget in line.widgets():
                self._grid.removeWidget(widget)
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
        for place in range(len(self.lines)):
            self._lay_line(place)

    def _lay_line(self, place: int) -> None:
        line, start = self.lines[place], 0
        row = place * (2 * len(self._breaks) + 1)
        for count in self._breaks:
            for column, question in enumerate(line.entries[start : start + count]):
                heading = line.headings[start + column]
                heading.setVisible(place == 0 or len(self._breaks) > 1)
                self._grid.addWidget(heading, row, column)
                self._grid.addWidget(question.field, row + 1, column, Qt.AlignmentFlag.AlignVCenter)
                self._grid.setColumnStretch(column, 1 if question.question.stretches else 0)
            start, row = start + count, row + 2
        self._grid.addWidget(line.remove, row - 1, max(self._breaks))
        self._grid.addWidget(line.message, row, 0, 1, max(self._breaks) + 1)
        self._grid.setRowMinimumHeight(row, space(2))

    def _go_on(self, entry: Entry) -> None:
        """Enter: on to the next field; at the end of the last row that holds something, to a new row."""
        last = self.lines[-1]
        asked = [one for one in last.entries if self._draft is not None and one.asked(self._draft)]
        filled = any(one.field.value() not in (None, "") for one in last.entries)
        if asked and entry is asked[-1] and filled:
            self.add_asked.emit(self.path)
        else:
            press_tab(entry.field)
