"""A case number says its year and its place, whatever pattern the office keeps; a pattern that would not is refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.numbering import LONGEST, USUAL, Pattern, read_pattern
from desktop.domain.problems import Problem

FIXED = st.text(st.sampled_from("示例乡救〔〕号-—.SLa0129（）第[]^$+"), max_size=8)
YEAR = st.sampled_from(["{年}", "{年:4}", "{年:2}"])
NUMBER = st.sampled_from(["{序号}", *(f"{{序号:{digits}}}" for digits in range(1, 9))])
WHICH = st.tuples(st.integers(2000, 2099), st.integers(1, 99_999_999))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    around = [draw(FIXED) for _ in range(3)]
    inside = draw(st.permutations([draw(YEAR), draw(NUMBER)]))
    text = f"{around[0]}{inside[0]}{around[1]}{inside[1]}{around[2]}"
    assume(not text.endswith("."))
    return read_pattern(text)


@pytest.mark.parametrize(
    ("text", "year", "number", "written"),
    [
        (USUAL, 2024, 7, "2024-0007"),
        (USUAL, 2024, 12345, "2024-12345"),
        ("示例乡救〔{年}〕{序号}号", 2024, 1, "示例乡救〔2024〕1号"),
        ("SL{年}{序号:5}", 2025, 42, "SL202500042"),
        ("{年:2}-{序号:3}", 2005, 9, "05-009"),
        ("{序号}{年}", 2024, 12, "122024"),
    ],
)
def test_a_number_is_written_by_the_offices_pattern(text: str, year: int, number: int, written: str) -> None:
    assert read_pattern(text).written(year, number) == written


@given(patterns(), WHICH)
def test_what_is_written_is_read_back(pattern: Pattern, which: tuple[int, int]) -> None:
    assert pattern.read_back(pattern.written(*which)) == which


@given(patterns(), WHICH, WHICH)
def test_two_numbers_never_read_the_same(pattern: Pattern, one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (pattern.written(*one) == pattern.written(*other)) == (one == other)


@given(patterns(), st.text(max_size=30))
def test_only_what_the_pattern_writes_is_read(pattern: Pattern, text: str) -> None:
    found = pattern.read_back(text)
    assert found is None or pattern.written(*found) == text


@given(patterns())
def test_a_pattern_is_kept_as_it_is_read(pattern: Pattern) -> None:
    assert read_pattern(pattern.text) == pattern


@pytest.mark.parametrize(
    "text",
    ["", "2024-007", "2024-00007", "2024-0000", "2024-0007 ", "２０２４-0007", "24-0007", "0999-0001", "2024-1" * 999],
)
def test_what_the_pattern_never_writes_is_not_read(text: str) -> None:
    assert read_pattern(USUAL).read_back(text) is None


def test_what_a_chinese_input_method_types_is_put_right() -> None:
    assert read_pattern("　｛年｝-｛ 序号：４ ｝ ") == read_pattern("{年}-{序号:4}")
    assert read_pattern("{年:4}-{序号:1}").text == "{年}-{序号}"


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("", "没有年", "{年}"),
        ("SL{序号:4}", "没有年", "{年}"),
        ("{年}-", "没有序号", "{序号:4}"),
        ("{年}{序号}{序号}", "序号写了 2 次", "只能写一次"),
        ("{年}{年:2}{序号}", "年写了 2 次", "只能写一次"),
        ("{年:2}{月}-{序号:3}", "不能有 {月}", "只用年和序号"),
        ("{年}-{序号}-{乡镇}", "{乡镇} 无法识别", "{年}（四位）"),
        ("{年}-{序号:x}", "{序号:x} 无法识别", "{序号:4}"),
        ("{年:3}-{序号}", "年份不能写成 3 位", "{年:2}"),
        ("{年:0}-{序号}", "年份不能写成 0 位", "{年:2}"),
        ("{年}-{序号:0}", "序号不能写成 0 位", "1 至 8"),
        ("{年}-{序号:9}", "序号不能写成 9 位", "1 至 8"),
        ("{年-{序号}", "大括号不成对", "成对"),
        ("{{年}}-{序号}", "大括号不成对", "成对"),
        ("{年}/{序号}", "「/」", "「-」"),
        ("{年}\\{序号}", "「\\」", "「-」"),
        ("{年}:{序号}", "「:」", "「-」"),
        ("{年} {序号}", "空格", "「-」"),
        ("{年}-{序号}.", "点号", "末尾"),
        ("{年}\u200b{序号}", "U+200B", "重新录入"),
        ("{年}\x07{序号}", "U+0007", "重新录入"),
        ("{年}-{序号}" + "示" * LONGEST, f"{LONGEST + len('{年}-{序号}')} 个字符", f"{LONGEST} 个字符以内"),
    ],
)
def test_a_pattern_that_cannot_stand_is_refused_with_what_to_write(text: str, what: str, remedy: str) -> None:
    with pytest.raises(Problem) as refused:
        read_pattern(text)
    assert what in refused.value.what
    assert remedy in refused.value.remedy


@given(st.text(st.sampled_from("{}年序号月:4 -/示x"), max_size=50))
def test_whatever_is_typed_is_a_pattern_or_a_problem(text: str) -> None:
    try:
        pattern = read_pattern(text)
    except Problem:
        return
    assert pattern.read_back(pattern.written(2024, 1)) == (2024, 1)


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [(USUAL, 2024, 0), (USUAL, 2024, 100_000_000), (USUAL, 999, 1), ("{年:2}-{序号}", 2100, 1)],
)
def test_what_could_not_be_read_back_is_not_written(text: str, year: int, number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        read_pattern(text).written(year, number)
