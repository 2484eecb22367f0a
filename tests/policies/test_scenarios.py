"""Every scenario beside a policy comes to the answer that was signed for it."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from desktop import paths
from desktop.policy.law.rules import Policy
from desktop.policy.proof.answers import differences
from desktop.policy.proof.trials import Trial, trials_of
from desktop.work.library import Library, load_library

BOOKS = sorted(paths.POLICIES.glob("*/scenarios.toml"))
OPERATIVE = ("guizhou", "pingshun")


@cache
def book_of(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def named_scenarios() -> list[tuple[Path, str]]:
    """Every scenario of every book; the ids that pytest shows are its sentence."""
    found = []
    for path in BOOKS:
        scenarios = book_of(path)["scenarios"]
        assert isinstance(scenarios, list)
        found += [(path, scenario["name"]) for scenario in scenarios]
    return found


@cache
def ready(path: Path) -> tuple[Policy, dict[str, Trial]]:
    """A book's policy, and its scenarios by name, made ready to be tried."""
    library = load_library(paths.POLICIES)
    policy = library.policies[library.localities[str(book_of(path)["locality"])].policy]
    return policy, {trial.name: trial for trial in trials_of(policy, library.localities, book_of(path))}


def sentence(value: object) -> str:
    return value if isinstance(value, str) else value.parent.name if isinstance(value, Path) else ""


@pytest.mark.parametrize(("path", "name"), named_scenarios(), ids=sentence)
def test_scenario(path: Path, name: str) -> None:
    policy, trials = ready(path)
    assert list(differences(policy, trials[name])) == [], name


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.parent.name)
def test_a_book_stands_beside_the_policy_of_its_localities(library: Library, path: Path) -> None:
    policy, trials = ready(path)
    assert library.files[policy.id].parent == path.parent
    assert {library.localities[trial.locality.id].policy for trial in trials.values()} == {policy.id}


def test_operative_policies_have_scenarios_for_every_threshold() -> None:
    for jurisdiction in OPERATIVE:
        assert len([name for path, name in named_scenarios() if path.parent.name == jurisdiction]) >= 40
