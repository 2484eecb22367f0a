"""One step of the intake, made from its declaration: its parts under its title, scrolling inside."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.window.answers.entry import Entry
from desktop.window.answers.form import Form
from desktop.window.answers.rows import Rows
from desktop.window.intake.sheets import SheetList
from desktop.window.labels import Message, label
from desktop.window.questions.draft import Draft
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Group, Part, RowList, Step
from desktop.window.theme import dress, space

Shown = Form | Rows | SheetList
BAR = space(3)  # as wide as a scroll bar


class StepPage(QWidget):
    """The questions of a step; it shows the draft and tells what was answered."""

    edited = Signal(str, object)
    left = Signal(str)
    add_asked = Signal(str)
    remove_asked = Signal(str, int)
    none_asked = Signal(str, bool)

    def __init__(self, step: Step, today: date) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.step = step
        self.parts: list[Shown] = []
        self._scroll: QScrollArea | None = None
        self._message = Message(0)
        self.total = label("", "figure")  # pinned: the rows scroll, their sum stays
        self._not_needed = label("本事项不核对这一步，可以直接下一步。", "second")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(space(6), space(4), BAR, space(4))
        self._down.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label(step.title, "title"))
        head.addSpacing(space(3))
        head.addWidget(self._not_needed)
        head.addStretch(1)
        head.addWidget(self.total)
        head.setContentsMargins(0, 0, BAR, 0)
        self._down.addLayout(head)
        self._down.addWidget(self._message)
        self._message.hide()
        self._build(step, today)

    def refresh(self, draft: Draft) -> None:
        """Shows the draft."""
        matters = self.step.matters
        self._not_needed.setVisible(bool(matters) and str(draft.get("matter")) not in matters)
        for part in self.parts:
            part.refresh(draft)
        self.total.setText("　".join(part.total() for part in self.parts if isinstance(part, Rows)))

    def show_notes(self, notes: Mapping[str, list[Note]]) -> None:
        """Shows each note where it belongs; those that belong nowhere, under the title."""
        shown = {path for part in self.parts for path in part.show_notes(notes)}
        said = [note for path, ones in notes.items() if path not in shown for note in ones]
        self._message.setVisible(bool(said))
        self._message.setText("　".join(note.text for note in said))
        dress(self._message, "fault" if any(note.role == "fault" for note in said) else "todo")

    def fields(self) -> Iterator[Entry]:
        """The questions on screen, in reading order."""
        for part in self.parts:
            yield from part.fields()

    def field(self, path: str) -> QWidget | None:
        """Where a path is answered: its field, with its sheet opened; for a list, its add button."""
        for part in self.parts:
            if isinstance(part, SheetList) and path.startswith(f"{part.path}["):
                part.open_sheet(int(path[len(part.path) + 1 :].partition("]")[0]))
        exact = next((entry.field for entry in self.fields() if entry.path == path), None)
        if exact is not None:
            return exact
        lists = [part for part in self._lists() if path.startswith(part.path)]
        nearest = max(lists, key=lambda part: len(part.path), default=None)
        if nearest is None:
            return None
        first = next((entry.field for entry in nearest.fields() if entry.path.startswith(f"{path}.")), None)
        return first or nearest.add

    def focus_line(self, path: str, place: int) -> None:
        """Brings the keyboard to the first field of a list's row."""
        for part in self._lists():
            if part.path == path:
                part.focus_line(place)
                self.reveal(QApplication.focusWidget())

    def focus_first(self) -> None:
        """Brings the keyboard to the first question that waits for something, or to the step's first."""
        entries = list(self.fields())
        chosen = next((entry for entry in entries if entry.notes()), next(iter(entries), None))
        stops = (stop for part in self.parts for stop in part.stops() if not stop.isHidden())
        target = chosen.field if chosen else next(stops, None)
        if target is not None:
            # Not as Tab would: a field that is full must not be overwritten by the next key.
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(target)

    def reveal(self, field: QWidget) -> None:
        """Scrolls to a field."""
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(field, space(6), space(12))
        for part in self.parts:
            if isinstance(part, SheetList):
                part.reveal(field)

    def chain(self) -> None:
        """Puts the keyboard's stops in reading order, after rows came or went."""
        stops = [stop for part in self.parts for stop in part.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _lists(self) -> Iterator[Rows | SheetList]:
        for part in self.parts:
            if isinstance(part, SheetList):
                yield from part.lists
            if not isinstance(part, Form):
                yield part

    def _build(self, step: Step, today: date) -> None:
        for declared in step.parts:
            part = self._part(declared, today)
            part.bind("")
            self.parts.append(part)
        if any(isinstance(part, SheetList) for part in self.parts):
            self._down.setContentsMargins(space(6), space(4), space(6), space(4))
            for part in self.parts:
                self._down.addWidget(part, 1)
            return
        inside = QWidget()
        inside.setProperty("role", "inside")
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, BAR, 0)
        down.setSpacing(space(6))
        for part in self.parts:
            down.addWidget(_carded(part) if isinstance(part, Form) else part)
        down.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        # The bar takes the place of the margin, so that nothing moves when it comes.
        scroll.verticalScrollBar().rangeChanged.connect(
            lambda _least, most: down.setContentsMargins(0, 0, 0 if most else BAR, 0)
        )
        self._scroll = scroll
        self._down.addWidget(scroll, 1)

    def _part(self, declared: Part, today: date) -> Shown:
        if isinstance(declared, Group):
            part: Shown = Form(declared, today)
        else:
            many = Rows(declared, today) if isinstance(declared, RowList) else SheetList(declared, today)
            many.add_asked.connect(self.add_asked)
            many.remove_asked.connect(self.remove_asked)
            many.none_asked.connect(self.none_asked)
            many.reordered.connect(self.chain)
            part = many
        part.edited.connect(self.edited)
        part.left.connect(self.left)
        return part


def _carded(form: Form) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(space(3), space(3), space(3), space(1))
    inside.addWidget(form)
    return card
