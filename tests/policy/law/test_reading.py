"""A policy file that does not say what it must is refused, with every fault by path."""

import copy
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.policy.law.reading import read_clauses, read_policy

ABSENT = "absent"
GUIZHOU, PINGSHUN, JIANGSU = "guizhou/2022-19", "pingshun/2023", "jiangsu/draft-2022"
NATIONAL = "national/2021-42"
NAMES = ("id", "key", "identity")
Table = dict[str, Any]


def shipped(name: str) -> Table:
    """A shipped policy file as parsed, to be spoiled."""
    text = (paths.POLICIES / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@pytest.fixture
def table() -> Table:
    return shipped(GUIZHOU)


def place_of(rows: list[Table], name: str) -> int:
    """The place of a row, by its number or by what it is called."""
    if name.isdigit():
        return int(name)
    return next(place for place, row in enumerate(rows) if name in [row.get(key) for key in NAMES])


def put(table: Table, path: str, value: object) -> str:
    """Sets a field by its path (ABSENT takes it away), and says the path by which a fault would name it."""
    *way, last = re.findall(r"[\w-]+", path)
    place: Any = table
    said = ""
    for name in way:
        index = place_of(place, name) if isinstance(place, list) else None
        said += f".{name}" if index is None else f"[{index}]"
        place = place[name if index is None else index]
    if value == ABSENT:
        del place[last]
    else:
        place[last] = value
    return f"{said}.{last}".strip(".")


def faults_of(table: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_policy(table)
    assert all(fault.path and fault.what and fault.remedy for fault in refused.value.faults)
    return [fault.path for fault in refused.value.faults]


@pytest.mark.parametrize("name", [GUIZHOU, PINGSHUN, JIANGSU, NATIONAL, "hebei/2021-157"])
def test_the_shipped_policies_are_read(name: str) -> None:
    read = read_policy(shipped(name))
    assert [group.id for group in read.classes] == [group["id"] for group in shipped(name)["classes"]]


OF_GUIZHOU: list[tuple[str, object]] = [
    # A key that nobody knows.
    ("colour", "red"),
    ("in_force.colour", "red"),
    ("anchors.colour", "red"),
    ("classes[I].colour", "red"),
    ("classes[I].deductible.colour", "red"),
    ("classes[I].cap.colour", "red"),
    ("classes[I].ratios[0].colour", Decimal("0.5")),
    ("subsidy.colour", "red"),
    ("subsidy.once.colour", "red"),
    ("subsidy.groups[0].colour", "red"),
    ("identification[guizhou-2022].window.colour", "red"),
    ("identification[guizhou-2022].tests[0].below.colour", "red"),
    ("identification[guizhou-2022].better[dibao].colour", "red"),
    ("self_pay[0].colour", "red"),
    ("windows[0].colour", 1),
    ("papers[0].colour", 1),
    ("hints[0].colour", 1),
    ("tilt.colour", 1),
    ("locality_values[tilt].colour", 1),
    # A value without its clause, or without its place in the document.
    ("classes[I].clause", ABSENT),
    ("classes[I].ratios[0].clause", ABSENT),
    ("classes[II].deductible.cite", ABSENT),
    ("classes[III].cap.clause", ABSENT),
    ("anchors.clause", ABSENT),
    ("not_referred.clause", ABSENT),
    ("in_force.cite", ABSENT),
    ("self_pay[1].clause", ABSENT),
    ("subsidy.groups[1].clause", ABSENT),
    ("subsidy.paid_in_time.clause", ABSENT),
    ("identification[guizhou-2022].tests[1].cite", ABSENT),
    ("identification[guizhou-2022].better[dibao].clause", ABSENT),
    ("windows[0].clause", ABSENT),
    ("locality_values[tilt].cite", ABSENT),
    ("tilt.clause", ""),
    # Text for a number, number for text, and what is neither.
    ("classes[I].deductible.yuan", "0"),
    ("classes[III].cap.yuan", "50000"),
    ("classes[I].ratios[0].share", "0.70"),
    ("classes[I].ratios[0].share", 0.7),
    ("classes[I].ratios[0].share", True),
    ("identification[guizhou-2022].tests[income_after_medical].below.times", "1.5"),
    ("document", 3),
    ("classes[I].name", 1),
    ("hints[0].text", 1),
    ("windows[0].months", "12"),
    ("windows[0].months", Decimal(12)),
    ("in_force.from", "yesterday"),
    ("in_force.from", 2023),
    ("not_designated.except_emergency", "yes"),
    ("classes", {}),
    ("classes[I].identities", "tekun"),
    ("self_pay", {}),
    ("not_designated", "no"),
    ("tilt", []),
    # Values that cannot be.
    ("classes[I].ratios[0].share", Decimal("1.01")),
    ("classes[I].ratios[0].share", 0),
    ("classes[I].deductible.yuan", -1),
    ("not_referred.points_off", 0),
    ("not_insured.share", 2),
    ("subsidy.groups[0].share", Decimal("-0.1")),
    ("subsidy.groups[3].disability_grades", [5]),
    ("subsidy.groups[3].disability_grades", ["1"]),
    ("subsidy.groups[3].from_age", 600),
    ("windows[0].months", 0),
    ("in_force.to", date(2022, 12, 31)),
    ("identification[guizhou-2022].to", date(2022, 12, 31)),
    ("identification[guizhou-2022].trial_until", date(2022, 12, 31)),
    # Codes that are not known.
    ("kind", "law"),
    ("anchors.inpatient", "born_on"),
    ("self_pay[0].minus", ["basic_paid", "lunch"]),
    ("self_pay[1].identities", ["rich"]),
    ("classes[I].ratios[0].kinds", ["dental"]),
    ("windows[0].identity", "rich"),
    ("tilt.places", ["moon"]),
    ("tilt.basis", "by_lot"),
    ("identification[guizhou-2022].identity", "rich"),
    ("identification[guizhou-2022].window.anchor", "birthday"),
    ("identification[guizhou-2022].tests[0].metric", "shoe_size"),
    ("identification[guizhou-2022].tests[0].below.of", "price_of_rice"),
    ("identification[guizhou-2022].holds_none_of", ["rich"]),
    ("subsidy.groups[0].identities", ["rich"]),
    ("subsidy.groups[0].of", "disposable_income"),
    ("papers[0].matters", ["birthday"]),
    ("hints[0].identities", ["rich"]),
    ("locality_values[tilt].unit", "bushel"),
    # What must be there.
    ("id", ABSENT),
    ("in_force.from", ABSENT),
    ("in_force", ABSENT),
    ("anchors.outpatient", ABSENT),
    ("best_identity", ABSENT),
    ("self_pay", ABSENT),
    ("classes[I].id", ABSENT),
    ("classes[I].deductible", ABSENT),
    ("classes[I].deductible.yuan", ABSENT),
    ("classes[I].identities", []),
    ("classes[I].ratios", ABSENT),
    ("classes[I].ratios", []),
    ("classes[I].ratios[0].share", ABSENT),
    ("classes[I].ratios[0].kinds", []),
    ("not_insured.share", ABSENT),
    ("tilt.places", ABSENT),
    ("tilt.value", ABSENT),
    ("subsidy.groups[0].identities", ABSENT),
    ("subsidy.groups[0].of", ABSENT),
    ("papers[0].matters", ABSENT),
    ("hints[0].text", ABSENT),
    ("identification[guizhou-2022].from", ABSENT),
    ("identification[guizhou-2022].window", ABSENT),
    ("identification[guizhou-2022].tests", []),
    ("identification[guizhou-2024].needs", ABSENT),
]
OF_PINGSHUN: list[tuple[str, object]] = [
    ("disposable_income.by", "month"),
    ("disposable_income.whole_yuan", 1),
    ("year_end.kind", "dental"),
    ("year_end.chronic_classes", [4]),
    ("year_end.chronic_classes", []),
    ("not_remembered.identities", ABSENT),
    ("filing_term.days", "180"),
    ("filing_term.days", 0),
    ("filing_term.kinds", []),
    ("classes[monitored].deductible.of", ABSENT),
    ("classes[monitored].deductible.of", "premium"),
    ("classes[monitored].deductible.share", "0.10"),
    ("classes[monitored].deductible.kinds", ["dental"]),
    ("classes[returned_to_poverty].lift.to", Decimal("1.5")),
    ("classes[returned_to_poverty].lift.places", []),
    ("classes[returned_to_poverty].lift.kinds", ABSENT),
    ("classes[returned_to_poverty].lift.clause", ABSENT),
    ("out_of_catalogue.share", "0.85"),
    ("out_of_catalogue.until_value", ABSENT),
    ("out_of_catalogue.doubt_after", ABSENT),
    ("out_of_catalogue.identities", []),
    ("out_of_catalogue.places", ["moon"]),
    ("out_of_catalogue.control", ABSENT),
    ("out_of_catalogue.control.first", ABSENT),
    ("out_of_catalogue.control.first", 30),
    ("out_of_catalogue.control.fourth", Decimal("0.10")),
    ("out_of_catalogue.control.identities", ABSENT),
    ("out_of_catalogue.control.clause", ABSENT),
    ("tilt.referrals", ["lost"]),
    ("tilt.ratio", "0.70"),
    ("identification[shanxi-2023].trial_until", date(2023, 7, 19)),
    ("subsidy.groups[2].floor", "280"),
    ("subsidy.late.clause", ABSENT),
    ("warnings[burden_focus].over", "6000"),
    ("warnings[burden_focus].over", ABSENT),
    ("warnings[burden_focus].focus", "yes"),
]
OF_JIANGSU: list[tuple[str, object]] = [
    ("classes[1].ratios[0].kinds", ABSENT),
    ("classes[1].sub_caps[0].kinds", []),
    ("classes[1].sub_caps[0].colour", 1),
    ("burden_control.share", 0),
    ("burden_control.places", ABSENT),
    ("burden_control.kinds", ["dental"]),
    ("bounds[cap].what", "height"),
    ("bounds[cap].of", "premium"),
    ("bounds[cap].identities", ["rich"]),
    ("bounds[cap].clause", ABSENT),
    ("bounds[cap].at_least", "3"),
    ("bounds[cap].less_than", "dibao"),
    ("bounds[referral_points_off].at_most", 20),
    ("bounds[referral_points_off].of", "disposable_income"),
]
SPOILED = [
    (name, path, value)
    for name, rows in ((GUIZHOU, OF_GUIZHOU), (PINGSHUN, OF_PINGSHUN), (JIANGSU, OF_JIANGSU))
    for path, value in rows
]


@pytest.mark.parametrize(("name", "path", "value"), SPOILED)
def test_a_spoiled_field_is_refused_at_its_path(name: str, path: str, value: object) -> None:
    table = shipped(name)
    assert put(table, path, value) in faults_of(table)


RIGID = {"times_of": "rigid_income_times", "of": "dibao_standard"}
INCOME, SHARE = "income_after_medical", {"share": Decimal("0.70")}
# What each of the fields may be, but not all of them together: the fault stands at what they share.
AT_ODDS: list[tuple[str, list[tuple[str, object]], str]] = [
    # Two rules for one fact and day.
    (GUIZHOU, [("classes[III].identities", ["dibao_marginal", "dibao"])], "classes[2].identities"),
    (GUIZHOU, [("classes[I].identities", ["tekun", "tekun"])], "classes[0].identities"),
    (GUIZHOU, [("classes[I].ratios", [{"kinds": ["inpatient"], **SHARE}] * 2)], "classes[0].ratios"),
    (GUIZHOU, [("classes[I].ratios[0].kinds", ["inpatient", "inpatient"])], "classes[0].ratios"),
    (GUIZHOU, [("windows", [{"identity": "illness_poverty", "months": 6}] * 2)], "windows"),
    (GUIZHOU, [("subsidy.groups[2].identities", ["dibao", "tekun"])], "subsidy.groups"),
    (JIANGSU, [("classes[1].sub_caps[0].kinds", ["outpatient", "outpatient"])], "classes[1].sub_caps"),
    (GUIZHOU, [("identification[guizhou-2022].to", date(2024, 1, 1))], "identification"),
    (GUIZHOU, [("identification[guizhou-2022].to", ABSENT)], "identification"),
    # A name for two things.
    (GUIZHOU, [("classes[II].id", "I")], "classes"),
    (GUIZHOU, [("identification[guizhou-2022].id", "guizhou-2024")], "identification"),
    (GUIZHOU, [("identification[guizhou-2022].tests[property].id", INCOME)], "identification[0].tests"),
    (GUIZHOU, [("hints[one_stop].id", "deposit_free")], "hints"),
    (GUIZHOU, [("papers[id_card].id", "diagnosis")], "papers"),
    (GUIZHOU, [("locality_values[tilt].key", "dibao_marginal_multiple")], "locality_values"),
    (GUIZHOU, [("under", ["cn-2021-42", "cn-2021-42"])], "under"),
    (PINGSHUN, [("warnings[burden_others].id", "burden_focus")], "warnings"),
    (JIANGSU, [("bounds[cap].id", "outpatient_cap")], "bounds"),
    # What is left to the locality.
    (GUIZHOU, [("tilt.value", "lean")], "locality_values"),
    (GUIZHOU, [("locality_values[tilt].unit", "yuan")], "locality_values"),
    (GUIZHOU, [("locality_values[dibao_marginal_multiple].unit", "share")], "locality_values"),
    (GUIZHOU, [("identification[guizhou-2022].better[dibao_marginal].below", RIGID)], "locality_values"),
    (GUIZHOU, [("identification[guizhou-2024].needs", ["luck"])], "identification[1].needs"),
    (PINGSHUN, [("locality_values[transition_ends].unit", "times")], "locality_values"),
    (JIANGSU, [("locality_values[ratio_class_1].unit", "share")], "locality_values"),
    (JIANGSU, [("locality_values[referral_points_off].unit", "share")], "locality_values"),
    (GUIZHOU, [("tilt.cap", 30000)], "tilt.value"),
    (PINGSHUN, [("tilt.ratio", ABSENT)], "tilt.value"),
    (GUIZHOU, [("not_referred.points_off", ABSENT)], "not_referred.points_off"),
    # A value is stated once.
    (GUIZHOU, [("classes[I].cap.share", Decimal("0.1"))], "classes[0].cap.yuan"),
    (GUIZHOU, [("classes[I].ratios[0].value", "ratio")], "classes[0].ratios[0].share"),
    (GUIZHOU, [("identification[guizhou-2022].window.days", 30)], "identification[0].window.months"),
    (GUIZHOU, [("identification[guizhou-2022].tests[0].above", RIGID)], "identification[0].tests[0].above"),
    (GUIZHOU, [("identification[guizhou-2022].tests[0].below.yuan", 1)], "identification[0].tests[0].below.times"),
    (GUIZHOU, [("identification[guizhou-2022].tests[0].below.times", ABSENT)], "identification[0].tests[0].below.times"),
    (JIANGSU, [("bounds[cap].at_most", 5)], "bounds[5].at_least"),
    # The rules of A2: one for everybody, and none behind it.
    (GUIZHOU, [("self_pay[2].kinds", ["inpatient"])], "self_pay"),
    (GUIZHOU, [("self_pay[0].not_insured", False)], "self_pay[1]"),
    (PINGSHUN, [("self_pay[1].kinds", ["inpatient"])], "self_pay[1]"),
    # How somebody is recognised.
    (GUIZHOU, [("classes[IV].identities", ["worker_accident_hardship"])], "identification[0].identity"),
    (GUIZHOU, [("identification[guizhou-2024].fallback", "guizhou-1999")], "identification[1].fallback"),
    (GUIZHOU, [("identification[guizhou-2024].fallback", "guizhou-2024")], "identification[1].fallback"),
    (GUIZHOU, [("identification[guizhou-2022].identity", "dibao")], "identification[1].fallback"),
    (GUIZHOU, [("identification[guizhou-2024].fallback", ABSENT)], "identification[1].needs"),
    (GUIZHOU, [("identification[guizhou-2022].tests[property].any_of", "either")], "identification[0].tests"),
    (GUIZHOU, [("identification[guizhou-2022].tests[property].below", RIGID)], "identification[0].tests[1].metric"),
    (GUIZHOU, [("identification[guizhou-2022].better[dibao].metric", "medical_self_pay")], "identification[0].better[0].metric"),
    (GUIZHOU, [("under", ["guizhou-2022-19"])], "under"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields", "path"), AT_ODDS)
def test_fields_that_are_at_odds_are_refused(name: str, fields: list[tuple[str, object]], path: str) -> None:
    table = shipped(name)
    for field, value in fields:
        put(table, field, value)
    found = faults_of(table)
    assert path.replace("bounds[5]", f"bounds[{place_of(shipped(JIANGSU)['bounds'], 'cap')}]") in found


STEP, OPEN = {"share": Decimal("0.60"), "up_to": 6000}, {"share": Decimal("0.75")}


@pytest.mark.parametrize(
    "steps",
    [
        [STEP, {**STEP, "up_to": 5000}, OPEN],
        [STEP, STEP, OPEN],
        [STEP, OPEN, OPEN],
        [{**STEP, "up_to": 0}, OPEN],
        [STEP],
    ],
)
def test_steps_rise_and_only_the_last_is_open(table: Table, steps: list[Table]) -> None:
    ratio = table["classes"][0]["ratios"][0]
    del ratio["share"]
    ratio["steps"] = steps
    assert faults_of(table) == ["classes[0].ratios[0].steps"]


@pytest.mark.parametrize("key", ["dibao_marginal_multiple", "tilt", "rigid_income_times"])
def test_a_value_left_to_the_locality_is_declared(table: Table, key: str) -> None:
    table["locality_values"].pop(place_of(table["locality_values"], key))
    assert "locality_values" in faults_of(table)


def test_a_value_that_nothing_uses_is_refused(table: Table) -> None:
    table["locality_values"].append({**table["locality_values"][0], "key": "luck"})
    assert faults_of(table) == ["locality_values"]


def test_two_identification_rules_may_follow_one_another(table: Table) -> None:
    put(table, "identification[guizhou-2022].to", date(2023, 12, 30))
    rules = read_policy(table).identification
    assert (rules[0].last, rules[1].first) == (date(2023, 12, 30), date(2024, 1, 1))


def test_a_row_for_some_may_stand_before_one_for_more(table: Table) -> None:
    extra = {**table["self_pay"][1], "kinds": ["inpatient"], "identities": ["worker_deep_hardship"]}
    table["self_pay"].insert(1, extra)
    assert len(read_policy(table).self_pay) == 4
    table["self_pay"].insert(3, extra)
    assert faults_of(table) == ["self_pay[3]"]


def test_every_fault_of_a_policy_is_listed_at_once() -> None:
    table = shipped(GUIZHOU)
    put_paths = {put(table, path, value) for path, value in OF_GUIZHOU[:12]}
    assert len(put_paths) == 12
    assert put_paths <= set(faults_of(table))


@pytest.mark.parametrize("wrong", [None, [], "text", {}])
def test_what_is_no_policy_is_refused(wrong: object) -> None:
    assert faults_of(wrong)


def leaves(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every field of a file, tables and lists included."""
    if way:
        yield way
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*way, key))
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*way, place))


JUNK = ["x", "", 7, -1, True, Decimal("NaN"), [], {}, [[]], [{}], [None], date(2024, 2, 29), 0.1]


@pytest.mark.parametrize("name", [GUIZHOU, PINGSHUN, JIANGSU])
def test_whatever_stands_in_a_field_is_read_or_refused(name: str) -> None:
    table = shipped(name)
    seen: set[tuple[str, ...]] = set()
    refused = 0
    for way in leaves(table):
        shape = tuple(part for part in way if isinstance(part, str))
        if shape in seen:
            continue
        seen.add(shape)
        for junk in JUNK:
            spoiled = copy.deepcopy(table)
            place: Any = spoiled
            for part in way[:-1]:
                place = place[part]
            place[way[-1]] = junk
            try:
                read_policy(spoiled)
            except Refused as trouble:
                refused += 1
                assert all(fault.path and fault.what and fault.remedy for fault in trouble.faults)
    assert refused > 5 * len(seen)


GIST = {"id": "G-01", "cite": "一（一）", "gist": "特困人员为一类。", "handled": "computed"}


@pytest.mark.parametrize(
    ("clauses", "path"),
    [
        ([GIST, GIST], "clauses"),
        ([{**GIST, "handled": "ignored"}], "clauses[0].handled"),
        ([{**GIST, "handled": "set_aside"}], "clauses[0].note"),
        ([{**GIST, "gist": ""}], "clauses[0].gist"),
        ([{**GIST, "cite": 1}], "clauses[0].cite"),
        ([{**GIST, "colour": "red"}], "clauses[0].colour"),
    ],
)
def test_gists_that_say_too_little_or_too_much_are_refused(clauses: list[Table], path: str) -> None:
    with pytest.raises(Refused) as refused:
        read_clauses({"clauses": clauses})
    assert [fault.path for fault in refused.value.faults] == [path]
