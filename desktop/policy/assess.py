"""A case and its rules make one assessment: identification, benefits, subsidies, and what the clerk must see."""

from datetime import date

from desktop.domain.case import Case
from desktop.policy.alerts.doubts_and_hints import in_order, note_consequences, note_doubts
from desktop.policy.alerts.holding import note_unknown_since
from desktop.policy.assessment import Assessment
from desktop.policy.benefits.settlement import Recognised, Settlement
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Rules
from desktop.policy.premiums.subsidies import subsidies
from desktop.policy.recognition.identification import identify


def assess(case: Case, rules: Rules, on: date) -> Assessment:
    """The assessment of a case: pure and exact; the same case, rules and day give the same assessment."""
    findings = Findings()
    note_doubts(rules, findings, on)
    identified = identify(case, rules, findings)
    doubts = findings.alerts
    identification = identified.identification if identified else None
    counts = identification is not None and identification.verdict in ("eligible", "undetermined")
    # What the policy gives no benefit for serves no expense, however the identification ends.
    counts = counts and rules.policy.class_of(case.matter) is not None
    settlement = Settlement(
        case=case,
        rules=rules,
        findings=findings,
        recognised=Recognised(case.matter, identified.years) if identified and counts else None,
        conditional=identification is not None and identification.verdict == "undetermined",
    )
    benefits = tuple(settlement.benefits())
    paid_for = tuple(subsidies(case, rules, findings))
    note_unknown_since(case, rules, findings)
    note_consequences(case, rules, benefits, findings, on)
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
        alerts=in_order(doubts, findings.alerts[len(doubts) :]),
        changes=identified.changes if identified else (),
        trace=tuple(findings.steps),
    )
