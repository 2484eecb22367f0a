"""What each expense pays: exclusions first, then self_pay, deductible, ratio and cap, in the year's order (A2 to A5)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.domain.case import Case
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import IDENTITIES, Member, YearToDate
from desktop.policy.assessment import Benefit, Line
from desktop.policy.entitlement import lacking_for_status, self_pay_of, self_pay_row
from desktop.policy.exclusion import Entry, entry_of, exclusion_of
from desktop.policy.findings import Findings
from desktop.policy.lacking import note_lacking
from desktop.policy.law.rules import BenefitClass, Rules
from desktop.policy.law.sources import Source
from desktop.policy.steps import percent
from desktop.policy.tilt import Settled, TiltPaid, tilt_of
from desktop.policy.wording import REASONS


@dataclass(slots=True)
class Year:
    """What a person's year has used up so far. None: not known, and nothing that depends on it is computed."""

    deductible_used: Decimal | None
    paid: Money | None
    line_unknown: bool
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settling of a case: its rules, where to note what is found, and the identity being recognised, if any."""

    case: Case
    rules: Rules
    findings: Findings
    recognised: str | None
    conditional: bool

    def benefits(self) -> Iterator[Benefit]:
        """An entry for each person and year with expenses, in the order of the household."""
        for member_place, member in enumerate(self.case.household.members):
            entries = [
                entry_of(self.rules.policy, self.case, place, member_place, self.recognised)
                for place, expense in enumerate(self.case.expenses)
                if expense.patient == member.id
            ]
            undated = [entry for entry in entries if entry.day is None]
            for year in sorted({entry.day.year for entry in entries if entry.day}):
                of_year = [entry for entry in entries if entry.day and entry.day.year == year]
                # An expense whose day is not known may come before any other and use up what they share.
                yield self._year(member, year, of_year, line_unknown=bool(undated))
            if undated:
                lines = tuple(self._undated(entry) for entry in undated)
                yield Benefit(member.id, None, None, None, self._rests_on_recognition(undated), lines)

    def _rests_on_recognition(self, entries: list[Entry]) -> bool:
        return self.conditional and any(entry.entitlement.by_recognition for entry in entries)

    def _undated(self, entry: Entry) -> Line:
        self.findings.lack(f"{entry.path}.settled_on", "费用归属年度需要", self.rules.policy.in_force.source)
        return Line(entry.expense.id, entry.entitlement.kind, covered=True, reason="fact_missing")

    def _year(self, member: Member, year: int, entries: list[Entry], *, line_unknown: bool) -> Benefit:
        ordered = sorted(entries, key=lambda entry: (entry.day or date.min, entry.expense.id))
        state = self._opening(member, year, ordered, line_unknown=line_unknown)
        for entry in ordered:
            state.lines.append(self._line(entry, state))
        payables = [line.payable for line in state.lines]
        known = [payable for payable in payables if payable is not None]
        payable = Money(sum(one.fen for one in known)) if len(known) == len(payables) else None
        settled = [Settled(entry.path, entry.expense, line) for entry, line in zip(ordered, state.lines, strict=True)]
        tilt = tilt_of(self.rules, f"{member.id}/{year}", settled, _tilt_paid(member, year, ordered), self.findings)
        return Benefit(member.id, year, payable, tilt, self._rests_on_recognition(ordered), tuple(state.lines))

    def _opening(self, member: Member, year: int, entries: list[Entry], *, line_unknown: bool) -> Year:
        """Everything already paid in the year comes off the cap first, later and excluded lines included (A5)."""
        used = member.used_in(year) or YearToDate(year, NOTHING, NOTHING, NOTHING)
        already = [entry.expense.assistance_paid for entry in entries]
        known = [amount for amount in already if amount is not None]
        paid = None
        if used.assistance_paid is not None and len(known) == len(already):
            paid = Money(used.assistance_paid.fen + sum(amount.fen for amount in known))
        return Year(None if used.deductible_used is None else used.deductible_used.yuan, paid, line_unknown)

    def _line(self, entry: Entry, year: Year) -> Line:
        excluded = exclusion_of(self.rules.policy, entry)
        if excluded:
            return self._excluded(entry, *excluded)
        kind = entry.entitlement.kind
        group = self.rules.policy.class_of(kind or "")
        if kind is None or group is None or entry.status is None:
            self._lack_entitlement(entry)
            return self._unknown(entry, year, "fact_missing", self.rules.policy.best_identity)
        self._say_identity(entry, kind, group)
        row = self_pay_row(self.rules.policy, entry.status, kind)
        self_pay = self_pay_of(row, entry.expense)
        lacking = note_lacking(self.case, self.rules, entry, group, self.findings)
        if lacking or self_pay is None:
            return self._unknown(entry, year, "fact_missing", lacking or row.source, self_pay)
        if year.line_unknown and (group.cap is not None or group.deductible > 0):
            return self._unknown(entry, year, "earlier_line_unknown", group.source, self_pay)
        self.findings.step(
            "self_pay",
            entry.expense.id,
            row.source,
            self_pay,
            in_scope=entry.expense.in_scope,
            minus=tuple((key, getattr(entry.expense, key)) for key in row.minus),
            plus=tuple((key, getattr(entry.expense, key)) for key in row.plus),
        )
        return self._paid(entry, group, year, (self_pay, row.source))

    def _unknown(self, entry: Entry, year: Year, reason: str, source: Source, self_pay: Money | None = None) -> Line:
        year.line_unknown = True
        self.findings.step("unknown", entry.expense.id, source, None, said=REASONS[reason])
        return Line(entry.expense.id, entry.entitlement.kind, covered=True, reason=reason, self_pay=self_pay)

    def _excluded(self, entry: Entry, reason: str, source: Source) -> Line:
        self.findings.step("excluded", entry.expense.id, source, NOTHING, said=REASONS[reason])
        if reason == "not_insured":
            share = percent(self.rules.policy.not_insured.share)
            self.findings.alert(
                "not_insured",
                f"费用发生年度未参加基本医保。办理参保缴费后，当次申请的费用可按对应标准的 {share} 一次性救助。",
                source.cite,
            )
        self_pay = None
        if entry.status is not None:
            row = self_pay_row(self.rules.policy, entry.status, entry.entitlement.kind)
            self_pay = self_pay_of(row, entry.expense)
        return Line(
            entry.expense.id,
            entry.entitlement.kind,
            covered=False,
            reason=reason,
            self_pay=self_pay,
            payable=NOTHING,
            cites=(source.cite,),
        )

    def _lack_entitlement(self, entry: Entry) -> None:
        policy = self.rules.policy
        if entry.entitlement.kind is None:
            self.findings.lack(f"{entry.member_path}.identities", "计算救助需要", policy.best_identity)
        if entry.day is not None:
            of = {"insurance": entry.member_path, "basic_paid": entry.path}
            for fact in lacking_for_status(entry.member, entry.expense, entry.day):
                self.findings.lack(f"{of[fact]}.{fact}", "计算救助需要", policy.not_insured.source)

    def _say_identity(self, entry: Entry, kind: str, group: BenefitClass) -> None:
        names = [IDENTITIES[one] for one in entry.entitlement.several]
        said = f"{IDENTITIES[kind]}，属{group.name}"
        if entry.entitlement.by_recognition:
            said += "（本次申请认定）"
        if entry.entitlement.in_grace:
            said += "（身份终止当月仍可享受）"
        if len(names) > 1:
            said += f"；另有{'、'.join(names[1:])}，就高不重复"
            text = f"同时具有{'、'.join(names)}身份，按就高、不重复救助。"
            self.findings.alert("several_identities", text, self.rules.policy.best_identity.cite)
        self.findings.step("identity", entry.expense.id, group.source, group.name, said=said)

    def _ratio(self, entry: Entry, group: BenefitClass) -> tuple[Decimal, tuple[Source, ...]]:
        """The share that applies: less points where a referral was due, halved where enrolled only now (A10, A11)."""
        policy, expense = self.rules.policy, entry.expense
        sources = [group.ratio_source]
        points_off = Decimal(0)
        if expense.referral == "missing":
            points_off = policy.not_referred.points_off
            sources.append(policy.not_referred.source)
        share = None
        if entry.status == "enrolled_late":
            share = policy.not_insured.share
            sources.append(policy.not_insured.source)
            text = f"费用发生时未参保，办理参保缴费后按对应标准的 {percent(share)} 一次性救助。"
            self.findings.alert("enrolled_late", text, policy.not_insured.source.cite)
        ratio = group.ratios[expense.kind]
        effective = (ratio - points_off) * (1 if share is None else share)
        given = {"ratio": ratio, "points_off": points_off, "share": share}
        self.findings.step("ratio", expense.id, sources[-1], effective, **given)
        return effective, tuple(sources)

    def _paid(self, entry: Entry, group: BenefitClass, year: Year, base: tuple[Money, Source]) -> Line:
        expense, (self_pay, self_pay_source) = entry.expense, base
        applied = self._deductible(entry, group, year, self_pay)
        ratio, ratio_sources = self._ratio(entry, group)
        computed = Money.payable((self_pay.yuan - applied) * ratio)
        given = {"self_pay": self_pay, "deductible": applied, "ratio": ratio}
        self.findings.step("computed", expense.id, group.ratio_source, computed, **given)
        already = expense.assistance_paid or NOTHING
        payable = max(NOTHING, computed - already)
        cap_left = None
        cap_source = group.cap_source or group.source
        given = {"computed": computed, "already": already, "cap_left": None}
        if group.cap is not None and year.paid is not None:
            left = max(NOTHING, Money.payable(group.cap) - year.paid)
            payable = min(payable, left)
            given["cap_left"], cap_left = left, left - payable
        if year.paid is not None:
            # Whatever the identity was, what is paid counts towards the year's cap (A5).
            year.paid += payable
        self.findings.step("payable", expense.id, cap_source, payable, **given)
        sources = (self_pay_source, group.deductible_source, *ratio_sources, cap_source)
        return Line(
            expense.id,
            entry.entitlement.kind,
            covered=True,
            reason=None if payable else _why_nothing(self_pay, computed, already),
            self_pay=self_pay,
            deductible=applied,
            ratio=ratio,
            computed=computed,
            payable=payable,
            cap_left=cap_left,
            cites=tuple(dict.fromkeys(source.cite for source in sources)),
        )

    def _deductible(self, entry: Entry, group: BenefitClass, year: Year, self_pay: Money) -> Decimal:
        """What this expense uses up of the year's deductible (A4)."""
        # Where the class has none, what was used before it is not asked for and stays what it was.
        used = Decimal(0) if year.deductible_used is None else year.deductible_used
        applied = min(max(Decimal(0), group.deductible - used), self_pay.yuan)
        if year.deductible_used is not None:
            year.deductible_used += applied
        given = {"deductible": group.deductible, "used": used, "applied": applied}
        self.findings.step("deductible", entry.expense.id, group.deductible_source, Money.payable(applied), **given)
        return applied


def _tilt_paid(member: Member, year: int, entries: list[Entry]) -> TiltPaid:
    used = member.used_in(year)
    path = f"{entries[0].member_path}.year_to_date[{member.open_in(year, 'tilt_paid')}].tilt_paid"
    return TiltPaid(used.tilt_paid if used else NOTHING, path)


def _why_nothing(self_pay: Money, computed: Money, already: Money) -> str:
    """Why a covered line pays nothing: the first that applies (A21)."""
    if not self_pay:
        return "no_self_pay"
    if not computed:
        return "below_deductible"
    return "already_paid" if computed <= already else "cap_reached"
