"""What each of several identities would pay, side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop.domain.reading import read_case
from desktop.policy.alternatives import Alternative, alternatives
from desktop.policy.assess import assess
from desktop.work.library import Library

ON = date(2024, 5, 28)
Draft = dict[str, Any]


@pytest.fixture
def compared(library: Library) -> Callable[[Draft], tuple[Alternative, ...]]:
    """The comparison of a draft on its own locality."""

    def made(draft: Draft) -> tuple[Alternative, ...]:
        case = read_case(draft)
        rules = library.rules(case.locality)
        return alternatives(case, rules, assess(case, rules, ON))

    return made


def holding(sample: Draft, *kinds: str) -> Draft:
    """The first sample as an application of somebody who holds these identities."""
    sample["matter"] = "assistance"
    sample["household"]["members"][0]["identities"] = [{"kind": kind, "since": "2020-01-01"} for kind in kinds]
    return sample


def test_one_identity_is_no_choice(sample: Callable[[str], Draft], compared: Any) -> None:
    assert compared(holding(sample("01"), "dibao")) == ()


def test_two_identities_stand_side_by_side_the_better_first(sample: Callable[[str], Draft], compared: Any) -> None:
    found = compared(holding(sample("01"), "dibao_marginal", "dibao"))
    shown = [(one.identity, str(one.payable), one.ahead) for one in found]
    # self_pay 23 500: 70 % of it, and 60 % of what lies above 1 000.
    assert shown == [("dibao", "16450.00", False), ("dibao_marginal", "13500.00", False)]


def test_identities_held_in_turn_are_no_choice(sample: Callable[[str], Draft], compared: Any) -> None:
    draft = holding(sample("01"), "dibao", "dibao_marginal")
    first, second = draft["household"]["members"][0]["identities"]
    first["until"], second["since"] = "2023-12-31", "2024-01-01"
    assert compared(draft) == ()


def test_a_redirect_shows_what_both_ways_would_pay(sample: Callable[[str], Draft], compared: Any) -> None:
    found = compared(sample("02"))
    assert [(one.identity, one.ahead) for one in found] == [("dibao_marginal", True), ("illness_poverty", False)]
    assert [str(one.payable) for one in found] == ["9214.19", "7178.49"]


def test_who_is_not_recognised_is_not_told_what_it_would_pay(sample: Callable[[str], Draft], compared: Any) -> None:
    assert compared(sample("03")) == ()
