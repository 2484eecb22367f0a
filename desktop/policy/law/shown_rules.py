"""The typed shape of what a policy has the clerk see: hints, deadlines, warnings, papers, and the values left to localities."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.policy.law.sources import Source

UNITS = ("yuan", "share", "times", "ratio", "points", "tilt", "day")


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence for the clerk: for these matters, and where somebody holds one of the identities (none named: always)."""

    id: str
    identities: tuple[str, ...]
    matters: tuple[str, ...]
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class BurdenWarning:
    """Early warning (P-27): a person's burden of the year above ``over`` yuan.

    For holders of the policy's identities and 脱贫人口 (``focus``), or for everybody else. ``then`` is what follows.
    """

    id: str
    over: Decimal
    focus: bool
    then: str
    source: Source


@dataclass(frozen=True, slots=True)
class BurdenControl:
    """A stay's burden above a share of in_scope, for some kinds and places (J-11)."""

    share: Decimal
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that an application of these matters asks for."""

    id: str
    name: str
    matters: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class LocalityValue:
    """A value that the policy leaves to the 统筹地区: its key, what it is, its unit, who publishes it."""

    key: str
    name: str
    unit: str
    who: str
    source: Source


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says, in our own words; ``handled``: ``computed``, ``shown`` to the clerk, or ``set_aside`` with a note."""

    id: str
    cite: str
    gist: str
    handled: str
    note: str | None
