"""Amounts in capitals say exactly the amount, in the form that banks accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.policy.letters.capitals import chinese_capitals

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def whole_of(words: str) -> int:
    """What a whole number in capitals comes to, read from its greatest unit down."""
    for name, unit in (("亿", 10**8), ("万", 10**4)):
        high, found, low = words.rpartition(name) if name == "亿" else words.partition(name)
        if found:
            return whole_of(high) * unit + whole_of(low)
    total, digit = 0, 0
    for character in words:
        if character in UNITS:
            total, digit = total + digit * UNITS[character], 0
        else:
            digit = DIGITS.index(character)
    return total + digit


def fen_of(words: str) -> int:
    """What an amount in capitals comes to, in fen."""
    yuan, found, rest = words.rpartition("元")
    fen = whole_of(yuan) * 100 if found else 0
    for name, worth in (("角", 10), ("分", 1)):
        if name in rest:
            fen += DIGITS.index(rest[rest.index(name) - 1]) * worth
    return fen


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1234567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
        ("100000.05", "壹拾万元零伍分"),
        ("0", "零元整"),
        ("10750.00", "壹万零柒佰伍拾元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.50", "壹拾元伍角整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100010.00", "壹拾万零壹拾元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("999999999.99", "玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1000000000000.00", "壹万亿元整"),
    ],
)
def test_an_amount_is_written_as_the_payment_rules_have_it(yuan: str, words: str) -> None:
    assert chinese_capitals(Money.of(yuan)) == words


@given(st.integers(min_value=0, max_value=10**15))
def test_capitals_say_exactly_the_amount(fen: int) -> None:
    words = chinese_capitals(Money(fen))
    assert fen_of(words) == fen
    assert "零零" not in words
    assert words.endswith("分") != words.endswith("整")


def test_a_negative_amount_has_no_capitals() -> None:
    with pytest.raises(ValueError, match=r"-0\.01"):
        chinese_capitals(Money(-1))
