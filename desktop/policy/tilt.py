"""倾斜救助: what the year's cap cut off, by the locality's own numbers (A14, G-26)."""

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expenses import Expense
from desktop.domain.money import NOTHING, Money
from desktop.policy.assessment import Line
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Rules, Tilt

TILT_NUMBERS = ("ratio", "cap", "deductible")


@dataclass(frozen=True, slots=True)
class Settled:
    """An expense, where it stands in the case file, and what it was settled at."""

    path: str
    expense: Expense
    line: Line


@dataclass(frozen=True, slots=True)
class TiltPaid:
    """倾斜救助 already paid in the year, None where unknown, and where the case file should say it."""

    amount: Money | None
    path: str


def tilt_of(rules: Rules, subject: str, settled: list[Settled], earlier: TiltPaid, findings: Findings) -> Money | None:
    """The year's 倾斜救助 of one person; None while the locality has published no numbers, or a line is unknown."""
    tilt = rules.policy.tilt
    if tilt is None:
        return None
    numbers = rules.locality.numbers(tilt.value)
    if numbers is None or not all(key in numbers for key in TILT_NUMBERS):
        findings.alert(
            "tilt_unpublished",
            "倾斜救助的起付、比例和限额由统筹地区确定，尚未公布，本次未测算；如需申请请咨询县医保部门。",
            tilt.source.cite,
        )
        return None
    cut = _cut_off(tilt, settled, findings)
    if cut is None:
        return None
    over = max(Decimal(0), cut.yuan - numbers["deductible"])
    if over and earlier.amount is None:
        findings.lack(earlier.path, "倾斜救助需要", tilt.source)
        return None
    # Where nothing was cut off, what was paid before does not matter.
    left = max(Decimal(0), numbers["cap"] - (earlier.amount or NOTHING).yuan)
    amount = Money.payable(min(over * numbers["ratio"], left))
    given = {key: numbers[key] for key in TILT_NUMBERS}
    findings.step("tilt", subject, tilt.source, amount, cut=cut, **given)
    return amount


def _cut_off(tilt: Tilt, settled: list[Settled], findings: Findings) -> Money | None:
    """What the cap cut off of the expenses that the clause covers; None while a line or a place is unknown."""
    cut = NOTHING
    for one in settled:
        expense, line = one.expense, one.line
        if line.payable is None:
            return None
        if line.computed is None:
            continue
        lost = max(NOTHING, line.computed - (expense.assistance_paid or NOTHING)) - line.payable
        if lost and expense.place is None:
            findings.lack(f"{one.path}.place", "倾斜救助需要", tilt.source)
            return None
        if expense.place in tilt.places or expense.referral in tilt.referrals_elsewhere:
            cut += lost
    return cut
