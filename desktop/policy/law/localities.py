"""What local governments publish: the numbers of one 统筹地区, each from its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.fields import Fields
from desktop.domain.problems import Fault, Refused


@dataclass(frozen=True, slots=True)
class DibaoStandard:
    """The 低保 standard from a day on, yuan per person and month."""

    first: date
    urban: Decimal | None
    rural: Decimal | None


@dataclass(frozen=True, slots=True)
class DisposableIncome:
    """A year's disposable income per head of all residents, yuan."""

    year: int
    amount: Decimal
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Premium:
    """The individual premium of an insured year, yuan, and the last day of its collection."""

    year: int
    amount: Decimal
    collection_ends: date | None


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
    values: Mapping[str, Decimal | Mapping[str, Decimal]]

    def dibao_standard(self, residence: str | None, day: date) -> Decimal | None:
        """The standard in force on a day for urban or rural households; None where unknown."""
        begun = [standard for standard in self.dibao_standards if standard.first <= day]
        if not begun or residence is None:
            return None
        latest = max(begun, key=lambda standard: standard.first)
        return latest.urban if residence == "urban" else latest.rural

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
        values=_values(fields.table("values")),
    )
    fields.close()
    for key, days in (
        ("dibao_standard", [standard.first for standard in locality.dibao_standards]),
        ("per_capita_disposable_income", [income.year for income in locality.disposable_incomes]),
        ("premium", [premium.year for premium in locality.premiums]),
    ):
        if len(set(days)) < len(days):
            fields.note(key, "同一日期（年度）有两个数值。", "请只保留一个。")
    if faults:
        raise Refused(tuple(faults))
    return locality


def _standard(fields: Fields) -> DibaoStandard:
    return DibaoStandard(_needed_day(fields, "from"), _amount(fields, "urban"), _amount(fields, "rural"))


def _disposable_income(fields: Fields) -> DisposableIncome:
    return DisposableIncome(
        fields.needed_whole("year", 1990, 2200), _needed_amount(fields, "amount"), fields.day("published_on")
    )


def _premium(fields: Fields) -> Premium:
    return Premium(
        fields.needed_whole("year", 1990, 2200), _needed_amount(fields, "amount"), fields.day("collection_ends")
    )


def _values(fields: Fields | None) -> dict[str, Decimal | Mapping[str, Decimal]]:
    values: dict[str, Decimal | Mapping[str, Decimal]] = {}
    if fields is None:
        return values
    for key in fields.names():
        if isinstance(fields.raw(key), Mapping):
            group = fields.table(key)
            assert group is not None
            values[key] = {name: _needed_amount(group, name) for name in group.names()}
        else:
            values[key] = _needed_amount(fields, key)
    return values


def _needed_day(fields: Fields, key: str) -> date:
    day = fields.day(key)
    if day is None and fields.raw(key) is None:
        fields.note(key, "必须填写。", "请补填起始日期。")
    return day or date.min


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
