"""Sums of what has been typed so far, for the foot of a table or a sheet; what cannot be read yet is left out."""

from collections.abc import Iterable

from desktop.domain.expenses import AMOUNTS, PAYMENTS
from desktop.domain.fields import Fields
from desktop.domain.money import Money
from desktop.window.questions.draft import Row
from desktop.window.questions.typed import show_total

PARTS = ("in_scope", "prior_self_pay", "over_price_limit", "full_self_pay")


def amount_of(row: Row, key: str) -> Money | None:
    """An amount of a row, where it can be read."""
    return Fields({key: row.get(key)}, "", []).money(key)


def sum_line(rows: Iterable[Row], key: str) -> str:
    """The foot of a table of incomes or assets: what is stated not to count stays out."""
    rows = [row for row in rows if row.get("counted") is not False]
    known = [amount.fen for row in rows if (amount := amount_of(row, key)) is not None]
    left_out = len(rows) - len(known)
    return f"合计 {show_total(sum(known))}" + (f"（另有 {left_out} 笔金额未定）" if left_out else "")


def costs_line(row: Row) -> tuple[str, str]:
    """政策范围内, 先行自付, 超限价 and 全自费 against the total; with the role it is said in."""
    total = amount_of(row, "total")
    parts = {key: amount_of(row, key) for key in PARTS}
    known = sum(amount.fen for amount in parts.values() if amount is not None)
    unknown = [key for key, amount in parts.items() if amount is None]
    said = f"四项合计 {show_total(known)}"
    if total is None:
        return said, "hint"
    if known > total.fen:
        return f"{said}，比总费用多 {show_total(known - total.fen)}", "fault"
    if unknown == ["full_self_pay"]:
        return f"全自费按其余三项推得 {show_total(total.fen - known)}", "hint"
    if unknown:
        names = "、".join(AMOUNTS[key] for key in unknown)
        return f"{said}，总费用中还有 {show_total(total.fen - known)} 未填（{names}）", "hint"
    if known < total.fen:
        return f"{said}，比总费用少 {show_total(total.fen - known)}，请核对", "todo"
    return f"✓ 四项合计 {show_total(known)}，与总费用一致", "good"


def payments_line(row: Row) -> tuple[str, str]:
    """What has been paid by others, and what is left of the total."""
    total = amount_of(row, "total")
    amounts = [amount_of(row, key) for key in PAYMENTS]
    paid = sum(amount.fen for amount in amounts if amount is not None)
    blank = sum(amount is None for amount in amounts)
    said = f"支付合计 {show_total(paid)}" + (f"（{blank} 项未填）" if blank else "")
    if total is None:
        return said, "hint"
    if paid > total.fen:
        return f"{said}，比总费用多 {show_total(paid - total.fen)}", "fault"
    return f"{said}，个人负担 {show_total(total.fen - paid)}", "hint" if blank else "good"
