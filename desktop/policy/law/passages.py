"""Where a citation such as 四（一） or 第十五条末款 stands in an official text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.policy.law.official_text import CHINESE, CLOSING, NUMBER, Paragraph, fold, number

CLOSING_CITE = "文末施行条款"
LAST_PARAGRAPH = "末款"
OUTER = re.compile(rf"第{NUMBER}条|({CHINESE})")
ITEM = re.compile(rf"\(({CHINESE})\)")
TAKES_EFFECT = re.compile(r"自.{1,30}?起.{0,8}(施行|实施|执行)")


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs of a clause, by place, first and last included, and the citation that they answer.

    Where a text lacks what was asked for, that is the clause around it: ``四`` for ``四（一）``.
    """

    first: int
    last: int
    cite: str


def locate(text: Sequence[Paragraph], cite: str) -> Passage | None:
    """The passage that a citation means, from its heading to the next of its rank; or the one around it, or None.

    An item is looked for within its section, also where items are numbered through the whole document. Where a number
    stands twice, as in a table of contents, the longer passage is meant.
    """
    closing = _closing(text)
    if cite == CLOSING_CITE:
        return None if closing is None else Passage(closing, closing, cite)
    outer, rest = _outer(text, cite, closing)
    if rest == LAST_PARAGRAPH and outer is not None:
        return _last_paragraph(text, outer, cite)
    item = ITEM.fullmatch(fold(rest))
    if item is None:
        return outer
    around = outer or Passage(0, len(text) - 1, "")
    found = _passages(text, ("item", number(item[1])), around, closing)
    if outer is None:
        return replace(found[0], cite=cite) if len(found) == 1 and cite == rest else None
    return replace(max(found, key=lambda one: _length(text, one)), cite=cite) if found else outer


def _outer(text: Sequence[Paragraph], cite: str, closing: int | None) -> tuple[Passage | None, str]:
    """The article or section that a citation names, and what is left of the citation."""
    match = OUTER.match(fold(cite))
    if match is None:
        return None, cite
    wanted = ("article", number(match[1])) if match[1] else ("section", number(match[2]))
    found = _passages(text, wanted, Passage(0, len(text) - 1, ""), closing)
    name, rest = cite[: match.end()], cite[match.end() :]
    return (replace(max(found, key=lambda one: _length(text, one)), cite=name) if found else None), rest


def _passages(
    text: Sequence[Paragraph], wanted: tuple[str, int], around: Passage, closing: int | None
) -> list[Passage]:
    """Every passage within another that opens with the wanted heading."""
    found = []
    for first in range(around.first, around.last + 1):
        opened = text[first].heading
        if opened is None or (opened.kind, opened.number) != wanted:
            continue
        last = first
        while last < around.last and last + 1 != closing and not _outranks(text[last + 1], opened.rank):
            last += 1
        found.append(Passage(first, last, ""))
    return found


def _outranks(paragraph: Paragraph, rank: int) -> bool:
    return paragraph.heading is not None and paragraph.heading.rank <= rank


def _last_paragraph(text: Sequence[Paragraph], around: Passage, cite: str) -> Passage:
    """The last paragraph of an article; the article, where it ends with an item of a list."""
    opened = text[around.last].heading
    if opened is not None and opened.kind == "item":
        return around
    return Passage(around.last, around.last, cite)


def _closing(text: Sequence[Paragraph]) -> int | None:
    """The paragraph at the end that says from when the document applies."""
    for place in range(len(text) - 1, -1, -1):
        words = fold(text[place].text)
        match = CLOSING.search(words)
        if match and TAKES_EFFECT.search(words, match.end()):
            return place
    return None


def _length(text: Sequence[Paragraph], passage: Passage) -> int:
    return sum(len(paragraph.text) for paragraph in text[passage.first : passage.last + 1])
