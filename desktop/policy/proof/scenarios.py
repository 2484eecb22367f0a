"""Reading scenarios: a case in a few words, and the answer that a policy officer would sign."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.case import CASE_FORMAT
from desktop.domain.fields import Fields
from desktop.domain.money import Money
from desktop.domain.problems import Fault, Refused
from desktop.policy.wording import REASONS, SUBSIDY_REASONS, TEST_VERDICTS, VERDICTS

# TOML has no null: this word takes a default away, and answers what cannot be computed.
UNKNOWN = "未知"
OF_CASE = ("matter", "applied_on", "surveyed_on", "patient")
OF_HOUSEHOLD = ("residence", "property_ok")
ROWS = {"members": "member", "incomes": "income", "assets": "asset", "expenses": "expense"}
ROWS_OF_MEMBER = {"identities": "identity", "insurance": "insurance", "year_to_date": "year_to_date"}
DEFAULTS = ("on", *OF_CASE, *OF_HOUSEHOLD, *ROWS, *ROWS.values(), *ROWS_OF_MEMBER.values())
# What a scenario may say otherwise than its locality's file.
OF_LOCALITY = ("verified", "dibao_standard", "per_capita_disposable_income", "premium", "property_rule", "values")
PARTS_OF_TOTAL = ("in_scope", "prior_self_pay", "over_price_limit", "full_self_pay")

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Expected:
    """The signed answer. None: the scenario is not about it; an amount of None: it cannot be computed.

    ``out_of_catalogue`` is by expense; ``paid_at_year_end`` are all the expenses that are.
    """

    payable: Mapping[str, Money | None]
    reasons: Mapping[str, str]
    identities: Mapping[str, str]
    verdict: str | None
    tests: Mapping[str, str]
    conditional: bool | None
    subsidies: Mapping[str, Money | None] | None
    subsidy_reasons: Mapping[str, str]
    tilt: Mapping[str, Money | None]
    out_of_catalogue: Mapping[str, Money | None]
    paid_at_year_end: tuple[str, ...] | None
    alerts: tuple[str, ...]
    no_alerts: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A sentence, a whole case file, the locality by its id, the numbers of it that it changes, and the answer."""

    name: str
    assessed_on: date
    case: dict[str, object]
    locality_id: str
    locality: Table
    expected: Expected


@dataclass(frozen=True, slots=True)
class ScenarioBook:
    """The scenarios beside a policy, and the locality whose numbers they take where they name no other."""

    locality: str
    scenarios: tuple[Scenario, ...]


def read_scenarios(data: object) -> ScenarioBook:
    """Scenarios from their parsed TOML; each takes from ``defaults`` what it does not say.

    Raises:
        Refused: with every fault that was found, by path; a case's own faults show when it is checked.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    defaults = fields.raw("defaults")
    locality = fields.needed_text("locality")
    given = defaults if isinstance(defaults, Mapping) else {}
    for key in given:
        if key not in DEFAULTS:
            fields.note(f"defaults.{key}", "没有这个字段。", f"可写：{'、'.join(DEFAULTS)}。")
    scenarios = fields.each("scenarios", lambda one: _scenario(one, given, locality)) or ()
    fields.close()
    names = [scenario.name for scenario in scenarios]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.note("scenarios", f"有两个情形都叫「{name}」。", "请给每个情形各自的名称。")
    if faults:
        raise Refused(tuple(faults))
    return ScenarioBook(locality, scenarios)


def _scenario(fields: Fields, defaults: Table, locality: str) -> Scenario:
    fields.text("why")
    said = {key: fields.raw(key) for key in ("on", *OF_CASE, *OF_HOUSEHOLD, *ROWS)}
    case = _merged(defaults, {key: value for key, value in said.items() if value is not None})
    locality_id = fields.text("locality_id") or locality
    expected = fields.table("expect")
    if expected is None:
        fields.note("expect", "没有写明应有的结果。", "请写明 expect。")
    on = case.get("on")
    if not isinstance(on, date):
        fields.note("on", "没有测算日期。", "请在 defaults 或本情形中写明 on。")
    return Scenario(
        name=fields.needed_text("name"),
        assessed_on=on if isinstance(on, date) else date.min,
        case=_case(case, defaults, locality_id),
        locality_id=locality_id,
        locality=_numbers(fields.table("locality")),
        expected=_expected(expected or Fields({}, fields.at("expect"), [])),
    )


def _numbers(fields: Fields | None) -> Table:
    """What the scenario says otherwise than the locality's file; checked when it is put into the locality."""
    if fields is None:
        return {}
    said = {key: fields.raw(key) for key in OF_LOCALITY if fields.raw(key) is not None}
    fields.close()
    return said


def _case(said: Table, defaults: Table, locality: str) -> dict[str, object]:
    """The full case file of a scenario (contract ``yimen-case/1``)."""
    rows = {name: _rows(said.get(name), defaults, one) for name, one in ROWS.items()}
    for index, member in enumerate(rows["members"] or (), start=1):
        member.setdefault("id", f"p{index}")
        for name, one in ROWS_OF_MEMBER.items():
            if name in member:
                member[name] = _rows(member[name], defaults, one)
    for index, expense in enumerate(rows["expenses"] or (), start=1):
        expense.setdefault("id", f"e{index}")
        _complete(expense)
    household = {key: said[key] for key in OF_HOUSEHOLD if key in said}
    household |= {name: rows[name] for name in ("members", "incomes", "assets")}
    case = {key: said[key] for key in OF_CASE if key in said}
    return {"format": CASE_FORMAT, "locality": locality, **case, "household": household, "expenses": rows["expenses"]}


def _rows(said: object, defaults: Table, one: str) -> list[dict[str, object]] | None:
    """Each row over the defaults of its kind; None where nothing is said, or it is said to be unknown."""
    own = defaults.get(one)
    default = own if isinstance(own, Mapping) else {}
    return [_merged(default, row) for row in said if isinstance(row, Mapping)] if isinstance(said, list) else None


def _merged(default: Table, said: Table) -> dict[str, object]:
    return {key: value for key, value in {**default, **said}.items() if value != UNKNOWN}


def _complete(expense: dict[str, object]) -> None:
    """What a settlement sheet implies: a stay of one day, and a total that its parts add up to."""
    if expense.get("kind") == "inpatient" and "settled_on" in expense:
        expense.setdefault("admitted_on", expense["settled_on"])
        expense.setdefault("discharged_on", expense["settled_on"])
    amounts = [expense.get(key) for key in PARTS_OF_TOTAL]
    known = [Decimal(amount) for amount in amounts if isinstance(amount, int | Decimal)]
    if len(known) == len(amounts):
        expense.setdefault("total", sum(known))


def _expected(fields: Fields) -> Expected:
    expected = Expected(
        payable=_amounts(fields, "payable") or {},
        reasons=_codes(fields, "reasons", REASONS),
        identities=_codes(fields, "identities", None),
        verdict=fields.code("verdict", VERDICTS),
        tests=_codes(fields, "tests", TEST_VERDICTS),
        conditional=fields.flag("conditional"),
        subsidies=_amounts(fields, "subsidies"),
        subsidy_reasons=_codes(fields, "subsidy_reasons", SUBSIDY_REASONS),
        tilt=_amounts(fields, "tilt") or {},
        out_of_catalogue=_amounts(fields, "out_of_catalogue") or {},
        paid_at_year_end=None if fields.raw("paid_at_year_end") is None else fields.texts("paid_at_year_end"),
        alerts=fields.texts("alerts"),
        no_alerts=fields.texts("no_alerts"),
        missing=fields.texts("missing"),
        refused=fields.texts("refused"),
    )
    fields.close()
    return expected


def _amounts(fields: Fields, key: str) -> dict[str, Money | None] | None:
    table = fields.table(key)
    if table is None:
        return None
    return {name: None if table.raw(name) == UNKNOWN else table.money(name) for name in table.names()}


def _codes(fields: Fields, key: str, codes: Collection[str] | None) -> dict[str, str]:
    table = fields.table(key)
    if table is None:
        return {}
    return {
        name: table.needed_text(name) if codes is None else table.needed_code(name, codes) for name in table.names()
    }
