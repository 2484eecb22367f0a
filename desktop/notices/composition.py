"""A letter's parts in their order on the page, and what may not be parted by a page's end."""

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether

from desktop.notices.grids import facts_grid, remark_grid, signature_grid, table_grid
from desktop.notices.prose import Prose
from desktop.notices.styles import (
    CODE,
    FRAME,
    HEADINGS,
    HEADLINE,
    INDENTED,
    LETTERHEAD,
    NUMBER,
    SIGNED,
    TEXT,
    WIDTH,
    Style,
)
from desktop.notices.typefaces import Typefaces
from desktop.policy.letters.letter import Code, Facts, Heading, Letter, Paragraph, Part, Remark, Signatures, Table

WHOLE = 105 * mm  # a passage up to this height stays on one page
START = 45 * mm  # a higher one begins only where this much is left


def compose(letter: Letter, faces: Typefaces) -> list[Flowable]:
    """Everything between the head of the first page and the foot of the last."""
    head = [
        Prose(letter.office, LETTERHEAD, faces),
        HRFlowable(width="100%", thickness=1.2, color=FRAME, spaceBefore=0, spaceAfter=0),
        Prose(letter.title, HEADLINE, faces),
        Prose(letter.number_line, NUMBER, faces),
    ]
    *passages, last = _passages(letter.parts)
    close = [Prose(letter.office, SIGNED, faces), Prose(letter.day, SIGNED, faces)]
    blocks: list[Flowable] = [*head]
    for passage in passages:
        blocks += _kept([_block(part, faces) for part in passage])
    *ending, signed = [_block(part, faces) for part in last]
    if _height([*ending, signed, *close]) <= WHOLE:
        return [*blocks, KeepTogether([*ending, signed, *close])]
    return [*blocks, *_kept(ending), KeepTogether([signed, *close])]


def _passages(parts: Sequence[Part]) -> list[list[Part]]:
    """A heading and what follows it, up to the next one; signatures stay with the passage before them."""
    passages: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Heading) and passages[-1]:
            passages.append([])
        passages[-1].append(part)
    return passages


def _kept(blocks: list[Flowable]) -> Iterator[Flowable]:
    """A passage that stays whole where it is short, and otherwise does not begin at the foot of a page."""
    if _height(blocks) <= WHOLE:
        yield KeepTogether(blocks)
    else:
        yield CondPageBreak(START)
        yield from blocks


def _height(blocks: list[Flowable]) -> float:
    return sum(block.wrap(WIDTH, WHOLE)[1] + block.getSpaceBefore() + block.getSpaceAfter() for block in blocks)


def _block(part: Part, faces: Typefaces) -> Flowable:
    match part:
        case Heading() | Paragraph() | Code():
            return Prose(part.text, _style(part), faces)
        case Remark():
            return remark_grid(part, faces)
        case Facts():
            return facts_grid(part, faces)
        case Table():
            return table_grid(part, faces)
        case Signatures():
            return signature_grid(part, faces)


def _style(part: Heading | Paragraph | Code) -> Style:
    match part:
        case Heading():
            return HEADINGS[part.level]
        case Paragraph():
            return INDENTED if part.indent else TEXT
    return CODE
