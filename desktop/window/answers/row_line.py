"""One row of a table on screen: its headings, its fields, its remove button and the line beneath."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.window.answers.entry import Entry
from desktop.window.labels import Message, label
from desktop.window.questions.draft import Draft
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Question, RowList
from desktop.window.theme import dress, space


class RowLine:
    """The widgets of a row; the table lays them out and binds them."""

    def __init__(self, rows: RowList, today: date, parent: QWidget) -> None:
        self.entries = [Entry(question, today, parent) for question in rows.questions]
        self.headings = [_heading(question, parent) for question in rows.questions]
        for entry in self.entries:
            entry.field.setParent(parent)
            keeps_place = entry.field.sizePolicy()
            keeps_place.setRetainSizeWhenHidden(True)
            entry.field.setSizePolicy(keeps_place)
        self.remove = QPushButton("×", parent)
        self.remove.setProperty("role", "remove")
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove.setToolTip(f"删去这一{rows.noun}（Ctrl+Delete）")
        self.message = Message(space(2))
        self.message.setParent(parent)
        self.message.setContentsMargins(space(2), 0, 0, 0)

    def bind(self, path: str, place: int, noun: str) -> None:
        """Stands for the row at this path."""
        for entry in self.entries:
            entry.bind(path)
            entry.field.setAccessibleName(f"{noun} {place + 1} {entry.question.label}")
        self.remove.setObjectName(f"{path}.remove")
        self.remove.setAccessibleName(f"删去{noun} {place + 1}")

    def refresh(self, draft: Draft) -> None:
        """Shows the draft's row."""
        for entry in self.entries:
            entry.field.setVisible(entry.asked(draft))
            entry.refresh(draft)

    def show_notes(self, notes: Mapping[str, list[Note]]) -> Iterator[str]:
        """Shows what is said of the row's fields in the line beneath it."""
        for entry in self.entries:
            entry.show_notes(notes.get(entry.path, ()))
            if entry.path in notes:
                yield entry.path
        self.say()

    def say(self) -> None:
        """Puts the row's notes into words: each with its column's name, the same words only once."""
        said: dict[str, list[str]] = {}
        for entry in self.entries:
            for note in entry.notes():
                said.setdefault(note.text, []).append(entry.question.label)
        roles = {entry.role() for entry in self.entries} - {""}
        self.message.setText("　".join(f"{'、'.join(names)}：{text}" for text, names in said.items()))
        dress(self.message, next((role for role in ("fault", "todo", "hint") if role in roles), "hint"))

    def widgets(self) -> list[QWidget]:
        """Everything of the row."""
        return [*self.headings, *(entry.field for entry in self.entries), self.remove, self.message]


def _heading(question: Question, parent: QWidget) -> QLabel:
    heading = label(question.label, "column")
    heading.setParent(parent)
    heading.setContentsMargins(space(2), 0, space(2), space(1))
    if question.kind in ("amount", "whole", "number"):
        heading.setAlignment(Qt.AlignmentFlag.AlignRight)
    return heading
