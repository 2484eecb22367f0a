"""Every scenario beside a policy comes to the answer that was signed for it."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from desktop import paths
from desktop.policy.proof.answers import check_scenarios
from desktop.work.library import Library

BOOKS = sorted(paths.POLICIES.glob("*/scenarios.toml"))


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


def sentence(value: object) -> str:
    return value if isinstance(value, str) else value.parent.name if isinstance(value, Path) else ""


@pytest.mark.parametrize(("path", "name"), named_scenarios(), ids=sentence)
def test_scenario(library: Library, path: Path, name: str) -> None:
    book = book_of(path)
    scenarios = book["scenarios"]
    assert isinstance(scenarios, list)
    alone = {**book, "scenarios": [scenario for scenario in scenarios if scenario["name"] == name]}
    locality = library.localities[str(book["locality"])]
    (outcome,) = check_scenarios(library.policies[locality.policy], library.localities, alone)
    assert outcome.differences == (), name


def test_guizhou_has_scenarios_for_every_threshold() -> None:
    assert len([name for path, name in named_scenarios() if path.parent.name == "guizhou"]) >= 40
