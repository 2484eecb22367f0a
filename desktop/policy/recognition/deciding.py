"""Which identification rule decides on a day, and what the clerk must know of it."""

from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.policy.findings import Findings
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.rules import Rules


def deciding_rule(rules: Rules, identity: str, day: date) -> IdentificationRule | None:
    """The rule in force, or the earlier one while the locality has not published the later one's values (A8)."""
    rule = rules.policy.rule_on(identity, day)
    earlier = rules.policy.rule(rule.fallback) if rule else None
    if rule is None or earlier is None or all(key in rules.locality.values for key in rule.needs):
        return rule
    return earlier


def say_which(rules: Rules, rule: IdentificationRule, day: date, findings: Findings) -> None:
    """Says that a later rule is not in use yet, or that a trial is over; the rule still decides (A8, A9)."""
    in_force = rules.policy.rule_on(rule.identity, day)
    if in_force is not None and in_force is not rule:
        findings.alert(
            "identification_rule_superseded",
            f"自{chinese_day(in_force.first)}起另有{in_force.name}，其数值尚未录入；"
            "本结论按原规定测算，请与县民政部门核实。",
            rule.source.cite,
        )
    if rule.trial_until is not None and day > rule.trial_until:
        findings.alert(
            "identification_rule_expired",
            f"{rule.name}试行至{chinese_day(rule.trial_until)}；本结论仍按其测算，是否延续请向民政部门核实。",
            rule.source.cite,
        )
