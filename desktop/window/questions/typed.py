"""What a clerk types and what the draft keeps: amounts and days in many spellings, one way of writing them down.

Text that cannot be read is kept as it was typed; what is wrong with it, reading the draft says.
"""

import re
import unicodedata
from datetime import date

from desktop.domain.fields import DAY, NUMBER

NARROW_SPACE = "\u202f"  # between thousands on screen; no line ever breaks there
GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
DAY_PARTS = re.compile(r"(?:(\d{4})[-/.年 ])?(\d{1,2})[-/.月 ](\d{1,2})日?")
DAY_ON_ITS_WAY = re.compile(r"\d{0,8}|\d{1,4}[-/.年月 ][\d\-/.月日 ]*")
LONGEST_FRACTION = 2


def plain(text: str) -> str:
    """Full-width digits, letters and marks as half-width ones; no space at the ends."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


def read_amount(text: str) -> str | None:
    """Yuan: ``12,345.6`` or ``12 345.6`` is 12345.6; None where nothing is there."""
    typed = plain(text).removeprefix("¥").removesuffix("元").replace(" ", "")
    if GROUPED.fullmatch(typed):
        typed = typed.replace(",", "")
    whole, point, decimals = typed.partition(".")
    number = f"{whole or '0'}.{decimals}" if decimals else whole
    return (number if point and NUMBER.fullmatch(number) else typed) or None


def show_amount(value: object) -> str:
    """Yuan for the screen, thousands apart: ``12 345.60``; what is no amount stays as typed."""
    text = "" if value is None else str(value)
    if not NUMBER.fullmatch(text):
        return text
    whole, _, decimals = text.partition(".")
    if len(decimals) > LONGEST_FRACTION:
        return text
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}.{decimals:0<2}".replace(",", NARROW_SPACE)


def read_day(text: str, year: int) -> str | None:
    """A day in ISO 8601: ``2024-05-20``, ``20240520``, ``0520``, ``5.20``; without a year it is in ``year``."""
    typed = plain(text)
    if DAY.fullmatch(typed):
        return typed
    parts = _day_parts(typed, year)
    if parts is None:
        return typed or None
    try:
        return date(*parts).isoformat()
    except ValueError:
        return typed


def _day_parts(typed: str, year: int) -> tuple[int, int, int] | None:
    if re.fullmatch(r"\d{8}", typed):
        return int(typed[:4]), int(typed[4:6]), int(typed[6:])
    if re.fullmatch(r"\d{4}", typed):
        return year, int(typed[:2]), int(typed[2:])
    found = DAY_PARTS.fullmatch(typed)
    return (int(found[1] or year), int(found[2]), int(found[3])) if found else None


def day_on_its_way(text: str) -> bool:
    """Whether more keys may still make a day of it."""
    return bool(DAY_ON_ITS_WAY.fullmatch(plain(text)))


def read_whole(text: str) -> int | str | None:
    """A whole number; other text as typed."""
    typed = plain(text)
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else typed or None


def read_id_number(text: str) -> str | None:
    """An identity number without spaces, its letter in capitals."""
    return plain(text).replace(" ", "").upper() or None


def read_text(text: str) -> str | None:
    """Text as typed; blank is unknown."""
    return text if text.strip() else None


def show(value: object) -> str:
    """A value that is shown as it stands."""
    return "" if value is None else str(value)


def show_total(fen: int) -> str:
    """A sum in fen for the screen."""
    return show_amount(f"{fen // 100}.{fen % 100:02d}") if fen >= 0 else "-" + show_total(-fen)
