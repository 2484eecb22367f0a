"""The people of a household, the identities they hold and how they are insured."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.id_numbers import birth_date_of
from desktop.domain.money import Money, total

RELATIONS = {
    "self": "本人",
    "spouse": "配偶",
    "child": "子女",
    "parent": "父母",
    "grandchild": "孙子女",
    "grandparent": "祖父母",
    "sibling": "兄弟姐妹",
    "other": "其他",
}
IDENTITIES = {
    "tekun": "特困人员",
    "orphan": "孤儿",
    "unsupported_child": "事实无人抚养儿童",
    "welfare_home_child": "儿童福利机构收留抚养儿童",
    "child_in_difficulty": "困境儿童",
    "dibao": "低保对象",
    "dibao_marginal": "低保边缘家庭成员",
    "returned_to_poverty": "返贫致贫人口",
    "unstable_out_of_poverty": "脱贫不稳定人口",
    "marginal_near_poverty": "边缘易致贫人口",
    "sudden_hardship": "突发严重困难人口",
    "illness_poverty": "因病致贫重病患者",
    "expenditure_hardship_patient": "支出型困难家庭大重病患者",
    "temporary_relief_patient": "临时救助对象中的大重病患者",
    "preferential_treatment": "优抚对象",
    "retrenched_1960s": "六十年代精减退职职工",
    "worker_extreme_hardship": "特困职工",
    "worker_deep_hardship": "深度困难职工",
    "worker_relative_hardship": "相对困难职工",
    "worker_accident_hardship": "意外致困职工",
    "psychiatric_risk": "肇事肇祸精神障碍患者",
}
SCHEMES = {"resident": "居民医保", "employee": "职工医保", "none": "未参保"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A recognised identity: from the day of recognition to the last day held; no ``until``: still held."""

    kind: str
    since: date | None = None
    until: date | None = None
    listed_on: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether it is known to be held on the day; without ``since`` it does not count (A6)."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)

    def perhaps_held_on(self, day: date) -> bool:
        """Whether it may be held on the day, for all that is known."""
        return self.held_on(day) or (self.since is None and (self.until is None or day <= self.until))


@dataclass(frozen=True, slots=True)
class Insurance:
    """The basic insurance of one year; scheme ``none`` with ``enrolled_on``: enrolled only now, for this application."""

    year: int
    scheme: str | None = None
    enrolled_on: date | None = None
    paid_on: date | None = None
    subsidy_received: Money | None = None


@dataclass(frozen=True, slots=True)
class YearToDate:
    """What earlier cases of a year have used up of deductible, cap and 倾斜救助."""

    year: int
    deductible_used: Money | None = None
    assistance_paid: Money | None = None
    tilt_paid: Money | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the household; None is unknown, and unknown is neither no nor zero."""

    id: str
    name: str | None = None
    id_number: str | None = None
    stated_birth_date: date | None = None
    relation: str | None = None
    counted: bool | None = None
    note: str | None = None
    identities: tuple[Identity, ...] | None = None
    insurance: tuple[Insurance, ...] = ()
    registered_in_province: bool | None = None
    insured_in_province: bool | None = None
    out_of_poverty: bool | None = None
    disability_grade: int | None = None
    serious_illness: str | None = None
    year_to_date: tuple[YearToDate, ...] = ()

    @property
    def birth_date(self) -> date | None:
        """From the ID number where there is one, else as stated."""
        return birth_date_of(self.id_number) if self.id_number else self.stated_birth_date

    def used_in(self, year: int) -> YearToDate | None:
        """What earlier cases of the year used up together; None where there were none."""
        of_year = [used for used in self.year_to_date if used.year == year]
        if not of_year:
            return None
        return YearToDate(
            year,
            deductible_used=_known_sum([used.deductible_used for used in of_year]),
            assistance_paid=_known_sum([used.assistance_paid for used in of_year]),
            tilt_paid=_known_sum([used.tilt_paid for used in of_year]),
        )

    def open_in(self, year: int, key: str) -> int | None:
        """The place of the year's first entry that leaves an amount open; None where none does."""
        places = enumerate(self.year_to_date)
        return next((place for place, used in places if used.year == year and getattr(used, key) is None), None)


def _known_sum(amounts: list[Money | None]) -> Money | None:
    known = [amount for amount in amounts if amount is not None]
    return total(known) if len(known) == len(amounts) else None
