"""Which identity an expense is paid by, whether its patient was insured, and what of it the patient bore."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.domain.calendar import month_end, months_before
from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Member
from desktop.policy.law.rules import Policy, SelfPayRow

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


def anchor_of(policy: Policy, expense: Expense) -> date | None:
    """The day that places an expense in a year and decides its identity (A3)."""
    day = getattr(expense, policy.anchors[expense.kind])
    assert day is None or isinstance(day, date)
    return day


def entitlement_of(policy: Policy, member: Member, day: date, case: Case, recognised: str | None) -> Entitlement:
    """The most favourable identity on a day: held, or in grace where none is held, or being recognised (A6, A7)."""
    if member.identities is None:
        # Whoever may hold a better identity is served by none until that is known (A18).
        return Entitlement(None, by_recognition=recognised is not None)
    known = [identity for identity in member.identities if policy.class_of(identity.kind)]
    held = {identity.kind for identity in known if identity.held_on(day)}
    in_grace: set[str] = set()
    if not held and policy.grace_to_month_end:
        in_grace = {
            identity.kind
            for identity in known
            if identity.since and identity.until and identity.until < day <= month_end(identity.until)
        }
    candidates = held | in_grace
    applied_for = case.matter if member.id == case.patient and policy.class_of(case.matter) else None
    if recognised:
        candidates.add(recognised)
    windowed = {kind: inside_window(policy, kind, day, case.applied_on) for kind in candidates | {applied_for or ""}}
    inside = [kind for kind in candidates if windowed[kind] is not False]
    if not inside:
        outside = any(windowed[kind] is False for kind in windowed)
        return Entitlement(None, outside_window=outside)
    best = min(inside, key=policy.rank)
    return Entitlement(
        best,
        tuple(sorted(inside, key=policy.rank)),
        by_recognition=best == recognised and best not in held,
        in_grace=best in in_grace,
        unknown_window=windowed[best] is None,
    )


def inside_window(policy: Policy, kind: str, day: date, applied_on: date | None) -> bool | None:
    """Whether an expense of a day lies in the application's window of an identity; None where that is not known (A7)."""
    window = next((window for window in policy.windows if window.identity == kind), None)
    if window is None:
        return True
    if applied_on is None:
        return None
    return months_before(applied_on, window.months) <= day <= applied_on


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
    kinds: list[str | None] = [entitlement_of(policy, member, day, case, recognised=None).kind]
    if member.identities is None:
        kinds += [kind for row in policy.self_pay for kind in row.identities]
    return tuple(dict.fromkeys(self_pay_row(policy, one, kind) for one in statuses for kind in kinds))


def self_pay_row(policy: Policy, status: InsuredStatus, identity: str | None) -> SelfPayRow:
    """The row of A2 for an expense: by its own insurance, then by its identity, then the one for everybody."""
    for row in policy.self_pay:
        if row.not_insured and status == "insured":
            continue
        if row.identities and identity not in row.identities:
            continue
        return row
    raise AssertionError("reading a policy makes sure of a row for everybody")


def self_pay_of(row: SelfPayRow, expense: Expense) -> Money | None:
    """政策范围内个人自付, never below zero; None where an amount that it is made of is unknown (A2)."""
    fen = 0
    for sign, keys in ((1, ("in_scope",)), (-1, row.minus), (1, row.plus)):
        for key in keys:
            amount = getattr(expense, key)
            if amount is None:
                return None
            fen += sign * amount.fen
    return Money(fen) if fen > 0 else NOTHING
