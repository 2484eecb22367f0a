"""Money is exact: whole fen on paper, exact yuan in between, rounded half up once."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import NOTHING, Money, exact_text, least_of, paper_text, total

FEN = st.integers(min_value=0, max_value=10**14)
RATIOS = st.integers(min_value=1, max_value=10_000).map(lambda parts: Decimal(parts).scaleb(-4))


@given(FEN)
def test_an_amount_survives_being_written_and_read(fen: int) -> None:
    assert Money.of(str(Money(fen))) == Money(fen)
    assert Money.of(Money(fen).yuan) == Money(fen)


@given(FEN, FEN)
def test_amounts_add_and_subtract_without_loss(one: int, other: int) -> None:
    assert (Money(one) + Money(other)) - Money(other) == Money(one)
    assert total([Money(one), Money(other)]) == Money(one + other)


@given(FEN, RATIOS)
def test_a_payable_amount_is_the_nearest_fen_and_half_goes_up(fen: int, ratio: Decimal) -> None:
    exact = Fraction(fen) * Fraction(ratio)
    payable = Money.payable(Money(fen).yuan * ratio).fen
    assert exact - Fraction(1, 2) < payable <= exact + Fraction(1, 2)


@pytest.mark.parametrize(
    ("exact", "payable"),
    [("0.005", 1), ("0.0049999", 0), ("0.006", 1), ("350.0525", 35005), ("20240.325", 2024033), ("50000.006", 5000001)],
)
def test_half_a_fen_is_a_fen(exact: str, payable: int) -> None:
    assert Money.payable(Decimal(exact)) == Money(payable)


@pytest.mark.parametrize("finer", ["0.001", "1.005", "1e-400", "12.3x", "", "NaN", "Infinity"])
def test_what_is_finer_than_a_fen_or_no_number_is_no_amount(finer: str) -> None:
    with pytest.raises(ValueError):
        Money.of(finer)


@pytest.mark.parametrize(
    ("yuan", "exact", "paper"),
    [
        ("0", "0.00", "0.00"),
        ("10750", "10750.00", "10,750.00"),
        ("2917.8", "2917.80", "2,917.80"),
        ("7188.255", "7188.255", "7,188.255"),
        ("-0.5", "-0.50", "-0.50"),
        ("-12345.67", "-12345.67", "-12,345.67"),
        ("999999999999.99", "999999999999.99", "999,999,999,999.99"),
    ],
)
def test_yuan_are_written_in_full(yuan: str, exact: str, paper: str) -> None:
    assert exact_text(Decimal(yuan)) == exact
    assert paper_text(Decimal(yuan)) == paper


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_paper_and_file_say_the_same_amount(fen: int) -> None:
    assert paper_text(Money(fen)).replace(",", "") == exact_text(Money(fen)) == str(Money(fen))
    assert Decimal(str(Money(fen))).quantize(Decimal("0.01"), ROUND_HALF_UP) == Money(fen).yuan


def test_the_least_of_amounts_leaves_out_what_is_unknown() -> None:
    assert least_of((Money(5), None, Money(7))) == Money(12)
    assert least_of((None,)) == NOTHING
    assert not NOTHING
