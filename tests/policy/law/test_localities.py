"""A locality says what was published, from its day on; what was not published is absent, never zero."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.policy.law.localities import read_locality
from desktop.policy.proof.answers import locality_faults
from desktop.work.library import Library

FILE = paths.POLICIES / "localities" / "guizhou-sample.toml"
Table = dict[str, Any]


@pytest.fixture
def table() -> Table:
    """The sample locality as parsed, to be spoiled."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def put(table: Table, path: str, value: object) -> None:
    *way, last = re.findall(r"\w+", path)
    place: Any = table
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", "red"),
        ("dibao_standard[0].suburban", 500),
        ("premium[0].colour", 1),
        ("dibao_standard[0].rural", "440"),
        ("dibao_standard[0].rural", 440.5),
        ("dibao_standard[0].rural", -1),
        ("dibao_standard[0].from", None),
        ("dibao_standard[0].from", "2022-07-32"),
        ("premium[0].amount", "350"),
        ("premium[0].amount", None),
        ("premium[0].year", "2023"),
        ("per_capita_disposable_income[0].amount", None),
        ("values.dibao_marginal_multiple", "1.5"),
        ("values.dibao_marginal_multiple", True),
        ("id", None),
        ("name", 7),
        ("policy", ""),
        ("source", None),
        ("verified", "yes"),
        ("values", []),
        ("premium", {}),
    ],
)
def test_a_spoiled_field_is_refused_at_its_path(table: Table, path: str, value: object) -> None:
    put(table, path, value)
    with pytest.raises(Refused) as refused:
        read_locality(table)
    assert path in [fault.path for fault in refused.value.faults]


@pytest.mark.parametrize("key", ["dibao_standard", "premium", "per_capita_disposable_income"])
def test_two_numbers_of_one_day_or_year_are_refused(table: Table, key: str) -> None:
    table[key].append(dict(table[key][0]))
    with pytest.raises(Refused) as refused:
        read_locality(table)
    assert [fault.path for fault in refused.value.faults] == [key]


@pytest.mark.parametrize(
    ("residence", "day", "standard"),
    [
        ("rural", date(2022, 6, 30), None),
        ("rural", date(2022, 7, 1), Decimal(440)),
        ("rural", date(2023, 6, 30), Decimal(440)),
        ("rural", date(2023, 7, 1), Decimal(480)),
        ("urban", date(2023, 6, 30), Decimal(660)),
        ("urban", date(2030, 1, 1), Decimal(690)),
        (None, date(2024, 1, 1), None),
    ],
)
def test_the_latest_standard_that_has_begun_applies(
    library: Library, residence: str | None, day: date, standard: Decimal | None
) -> None:
    assert library.localities["guizhou-sample"].dibao_standard(residence, day) == standard


def test_what_was_not_published_is_unknown(library: Library) -> None:
    locality = library.localities["guizhou-sample"]
    assert locality.premium(1999) is None
    assert locality.number("tilt") is None and locality.numbers("tilt") is None
    assert locality.numbers("dibao_marginal_multiple") is None


TILT = {"ratio": Decimal("0.5"), "cap": 30000, "deductible": 0}


@pytest.mark.parametrize(
    ("values", "paths_at_fault"),
    [
        ({"dibao_marginal_multiple": Decimal("1.5"), "tilt": TILT}, []),
        ({}, []),
        ({"dibao_marginal_multipel": Decimal("1.5")}, ["values.dibao_marginal_multipel"]),
        ({"tilt": Decimal("0.5")}, ["values.tilt"]),
        ({"tilt": {"ratio": Decimal("0.5"), "cap": 30000}}, ["values.tilt"]),
        ({"tilt": {**TILT, "colour": 1}}, ["values.tilt"]),
        ({"dibao_marginal_multiple": {"urban": 2}}, ["values.dibao_marginal_multiple"]),
    ],
)
def test_a_locality_says_what_its_policy_asks_for(
    library: Library, table: Table, values: Table, paths_at_fault: list[str]
) -> None:
    table["values"] = values
    faults = locality_faults(library.policies["guizhou-2022-19"], read_locality(table))
    assert [fault.path for fault in faults] == paths_at_fault
