"""Failed sign-ins: what they cost in waiting, whatever becomes of the program, the file and the clock."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.problems import Problem
from desktop.store.tries import note_failure, note_success, wait_left

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
WAITS = (0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300)  # by the number of failures


@pytest.fixture
def tries(tmp_path: Path) -> Path:
    """Where the tries are kept; there is no file yet."""
    return tmp_path / "cases.tries"


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def fail(path: Path, times: int, clerk: str = "c1", now: datetime = NOON) -> None:
    for _ in range(times):
        note_failure(path, clerk, now)


@pytest.mark.parametrize(("failures", "seconds"), list(enumerate(WAITS)))
def test_each_failure_beyond_the_third_doubles_the_wait_up_to_five_minutes(
    tries: Path, failures: int, seconds: int
) -> None:
    fail(tries, failures)
    assert wait_left(tries, "c1", NOON) == seconds


def test_a_thousand_billion_failures_cost_what_twelve_cost(tries: Path) -> None:
    fail(tries, 12)
    document = json.loads(tries.read_text(encoding="utf-8"))
    document["clerks"]["c1"]["failed"] = 10**12
    tries.write_text(json.dumps(document), encoding="utf-8")
    assert wait_left(tries, "c1", NOON) == 300


def test_the_wait_runs_out_by_the_second_and_never_early(tries: Path) -> None:
    fail(tries, 5)
    asked = {seconds: wait_left(tries, "c1", after(seconds)) for seconds in (0, 0.001, 1, 3, 3.999, 4, 5, 9999)}
    assert asked == {0: 4, 0.001: 4, 1: 3, 3: 1, 3.999: 1, 4: 0, 5: 0, 9999: 0}


def test_a_success_begins_the_count_anew_for_that_clerk_alone(tries: Path) -> None:
    fail(tries, 6, "c1")
    fail(tries, 5, "c2")
    note_success(tries, "c1")
    assert wait_left(tries, "c1", NOON) == 0
    assert wait_left(tries, "c2", NOON) == 4
    fail(tries, 3, "c1")
    assert wait_left(tries, "c1", NOON) == 0


def test_a_success_without_failures_leaves_the_disk_alone(tries: Path) -> None:
    note_success(tries, "c1")
    assert not tries.exists()
    fail(tries, 1, "c2")
    before = tries.stat().st_ino
    note_success(tries, "c1")
    assert tries.stat().st_ino == before


def test_no_file_is_no_failure(tries: Path) -> None:
    fail(tries, 9)
    tries.unlink()
    assert wait_left(tries, "c1", NOON) == 0


def test_a_clock_set_back_begins_the_wait_anew_and_no_longer_than_it_was(tries: Path) -> None:
    fail(tries, 9)
    years_back = NOON - timedelta(days=3650)
    assert wait_left(tries, "c1", after(60)) == 4
    assert wait_left(tries, "c1", years_back) == 64
    assert wait_left(tries, "c1", years_back + timedelta(seconds=63)) == 1
    assert wait_left(tries, "c1", years_back + timedelta(seconds=64)) == 0


STEPS = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from([0, 0, 0, 1, 3, 200, 86_400]), st.booleans()), min_size=1
)


@given(STEPS)
def test_no_setting_back_shortens_a_wait_or_makes_it_longer_than_five_minutes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "set_back.tries"
    path.unlink(missing_ok=True)
    passed = set_back = failures = earliest = 0
    for pause, back, fails in steps:
        passed, set_back = passed + pause, set_back + back
        clock = after(passed - set_back)
        left = wait_left(path, "c1", clock)
        assert earliest - passed <= left <= 300
        # From when it is noticed the wait runs out by the clock as it now goes.
        assert wait_left(path, "c1", clock + timedelta(seconds=left)) == 0
        if fails:
            note_failure(path, "c1", clock)
            failures += 1
            earliest = passed + WAITS[min(failures, 14)]


DAMAGE = [
    b"",
    b"\x00" * 512,
    b"{",
    b"[]",
    b"[" * 100_000,
    b'{"format": "yimen-tries/1"}',
    b'{"format": "yimen-tries/1", "clerks": []}',
    b'{"format": "yimen-tries/2", "clerks": {}}',
    b'{"format": "yimen-tries/1", "clerks": {"c1": {"failed": "3", "since": "2024-05-20T12:00:00+00:00"}}}',
    b'{"format": "yimen-tries/1", "clerks": {"c1": {"failed": 9, "since": "2024-05-20T12:00:00"}}}',
]


@pytest.mark.parametrize("content", DAMAGE)
def test_a_damaged_file_makes_everybody_wait_eight_seconds_once(tries: Path, content: bytes) -> None:
    tries.write_bytes(content)
    assert wait_left(tries, "c1", NOON) == 8
    assert wait_left(tries, "c2", after(3)) == 5
    assert wait_left(tries, "c1", after(8)) == 0


def test_damage_found_by_a_failure_costs_the_same_wait(tries: Path) -> None:
    tries.write_bytes(b"?")
    note_failure(tries, "c1", NOON)
    assert wait_left(tries, "c1", after(1)) == 7
    assert wait_left(tries, "c2", after(1)) == 7


def test_damage_is_over_when_somebody_has_signed_in(tries: Path) -> None:
    tries.write_bytes(b"?")
    note_success(tries, "c1")
    assert wait_left(tries, "c2", NOON) == 0
    tries.write_bytes(b"?")
    assert wait_left(tries, "c1", NOON) == 8
    note_success(tries, "c1")
    assert wait_left(tries, "c2", NOON) == 0


@given(st.binary() | st.integers(0, 8 * 120 - 1))
def test_whatever_the_file_holds_nobody_waits_longer_than_five_minutes(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes | int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.tries"
    path.unlink(missing_ok=True)
    fail(path, 9)
    content = bytearray(path.read_bytes())
    if isinstance(damage, int):
        content[damage // 8 % len(content)] ^= 1 << damage % 8
        path.write_bytes(content)
    else:
        path.write_bytes(damage)
    left = wait_left(path, "c1", NOON)
    assert 0 <= left <= 300
    assert wait_left(path, "c1", after(left)) == 0


def test_the_file_names_nobody(tries: Path) -> None:
    fail(tries, 1)
    document = json.loads(tries.read_text(encoding="utf-8"))
    since = {"failed": 1, "since": "2024-05-20T12:00:00+00:00"}
    assert document == {"format": "yimen-tries/1", "clerks": {"c1": since}}


def test_a_folder_that_cannot_be_written_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="无法写入"):
        note_failure(tmp_path / "nowhere" / "cases.tries", "c1", NOON)
