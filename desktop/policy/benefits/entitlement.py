"""Which identity an expense is paid by, whether its patient was insured, and what of it the patient bore."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desktop.domain.calendar import month_end, months_before
from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Identity, Member
from desktop.policy.law.benefit_rules import SelfPayRow
from desktop.policy.law.rules import Policy

InsuredStatus = Literal["insured", "enrolled_late", "not_insured"]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The identity that serves an expense (A6).

    ``kind`` None: none does; ``outside_window``: one would, but for the application's window; ``several``: all that hold;
    ``by_recognition``: it is the one being recognised now; ``unknown_window``: the window cannot be told.
    """

    kind: str | None
    several: tuple[str, ...] = ()
    outside_window: bool = False
    by_recognition: bool = False
    in_grace: bool = False
    unknown_window: bool = False


NONE_HELD = Entitlement(None)


def anchor_of(policy: Policy, expense: Expense) -> date | None:
    """The day that places an expense in a year and decides its identity (A3)."""
    return expense.discharged_on if policy.anchors[expense.kind] == "discharged_on" else expense.settled_on


def entitlement_of(policy: Policy, member: Member, expense: Expense, case: Case, recognised: str | None) -> Entitlement:
    """The most favourable identity for an expense: held, in grace, or being recognised (A6, A7)."""
    day = anchor_of(policy, expense)
    if member.identities is None or day is None:
        # Whoever may hold a better identity is served by none until that is known (A18).
        return Entitlement(None, by_recognition=recognised is not None)
    known = _remembered(policy, member.identities)
    held: set[str] = set()
    in_grace: set[str] = set()
    for one in _deciding_days(policy, expense, day):
        on_day = {identity.kind for identity in known if identity.held_on(one)}
        held |= on_day
        in_grace |= _in_grace(policy, known, one, on_day)
    in_grace -= held
    candidates = held | in_grace
    if recognised:
        candidates.add(recognised)
    if not policy.windows:
        return _best(policy, candidates, held, in_grace, recognised) if candidates else NONE_HELD
    return _windowed(policy, case, member, day, (candidates, held, in_grace, recognised))


def _remembered(policy: Policy, identities: Iterable[Identity]) -> list[Identity]:
    """Those that the policy knows, without the ones that count only in the application that recognises them (A9)."""
    forgotten = policy.not_remembered.identities if policy.not_remembered else ()
    return [one for one in identities if policy.class_of(one.kind) and one.kind not in forgotten]


def _deciding_days(policy: Policy, expense: Expense, day: date) -> tuple[date, ...]:
    """A stay is served by what holds on admission or on discharge where the policy says so (A6)."""
    if policy.status_in_stay and expense.kind == "inpatient" and expense.admitted_on and expense.discharged_on:
        return expense.admitted_on, expense.discharged_on
    return (day,)


def _in_grace(policy: Policy, known: list[Identity], day: date, held: set[str]) -> set[str]:
    grace = policy.grace
    if grace is None or (held and grace.without_other):
        return set()
    return {
        identity.kind
        for identity in known
        if identity.since and identity.until and identity.until < day <= month_end(identity.until)
    }


Candidates = tuple[set[str], set[str], set[str], str | None]


def _windowed(policy: Policy, case: Case, member: Member, day: date, found: Candidates) -> Entitlement:
    """The best of those in whose window of the application the expense lies (A7)."""
    candidates, held, in_grace, recognised = found
    applied_for = case.matter if member.id == case.patient and policy.class_of(case.matter) else None
    windowed = {
        kind: inside_window(policy, kind, day, case.applied_on)
        for kind in (candidates | {applied_for} if applied_for else candidates)
    }
    inside = {kind for kind in candidates if windowed[kind] is not False}
    if not inside:
        outside = any(answer is False for answer in windowed.values())
        return Entitlement(None, outside_window=outside)
    best = _best(policy, inside, held, in_grace, recognised)
    if best.kind is not None and windowed[best.kind] is None:
        return replace(best, unknown_window=True)
    return best


def _best(
    policy: Policy, candidates: set[str], held: set[str], in_grace: set[str], recognised: str | None
) -> Entitlement:
    if len(candidates) == 1:
        (best,) = candidates
        several: tuple[str, ...] = (best,)
    else:
        several = tuple(sorted(candidates, key=policy.rank))
        best = several[0]
    by_recognition = best == recognised and best not in held
    return Entitlement(best, several, by_recognition=by_recognition, in_grace=best in in_grace)


def inside_window(policy: Policy, kind: str, day: date, applied_on: date | None) -> bool | None:
    """Whether an expense of a day lies in the application's window of an identity; None where that is not known (A7)."""
    for window in policy.windows:
        if window.identity == kind:
            if applied_on is None:
                return None
            return months_before(applied_on, window.months) <= day <= applied_on
    return True


def insured_status(member: Member, expense: Expense, day: date) -> InsuredStatus | None:
    """Whether the expense was insured, its patient enrolled only for this application, or neither; None: unknown (A11)."""
    if expense.basic_paid:
        return "insured"
    entries = [entry for entry in member.insurance if entry.year == day.year]
    if any(entry.scheme not in (None, "none") for entry in entries):
        return "insured"
    enrolled = [entry.enrolled_on for entry in entries if entry.enrolled_on]
    if enrolled and day >= min(enrolled):
        return "insured"
    if not entries or any(entry.scheme is None for entry in entries) or expense.basic_paid is None:
        return None
    return "enrolled_late" if enrolled else "not_insured"


def lacking_for_status(member: Member, expense: Expense, day: date) -> tuple[str, ...]:
    """What would tell whether the expense was insured: ``insurance``, ``basic_paid`` or both; nothing where it is known."""
    if insured_status(member, expense, day):
        return ()
    entries = [entry for entry in member.insurance if entry.year == day.year]
    insurance = ("insurance",) if not entries or any(entry.scheme is None for entry in entries) else ()
    return (*insurance, "basic_paid") if expense.basic_paid is None else insurance


def possible_rows(policy: Policy, member: Member, expense: Expense, day: date, case: Case) -> tuple[SelfPayRow, ...]:
    """The rows of A2 that may be the expense's, for all that is known of its insurance and its patient's identities."""
    status = insured_status(member, expense, day)
    statuses: tuple[InsuredStatus, ...] = (status,) if status else ("insured", "not_insured")
    kinds: list[str | None] = [entitlement_of(policy, member, expense, case, recognised=None).kind]
    if member.identities is None:
        kinds += [kind for row in policy.self_pay for kind in row.identities]
    return tuple(dict.fromkeys(self_pay_row(policy, expense.kind, one, kind) for one in statuses for kind in kinds))


def self_pay_row(policy: Policy, kind: str, status: InsuredStatus | None, identity: str | None) -> SelfPayRow:
    """The row of A2 for a kind of expense: by its own insurance, then by its identity, then the one for everybody."""
    for row in policy.self_pay:
        if row.not_insured and status == "insured":
            continue
        if row.identities and identity not in row.identities:
            continue
        if row.kinds and kind not in row.kinds:
            continue
        return row
    raise AssertionError("reading a policy makes sure of a row for everybody")


def self_pay_of(row: SelfPayRow, expense: Expense) -> Money | None:
    """政策范围内个人自付, never below zero; None where an amount that it is made of is unknown (A2)."""
    if expense.in_scope is None:
        return None
    fen = expense.in_scope.fen
    for key in row.minus:
        amount = getattr(expense, key)
        if amount is None:
            return None
        fen -= amount.fen
    for key in row.plus:
        amount = getattr(expense, key)
        if amount is None:
            return None
        fen += amount.fen
    return Money(fen) if fen > 0 else NOTHING
