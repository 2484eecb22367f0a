"""Drafts whose rows keep ids of their own, and edits of them: applied, taken back, merged.

A tree is a draft: tables (dicts), lists of rows (lists of nothing but dicts, and []), and plain values: whatever else.
Its normal form holds only what is known. A field that is None is not there, and neither is a table without a known
field; but a row is, however empty, and an empty list. A tracked tree is a normal form whose rows have ids under ``"#"``
(which no draft can set); paths name rows by them and do not shift: ``household.members[w1.12].name``. In a key the
characters ``% . [ ]`` are written ``%25`` and so on, and an empty key ``%``. No tree is ever changed: a new one shares
with the old one what stayed the same.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeGuard

ROW_ID = "#"
STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]+)\])?")
WRITTEN = re.compile(r"%([0-9A-F]{2})")

Tree = dict[str, object]
NewId = Callable[[], str]
Work = Callable[[object, str], object]  # of a value, or of a list and the id of the row that is meant in it


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: JSON values, of which None is unknown. A plain value changes whole.

    A list comes to be as ``[]`` before its rows are put in, and ceases as ``[]`` after they are taken out. Of a row,
    whose path ends with its id, a side is None or ``{"row": tracked row, "after": id of the row before it or None}``.
    """

    path: str
    old: object
    new: object


class Misfit(Exception):
    """An edit that the tree is not as it must be for; says the path, never what was typed."""


def tracked(tree: Tree, new_id: NewId) -> Tree:
    """The draft in normal form, its rows with new ids; ids are unique and hold no brackets."""
    return _known(tree, new_id)


def untracked(tree: Tree) -> Tree:
    """The draft in normal form without ids; a copy of its own, which may be changed in place."""
    return _known(tree, None)


def _known(table: Tree, new_id: NewId | None) -> Tree:
    return {
        key: part
        for key, value in table.items()
        if key != ROW_ID and (part := normal_part(value, new_id)) is not None and part != {}
    }


def normal_part(value: object, new_id: NewId | None = None) -> object:
    """A value in its normal form; a row, and an element of a list that is one plain value, is there however empty."""
    if isinstance(value, dict):
        return _known(value, new_id)
    if not isinstance(value, list):
        return value
    if new_id and has_rows(value):
        return [{ROW_ID: new_id(), **_known(row, new_id)} for row in value]
    return [normal_part(part) for part in value]


def has_rows(value: object) -> TypeGuard[list[Tree]]:
    """Whether it is a list of rows, be it of none."""
    return isinstance(value, list) and not [row for row in value if not isinstance(row, dict)]


def alike(one: object, other: object) -> bool:
    """Whether two values in normal form are equal, their types too: True is not 1."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(part, other[key]) for key, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def reversed_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that take these back."""
    return tuple(Edit(edit.path, edit.new, edit.old) for edit in reversed(tuple(edits)))


def applied(tree: Tree, edits: Iterable[Edit]) -> Tree:
    """The tracked tree after the edits.

    Raises:
        Misfit: where a value or row is not what the edit takes away, or the row is not there after which it puts one.
    """
    for edit in edits:
        try:
            tree = _put(tree, edit.path, partial(_done, edit))
        except Misfit:
            raise Misfit(edit.path) from None
    return tree


def merged(tree: Tree, edits: Iterable[Edit]) -> Tree:
    """The tracked tree after the edits of several windows that all began from it, one window after the other.

    Nothing is a misfit: the last to write a field has it, whatever was there; what is edited in a row that any window
    takes out is dropped. Otherwise the order of the windows is of no matter: rows that they put in at one place stand
    in falling order of their ids (dotted parts, numbers by value), which must grow as a window gives them.
    """
    merging = _Merging()
    for edit in edits:
        work = partial(merging.done, edit)
        try:
            tree = _put(tree, edit.path, work)
        except Misfit:
            with suppress(Misfit):  # where a list has ceased, fields may come to be
                tree = _put(merging.without_marked(tree), edit.path, work)
    return merging.without_marked(tree)


def _row_and_after(side: object) -> tuple[Tree, object]:
    assert isinstance(side, dict)
    return side["row"], side["after"]


def _done(edit: Edit, value: object, row_id: str) -> object:
    """What applied makes of a value, or of the list of a row."""
    if not row_id:
        if not alike(value, edit.old):
            raise Misfit
        return edit.new
    rows = _rows_of(value)
    if edit.new is None:
        place = _place_of(row_id, rows)
        if not alike(rows[place], _row_and_after(edit.old)[0]):
            raise Misfit
        return rows[:place] + rows[place + 1 :]
    row, after = _row_and_after(edit.new)
    if any(one[ROW_ID] == row_id for one in rows):
        raise Misfit
    place = 0 if after is None else _place_of(after, rows) + 1
    return [*rows[:place], row, *rows[place:]]


class _Merging:
    """Only marks what goes until all is merged, since other windows may put in after it."""

    def __init__(self) -> None:
        self.gone: dict[str, object] = {}  # rows by path, each with the id of the row it stood after
        self.ceased: dict[str, bool] = {}  # lists by path
        self.fresh: set[object] = set()  # ids of rows put in

    def done(self, edit: Edit, value: object, row_id: str) -> object:
        """What becomes of a value, or of the list of a row."""
        if row_id:
            return self.row(edit, [] if value is None else _rows_of(value), row_id)
        if edit.new == [] or (edit.new is None and has_rows(value)):
            self.ceased[edit.path] = edit.new is None
            return value if has_rows(value) else edit.new
        return value if isinstance(value, dict) and edit.new is None else edit.new

    def row(self, edit: Edit, rows: list[Tree], row_id: str) -> list[Tree]:
        """Marks a row, takes its mark away where it was put back, or puts it in."""
        found = [one for one in rows if one[ROW_ID] == row_id]
        if edit.new is None:
            if found:
                self.gone[edit.path] = _row_and_after(edit.old)[1]
            return rows
        row, after = _row_and_after(edit.new)
        if self.gone.pop(edit.path, after) == after and found:
            return rows
        others = [one for one in rows if one[ROW_ID] != row_id]
        ids = [one[ROW_ID] for one in others]
        place = 0 if after is None else ids.index(after) + 1 if after in ids else len(ids)
        while place < len(ids) and ids[place] in self.fresh and _age(ids[place]) > _age(row_id):
            place += 1
        self.fresh.add(row_id)
        return [*others[:place], *(found or [row]), *others[place:]]

    def without_marked(self, tree: Tree) -> Tree:
        """The tree without the rows that went, and without the lists that ceased and stayed empty."""
        for path in [*self.gone, *(path for path, ceased in self.ceased.items() if ceased)]:
            with suppress(Misfit):
                tree = _put(tree, path, _without)
        return tree


def _without(value: object, row_id: str) -> object:
    if not row_id:
        return None if value == [] else value
    return [row for row in _rows_of(value) if row[ROW_ID] != row_id]


def _age(row_id: object) -> list[tuple[int, str]]:
    """What ids are ordered by: their dotted parts, numbers by value."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in str(row_id).split(".")]


def _put(table: Tree, path: str, work: Work) -> Tree:
    """The table with work done at a path: on a field's value, or on the list of the row that the path ends with."""
    return _put_at(table, STEP.findall(path), work)


def _put_at(table: Tree, steps: list[tuple[str, str]], work: Work) -> Tree:
    (name, row_id), *further = steps
    key = "" if name == "%" else WRITTEN.sub(lambda code: chr(int(code[1], 16)), name)
    value = table.get(key)
    if not further:
        value = work(value, row_id)
    elif row_id:
        rows = _rows_of(value)
        place = _place_of(row_id, rows)
        value = [*rows[:place], _put_at(rows[place], further, work), *rows[place + 1 :]]
    elif value is None or isinstance(value, dict):
        value = _put_at(value or {}, further, work)
    else:
        raise Misfit
    rest = {one: part for one, part in table.items() if one != key}
    return rest if value is None or value == {} else {**rest, key: value}


def _rows_of(value: object) -> list[Tree]:
    if not has_rows(value):
        raise Misfit
    return value


def _place_of(row_id: object, rows: list[Tree]) -> int:
    for place, row in enumerate(rows):
        if row[ROW_ID] == row_id:
            return place
    raise Misfit
