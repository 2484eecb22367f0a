"""Every small change of a policy is made, one at a time; what no scenario notices is told."""

import copy
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.policy.proof.mutants import mutants_of
from desktop.policy.proof.mutation import Score, score_of, try_mutants
from desktop.work.library import Library

Table = dict[str, Any]
# The shipped defaults, with a patient who is a 低保 holder.
SHIPPED: Table = tomllib.loads(
    (paths.POLICIES / "guizhou" / "scenarios.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["defaults"]
DEFAULTS: Table = {**SHIPPED, "member": {**SHIPPED["member"], "identities": [{"kind": "dibao"}]}}
PAYS = {"name": "付七成", "expenses": [{"in_scope": 1000}], "expect": {"payable": {"e1": 700}}}
CAPPED = {"name": "付到限额", "expenses": [{"in_scope": 100000}], "expect": {"payable": {"e1": 50000}}}


def changes(table: Table) -> list[tuple[str, str, str]]:
    return [(mutant.path, mutant.before, mutant.after) for mutant in mutants_of(table)]


def only(value: object) -> list[tuple[str, str, str]]:
    return changes({"part": value})


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ({"yuan": 1000}, [("part.yuan", "1000", "1001"), ("part.yuan", "1000", "999")]),
        ({"yuan": Decimal("0.50")}, [("part.yuan", "0.50", "0.51"), ("part.yuan", "0.50", "0.49")]),
        ({"share": Decimal("0.70")}, [("part.share", "0.70", "0.71"), ("part.share", "0.70", "0.69")]),
        ({"times": 2}, [("part.times", "2", "2.01"), ("part.times", "2", "1.99")]),
        ({"months": 12}, [("part.months", "12", "13"), ("part.months", "12", "11")]),
        ({"from": date(2024, 3, 1)}, [("part.from", "2024-03-01", "2024-03-02"), ("part.from", "2024-03-01", "2024-02-29")]),
        ({"focus": True}, [("part.focus", "true", "false")]),
        ({"kinds": ["inpatient", "outpatient"]}, [
            ("part.kinds[0]", "inpatient", "（去掉）"),
            ("part.kinds[1]", "outpatient", "（去掉）"),
        ]),
        ({"disability_grades": [1]}, [
            ("part.disability_grades[0]", "1", "（去掉）"),
            ("part.disability_grades[0]", "1", "2"),
            ("part.disability_grades[0]", "1", "0"),
        ]),
        ({"below": {"times_of": "x"}}, [("part.below", "below", "at_most"), ("part.below", "below", "at_least")]),
        ({"at_least": {}}, [("part.at_least", "at_least", "above"), ("part.at_least", "at_least", "below")]),
        ({"id": "x", "name": "某", "clause": "G-01", "basis": "cut_by_cap"}, []),
        ([{"yuan": 1}], [("part[0].yuan", "1", "2"), ("part[0].yuan", "1", "0")]),
    ],
)  # fmt: skip
def test_a_value_is_changed_by_the_smallest_step(value: object, made: list[tuple[str, str, str]]) -> None:
    assert only(value) == made


@pytest.mark.parametrize("key", ["bounds", "papers", "locality_values", "under"])
def test_what_no_assessment_shows_is_left_alone(key: str) -> None:
    assert changes({key: [{"at_least": 1, "matters": ["assistance"]}]}) == []


def test_a_mutant_is_the_policy_with_one_change() -> None:
    table: Table = {
        "id": "x",
        "classes": [{"cap": {"yuan": 1}, "kinds": ["a", "b"]}],
        "tests": [{"below": {"times": 1}}],
    }
    before = copy.deepcopy(table)
    found = {(mutant.path, mutant.after): mutant.data for mutant in mutants_of(table)}
    assert table == before, "the policy itself stays as it is"
    assert found["classes[0].cap.yuan", "2"] == {**before, "classes": [{"cap": {"yuan": 2}, "kinds": ["a", "b"]}]}
    assert found["classes[0].kinds[0]", "（去掉）"] == {**before, "classes": [{"cap": {"yuan": 1}, "kinds": ["b"]}]}
    assert found["tests[0].below", "at_most"] == {**before, "tests": [{"at_most": {"times": 1}}]}
    assert all(data != before for data in found.values())


@pytest.fixture(scope="module")
def guizhou() -> Table:
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def fates(library: Library, policy: Table, *scenarios: Table) -> dict[tuple[str, str], tuple[str, str | None]]:
    book = {"locality": "guizhou-sample", "defaults": DEFAULTS, "scenarios": list(scenarios)}
    tried = try_mutants(policy, library.localities, book)
    return {(one.mutant.path, one.mutant.after): (one.fate, one.by) for one in tried}


def test_a_change_is_noticed_by_the_scenario_that_it_turns(library: Library, guizhou: Table) -> None:
    found = fates(library, guizhou, PAYS, CAPPED)
    assert found["classes[1].ratios[0].share", "0.71"] == ("noticed", "付七成")
    assert found["classes[1].cap.yuan", "49999"] == ("noticed", "付到限额")
    assert found["classes[1].identities[0]", "（去掉）"][0] == "noticed"
    assert found["classes[3].cap.yuan", "49999"] == ("survived", None)


def test_a_change_that_cannot_be_read_is_refused_and_not_counted(library: Library, guizhou: Table) -> None:
    book = {"locality": "guizhou-sample", "defaults": DEFAULTS, "scenarios": [PAYS]}
    tried = list(try_mutants(guizhou, library.localities, book))
    refused = {one.mutant.path for one in tried if one.fate == "refused"}
    assert {"classes[0].ratios[0].share", "identification[0].to"} <= refused
    score = score_of(tried)
    assert score.refused == len([one for one in tried if one.fate == "refused"])
    assert score.noticed + len(score.survivors) + score.refused == len(tried)
    assert score.share == Decimal(score.noticed) / (len(tried) - score.refused)
    assert not score.enough


def test_scenarios_must_pass_before_anything_is_changed(library: Library, guizhou: Table) -> None:
    wrong = {**PAYS, "expect": {"payable": {"e1": 701}}}
    with pytest.raises(Refused) as refused:
        fates(library, guizhou, CAPPED, wrong)
    assert [fault.what for fault in refused.value.faults] == ["「付七成」未通过。"]


def test_nineteen_of_twenty_are_enough() -> None:
    mutant = next(mutants_of({"part": {"yuan": 1}}))
    assert Score((mutant,), 19, 3).enough
    assert not Score((mutant,), 18, 3).enough
    assert Score((), 0, 0).share == 1
