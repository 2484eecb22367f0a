"""The typed shape of a framework's bounds: what a value below it may be (A17), and their reading."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.sources import Source, amount, source

BOUNDED = ("deductible", "ratio", "cap", "sub_cap", "subsidy", "points_off")
COMPARISONS = ("at_least", "at_most", "about")
BOUND_STANDARDS = ("disposable_income", "premium")


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: ``what`` of these identities is ``comparison`` ``number``.

    In yuan or a share as it stands; times the standard ``of``; or, with ``less_than``, that many points below the ratio
    of that identity. ``kinds`` are those of the expenses. 「左右」 is ``about`` and allows a fifth either way.
    """

    id: str
    what: str
    identities: tuple[str, ...]
    kinds: tuple[str, ...]
    comparison: str
    number: Decimal
    of: str | None
    less_than: str | None
    source: Source


def read_bound(fields: Fields) -> Bound:
    """One bound of a framework."""
    stated = [key for key in COMPARISONS if fields.raw(key) is not None]
    if len(stated) != 1:
        fields.note("at_least", "界限应写一个，且只写一个。", f"可写：{'、'.join(COMPARISONS)}。")
    numbers = {key: amount(fields, key) for key in COMPARISONS}
    comparison = stated[0] if stated else COMPARISONS[0]
    return Bound(
        id=fields.needed_text("id"),
        what=fields.needed_code("what", BOUNDED),
        identities=fields.texts("identities", IDENTITIES),
        kinds=fields.texts("kinds", EXPENSE_KINDS),
        comparison=comparison,
        number=numbers[comparison] or Decimal(0),
        of=fields.code("of", BOUND_STANDARDS),
        less_than=fields.code("less_than", IDENTITIES),
        source=source(fields),
    )
