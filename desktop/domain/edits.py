"""What changed in a case: the edits between a draft as it was and as it is, field by field and row by row."""

from collections.abc import Callable

from desktop.domain.tracked import (
    ROW_ID,
    Edit,
    Misfit,
    NewId,
    Tree,
    alike,
    applied,
    has_rows,
    joined,
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
    "Tree",
    "applied",
    "edits_between",
    "merged",
    "reversed_edits",
    "tracked",
    "untracked",
]

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
            if kind is type(old) and kind is not dict and kind is not list and value == old:
                continue
            if key != ROW_ID:
                changed[key] = self.part(joined(path, key), old, value)
        for key in was:
            if key not in now and key != ROW_ID:
                changed[key] = self.part(joined(path, key), was[key], None)
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
        """Rows go from the end on and come from the start on, so that the one before each is there."""
        start = len(self.edits)
        stay, moved = matched(was, now, _same)
        staying = set(stay.values())
        for place in reversed(range(len(was))):
            if place not in staying:
                self.edits.append(Edit(*_side(path, was[: place + 1]), None))
        rows: list[Tree] = []
        for place, row in enumerate(now):
            if place in stay:
                rows.append(self.table(f"{path}[{was[stay[place]][ROW_ID]}]", was[stay[place]], row))
            else:
                old = was[moved[place]] if place in moved else {ROW_ID: self.new_id(), **normal(row, self.new_id)}
                row_path, side = _side(path, [*rows, old])
                self.edits.append(Edit(row_path, None, side))
                rows.append(self.table(row_path, old, row))
        return rows if len(self.edits) > start else was


def _side(path: str, rows: list[Tree]) -> tuple[str, Tree]:
    """The path of the last of these rows, and the side of an edit that has it there."""
    return f"{path}[{rows[-1][ROW_ID]}]", {"row": rows[-1], "after": rows[-2][ROW_ID] if rows[1:] else None}


def _same(was: object, now: object) -> bool:
    """Whether no edit lies between a tracked value and a draft's."""
    found = _Found(str)
    found.part("", was, now)
    return not found.edits


def _matched(
    before: list[Tree], after: list[Tree], same: Callable[[object, object], bool]
) -> tuple[dict[int, int], dict[int, int]]:
    """Places in ``after``, each with the place in ``before`` of the row that it is: those that stay, those that moved.

    What stays keeps its order: as many rows that are the same as can be, then the most alike. What else is the same
    has moved. A row with an ``id`` (a text) is the same as one with that id and as no other, whatever else they hold.
    """
    shorter = min(len(before), len(after))
    start = end = 0
    while start < shorter and _likeness(before[start], after[start], same) == SAME:
        start += 1
    while end < shorter - start and _likeness(before[-1 - end], after[-1 - end], same) == SAME:
        end += 1
    rest = after[start : len(after) - end]
    weights = [[_likeness(one, other, same) for other in rest] for one in before[start : len(before) - end]]
    inner = _in_order(weights)
    stay = {place: place for place in range(start)}
    stay |= {start + other: start + one for other, one in inner.items()}
    stay |= {len(after) - 1 - place: len(before) - 1 - place for place in range(end)}
    moved = {start + other: start + one for other, one in _again(weights, inner).items()}
    return stay, moved


def _likeness(was: Tree, now: Tree, same: Callable[[object, object], bool]) -> int:
    own, other = was.get("id"), now.get("id")
    if isinstance(own, str) or isinstance(other, str):
        return SAME if own == other else 0
    if same(was, now):
        return SAME
    return 1 + sum(same(value, now.get(key)) for key, value in was.items() if key != ROW_ID)


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
    """Columns with their rows that are the same and stand in no pair."""
    found: dict[int, int] = {}
    for column in range(len(weights[0]) if weights else 0):
        taken = {*pairs.values(), *found.values()}
        same = [row for row, line in enumerate(weights) if line[column] == SAME and row not in taken]
        if same and column not in pairs:
            found[column] = same[0]
    return found
