"""What an amount is known to lie between: the unknown is neither zero nor a guess (A18)."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.money import Money

# From least to most, exact fen; an open end is None.
Ends = tuple[Decimal | int | None, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Span:
    """Whole fen from ``low`` to ``high``; an open end is None. Both ends equal: the amount is known."""

    low: int | None
    high: int | None

    def __add__(self, other: "Span") -> "Span":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high)

    @property
    def exact(self) -> Money | None:
        """The amount, where it is known."""
        return Money(self.low) if self.low is not None and self.low == self.high else None

    def times(self, factor: Decimal | int) -> Ends:
        """Between what so many times the amount lies; nothing of an unknown amount is nothing."""
        if not factor:
            return 0, 0
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return (low, high) if factor > 0 else (high, low)


NONE = Span(0, 0)
OPEN = Span(0, None)
