"""Every small change of a policy's numbers, comparisons, days, flags and lists of codes, one at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

# Neither computed by nor seen in an assessment; the bounds are proved by holding policies against them.
UNTOUCHED = ("bounds", "papers", "locality_values", "under")
# The line itself belongs to the other side, and the other way round altogether.
COMPARISONS = {
    "below": ("at_most", "at_least"),
    "at_most": ("below", "above"),
    "at_least": ("above", "below"),
    "above": ("at_least", "at_most"),
}
YUAN = ("yuan", "floor", "cap", "over", "up_to")
WHOLE = ("months", "days", "from_age", "under_age", "disability_grades", "chronic_classes")
ONE, CENT = 1, Decimal("0.01")
DAY = timedelta(days=1)

Table = Mapping[str, object]
Put = Callable[[object], Table]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy's parsed TOML with one change; ``path``, ``before`` and ``after`` say which."""

    path: str
    before: str
    after: str
    data: Table


def mutants_of(data: Table) -> Iterator[Mutant]:
    """Every mutant of a policy's parsed TOML; the data itself stays as it is, and what is unchanged is shared."""
    for key, value in data.items():
        if key not in UNTOUCHED:
            yield from _mutants(value, key, key, _putting(data, key))


def _putting(table: Table, key: str, put: Put | None = None) -> Put:
    """What puts a value in the place of a key, in a copy of the table and of all that it lies in."""

    def new(value: object) -> Table:
        changed = {**table, key: value}
        return put(changed) if put else changed

    return new


def _placing(items: list[object], place: int, put: Put) -> Put:
    return lambda value: put([*items[:place], value, *items[place + 1 :]])


def _mutants(value: object, key: str, path: str, put: Put) -> Iterator[Mutant]:
    """The mutants of one value, and of all within it."""
    if isinstance(value, Mapping):
        yield from _comparisons(value, path, put)
        for name, part in value.items():
            yield from _mutants(part, name, f"{path}.{name}", _putting(value, name, put))
    elif isinstance(value, list):
        if not any(isinstance(part, Mapping) for part in value):
            yield from _shorter(value, path, put)
        for place, part in enumerate(value):
            yield from _mutants(part, key, f"{path}[{place}]", _placing(value, place, put))
    else:
        for other in _others(value, key):
            yield Mutant(path, _said(value), _said(other), put(other))


def _others(value: object, key: str) -> tuple[object, ...]:
    """What else a single value might be; a text stays what it is."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | Decimal):
        step = _step(value, key)
        return value + step, value - step
    return (value + DAY, value - DAY) if isinstance(value, date) else ()


def _step(value: int | Decimal, key: str) -> int | Decimal:
    """The smallest step that a threshold may notice: a month, a grade, a yuan (a fen where fen are stated), a point."""
    if key in WHOLE or (key in YUAN and value == int(value)):
        return ONE
    return CENT


def _comparisons(table: Table, path: str, put: Put) -> Iterator[Mutant]:
    for name in table:
        for other in COMPARISONS.get(name, ()):
            renamed = {other if key == name else key: value for key, value in table.items()}
            yield Mutant(f"{path}.{name}", name, other, put(renamed))


def _shorter(items: list[object], path: str, put: Put) -> Iterator[Mutant]:
    """A list of codes without one of them."""
    for place, item in enumerate(items):
        yield Mutant(f"{path}[{place}]", _said(item), "（去掉）", put([*items[:place], *items[place + 1 :]]))


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
