"""The line of an identification test: so many times a published standard, as it applies to the household on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.case import RESIDENCES
from desktop.policy.law.identification_rules import Limit
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.published import disposable_income, figure_on, lack_disposable_income, lack_value
from desktop.policy.recognition.survey import Survey

Standard = tuple[Decimal, Decimal]
BY_RESIDENCE = ("dibao_standard", "disposable_income_by_residence")
YEARLY = ("disposable_income", "disposable_income_by_residence", "household_income")
UNDATED = ("yuan", "household_income", "minimum_wage")
ITSELF = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """``times`` a standard of yuan, a month's or a year's; ``least`` and ``most`` differ while the residence is unknown.

    Of ``household_income`` the standard is the household's own income, and both are nothing.
    """

    of: str
    times: Decimal
    least: Decimal
    most: Decimal

    @property
    def of_income(self) -> bool:
        """Whether the line moves with the household's income."""
        return self.of == "household_income"

    @property
    def yearly(self) -> bool:
        """Whether the standard is one of a year, not of a month."""
        return self.of in YEARLY

    @property
    def known(self) -> bool:
        """Whether it is one line, not two between which the residence will decide."""
        return self.least == self.most


class Lines:
    """The lines of a rule's tests; each standard is looked up once, and what nobody published is noted."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._standards: dict[tuple[str, date | None], Standard | None] = {}

    def of(self, limit: Limit, source: Source, day: date | None = None) -> Line | None:
        """The line that a limit draws on a day (the rule's own anchor); None where a number of it is not known."""
        times = limit.times
        if limit.times_of is not None:
            times = self._survey.rules.locality.number(limit.times_of)
            if times is None:
                lack_value(self._survey.rules, limit.times_of, source, self._survey.findings)
        if limit.of == "yuan":
            return None if times is None else Line(limit.of, ITSELF, times, times)
        day = day or self._survey.anchor
        if (limit.of, day) not in self._standards:
            self._standards[limit.of, day] = self._standard(limit.of, day, source)
        standard = self._standards[limit.of, day]
        return None if times is None or standard is None else Line(limit.of, times, *standard)

    def _standard(self, of: str, day: date | None, source: Source) -> Standard | None:
        survey, residence = self._survey, self._survey.case.household.residence
        if of in BY_RESIDENCE and residence is None:
            survey.findings.lack("household.residence", "适用城镇还是农村标准", source)
        if day is None and of not in UNDATED:
            return None
        standard = standard_on(survey.rules, of, residence, day or survey.day)
        if standard is None:
            _lack(survey, of, day or survey.day, source)
        return standard


def standard_on(rules: Rules, of: str, residence: str | None, day: date) -> Standard | None:
    """The published standard on a day, least and most for all that is known of the residence; None where unpublished."""
    if of == "household_income":
        return Decimal(0), Decimal(0)
    residences = (residence,) if residence else tuple(RESIDENCES)
    match of:
        case "dibao_standard":
            found = [rules.locality.dibao_standard(one, day) for one in residences]
        case "urban_dibao_standard":
            found = [rules.locality.dibao_standard("urban", day)]
        case "disposable_income":
            found = [disposable_income(rules, day)]
        case "disposable_income_by_residence":
            figure = figure_on(rules, day)
            figures = {"urban": figure.urban, "rural": figure.rural} if figure else {}
            found = [figures.get(one) for one in residences]
        case _:
            found = [rules.locality.number(of)]
    known = [one for one in found if one is not None]
    return (min(known), max(known)) if len(known) == len(found) else None


def _lack(survey: Survey, of: str, day: date, source: Source) -> None:
    if of in ("dibao_standard", "urban_dibao_standard"):
        what = "调查日" if survey.by_survey else "申请日"
        survey.findings.lack_number("locality.dibao_standard", f"缺{what}的最低生活保障标准", "县级人民政府", source)
    elif of in YEARLY:
        lack_disposable_income(survey.rules, day, source, survey.findings)
    else:
        lack_value(survey.rules, of, source, survey.findings)
