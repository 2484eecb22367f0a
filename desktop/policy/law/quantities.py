"""Values as documents state them: a number, a share of a published standard, or a value left to the locality."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.fields import Fields
from desktop.policy.law.sources import Source, amount, source

STANDARDS = ("disposable_income", "premium")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its clause: a ``number`` of yuan, or a share where ``of`` names a published standard (A15).

    In place of the number, ``value`` is the key of what the locality publishes (A17).
    """

    source: Source
    number: Decimal | None = None
    of: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class RatioStep:
    """A share of what lies below ``up_to`` yuan of the year's base, above the step before; the last is open."""

    share: Decimal
    up_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio for some kinds of expense: one step or several, or the key of what the locality publishes."""

    kinds: tuple[str, ...]
    source: Source
    steps: tuple[RatioStep, ...] = ()
    value: str | None = None


def read_quantity(fields: Fields, standards: tuple[str, ...] = (), *, close: bool = True) -> Quantity:
    """A table with exactly one of ``yuan``, ``share`` (of a standard) and ``value``."""
    stated = [key for key in ("yuan", "share", "value") if fields.raw(key) is not None]
    if len(stated) != 1:
        fields.note(
            "yuan", "数值应写一个，且只写一个。", "请写 yuan（元）、share（标准的比例）或 value（地区公布的数值）。"
        )
    of = fields.code("of", standards) if standards else None
    share = read_share(fields, "share") if "share" in stated else None
    if share is not None and of is None:
        fields.note("of", "没有写明是什么的比例。", f"可写：{'、'.join(standards)}。")
    number = share if share is not None else amount(fields, "yuan")
    return Quantity(source(fields, close=close), number, of, fields.text("value"))


def read_ratio(fields: Fields, kinds: tuple[str, ...]) -> Ratio:
    """A row of ratios: its kinds, and exactly one of ``share``, ``steps`` and ``value``."""
    stated = [key for key in ("share", "steps", "value") if fields.raw(key) is not None]
    if len(stated) != 1:
        fields.note("share", "救助比例应写一个，且只写一个。", "请写 share、steps（分段）或 value（地区公布的数值）。")
    steps = fields.each("steps", read_step) or ()
    check_steps(fields, "steps", steps)
    if "share" in stated:
        steps = (RatioStep(read_share(fields, "share")),)
    covered = fields.texts("kinds", kinds)
    if not covered:
        fields.note("kinds", "没有写明适用于哪些费用。", f"可写：{'、'.join(kinds)}。")
    return Ratio(covered, source(fields), steps, fields.text("value"))


def read_step(fields: Fields) -> RatioStep:
    """One step of a ratio."""
    return RatioStep(read_share(fields, "share"), amount(fields, "up_to"))


def check_steps(fields: Fields, key: str, steps: tuple[RatioStep, ...]) -> None:
    """Steps rise, and only the last is open."""
    limits = [step.up_to for step in steps[:-1]]
    known = [limit for limit in limits if limit is not None]
    rising = known == sorted(set(known)) and (not known or known[0] > 0)
    if len(known) < len(limits) or not rising or (steps and steps[-1].up_to is not None):
        fields.note(key, "分段不连续。", "各段的 up_to 应逐段升高，最后一段不写 up_to。")


def read_share(fields: Fields, key: str) -> Decimal:
    """A share above 0 and not above 1, which must be there."""
    share = amount(fields, key)
    if share is None or not 0 < share <= 1:
        fields.note(key, "比例不在 0 与 1 之间。", "请写成小数，例如 0.10。")
        return Decimal(1)
    return share
