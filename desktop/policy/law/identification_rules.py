"""The typed shape of an identification rule: tests as metric, comparison and limit, dated apart from the benefits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.policy.law.sources import Source


@dataclass(frozen=True, slots=True)
class Below:
    """A line: strictly below ``times`` (or the locality's value ``times_of``) times a published standard."""

    of: str
    times: Decimal | None
    times_of: str | None


@dataclass(frozen=True, slots=True)
class BetterIdentity:
    """An identity that is open to the household where the metric lies below the line and property is within the rule."""

    identity: str
    metric: str
    below: Below
    source: Source


@dataclass(frozen=True, slots=True)
class IdentificationTest:
    """One test: a metric below a line, or a fact that must be so (no ``below``)."""

    id: str
    name: str
    metric: str
    below: Below | None
    source: Source


@dataclass(frozen=True, slots=True)
class Superseded:
    """A later rule whose numbers are not known here: from its day on, an alert says so."""

    first: date
    by: str


@dataclass(frozen=True, slots=True)
class IdentificationRule:
    """How an identity is recognised (A8); dated apart from the benefits, by the survey day."""

    id: str
    identity: str
    first: date
    last: date | None
    window_months: int
    holds_none_of: tuple[str, ...]
    better: tuple[BetterIdentity, ...]
    tests: tuple[IdentificationTest, ...]
    superseded: Superseded | None
    source: Source
