"""Whether a patient is recognised: every test of the rule, then the verdict (A8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.money import Money, paper_text
from desktop.domain.people import IDENTITIES, Member
from desktop.policy.assessment import Change, Identification, TestResult, TestVerdict, Verdict
from desktop.policy.changes import change_to_fail, change_to_pass
from desktop.policy.findings import Findings
from desktop.policy.law.identification_rules import BetterIdentity, IdentificationRule, IdentificationTest, Limit
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.metrics import AMOUNT_METRICS, FACT_METRICS, Means, Measured, Survey, line_for_year, measure
from desktop.policy.wording import TEST_VERDICTS, VERDICTS

MONTHLY = "yuan_per_person_month"
HOLDS_NONE = "holds_no_better_identity"


def identify(case: Case, rules: Rules, findings: Findings) -> tuple[Identification, tuple[Change, ...]] | None:
    """The identification that the case's matter asks for, and what would change it; None where nothing is to identify."""
    if case.matter != "illness_poverty" or case.patient is None:
        return None
    patient = case.member(case.patient)
    assert patient is not None
    day = case.surveyed_on or case.applied_on
    rule = rules.policy.rule_on(case.matter, day) if day else None
    if day is None or rule is None:
        path, why, who = "surveyed_on", "认定需要入户调查（或申请）日期", "入户调查人员"
        if day is not None:
            path, why, who = "identification", f"{chinese_day(day)}没有施行中的认定办法", "省、市民政部门"
        findings.lack_number(path, why, who, rules.policy.in_force.source)
        return Identification(case.patient, "", "undetermined", ()), ()
    rule = _applicable(rule, rules, findings)
    _say_first(case, rule, findings)
    survey = Survey(case, rules.policy, rule, day, findings)
    means = measure(survey)
    holds_none = _holds_none(patient, rule, survey)
    better = tuple(_not_better(one, survey, means, rules) for one in rule.better)
    others = tuple(_test(one, survey, means, rules) for one in rule.tests)
    verdict = _verdict(case, holds_none, better, others)
    if verdict == "redirect":
        _say_redirect(rule, better, findings)
    findings.step(
        "verdict", "identification", rule.source, VERDICTS[verdict], said=_tally((holds_none, *better, *others))
    )
    changes = tuple(
        change
        for one, result in zip(rule.tests, others, strict=True)
        if one.limit is not None
        for change in _changes(one, result, means, rules, survey)
    )
    return Identification(case.patient, rule.id, verdict, (holds_none, *better, *others)), changes


def _applicable(rule: IdentificationRule, rules: Rules, findings: Findings) -> IdentificationRule:
    """The rule, or the earlier one that decides while the locality has not published this one's values (A8)."""
    fallback = rules.policy.rule(rule.fallback)
    if fallback is None or all(key in rules.locality.values for key in rule.needs):
        return rule
    findings.alert(
        "identification_rule_superseded",
        f"自 {chinese_day(rule.first)} 起另有{rule.name}，其数值尚未录入；本结论按原规定测算，请与县民政部门核实。",
        fallback.source.cite,
    )
    return fallback


def _say_first(case: Case, rule: IdentificationRule, findings: Findings) -> None:
    """What the clerk must know before any test: that the day is an estimate."""
    if case.surveyed_on is None:
        findings.lack("surveyed_on", "未入户调查，暂以申请之日估算", rule.source)


def _say_redirect(rule: IdentificationRule, better: tuple[TestResult, ...], findings: Findings) -> None:
    open_to = next(one for one, result in zip(rule.better, better, strict=True) if result.verdict == "fail")
    findings.alert(
        "redirect",
        f"家庭符合{IDENTITIES[open_to.identity]}条件，待遇更高。请征得申请人同意后转办，不必重复提交材料。",
        open_to.source.cite,
    )


def _changes(
    one: IdentificationTest, result: TestResult, means: Means, rules: Rules, survey: Survey
) -> Iterator[Change]:
    measured = AMOUNT_METRICS[one.metric](means)
    limit = _limit(one.limit, survey, rules, one.source) if one.limit else None
    amount = measured.year_amount.exact
    if limit is None or amount is None or not measured.heads:
        return
    line = line_for_year(*limit, measured.heads)
    turn = change_to_fail if result.verdict == "pass" else change_to_pass
    yield from turn(one.id, amount, line)


def _verdict(
    case: Case, holds_none: TestResult, better: tuple[TestResult, ...], others: tuple[TestResult, ...]
) -> Verdict:
    if holds_none.verdict == "fail":
        return "ineligible"
    if any(result.verdict == "fail" for result in better):
        return "redirect"
    if any(result.verdict == "fail" for result in others):
        return "ineligible"
    known = all(result.verdict == "pass" for result in (holds_none, *better, *others))
    return "eligible" if known and case.surveyed_on else "undetermined"


def _tally(results: tuple[TestResult, ...]) -> str:
    return "；".join(f"{result.explain.partition('：')[0]}{TEST_VERDICTS[result.verdict]}" for result in results)


def _holds_none(patient: Member, rule: IdentificationRule, survey: Survey) -> TestResult:
    """A8.1: who holds one of these identities has nothing to be identified for; no month of grace here."""
    names = "、".join(IDENTITIES[kind] for kind in rule.holds_none_of)
    place = survey.case.household.members.index(patient)
    verdict: TestVerdict = "pass"
    said = f"调查日不是{names}"
    if patient.identities is None:
        survey.findings.lack(f"household.members[{place}].identities", "认定需要", rule.source)
        verdict, said = "unknown", "患者的救助身份尚未核实"
    for index, identity in enumerate(patient.identities or ()):
        if identity.kind not in rule.holds_none_of:
            continue
        if identity.held_on(survey.day):
            verdict, said = "fail", f"调查日已是{IDENTITIES[identity.kind]}，可直接按该身份申请救助"
            break
        if identity.perhaps_held_on(survey.day):
            survey.findings.lack(f"household.members[{place}].identities[{index}].since", "认定需要", rule.source)
            verdict, said = "unknown", f"{IDENTITIES[identity.kind]}身份的认定日期未知"
    survey.findings.step(
        "fact",
        "identification",
        rule.source,
        TEST_VERDICTS[verdict],
        said=said,
        label="未持有更优身份",
        test=HOLDS_NONE,
    )
    return TestResult(HOLDS_NONE, verdict, None, None, None, None, rule.source.cite, f"未持有更优身份：{said}。")


def _limit(below: Limit, survey: Survey, rules: Rules, source: Source) -> tuple[Decimal, Decimal] | None:
    """The multiple and the standard that it is taken of; None, and noted, where either is not published."""
    multiple = below.times
    if below.times_of is not None:
        multiple = rules.locality.number(below.times_of)
        if multiple is None:
            value = next(value for value in rules.policy.locality_values if value.key == below.times_of)
            survey.findings.lack_number(f"locality.values.{value.key}", f"缺{value.name}", value.who, source)
    residence = survey.case.household.residence
    if residence is None:
        survey.findings.lack("household.residence", "适用城镇还是农村标准", source)
        return None
    standard = rules.locality.dibao_standard(residence, survey.day)
    if standard is None:
        survey.findings.lack_number("locality.dibao_standard", "缺调查日的最低生活保障标准", "县级人民政府", source)
    return None if multiple is None or standard is None else (multiple, standard)


def _below(measured: Measured, limit: tuple[Decimal, Decimal] | None) -> bool | None:
    """Whether the amount lies strictly below the line, compared without division (A1); None: cannot be told."""
    if limit is None or measured.heads is None:
        return None
    line = line_for_year(*limit, measured.heads)
    span = measured.year_amount
    if span.high is not None and Money(span.high).yuan < line:
        return True
    if span.low is not None and Money(span.low).yuan >= line:
        return False
    return None


@dataclass(frozen=True, slots=True)
class _Figures:
    """Per head and month, for display; ``slack`` is exact, positive below the line."""

    actual: Money | None
    limit: Money | None
    slack: Decimal | None
    said: str


def _figures(measured: Measured, limit: tuple[Decimal, Decimal] | None) -> _Figures:
    actual = measured.per_head_and_month()
    monthly = None if limit is None else Money.payable(limit[0] * limit[1])
    exact = measured.year_amount.exact
    if actual is None or monthly is None or limit is None or exact is None or measured.heads is None:
        return _Figures(actual, monthly, None, "金额或标准尚未核实，暂不能比较")
    apart = line_for_year(*limit, measured.heads) - exact.yuan
    side = "低于" if apart > 0 else "等于" if apart == 0 else "高于"
    said = (
        f"人均每月 {paper_text(actual)} 元，{side} {paper_text(monthly)} 元"
        f"（{paper_text(limit[1])} × {limit[0].normalize():f}），全家 12 个月合计相差 {paper_text(abs(apart))} 元"
    )
    return _Figures(actual, monthly, apart / (12 * measured.heads), said)


def _not_better(one: BetterIdentity, survey: Survey, means: Means, rules: Rules) -> TestResult:
    """A8.2: the household must not meet the condition of a better identity, income and property together."""
    measured = AMOUNT_METRICS[one.metric](means)
    limit = _limit(one.limit, survey, rules, one.source)
    below = _below(measured, limit)
    within = survey.case.household.property_ok
    meets = False if below is False or within is False else True if below and within else None
    verdict: TestVerdict = "unknown" if meets is None else "fail" if meets else "pass"
    shown = _figures(measured, limit)
    said = shown.said
    if below and within is False:
        said += "，但财产不符合规定"
    if below and within is None:
        survey.findings.lack("household.property_ok", "判断能否转办需要", one.source)
    name, test = f"不符合{IDENTITIES[one.identity]}条件", f"not_{one.identity}"
    given = {"said": said, "label": name, "test": test}
    survey.findings.step("limit", "identification", one.source, TEST_VERDICTS[verdict], **given)
    above = None if shown.slack is None else Money.payable(-shown.slack)
    cite = one.source.cite
    return TestResult(test, verdict, shown.actual, shown.limit, MONTHLY, above, cite, f"{name}：{said}。")


def _test(one: IdentificationTest, survey: Survey, means: Means, rules: Rules) -> TestResult:
    if one.limit is None:
        return _fact(one, survey)
    measured = AMOUNT_METRICS[one.metric](means)
    limit = _limit(one.limit, survey, rules, one.source)
    below = _below(measured, limit)
    verdict: TestVerdict = "unknown" if below is None else "pass" if below else "fail"
    shown = _figures(measured, limit)
    given = {"said": shown.said, "label": one.name, "test": one.id}
    survey.findings.step("limit", "identification", one.source, TEST_VERDICTS[verdict], **given)
    slack = None if shown.slack is None else Money.payable(shown.slack)
    explain = f"{one.name}：{shown.said}。"
    return TestResult(one.id, verdict, shown.actual, shown.limit, MONTHLY, slack, one.source.cite, explain)


def _fact(one: IdentificationTest, survey: Survey) -> TestResult:
    fact = FACT_METRICS[one.metric](survey.case)
    verdict: TestVerdict = "unknown" if fact is None else "pass" if fact else "fail"
    if fact is None:
        survey.findings.lack("household.property_ok", "认定需要核对结果", one.source)
    said = {"pass": "符合", "fail": "不符合", "unknown": "尚未核对"}[verdict]
    given = {"said": said, "label": one.name, "test": one.id}
    survey.findings.step("fact", "identification", one.source, TEST_VERDICTS[verdict], **given)
    return TestResult(one.id, verdict, None, None, None, None, one.source.cite, f"{one.name}：{said}。")
