"""Amounts and clauses as the screen writes them: the words of the paper, kept together on their lines."""

import re

from desktop.domain.money import Money, paper_text

NARROW_SPACE = "\u202f"  # of a thin space's width, and no line ever breaks there
WORD_JOINER = "\u2060"
CITE = re.compile(
    r"(?:第[一二三四五六七八九十]+条|[一二三四五六七八九十]+)(?:（[一二三四五六七八九十]+）)+|第[一二三四五六七八九十]+条"
)


def screen_text(amount: Money) -> str:
    """Yuan for the screen, thousands set apart by a narrow space: ``10 750.00``."""
    return on_screen(paper_text(amount))


def on_screen(text: str) -> str:
    """Text as paper writes it, as the screen writes it: thin spaces in amounts, a real minus, clauses on one line."""
    text = re.sub(r"(?<=\d),(?=\d{3})", NARROW_SPACE, text)
    text = re.sub(r"(?<!\d)-(?=\d)", "−", text)
    return CITE.sub(lambda cite: unbroken(cite[0]), text)


def unbroken(text: str) -> str:
    """Text that stays on one line."""
    return WORD_JOINER.join(text)
