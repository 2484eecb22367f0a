"""Each test of an identification rule, examined: by amounts against a line, by a fact, or by the years of filed stays."""

from dataclasses import replace

from desktop.domain.people import IDENTITIES
from desktop.policy.assessment import TestVerdict
from desktop.policy.law.identification_rules import BetterIdentity, IdentificationTest
from desktop.policy.recognition.comparing import compare
from desktop.policy.recognition.filed_stays import FiledYears
from desktop.policy.recognition.household import Means
from desktop.policy.recognition.lines import Lines
from desktop.policy.recognition.metrics import AMOUNT_METRICS, FACT_METRICS, fact_path
from desktop.policy.recognition.results import Examined
from desktop.policy.recognition.survey import Survey

HOLDS_NONE = "holds_no_better_identity"
FACTS_SAID = {"pass": "符合", "fail": "不符合", "unknown": "尚未核对"}
NO_STAYS = "没有本次申请、可以救助的住院费用"
PATIENTS_COST = "患者自付合规医疗费用"
# Whether a test passes; None where that cannot be told.
VERDICTS: dict[bool | None, TestVerdict] = {True: "pass", False: "fail", None: "unknown"}


def none_held(survey: Survey) -> Examined:
    """A8.1: who holds one of these identities has nothing to be identified for; no month of grace here."""
    patient, rule = survey.patient, survey.rule
    verdict: TestVerdict = "pass"
    said = f"调查日不是{'、'.join(IDENTITIES[kind] for kind in rule.holds_none_of)}"
    if patient.identities is None:
        survey.findings.lack(f"{survey.place_of(patient)}.identities", "认定需要", rule.source)
        verdict, said = "unknown", "患者的救助身份尚未核实"
    for index, identity in enumerate(patient.identities or ()):
        if identity.kind not in rule.holds_none_of:
            continue
        if identity.held_on(survey.day):
            verdict, said = "fail", f"调查日已是{IDENTITIES[identity.kind]}，可直接按该身份申请救助"
            break
        if identity.perhaps_held_on(survey.day):
            survey.findings.lack(f"{survey.place_of(patient)}.identities[{index}].since", "认定需要", rule.source)
            verdict, said = "unknown", f"{IDENTITIES[identity.kind]}身份的认定日期未知"
    return Examined(HOLDS_NONE, "未持有更优身份", rule.source, verdict, said=said)


def not_better(survey: Survey, one: BetterIdentity, means: Means, lines: Lines) -> Examined:
    """A8.2: the household must not meet the condition of a better identity, income and property together."""
    found = compare(AMOUNT_METRICS[one.metric], one.limit, lines.of(one.limit, one.source), means)
    within = FACT_METRICS["property_within_rule"](survey)
    better = False if found.met is False or within is False else True if found.met and within else None
    but = "，但财产不符合规定" if found.met and within is False else ""
    if found.met and within is None:
        survey.findings.lack(fact_path("property_within_rule", survey), "判断能否转办需要", one.source)
    verdict = VERDICTS[None if better is None else not better]
    name = f"不符合{IDENTITIES[one.identity]}条件"
    return Examined(
        f"not_{one.identity}", name, one.source, verdict, found, passes=False, by_amounts=bool(within), but=but
    )


def examine(survey: Survey, one: IdentificationTest, means: Means, lines: Lines, filed: FiledYears | None) -> Examined:
    """A test of the rule."""
    if one.limit is None:
        return _fact(survey, one)
    metric = AMOUNT_METRICS.get(one.metric)
    if metric is None:
        assert filed is not None
        return _filed(one, filed)
    found = compare(metric, one.limit, lines.of(one.limit, one.source), means)
    test = Examined(one.id, one.name, one.source, VERDICTS[found.met], found, by_amounts=True)
    return replace(test, cost=PATIENTS_COST) if metric.patient else test


def _fact(survey: Survey, one: IdentificationTest) -> Examined:
    verdict = VERDICTS[FACT_METRICS[one.metric](survey)]
    if verdict == "unknown":
        survey.findings.lack(fact_path(one.metric, survey), "认定需要核对结果", one.source)
    return Examined(one.id, one.name, one.source, verdict, said=FACTS_SAID[verdict])


def _filed(one: IdentificationTest, filed: FiledYears) -> Examined:
    """The year that comes closest, and what the others came to (A9)."""
    verdict, closest = VERDICTS[filed.met], filed.closest
    if closest is None:
        return Examined(one.id, one.name, one.source, verdict, said=NO_STAYS if verdict == "fail" else "尚未申报")
    others = [year for year in filed.years if year is not closest]
    words = {True: "也达到", False: "未达到", None: "尚未核实"}
    but = "、".join(f"{year.year} 年{words[year.comparison.met]}" for year in others)
    alone = sum(year.comparison.met is True for year in filed.years) <= 1
    return Examined(
        one.id,
        f"{one.name}（{closest.year} 年）",
        one.source,
        verdict,
        closest.comparison,
        by_amounts=filed.settled and alone,
        cost=f"{closest.year} 年本次申请的住院自付",
        but=f"，但 {but}" if but else "",
    )


def with_alternatives(tests: tuple[Examined, ...], stated: tuple[IdentificationTest, ...]) -> tuple[Examined, ...]:
    """Says of a failing test that another of its group passes, and that one is enough (``any_of``)."""
    passing = {one.any_of: test.name for test, one in zip(tests, stated, strict=True) if test.verdict == "pass"}
    return tuple(
        replace(test, but=f"，但{passing[one.any_of]}一项符合，符合其一即可")
        if one.any_of and test.verdict == "fail" and one.any_of in passing
        else test
        for test, one in zip(tests, stated, strict=True)
    )
