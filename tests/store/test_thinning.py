"""Thinning: many lately, ever fewer the older they are, and never the newest."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.calendar import months_before
from desktop.store.thinning import PLAN, Plan, thinned

HERE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2024, 5, 22, 12, tzinfo=HERE)  # a Wednesday
HALF_HOUR = timedelta(minutes=30)
FEW = Plan(newest=1, days=0, weeks=0, months=0)

TIMES = st.datetimes(datetime(2021, 1, 1), datetime(2024, 12, 31), timezones=st.sampled_from([HERE, UTC]))  # noqa: DTZ001
PLANS = st.builds(Plan, *[st.integers(0, 5)] * 4)


def day(at: datetime) -> object:
    return at.date()


def week(at: datetime) -> object:
    return at.isocalendar()[:2]


def month(at: datetime) -> object:
    return at.year, at.month


def left(when: Sequence[datetime], now: datetime, plan: Plan = PLAN) -> list[datetime]:
    gone = thinned(when, now, plan)
    assert gone == tuple(sorted(gone))
    assert set(gone) <= set(when)
    return [made for made in when if made not in gone]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def test_the_newest_twelve_stay_however_old_they_are() -> None:
    made = [at("2019-03-04T09:00") + HALF_HOUR * i for i in range(14)]
    assert left(made, NOON) == made[2:]


def test_of_each_of_the_last_days_the_newest_stays() -> None:
    made = [at(f"2024-05-{number:02}T{hour}:00") for number in range(5, 23) for hour in ("09", "11")]
    kept = left(made, NOON, Plan(1, 14, 0, 0))
    assert kept == [at(f"2024-05-{number:02}T11:00") for number in range(9, 23)]


def test_of_each_of_the_last_weeks_the_newest_stays_and_monday_begins_one() -> None:
    made = [at("2024-04-28T23:30"), at("2024-04-29T00:30"), at("2024-05-05T23:30"), at("2024-05-06T00:30")]
    made += [at("2024-05-12T23:30"), at("2024-05-13T00:30"), at("2024-05-22T00:00")]
    assert left(made, NOON, Plan(1, 0, 3, 0)) == [at("2024-05-12T23:30"), at("2024-05-13T00:30"), made[-1]]


def test_of_each_of_the_last_months_the_newest_stays_and_the_oldest_of_all() -> None:
    made = [at(f"2024-{number:02}-{day}T09:00") for number in range(1, 6) for day in ("02", "11", "20")]
    kept = [at("2024-03-20T09:00"), at("2024-04-20T09:00"), at("2024-05-20T09:00")]
    assert left(made, NOON, Plan(1, 0, 0, 3)) == kept
    assert left(made, NOON, Plan(1, 0, 0, 5))[:2] == made[:3:2]


def test_days_are_those_of_the_clock_on_the_wall() -> None:
    before, after = datetime(2024, 5, 21, 15, 59, tzinfo=UTC), datetime(2024, 5, 21, 16, 1, tzinfo=UTC)
    assert left([before, after], NOON, Plan(1, 2, 0, 0)) == [before, after]
    assert left([before, after], NOON.astimezone(UTC), Plan(1, 2, 0, 0)) == [after]


def test_backups_from_before_the_clock_was_set_back_stay_and_push_none_out() -> None:
    made = [NOON - timedelta(hours=i) for i in range(3)]
    later = [NOON + timedelta(seconds=1), NOON + timedelta(days=400)]
    assert thinned(later, NOON, FEW) == ()
    assert thinned([*made, *later], NOON, FEW) == thinned(made, NOON, FEW) == (made[2], made[1])


def test_a_plan_that_keeps_nothing_keeps_the_newest() -> None:
    made = [NOON - timedelta(days=i) for i in range(3)]
    assert left(made, NOON, Plan(0, 0, 0, 0)) == [NOON]


def test_without_backups_there_is_nothing_to_drop() -> None:
    assert thinned((), NOON) == ()


@given(when=st.lists(TIMES), now=TIMES, plan=PLANS)
def test_the_newest_is_never_dropped_whatever_the_plan(when: list[datetime], now: datetime, plan: Plan) -> None:
    gone = thinned(when, now, plan)
    assert max(when, default=now) not in gone
    assert max((made for made in when if made <= now), default=now) not in gone
    assert all(made <= now for made in gone)


@given(when=st.lists(TIMES, max_size=80), now=TIMES, plan=st.one_of(PLANS, st.just(PLAN)))
def test_what_is_left_is_left_the_next_time_too(when: list[datetime], now: datetime, plan: Plan) -> None:
    assert thinned(left(when, now, plan), now, plan) == ()


@given(when=st.lists(TIMES), now=TIMES, order=st.randoms(use_true_random=False))
def test_only_the_times_count_not_their_order_or_how_they_are_written(
    when: list[datetime], now: datetime, order: Random
) -> None:
    written_otherwise = [made.astimezone(UTC) for made in when] * 2
    order.shuffle(written_otherwise)
    assert thinned(written_otherwise, now) == thinned(when, now)


@pytest.mark.parametrize(("period", "how_many"), [(day, PLAN.days), (week, PLAN.weeks), (month, PLAN.months)])
def test_the_checks_below_know_each_period(period: Callable[[datetime], object], how_many: int) -> None:
    assert len(periods_up_to(NOON, period, how_many)) == how_many


def periods_up_to(now: datetime, period: Callable[[datetime], object], how_many: int) -> set[object]:
    """The last so many days, weeks or months, counted back one by one."""
    if period is month:
        return {month(datetime.combine(months_before(now.date(), i), now.time())) for i in range(how_many)}
    step = timedelta(weeks=1) if period is week else timedelta(days=1)
    return {period(now - step * i) for i in range(how_many)}


def check(kept: Sequence[datetime], ever: Sequence[datetime], now: datetime) -> None:
    """One is kept of each of the last days, weeks and months in which there were any."""
    for period, how_many in ((day, PLAN.days), (week, PLAN.weeks), (month, PLAN.months)):
        lately = periods_up_to(now, period, how_many)
        assert {period(made) for made in ever} & lately <= {period(made) for made in kept}
    assert len(kept) <= PLAN.newest + PLAN.days + PLAN.weeks + PLAN.months


@settings(max_examples=3)
@given(
    begins=st.datetimes(datetime(2021, 1, 1), datetime(2024, 12, 31), timezones=st.just(HERE)),  # noqa: DTZ001
    closed=st.sets(st.integers(0, 399), max_size=200),
    hours=st.tuples(st.integers(0, 12), st.integers(13, 24)),
)
def test_backups_every_half_hour_for_400_days_stay_few_and_reach_back(
    begins: datetime, closed: set[int], hours: tuple[int, int]
) -> None:
    first = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    ever: list[datetime] = []
    kept: list[datetime] = []
    for number in range(400):
        now = first + timedelta(days=number)
        for i in () if number in closed else range(hours[0] * 2, hours[1] * 2):
            now = first + timedelta(days=number) + HALF_HOUR * i
            ever.append(now)
            kept = left([*kept, now], now)
            assert kept[-1] == now
        kept = left(kept, now)
        check(kept, ever, now)
    assert not ever or kept[0] == ever[0]


@given(gaps=st.lists(st.sampled_from([0.5, 1, 7, 26, 24 * 8, 24 * 33, 24 * 400]), max_size=90))
def test_backups_at_any_distance_stay_few_and_reach_back(gaps: list[float]) -> None:
    now = NOON
    ever: list[datetime] = []
    kept: list[datetime] = []
    for hours in gaps:
        now += timedelta(hours=hours)
        ever.append(now)
        kept = left([*kept, now], now)
        check(kept, ever, now)
