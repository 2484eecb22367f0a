"""What somebody's identities open of a premium: each group's share, who fits it, and the best of them (A16)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import age_on
from desktop.domain.money import NOTHING, Money, paper_text
from desktop.domain.people import Member
from desktop.policy.law.localities import Locality
from desktop.policy.law.subsidy_rules import SubsidyGroup, SubsidyRule
from desktop.policy.steps import percent


@dataclass(frozen=True, slots=True)
class Share:
    """A group's part of a premium for a holder of ``kind``.

    ``unknown``: the facts that would tell whether the holder fits the group; ``number`` and ``amount`` are None while the
    locality has not published the value.
    """

    group: SubsidyGroup
    kind: str
    fits: bool | None
    unknown: tuple[str, ...]
    premium: Decimal
    number: Decimal | None
    amount: Money | None

    @property
    def certain(self) -> bool:
        """Whether it is known to be paid, and how much."""
        return self.fits is True and self.amount is not None

    @property
    def of_premium(self) -> bool:
        """Whether the amount is the stated share of the premium, with neither floor nor limit at work."""
        share = self.number if self.group.amount.of else None
        return share is not None and self.amount == Money.payable(self.premium * share)

    def __str__(self) -> str:
        """How a fixed amount, or the floor of a share, comes to what is paid."""
        limit = f"，不超过个人缴费标准 {paper_text(self.premium)} 元"
        if self.group.amount.of is None or self.number is None or self.group.floor is None:
            return f"定额 {paper_text(self.number or Decimal(0))} 元{limit}"
        share = f"个人缴费标准 {paper_text(self.premium)} × {percent(self.number)}"
        return f"{share}，低于 {paper_text(self.group.floor)} 元的按 {paper_text(self.group.floor)} 元{limit}"


def shares_of(
    rule: SubsidyRule, locality: Locality, member: Member, kinds: Collection[str], premium: Decimal, day: date
) -> Iterator[Share]:
    """The share of every group that holds one of the kinds, in the policy's order; ages are those on the day."""
    for group in rule.groups:
        kind = next((kind for kind in group.identities if kind in kinds), None)
        if kind is not None:
            fits, unknown = _fits(group, member, day)
            number = group.amount.number if group.amount.value is None else locality.number(group.amount.value)
            amount = None if number is None else _amount(group, number, premium)
            yield Share(group, kind, fits, unknown, premium, number, amount)


def _amount(group: SubsidyGroup, number: Decimal, premium: Decimal) -> Money:
    """By yuan or by share, at least the floor, and never above the premium."""
    exact = number * premium if group.amount.of else number
    return Money.payable(min(max(exact, group.floor or Decimal(0)), premium))


def _fits(group: SubsidyGroup, member: Member, day: date) -> tuple[bool | None, tuple[str, ...]]:
    """Whether age or disability admits the member, where the group asks; None, and the facts that would tell."""
    if not group.for_some_only:
        return True, ()
    grade, birth = member.disability_grade, member.birth_date
    by_age = group.from_age is not None or group.under_age is not None
    if group.disability_grades and grade in group.disability_grades:
        return True, ()
    if by_age and birth is not None and _age_fits(group, age_on(birth, day)):
        return True, ()
    open_facts = (
        ("birth_date", by_age and birth is None),
        ("disability_grade", group.disability_grades and grade is None),
    )
    unknown = tuple(key for key, lacking in open_facts if lacking)
    return (None if unknown else False), unknown


def _age_fits(group: SubsidyGroup, age: int) -> bool:
    return (group.from_age is not None and age >= group.from_age) or (
        group.under_age is not None and age < group.under_age
    )


def best_of(shares: Sequence[Share]) -> Share | None:
    """The share that surely pays most; the policy's order among equals."""
    certain = [share for share in shares if share.certain and share.amount]
    return max(certain, key=lambda share: share.amount or NOTHING, default=None)


def open_above(shares: Sequence[Share], best: Share | None) -> list[Share]:
    """The shares that may pay more than the best: what is not known of them has to be asked."""
    least = best.amount if best and best.amount else NOTHING
    return [
        share
        for share in shares
        if share.fits is not False and not share.certain and (share.amount or Money.payable(share.premium)) > least
    ]
