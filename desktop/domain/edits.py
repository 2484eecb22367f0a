"""What changed in a case: the edits from a draft as it was to the draft as it is, field by field and row by row."""

import re

from desktop.domain.tracked import (
    ROW_ID,
    Edit,
    Misfit,
    NewId,
    Tree,
    alike,
    applied,
    has_rows,
    merged,
    normal_part,
    reversed_edits,
    tracked,
    untracked,
)

__all__ = [
    "ROW_ID",
    "Edit",
    "Misfit",
    "NewId",
    "Tree",
    "applied",
    "edits_between",
    "merged",
    "reversed_edits",
    "tracked",
    "untracked",
]

ODD = re.compile(r"[%.\[\]]")
SAME = 1_000_000  # the likeness of a row to itself; more than what all rows that are merely alike can come to


def edits_between(before: Tree, after: Tree, new_id: NewId) -> tuple[tuple[Edit, ...], Tree]:
    """The edits from a tracked tree to a draft, and the draft tracked, which is ``before`` itself where there are none.

    A row is the one of the same ``id`` where either has one (a text); else one of the same content; else of those left
    between the same neighbours the most alike, in order. A row that moves is taken out and put in under its id.
    """
    found = _Found(new_id)
    now = found.table("", before, after)
    return tuple(found.edits), now


class _Found:
    """Collects edits on a walk through two trees at once; each step gives the tracked part as it is now."""

    def __init__(self, new_id: NewId) -> None:
        self.new_id = new_id
        self.edits: list[Edit] = []

    def table(self, path: str, was: Tree, now: Tree) -> Tree:
        """Fields by name; ``was`` itself where nothing changed."""
        start = len(self.edits)
        changed: Tree = {}
        for key, value in now.items():
            old = was.get(key)
            if value is old:
                continue
            kind = type(value)
            if kind is str:  # as most are; nothing else equals one
                if value == old:
                    continue
            elif kind is not dict and kind is not list and kind is type(old) and value == old:
                continue
            if key != ROW_ID:
                changed[key] = self.part(_joined(path, key), old, value)
        for key in sorted(was.keys() - now.keys()):
            if key != ROW_ID:
                changed[key] = self.part(_joined(path, key), was[key], None)
        if len(self.edits) == start:
            return was
        return {key: value for key, value in {**was, **changed}.items() if value is not None and value != {}}

    def part(self, path: str, was: object, now: object) -> object:
        """A value of any kind; one that becomes of another kind is first emptied, then filled."""
        if isinstance(was, dict) and isinstance(now, dict):
            return self.table(path, was, now)
        if has_rows(was) and has_rows(now):
            return self.rows(path, was, now)
        left, begun = was, normal_part(now)
        if isinstance(was, dict):
            left = self.table(path, was, {}) or None
        elif has_rows(was):
            left = self.rows(path, was, [])
        if isinstance(now, dict):
            begun = None
        elif has_rows(now):
            begun = []
        if not alike(left, begun):
            self.edits.append(Edit(path, left, begun))
        if isinstance(now, dict):
            return self.table(path, {}, now)
        return self.rows(path, [], now) if has_rows(now) else begun

    def rows(self, path: str, was: list[Tree], now: list[Tree]) -> list[Tree]:
        """Rows; ``was`` itself where nothing changed."""
        start = len(self.edits)
        rows = self.in_place(path, was, now)
        if rows is None:
            del self.edits[start:]
            rows = self.matched(path, was, now)
        return rows if len(self.edits) > start else was

    def in_place(self, path: str, was: list[Tree], now: list[Tree]) -> list[Tree] | None:
        """Rows that all stay where they are, as they mostly do; None where it takes matching to tell."""
        if len(was) != len(now):
            return None
        rows: list[Tree] = []
        unsure = 0
        for old, row in zip(was, now, strict=True):
            start = len(self.edits)
            rows.append(self.table(f"{path}[{old[ROW_ID]}]", old, row))
            if len(self.edits) > start:
                named = _named(old, row)
                unsure += named is None
                if named is False or unsure > 1:
                    return None
        return rows

    def matched(self, path: str, was: list[Tree], now: list[Tree]) -> list[Tree]:
        """Rows taken out from the end on, then put in from the start on: each after one that is there."""
        stay, moved = _matched(was, now)
        staying = set(stay.values())
        for place in reversed(range(len(was))):
            if place not in staying:
                row_path, side = _side(path, was[: place + 1])
                self.edits.append(Edit(row_path, side, None))
        rows: list[Tree] = []
        for place, row in enumerate(now):
            if place in stay:
                old = was[stay[place]]
            else:
                old = was[moved[place]] if place in moved else {ROW_ID: self.new_id(), **tracked(row, self.new_id)}
                row_path, side = _side(path, [*rows, old])
                self.edits.append(Edit(row_path, None, side))
            rows.append(self.table(f"{path}[{old[ROW_ID]}]", old, row))
        return rows


def _side(path: str, rows: list[Tree]) -> tuple[str, Tree]:
    """The path of the last of these rows, and the side of an edit that has it there."""
    return f"{path}[{rows[-1][ROW_ID]}]", {"row": rows[-1], "after": rows[-2][ROW_ID] if rows[1:] else None}


def _joined(path: str, key: str) -> str:
    name = key if key.isidentifier() else ODD.sub(lambda odd: f"%{ord(odd[0]):02X}", key) or "%"
    return f"{path}.{name}" if path else name


def _named(was: Tree, now: Tree) -> bool | None:
    """Whether two rows are one by the ``id`` that either has; None where they have none."""
    own, other = was.get("id"), now.get("id")
    return own == other if isinstance(own, str) or isinstance(other, str) else None


def _likeness(was: Tree, now: Tree) -> int:
    """SAME of rows that are one by ``id`` or by content, 0 by another ``id``; else what they share, and at least 1."""
    named = _named(was, now)
    if named is not None:
        return SAME if named else 0
    found = _Found(str)
    found.table("", was, now)
    return 1 + sum(now.get(key) == value for key, value in was.items()) if found.edits else SAME


def _matched(before: list[Tree], after: list[Tree]) -> tuple[dict[int, int], dict[int, int]]:
    """Places in ``after``, each with the place in ``before`` of the row that it is: those that stay, those that moved.

    What stays keeps its order: as many as can be that are the SAME, then the most alike. What else is the SAME moved.
    """
    shorter = min(len(before), len(after))
    start = end = 0
    while start < shorter and _likeness(before[start], after[start]) == SAME:
        start += 1
    while end < shorter - start and _likeness(before[-1 - end], after[-1 - end]) == SAME:
        end += 1
    rest = after[start : len(after) - end]
    weights = [[_likeness(one, other) for other in rest] for one in before[start : len(before) - end]]
    inner = _in_order(weights)
    stay = {place: place for place in range(start)}
    stay |= {start + column: start + row for column, row in inner.items()}
    stay |= {len(after) - 1 - place: len(before) - 1 - place for place in range(end)}
    return stay, {start + column: start + row for column, row in _again(weights, inner).items()}


def _in_order(weights: list[list[int]]) -> dict[int, int]:
    """Columns with their rows, no pair crossing another, whose weights sum to the most."""
    rows, columns = len(weights), len(weights[0]) if weights else 0
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            both = weights[row][column] + best[row + 1][column + 1]
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs = {}
    row = column = 0
    while row < rows and column < columns:
        weight = weights[row][column]
        if weight and best[row][column] == weight + best[row + 1][column + 1]:
            pairs[column] = row
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _again(weights: list[list[int]], pairs: dict[int, int]) -> dict[int, int]:
    """Columns with their rows that are the SAME and stand in no pair."""
    found: dict[int, int] = {}
    for column in range(len(weights[0]) if weights else 0):
        taken = {*pairs.values(), *found.values()}
        same = [row for row, line in enumerate(weights) if line[column] == SAME and row not in taken]
        if same and column not in pairs:
            found[column] = same[0]
    return found
