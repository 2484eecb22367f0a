"""Who holds what: the identities that a policy knows, those held on a day, and those whose day of recognition is asked for (A6)."""

from datetime import date

from desktop.domain.case import Case
from desktop.domain.people import IDENTITIES, Member
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Policy, Rules


def held_by(policy: Policy, member: Member, day: date) -> set[str]:
    """The identities with a benefit that a member holds on a day; without those that only their own application knows (A9)."""
    forgotten = policy.not_remembered.identities if policy.not_remembered else ()
    return {
        identity.kind
        for identity in member.identities or ()
        if identity.kind not in forgotten and policy.class_of(identity.kind) and identity.held_on(day)
    }


def held_or_applied_for(case: Case, day: date) -> set[str]:
    """Every identity that somebody of the household holds on a day, and the one that the application is about."""
    held = {
        identity.kind
        for member in case.household.members
        for identity in member.identities or ()
        if identity.held_on(day)
    }
    return held | {case.matter} & IDENTITIES.keys()


def note_unknown_since(case: Case, rules: Rules, findings: Findings) -> None:
    """An identity without its day of recognition does not count, and is asked for (A6)."""
    known = {kind for group in rules.policy.classes for kind in group.identities}
    groups = rules.policy.subsidy.groups if rules.policy.subsidy else ()
    known |= {kind for group in groups for kind in group.identities}
    for place, member in enumerate(case.household.members):
        for index, identity in enumerate(member.identities or ()):
            if identity.since is None and identity.kind in known:
                path = f"household.members[{place}].identities[{index}].since"
                findings.lack(path, "没有认定日期的身份不计", rules.policy.best_identity)
