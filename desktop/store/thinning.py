"""Which old backups may go: close together lately, further and further apart the older they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """What stays: the ``newest`` so many whatever their age, and the newest of each of the last days, weeks, months.

    Today, this week (from Monday) and this month are the first of them.
    """

    newest: int = 12
    days: int = 14
    weeks: int = 8
    months: int = 24


PLAN = Plan()


def thinned(when: Sequence[datetime], now: datetime, plan: Plan = PLAN) -> tuple[datetime, ...]:
    """The backups that may be dropped, oldest first; days, weeks and months are those of the clock that ``now`` shows.

    The newest stays whatever happens, and so does the oldest of all until its month is over the plan. One that is
    dated after ``now`` was made before the clock was set back: it stays, and counts for none of the others.

    Args:
        when: the times of the backups, with their time zones, in any order.
        now: the time, with its time zone.
        plan: how many stay.
    """
    # Rising: of two in one period the later overwrites the earlier.
    local = {made: made.astimezone(now.tzinfo) for made in sorted(set(when)) if made <= now}
    past = list(local)
    # Even a plan that keeps none of the newest keeps one: a store without a backup is what this must never bring about.
    kept = set(past[-max(plan.newest, 1) :])
    for period, periods in ((_day, plan.days), (_week, plan.weeks), (_month, plan.months)):
        newest = {period(at): made for made, at in local.items()}
        kept |= {made for number, made in newest.items() if number > period(now) - periods}
    kept |= {made for made in past[:1] if _month(local[made]) > _month(now) - plan.months}
    return tuple(made for made in past if made not in kept)


def _day(at: datetime) -> int:
    return at.toordinal()


def _week(at: datetime) -> int:
    # The first day of the calendar, 1 January of the year 1, is a Monday.
    return (at.toordinal() - 1) // DAYS_A_WEEK


def _month(at: datetime) -> int:
    return at.year * MONTHS_A_YEAR + at.month
