"""What would change it: for a test by amounts, the smallest single change that turns it."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.domain.money import FEN, Money, paper_text
from desktop.policy.assessment import Change

LEAST = Money(1)


def change_to_pass(test: str, amount: Money, line: Decimal) -> Iterator[Change]:
    """For a test that fails because the household's amount does not lie below the line: the fen that brings it below."""
    short = Money.of((amount.yuan - line).quantize(FEN, ROUND_FLOOR)) + LEAST
    yield Change(
        test,
        f"自付合规医疗费用再增加 {paper_text(short)} 元，或 12 个月收入核减 {paper_text(short)} 元，即低于标准线",
        short,
    )


def change_to_fail(test: str, amount: Money, line: Decimal) -> Iterator[Change]:
    """For a test that passes: the least that recognised expenses could shrink, or income grow, before it fails."""
    spare = Money.of((line - amount.yuan).quantize(FEN, ROUND_CEILING))
    yield Change(
        test,
        f"自付合规医疗费用少认 {paper_text(spare)} 元，或 12 个月收入多计 {paper_text(spare)} 元，即不再低于标准线",
        spare,
    )
