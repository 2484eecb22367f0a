"""What a covered expense pays: deductible, ratio and lift, then the caps, each used up as the year goes on (A4, A5, A13)."""

from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.money import NOTHING, Money
from desktop.policy.assessment import Line
from desktop.policy.benefits.exclusion import Entry
from desktop.policy.benefits.terms import NONE, Terms
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import BenefitClass
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.steps import percent


@dataclass(slots=True)
class Year:
    """What a person's year has used up so far. None: not known, and nothing that depends on it is computed.

    ``earlier``: what earlier cases paid; ``base``: what lay above the deductible; ``by_kind``: what is paid for this
    case's expenses of a kind, already and now.
    """

    deductible_used: Decimal | None
    paid: Money | None
    earlier: Money | None
    by_kind: dict[str, Money]
    line_unknown: bool
    base: Decimal = NONE
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Payment:
    """The paying of one covered expense of which every fact and number is known."""

    rules: Rules
    findings: Findings
    entry: Entry
    group: BenefitClass
    terms: Terms
    year: Year

    def line(self, self_pay: Money, self_pay_source: Source) -> Line:
        """The line of the expense."""
        applied = self._deductible(self_pay)
        ratio, computed, sources = self._computed(self_pay, self_pay.yuan - applied)
        already = self.entry.expense.assistance_paid or NOTHING
        payable, cap_left = self._capped(computed, already)
        terms = self.terms
        cited = (self_pay_source, terms.deductible_source, *sources, terms.cap_source)
        return Line(
            self.entry.expense.id,
            self.entry.entitlement.kind,
            covered=True,
            reason=None if payable else _why_nothing(self_pay, computed, already),
            self_pay=self_pay,
            deductible=applied,
            ratio=ratio,
            computed=computed,
            payable=payable,
            cap_left=cap_left,
            cites=tuple(dict.fromkeys(source.cite for source in cited)),
        )

    def _deductible(self, self_pay: Money) -> Decimal:
        """What this expense uses up of the year's deductible (A4)."""
        # Where the line has none, what was used before it is not asked for and stays what it was.
        used = self.year.deductible_used or NONE
        applied = min(max(NONE, self.terms.deductible - used), self_pay.yuan)
        if self.year.deductible_used is not None:
            self.year.deductible_used += applied
        given = {"deductible": self.terms.deductible, "used": used, "applied": applied}
        amount = Money.payable(applied)
        self.findings.step("deductible", self.entry.expense.id, self.terms.deductible_source, amount, **given)
        return applied

    def _computed(self, self_pay: Money, base: Decimal) -> tuple[Decimal | None, Money, tuple[Source, ...]]:
        """The ratio where there is a single one, what it comes to, and the clauses behind it."""
        terms, expense = self.terms, self.entry.expense
        if len(terms.steps) > 1:
            return None, *self._in_steps(base)
        ratio, sources = self._ratio(terms.steps[0].share)
        exact = base * ratio
        given = {"self_pay": self_pay, "deductible": self_pay.yuan - base, "ratio": ratio}
        self.year.base += base
        lift = self.group.lift
        if lift is None or expense.kind not in lift.kinds or expense.place not in lift.places:
            computed = Money.payable(exact)
            self.findings.step("computed", expense.id, terms.ratio_source, computed, **given)
            return ratio, computed, sources
        assert expense.in_scope is not None
        lifted = self_pay.yuan - (1 - lift.to) * expense.in_scope.yuan
        computed = Money.payable(max(exact, lifted))
        given |= {"in_scope": expense.in_scope, "to": lift.to, "by_ratio": exact, "by_lift": lifted}
        self.findings.step("lifted", expense.id, lift.source, computed, **given)
        return ratio, computed, (*sources, lift.source)

    def _in_steps(self, base: Decimal) -> tuple[Money, tuple[Source, ...]]:
        """A ratio in steps: each share on what of the year's base lies in its step."""
        parts: list[tuple[Decimal, Decimal]] = []
        sources: tuple[Source, ...] = (self.terms.ratio_source,)
        begin = self.year.base
        for step in self.terms.steps:
            end = self.year.base + base if step.up_to is None else min(self.year.base + base, step.up_to)
            if end > begin:
                share, sources = self._ratio(step.share, len(parts))
                parts.append((end - begin, share))
                begin = end
        self.year.base += base
        computed = Money.payable(sum((part * share for part, share in parts), NONE))
        given = {"parts": tuple(parts)}
        self.findings.step("in_steps", self.entry.expense.id, self.terms.ratio_source, computed, **given)
        return computed, sources

    def _ratio(self, share: Decimal, step: int | None = None) -> tuple[Decimal, tuple[Source, ...]]:
        """The share that applies: less points where a referral was due, halved where enrolled only now (A10, A11)."""
        policy, expense = self.rules.policy, self.entry.expense
        sources = [self.terms.ratio_source]
        off = self.terms.points_off
        if off and policy.not_referred:
            sources.append(policy.not_referred.source)
        late = None
        if self.entry.status == "enrolled_late" and policy.not_insured:
            late, source = policy.not_insured.share, policy.not_insured.source
            sources.append(source)
            text = f"费用发生时未参保，办理参保缴费后按对应标准的 {percent(late)} 一次性救助。"
            self.findings.alert("enrolled_late", text, source.cite)
        effective = max(NONE, share - off)
        if late is not None:
            effective *= late
        given: dict[str, object] = {"ratio": share, "points_off": off, "share": late}
        if step is not None:
            given["test"] = step + 1
        self.findings.step("ratio", expense.id, sources[-1], effective, **given)
        return effective, tuple(sources)

    def _capped(self, computed: Money, already: Money) -> tuple[Money, Money | None]:
        """What is payable, and what is left of the cap after it (A5)."""
        year, terms, expense = self.year, self.terms, self.entry.expense
        fen = max(0, computed.fen - already.fen)
        sub_left = cap_left = None
        if terms.sub_cap is not None:
            sub_left = Money(max(0, terms.sub_cap.fen - self.paid_within().fen))
            fen = min(fen, sub_left.fen)
        if terms.cap is not None and year.paid is not None:
            cap_left = Money(max(0, terms.cap.fen - year.paid.fen))
            fen = min(fen, cap_left.fen)
        payable = Money(fen)
        if year.paid is not None:
            # Whatever the identity was, what is paid counts towards the year's cap (A5).
            year.paid += payable
        year.by_kind[expense.kind] = year.by_kind.get(expense.kind, NOTHING) + payable
        given: dict[str, object] = {"computed": computed, "already": already}
        self.findings.step(
            "payable", expense.id, terms.cap_source, payable, **given, cap_left=cap_left, sub_cap_left=sub_left
        )
        return payable, None if cap_left is None else cap_left - payable

    def paid_within(self) -> Money:
        """What this case's expenses of the sub-cap's kinds are paid so far."""
        return Money(sum(paid.fen for kind, paid in self.year.by_kind.items() if kind in self.terms.sub_cap_kinds))


def _why_nothing(self_pay: Money, computed: Money, already: Money) -> str:
    """Why a covered line pays nothing: the first that applies (A21)."""
    if not self_pay:
        return "no_self_pay"
    if not computed:
        return "below_deductible"
    return "already_paid" if computed <= already else "cap_reached"
