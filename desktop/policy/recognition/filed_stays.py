"""The stays that are filed now, by years: whether what the patient bore of them reaches the line of the year (A9)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.policy.benefits.entitlement import lacking_for_status
from desktop.policy.benefits.exclusion import Entry, entry_of, exclusion_of
from desktop.policy.benefits.lacking import doubts_of
from desktop.policy.law.identification_rules import IdentificationTest
from desktop.policy.recognition.borne import borne, lack_borne
from desktop.policy.recognition.comparing import Comparison, compare, meets
from desktop.policy.recognition.household import Means
from desktop.policy.recognition.lines import Line, Lines
from desktop.policy.recognition.metrics import Metric
from desktop.policy.recognition.spans import NONE, Span
from desktop.policy.recognition.survey import Survey

STAYS = ("inpatient",)
OF_THE_YEAR = Metric(0, 1, patient=True)


@dataclass(frozen=True, slots=True)
class FiledYear:
    """The stays of a year together, against the line of its last discharge."""

    year: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class FiledYears:
    """Every year of the stays that are filed; ``more``: there may be others, of a year that is not known."""

    years: tuple[FiledYear, ...]
    more: bool

    @property
    def met(self) -> bool | None:
        """Whether one year at least reaches its line."""
        answers = [one.comparison.met for one in self.years]
        return True if True in answers else None if None in answers or self.more else False

    @property
    def settled(self) -> bool:
        """Whether the answer is known for every year."""
        return not self.more and all(one.comparison.met is not None for one in self.years)

    @property
    def held(self) -> frozenset[int]:
        """The years for which the identity holds, or may hold."""
        return frozenset(one.year for one in self.years if one.comparison.met is not False)

    @property
    def closest(self) -> FiledYear | None:
        """The year that reaches furthest."""
        return max(self.years, key=_reach, default=None)


def _reach(one: FiledYear) -> tuple[bool, bool, Decimal | int]:
    most = one.comparison.apart[1]
    return one.comparison.met is True, most is None, most or 0


@dataclass(frozen=True, slots=True)
class _Stay:
    """A stay that is filed, or may be, and what the patient bore of it; ``sure``: it is known to be filed and covered."""

    entry: Entry
    amount: Span
    sure: bool

    @property
    def year(self) -> int | None:
        return self.entry.day.year if self.entry.day else None

    @property
    def last_day(self) -> date | None:
        return self.entry.expense.discharged_on or self.entry.day


def filed_years(survey: Survey, test: IdentificationTest, lines: Lines) -> FiledYears:
    """The years of the patient's stays that were not settled one-stop and that nothing excludes (A21)."""
    unstated = survey.case.stated_expenses is None
    if unstated:
        survey.findings.lack("expenses", "认定需要", survey.rule.source)
    stays = list(_stays(survey))
    undated = any(stay.year is None for stay in stays)
    years = sorted({stay.year for stay in stays if stay.year is not None})
    found = (_year(survey, test, lines, year, [one for one in stays if one.year in (year, None)]) for year in years)
    return FiledYears(tuple(found), unstated or undated)


def _stays(survey: Survey) -> Iterator[_Stay]:
    rules, case, patient = survey.rules, survey.case, survey.patient
    kinds = rules.policy.filing_term.kinds if rules.policy.filing_term else STAYS
    member_place = case.household.members.index(patient)
    for place, expense in enumerate(case.expenses):
        if expense.patient != patient.id or expense.kind not in kinds or expense.one_stop:
            continue
        entry = entry_of(rules.policy, case, place, member_place, survey.rule.identity)
        if entry.day and exclusion_of(rules, entry):
            continue
        amount = borne(rules.policy, case, patient, expense)
        if amount.exact is None or entry.day is None:
            lack_borne(survey, patient, place)
        doubts = tuple(_doubts(survey, entry))
        for path in doubts:
            survey.findings.lack(path, "判断本次申请的住院费用需要", survey.rule.source)
        yield _Stay(entry, amount, sure=not doubts)


def _doubts(survey: Survey, entry: Entry) -> Iterator[str]:
    """The paths of what is not known of a stay and may keep it from being filed now, or from being covered."""
    expense, policy = entry.expense, survey.rules.policy
    if expense.one_stop is None:
        yield f"{entry.path}.one_stop"
    if entry.entitlement.kind is None:
        yield f"{entry.member_path}.identities"
    if policy.not_insured and entry.status is None and entry.day:
        of = {"insurance": entry.member_path, "basic_paid": entry.path}
        yield from (f"{of[fact]}.{fact}" for fact in lacking_for_status(entry.member, expense, entry.day))
    yield from (path for path, _ in doubts_of(survey.case, survey.rules, entry))


def _year(survey: Survey, test: IdentificationTest, lines: Lines, year: int, stays: list[_Stay]) -> FiledYear:
    total = NONE
    for stay in stays:
        total += stay.amount if stay.sure and stay.year else Span(0, stay.amount.high)
    survey.findings.step(
        "medical",
        "identification",
        test.source,
        total.exact,
        parts=tuple((stay.entry.expense.provider or stay.entry.expense.id, stay.amount.exact) for stay in stays),
        label=f"{year} 年本次申请的住院自付",
        test=f"filed_{year}",
    )
    assert test.limit is not None
    of_year = Means(NONE, total, total, (1, 1), (), (), ())
    found = compare(OF_THE_YEAR, test.limit, _line(test, lines, stays), of_year)
    # Between two lines both ends are told: the figure of the last discharge is one or the other.
    return FiledYear(year, replace(found, met=meets(test.limit.comparison, found.apart)))


def _line(test: IdentificationTest, lines: Lines, stays: list[_Stay]) -> Line | None:
    """The line at the last discharge; between two where a later stay may or may not be one of them."""
    assert test.limit is not None
    sure = [stay.last_day for stay in stays if stay.sure and stay.last_day]
    last = max(sure, default=date.min)
    days = {stay.last_day for stay in stays if stay.last_day and stay.last_day >= last}
    drawn = [lines.of(test.limit, test.source, day) for day in sorted(days)]
    known = [line for line in drawn if line is not None]
    if not known or len(known) < len(drawn):
        return None
    return replace(known[0], least=min(line.least for line in known), most=max(line.most for line in known))
