"""Citations found in an official text, and what is found where the text lacks them."""

import pytest

from desktop.policy.law.official_text import Paragraph, paragraphs
from desktop.policy.law.passages import Passage, locate

NOTICE = """
示例镇关于社区菜园的实施意见

一、认领
（一）地块。每户一块。
（二）木牌。木牌上写菜名。
木牌坏了可以换。
二、浇水
浇水按次序。
三、收菜
（一）日子。收菜的日子由自己定。
（二）分菜。菜多的可以分给邻居。
本意见规定的认领办法自２０２３年１月１日起施行，其中木牌一项自春季开始实行。
示例镇人民政府
附件：一、木牌的样子
二、水渠的图
"""
THROUGH = """
一、认领
(一)地块.每户一块.
二、浇水
(二)次序.按登记的次序.
(三)水渠.水渠两边不种菜.
三、收菜
(四)日子.日子由自己定.
"""
ARTICLES = """
第一章　认领
第一条　每户一块：
（一）春季的；
（二）秋季的。
第二条 浇水的次序如下：
（一）老人先浇；
（二）学生后浇。
下雨天不用浇水。
第二章 收菜
第三条 收菜的日子由自己定。
第四条 本办法由社区负责解释，自公布之日起施行。
"""


def said(text: str, cite: str) -> list[str]:
    """The paragraphs of a citation, which the text has itself."""
    parts = paragraphs(text)
    passage = locate(parts, cite)
    assert passage is not None
    assert passage.cite == cite
    return [one.text for one in parts[passage.first : passage.last + 1]]


def found(text: str, cite: str) -> Passage | None:
    return locate(paragraphs(text), cite)


def test_an_item_reaches_to_the_next_heading() -> None:
    assert said(NOTICE, "一（二）") == ["（二）木牌。木牌上写菜名。", "木牌坏了可以换。"]
    assert said(NOTICE, "三（一）") == ["（一）日子。收菜的日子由自己定。"]


def test_a_section_is_its_title_and_all_beneath() -> None:
    assert said(NOTICE, "二") == ["二、浇水", "浇水按次序。"]
    assert len(said(NOTICE, "一")) == 4


def test_the_last_item_does_not_take_in_the_closing_clause() -> None:
    assert said(NOTICE, "三（二）") == ["（二）分菜。菜多的可以分给邻居。"]


def test_the_closing_clause_is_the_one_that_says_from_when() -> None:
    assert said(NOTICE, "文末施行条款")[0].startswith("本意见规定的认领办法")
    assert said(ARTICLES, "文末施行条款") == ["第四条 本办法由社区负责解释，自公布之日起施行。"]
    assert found(THROUGH, "文末施行条款") is None


def test_items_numbered_through_the_document_are_found_in_their_section() -> None:
    assert said(THROUGH, "二（三）") == ["(三)水渠.水渠两边不种菜."]
    assert said(THROUGH, "（四）") == ["(四)日子.日子由自己定."]
    assert found(THROUGH, "一（三）") == Passage(0, 1, "一")


def test_an_item_alone_that_stands_in_several_sections_is_not_guessed() -> None:
    assert found(NOTICE, "（一）") is None


@pytest.mark.parametrize(
    ("cite", "first", "last"),
    [("第一条", "第一条　每户一块：", "（二）秋季的。"), ("第二条（一）", "（一）老人先浇；", "（一）老人先浇；")],
)
def test_articles_and_their_items_are_found(cite: str, first: str, last: str) -> None:
    words = said(ARTICLES, cite)
    assert (words[0], words[-1]) == (first, last)


def test_an_article_ends_where_a_chapter_begins() -> None:
    assert said(ARTICLES, "第二条")[-1] == "下雨天不用浇水。"
    assert said(ARTICLES, "第二条末款") == ["下雨天不用浇水。"]


def test_an_article_that_ends_with_a_list_stands_for_its_last_paragraph() -> None:
    assert found(ARTICLES, "第一条末款") == Passage(1, 3, "第一条")


@pytest.mark.parametrize(
    ("cite", "around"), [("第二条（五）", "第二条"), ("第三条第二款", "第三条"), ("第二条（一）2", "第二条")]
)
def test_what_the_text_lacks_is_answered_by_what_is_around_it(cite: str, around: str) -> None:
    passage = found(ARTICLES, cite)
    assert passage is not None
    assert passage.cite == around


@pytest.mark.parametrize("cite", ["第九条", "第九条（一）", "九（一）", "（九）", "", "附表"])
def test_what_is_not_there_at_all_is_not_found(cite: str) -> None:
    assert found(ARTICLES, cite) is None


def test_a_text_that_breaks_off_still_has_what_comes_before() -> None:
    text = NOTICE[: NOTICE.index("（二）分菜")]
    assert said(text, "三（一）") == ["（一）日子。收菜的日子由自己定。"]
    passage = found(text, "三（二）")
    assert passage is not None
    assert passage.cite == "三"
    assert found(text, "四（一）") is None


def test_a_table_of_contents_and_an_annex_are_not_taken_for_the_clause() -> None:
    contents = "目录\n一、认领\n二、浇水\n三、收菜\n" + NOTICE
    assert said(contents, "二") == ["二、浇水", "浇水按次序。"]
    assert said(contents, "一（一）") == ["（一）地块。每户一块。"]


def test_an_empty_text_has_nothing() -> None:
    nothing: tuple[Paragraph, ...] = paragraphs(" \n\n")
    assert nothing == ()
    assert locate(nothing, "一（一）") is None
    assert locate(nothing, "文末施行条款") is None
