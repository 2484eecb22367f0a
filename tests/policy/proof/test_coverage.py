"""A clause has one gist, and is computed, shown or set aside as the gist says."""

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop import paths
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Policy
from desktop.policy.law.shown_rules import Clause
from desktop.policy.law.sources import Source
from desktop.policy.proof.coverage import Coverage, coverage, places_of
from desktop.work.library import Library


@pytest.fixture
def policy() -> Policy:
    """Guizhou's policy, of which three parts cite invented clauses; the rest cites nothing known here."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    return read_policy(tomllib.loads(text, parse_float=Decimal))


def gist(clause: str, handled: str, cite: str = "四（一）", note: str | None = None) -> Clause:
    return Clause(clause, cite, "种菜的人先浇水。", handled, note)


def about(found: Coverage, clause: str) -> list[str]:
    """What is told of one clause, without its id."""
    return [fault.partition("：")[2] for fault in found.faults if fault.startswith(f"{clause}：")]


def of(policy: Policy, *clauses: Clause) -> Coverage:
    return coverage({policy.id: policy}, {policy.id: clauses})


def test_every_value_says_where_it_stands(policy: Policy, library: Library) -> None:
    found = {(place.path, place.source.clause) for place in places_of(policy)}
    assert {
        ("in_force", "G-00"),
        ("anchors", "G-22"),
        ("self_pay[0]", "G-24"),
        ("classes[III].deductible", "G-19"),
        ("classes[III].ratios", "G-19"),
        ("classes[III].cap", "G-22"),
        ("classes[III]", "G-03"),
        ("grace_to_month_end", "G-14"),
        ("windows[illness_poverty]", "G-20"),
        ("identification[guizhou-2022].tests[property]", "G-04"),
        ("subsidy.paid_in_time", "G-12"),
        ("subsidy.groups[2]", "G-09"),
        ("hints[one_stop]", "G-28"),
        ("papers[diagnosis]", "G-04"),
        ("locality_values[tilt]", "G-26"),
    } <= found
    others = {place.path for one in library.policies.values() for place in places_of(one)}
    assert {"out_of_catalogue.control", "classes[1].sub_caps[0]", "bounds[cap]", "burden_control"} <= others


def test_every_clause_that_a_shipped_policy_file_names_is_found_in_the_policy(library: Library) -> None:
    for policy in library.policies.values():
        text = library.files[policy.id].read_text(encoding="utf-8")
        named = {
            line.partition('clause = "')[2].partition('"')[0] for line in text.splitlines() if 'clause = "' in line
        }
        assert named <= {place.source.clause for place in places_of(policy)}


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        (gist("G-18", "computed"), []),
        (gist("G-28", "shown", "六（二）"), []),
        (gist("G-20", "shown", "六（二）"), []),
        (gist("G-20", "computed", "六（二）"), []),
        (gist("G-99", "set_aside", note="由县里办理。"), []),
        (gist("G-28", "computed", "六（二）"), ["写明由程序计算，却没有按它计算的数值（只见于 {} hints[one_stop]"]),
        (gist("G-18", "shown"), ["写明由程序提示，却没有提示、材料或期限引用它（只见于 {} classes[II].deductible"]),
        (gist("G-99", "computed"), ["写明由程序计算，却没有按它计算的数值。"]),
        (gist("G-99", "shown"), ["写明由程序提示，却没有提示、材料或期限引用它。"]),
        (gist("G-18", "set_aside", note="由县里办理。"), ["写明不由本程序办理，{} classes[II].deductible"]),
        (gist("G-23", "computed", "四（三）"), ["{} not_referred 写作「四（二）」，要旨写作「四（三）」。"]),
        (gist("G-23", "computed", "四（二）"), []),
    ],
)
def test_a_clause_is_handled_as_its_gist_says(policy: Policy, clause: Clause, told: list[str]) -> None:
    found = about(of(policy, clause), clause.id)
    assert len(found) == len(told)
    assert all(one.startswith(begins.format(policy.id)) for one, begins in zip(found, told, strict=True))


def test_a_clause_without_its_gist_is_told(policy: Policy) -> None:
    assert about(of(policy), "G-23") == [f"{policy.id} not_referred 引用了它，clauses.toml 中没有它的要旨。"]


def test_one_clause_has_one_gist(policy: Policy) -> None:
    other = replace(policy, id="other")
    one, two = gist("G-18", "computed"), gist("G-19", "computed")
    twice = coverage({policy.id: policy, "other": other}, {policy.id: (one,), "other": (one, two)})
    assert about(twice, "G-18") == [f"有两处要旨（{policy.id}、other），请只保留一处。"]
    shared = coverage({policy.id: policy, "other": other}, {policy.id: (one,), "other": (one,)})
    assert about(shared, "G-18") == [], "two versions of a document share the gists beside them"
    assert [row.documents for row in shared.rows] == [(policy.id, "other")]


@pytest.mark.parametrize(("document", "faults"), [("黔府办发〔2022〕19号 ", 0), ("", 0), ("别处 ", 1)])
def test_another_document_s_clause_is_cited_with_its_name(policy: Policy, document: str, faults: int) -> None:
    assert policy.not_referred is not None
    borrowed = replace(policy.not_referred, source=Source("N-14", f"{document}七（十三）"))
    both = {policy.id: policy, "other": replace(policy, id="other", not_referred=borrowed)}
    found = coverage(both, {policy.id: (gist("N-14", "computed", "七（十三）"),)})
    assert len(about(found, "N-14")) == faults
