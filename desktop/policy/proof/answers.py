"""Checking a policy against its own scenarios: where an answer differs from the signed one, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.money import Money, paper_text
from desktop.domain.people import IDENTITIES
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, Line
from desktop.policy.law.localities import Locality
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.scenarios import Expected
from desktop.policy.proof.trials import Trial, trials_of
from desktop.policy.wording import REASONS, SUBSIDY_REASONS, TEST_VERDICTS, VERDICTS

NOT_COMPUTED, NONE = "不能计算", "（无）"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario and where its answer differs from the signed one, in plain words; nowhere: it passed."""

    name: str
    differences: tuple[str, ...]


def check_scenarios(policy: Policy, localities: Mapping[str, Locality], data: object) -> tuple[Outcome, ...]:
    """Runs every scenario of a policy's parsed ``scenarios.toml``.

    Raises:
        Refused: where the scenarios themselves cannot be read, with every fault by path.
    """
    trials = trials_of(policy, localities, data)
    return tuple(Outcome(trial.name, tuple(differences(policy, trial))) for trial in trials)


def differences(policy: Policy, trial: Trial) -> Iterator[str]:
    """Where a policy's answer differs from the signed one, one by one, so that asking for the first costs no more."""
    expected = trial.expected
    if trial.case is None:
        if {fault.path for fault in trial.refused} != set(expected.refused):
            yield from (f"案件被拒：{fault}" for fault in trial.refused)
    elif expected.refused:
        yield f"案件应被拒（{'、'.join(expected.refused)}），却被接受。"
    else:
        yield from _compared(expected, assess(trial.case, Rules(policy, trial.locality), trial.assessed_on))


def _compared(expected: Expected, found: Assessment) -> Iterator[str]:
    yield from _compared_lines(expected, found)
    yield from _compared_identification(expected, found)
    yield from _compared_subsidies(expected, found)
    tilts = {f"{benefit.person}/{benefit.year}": benefit.tilt for benefit in found.benefits}
    yield from _each("倾斜救助", _texts(expected.tilt), _texts(tilts))
    alerts = {alert.id for alert in found.alerts}
    yield from (f"应有提示 {one}，没有。" for one in expected.alerts if one not in alerts)
    yield from (f"不应有提示 {one}，却有。" for one in expected.no_alerts if one in alerts)
    yield from _listed("缺少的信息", expected.missing, (one.path for one in found.missing))


def _compared_lines(expected: Expected, found: Assessment) -> Iterator[str]:
    """Every line's amount and reason must be the signed one; none may go unmentioned."""
    lines: dict[str, Line] = {line.expense: line for benefit in found.benefits for line in benefit.lines}
    yield from _same("应付", _texts(expected.payable), _texts({name: line.payable for name, line in lines.items()}))
    reasons = {name: line.reason for name, line in lines.items() if line.reason}
    yield from _same("原因", expected.reasons, reasons, REASONS)
    identities = {name: line.identity or "" for name, line in lines.items()}
    yield from _each("身份", expected.identities, identities, IDENTITIES)
    aids = {name: line.out_of_catalogue_aid for name, line in lines.items()}
    yield from _each("目录外费用救助", _texts(expected.out_of_catalogue), _texts(aids))
    if expected.paid_at_year_end is not None:
        at_year_end = (name for name, line in lines.items() if line.paid_at_year_end)
        yield from _listed("年底支付的费用", expected.paid_at_year_end, at_year_end)


def _compared_identification(expected: Expected, found: Assessment) -> Iterator[str]:
    verdict = found.identification.verdict if found.identification else None
    if verdict != expected.verdict:
        yield f"认定结论应为 {_said(expected.verdict, VERDICTS)}，实为 {_said(verdict, VERDICTS)}。"
    tests = {test.id: test.verdict for test in found.identification.tests} if found.identification else {}
    yield from _each("认定条件", expected.tests, tests, TEST_VERDICTS)
    if expected.conditional is not None:
        conditional = any(benefit.conditional for benefit in found.benefits)
        if conditional != expected.conditional:
            yield "救助应以认定为条件，却没有。" if expected.conditional else "救助不应以认定为条件，却有条件。"


def _compared_subsidies(expected: Expected, found: Assessment) -> Iterator[str]:
    amounts = {f"{one.person}/{one.year}": one.amount for one in found.subsidies}
    if expected.subsidies is not None:
        yield from _same("资助参保", _texts(expected.subsidies), _texts(amounts))
    reasons = {f"{one.person}/{one.year}": one.reason or "" for one in found.subsidies}
    yield from _each("资助参保原因", expected.subsidy_reasons, reasons, SUBSIDY_REASONS)


def _texts(amounts: Mapping[str, Money | None]) -> dict[str, str]:
    return {name: NOT_COMPUTED if amount is None else paper_text(amount) for name, amount in amounts.items()}


def _said(answer: str | None, words: Words) -> str:
    """An answer in the clerk's words, with the code that the scenario writes."""
    if not answer:
        return NONE
    return f"{words[answer]}（{answer}）" if answer in words else answer


def _each(what: str, expected: Words, found: Words, words: Words | None = None) -> Iterator[str]:
    """What the scenario states must be so; what it does not state is left alone."""
    for name, answer in expected.items():
        if found.get(name) != answer:
            yield f"{name} {what}应为 {_said(answer, words or {})}，实为 {_said(found.get(name), words or {})}。"


def _same(what: str, expected: Words, found: Words, words: Words | None = None) -> Iterator[str]:
    """Both must state the same: what the scenario leaves out must not be there."""
    yield from _each(what, expected, found, words)
    unsaid = (name for name in found if name not in expected)
    yield from (f"{name} {what}实为 {_said(found[name], words or {})}，情形中没有写明。" for name in unsaid)


def _listed(what: str, expected: tuple[str, ...], found: Iterator[str]) -> Iterator[str]:
    """The scenario lists them all, in whatever order."""
    there = sorted(found)
    if there != sorted(expected):
        yield f"{what}应为 {'、'.join(sorted(expected)) or NONE}，实为 {'、'.join(there) or NONE}。"
