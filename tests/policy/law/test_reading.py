"""A policy file that does not say what it must is refused, with every fault by path."""

import re
import tomllib
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.policy.law.reading import read_clauses, read_policy

ABSENT = "absent"
FILE = paths.POLICIES / "guizhou" / "2022-19.toml"
Table = dict[str, Any]


@pytest.fixture
def table() -> Table:
    """Guizhou's policy file as parsed, to be spoiled."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def put(table: Table, path: str, value: object) -> None:
    """Sets a field by its path; ABSENT takes it away."""
    *way, last = re.findall(r"\w+", path)
    place: Any = table
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    if value == ABSENT:
        del place[last]
    else:
        place[last] = value


def faults_of(table: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_policy(table)
    assert all(fault.what and fault.remedy for fault in refused.value.faults)
    return [fault.path for fault in refused.value.faults]


def test_the_shipped_policy_is_read(table: Table) -> None:
    assert [group.id for group in read_policy(table).classes] == ["I", "II", "III", "IV"]


SPOILED: list[tuple[str, object]] = [
    # A key that nobody knows.
    ("colour", "red"),
    ("in_force.colour", "red"),
    ("classes[0].colour", "red"),
    ("classes[0].ratios.dental", Decimal("0.5")),
    ("subsidy.colour", "red"),
    ("subsidy.groups[0].colour", "red"),
    ("identification[0].tests[0].below.colour", "red"),
    ("self_pay[0].colour", "red"),
    ("windows[0].colour", 1),
    ("papers[0].colour", 1),
    ("hints[0].colour", 1),
    ("locality_values[0].colour", 1),
    # A value without its clause, or without its place in the document.
    ("classes[0].ratios.clause", ABSENT),
    ("classes[1].deductible.cite", ABSENT),
    ("classes[2].cap.clause", ABSENT),
    ("not_referred.clause", ABSENT),
    ("in_force.cite", ABSENT),
    ("subsidy.groups[1].clause", ABSENT),
    ("identification[0].tests[1].cite", ABSENT),
    ("windows[0].clause", ABSENT),
    ("tilt.clause", ""),
    # Text for a number, number for text, and what is neither.
    ("classes[0].deductible.yuan", "0"),
    ("classes[2].cap.yuan", "50000"),
    ("classes[0].ratios.inpatient", "0.70"),
    ("classes[0].ratios.inpatient", 0.7),
    ("classes[0].ratios.inpatient", True),
    ("document", 3),
    ("classes[0].name", 1),
    ("windows[0].months", "12"),
    ("in_force.from", "yesterday"),
    ("classes", {}),
    ("classes[0].identities", "tekun"),
    # Values that cannot be.
    ("classes[0].ratios.inpatient", Decimal("1.01")),
    ("classes[0].ratios.inpatient", 0),
    ("classes[0].deductible.yuan", -1),
    ("not_referred.points_off", 0),
    ("not_insured.share", 2),
    ("subsidy.groups[0].share", Decimal("-0.1")),
    ("subsidy.groups[3].disability_grades", [5]),
    ("subsidy.groups[3].from_age", 600),
    ("windows[0].months", 0),
    # Codes that are not known.
    ("kind", "law"),
    ("anchors.inpatient", "born_on"),
    ("self_pay[0].minus", ["basic_paid", "lunch"]),
    ("windows[0].identity", "rich"),
    ("tilt.places", ["moon"]),
    ("identification[0].tests[0].metric", "shoe_size"),
    ("identification[0].tests[0].below.of", "price_of_rice"),
    ("identification[0].holds_none_of", ["rich"]),
    ("subsidy.groups[0].identities", ["rich"]),
    ("papers[0].matters", ["birthday"]),
    # What must be there.
    ("id", ABSENT),
    ("in_force.from", ABSENT),
    ("in_force", ABSENT),
    ("anchors.outpatient", ABSENT),
    ("classes[0].deductible", ABSENT),
    ("classes[0].ratios", ABSENT),
    ("classes[0].deductible.yuan", ABSENT),
    ("best_identity", ABSENT),
    ("not_designated", ABSENT),
    ("subsidy.timing", ABSENT),
    ("identification[0].from", ABSENT),
    ("identification[0].tests", []),
]


@pytest.mark.parametrize(("path", "value"), SPOILED)
def test_a_spoiled_field_is_refused_at_its_path(table: Table, path: str, value: object) -> None:
    put(table, path, value)
    assert path in faults_of(table)


def test_an_identity_that_is_not_known_is_refused(table: Table) -> None:
    table["classes"][0]["identities"].append("rich")
    assert faults_of(table) == ["classes[0].identities"]


def test_a_class_without_any_ratio_is_refused(table: Table) -> None:
    ratios = table["classes"][0]["ratios"]
    del ratios["inpatient"], ratios["outpatient_chronic"]
    assert faults_of(table) == ["classes[0].ratios"]


def test_one_identity_in_two_classes_is_refused(table: Table) -> None:
    table["classes"][2]["identities"].append("dibao")
    assert faults_of(table) == ["classes[2].identities"]


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [("2024-01-01", "2023-12-31", False), ("2024-01-01", "2024-01-01", True), ("2024-01-01", None, True)],
)
def test_two_identification_rules_must_not_hold_on_one_day(
    table: Table, first: str, last: str | None, refused: bool
) -> None:
    (rule,) = table["identification"]
    later = {**rule, "id": "guizhou-2024", "from": first}
    table["identification"] = [rule if last is None else {**rule, "to": last}, later]
    if refused:
        assert faults_of(table) == ["identification"]
    else:
        assert len(read_policy(table).identification) == 2


def test_somebody_must_have_a_row_of_self_pay(table: Table) -> None:
    table["self_pay"].pop()
    assert faults_of(table) == ["self_pay"]


def test_what_is_recognised_must_have_a_class(table: Table) -> None:
    table["classes"][3]["identities"].remove("illness_poverty")
    assert faults_of(table) == ["identification"]


def test_a_value_left_to_the_locality_must_be_declared(table: Table) -> None:
    table["locality_values"].pop(0)
    assert faults_of(table) == ["locality_values"]


@pytest.mark.parametrize("below", [{"of": "dibao_standard"}, {"of": "dibao_standard", "times": 1, "times_of": "tilt"}])
def test_a_line_has_one_multiple(table: Table, below: Table) -> None:
    table["identification"][0]["tests"][0]["below"] = below
    assert "identification[0].tests[0].below.times" in faults_of(table)


def test_every_fault_of_a_policy_is_listed_at_once(table: Table) -> None:
    for path, value in SPOILED[:7]:
        put(table, path, value)
    assert {path for path, _ in SPOILED[:7]} <= set(faults_of(table))


@pytest.mark.parametrize("wrong", [None, [], "text", {}])
def test_what_is_no_policy_is_refused(wrong: object) -> None:
    assert faults_of(wrong)


GIST = {"id": "G-01", "cite": "一（一）", "gist": "特困人员为一类。", "handled": "computed"}


@pytest.mark.parametrize(
    ("clauses", "path"),
    [
        ([GIST, GIST], "clauses"),
        ([{**GIST, "handled": "ignored"}], "clauses[0].handled"),
        ([{**GIST, "gist": ""}], "clauses[0].gist"),
        ([{**GIST, "colour": "red"}], "clauses[0].colour"),
    ],
)
def test_gists_that_say_too_little_or_too_much_are_refused(clauses: list[Table], path: str) -> None:
    with pytest.raises(Refused) as refused:
        read_clauses({"clauses": clauses})
    assert [fault.path for fault in refused.value.faults] == [path]
