"""Checking a policy against its own scenarios, and a locality against what its policy asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.money import Money, paper_text
from desktop.domain.problems import Fault, Refused
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.localities import Locality, read_locality
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.scenarios import UNKNOWN, Expected, Scenario, read_scenarios
from desktop.policy.tilt import TILT_NUMBERS

NOT_COMPUTED = "不能计算"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario and where its answer differs from the signed one, in plain words; nowhere: it passed."""

    name: str
    differences: tuple[str, ...]


def check_scenarios(policy: Policy, localities: Mapping[str, Locality], data: object) -> tuple[Outcome, ...]:
    """Runs every scenario of a policy's parsed ``scenarios.toml``.

    Raises:
        Refused: where the scenarios themselves cannot be read, with every fault by path.
    """
    book = read_scenarios(data)
    base = localities.get(book.locality)
    if base is None:
        raise Refused(
            (Fault("locality", f"没有名为「{book.locality}」的地区参数。", f"现有：{'、'.join(localities)}。"),)
        )
    return tuple(Outcome(one.name, _differences(one, policy, base)) for one in book.scenarios)


# What a value of each unit looks like in a locality file.
SHAPES: dict[str, tuple[type, ...]] = {
    "yuan": (Decimal,),
    "share": (Decimal,),
    "times": (Decimal,),
    "points": (Decimal,),
    "ratio": (Decimal, tuple),
    "tilt": (Mapping,),
    "day": (date,),
}
SHARES = ("share", "ratio", "points")


def locality_faults(policy: Policy, locality: Locality) -> tuple[Fault, ...]:
    """What a locality says that its policy does not ask for, or not in this shape."""
    declared = {value.key: value for value in policy.locality_values}
    faults: list[Fault] = []
    for key, stated in locality.values.items():
        path = f"values.{key}"
        value = declared.get(key)
        if value is None:
            faults.append(Fault(path, "政策没有由地区公布的这一数值。", f"可填：{'、'.join(declared)}。"))
        elif not isinstance(stated, SHAPES[value.unit]):
            faults.append(Fault(path, "数值的写法不对。", f"单位为 {value.unit}，应为{_written(value.unit)}。"))
        elif isinstance(stated, Mapping) and set(stated) != set(TILT_NUMBERS):
            faults.append(Fault(path, "这一组数值不全，或有多余的。", f"应为：{'、'.join(TILT_NUMBERS)}。"))
        elif value.unit in SHARES and isinstance(stated, Decimal) and not 0 < stated <= 1:
            faults.append(Fault(path, "比例不在 0 与 1 之间。", "请写成小数，例如 0.70。"))
    return tuple(faults)


def _written(unit: str) -> str:
    """How a value of a unit is written."""
    shapes = {
        "tilt": f"一组：{'、'.join(TILT_NUMBERS)}",
        "day": "日期，例如 2025-12-31",
        "ratio": "一个数，或分段的列表",
    }
    return shapes.get(unit, "一个数")


def _differences(scenario: Scenario, policy: Policy, base: Locality) -> tuple[str, ...]:
    expected = scenario.expected
    try:
        rules = Rules(policy, _locality(base, scenario))
        case = read_case(scenario.case)
    except Refused as refused:
        paths = tuple(sorted({fault.path for fault in refused.faults}))
        same = paths == tuple(sorted(set(expected.refused)))
        return () if same else tuple(f"案件被拒：{fault}" for fault in refused.faults)
    if expected.refused:
        return (f"案件应被拒（{'、'.join(expected.refused)}），却被接受。",)
    return tuple(_compared(expected, assess(case, rules, scenario.assessed_on)))


def _locality(base: Locality, scenario: Scenario) -> Locality:
    """The locality with the scenario's numbers in place of its own.

    Raises:
        Refused: where those numbers cannot be read.
    """
    numbers = dict(scenario.locality)
    stated = numbers.pop("values", None)
    values = dict(stated) if isinstance(stated, Mapping) else {}
    known = {key: value for key, value in values.items() if value != UNKNOWN}
    own = {key: getattr(base, key) for key in ("id", "name", "region_code", "policy", "source", "verified")}
    read = read_locality({**own, **numbers, "values": known})
    kept = {key: value for key, value in base.values.items() if key not in values}
    return replace(
        base,
        verified=read.verified,
        values={**kept, **read.values},
        dibao_standards=read.dibao_standards if "dibao_standard" in numbers else base.dibao_standards,
        premiums=read.premiums if "premium" in numbers else base.premiums,
        property_rules=read.property_rules if "property_rule" in numbers else base.property_rules,
        disposable_incomes=(
            read.disposable_incomes if "per_capita_disposable_income" in numbers else base.disposable_incomes
        ),
    )


def _compared(expected: Expected, found: Assessment) -> Iterator[str]:
    yield from _compared_lines(expected, found)
    verdict = found.identification.verdict if found.identification else None
    if verdict != expected.verdict:
        yield f"认定结论应为 {expected.verdict or '（无）'}，实为 {verdict or '（无）'}。"
    tests = {test.id: test.verdict for test in found.identification.tests} if found.identification else {}
    yield from _each("认定条件", expected.tests, tests)
    if expected.conditional is not None:
        conditional = any(benefit.conditional for benefit in found.benefits)
        if conditional != expected.conditional:
            yield f"conditional 应为 {str(expected.conditional).lower()}，实为 {str(conditional).lower()}。"
    yield from _compared_subsidies(expected, found)
    tilts = {f"{benefit.person}/{benefit.year}": benefit.tilt for benefit in found.benefits}
    yield from _each("倾斜救助", _texts(expected.tilt), _texts(tilts))
    alerts = {alert.id for alert in found.alerts}
    yield from (f"应有提示 {one}，没有。" for one in expected.alerts if one not in alerts)
    yield from (f"不应有提示 {one}，却有。" for one in expected.no_alerts if one in alerts)
    missing = sorted(one.path for one in found.missing)
    if missing != sorted(expected.missing):
        yield f"缺少的信息应为 {'、'.join(sorted(expected.missing)) or '（无）'}，实为 {'、'.join(missing) or '（无）'}。"


def _compared_lines(expected: Expected, found: Assessment) -> Iterator[str]:
    """Every line's amount and reason must be the signed one; none may go unmentioned."""
    lines = {line.expense: line for benefit in found.benefits for line in benefit.lines}
    yield from _same("应付", _texts(expected.payable), _texts({name: line.payable for name, line in lines.items()}))
    reasons = {name: line.reason for name, line in lines.items() if line.reason}
    yield from _same("原因", expected.reasons, reasons)
    yield from _each("身份", expected.identities, {name: line.identity or "（无）" for name, line in lines.items()})


def _compared_subsidies(expected: Expected, found: Assessment) -> Iterator[str]:
    amounts = {f"{one.person}/{one.year}": one.amount for one in found.subsidies}
    if expected.subsidies is not None:
        yield from _same("资助参保", _texts(expected.subsidies), _texts(amounts))
    reasons = {f"{one.person}/{one.year}": one.reason or "（无）" for one in found.subsidies}
    yield from _each("资助参保原因", expected.subsidy_reasons, reasons)


def _texts(amounts: Mapping[str, Money | None]) -> dict[str, str]:
    return {name: NOT_COMPUTED if amount is None else paper_text(amount) for name, amount in amounts.items()}


def _each(what: str, expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """What the scenario states must be so; what it does not state is left alone."""
    for name, answer in expected.items():
        if found.get(name) != answer:
            yield f"{name} {what}应为 {answer}，实为 {found.get(name, '（无）')}。"


def _same(what: str, expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Both must state the same: what the scenario leaves out must not be there."""
    yield from _each(what, expected, found)
    yield from (f"{name} {what}实为 {found[name]}，情形中没有写明。" for name in found if name not in expected)
