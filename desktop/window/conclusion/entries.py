"""An entry of the conclusion, a section of entries and the head over them, as values."""

from dataclasses import dataclass

TO_COME = "待补"


@dataclass(frozen=True, slots=True)
class Figure:
    """One entry: name, value, a line beneath, the clause; ``subjects`` open its steps, ``path`` leads to its field.

    ``key`` is the same entry at the next key stroke, so that what changed can be told.
    """

    key: str
    name: str
    value: str = ""
    more: str = ""
    cite: str = ""
    tint: str = ""
    subjects: tuple[str, ...] = ()
    path: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under a title; the first ``shown`` at once, the others when asked for.

    ``cite`` is the clause that all of them share; it is then said once, in the title's line.
    """

    title: str
    figures: tuple[Figure, ...]
    shown: int = 4
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The one answer: the verdict's word, its tint, and a line beneath."""

    word: str
    tint: str
    more: str = ""
