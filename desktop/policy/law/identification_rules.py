"""The typed shape of an identification rule: tests as metric, comparison and limit, dated apart from the benefits."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.calendar import months_before
from desktop.policy.law.sources import Source

COMPARISONS = ("below", "at_most", "at_least", "above")
WINDOW_ANCHORS = ("survey", "application", "application_month")


@dataclass(frozen=True, slots=True)
class Limit:
    """A line: on which side of it to lie, and ``times`` (or the locality's value ``times_of``) what standard.

    ``of`` ``yuan``: ``times`` itself is the amount.
    """

    comparison: str
    of: str
    times: Decimal | None
    times_of: str | None


@dataclass(frozen=True, slots=True)
class BetterIdentity:
    """An identity that is open to the household where the metric meets the limit and property is within the rule."""

    identity: str
    metric: str
    limit: Limit
    source: Source


@dataclass(frozen=True, slots=True)
class IdentificationTest:
    """One test: a metric against a limit, or a fact that must be so (no ``limit``).

    Tests that share a name in ``any_of`` are alternatives: one that passes is enough.
    """

    id: str
    name: str
    metric: str
    limit: Limit | None
    any_of: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Window:
    """The period whose income and expenses count: so many months or days before its ``anchor`` day.

    ``survey``: to the survey day, ``application``: to the application day, both ends included; ``application_month``:
    the months before the month of application, without it.
    """

    months: int | None
    days: int | None
    anchor: str

    def span(self, day: date) -> tuple[date, date]:
        """First and last day of the period, both included."""
        last = day.replace(day=1) - timedelta(days=1) if self.anchor == "application_month" else day
        if self.anchor == "application_month" and self.months:
            return months_before(day.replace(day=1), self.months), last
        return (months_before(last, self.months) if self.months else last - timedelta(days=self.days or 0)), last


@dataclass(frozen=True, slots=True)
class IdentificationRule:
    """How an identity is recognised (A8, A9); dated apart from the benefits, by its window's anchor day.

    ``needs``: keys of the locality's values without which ``fallback``, an earlier rule, still decides (with an alert);
    ``trial_until``: the last day of a trial, an alert after.
    """

    id: str
    name: str
    identity: str
    first: date
    last: date | None
    trial_until: date | None
    needs: tuple[str, ...]
    fallback: str | None
    window: Window
    holds_none_of: tuple[str, ...]
    better: tuple[BetterIdentity, ...]
    tests: tuple[IdentificationTest, ...]
    source: Source
