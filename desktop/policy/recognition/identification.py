"""Whether a patient is recognised: every test of the rule, then the verdict (A8, A9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.people import IDENTITIES
from desktop.policy.assessment import Change, Identification, TestVerdict, Verdict
from desktop.policy.findings import Findings
from desktop.policy.later import Later
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.rules import Rules
from desktop.policy.recognition.changes import changes_of
from desktop.policy.recognition.deciding import deciding_rule, say_which
from desktop.policy.recognition.examining import examine, none_held, not_better, with_alternatives
from desktop.policy.recognition.filed_stays import FiledYears, filed_years
from desktop.policy.recognition.household import measure
from desktop.policy.recognition.lines import Lines
from desktop.policy.recognition.metrics import FILED_STAYS
from desktop.policy.recognition.other_days import days_that_turn, last_days_of_applying
from desktop.policy.recognition.results import Examined, note, result_of
from desktop.policy.recognition.survey import Survey
from desktop.policy.wording import TEST_VERDICTS, VERDICTS

RECOGNISED = ("eligible", "undetermined")


@dataclass(frozen=True, slots=True)
class Identified:
    """An identification, what would change it, and the years for which it holds or may hold; None: every year (A9)."""

    identification: Identification
    changes: Sequence[Change] = ()
    years: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Examination:
    """The tests of a rule as examined, in the order in which they decide."""

    rule: IdentificationRule
    held: Examined | None
    better: tuple[Examined, ...]
    tests: tuple[Examined, ...]
    filed: FiledYears | None

    @property
    def all(self) -> tuple[Examined, ...]:
        return (*((self.held,) if self.held else ()), *self.better, *self.tests)


def identify(case: Case, rules: Rules, findings: Findings) -> Identified | None:
    """The identification that the case's matter asks for, and what would change it; None where nothing is to identify."""
    if case.matter != "illness_poverty" or case.patient is None:
        return None
    day = case.surveyed_on or case.applied_on
    rule = deciding_rule(rules, case.matter, day) if day else None
    if day is None or rule is None:
        path, why, who = "surveyed_on", "认定需要入户调查（或申请）日期", "入户调查人员"
        if day is not None:
            path, why, who = "identification", f"{chinese_day(day)}没有施行中的认定办法", "省、市民政部门"
        findings.lack_number(path, why, who, rules.policy.in_force.source)
        return Identified(Identification(case.patient, "", "undetermined", ()))
    survey = Survey(case, rules, rule, day, findings)
    say_which(rules, rule, day, findings)
    _lack_days(survey)
    examined = _examined(survey)
    for test in examined.all:
        note(findings, test)
    verdict = _verdict(case, examined, findings)
    if verdict == "redirect":
        _say_redirect(rule, examined.better, findings)
    findings.step("verdict", "identification", rule.source, VERDICTS[verdict], said=_tally(examined))
    results = Later(lambda: map(result_of, examined.all))
    changes = Later(lambda: _changes(survey, examined, verdict))
    years = examined.filed.held if examined.filed else None
    return Identified(Identification(case.patient, rule.id, verdict, results), changes, years)


def _lack_days(survey: Survey) -> None:
    """What the clerk must know before any test: that the survey's day is an estimate, or where the window lies unknown."""
    if survey.case.surveyed_on is None:
        survey.findings.lack("surveyed_on", "未入户调查，暂以申请之日估算", survey.rule.source)
    if survey.anchor is None:
        survey.findings.lack("applied_on", "认定的费用期限自申请之日起算", survey.rule.source)


def _examined(survey: Survey) -> _Examination:
    rule, lines, means = survey.rule, Lines(survey), measure(survey)
    held = none_held(survey) if rule.holds_none_of else None
    better = tuple(not_better(survey, one, means, lines) for one in rule.better)
    by_years = next((one for one in rule.tests if one.metric == FILED_STAYS), None)
    filed = filed_years(survey, by_years, lines) if by_years else None
    tests = tuple(examine(survey, one, means, lines, filed) for one in rule.tests)
    if any(one.any_of for one in rule.tests):
        tests = with_alternatives(tests, rule.tests)
    return _Examination(rule, held, better, tests, filed)


def _verdict(case: Case, examined: _Examination, findings: Findings) -> Verdict:
    held = examined.held.verdict if examined.held else "pass"
    better = {test.verdict for test in examined.better}
    others = set(_conditions(examined))
    if held == "fail":
        return "ineligible"
    if "fail" in better:
        return "redirect"
    if "fail" in others:
        return "ineligible"
    known = {held, *better, *others} == {"pass"} and (examined.filed is None or examined.filed.settled)
    # All known and passed (A8): while a fact that was asked for is open, so is the outcome, whatever it can still change.
    return "eligible" if known and case.surveyed_on and not findings.missing else "undetermined"


def _conditions(examined: _Examination) -> Iterator[TestVerdict]:
    """Each test's verdict, and one for each group of alternatives: one that passes is enough."""
    groups: dict[str, set[TestVerdict]] = {}
    for test, one in zip(examined.tests, examined.rule.tests, strict=True):
        if one.any_of is None:
            yield test.verdict
        else:
            groups.setdefault(one.any_of, set()).add(test.verdict)
    for verdicts in groups.values():
        yield "pass" if "pass" in verdicts else "unknown" if "unknown" in verdicts else "fail"


def _tally(examined: _Examination) -> str:
    return "；".join(f"{test.name}{TEST_VERDICTS[test.verdict]}" for test in examined.all)


def _say_redirect(rule: IdentificationRule, better: tuple[Examined, ...], findings: Findings) -> None:
    open_to = next(one for one, test in zip(rule.better, better, strict=True) if test.verdict == "fail")
    findings.alert(
        "redirect",
        f"家庭符合{IDENTITIES[open_to.identity]}条件，待遇更高。请征得申请人同意后转办，不必重复提交材料。",
        open_to.source.cite,
    )


def _changes(survey: Survey, examined: _Examination, verdict: Verdict) -> Iterator[Change]:
    for test in (*examined.tests, *examined.better):
        yield from changes_of(survey, test)
        yield from days_that_turn(survey, test)
    if verdict in RECOGNISED:
        yield from last_days_of_applying(survey.case, survey.rules.policy, survey.rule.identity)
