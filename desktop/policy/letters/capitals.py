"""Amounts in capital numerals, as the payment rules have them written: 壹拾万元零伍分."""

from desktop.domain.money import Money

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
YI, WAN = 10**8, 10**4


def chinese_capitals(money: Money) -> str:
    """The amount in capitals; 零 bridges a gap between figures, 整 closes what has no 分.

    Raises:
        ValueError: where the amount is negative: no paper pays one.
    """
    if money.fen < 0:
        raise ValueError(money)
    yuan, fen = divmod(money.fen, 100)
    if not money.fen:
        return "零元整"
    words = f"{_whole(yuan)}元" if yuan else ""
    return words + _decimals(*divmod(fen, 10), after_yuan=bool(yuan))


def _decimals(jiao: int, fen: int, *, after_yuan: bool) -> str:
    words = f"{DIGITS[jiao]}角" if jiao else "零" if fen and after_yuan else ""
    return words + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number above nothing, from the greatest unit down."""
    for unit, name in ((YI, "亿"), (WAN, "万")):
        high, low = divmod(number, unit)
        if high:
            return f"{_whole(high)}{name}{_rest(low, unit)}"
    for unit, name in PLACES:
        digit, low = divmod(number, unit)
        if digit:
            return f"{DIGITS[digit]}{name}{_rest(low, unit)}"
    raise AssertionError("one of the places holds a digit")


def _rest(low: int, unit: int) -> str:
    """What follows a unit, bridged by 零 where the next lower place is empty."""
    if not low:
        return ""
    return _whole(low) if low * 10 >= unit else f"零{_whole(low)}"
