"""An amount against its line, without division: whether the test is met, and how far both lie apart (A1)."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.policy.law.identification_rules import Limit
from desktop.policy.recognition.household import Means
from desktop.policy.recognition.lines import Line
from desktop.policy.recognition.metrics import Metric
from desktop.policy.recognition.spans import Ends

MONTHS = 12
FEN_PER_YUAN = 100
UNDER = ("below", "at_most")
STRICT = ("below", "above")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric of a household against a limit; ``met``: whether the limit is kept, None where that cannot be told.

    ``apart`` is the amount less the line, from least to most, in exact fen of the household's whole period; an end that
    is not known is None.
    """

    metric: Metric
    limit: Limit
    line: Line | None
    means: Means
    apart: Ends
    met: bool | None

    @property
    def exact(self) -> Decimal | None:
        """The amount less the line, where both are known."""
        low, high = self.apart
        return Decimal(low) if low is not None and low == high else None

    @property
    def of_income(self) -> Decimal | int:
        """By how much a fen of income moves the amount away from the line."""
        moves = self.line is not None and self.line.of_income
        return self.metric.of_income - self.line.times if moves and self.line else self.metric.of_income


def compare(metric: Metric, limit: Limit, line: Line | None, means: Means) -> Comparison:
    """Compares; what is unknown stays open, and nothing is met for sure while who counts or the residence is unknown (A8)."""
    apart = _apart(metric, line, means)
    met = meets(limit.comparison, apart)
    settled = line is not None and line.known and (not metric.per_head or _one_size(means))
    return Comparison(metric, limit, line, means, apart, met if settled or met is False else None)


def meets(comparison: str, apart: Ends) -> bool | None:
    """Whether an amount so far from its line is on the right side of it; None where that cannot be told."""
    low, high = apart
    if comparison not in UNDER:
        low, high = (None if high is None else -high), (None if low is None else -low)
    strict = comparison in STRICT
    if high is not None and (high < 0 or (high == 0 and not strict)):
        return True
    if low is not None and (low > 0 or (low == 0 and strict)):
        return False
    return None


def per_member(metric: Metric, line: Line) -> Decimal:
    """What one more member adds to a line that is known, in fen of the whole period."""
    return line.times * line.least * _units(metric, line, 1) if metric.per_head else Decimal(0)


def _one_size(means: Means) -> bool:
    return means.heads is not None and means.heads[0] == means.heads[1]


def _units(metric: Metric, line: Line, heads: int) -> int:
    """How often a yuan of the standard stands in the household's line, in fen."""
    if not metric.per_head:
        return FEN_PER_YUAN
    return FEN_PER_YUAN * heads * (1 if line.yearly else MONTHS)


def _apart(metric: Metric, line: Line | None, means: Means) -> Ends:
    if line is None or means.heads is None:
        return None, None
    fewest, most = means.heads
    share = line.times if line.of_income else 0
    income, medical = means.income.times(metric.of_income - share), metric.medical(means).times(metric.of_medical)
    lower = upper = line.times * line.least * _units(metric, line, fewest)
    if fewest != most or not line.known:
        upper = line.times * line.most * _units(metric, line, most)
    low = None if income[0] is None or medical[0] is None else income[0] + medical[0] - upper
    high = None if income[1] is None or medical[1] is None else income[1] + medical[1] - lower
    return low, high


def fen_to_turn(comparison: str, apart: Decimal, rate: Decimal | int) -> int:
    """The least whole fen of an amount, each of which moves ``apart`` by ``rate``, that turn whether it is met."""
    met = meets(comparison, (apart, apart))
    distance, step = abs(apart), abs(Decimal(rate))
    whole = int(distance // step)
    # A test is turned on the line itself, or only a fen beyond it.
    on_the_line = bool(met) == (comparison in STRICT)
    return whole if on_the_line and whole * step == distance else whole + 1


def grows_to_turn(comparison: str, apart: Decimal, rate: Decimal | int) -> bool:
    """Whether the amount must grow for that, or shrink."""
    upward = (comparison in UNDER) == meets(comparison, (apart, apart))
    return upward == (rate > 0)
