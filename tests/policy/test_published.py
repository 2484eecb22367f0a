"""Which published figure applies on a day, and what is taken from it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.policy.law.benefit_rules import DisposableIncomeRule
from desktop.policy.law.localities import DisposableIncome
from desktop.policy.law.quantities import Quantity
from desktop.policy.law.rules import Rules
from desktop.policy.law.sources import Source
from desktop.policy.published import disposable_income, quantity_on
from desktop.work.library import Library

SOURCE = Source("P-36", "第四十七条")
BY_PUBLICATION = DisposableIncomeRule(by_publication=True, whole_yuan=True, source=SOURCE)


def figure(year: int, amount: str, published_on: date | None) -> DisposableIncome:
    """A year's figure of all residents."""
    return DisposableIncome(year, Decimal(amount), None, None, published_on)


@pytest.fixture
def rules(library: Library) -> Rules:
    """Rules that go by the day of publication, with three years' figures."""
    found = library.rules("guizhou-sample")
    figures = (
        figure(2021, "27426", date(2022, 1, 25)),
        figure(2022, "29178", date(2023, 1, 31)),
        figure(2023, "30923.50", date(2024, 2, 1)),
    )
    policy = replace(found.policy, disposable_income=BY_PUBLICATION)
    return Rules(policy, replace(found.locality, disposable_incomes=figures))


@pytest.mark.parametrize(
    ("day", "yuan"),
    [
        (date(2023, 1, 31), "27426"),  # published this very day: the year before's still
        (date(2023, 2, 1), "29178"),  # the first of the month after
        (date(2023, 12, 31), "29178"),
        (date(2024, 1, 1), "29178"),
        (date(2024, 2, 29), "29178"),
        (date(2024, 3, 1), "30924"),  # rounded half up to whole yuan
    ],
)
def test_a_figure_applies_from_the_month_after_its_publication(rules: Rules, day: date, yuan: str) -> None:
    assert disposable_income(rules, day) == Decimal(yuan)


def test_by_calendar_year_the_year_befores_figure_applies_as_it_stands(rules: Rules) -> None:
    by_year = Rules(replace(rules.policy, disposable_income=None), rules.locality)
    assert disposable_income(by_year, date(2024, 1, 1)) == Decimal("30923.50")
    assert disposable_income(by_year, date(2023, 12, 31)) == Decimal(29178)


def test_where_the_year_befores_figure_is_missing_the_one_before_it_serves_and_nothing_older(rules: Rules) -> None:
    assert disposable_income(rules, date(2025, 6, 1)) == Decimal(30924)
    assert disposable_income(rules, date(2026, 1, 1)) is None
    by_year = Rules(replace(rules.policy, disposable_income=None), rules.locality)
    assert disposable_income(by_year, date(2025, 6, 1)) == Decimal("30923.50")
    assert disposable_income(by_year, date(2026, 6, 1)) is None


def test_without_its_day_of_publication_nobody_can_say_which_figure_applies(rules: Rules) -> None:
    figures = (figure(2022, "29178", date(2023, 1, 31)), figure(2023, "30924", None))
    unsure = Rules(rules.policy, replace(rules.locality, disposable_incomes=figures))
    assert disposable_income(unsure, date(2024, 6, 1)) is None


def test_a_share_keeps_its_decimals(rules: Rules) -> None:
    quarter = Quantity(SOURCE, Decimal("0.25"), "disposable_income")
    assert quantity_on(rules, quarter, date(2023, 6, 1)) == Decimal("7294.50")


def test_a_value_that_the_locality_has_not_published_is_unknown_never_zero(rules: Rules) -> None:
    assert quantity_on(rules, Quantity(SOURCE, value="deductible"), date(2023, 6, 1)) is None
    local = Rules(rules.policy, replace(rules.locality, values={"deductible": Decimal(0)}))
    assert quantity_on(local, Quantity(SOURCE, value="deductible"), date(2023, 6, 1)) == 0
