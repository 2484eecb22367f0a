"""What would change it: for a test by amounts, the smallest single change that turns it."""

from collections.abc import Iterator
from decimal import Decimal

from desktop.domain.money import Money, paper_text
from desktop.policy.assessment import Change
from desktop.policy.recognition.comparing import Comparison, fen_to_turn, grows_to_turn, meets, per_member
from desktop.policy.recognition.results import Examined
from desktop.policy.recognition.survey import Survey
from desktop.policy.wording import called

# By a comparison and whether it is met: what the amount then is to its line.
SIDES = {
    ("below", True): "低于标准线",
    ("below", False): "不再低于标准线",
    ("at_most", True): "不高于标准线",
    ("at_most", False): "高于标准线",
    ("at_least", True): "达到标准线",
    ("at_least", False): "达不到标准线",
    ("above", True): "高于标准线",
    ("above", False): "不再高于标准线",
}


def changes_of(survey: Survey, test: Examined) -> Iterator[Change]:
    """The changes of recognised amounts and of who counts, each alone, that turn a test whose amounts alone decide it."""
    found = test.comparison
    if not test.by_amounts or found is None or found.exact is None or found.met is None:
        return
    outcome = turned(test)
    yield from _amounts(test, found, found.exact, outcome)
    yield from _members(survey, test, found, found.exact, outcome)


def turned(test: Examined) -> str:
    """What the test comes to once it is turned, as the end of a sentence."""
    found = test.comparison
    assert found is not None
    if not test.passes:
        return f"即{'不再' if found.met else ''}{test.name.removeprefix('不')}"
    return f"{test.name}即{SIDES[found.limit.comparison, not found.met]}"


def _amounts(test: Examined, found: Comparison, apart: Decimal, outcome: str) -> Iterator[Change]:
    """The recognised medical cost and the income, in one sentence where the same amount turns the test."""
    comparison = found.limit.comparison
    said: dict[int, list[str]] = {}
    for rate, have, name, more, less in (
        (found.metric.of_medical, found.metric.medical(found.means).low, test.cost, "再增加", "少认"),
        (found.of_income, found.means.income.low, "12 个月收入", "多计", "核减"),
    ):
        if not rate:
            continue
        fen, up = fen_to_turn(comparison, apart, rate), grows_to_turn(comparison, apart, rate)
        if up or fen <= (have or 0):
            said.setdefault(fen, []).append(f"{name}{more if up else less} {paper_text(Money(fen))} 元")
    for fen, ways in said.items():
        yield Change(test.id, f"{'，或 '.join(ways)}，{outcome}", Money(fen))


def _members(survey: Survey, test: Examined, found: Comparison, apart: Decimal, outcome: str) -> Iterator[Change]:
    """One member more, who brings neither income nor cost; or one fewer, with what was his."""
    means, line, comparison = found.means, found.line, found.limit.comparison
    if line is None or means.heads is None or means.heads[0] != means.heads[1]:
        return
    heads, share = means.heads[0], per_member(found.metric, line)
    more = apart - share
    if meets(comparison, (more, more)) != found.met:
        yield Change(test.id, f"家庭再计入 1 人（没有收入和医疗费用，共 {heads + 1} 人），{outcome}", None)
    without = []
    for member in survey.case.household.members:
        if member.counted and member.id != survey.case.patient and heads > 1:
            fewer = apart + share - _brought(found, member.id)
            if meets(comparison, (fewer, fewer)) != found.met:
                without.append(called(member))
    if without:
        yield Change(test.id, f"不计入{'或'.join(without)}（共 {heads - 1} 人），{outcome}", None)


def _brought(found: Comparison, member: str) -> Decimal | int:
    """By how much one member's own income and cost move the household's amount away from its line."""
    means = found.means
    income = sum(part.amount.fen for part in means.incomes if part.member == member and part.amount)
    medical = sum(part.amount.fen for part in means.expenses if part.member == member and part.amount)
    return found.of_income * income + (0 if found.metric.patient else found.metric.of_medical * medical)
