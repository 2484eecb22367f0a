"""The typed shape of a framework's bounds: what a value below it may be (A17), and their reading."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.sources import Source, amount, source

# What may be bounded, and of which published standard the bound may be a part.
BOUNDED = {
    "deductible": ("disposable_income",),
    "ratio": (),
    "cap": ("disposable_income",),
    "sub_cap": ("disposable_income",),
    "subsidy": ("premium",),
    "points_off": (),
}
SHARES = ("ratio", "points_off")
COMPARISONS = ("at_least", "at_most", "about")
BOUND_STANDARDS = ("disposable_income", "premium")


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: ``what`` of these identities (none named: of everybody) is ``comparison`` ``number``.

    In yuan or a share as it stands; times the standard ``of``; or, with ``less_than``, that many points below the ratio
    of that identity. ``kinds`` are those of the expenses; none named: all. 「左右」 is ``about`` and allows a fifth either way.
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
    bound = Bound(
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
    _check(bound, fields)
    return bound


def _check(bound: Bound, fields: Fields) -> None:
    """A bound is in the measure of what it bounds."""
    if bound.of is not None and bound.what and bound.of not in BOUNDED[bound.what]:
        fields.note("of", f"{bound.what} 不能是它的比例。", "请删去 of，或更正 what。")
    if bound.less_than is not None and bound.what != "ratio":
        fields.note("less_than", "只有救助比例（ratio）可以与另一身份相比。", "请删去 less_than，或更正 what。")
    if bound.what in SHARES and bound.number > 1:
        fields.note(bound.comparison, "比例不在 0 与 1 之间。", "请写成小数，例如 0.70。")
