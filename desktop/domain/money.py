"""Exact money: whole fen on paper, exact decimal yuan in between, rounded once where the law pays."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
FEN_IN_YUAN = Decimal(100)
MOST_YUAN = 10**12  # beyond any bill; keeps every product exact within Decimal's 28 digits


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of whole fen. ``times`` leaves the fen behind; ``payable`` comes back to it, half up (A1)."""

    fen: int

    @classmethod
    def of(cls, yuan: Decimal | int | str) -> "Money":
        """Yuan to money; ValueError where it is no number, or finer than a fen."""
        try:
            fen = Decimal(yuan).scaleb(2)
            whole = int(fen)
        except (ArithmeticError, ValueError) as error:
            raise ValueError(yuan) from error
        if whole != fen:
            raise ValueError(yuan)
        return cls(whole)

    @classmethod
    def payable(cls, exact: Decimal) -> "Money":
        """An exact amount of yuan becomes payable: rounded half up to the fen, once (A1)."""
        return cls(int((exact * FEN_IN_YUAN).to_integral_value(ROUND_HALF_UP)))

    @property
    def yuan(self) -> Decimal:
        """The same amount as exact decimal yuan."""
        return Decimal(self.fen) * FEN

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{self.yuan:.2f}"


NOTHING = Money(0)


def total(amounts: "list[Money] | tuple[Money, ...]") -> Money:
    """The sum of amounts; nothing for none."""
    return Money(sum(amount.fen for amount in amounts))


def least_of(amounts: "tuple[Money | None, ...]") -> Money:
    """What the known amounts come to: the least that the sum can be while some are unknown."""
    return Money(sum(amount.fen for amount in amounts if amount is not None))


def exact_text(amount: Money | Decimal) -> str:
    """Yuan in full, at least two decimals: ``2917.80``, ``7188.255``."""
    if isinstance(amount, Money):
        return f"{amount.yuan:.2f}"
    return f"{amount:.2f}" if _whole_fen(amount) else f"{amount.normalize():f}"


def paper_text(amount: Money | Decimal) -> str:
    """Yuan for paper, with comma thousands: ``10,750.00``."""
    if isinstance(amount, Money):
        return f"{amount.yuan:,.2f}"
    return f"{amount:,.2f}" if _whole_fen(amount) else f"{amount.normalize():,f}"


def _whole_fen(yuan: Decimal) -> bool:
    return yuan == yuan.quantize(FEN, ROUND_HALF_UP)
