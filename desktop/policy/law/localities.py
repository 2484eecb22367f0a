"""What local governments publish: the numbers of one 统筹地区, each from its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.fields import Fields
from desktop.domain.problems import Fault, Refused
from desktop.policy.law.quantities import RatioStep, check_steps, read_step
from desktop.policy.law.sources import needed_day

# A number, a group of numbers, a ratio in steps, or a day: which one, the policy's locality_values say.
Published = Decimal | Mapping[str, Decimal] | tuple[RatioStep, ...] | date


@dataclass(frozen=True, slots=True)
class DibaoStandard:
    """The 低保 standard from a day on, yuan per person and month."""

    first: date
    urban: Decimal | None
    rural: Decimal | None


@dataclass(frozen=True, slots=True)
class DisposableIncome:
    """A year's disposable income per head, yuan: of all residents, and of urban and rural ones where published."""

    year: int
    amount: Decimal | None
    urban: Decimal | None
    rural: Decimal | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Premium:
    """The individual premium of an insured year, yuan, and the last day of its collection."""

    year: int
    amount: Decimal
    collection_ends: date | None


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """What a household may own, from a day on; a line that the rule does not draw is None.

    Deposits and securities per counted member, in months of the 低保 standard (the urban one, or the household's own);
    the number of dwellings; vehicles and businesses in yuan altogether.
    """

    first: date
    financial_months: int | None
    urban_standard: bool
    dwellings: int | None
    vehicle_value: Decimal | None
    business_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Locality:
    """The published numbers of a 统筹地区; what nobody published is absent, never zero."""

    id: str
    name: str
    region_code: str
    policy: str
    source: str
    verified: bool
    dibao_standards: tuple[DibaoStandard, ...]
    disposable_incomes: tuple[DisposableIncome, ...]
    premiums: tuple[Premium, ...]
    property_rules: tuple[PropertyRule, ...]
    values: Mapping[str, Published]

    def dibao_standard(self, residence: str | None, day: date) -> Decimal | None:
        """The standard in force on a day for urban or rural households; None where unknown."""
        begun = [standard for standard in self.dibao_standards if standard.first <= day]
        if not begun or residence is None:
            return None
        latest = max(begun, key=lambda standard: standard.first)
        return latest.urban if residence == "urban" else latest.rural

    def disposable_income(self, year: int) -> DisposableIncome | None:
        """The figure of a year; None where unknown."""
        return next((income for income in self.disposable_incomes if income.year == year), None)

    def property_rule(self, day: date) -> PropertyRule | None:
        """The property rule in force on a day; None where none is stated."""
        begun = [rule for rule in self.property_rules if rule.first <= day]
        return max(begun, key=lambda rule: rule.first) if begun else None

    def premium(self, year: int) -> Premium | None:
        """The premium of an insured year; None where unknown."""
        return next((premium for premium in self.premiums if premium.year == year), None)

    def number(self, key: str) -> Decimal | None:
        """A value that the policy leaves to the locality; None where not published."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def numbers(self, key: str) -> Mapping[str, Decimal] | None:
        """A group of such values; None where not published."""
        value = self.values.get(key)
        return value if isinstance(value, Mapping) else None

    def ratio(self, key: str) -> tuple[RatioStep, ...] | None:
        """A ratio, in one step or several; None where not published."""
        value = self.values.get(key)
        if isinstance(value, tuple):
            return value
        return (RatioStep(value),) if isinstance(value, Decimal) else None

    def day(self, key: str) -> date | None:
        """A day that the policy leaves to the locality; None where not published."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None


def read_locality(data: object) -> Locality:
    """A locality from its parsed TOML.

    Raises:
        Refused: with every fault that was found, by path.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    locality = Locality(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        region_code=fields.needed_text("region_code"),
        policy=fields.needed_text("policy"),
        source=fields.needed_text("source"),
        verified=bool(fields.flag("verified")),
        dibao_standards=fields.each("dibao_standard", _standard) or (),
        disposable_incomes=fields.each("per_capita_disposable_income", _disposable_income) or (),
        premiums=fields.each("premium", _premium) or (),
        property_rules=fields.each("property_rule", _property_rule) or (),
        values=_values(fields.table("values")),
    )
    fields.close()
    for key, days in (
        ("dibao_standard", [standard.first for standard in locality.dibao_standards]),
        ("per_capita_disposable_income", [income.year for income in locality.disposable_incomes]),
        ("premium", [premium.year for premium in locality.premiums]),
        ("property_rule", [rule.first for rule in locality.property_rules]),
    ):
        if len(set(days)) < len(days):
            fields.note(key, "同一日期（年度）有两个数值。", "请只保留一个。")
    if faults:
        raise Refused(tuple(faults))
    return locality


def _standard(fields: Fields) -> DibaoStandard:
    standard = DibaoStandard(needed_day(fields, "from"), _published(fields, "urban"), _published(fields, "rural"))
    if fields.raw("urban") is None and fields.raw("rural") is None:
        fields.note("rural", "必须填写。", "请补填城镇（urban）或农村（rural）标准；都没有公布的，不写这一行。")
    return standard


def _disposable_income(fields: Fields) -> DisposableIncome:
    income = DisposableIncome(
        fields.needed_whole("year", 1990, 2200),
        _published(fields, "amount"),
        _published(fields, "urban"),
        _published(fields, "rural"),
        fields.day("published_on"),
    )
    if income.amount is None and income.urban is None and income.rural is None and fields.raw("amount") is None:
        fields.note("amount", "必须填写。", "请补填公布的数值；没有公布的，不写这一年。")
    return income


def _property_rule(fields: Fields) -> PropertyRule:
    return PropertyRule(
        first=needed_day(fields, "from"),
        financial_months=fields.whole("financial_months", 1, 600),
        urban_standard=bool(fields.flag("urban_standard")),
        dwellings=fields.whole("dwellings", 0, 20),
        vehicle_value=_amount(fields, "vehicle_value"),
        business_value=_amount(fields, "business_value"),
    )


def _premium(fields: Fields) -> Premium:
    year, amount = fields.needed_whole("year", 1990, 2200), _published(fields, "amount")
    if fields.raw("amount") is None:
        fields.note("amount", "必须填写。", "没有公布的，不写这一年。")
    return Premium(year, amount or Decimal(0), fields.day("collection_ends"))


def _values(fields: Fields | None) -> dict[str, Published]:
    return {} if fields is None else {key: _value(fields, key) for key in fields.names()}


def _value(fields: Fields, key: str) -> Published:
    stated = fields.raw(key)
    if isinstance(stated, Mapping):
        group = fields.table(key)
        assert group is not None
        return {name: _needed_amount(group, name) for name in group.names()}
    if isinstance(stated, list):
        steps = fields.each(key, read_step) or ()
        check_steps(fields, key, steps)
        return steps
    day = stated if type(stated) is date else None
    return day or _needed_amount(fields, key)


def _published(fields: Fields, key: str) -> Decimal | None:
    """A figure that is never nothing: a zero would stand for one that was not published."""
    figure = _amount(fields, key)
    if figure == 0:
        fields.note(key, "不能为 0。", "没有公布的数值请整项删去，不要写 0。")
    return figure


def _amount(fields: Fields, key: str) -> Decimal | None:
    amount = fields.number(key, text_allowed=False)
    if amount is not None and amount < 0:
        fields.note(key, "不能为负。", "请核对公布的数值。")
    return amount


def _needed_amount(fields: Fields, key: str) -> Decimal:
    amount = _amount(fields, key)
    if fields.raw(key) is None:
        fields.note(key, "必须填写。", "没有公布的数值请整项删去，不要写 0。")
    return amount if amount is not None else Decimal(0)
