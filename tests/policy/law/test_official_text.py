"""An official text read into paragraphs, whatever its file did to the lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.law.official_text import Heading, Paragraph, mentions, number, paragraphs

WORDS = (
    "示例镇关于社区菜园的管理办法",
    "第一章　总则",
    "第一条　为了让愿意种菜的居民都有地方种菜，让不种菜的居民也有地方散步，本着谁种谁收、邻里相让的想法，制定本办法。",
    "第二条　菜园分为春季、夏季、秋季三种地块。每户居民每季可以认领一块，认领的先后按登记的次序，登记满了的排到下一季：",
    "（一）家里有小学生的，可以在春季地块边上多认领一垄，种什么由学生自己定，但要在木牌上写明菜名和种下的日子；",
    "（二）年满70岁的居民认领的地块，由菜园挨着水渠留出，浇水不排队。",
    "木牌坏了的，到社区换新的，不收费用。",
)


def broken(parts: tuple[str, ...], width: int, between: str) -> str:
    """The parts as a page would have them: lines of a width, first lines set in by two, breaks within sentences."""
    lines = []
    for part in parts:
        first, rest = part[: width - 2], part[width - 2 :]
        lines += [first, *(rest[start : start + width] for start in range(0, len(rest), width))]
    return between.join(lines)


@pytest.mark.parametrize("between", ["\n", "\r\n", " \n\n", "\n\n\n"])
def test_lines_that_break_within_a_sentence_are_whole_again(between: str) -> None:
    assert tuple(one.text for one in paragraphs(broken(WORDS, 28, between))) == WORDS


def test_a_text_with_a_paragraph_on_each_line_stays_as_it_is() -> None:
    assert tuple(one.text for one in paragraphs("\n".join(f"　　{part}" for part in WORDS))) == WORDS


@pytest.mark.parametrize("mark", ["-- 11", "— 3 —", "－ 4 －", "第 5 页 共 9 页"])
def test_a_page_mark_does_not_part_a_sentence(mark: str) -> None:
    lines = broken(WORDS, 28, "\n").split("\n")
    lines[3:3] = ["", mark, "", ""]
    assert tuple(one.text for one in paragraphs("\n".join(lines))) == WORDS


def test_a_number_alone_on_a_line_is_no_page_mark() -> None:
    assert [one.text for one in paragraphs("每户补助（元）\n300\n每季发放。")] == [
        "每户补助（元）",
        "300",
        "每季发放。",
    ]


def test_the_marks_of_a_web_page_are_not_shown() -> None:
    page = "<div>\n<p cms-style='L'>　　一、总则</p>\n<!-- 正文 -->\n<p>　　（一）见《菜园章程》<br/></p>\n</div>"
    assert [one.text for one in paragraphs(page)] == ["一、总则", "（一）见《菜园章程》"]


@pytest.mark.parametrize(
    ("line", "kind", "counted"),
    [
        ("第十二章 附 则", "chapter", 12),
        ("第三节　认领", "part", 3),
        ("第二十一条 木牌", "article", 21),
        ("第１４条　木牌", "article", 14),
        ("十、浇水", "section", 10),
        ("(十三)收菜.", "item", 13),
        ("（ 六 ）收菜。", "item", 6),
        ("㈡收菜。", "item", 2),
        ("附件：木牌的样子", "annex", 0),
        ("附 件 2", "annex", 0),
    ],
)
def test_a_heading_is_known_in_any_of_its_spellings(line: str, kind: str, counted: int) -> None:
    (one,) = paragraphs(line)
    assert one.heading is not None
    assert (one.heading.kind, one.heading.number) == (kind, counted)


@pytest.mark.parametrize(
    "line",
    ["第三条的木牌", "第三条、第四条所说的木牌", "1、木牌", "(1)木牌", "木牌一、二块", "二类地块", "附件所列的木牌"],
)
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert paragraphs(line)[0].heading is None


def test_a_number_that_a_line_break_put_first_is_no_heading() -> None:
    article = f"第三条　{'木牌的写法、' * 8}按照第二条"
    article += "的" * (26 + 28 * 2 - len(article)) + "（一）和（二）来办，一年一定。"
    text = broken((*WORDS, article), 28, "\n")
    assert text.splitlines()[-1].startswith("（一）")
    assert paragraphs(text)[-1] == Paragraph(article, Heading("article", 3, 3))


@pytest.mark.parametrize(("numeral", "counted"), [("一", 1), ("十", 10), ("十四", 14), ("三十", 30), ("九十九", 99)])
def test_numerals_are_counted(numeral: str, counted: int) -> None:
    assert number(numeral) == counted


@pytest.mark.parametrize(("numeral", "counted"), [("一百", 100), ("一百零二", 102), ("一百一十", 110), ("48", 48)])
def test_large_numerals_are_counted(numeral: str, counted: int) -> None:
    assert number(numeral) == counted


@given(st.lists(st.text("菜园的居民浇水，。；（一）、5 %", min_size=1, max_size=120), max_size=12), st.integers(8, 40))
def test_no_word_is_lost_or_added(parts: list[str], width: int) -> None:
    text = broken(tuple(parts), width, "\n")
    said = "".join(one.text for one in paragraphs(text))
    assert "".join(said.split()) == "".join(text.split())


def test_a_name_is_found_across_brackets_spaces_and_line_breaks() -> None:
    assert mentions("示例办发 〔２０２２〕\n１９号", "示例办发[2022]19号")
    assert not mentions("示例办发〔2022〕119号", "示例办发〔2022〕19号")
