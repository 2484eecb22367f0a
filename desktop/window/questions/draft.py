"""The draft on the counter: a tree in the shape of the case file, as typed, reached by path."""

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass

Row = dict[str, object]
STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that was taken out, and where it stood."""

    path: str
    index: int
    row: Row


def split_path(path: str) -> list[str | int]:
    """``household.members[0].name`` as its names and places."""
    return [int(step[1:-1]) if step.startswith("[") else step for step in STEP.findall(path)]


def unnumbered(path: str) -> str:
    """The path without its places: ``household.members.name``."""
    return re.sub(r"\[\d+\]", "", path)


def leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value that holds no others, with its path; an empty list is a value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}.{key}".strip("."))
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from leaves(part, f"{path}[{index}]")
    else:
        yield path, value


class Draft:
    """The tree, and what was touched of it since it was opened; a value that is not there is None.

    ``asked_by_policy`` are the questions that only some policies ask, and the one that applies here does.
    """

    def __init__(self, tree: Row, asked_by_policy: Collection[str] = ()) -> None:
        self.tree = tree
        self.asked_by_policy = asked_by_policy
        self.touched: set[str] = set()
        self.set_aside: dict[str, object] = {}  # answers to questions that are not asked at present

    def get(self, path: str) -> object:
        """The value at a path."""
        value: object = self.tree
        for step in split_path(path):
            if isinstance(step, int) and isinstance(value, list) and step < len(value):
                value = value[step]
            elif isinstance(step, str) and isinstance(value, dict):
                value = value.get(step)
            else:
                return None
        return value

    def put(self, path: str, value: object) -> None:
        """Sets the value at a path; tables on the way are made, rows must be there."""
        self.touched.add(path)
        *way, last = split_path(path)
        place: object = self.tree
        for step in way:
            if isinstance(step, int):
                assert isinstance(place, list)
                place = place[step]
            else:
                assert isinstance(place, dict)
                if place.get(step) is None:
                    place[step] = {}
                place = place[step]
        assert isinstance(place, dict) and isinstance(last, str)
        place[last] = value

    def rows(self, path: str) -> list[Row]:
        """The rows of a list, as they stand; none where it is unknown."""
        found = self.get(path)
        return found if isinstance(found, list) else []

    def add_row(self, path: str, row: Row) -> int:
        """Appends a row; its place."""
        if not isinstance(self.get(path), list):
            self.put(path, [])
        self.rows(path).append(row)
        return len(self.rows(path)) - 1

    def remove_row(self, path: str, index: int) -> Removed:
        """Takes a row out; what was touched behind it counts as fresh again, its places have moved."""
        row = self.rows(path).pop(index)
        self.touched = {one for one in self.touched if not one.startswith(f"{path}[")}
        self.set_aside = {one: value for one, value in self.set_aside.items() if not one.startswith(f"{path}[")}
        return Removed(path, index, row)

    def put_back(self, removed: Removed) -> None:
        """Puts a removed row back where it stood."""
        if not isinstance(self.get(removed.path), list):
            self.put(removed.path, [])
        self.rows(removed.path).insert(removed.index, removed.row)

    def turn_to(self, tree: Row) -> None:
        """Holds another state of the same case; rows may have moved, so nothing set aside or touched in them counts."""
        self.tree = tree
        self.set_aside = {}
        self.touched = {path for path in self.touched if "[" not in path}

    def next_id(self, path: str, prefix: str) -> str:
        """The first id of the list that was never higher: ``p2`` after ``p1``."""
        ids = [str(row.get("id")) for row in self.rows(path)]
        used = [int(one[len(prefix) :]) for one in ids if re.fullmatch(rf"{prefix}\d{{1,6}}", one)]
        return f"{prefix}{max(used, default=0) + 1}"

    def members(self) -> dict[object, str]:
        """Every member's id and the name to call it by."""
        named: dict[object, str] = {}
        for place, row in enumerate(self.rows("household.members")):
            named[row.get("id")] = str(row.get("name") or "").strip() or f"成员 {place + 1}"
        return named

    def rows_of(self, member: object) -> list[tuple[str, int]]:
        """Where incomes, assets and expenses of a member stand: list path and place."""
        found = []
        for path, key in (
            ("household.incomes", "member"),
            ("household.assets", "member"),
            ("expenses", "patient"),
        ):
            found += [(path, place) for place, row in enumerate(self.rows(path)) if row.get(key) == member]
        return found

    def snapshot(self) -> Row:
        """A copy that later typing does not reach."""
        return deepcopy(self.tree)
