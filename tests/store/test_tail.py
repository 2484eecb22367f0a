"""The tail: what was appended can be read up to the first damage, and nothing else is ever read."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.tail import FRAME, Statement, Tail, TailUnreadable, read_tail

KEY = bytes(range(32))
VALUES = st.one_of(st.none(), st.text(), st.integers(-(2**63), 2**63 - 1), st.binary())
STATEMENTS = st.lists(st.tuples(st.text(), st.lists(VALUES).map(tuple)))
KEEP = """
import sys
from pathlib import Path
from desktop.store.tail import Tail
path, key = Path(sys.argv[1]), bytes(range(32))
print("ready", flush=True)
number = 0
while True:
    tail = Tail.begin(path, key, number, 3)
    for number in range(number + 1, number + 4):
        tail.append(number, [("UPDATE cases SET draft = ?", ("x" * 5000,))])
    tail.close()
"""


def change(number: int) -> list[Statement]:
    """A change that is known by its number, of a length of its own."""
    return [("UPDATE cases SET draft = ? WHERE n = ?", ("王示例" * number, number)), ("INSERT", (None, b"\0\xff"))]


def kept(path: Path, key: bytes = KEY) -> dict[int, tuple[Statement, ...]]:
    return {record.change: record.statements for record in read_tail(path, key).records}


def tail_of(path: Path, *numbers: int, since: int = 0) -> Path:
    """A closed tail with these changes."""
    tail = Tail.begin(path, KEY, since, 3)
    for number in numbers:
        tail.append(number, change(number))
    tail.close()
    return path


def starts(path: Path) -> list[int]:
    """Where each record starts, and where the last one ends."""
    read = read_tail(path, KEY)
    return [*(start for _, start in read.standing), read.end]


def expected(*numbers: int) -> dict[int, tuple[Statement, ...]]:
    return {number: tuple(change(number)) for number in numbers}


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk that is full, as far as this process can tell."""
    if sys.platform == "win32":
        pytest.skip("no limit to the size of files")
    else:
        import resource

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@given(changes=st.lists(STATEMENTS, max_size=4))
def test_every_change_is_read_as_it_was_written(changes: list[list[Statement]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.tail"
        tail = Tail.begin(path, KEY, 6, 3)
        for number, statements in enumerate(changes, 7):
            tail.append(number, statements)
        read = read_tail(path, KEY)
        assert (read.since, read.schema, read.complete, read.torn) == (6, 3, True, False)
        assert [(record.change, record.statements) for record in read.records] == [
            (number, tuple(statements)) for number, statements in enumerate(changes, 7)
        ]
        tail.close()


def test_a_tail_goes_on_where_it_was_left(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2)
    for number in (3, 4):
        tail = Tail.resume(path, KEY)
        tail.append(number, change(number))
        tail.close()
    assert kept(path) == expected(1, 2, 3, 4)


def test_a_tail_that_begins_anew_holds_nothing_of_the_old_one(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2)
    tail_of(path, 3, since=2)
    assert kept(path) == expected(3)
    assert read_tail(path, KEY).since == 2
    assert [file.name for file in tmp_path.iterdir()] == ["cases.tail"]


def test_nothing_that_was_typed_can_be_read_from_the_file(tmp_path: Path) -> None:
    tail = Tail.begin(tmp_path / "cases.tail", KEY, 0, 3)
    for _ in range(2):
        tail.append(1, [("UPDATE cases SET draft = ?", ("Wang Example" * 9,))])
    tail.close()
    content = (tmp_path / "cases.tail").read_bytes()
    assert b"Example" not in content
    assert b"UPDATE" not in content
    first, second, end = starts(tail_of(tmp_path / "other.tail", 1, 2))
    same = (tmp_path / "other.tail").read_bytes()
    assert same[first + FRAME.size : second] != same[second + FRAME.size : end]


def test_an_abandoned_change_is_not_read_and_its_number_can_be_used_again(tmp_path: Path) -> None:
    path = tmp_path / "cases.tail"
    tail = Tail.begin(path, KEY, 0, 3)
    tail.append(1, change(1))
    tail.append(2, [("never came about", ())])
    tail.abandon(2)
    assert kept(path) == expected(1)
    tail.append(3, change(3))
    tail.append(2, change(2))
    tail.abandon(1)
    assert kept(path) == expected(2, 3)
    assert list(kept(path)) == [2, 3]
    tail.close()
    again = Tail.resume(path, KEY)
    again.abandon(3)
    again.close()
    assert kept(path) == expected(2)


def test_abandoning_what_does_not_stand_writes_nothing(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1)
    tail = Tail.resume(path, KEY)
    tail.abandon(1)
    before = path.read_bytes()
    tail.abandon(1)
    tail.abandon(2)
    tail.close()
    assert path.read_bytes() == before


def test_of_a_change_recorded_twice_the_later_record_stands(tmp_path: Path) -> None:
    path = tmp_path / "cases.tail"
    tail = Tail.begin(path, KEY, 0, 3)
    tail.append(1, [("the power went before this was abandoned", ())])
    tail.append(1, change(1))
    tail.close()
    assert kept(path) == expected(1)


def test_a_tail_cut_at_any_byte_gives_the_whole_records_before_it(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2, 3, 4, 5)
    whole, bounds = path.read_bytes(), starts(path)
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        if cut < bounds[0]:
            with pytest.raises(TailUnreadable, match="备份一次"):
                read_tail(path, KEY)
            continue
        read = read_tail(path, KEY)
        before = [number for number in range(1, 6) if bounds[number] <= cut]
        assert {record.change: record.statements for record in read.records} == expected(*before), cut
        assert (read.complete, read.torn) == (True, cut not in bounds), cut


def test_a_record_that_was_cut_short_is_taken_off_before_the_next(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2)
    whole, bounds = path.read_bytes(), starts(path)
    for cut in range(bounds[1], bounds[2]):
        path.write_bytes(whole[:cut])
        tail = Tail.resume(path, KEY)
        tail.append(2, change(7))
        tail.close()
        assert kept(path) == {**expected(1), 2: tuple(change(7))}, cut


@pytest.mark.parametrize("cut", [0, 5, FRAME.size - 1, FRAME.size + 9])
def test_zeros_for_a_lost_end_are_a_record_cut_short(tmp_path: Path, cut: int) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2, 3)
    whole, bounds = path.read_bytes(), starts(path)
    path.write_bytes(whole[: bounds[1] + cut] + bytes(len(whole) - bounds[1] - cut + 9000))
    read = read_tail(path, KEY)
    assert (read.complete, read.torn, read.end) == (True, True, bounds[1])
    tail = Tail.resume(path, KEY)
    tail.append(2, change(2))
    tail.close()
    assert kept(path) == expected(1, 2)


def test_zeros_with_records_behind_them_are_damage(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2, 3)
    whole, bounds = path.read_bytes(), starts(path)
    path.write_bytes(whole[: bounds[1]] + bytes(bounds[2] - bounds[1]) + whole[bounds[2] :])
    read = read_tail(path, KEY)
    assert (read.complete, read.torn) == (False, False)
    assert kept(path) == expected(1)


def test_any_one_bit_that_flips_ends_the_readable_part_there(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2, 3)
    whole, bounds = path.read_bytes(), starts(path)
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        if place < bounds[0]:
            with pytest.raises(TailUnreadable):
                read_tail(path, KEY)
            continue
        read = read_tail(path, KEY)
        before = [number for number in range(1, 4) if bounds[number] <= place]
        assert {record.change: record.statements for record in read.records} == expected(*before), place
        assert (read.complete, read.torn) == (False, False), place


@given(data=st.data())
def test_whatever_befalls_the_file_no_wrong_record_is_read(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = tail_of(Path(folder) / "cases.tail", 1, 2, 3, 4, 5)
        whole = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, len(whole)))
            whole[place : place + data.draw(st.integers(0, 400))] = data.draw(st.binary(max_size=400))
        path.write_bytes(whole)
        try:
            found = kept(path)
        except TailUnreadable:
            return
        assert found == expected(*range(1, len(found) + 1))


def test_records_are_not_read_where_they_were_not_written(tmp_path: Path) -> None:
    tail = Tail.begin(tmp_path / "cases.tail", KEY, 0, 3)
    for number in (1, 2, 3):
        tail.append(number, [("of one length", (number,))])
    tail.close()
    path = tmp_path / "cases.tail"
    whole, bounds = path.read_bytes(), starts(path)
    first, second, third = (whole[bounds[i] : bounds[i + 1]] for i in range(3))
    head = whole[: bounds[0]]
    assert len(first) == len(second)
    for others, left in (((first, third), [1]), ((second, first, third), []), ((first, second, second), [1, 2])):
        path.write_bytes(head + b"".join(others))
        assert list(kept(path)) == left
        assert not read_tail(path, KEY).complete


def test_records_of_another_file_are_not_read(tmp_path: Path) -> None:
    path, other = (tail_of(tmp_path / name, 1, 2) for name in ("cases.tail", "other.tail"))
    bounds = starts(path)
    assert bounds == starts(other)
    path.write_bytes(path.read_bytes()[: bounds[1]] + other.read_bytes()[bounds[1] :])
    assert kept(path) == expected(1)
    assert not read_tail(path, KEY).complete


def test_a_damaged_tail_is_not_gone_on_with(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2, 3)
    whole, bounds = path.read_bytes(), starts(path)
    path.write_bytes(whole[: bounds[1] + 40] + b"damaged" + whole[bounds[1] + 47 :])
    before = path.read_bytes()
    with pytest.raises(TailUnreadable, match="读不出来"):
        Tail.resume(path, KEY)
    assert path.read_bytes() == before
    assert kept(path) == expected(1)


def test_what_is_no_tail_of_this_office_is_told_in_words(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1)
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"a letter, not a tail" * 100)
    for file, key in ((path, bytes(32)), (letter, KEY), (tmp_path / "nowhere.tail", KEY), (tmp_path, KEY)):
        with pytest.raises(TailUnreadable, match="改动记录"):
            read_tail(file, key)
    assert letter.read_bytes() == b"a letter, not a tail" * 100
    assert not (tmp_path / "nowhere.tail").exists()


def test_a_tail_of_a_later_format_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr("desktop.store.tail.MAGIC", b"YIMENTL2")
        path = tail_of(tmp_path / "cases.tail", 1)
        assert kept(path) == expected(1)
    with pytest.raises(TailUnreadable):
        read_tail(path, KEY)


def test_a_tail_damaged_after_it_was_read_gives_no_wrong_record(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1, 2)
    read = read_tail(path, KEY)
    path.write_bytes(path.read_bytes()[: read.end - 9])
    records = read.records
    assert next(records).change == 1
    with pytest.raises(TailUnreadable):
        next(records)


def test_a_full_disk_leaves_whole_records_and_the_next_one_is_written_again(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1)
    before = path.read_bytes()
    tail = Tail.resume(path, KEY)
    with files_no_larger_than(len(before) + 50), pytest.raises(OSError, match="too large"):
        tail.append(2, change(2))
    assert path.read_bytes() == before
    tail.append(2, change(2))
    tail.close()
    assert kept(path) == expected(1, 2)


def test_on_a_full_disk_an_abandoned_change_is_taken_away(tmp_path: Path) -> None:
    path = tail_of(tmp_path / "cases.tail", 1)
    tail = Tail.resume(path, KEY)
    tail.append(2, change(2))
    with files_no_larger_than(path.stat().st_size + 5):
        tail.abandon(2)
    assert kept(path) == expected(1)
    tail.append(2, change(7))
    with files_no_larger_than(path.stat().st_size + 5), pytest.raises(OSError, match="too large"):
        tail.abandon(1)
    tail.close()
    assert kept(path) == {**expected(1), 2: tuple(change(7))}


def test_reading_needs_the_room_of_a_record_not_of_the_file(tmp_path: Path) -> None:
    tail = Tail.begin(tmp_path / "cases.tail", KEY, 0, 3)
    for number in range(1, 101):
        tail.append(number, [("INSERT INTO notices VALUES (?)", (os.urandom(100_000),))])
    tail.close()
    tracemalloc.start()
    read = sum(len(record.statements) for record in read_tail(tmp_path / "cases.tail", KEY).records)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 100
    assert peak < 2_000_000 < (tmp_path / "cases.tail").stat().st_size


@pytest.mark.parametrize("milliseconds", [1, 7, 23, 58, 110])
def test_a_kill_at_any_moment_leaves_a_tail_that_can_be_read_and_gone_on_with(
    tmp_path: Path, milliseconds: int
) -> None:
    path = tail_of(tmp_path / "cases.tail")
    with subprocess.Popen([sys.executable, "-c", KEEP, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(milliseconds / 1000)
        writer.kill()
    read = read_tail(path, KEY)
    assert read.complete
    assert [change for change, _ in read.standing] == list(range(read.since + 1, read.since + 1 + len(read.standing)))
    tail = Tail.resume(path, KEY)
    tail.append(9_999_999, change(2))
    tail.close()
    assert kept(path)[9_999_999] == tuple(change(2))
