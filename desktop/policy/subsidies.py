"""资助参保: for each member and insured year, the one best share of the premium, or why there is none (A16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import age_on, chinese_day
from desktop.domain.case import Case
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import IDENTITIES, Insurance, Member
from desktop.policy.assessment import Subsidy
from desktop.policy.findings import Findings
from desktop.policy.law.localities import Premium
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.law.subsidy_rules import SubsidyGroup, SubsidyRule
from desktop.policy.wording import SUBSIDY_REASONS


@dataclass(frozen=True, slots=True)
class SubsidyCheck:
    """The checking of one member's insured year."""

    rules: Rules
    rule: SubsidyRule
    findings: Findings
    member: Member
    path: str
    entry: Insurance
    place: int

    def result(self) -> Subsidy:
        """The subsidy of the year: the best share once; nothing says why."""
        rule = self.rule
        if self.entry.scheme in ("employee", "none"):
            return self._none("not_resident", rule.source)
        if self.entry.scheme is None:
            return self._unknown("scheme")
        if self.member.identities is None:
            self.findings.lack(f"{self.path}.identities", "资助参保需要", rule.source)
            return self._nothing_known("fact_missing", None)
        if not self.member.identities:
            return self._none("no_identity", rule.source)
        premium = self.rules.locality.premium(self.entry.year)
        if premium is None or premium.collection_ends is None:
            self.findings.lack_number(
                f"locality.premium.{self.entry.year}",
                f"缺 {self.entry.year} 年度个人缴费标准或集中征缴期截止日",
                "省医保局、税务局",
                rule.source,
            )
            return self._nothing_known("parameter_missing", None)
        return self._by_identity(premium, premium.collection_ends)

    def _by_identity(self, premium: Premium, last_day: date) -> Subsidy:
        rule = self.rule
        held = {identity.kind for identity in self.member.identities or () if identity.held_on(last_day)}
        if not held:
            return self._none("no_identity", rule.source)
        open_question = False
        left_out: Subsidy | None = None
        for group in rule.groups:
            kind = next((kind for kind in group.identities if kind in held), None)
            if kind is None:
                continue
            fits = self._fits(group, last_day)
            if fits:
                return (
                    self._nothing_known("fact_missing", kind)
                    if open_question
                    else self._paid(group, kind, premium, last_day)
                )
            open_question = open_question or fits is None
            left_out = left_out or self._none("age_or_disability", group.source, kind)
        if open_question:
            return self._nothing_known("fact_missing", None)
        return left_out or self._none("group_not_covered", rule.source, min(held, key=self.rules.policy.rank))

    def _fits(self, group: SubsidyGroup, day: date) -> bool | None:
        """Whether age or disability admits the member, where the group asks; None: not known."""
        if not group.for_some_only:
            return True
        grade, birth = self.member.disability_grade, self.member.birth_date
        if grade in group.disability_grades:
            return True
        if birth is not None:
            age = age_on(birth, day)
            if (group.from_age is not None and age >= group.from_age) or (
                group.under_age is not None and age < group.under_age
            ):
                return True
        for key, value in (("birth_date", birth), ("disability_grade", grade)):
            if value is None:
                self.findings.lack(f"{self.path}.{key}", "资助参保需要", group.source)
        return False if birth is not None and grade is not None else None

    def _paid(self, group: SubsidyGroup, kind: str, premium: Premium, last_day: date) -> Subsidy:
        rule = self.rule
        if self.entry.subsidy_received:
            return self._none("already_received", rule.once or rule.source, kind)
        if self.entry.paid_on is None:
            return self._unknown("paid_on", kind)
        if self.entry.paid_on > last_day:
            return self._none("not_paid_in_time", rule.paid_in_time or rule.source, kind)
        share = group.amount.number
        assert share is not None
        amount = Money.payable(premium.amount * share)
        self.findings.step(
            "subsidy", self._subject, group.source, amount, premium=premium.amount, share=share,
            label=f"{self.member.name or self.member.id} {self.entry.year} 年度资助参保"
            f"（{IDENTITIES[kind]}，以 {chinese_day(last_day)} 为准）",
        )  # fmt: skip
        return Subsidy(self.member.id, self.entry.year, kind, amount, None, group.source.cite)

    @property
    def _subject(self) -> str:
        return f"subsidy:{self.member.id}/{self.entry.year}"

    def _none(self, reason: str, source: Source, kind: str | None = None) -> Subsidy:
        label = f"{self.member.name or self.member.id} {self.entry.year} 年度资助参保"
        self.findings.step("no_subsidy", self._subject, source, NOTHING, said=SUBSIDY_REASONS[reason], label=label)
        return Subsidy(self.member.id, self.entry.year, kind, NOTHING, reason, source.cite)

    def _unknown(self, key: str, kind: str | None = None) -> Subsidy:
        source = self.rule.paid_in_time or self.rule.source
        self.findings.lack(f"{self.path}.insurance[{self.place}].{key}", "资助参保需要", source)
        return self._nothing_known("fact_missing", kind)

    def _nothing_known(self, reason: str, kind: str | None) -> Subsidy:
        return Subsidy(self.member.id, self.entry.year, kind, None, reason, self.rule.source.cite)


def subsidies(case: Case, rules: Rules, findings: Findings) -> Iterator[Subsidy]:
    """An entry for each member and year with an insurance entry; several entries of a year share one subsidy."""
    rule = rules.policy.subsidy
    for index, member in enumerate(case.household.members if rule else ()):
        assert rule is not None
        for year in sorted({entry.year for entry in member.insurance}):
            of_year = [(place, entry) for place, entry in enumerate(member.insurance) if entry.year == year]
            place, entry = next((one for one in of_year if one[1].scheme == "resident"), of_year[0])
            yield SubsidyCheck(rules, rule, findings, member, f"household.members[{index}]", entry, place).result()
