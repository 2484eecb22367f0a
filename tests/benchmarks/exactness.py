"""How often each side is right: households exactly on the line of the identification, and payments to the fen."""

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
from tests.benchmarks.hand import work
from tests.benchmarks.samples import DAY, KNOWN, differing, sample_case, with_five_expenses

if TYPE_CHECKING:
    from tests.benchmarks.openfisca_peer.running import Peer

HOUSEHOLDS = 100_000
CASES = 2_000
OTHER_AMOUNTS = ("basic_paid", "major_paid", "prior_self_pay", "over_price_limit")


class OnTheLine(NamedTuple):
    """A household whose income less its medical expenses is exactly the line, and the same one fen poorer."""

    on: Case
    below: Case
    standard: int


def exactness(library: Library, peer: "Peer | None") -> Iterator[str]:
    """A line for each question, with how many each side gets right."""
    draft = sample_case(KNOWN[0])
    sample = read_case(draft)
    rules = library.rules(sample.locality)
    households = [on_the_line(sample, chance) for chance in map(Random, range(HOUSEHOLDS))]
    ours = sum(right(one, rules) for one in households)
    theirs = _right_by(peer, households) if peer else None
    yield line(f"right, of {HOUSEHOLDS} households on the line and a fen below", ours, theirs)
    cases = list(differing(read_case(with_five_expenses(draft)), CASES))
    payments = [Money(one.pays) for case in cases for one in work(case).paid]
    found = [one.payable for case in cases for benefit in assess(case, rules, DAY).benefits for one in benefit.lines]
    ours = sum(map(Money.__eq__, payments, found))
    theirs = sum(map(Money.__eq__, payments, map(Money, peer.payables(cases)))) if peer else None
    yield line(f"right to the fen, of {len(payments)} payments", ours, theirs)


def line(what: str, ours: int, theirs: int | None) -> str:
    """A row of the table."""
    return f"{what:<59}{ours:>8}" + ("" if theirs is None else f"{theirs:>8}   OpenFisca")


# ---------------------------------------------------------------- on the line


def on_the_line(sample: Case, chance: Random) -> OnTheLine:
    """A household of any size, with any standard to the fen, that earned its line and what it paid for illness."""
    standard, heads, borne = chance.randint(30_000, 120_000), chance.randint(1, 8), chance.randint(100_000, 20_000_000)
    line_of_year = standard * 12 * heads * LINE_PERCENT["illness_poverty"] // 100
    patient, other = sample.household.members
    members = (patient, *(replace(other, id=f"p{number}") for number in range(2, heads + 1)))
    (stay,) = sample.expenses
    nothing_else: dict[str, Any] = dict.fromkeys(OTHER_AMOUNTS, NOTHING)
    expense = replace(stay, in_scope=Money(borne), **nothing_else)

    def earning(fen: int) -> Case:
        incomes = (Income(patient.id, "wage", "工资", Money(fen), counted=True),)
        household = replace(sample.household, members=members, incomes=incomes)
        return replace(sample, household=household, stated_expenses=(expense,))

    return OnTheLine(earning(line_of_year + borne), earning(line_of_year + borne - 1), standard)


def right(one: OnTheLine, rules: Rules) -> bool:
    """Whether the household is not recognised on the line, and is recognised a fen below it."""
    standard = Money(one.standard).yuan
    standards = tuple(replace(row, urban=standard, rural=standard) for row in rules.locality.dibao_standards)
    here = replace(rules, locality=replace(rules.locality, dibao_standards=standards))
    verdicts = [found.verdict for case in (one.on, one.below) if (found := assess(case, here, DAY).identification)]
    return verdicts == ["ineligible", "eligible"]


def _right_by(peer: "Peer", households: list[OnTheLine]) -> int:
    """The same by the peer, all households at once."""
    standards = [one.standard / 100 for one in households]
    on = peer.eligible([one.on for one in households], standards)
    below = peer.eligible([one.below for one in households], standards)
    return sum(not above and under for above, under in zip(on, below, strict=True))
