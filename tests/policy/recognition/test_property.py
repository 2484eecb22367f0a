"""What a household owns, against the rule that its locality states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.case import Case
from desktop.domain.reading import read_case
from desktop.policy.law.localities import DibaoStandard, Locality, PropertyRule
from desktop.policy.recognition.property import property_within_rule
from desktop.work.library import Library

DAY = date(2024, 5, 27)
RULE = PropertyRule(
    date(2023, 1, 1), 48, urban_standard=True, dwellings=1, vehicle_value=Decimal(50_000), business_value=None
)
Sample = Callable[[str], dict[str, Any]]


@pytest.fixture
def case(sample: Sample) -> Callable[..., Case]:
    """The first sample's household of two with these assets, and what was answered outright."""

    def made(*assets: dict[str, object], property_ok: bool | None = None) -> Case:
        draft = sample("01")
        draft["household"] |= {"assets": [{"member": "p1", **asset} for asset in assets], "property_ok": property_ok}
        return read_case(draft)

    return made


@pytest.fixture
def locality(library: Library) -> Locality:
    """A locality with a rule, whose urban standard is the one of a published example: 1181 a month."""
    standards = (DibaoStandard(date(2022, 1, 1), Decimal(1181), Decimal(900)),)
    return replace(library.localities["guizhou-sample"], property_rules=(RULE,), dibao_standards=standards)


def test_forty_eight_months_of_the_standard_are_the_most_by_head(case: Callable[..., Case], locality: Locality) -> None:
    most = 56_688 * 2
    assert property_within_rule(case({"kind": "deposit", "value": most}), locality, DAY) is True
    assert property_within_rule(case({"kind": "deposit", "value": f"{most}.01"}), locality, DAY) is False
    both = ({"kind": "deposit", "value": most}, {"kind": "securities", "value": "0.01"})
    assert property_within_rule(case(*both), locality, DAY) is False


def test_a_second_dwelling_is_one_too_many(case: Callable[..., Case], locality: Locality) -> None:
    assert property_within_rule(case({"kind": "house", "value": 1}), locality, DAY) is True
    assert property_within_rule(case({"kind": "house", "count": 2}), locality, DAY) is False


def test_vehicles_count_by_what_they_are_worth_together(case: Callable[..., Case], locality: Locality) -> None:
    assert property_within_rule(case({"kind": "vehicle", "value": 50_000}), locality, DAY) is True
    two = ({"kind": "vehicle", "value": 30_000}, {"kind": "vehicle", "value": "20000.01"})
    assert property_within_rule(case(*two), locality, DAY) is False


def test_what_is_not_valued_leaves_the_answer_open_unless_the_rest_is_too_much(
    case: Callable[..., Case], locality: Locality
) -> None:
    assert property_within_rule(case({"kind": "vehicle"}), locality, DAY) is None
    assert property_within_rule(case({"kind": "vehicle"}, {"kind": "house", "count": 3}), locality, DAY) is False
    assert property_within_rule(case({"value": 10}), locality, DAY) is None


def test_what_was_answered_outright_stands(case: Callable[..., Case], locality: Locality) -> None:
    assert property_within_rule(case({"kind": "house", "count": 3}, property_ok=True), locality, DAY) is True


def test_without_a_rule_for_the_day_nothing_is_decided(case: Callable[..., Case], locality: Locality) -> None:
    assert property_within_rule(case({"kind": "deposit", "value": 1}), locality, date(2022, 12, 31)) is None
    bare = replace(locality, property_rules=())
    assert property_within_rule(case({"kind": "deposit", "value": 1}), bare, DAY) is None
