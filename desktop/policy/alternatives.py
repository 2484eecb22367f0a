"""Which would pay more: what a person with several identities, or one who should be redirected, is paid by each (A6, A8)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.case import Case
from desktop.domain.money import Money
from desktop.domain.people import IDENTITIES, Member
from desktop.policy.assessment import Assessment
from desktop.policy.benefits.entitlement import entitlement_of
from desktop.policy.benefits.settlement import Recognised, Settlement
from desktop.policy.findings import Findings
from desktop.policy.law.rules import Rules
from desktop.policy.recognition.identification import identify


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one identity alone would pay a person for all expenses of the case; None is not known.

    ``ahead``: the person does not hold it yet, and is paid so only for expenses from its recognition on.
    """

    person: str
    identity: str
    payable: Money | None
    tilt: Money | None
    ahead: bool = False


def alternatives(case: Case, rules: Rules, assessment: Assessment) -> tuple[Alternative, ...]:
    """Each person's identities side by side, from the policy's most favourable on; nothing where there is no choice."""
    found: list[Alternative] = []
    for member in case.household.members:
        kinds = _held_together(case, rules, member)
        if member.id == case.patient:
            kinds = _with_recognition(kinds, assessment, case)
        ahead = _better(assessment) if member.id == case.patient else ()
        choices = [(kind, False) for kind in kinds if kind not in ahead] + [(kind, True) for kind in ahead]
        if len(choices) > 1:
            choices.sort(key=lambda choice: rules.policy.rank(choice[0]))
            found += [_paid_by(case, rules, member, kind, ahead=not_yet) for kind, not_yet in choices]
    return tuple(found)


def _held_together(case: Case, rules: Rules, member: Member) -> list[str]:
    """The identities of which several serve one expense together; those held in turn are no choice."""
    found: dict[str, None] = {}
    for expense in case.expenses:
        several = entitlement_of(rules.policy, member, expense, case, None).several
        if expense.patient == member.id and (len(several) > 1 or _being_recognised(case, member)):
            found |= dict.fromkeys(several)
    return list(found)


def _being_recognised(case: Case, member: Member) -> bool:
    return member.id == case.patient and case.matter in IDENTITIES


def _with_recognition(kinds: list[str], assessment: Assessment, case: Case) -> list[str]:
    """The identity that the application is about counts among them, unless it is refused."""
    found = assessment.identification
    applied_for = found is not None and found.verdict != "ineligible" and case.matter not in kinds
    return [*kinds, case.matter] if applied_for else kinds


def _better(assessment: Assessment) -> tuple[str, ...]:
    """The identities that a redirect leads to."""
    found = assessment.identification
    if found is None or found.verdict != "redirect":
        return ()
    return tuple(test.id.removeprefix("not_") for test in found.tests if test.verdict == "fail")


def _paid_by(case: Case, rules: Rules, member: Member, kind: str, *, ahead: bool) -> Alternative:
    """The person's expenses settled as if this identity were the only one."""
    own = () if ahead else tuple(identity for identity in member.identities or () if identity.kind == kind)
    alone = replace(member, identities=own)
    members = tuple(alone if one.id == member.id else one for one in case.household.members)
    changed = replace(case, household=replace(case.household, members=members), patient=member.id)
    # The identity being recognised serves only the years for which it is (A9).
    years = None if ahead or own or kind != case.matter else _recognised_years(case, rules)
    recognised = None if own else Recognised(kind, years)
    settlement = Settlement(changed, rules, Findings(), recognised, conditional=False)
    benefits = [benefit for benefit in settlement.benefits() if benefit.person == member.id]
    payable, tilt = _sum(one.payable for one in benefits), _sum(one.tilt for one in benefits)
    return Alternative(member.id, kind, payable, tilt, ahead)


def _recognised_years(case: Case, rules: Rules) -> frozenset[int] | None:
    """The years for which the identity that the case is about is being recognised; None: every year."""
    identified = identify(case, rules, Findings())
    return identified.years if identified else None


def _sum(amounts: Iterator[Money | None]) -> Money | None:
    parts = list(amounts)
    known = [part for part in parts if part is not None]
    return Money(sum(part.fen for part in known)) if len(known) == len(parts) else None
