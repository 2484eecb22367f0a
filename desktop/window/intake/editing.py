"""Rows that come and go: added with their ids, taken out with a way back, kept where something hangs on them."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft, Removed, Row, unnumbered
from desktop.window.questions.question import Group, RowList, Sheets

NOUNS = {"household.incomes": "收入", "household.assets": "财产", "expenses": "费用"}


def _lists() -> dict[str, RowList | Sheets]:
    """Every list of the intake by its unnumbered path; the first that can make rows of it."""
    found: dict[str, RowList | Sheets] = {}
    for part in (part for step in STEPS for part in step.parts):
        if isinstance(part, Group):
            continue
        if part.noun:
            found.setdefault(part.path, part)
        if isinstance(part, Sheets):
            inner = (one for one in part.parts if isinstance(one, RowList))
            found |= {f"{part.path}.{one.path}": one for one in inner}
    return found


LISTS = _lists()


class Edits(QObject):
    """Adds and removes rows of the open draft. ``changed`` names the list and the row to go to; so does ``put_back``."""

    changed = Signal(str, int)
    put_back = Signal(str, int)  # what was taken out last is where it was
    said = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = Draft({})

    def open(self, draft: Draft) -> None:
        """Edits this draft from now on."""
        self._draft = draft

    def add(self, path: str) -> None:
        """Adds a row at the end of a list."""
        self.changed.emit(path, self._draft.add_row(path, self._first(path)))

    def remove(self, path: str, place: int) -> None:
        """Takes a row out, unless something hangs on it; the status line offers it back."""
        if not 0 <= place < len(self._draft.rows(path)):
            return
        in_the_way = self._in_the_way(path, self._draft.rows(path)[place])
        if in_the_way:
            self.said.emit(in_the_way, None)
            return
        removed = self._draft.remove_row(path, place)
        declared = LISTS[unnumbered(path)]
        if not self._draft.rows(path) and isinstance(declared, RowList) and declared.none:
            self._draft.put(path, None)  # no rows left is not yet the answer that there are none
        self.changed.emit(path, min(place, len(self._draft.rows(path)) - 1))
        self.said.emit(f"已删去{declared.noun} {place + 1}。", partial(self._put_back, self._draft, removed))

    def answer_none(self, path: str, none: bool) -> None:
        """The answer that there are none, or that it is not known."""
        self._draft.put(path, [] if none else None)
        self.changed.emit(path, -1)

    def _put_back(self, draft: Draft, removed: Removed) -> None:
        if draft is self._draft:  # by now another case may be open
            draft.put_back(removed)
            self.put_back.emit(removed.path, removed.index)

    def _first(self, path: str) -> Row:
        """What a new row holds: its id, and the patient of an expense."""
        row: Row = {}
        prefix = LISTS[unnumbered(path)].prefix
        if prefix:
            row["id"] = self._draft.next_id(path, prefix)
        if path == "expenses":
            row["patient"] = self._draft.get("patient")
        return row

    def _in_the_way(self, path: str, row: Row) -> str:
        """Why a row has to stay: nothing is dropped silently with a member."""
        if path != "household.members":
            return ""
        member = row.get("id")
        name = self._draft.members()[member]
        if member == self._draft.get("patient") and len(self._draft.rows(path)) > 1:
            return f"{name} 是本案患者，不能删去。请先改选患者。"
        if len(self._draft.rows(path)) == 1:
            return "家庭至少要有一名成员。可以直接改写这一行。"
        held = [NOUNS[where] for where, _ in self._draft.rows_of(member)]
        if held:
            counted = "、".join(f"{held.count(noun)} 笔{noun}" for noun in dict.fromkeys(held))
            return f"{name} 名下还有{counted}，不能删去。请先改到其他成员名下，或先删去。"
        return ""
