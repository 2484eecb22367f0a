"""Every clause of a document has its gist, and every value of a policy names a clause that is there."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop import paths
from desktop.policy.law.reading import read_clauses
from desktop.policy.law.shown_rules import Clause

GUIZHOU = paths.POLICIES / "guizhou"


def clauses_beside(policy: Path) -> dict[str, Clause]:
    text = policy.with_name("clauses.toml").read_text(encoding="utf-8")
    return {clause.id: clause for clause in read_clauses(tomllib.loads(text))}


def cited(table: object) -> Iterator[tuple[str, str]]:
    """Every clause that a policy file names, with the place in the document that it gives."""
    if isinstance(table, dict):
        if "clause" in table:
            yield str(table["clause"]), str(table.get("cite"))
        for part in table.values():
            yield from cited(part)
    if isinstance(table, list):
        for part in table:
            yield from cited(part)


POLICIES = [path for path in sorted(paths.POLICIES.glob("*/*.toml")) if path.with_name("clauses.toml").exists()]
POLICIES = [path for path in POLICIES if path.name not in ("clauses.toml", "scenarios.toml")]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_every_cited_clause_stands_in_the_gists_at_the_same_place(policy: Path) -> None:
    clauses = clauses_beside(policy)
    found = set(cited(tomllib.loads(policy.read_text(encoding="utf-8"), parse_float=Decimal)))
    assert found, "a policy that cites nothing"
    assert {one for one in found if one[0] not in clauses or clauses[one[0]].cite != one[1]} == set()


def test_guizhou_has_a_gist_for_every_clause() -> None:
    clauses = clauses_beside(GUIZHOU / "2022-19.toml")
    assert list(clauses) == [f"G-{number:02}" for number in range(31)]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_what_is_set_aside_says_who_acts_instead(policy: Path) -> None:
    assert [
        clause.id for clause in clauses_beside(policy).values() if clause.handled == "set_aside" and not clause.note
    ] == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_clause_that_the_policy_file_computes_by_is_not_set_aside(policy: Path) -> None:
    clauses = clauses_beside(policy)
    used = {name for name, _ in cited(tomllib.loads(policy.read_text(encoding="utf-8"), parse_float=Decimal))}
    assert [name for name in sorted(used) if clauses[name].handled == "set_aside"] == []
