"""Holding a policy, with a locality's numbers, against the bounds of the documents above it (A17)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from desktop.domain.problems import Fault
from desktop.policy.law.bounds import Bound
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.bounded import Bounded, Said
from desktop.policy.proof.departures import Departure

# 「左右」: a fifth either way.
LEAST_ABOUT, MOST_ABOUT = Decimal("0.8"), Decimal("1.2")


def against_frameworks(rules: Rules, policies: Mapping[str, Policy], day: date | None = None) -> tuple[Departure, ...]:
    """Every value of a policy and its locality that lies beyond a bound of its own or of a document above, or may.

    ``day`` is the day of the published figures; None: the last day on which the locality's latest one applies.
    """
    on = day or figures_day(rules)
    return tuple(
        departure
        for framework in (rules.policy, *documents_above(rules.policy, policies))
        for bound in framework.bounds
        for said in Bounded(rules, bound, on).values()
        if (departure := _departure(rules.policy, framework, bound, said)) is not None
    )


def figures_day(rules: Rules) -> date:
    """31 December of the year after the locality's latest disposable income; without any, of the policy's first year."""
    years = [income.year for income in rules.locality.disposable_incomes if income.amount is not None]
    return date(max(years) + 1 if years else rules.policy.in_force.first.year, 12, 31)


def _departure(policy: Policy, framework: Policy, bound: Bound, said: Said) -> Departure | None:
    beyond = _beyond(said, bound)
    if beyond is None and said.missing is None:
        return None
    return Departure(
        breach=beyond is not None and _breaks(bound, said),
        framework=framework,
        bound=bound,
        policy=policy,
        source=said.source,
        identities=said.identities,
        kinds=said.kinds,
        actual=beyond,
        limit=said.limit,
        in_yuan=said.in_yuan,
        missing=said.missing,
    )


def _breaks(bound: Bound, said: Said) -> bool:
    """A value of inpatient care beyond a firm bound is a breach; 「左右」, other kinds and the premium are notes."""
    return bound.comparison != "about" and "inpatient" in said.kinds


def _beyond(said: Said, bound: Bound) -> Decimal | None:
    """The number that lies furthest beyond the bound, compared exactly; None where none does."""
    if not said.numbers or said.limit is None:
        return None
    limit, least, most = said.limit, min(said.numbers), max(said.numbers)
    if bound.comparison == "about":
        far = least if limit - least > most - limit else most
        return None if LEAST_ABOUT * limit <= least and most <= MOST_ABOUT * limit else far
    if bound.comparison == "at_least":
        return least if least < limit else None
    return most if most > limit else None


def documents_above(policy: Policy, policies: Mapping[str, Policy]) -> tuple[Policy, ...]:
    """The documents above a policy that are on this machine, nearest first, each once."""
    found: dict[str, Policy] = {policy.id: policy}
    _climb(policy, policies, found)
    return tuple(found.values())[1:]


def _climb(policy: Policy, policies: Mapping[str, Policy], found: dict[str, Policy]) -> None:
    above = [policies[one] for one in policy.under if one in policies and one not in found]
    found.update({one.id: one for one in above})
    for one in above:
        _climb(one, policies, found)


def under_faults(policy: Policy, policies: Mapping[str, Policy]) -> Iterator[Fault]:
    """Documents above that are not on this machine, or that lie below the policy themselves."""
    for name in policy.under:
        if name not in policies:
            known = "、".join(one for one in policies if one != policy.id)
            yield Fault("under", f"没有名为「{name}」的上级文件。", f"现有：{known or '（无）'}。")
        elif policy.id in [one.id for one in documents_above(policies[name], policies)]:
            yield Fault("under", f"「{name}」又以本政策为上级文件。", "请更正两份文件的 under。")
