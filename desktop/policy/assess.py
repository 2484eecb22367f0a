"""A case and its rules make one assessment: identification, benefits, subsidies, and what the clerk must see."""

from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.policy.assessment import Assessment
from desktop.policy.findings import Findings
from desktop.policy.identification import identify
from desktop.policy.law.rules import Rules
from desktop.policy.settlement import Recognised, Settlement
from desktop.policy.subsidies import subsidies


def assess(case: Case, rules: Rules, on: date) -> Assessment:
    """The assessment of a case: pure and exact; the same case, rules and day give the same assessment."""
    findings = Findings()
    _alerts(case, rules, findings, on)
    identified = identify(case, rules, findings)
    identification, changes = identified if identified else (None, ())
    counts = identification is not None and identification.verdict in ("eligible", "undetermined")
    settlement = Settlement(
        case=case,
        rules=rules,
        findings=findings,
        recognised=Recognised(case.matter) if counts else None,
        conditional=identification is not None and identification.verdict == "undetermined",
    )
    benefits = tuple(settlement.benefits())
    paid_for = tuple(subsidies(case, rules, findings))
    _unknown_since(case, rules, findings)
    return Assessment(
        case_no=case.case_no,
        policy=rules.policy.id,
        locality=rules.locality.id,
        assessed_on=on,
        status="incomplete" if findings.missing else "complete",
        missing=findings.missing,
        identification=identification,
        benefits=benefits,
        subsidies=paid_for,
        alerts=findings.alerts,
        changes=changes,
        trace=tuple(findings.steps),
    )


def _alerts(case: Case, rules: Rules, findings: Findings, on: date) -> None:
    policy, locality = rules.policy, rules.locality
    if not locality.verified:
        findings.alert(
            "locality_not_verified",
            f"{locality.name}的参数尚未经县级部门核对，测算仅供参考。",
            f"参数来源：{locality.source}",
        )
    if policy.in_force.last is not None and on > policy.in_force.last:
        findings.alert(
            "policy_expired",
            f"{policy.document}有效期至 {chinese_day(policy.in_force.last)}，请核实是否有新规定。",
            policy.in_force.source.cite,
        )
    held = {
        identity.kind
        for member in case.household.members
        for identity in member.identities or ()
        if identity.held_on(on)
    }
    for hint in policy.hints:
        if case.matter in hint.matters and (not hint.identities or held & set(hint.identities)):
            findings.alert(hint.id, hint.text, hint.source.cite)


def _unknown_since(case: Case, rules: Rules, findings: Findings) -> None:
    """An identity without its day of recognition does not count, and is asked for (A6)."""
    known = {kind for group in rules.policy.classes for kind in group.identities}
    groups = rules.policy.subsidy.groups if rules.policy.subsidy else ()
    known |= {kind for group in groups for kind in group.identities}
    for place, member in enumerate(case.household.members):
        for index, identity in enumerate(member.identities or ()):
            if identity.since is None and identity.kind in known:
                path = f"household.members[{place}].identities[{index}].since"
                findings.lack(path, "没有认定日期的身份不计", rules.policy.best_identity)
