"""Published numbers as they apply on a day: disposable income, and the quantities that are shares of it or a locality's."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.calendar import month_end
from desktop.policy.findings import Findings
from desktop.policy.law.localities import DisposableIncome
from desktop.policy.law.quantities import Quantity, Ratio, RatioStep
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source

WHOLE = Decimal(1)


def disposable_income(rules: Rules, day: date) -> Decimal | None:
    """The disposable income per head of all residents that applies on a day, yuan a year; None where unknown (A15)."""
    figure = figure_on(rules, day)
    if figure is None or figure.amount is None:
        return None
    whole = rules.policy.disposable_income is not None and rules.policy.disposable_income.whole_yuan
    return figure.amount.quantize(WHOLE, ROUND_HALF_UP) if whole else figure.amount


def figure_on(rules: Rules, day: date) -> DisposableIncome | None:
    """The year's figure that applies on a day: the year before's, else the one before it; nothing older (A15)."""
    rule, locality = rules.policy.disposable_income, rules.locality
    last, older = locality.disposable_income(day.year - 1), locality.disposable_income(day.year - 2)
    if rule is None or not rule.by_publication:
        return last or older
    if last is not None and last.published_on is None:
        # Which of the two applies is not known while the day of publication is not.
        return None
    return last if last is not None and _applies(last, day) else older


def _applies(figure: DisposableIncome, day: date) -> bool:
    """From the first of the month after publication."""
    return figure.published_on is not None and month_end(figure.published_on) < day


def quantity_on(rules: Rules, quantity: Quantity, day: date) -> Decimal | None:
    """A quantity in yuan on a day, exact; None where a number that it needs is not published."""
    number = quantity.number if quantity.value is None else rules.locality.number(quantity.value)
    if number is None or quantity.of is None:
        return number
    income = disposable_income(rules, day)
    return None if income is None else number * income


def steps_of(rules: Rules, ratio: Ratio) -> tuple[RatioStep, ...] | None:
    """The steps of a ratio; None where the locality has not published it."""
    return ratio.steps if ratio.value is None else rules.locality.ratio(ratio.value)


def lack_quantity(rules: Rules, quantity: Quantity, day: date, findings: Findings) -> None:
    """Notes the number that a quantity needs and nobody has published here."""
    if quantity.value is not None and rules.locality.number(quantity.value) is None:
        lack_value(rules, quantity.value, quantity.source, findings)
    elif quantity.of is not None:
        lack_disposable_income(rules, day, quantity.source, findings)


def lack_value(rules: Rules, key: str, source: Source, findings: Findings) -> None:
    """Notes a value that the policy leaves to the locality, and that it has not published."""
    value = rules.policy.locality_value(key)
    findings.lack_number(f"locality.values.{key}", f"缺{value.name}", value.who, source)


def lack_disposable_income(rules: Rules, day: date, source: Source, findings: Findings) -> None:
    """Notes the disposable income that applies on a day."""
    path = f"locality.per_capita_disposable_income.{day.year - 1}"
    why = f"缺 {day.year - 1} 年居民人均可支配收入（或其公布日期）"
    findings.lack_number(path, why, "统计部门", source)
