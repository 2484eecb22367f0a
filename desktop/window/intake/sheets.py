"""A list at the left and the sheet of its chosen row at the right."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.people import RELATIONS
from desktop.window.answers.entry import Entry
from desktop.window.answers.rows import Rows
from desktop.window.intake.sheet import Sheet
from desktop.window.labels import label, pixels
from desktop.window.questions.draft import Draft, Row
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Sheets
from desktop.window.questions.typed import show_amount
from desktop.window.theme import space

LIST_WIDTH = 216


class SheetList(QFrame):
    """The rows of a list, one sheet at a time."""

    edited = Signal(str, object)
    left = Signal(str)
    add_asked = Signal(str)
    remove_asked = Signal(str, int)
    none_asked = Signal(str, bool)
    reordered = Signal()

    def __init__(self, sheets: Sheets, today: date) -> None:
        super().__init__()
        self._sheets = sheets
        self.path = sheets.path
        self._draft: Draft | None = None
        self._notes: Mapping[str, list[Note]] = {}
        self._list = QListWidget()
        self._list.setAccessibleName(f"{sheets.title}列表")
        self._list.setObjectName(f"{sheets.path}.list")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._choose)
        self.add = QPushButton(f"＋ 添加{sheets.noun}(&N)", self)
        self.add.setProperty("role", "link")
        self.add.setAutoDefault(True)
        self.add.clicked.connect(lambda: self.add_asked.emit(self.path))
        self._sheet = Sheet(sheets, today)
        self._empty: QLabel = label("", "second")
        self._build()

    @property
    def lists(self) -> list[Rows]:
        """The tables on the sheet."""
        return [part for part in self._sheet.parts if isinstance(part, Rows)]

    def place(self) -> int:
        """Which row is on the sheet; -1 for none."""
        return self._list.currentRow()

    def bind(self, base: str) -> None:
        """A list of sheets stands at one path."""
        self.add.setObjectName(f"{self.path}.add")

    def refresh(self, draft: Draft) -> None:
        """Shows the list and the sheet that is open; of another case, the first."""
        if draft is not self._draft:
            self._draft = draft
            with QSignalBlocker(self._list):
                self._list.setCurrentRow(0)
        rows = draft.rows(self.path)
        with QSignalBlocker(self._list):
            while self._list.count() > len(rows):
                self._list.takeItem(self._list.count() - 1)
            while self._list.count() < len(rows):
                self._list.addItem("")
            if rows and self.place() < 0:
                self._list.setCurrentRow(0)
        self._list.setVisible(bool(rows))
        self._sheet.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._open()

    def show_notes(self, notes: Mapping[str, list[Note]]) -> Iterator[str]:
        """Shows the notes of the open sheet at its fields and marks the rows that have some."""
        self._notes = notes
        self._name_items()
        yield from self._sheet.show_notes(notes)
        here = f"{self.path}["
        yield from (path for path in notes if path.startswith(here) and not path.startswith(f"{here}{self.place()}]"))

    def fields(self) -> Iterator[Entry]:
        """The questions of the open sheet."""
        if self.place() >= 0:
            yield from self._sheet.fields()

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield from (self.add, self._list)
        yield from self._sheet.stops()

    def focus_line(self, place: int) -> None:
        """Opens a row's sheet at its first field."""
        self.open_sheet(place)
        first = next(self.fields(), None)
        (first.field if first else self.add).setFocus(Qt.FocusReason.TabFocusReason)

    def open_sheet(self, place: int) -> None:
        """Opens a row's sheet."""
        if 0 <= place < self._list.count() and place != self.place():
            self._list.setCurrentRow(place)

    def reveal(self, field: QWidget) -> None:
        """Scrolls the sheet to a field."""
        self._sheet.area.ensureWidgetVisible(field, space(6), space(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes its width, and never more than a third."""
        super().resizeEvent(event)
        self._list.setFixedWidth(min(pixels(LIST_WIDTH), event.size().width() * 3 // 10))

    def _choose(self, place: int) -> None:
        if place < 0:
            return
        self._open()
        for _ in self.show_notes(self._notes):
            pass
        self._sheet.area.verticalScrollBar().setValue(0)
        self.reordered.emit()

    def _open(self) -> None:
        if self._draft is not None and 0 <= self.place() < len(self._draft.rows(self.path)):
            self._sheet.bind(f"{self.path}[{self.place()}]", self._draft)
            self._name_items()

    def _name_items(self) -> None:
        if self._draft is None:
            return
        members = self._draft.members()
        for place, row in enumerate(self._draft.rows(self.path)):
            here = f"{self.path}[{place}]."
            count = sum(path.startswith(here) for path in self._notes)
            text = f"{place + 1}{f' !{count}' if count else ''}　{_item_text(self.path, row, members)}"
            item = self._list.item(place)
            if item.text() != text:
                item.setText(text)
                item.setToolTip(f"{text}\n{count} 处待填或需要更正" if count else text)

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(space(4))
        side = QVBoxLayout()
        self._list.setMinimumWidth(1)
        side.addWidget(self.add)
        side.addWidget(self._list, 1)
        side.addStretch(0)
        self.add.setVisible(bool(self._sheets.noun))
        across.addLayout(side)
        for signal, further in (
            (self._sheet.edited, self.edited),
            (self._sheet.left, self.left),
            (self._sheet.add_asked, self.add_asked),
            (self._sheet.remove_asked, self.remove_asked),
            (self._sheet.none_asked, self.none_asked),
            (self._sheet.reordered, self.reordered),
        ):
            signal.connect(further)
        self._sheet.remove.clicked.connect(lambda: self.remove_asked.emit(self.path, self.place()))
        across.addWidget(self._sheet, 1)
        self._empty.setText(f"还没有{self._sheets.title}。请按 Alt+N 或点左上「添加」，照结算单逐项录入。")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        across.addWidget(self._empty, 1)


def _item_text(path: str, row: Row, members: Mapping[object, str]) -> str:
    if path != "expenses":
        relation = RELATIONS.get(str(row.get("relation")), "")
        return members.get(row.get("id"), "") + (f"（{relation}）" if relation else "")
    kind = EXPENSE_KINDS.get(str(row.get("kind")), "未选类别")
    day = str(row.get("settled_on") or "未填结算日")
    total = show_amount(row.get("total")) or "未填总费用"
    return f"{members.get(row.get('patient'), '未选患者')} · {kind}\n　 {day}　{total}"
