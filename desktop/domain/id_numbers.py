"""The citizen's identity number of GB 11643: what it proves, and whether it can be one."""

import re
from datetime import date
from typing import Literal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character, by ISO 7064 MOD 11-2."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)) % 11]


def birth_date_of(number: str) -> date | None:
    """The birth date within the number; None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> Literal["男", "女"]:
    """The sex, by the odd or even seventeenth digit."""
    return "男" if int(number[16]) % 2 else "女"


def why_wrong(number: str) -> tuple[str, str] | None:
    """What cannot be right about the number, and what would be; None where nothing is."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return f"身份证号应为 18 位，现为 {len(number)} 位或含有其他字符。", "请对照证件重新录入。"
    if birth_date_of(number) is None:
        return "身份证号第 7 至 14 位不是出生日期。", "请对照证件重新录入。"
    if check_digit(number[:17]) != number[17]:
        return "身份证号的校验位不符，可能有一位录错。", "请对照证件逐位核对。"
    return None


def masked(number: str) -> str:
    """The number where it need not be read: first six and last four stay."""
    hidden = len(number) - 6 - 4
    return number[:6] + "*" * hidden + number[-4:] if hidden > 0 else "*" * len(number)
