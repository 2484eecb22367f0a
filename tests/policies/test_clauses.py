"""Every clause of a document has its gist in our own words; what the program does not do says who does."""

import re
import tomllib

import pytest

from desktop import paths
from desktop.policy.law.reading import read_clauses
from desktop.policy.law.shown_rules import Clause
from desktop.work.library import Library

BOOKS = sorted(paths.POLICIES.glob("*/clauses.toml"))
ID = re.compile(r"[A-Z]-\d\d")


def clauses_of(jurisdiction: str) -> tuple[Clause, ...]:
    text = (paths.POLICIES / jurisdiction / "clauses.toml").read_text(encoding="utf-8")
    return read_clauses(tomllib.loads(text))


@pytest.mark.parametrize("jurisdiction", [path.parent.name for path in BOOKS])
def test_gists_stand_in_order_under_ids_of_one_document(jurisdiction: str) -> None:
    ids = [clause.id for clause in clauses_of(jurisdiction)]
    assert ids == sorted(ids)
    assert all(ID.fullmatch(one) for one in ids)
    assert len({one[0] for one in ids}) == 1


@pytest.mark.parametrize("jurisdiction", [path.parent.name for path in BOOKS])
def test_a_gist_is_a_sentence_and_says_where_it_stands(jurisdiction: str) -> None:
    for clause in clauses_of(jurisdiction):
        assert clause.gist.endswith("。"), clause.id
        assert clause.note is None or clause.note.endswith("。"), clause.id
        assert not clause.cite.startswith("G-"), clause.id


@pytest.mark.parametrize("jurisdiction", [path.parent.name for path in BOOKS])
def test_what_is_set_aside_says_who_acts_instead(jurisdiction: str) -> None:
    for clause in clauses_of(jurisdiction):
        assert clause.handled != "set_aside" or (clause.note and "由" in clause.note), clause.id


def test_every_policy_has_gists_beside_it(library: Library) -> None:
    assert {policy_id for policy_id, gists in library.clauses.items() if not gists} == set()
