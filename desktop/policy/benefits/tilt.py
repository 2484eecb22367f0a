"""倾斜救助: on what the year's cap cut off, or on what is left of self_pay after all assistance (A14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.expenses import REFERRALS, Expense
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Member
from desktop.policy.assessment import Line
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import TILT_NUMBERS, Tilt
from desktop.policy.law.rules import Rules
from desktop.policy.published import lack_quantity, quantity_on

_OF_SELF_PAY = ("in_scope", "basic_paid", "major_paid", "assistance_paid")
BASES = {"cut_by_cap": "限额以上", "left_of_self_pay": "救助后剩余个人自付"}


@dataclass(frozen=True, slots=True)
class Settled:
    """An expense, where it stands in the case file, and what it was settled at.

    ``doubts`` are the unknown facts that may still keep it out for a reason that comes before its own (A21).
    """

    path: str
    expense: Expense
    line: Line
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TiltYear:
    """Whose year it is, where the member stands in the case file, and the day of the application."""

    member: Member
    path: str
    year: int
    applied_on: date | None


@dataclass(frozen=True, slots=True)
class _Numbers:
    deductible: Decimal
    ratio: Decimal
    cap: Decimal


@dataclass(slots=True)
class _Counted:
    """What is ``sure`` to count, what may count at most, and the facts that decide between the two."""

    sure: Money = NOTHING
    perhaps: Money = NOTHING
    lacking: tuple[str, ...] = ()

    def add(self, one: Settled, amount: Money, unknown: str) -> None:
        """Counts an expense's amount; ``unknown`` names the fact of it that may keep it from counting."""
        if not amount:
            return
        doubts = (*one.doubts, *([f"{one.path}.{unknown}"] if unknown else []))
        self.perhaps += amount
        self.lacking = (*self.lacking, *doubts)
        self.sure += NOTHING if doubts else amount


def _fits(tilt: Tilt, expense: Expense) -> tuple[bool, str]:
    """Whether place and referral may be those of the clause, and the fact that decides where it is not known."""
    inside = tilt.referrals == tuple(REFERRALS) or expense.referral is None or expense.referral in tilt.referrals
    outside = expense.referral in tilt.referrals_elsewhere
    if expense.place is None:
        return inside or outside, "place"
    if expense.place not in tilt.places:
        return outside, ""
    return inside, "" if expense.referral or tilt.referrals == tuple(REFERRALS) else "referral"


def tilt_of(rules: Rules, of: TiltYear, settled: list[Settled], findings: Findings) -> Money | None:
    """The year's 倾斜救助 of one person; None while a number is not published, or a line is unknown."""
    tilt = rules.policy.tilt
    assert tilt is not None
    if tilt.value is not None and _published(rules, tilt) is None:
        findings.alert(
            "tilt_unpublished",
            "倾斜救助的起付、比例和限额由统筹地区确定，尚未公布，本次未测算；如需申请请咨询县医保部门。",
            tilt.source.cite,
        )
        return None
    base = _cut_off(tilt, settled) if tilt.basis == "cut_by_cap" else _left(tilt, settled, findings)
    if base is None or not base.perhaps:
        return None if base is None else NOTHING
    numbers = _published(rules, tilt) or _own(rules, tilt, of, findings)
    return None if numbers is None else _tilted(tilt, numbers, base, of, findings)


def _tilted(tilt: Tilt, numbers: _Numbers, base: _Counted, of: TiltYear, findings: Findings) -> Money | None:
    """The amount by the numbers; None while a fact that decides it is unknown."""
    if base.lacking and base.perhaps.yuan > numbers.deductible:
        for path in base.lacking:
            findings.lack(path, "倾斜救助需要", tilt.source)
        return None
    over = max(Decimal(0), base.sure.yuan - numbers.deductible)
    used = of.member.used_in(of.year)
    earlier = used.tilt_paid if used else NOTHING
    if over and earlier is None:
        path = f"{of.path}.year_to_date[{of.member.open_in(of.year, 'tilt_paid')}].tilt_paid"
        findings.lack(path, "倾斜救助需要", tilt.source)
        return None
    # Where nothing lies above the line, what was paid before does not matter.
    left = max(Decimal(0), numbers.cap - (earlier or NOTHING).yuan)
    amount = Money.payable(min(over * numbers.ratio, left))
    given = {"what": BASES[tilt.basis], "base": base.sure, "ratio": numbers.ratio, "left": left}
    subject = f"{of.member.id}/{of.year}"
    findings.step("tilt", subject, tilt.source, amount, deductible=numbers.deductible, **given)
    return amount


def _published(rules: Rules, tilt: Tilt) -> _Numbers | None:
    """The locality's numbers; None where they are the policy's own, or not all published."""
    numbers = rules.locality.numbers(tilt.value) if tilt.value else None
    if numbers is None or not all(key in numbers for key in TILT_NUMBERS):
        return None
    return _Numbers(numbers["deductible"], numbers["ratio"], numbers["cap"])


def _own(rules: Rules, tilt: Tilt, of: TiltYear, findings: Findings) -> _Numbers | None:
    """The policy's own numbers, on the earlier of the application day and the year's last (A14)."""
    assert tilt.deductible is not None and tilt.ratio is not None and tilt.cap is not None
    if of.applied_on is None:
        findings.lack("applied_on", "倾斜救助需要", tilt.source)
        return None
    day = min(of.applied_on, date(of.year, 12, 31))
    line = quantity_on(rules, tilt.deductible, day)
    if line is None:
        lack_quantity(rules, tilt.deductible, day, findings)
        return None
    return _Numbers(line, tilt.ratio, tilt.cap)


def _cut_off(tilt: Tilt, settled: Iterable[Settled]) -> _Counted | None:
    """What the cap cut off of the expenses that the clause covers; None while such a line is unknown."""
    base = _Counted()
    for one in settled:
        expense, line = one.expense, one.line
        counts, unknown = _fits(tilt, expense)
        if not counts or expense.kind not in tilt.kinds:
            continue
        if line.payable is None:
            return None
        if line.computed is not None:
            lost = max(NOTHING, line.computed - (expense.assistance_paid or NOTHING)) - line.payable
            base.add(one, lost, unknown)
    return base


def _left(tilt: Tilt, settled: Iterable[Settled], findings: Findings) -> _Counted | None:
    """What is left of self_pay; kinds that the identity does not cover count, what is excluded otherwise does not."""
    base = _Counted()
    for one in settled:
        expense, line = one.expense, one.line
        counts, unknown = _fits(tilt, expense)
        excluded = not line.covered and line.reason != "kind_not_covered"
        if not counts or excluded or expense.kind not in tilt.kinds:
            continue
        already = expense.assistance_paid
        if line.payable is None or line.self_pay is None or already is None:
            for key in _OF_SELF_PAY:
                if getattr(expense, key) is None:
                    findings.lack(f"{one.path}.{key}", "倾斜救助需要", tilt.source)
            return None
        base.add(one, max(NOTHING, line.self_pay - already - line.payable), unknown)
    return base
