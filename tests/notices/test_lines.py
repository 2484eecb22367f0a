"""Lines break where Chinese typesetting allows it."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.notices.lines import CLOSING, OPENING, break_lines

SIZE = 10.0
ROOM = 120.0
MARKS_OF_TEXT = "，。、；：！？）》」（《「"


def measure(text: str) -> float:
    """As a Chinese face has it: a full square, or half of one for ASCII."""
    return sum(SIZE if ord(character) > 0x7F else SIZE / 2 for character in text)


def lines_of(text: str, room: float = ROOM) -> list[str]:
    return [line.text for line in break_lines(text, measure, room, room)]


def test_text_fills_its_lines() -> None:
    assert lines_of("一二三四五六七八九十一二三四") == ["一二三四五六七八九十一二", "三四"]


def test_the_first_line_makes_room_for_its_indent() -> None:
    found = break_lines("一二三四五六", measure, 3 * SIZE, 5 * SIZE)
    assert [line.text for line in found] == ["一二三", "四五六"]
    assert [line.last for line in found] == [False, True]


def test_an_amount_and_its_unit_stay_on_one_line() -> None:
    assert lines_of("年度限额还余下的金额是 39,250.00 元。") == ["年度限额还余下的金额是", "39,250.00 元。"]


def test_a_mark_takes_its_word_along_to_the_next_line() -> None:
    assert lines_of("一二三四五六七八九十一二，三四") == ["一二三四五六七八九十一", "二，三四"]
    assert lines_of("一二三四五六七八九十一（二）。三") == ["一二三四五六七八九十一", "（二）。三"]


def test_a_word_wider_than_the_line_is_cut_rather_than_lost() -> None:
    assert lines_of("x" * 50) == ["x" * 24, "x" * 24, "xx"]


def test_stray_white_space_is_one_space() -> None:
    assert lines_of(" 示例\n\t村  三组 ") == ["示例 村 三组"]


def test_nothing_is_one_empty_line() -> None:
    assert lines_of("") == [""]


@given(st.text(alphabet=st.sampled_from("县镇人民医院𬱖12,.0 <&" + MARKS_OF_TEXT), max_size=80))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str) -> None:
    lines = break_lines(text, measure, ROOM - 20, ROOM)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
    assert all(line.width <= ROOM for line in lines)
    assert lines[0].width <= ROOM - 20


@given(st.lists(st.sampled_from([*"县镇人民医院，。；）（《》「」", "12,345.00"]), min_size=1, max_size=60))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(pieces: list[str]) -> None:
    text = "县" + "".join(pieces) + "县"
    for mark in (*CLOSING, *OPENING):  # a heap of marks wider than a line has nowhere to go
        text = text.replace(mark * 2, mark)
    lines = lines_of(text, 400.0)
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line[-1] in OPENING] == []
