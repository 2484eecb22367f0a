"""What each expense pays: exclusions first, then self_pay, deductible, ratio and cap, in the year's order (A2 to A5)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.case import Case
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import IDENTITIES, Member, YearToDate
from desktop.policy.assessment import Benefit, Line
from desktop.policy.benefits.catalogue import out_of_catalogue_aid
from desktop.policy.benefits.entitlement import anchor_of, lacking_for_status, self_pay_of, self_pay_row
from desktop.policy.benefits.exclusion import Entry, at_year_end, entry_of, exclusion_of
from desktop.policy.benefits.lacking import doubts_of, note_lacking, note_lacking_of_year, unknown_payments
from desktop.policy.benefits.paying import Payment, Year
from desktop.policy.benefits.terms import terms_of
from desktop.policy.benefits.tilt import Settled, TiltYear, tilt_of
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import BenefitClass, SelfPayRow
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.steps import percent
from desktop.policy.wording import REASONS


@dataclass(frozen=True, slots=True)
class Recognised:
    """The identity being recognised for the patient: in these years alone, or in every one (A9)."""

    kind: str
    years: frozenset[int] | None = None

    def on(self, day: date | None) -> str | None:
        """The identity, for an expense of a day."""
        return self.kind if self.years is None or (day is not None and day.year in self.years) else None


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settling of a case: its rules, where to note what is found, and the identity being recognised, if any."""

    case: Case
    rules: Rules
    findings: Findings
    recognised: Recognised | None
    conditional: bool

    def benefits(self) -> Iterator[Benefit]:
        """An entry for each person and year with expenses, in the order of the household."""
        for member_place, member in enumerate(self.case.household.members):
            entries = [
                self._entry(place, member_place)
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

    def _entry(self, place: int, member_place: int) -> Entry:
        policy = self.rules.policy
        mine = self.recognised.on(anchor_of(policy, self.case.expenses[place])) if self.recognised else None
        return entry_of(policy, self.case, place, member_place, mine)

    def _rests_on_recognition(self, entries: list[Entry]) -> bool:
        return self.conditional and any(entry.entitlement.by_recognition for entry in entries)

    def _undated(self, entry: Entry) -> Line:
        self.findings.lack(f"{entry.path}.settled_on", "费用归属年度需要", self.rules.policy.in_force.source)
        return Line(entry.expense.id, entry.entitlement.kind, covered=True, reason="fact_missing")

    def _year(self, member: Member, year: int, entries: list[Entry], *, line_unknown: bool) -> Benefit:
        ordered = sorted(entries, key=lambda entry: (entry.order or date.min, entry.expense.id))
        state = self._opening(member, year, ordered, line_unknown=line_unknown)
        for entry in ordered:
            state.lines.append(self._line(entry, state))
        payables = [line.payable for line in state.lines]
        known = [payable for payable in payables if payable is not None]
        payable = Money(sum(one.fen for one in known)) if len(known) == len(payables) else None
        tilt = None
        if self.rules.policy.tilt:
            settled = [self._settled(entry, line) for entry, line in zip(ordered, state.lines, strict=True)]
            of = TiltYear(member, ordered[0].member_path, year, self.case.applied_on)
            tilt = tilt_of(self.rules, of, settled, self.findings)
        return Benefit(member.id, year, payable, tilt, self._rests_on_recognition(ordered), tuple(state.lines))

    def _settled(self, entry: Entry, line: Line) -> Settled:
        """Of kinds that are not covered, a reason that comes before may still hold (A14, A21)."""
        doubts = self._doubts(entry) if line.reason == "kind_not_covered" else ()
        return Settled(entry.path, entry.expense, line, doubts)

    def _opening(self, member: Member, year: int, entries: list[Entry], *, line_unknown: bool) -> Year:
        """Everything already paid in the year comes off the cap first, later and excluded lines included (A5)."""
        used = member.used_in(year) or YearToDate(year, NOTHING, NOTHING, NOTHING)
        already = [(entry.expense.kind, entry.expense.assistance_paid) for entry in entries]
        known = [(kind, amount) for kind, amount in already if amount is not None]
        by_kind: dict[str, Money] = {}
        for kind, amount in known:
            by_kind[kind] = by_kind.get(kind, NOTHING) + amount
        paid = None
        if used.assistance_paid is not None and len(known) == len(already):
            paid = Money(used.assistance_paid.fen + sum(amount.fen for _, amount in known))
        deductible = None if used.deductible_used is None else used.deductible_used.yuan
        return Year(deductible, paid, used.assistance_paid, by_kind, line_unknown)

    def _line(self, entry: Entry, year: Year) -> Line:
        policy = self.rules.policy
        excluded = exclusion_of(self.rules, entry)
        if excluded:
            return self._excluded(entry, *excluded)
        kind = entry.entitlement.kind
        group = policy.class_of(kind)
        if kind is None or group is None or (policy.not_insured and entry.status is None):
            self._lack_entitlement(entry)
            return self._unknown(entry, year, "fact_missing", policy.best_identity)
        self._say_identity(entry, kind, group)
        return self._covered(entry, year, group)

    def _covered(self, entry: Entry, year: Year, group: BenefitClass) -> Line:
        """An expense that nothing surely keeps out: paid, or what it lacks."""
        row = self_pay_row(self.rules.policy, entry.expense.kind, entry.status, entry.entitlement.kind)
        self_pay = self_pay_of(row, entry.expense)
        lacking = note_lacking(self.case, self.rules, entry, group, row, self.findings)
        if group.cap and year.paid is None:
            open_payments = self._lack_payments(entry, group.cap.source)
            lacking = lacking or open_payments
        terms = terms_of(self.rules, entry, group, self.findings)
        if lacking or self_pay is None:
            return self._unknown(entry, year, "fact_missing", lacking or row.source, self_pay)
        if isinstance(terms, Source):
            return self._unknown(entry, year, "parameter_missing", terms, self_pay)
        payment = Payment(self.rules, self.findings, entry, group, terms, year)
        lacking = note_lacking_of_year(payment, self_pay)
        if lacking:
            return self._unknown(entry, year, "fact_missing", lacking, self_pay)
        if year.line_unknown and terms.shares_the_year:
            return self._unknown(entry, year, "earlier_line_unknown", group.source, self_pay)
        return self._paid(entry, payment, row, self_pay)

    def _paid(self, entry: Entry, payment: Payment, row: SelfPayRow, self_pay: Money) -> Line:
        expense = entry.expense
        self.findings.step(
            "self_pay",
            expense.id,
            row.source,
            self_pay,
            in_scope=expense.in_scope,
            minus=tuple((key, getattr(expense, key)) for key in row.minus),
            plus=tuple((key, getattr(expense, key)) for key in row.plus),
        )
        return self._with_aid(entry, payment.line(self_pay, row.source))

    def _with_aid(self, entry: Entry, line: Line) -> Line:
        """What rests on none of the line's own figures: aid outside the catalogue, and when it is paid."""
        year_end = at_year_end(self.rules.policy, entry.expense)
        aided = self.rules.policy.out_of_catalogue and not self._doubts(entry)
        aid = out_of_catalogue_aid(self.rules, entry, self.findings) if aided else None
        unchanged = aid is None and not year_end
        return line if unchanged else replace(line, out_of_catalogue_aid=aid, paid_at_year_end=year_end)

    def _lack_payments(self, entry: Entry, source: Source) -> Source:
        for path in unknown_payments(self.case, self.rules.policy, entry):
            self.findings.lack(path, "计算本笔救助需要", source)
        return source

    def _doubts(self, entry: Entry) -> tuple[str, ...]:
        return tuple(path for path, _ in doubts_of(self.case, self.rules, entry))

    def _unknown(self, entry: Entry, year: Year, reason: str, source: Source, self_pay: Money | None = None) -> Line:
        year.line_unknown = True
        self.findings.step("unknown", entry.expense.id, source, None, said=REASONS[reason])
        line = Line(entry.expense.id, entry.entitlement.kind, covered=True, reason=reason, self_pay=self_pay)
        return self._with_aid(entry, line)

    def _excluded(self, entry: Entry, reason: str, source: Source) -> Line:
        policy = self.rules.policy
        self.findings.step("excluded", entry.expense.id, source, NOTHING, said=REASONS[reason])
        if reason == "not_insured" and policy.not_insured:
            share = percent(policy.not_insured.share)
            self.findings.alert(
                "not_insured",
                f"费用发生年度未参加基本医保。办理参保缴费后，当次申请的费用可按对应标准的 {share} 一次性救助。",
                source.cite,
            )
        if reason == "filed_too_late":
            text = (
                "该年度最后一次出院已超过申请期限。条款写明「原则上」，确有特殊原因的，请与县医保经办机构商量后再答复。"
            )
            self.findings.alert("filed_too_late", text, source.cite)
        self_pay = None
        if entry.status is not None or not policy.not_insured:
            row = self_pay_row(policy, entry.expense.kind, entry.status, entry.entitlement.kind)
            self_pay = self_pay_of(row, entry.expense)
        line = Line(entry.expense.id, entry.entitlement.kind, covered=False, reason=reason, cites=(source.cite,))
        return replace(line, self_pay=self_pay, payable=NOTHING)

    def _lack_entitlement(self, entry: Entry) -> None:
        policy = self.rules.policy
        if entry.entitlement.kind is None:
            self.findings.lack(f"{entry.member_path}.identities", "计算救助需要", policy.best_identity)
        if entry.day is not None and policy.not_insured:
            of = {"insurance": entry.member_path, "basic_paid": entry.path}
            for fact in lacking_for_status(entry.member, entry.expense, entry.day):
                self.findings.lack(f"{of[fact]}.{fact}", "计算救助需要", policy.not_insured.source)

    def _say_identity(self, entry: Entry, kind: str, group: BenefitClass) -> None:
        several = entry.entitlement.several
        self.findings.step(
            "identity",
            entry.expense.id,
            group.source,
            group.name,
            kinds=several or (kind,),
            group=group.name,
            recognised=entry.entitlement.by_recognition,
            grace=entry.entitlement.in_grace,
        )
        if len(several) > 1:
            names = "、".join(IDENTITIES[one] for one in several)
            text = f"同时具有{names}身份，按就高、不重复救助。"
            self.findings.alert("several_identities", text, self.rules.policy.best_identity.cite)
