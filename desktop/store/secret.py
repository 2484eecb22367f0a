"""The secret that opens a store: the keys that come of it, and the code that brings it back from paper."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from hashlib import sha256
from operator import xor
from typing import NoReturn

from desktop.domain.problems import Problem

SECRET_BYTES = 16
# Changing either label would shut every store that is there.
STORE_LABEL = b"yimen store key 1\0"
TAIL_LABEL = b"yimen tail key 1\0"

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O and U
READ_AS = {digit: value for value, digit in enumerate(DIGITS)} | {"O": 0, "I": 1, "L": 1}
CODE_LENGTH = 28
GROUP = 4
LAST = CODE_LENGTH - 1


@dataclass(frozen=True, slots=True)
class Secret:
    """16 bytes of chance that open one store; they are neither shown nor pickled.

    Raises:
        ValueError: where the value has not 16 bytes.
    """

    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != SECRET_BYTES:
            raise ValueError(f"a secret has {SECRET_BYTES} bytes")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")

    @classmethod
    def fresh(cls) -> "Secret":
        """A secret that nobody has had before."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    def store_key(self) -> bytes:
        """The 32 bytes that the store is encrypted under."""
        return sha256(STORE_LABEL + self.value).digest()

    def tail_key(self) -> bytes:
        """The 32 bytes that the changes beside the store are encrypted under."""
        return sha256(TAIL_LABEL + self.value).digest()

    def recovery_code(self) -> str:
        """The secret for paper: 26 characters and 2 that check them, in seven groups of four."""
        number = int.from_bytes(self.value, "big")
        digits = [number >> 5 * place & 31 for place in reversed(range(CODE_LENGTH - 2))]
        text = "".join(DIGITS[digit] for digit in (*digits, *_check_digits(digits)))
        return "-".join(text[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))

    @classmethod
    def from_recovery_code(cls, text: str) -> "Secret":
        """The secret that a code stands for; case, width, spaces, hyphens, O for 0, I and L for 1 do not matter.

        Raises:
            Problem: naming the character that cannot be, how many there are, or where the mistake would lie.
        """
        digits = _digits_of(text)
        sums = _sums(digits)
        # 26 characters hold two bits more than the secret has; those are 0.
        if sums != (0, 0) or digits[0] >> 3:
            raise Problem(_mistake(*sums), "请对照恢复表再输入一次。")
        number = reduce(lambda so_far, digit: so_far << 5 | digit, digits[:-2])
        return cls(number.to_bytes(SECRET_BYTES, "big"))


def _digits_of(text: str) -> list[int]:
    digits: list[int] = []
    for character in unicodedata.normalize("NFKC", text):
        # Spaces, line ends, hyphens of every kind, and what is there without being seen.
        if character == "\N{MINUS SIGN}" or unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}:
            continue
        digit = READ_AS.get(character.upper())
        if digit is None:
            what = f"恢复码第 {len(digits) + 1} 个字符「{character}」不会出现在恢复码里。"
            raise Problem(what, "请对照恢复表更正；恢复码只有数字和字母，没有字母 U。")
        digits.append(digit)
    if len(digits) != CODE_LENGTH:
        missing = len(digits) < CODE_LENGTH
        what = f"恢复码应有 {CODE_LENGTH} 个字符，这里有 {len(digits)} 个。"
        raise Problem(what, f"请对照恢复表，{'补上缺少的' if missing else '去掉多出的'}字符。")
    return digits


# The check. A digit is an element of the field of 32; the digits of a code add up to 0, and so do the digits each times
# the power of x that belongs to its place. Two wrong digits, wherever they stand, never leave both sums at 0 (so every
# swap is noticed too), and the sums of a single wrong one tell its place.


def _powers_of_x() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < len(DIGITS) - 1:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled >> 5 else doubled)
    return tuple(powers)


POWERS = _powers_of_x()
EXPONENTS = {power: exponent for exponent, power in enumerate(POWERS)}


def _times_x(digit: int, exponent: int) -> int:
    return POWERS[(EXPONENTS[digit] + exponent) % len(POWERS)] if digit else 0


def _sums(digits: Sequence[int]) -> tuple[int, int]:
    return reduce(xor, digits), reduce(xor, (_times_x(digit, place) for place, digit in enumerate(digits)))


def _check_digits(digits: Sequence[int]) -> tuple[int, int]:
    plain, weighted = _sums(digits)
    divisor = EXPONENTS[POWERS[LAST - 1] ^ POWERS[LAST]]
    last = _times_x(weighted ^ _times_x(plain, LAST - 1), -divisor)
    return plain ^ last, last


def _mistake(plain: int, weighted: int) -> str:
    if plain and weighted:
        place = (EXPONENTS[weighted] - EXPONENTS[plain]) % len(POWERS)
        if place < CODE_LENGTH:
            return f"恢复码有误；如果只错了一个字符，它在第 {place // GROUP + 1} 组。"
    if weighted and not plain:
        return "恢复码有误；可能有两个字符的位置颠倒了。"
    return "恢复码有误，不止一个字符不对。"
