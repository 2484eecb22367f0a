"""What a question, a group of them, a table, a list of sheets and a step are: the grammar of the intake's declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "amount", "day", "id_number", "whole", "number", "code", "choice", "member"]
Codes = Mapping[str, str] | Mapping[int, str] | Mapping[bool, str]


@dataclass(frozen=True, slots=True)
class When:
    """A question is asked only where another of the same table has one of these answers."""

    key: str
    answers: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``width`` in characters; ``wide`` takes the whole line; ``letter`` is its Alt key.

    ``given_by`` names the question that answers this one where it can; ``for_some``: only some policies ask it.
    """

    key: str
    label: str
    kind: Kind = "text"
    codes: Codes = field(default_factory=dict)
    hint: str = ""
    letter: str = ""
    width: int = 0
    wide: bool = False
    when: When | None = None
    given_by: str = ""
    for_some: bool = False

    @property
    def stretches(self) -> bool:
        """Whether its field takes the room that is left."""
        return not self.width and self.kind != "choice"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together under a title."""

    title: str
    questions: tuple[Question, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RowList:
    """Many of the same, edited in place. ``none`` words the answer that there are none: then no rows is not unknown."""

    path: str
    title: str
    noun: str
    questions: tuple[Question, ...]
    prefix: str = ""
    none: str = ""
    hint: str = ""
    sum_of: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A list at the left and one sheet of it at the right; ``noun`` empty: its rows are made elsewhere."""

    path: str
    title: str
    parts: tuple[Group | RowList, ...]
    noun: str = ""
    prefix: str = ""


Part = Group | RowList | Sheets


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the intake; ``matters`` empty: every matter asks for it."""

    id: str
    name: str
    title: str
    parts: tuple[Part, ...] = ()
    matters: tuple[str, ...] = ()
    hint: str = ""
