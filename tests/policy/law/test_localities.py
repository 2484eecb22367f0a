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
from desktop.policy.law.locality_values import locality_faults
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
        ("dibao_standard[0].rural", 0),
        ("premium[0].amount", 0),
        ("premium[0].amount", "350"),
        ("premium[0].collection_ends", "soon"),
        ("per_capita_disposable_income[0].amount", 0),
        ("per_capita_disposable_income[0].urban", -1),
        ("per_capita_disposable_income[0].published_on", 2023),
        ("region_code", 520000),
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


def test_a_standard_for_nobody_is_refused(table: Table) -> None:
    del table["dibao_standard"][0]["urban"], table["dibao_standard"][0]["rural"]
    with pytest.raises(Refused) as refused:
        read_locality(table)
    assert [fault.path for fault in refused.value.faults] == ["dibao_standard[0].rural"]


STEPS: list[Table] = [{"up_to": 6000, "share": Decimal("0.70")}, {"share": Decimal("0.75")}]


@pytest.mark.parametrize(
    ("steps", "paths_at_fault"),
    [
        (STEPS, []),
        (STEPS[::-1], ["values.ratio"]),
        (STEPS[:1], ["values.ratio"]),
        ([{**STEPS[0], "share": "0.70"}, STEPS[1]], ["values.ratio[0].share"]),
        ([{**STEPS[0], "share": 70}, STEPS[1]], ["values.ratio[0].share"]),
        ([{**STEPS[0], "to": 1}, STEPS[1]], ["values.ratio[0].to"]),
    ],
)
def test_a_ratio_in_steps_rises(table: Table, steps: list[Table], paths_at_fault: list[str]) -> None:
    table["values"] = {"ratio": steps}
    try:
        ratio = read_locality(table).ratio("ratio")
    except Refused as refused:
        assert sorted({fault.path for fault in refused.faults}) == paths_at_fault
    else:
        assert (len(ratio or ()), paths_at_fault) == (2, [])


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
        ({"tilt": {**TILT, "ratio": 50}}, ["values.tilt.ratio"]),
        ({"tilt": date(2025, 12, 31)}, ["values.tilt"]),
        ({"tilt": [{"share": Decimal("0.5")}]}, ["values.tilt"]),
        ({"dibao_marginal_multiple": {"urban": 2}}, ["values.dibao_marginal_multiple"]),
        ({"dibao_marginal_multiple": 0}, ["values.dibao_marginal_multiple"]),
    ],
)
def test_a_locality_says_what_its_policy_asks_for(
    library: Library, table: Table, values: Table, paths_at_fault: list[str]
) -> None:
    table["values"] = values
    faults = locality_faults(library.policies["guizhou-2022-19"], read_locality(table))
    assert [fault.path for fault in faults] == paths_at_fault


@pytest.mark.parametrize(
    ("policy", "values", "paths_at_fault"),
    [
        ("pingshun-2023", {"transition_ends": date(2026, 6, 30)}, []),
        ("pingshun-2023", {"transition_ends": 2026}, ["values.transition_ends"]),
        ("jiangsu-draft-2022", {"ratio_class_2": STEPS, "cap": 90000}, []),
        ("jiangsu-draft-2022", {"ratio_class_2": 70}, ["values.ratio_class_2"]),
        ("jiangsu-draft-2022", {"cap": STEPS}, ["values.cap"]),
        ("jiangsu-draft-2022", {"referral_points_off": 15}, ["values.referral_points_off"]),
        ("jiangsu-draft-2022", {"subsidy_class_2": Decimal("1.2")}, ["values.subsidy_class_2"]),
    ],
)
def test_a_value_has_the_shape_of_its_unit(
    library: Library, table: Table, policy: str, values: Table, paths_at_fault: list[str]
) -> None:
    table["values"] = values
    faults = locality_faults(library.policies[policy], read_locality(table))
    assert [fault.path for fault in faults] == paths_at_fault
    assert all(fault.what and fault.remedy for fault in faults)


def test_the_shipped_localities_say_what_their_policies_ask_for(library: Library) -> None:
    for locality in library.localities.values():
        assert locality_faults(library.policies[locality.policy], locality) == ()
