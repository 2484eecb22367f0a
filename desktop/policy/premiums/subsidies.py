"""资助参保: for each member and insured year, the one best share of the premium, or why there is none (A16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.money import NOTHING
from desktop.domain.people import IDENTITIES, Identity, Insurance, Member
from desktop.policy.assessment import Subsidy
from desktop.policy.findings import Findings
from desktop.policy.law.localities import Premium
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.law.subsidy_rules import SubsidyRule
from desktop.policy.premiums.premium_shares import Share, best_of, open_above, shares_of
from desktop.policy.published import lack_value
from desktop.policy.wording import SUBSIDY_REASONS, called

# Of several entries of a year the one that insures best decides; an unknown scheme may be any of them.
SCHEMES = ("resident", None, "employee", "none")


@dataclass(frozen=True, slots=True)
class SubsidyCheck:
    """The checking of one member's insured year; ``place`` is the entry's in the case file.

    ``received``: whether a subsidy of the year was received already, under whichever entry.
    """

    rules: Rules
    rule: SubsidyRule
    findings: Findings
    member: Member
    path: str
    entry: Insurance
    place: int
    received: bool

    def result(self) -> Subsidy:
        """The subsidy of the year: the best share once; nothing says why."""
        scheme, begins = self.entry.scheme, self.rule.begins
        if begins is not None and self.entry.year < begins.year:
            return self._none("policy_not_in_force", begins.source)
        if scheme == "employee" or (scheme == "none" and not self.rule.late and not self._enrolled_in_time):
            return self._none("not_resident", self.rule.source)
        if self.member.identities is None:
            self.findings.lack(f"{self.path}.identities", "资助参保需要", self.rule.source)
            return self._unknown("fact_missing")
        premium = self.rules.locality.premium(self.entry.year)
        if premium is None or premium.collection_ends is None:
            return self._without_collection(premium, self.member.identities)
        return self._by_identity(premium, premium.collection_ends, self.member.identities)

    def _without_collection(self, premium: Premium | None, identities: tuple[Identity, ...]) -> Subsidy:
        """Whoever holds nothing that is subsidised needs no premium to be told so."""
        kinds = {identity.kind for identity in identities}
        served = next((kind for kind in self._subsidised if kind in kinds), None)
        if served is None:
            return self._left_out(kinds, self.rule.source)
        if self.received:
            return self._none("already_received", self.rule.once or self.rule.source, served)
        what = "个人缴费标准" if premium is None else "集中征缴期截止日"
        why, who = f"缺 {self.entry.year} 年度居民医保{what}", "省医保局、税务局"
        self.findings.lack_number(f"locality.premium.{self.entry.year}", why, who, self.rule.source)
        return self._unknown("parameter_missing", served)

    def _by_identity(self, premium: Premium, last_day: date, identities: tuple[Identity, ...]) -> Subsidy:
        held = {identity.kind for identity in identities if identity.held_on(last_day)}
        late = {identity.kind for identity in identities if self._recognised_after(last_day, identity)}
        serving = self._serving(held, late)
        shares = list(shares_of(self.rule, self.rules.locality, self.member, serving, premium.amount, last_day))
        open_to = [share for share in shares if share.fits is not False]
        if shares and not open_to:
            return self._none("age_or_disability", shares[0].group.source, shares[0].kind)
        if not open_to:
            # Whoever was recognised only later, and had paid by then, is paid nothing back (P-31).
            came_late = self.rule.late if not held and late & self._subsidised.keys() else None
            return self._left_out(held, came_late or self.rule.source)
        return self._decided(open_to, last_day)

    def _serving(self, held: set[str], late: set[str]) -> set[str]:
        """The identities that may be subsidised: those held as the collection ended; later ones where not insured yet."""
        scheme, serving = self.entry.scheme, set(held)
        if scheme == "none" and self.entry.enrolled_on is None:
            serving = set()
        return serving | late if scheme in (None, "none") and self.rule.late else serving

    def _recognised_after(self, last_day: date, identity: Identity) -> bool:
        """Recognised later, and not insured by then: what was paid before is not paid back (P-31)."""
        since, enrolled_on = identity.since, self.entry.enrolled_on
        if since is None or not last_day < since or since.year > self.entry.year:
            return False
        return enrolled_on is None or since <= enrolled_on

    def _decided(self, shares: list[Share], last_day: date) -> Subsidy:
        """What is paid of shares that are open to the member: the best, unless something bars them all."""
        rule, entry, best = self.rule, self.entry, best_of(shares)
        kind = (best or shares[0]).kind
        if self.received:
            return self._none("already_received", rule.once or rule.source, kind)
        if entry.scheme is None:
            return self._ask("scheme", rule.source, kind)
        in_time = rule.paid_in_time if entry.scheme == "resident" or self._enrolled_in_time else None
        # Whoever was not insured is enrolled and pays on one day.
        paid_on = entry.paid_on or (entry.enrolled_on if entry.scheme == "none" else None)
        if in_time and paid_on is not None and paid_on > last_day:
            return self._none("not_paid_in_time", in_time, kind)
        unsettled = open_above(shares, best)
        self._note_unsettled(unsettled)
        if in_time and paid_on is None:
            return self._ask("paid_on", in_time, kind)
        if unsettled:
            fact_missing = any(share.unknown for share in unsettled)
            return self._unknown("fact_missing" if fact_missing else "parameter_missing", unsettled[0].kind)
        return self._paid(best, last_day) if best else self._none("group_not_covered", shares[0].group.source, kind)

    def _note_unsettled(self, shares: list[Share]) -> None:
        """What is not known of the shares that may be the best is asked for."""
        for share in shares:
            value, source = share.group.amount.value, share.group.source
            for fact in share.unknown:
                self.findings.lack(f"{self.path}.{fact}", "资助参保需要", source)
            if value is not None and share.number is None:
                lack_value(self.rules, value, source, self.findings)

    def _paid(self, share: Share, last_day: date) -> Subsidy:
        year, source, amount = self.entry.year, share.group.source, share.amount
        held = any(one.kind == share.kind and one.held_on(last_day) for one in self.member.identities or ())
        day = f"以{chinese_day(last_day)}为准" if held else "集中征缴期后认定"
        label = f"{self._label}（{IDENTITIES[share.kind]}，{day}）"
        if share.of_premium:
            given = {"premium": share.premium, "share": share.number, "label": label}
            self.findings.step("subsidy", self._subject, source, amount, **given)
        else:
            self.findings.step("fact", self._subject, source, amount, said=share, label=label)
        return Subsidy(self.member.id, year, share.kind, amount, None, source.cite)

    @property
    def _enrolled_in_time(self) -> bool:
        """Whether somebody who was not insured enrolled before the collection ended: then nothing came late (G-12)."""
        premium, enrolled_on = self.rules.locality.premium(self.entry.year), self.entry.enrolled_on
        last_day = premium.collection_ends if premium else None
        return enrolled_on is not None and last_day is not None and enrolled_on <= last_day

    @property
    def _subsidised(self) -> dict[str, None]:
        """Every identity that is subsidised, from the policy's most to its least favourable."""
        return dict.fromkeys(kind for group in self.rule.groups for kind in group.identities)

    @property
    def _subject(self) -> str:
        return f"subsidy:{self.member.id}/{self.entry.year}"

    @property
    def _label(self) -> str:
        return f"{called(self.member)} {self.entry.year} 年度资助参保"

    def _left_out(self, kinds: set[str], source: Source) -> Subsidy:
        """Nothing that the member holds is subsidised: the year is not insured, no identity is held, or those are of no group."""
        if self.entry.scheme == "none" and self.entry.enrolled_on is None:
            return self._none("not_resident", source)
        if not kinds:
            return self._none("no_identity", source)
        return self._none("group_not_covered", source, min(sorted(kinds), key=self.rules.policy.rank))

    def _none(self, reason: str, source: Source, kind: str | None = None) -> Subsidy:
        said = SUBSIDY_REASONS[reason]
        self.findings.step("no_subsidy", self._subject, source, NOTHING, said=said, label=self._label)
        return Subsidy(self.member.id, self.entry.year, kind, NOTHING, reason, source.cite)

    def _ask(self, fact: str, source: Source, kind: str | None = None) -> Subsidy:
        self.findings.lack(f"{self.path}.insurance[{self.place}].{fact}", "资助参保需要", source)
        return self._unknown("fact_missing", kind)

    def _unknown(self, reason: str, kind: str | None = None) -> Subsidy:
        return Subsidy(self.member.id, self.entry.year, kind, None, reason, self.rule.source.cite)


def subsidies(case: Case, rules: Rules, findings: Findings) -> Iterator[Subsidy]:
    """An entry for each member and year with an insurance entry; several entries of a year share one subsidy."""
    rule = rules.policy.subsidy
    for index, member in enumerate(case.household.members if rule else ()):
        assert rule is not None
        for year in sorted({entry.year for entry in member.insurance}):
            of_year = [(place, entry) for place, entry in enumerate(member.insurance) if entry.year == year]
            place, entry = min(of_year, key=lambda one: SCHEMES.index(one[1].scheme))
            received = any(one.subsidy_received for _, one in of_year)
            path = f"household.members[{index}]"
            yield SubsidyCheck(rules, rule, findings, member, path, entry, place, received).result()
