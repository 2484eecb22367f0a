"""An official text as paragraphs with their headings, however its file breaks the lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

DIGITS = "零一二三四五六七八九"
CHINESE = rf"[〇{DIGITS}十百]+"
NUMBER = rf"({CHINESE}|\d+)"
# What opens a paragraph, with its rank: a passage reaches to the next heading of its own rank or a smaller one.
HEADINGS = (
    ("annex", 0, re.compile(r"附\s*件\s*\d*\s*(?:[:.]|$)()")),
    ("chapter", 1, re.compile(rf"第\s*{NUMBER}\s*[编章]")),
    ("part", 2, re.compile(rf"第\s*{NUMBER}\s*节")),
    ("article", 3, re.compile(rf"第\s*{NUMBER}\s*条(?!所?规定|[的之和与或至、,])")),
    ("section", 3, re.compile(rf"({CHINESE})\s*[、.]")),
    ("item", 4, re.compile(rf"\(\s*({CHINESE})\s*\)")),
)
TITLED = ("chapter", "part", "section")
TITLE_LINES = 2
MARKUP = re.compile(r"<(?:!--|/?[A-Za-z])[^<>]*>")  # of a web page that was saved as text
PAGE_MARK = re.compile(r"[-—–\s]*[-—–]\s*\d{1,4}[-—–\s]*|第\s*\d{1,4}\s*页.*")
SENTENCE_END = re.compile(r"[。.;:!?][\"”’)》]*$")
STOP = re.compile(r"[。.;]")
INDENT = re.compile(r"\u3000{2}|\t| {4}")
CLOSING = re.compile(r"本[^,。;]{0,8}(意见|办法|细则|规定|通知|方案|决定)")
# Widths in half characters: a first line is set in by four, and a justified line holds a few more or fewer.
UNEVEN, TITLE_UNEVEN, HALF_END = 14, 6, 2
NARROWEST = 32  # that a file breaks its lines at
USUAL = 0.75  # of the lines are no wider than a full one


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paragraph opens, such as ``article`` 14 or ``item`` 6; a smaller rank is higher up."""

    kind: str
    number: int
    rank: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together, on one line; the heading that they open with, where they do."""

    text: str
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file that says something; ``folded`` to compare, ``width`` in half characters."""

    words: str
    folded: str
    width: int
    indented: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether its last mark ends a sentence, or a part that stands alone."""
        return SENTENCE_END.search(self.folded) is not None


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text, in order: words as they stand, lines that break within a sentence whole again."""
    lines = tuple(_lines(text))
    full = _full_width(lines)
    found: list[list[Line]] = []
    for line in lines:
        if found and full and not _begins(line, found[-1], full):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(Paragraph(_joined(one), _heading(one[0])) for one in found)


def fold(text: str) -> str:
    """The same text in one way of writing digits, brackets and marks, to compare by."""
    return normalize("NFKC", text)


def number(numeral: str) -> int:
    """What a numeral counts: ``十四``, ``一百零二``, ``14``."""
    if numeral.isdecimal():
        return int(numeral)
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    return 100 * _digit(hundreds) + 10 * (_digit(tens) or len(ten)) + _digit(ones)


def _digit(numeral: str) -> int:
    return max(0, DIGITS.find(numeral[-1])) if numeral else 0


def _lines(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        shown = MARKUP.sub("", line)
        words = shown.strip()
        folded = fold(words)
        if words and not PAGE_MARK.fullmatch(folded):
            width = sum(1 if character < "\u2000" else 2 for character in words)
            yield Line(words, folded, width, INDENT.match(shown) is not None)


def _heading(line: Line) -> Heading | None:
    for kind, rank, pattern in HEADINGS:
        match = pattern.match(line.folded)
        if match:
            return Heading(kind, number(match[1] or "0"), rank)
    return None


def _full_width(lines: Sequence[Line]) -> int:
    """The width at which the file breaks its lines; 0 where each line is a paragraph."""
    widths = sorted(line.width for line in lines)
    full = widths[int(len(widths) * USUAL)] if widths else 0
    wide = [line for line in lines if line.width >= full - UNEVEN]
    broken = sum(not line.ends_sentence for line in wide)
    return full if full >= NARROWEST and 2 * broken > len(wide) else 0


def _begins(line: Line, said: Sequence[Line], full: int) -> bool:
    """Whether a line begins a paragraph, or goes on with what was ``said`` in the one before it."""
    before = said[-1]
    title = _is_title(said)
    if _heading(line):
        return title or before.ends_sentence or before.width < full - UNEVEN
    if before.ends_sentence:
        open_end = before.width >= full - HALF_END and not before.folded.endswith(":")
        return not open_end or line.indented or CLOSING.match(line.folded) is not None
    return line.indented or before.width < full - (TITLE_UNEVEN if title else UNEVEN)


def _is_title(said: Sequence[Line]) -> bool:
    """Whether these lines are no more than the title of a chapter or section."""
    opened = _heading(said[0])
    if opened is None or opened.kind not in TITLED or len(said) > TITLE_LINES:
        return False
    return not any(STOP.search(line.folded) for line in said)


def _joined(lines: Sequence[Line]) -> str:
    words = lines[0].words
    parts = [words]
    for line in lines[1:]:
        apart = all(mark.isascii() and mark.isalpha() for mark in (words[-1], line.words[0]))
        parts.append(f" {line.words}" if apart else line.words)
        words = line.words
    return "".join(parts)


def mentions(text: str, name: str) -> bool:
    """Whether a text bears a document's name or number, whatever its brackets, spaces and line breaks."""
    return _bare(name) in _bare(text)


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
