"""Households exactly on the line of the identification, and one fen below it: how many does each side get right?"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.domain.case import Case
from desktop.domain.means import Income
from desktop.domain.money import NOTHING, Money
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.law.rules import Rules
from desktop.work.library import Library
from tests.benchmarks.by_heart import LINE_PERCENT
from tests.benchmarks.samples import DAY, sample_case

if TYPE_CHECKING:
    from tests.benchmarks.openfisca_peer.running import Peer

HOUSEHOLDS = 100_000
OTHER_AMOUNTS = ("basic_paid", "major_paid", "prior_self_pay", "over_price_limit")


class OnTheLine(NamedTuple):
    """A household whose income less its medical expenses is exactly the line, and the same one fen poorer."""

    on: Case
    below: Case
    standard: int


def exactness(library: Library, peer: "Peer | None") -> Iterator[str]:
    """A line for each side: on the line nobody is recognised, a fen below everybody; right is who says both."""
    sample = read_case(sample_case("01-illness-poverty.json"))
    rules = library.rules(sample.locality)
    households = [on_the_line(sample, chance) for chance in map(Random, range(HOUSEHOLDS))]
    yield f"{HOUSEHOLDS} households exactly on the line, and one fen below it; both answers right:"
    yield f"  ours       {sum(right(one, rules) for one in households)}"
    if peer:
        standards = [one.standard / 100 for one in households]
        on = peer.eligible([one.on for one in households], standards)
        below = peer.eligible([one.below for one in households], standards)
        yield f"  OpenFisca  {sum(not above and under for above, under in zip(on, below, strict=True))}"


def on_the_line(sample: Case, chance: Random) -> OnTheLine:
    """A household of any size, with any standard to the fen, that earned its line and what it paid for illness."""
    standard, heads, borne = chance.randint(30_000, 120_000), chance.randint(1, 8), chance.randint(100_000, 20_000_000)
    line = standard * 12 * heads * LINE_PERCENT["illness_poverty"] // 100
    patient, other = sample.household.members
    members = (patient, *(replace(other, id=f"p{number}") for number in range(2, heads + 1)))
    (stay,) = sample.expenses
    nothing_else: dict[str, Any] = dict.fromkeys(OTHER_AMOUNTS, NOTHING)
    expense = replace(stay, in_scope=Money(borne), **nothing_else)

    def earning(fen: int) -> Case:
        incomes = (Income(patient.id, "wage", "工资", Money(fen), counted=True),)
        household = replace(sample.household, members=members, incomes=incomes)
        return replace(sample, household=household, stated_expenses=(expense,))

    return OnTheLine(earning(line + borne), earning(line + borne - 1), standard)


def right(one: OnTheLine, rules: Rules) -> bool:
    """Whether the household is not recognised on the line, and is recognised a fen below it."""
    standard = Money(one.standard).yuan
    standards = tuple(replace(row, urban=standard, rural=standard) for row in rules.locality.dibao_standards)
    here = replace(rules, locality=replace(rules.locality, dibao_standards=standards))
    verdicts = [found.verdict for case in (one.on, one.below) if (found := assess(case, here, DAY).identification)]
    return verdicts == ["ineligible", "eligible"]
