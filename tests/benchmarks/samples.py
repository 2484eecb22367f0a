"""The cases that the contests are about, made from the sample case files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from desktop.domain.case import Case
from desktop.domain.money import Money
from desktop.work.assessing import read_json

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 5, 28, 9, 30, tzinfo=UTC)
DAY = NOW.date()
SETTLED = ("2024-02-20", "2024-03-05", "2024-03-19", "2024-04-02", "2024-04-16")
# Those in which nothing is unknown: the loops by hand and the peer take everything on trust.
KNOWN = (
    "01-illness-poverty.json",
    "02-redirect.json",
    "03-one-fen-above.json",
    "04-not-referred.json",
    "05-just-enrolled.json",
    "06-annual-cap.json",
)
Draft = dict[str, Any]


def sample_case(name: str) -> Draft:
    """A sample case file as data."""
    data = read_json(ROOT / "tests" / "samples" / name)
    assert isinstance(data, dict)
    return data


def with_five_expenses(sample: Draft) -> Draft:
    """The case with five stays, settled one after the other."""
    stay = sample["expenses"][0]
    stays = [
        {**stay, "id": f"e{number}", "discharged_on": day, "settled_on": day} for number, day in enumerate(SETTLED, 1)
    ]
    return {**sample, "expenses": stays}


def differing(case: Case, count: int) -> Iterator[Case]:
    """So many cases like this one, each with amounts of its own, in scope and paid by insurance."""
    chance = Random(count)
    for number in range(count):
        expenses = tuple(
            replace(
                expense,
                in_scope=Money(chance.randint(1_000_000, 7_000_000)),
                basic_paid=Money(chance.randint(100_000, 900_000)),
                major_paid=Money(chance.randint(0, 100_000)),
            )
            for expense in case.expenses
        )
        yield replace(case, case_no=f"2024-{number:05d}", stated_expenses=expenses)
