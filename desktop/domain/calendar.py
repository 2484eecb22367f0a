"""The dates that the law talks about: calendar months, month ends, ages."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

SHORTEST_MONTH = 28  # every month has as many days


@lru_cache(maxsize=4096)
def months_before(day: date, months: int) -> date:
    """The day some calendar months earlier; a day that the month lacks becomes its last day (A7)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = day.day if day.day <= SHORTEST_MONTH else monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """The day some calendar months later; a day that the month lacks becomes its last day (A7)."""
    return months_before(day, -months)


@lru_cache(maxsize=4096)
def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def age_on(birth: date, day: date) -> int:
    """Full years of age; a birthday counts as reached (A16), 29 February's on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@lru_cache(maxsize=4096)
def chinese_day(day: date) -> str:
    """The day as it stands on paper: ``2024年5月20日``."""
    return f"{day.year}年{day.month}月{day.day}日"
