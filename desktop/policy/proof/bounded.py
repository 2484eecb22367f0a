"""What a policy says where a framework sets a bound: the value in the bound's own measure, or the number that it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.people import IDENTITIES
from desktop.policy.law.benefit_rules import BenefitClass
from desktop.policy.law.bounds import Bound
from desktop.policy.law.quantities import Quantity, Ratio, RatioStep
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.law.subsidy_rules import SubsidyGroup
from desktop.policy.published import disposable_income, steps_of

NONE, WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a policy says of one bounded value, for some identities and kinds of expense.

    ``numbers`` in yuan, or as shares (``of`` a standard that nobody published here, or of the cost): one, or one a step.
    ``limit`` is the bound in the same measure. ``missing``: what nobody has published, and who does; no numbers then.
    """

    identities: tuple[str, ...]
    kinds: tuple[str, ...]
    source: Source
    numbers: tuple[Decimal, ...] = ()
    limit: Decimal | None = None
    in_yuan: bool = False
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Bounded:
    """One bound, asked of a policy and a locality's numbers on a day."""

    rules: Rules
    bound: Bound
    day: date

    def values(self) -> Iterator[Said]:
        """Every value that the bound is about; identities that the policy serves with no class are not."""
        what, policy = self.bound.what, self.rules.policy
        if what == "points_off":
            yield from self._points_off()
        elif what == "subsidy":
            for place, held in self._by_group().items():
                yield self._subsidy(policy.subsidy.groups[place] if policy.subsidy and place >= 0 else None, held)
        else:
            for group in policy.classes:
                held = tuple(one for one in group.identities if one in self._identities())
                if held:
                    yield from self._of_class(group, held)

    def _identities(self) -> tuple[str, ...]:
        served = (identity for group in self.rules.policy.classes for identity in group.identities)
        return self.bound.identities or tuple(served)

    def _of_class(self, group: BenefitClass, held: tuple[str, ...]) -> Iterator[Said]:
        what = self.bound.what
        if what == "deductible":
            yield from self._deductible(group, held)
        elif what == "ratio":
            yield from self._ratios(group, held)
        elif what == "cap":
            yield self._limit(group.cap, Said(held, self._kinds(group), group.source))
        else:
            fits = [one for one in group.sub_caps if not self.bound.kinds or set(one.kinds) & set(self.bound.kinds)]
            for one in fits:
                yield self._limit(one.limit, Said(held, one.kinds, one.limit.source))
            if not fits:
                yield self._limit(None, Said(held, self.bound.kinds, group.source))

    def _kinds(self, group: BenefitClass) -> tuple[str, ...]:
        """The kinds of expense that the bound is about and the class pays for."""
        return tuple(kind for kind in group.ratios if not self.bound.kinds or kind in self.bound.kinds)

    def _deductible(self, group: BenefitClass, held: tuple[str, ...]) -> Iterator[Said]:
        kinds = self._kinds(group)
        within = tuple(kind for kind in kinds if kind in group.deductible_kinds)
        without = tuple(kind for kind in kinds if kind not in group.deductible_kinds)
        source = group.deductible.source
        if within:
            yield self._measured(group.deductible, Said(held, within, source))
        if without and self.bound.kinds:
            yield self._measured(Quantity(source, NONE), Said(held, without, source))

    def _limit(self, quantity: Quantity | None, said: Said) -> Said:
        """A cap; where none is stated there is no less, and nothing to hold against a bound from above."""
        if quantity is not None:
            return self._measured(quantity, replace(said, source=quantity.source))
        whose = "、".join(IDENTITIES[one] for one in said.identities)
        return said if self.bound.comparison == "at_least" else replace(said, missing=f"没有写明{whose}的限额")

    def _ratios(self, group: BenefitClass, held: tuple[str, ...]) -> Iterator[Said]:
        for kind in self._kinds(group):
            ratio = group.ratios[kind]
            said = Said(held, (kind,), ratio.source, limit=self.bound.number)
            other = self.rules.policy.class_of(self.bound.less_than)
            if self.bound.less_than is None:
                yield self._steps(said, ratio)
            elif other is not None and kind in other.ratios:
                yield self._steps(said, ratio, other.ratios[kind])

    def _steps(self, said: Said, ratio: Ratio, other: Ratio | None = None) -> Said:
        """The shares of a ratio, one a step; or by how much they lie below the other's, step by step."""
        steps = steps_of(self.rules, ratio)
        if steps is None:
            return self._unpublished(said, ratio.value)
        if other is None:
            return replace(said, numbers=tuple(step.share for step in steps))
        others = steps_of(self.rules, other)
        if others is None:
            return self._unpublished(said, other.value)
        ends = dict.fromkeys(step.up_to for step in (*steps, *others))
        return replace(said, numbers=tuple(_share_at(others, end) - _share_at(steps, end) for end in ends))

    def _points_off(self) -> Iterator[Said]:
        """The points of a missing referral; where they are not published, such care is not covered and has no points."""
        rule = self.rules.policy.not_referred
        if rule is None:
            return
        points = (self.rules.locality.number(rule.value) if rule.value else None) or rule.points_off
        if points is not None:
            kinds = dict.fromkeys(kind for group in self.rules.policy.classes for kind in self._kinds(group))
            yield Said((), tuple(kinds), rule.source, (points,), self.bound.number)

    def _by_group(self) -> dict[int, tuple[str, ...]]:
        """The bound's identities by the place of their group of the subsidy; -1: served, and without any."""
        groups = self.rules.policy.subsidy.groups if self.rules.policy.subsidy else ()
        found: dict[int, tuple[str, ...]] = {}
        for identity in self._identities():
            place = next((place for place, group in enumerate(groups) if identity in group.identities), -1)
            if place >= 0 or self.rules.policy.class_of(identity):
                found[place] = (*found.get(place, ()), identity)
        return found

    def _subsidy(self, group: SubsidyGroup | None, held: tuple[str, ...]) -> Said:
        policy = self.rules.policy
        if group is None:
            source = policy.subsidy.source if policy.subsidy else policy.in_force.source
            whose = "、".join(IDENTITIES[one] for one in held)
            return Said(held, (), source, missing=f"没有写明{whose}的参保资助")
        said = self._measured(group.amount, Said(held, (), group.source))
        premium = self._standard("premium")
        if said.in_yuan and premium is not None:
            # Never below the floor, and never above the premium itself (A16).
            return replace(said, numbers=tuple(min(max(one, group.floor or NONE), premium) for one in said.numbers))
        return said

    def _measured(self, quantity: Quantity, said: Said) -> Said:
        """The quantity and the bound in yuan; as shares, where both are of a standard that nobody published here."""
        locality, bound = self.rules.locality, self.bound
        number = quantity.number if quantity.value is None else locality.number(quantity.value)
        if number is None:
            return self._unpublished(said, quantity.value)
        if number == 0 and bound.comparison == "at_most":
            # Nothing is not above any bound, whatever was published.
            return said
        standard = WHOLE if bound.of is None else self._standard(bound.of)
        own = WHOLE if quantity.of is None else self._standard(quantity.of)
        if standard is not None and own is not None:
            return replace(said, numbers=(number * own,), limit=bound.number * standard, in_yuan=True)
        if quantity.of == bound.of:
            return replace(said, numbers=(number,), limit=bound.number)
        return replace(said, missing=_MISSING[bound.of if standard is None and bound.of else quantity.of or ""])

    def _standard(self, of: str) -> Decimal | None:
        """A published standard in yuan on the day."""
        if of == "disposable_income":
            return disposable_income(self.rules, self.day)
        premiums = [one for one in self.rules.locality.premiums if one.year <= self.day.year]
        return max(premiums, key=lambda one: one.year).amount if premiums else None

    def _unpublished(self, said: Said, key: str | None) -> Said:
        value = self.rules.policy.locality_value(key or "")
        return replace(said, missing=f"缺{value.name}（由{value.who}公布）")


_MISSING = {
    "disposable_income": "缺居民人均可支配收入或其公布日期（由统计部门公布）",
    "premium": "缺居民医保个人缴费标准（由省医保局、税务局公布）",
}


def _share_at(steps: tuple[RatioStep, ...], end: Decimal | None) -> Decimal:
    """The share of the step in which a base ending there lies; None: the last."""
    fits = (step.share for step in steps if step.up_to is None or (end is not None and end <= step.up_to))
    return next(fits)
