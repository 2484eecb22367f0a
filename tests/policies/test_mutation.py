"""The scenarios of the operative policies notice nearly every small change of them."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.policy.proof.mutation import ENOUGH, score_of, try_mutants
from desktop.work.library import Library


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("policy", ["guizhou-2022-19", "pingshun-2023"])
def test_scenarios_notice_nineteen_of_twenty_changes(library: Library, policy: str) -> None:
    path = library.files[policy]
    tried = list(try_mutants(toml(path), library.localities, toml(path.with_name("scenarios.toml"))))
    score = score_of(tried)
    assert len(tried) > 100
    survivors = [f"{mutant.path}: {mutant.before} → {mutant.after}" for mutant in score.survivors]
    assert score.share >= ENOUGH, "\n".join(survivors)
