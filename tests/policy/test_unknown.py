"""Unknown is never zero: a fact taken away leaves a figure as it was, or leaves it open (A18)."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 5, 28)
# Left out, these say something of their own: held without end, enrolled in time, nothing received, nothing handed in.
ABSENCE_SAYS = {"until", "enrolled_on", "subsidy_received", "expenses"}
# Without its day of recognition an identity does not count, and is asked for (A6).
ASKED_FOR = {"since"}
SAMPLES = sorted(path.stem for path in paths.SAMPLES.glob("*.json"))
IDENTIFIED = [name for name in SAMPLES if "illness_poverty" in (paths.SAMPLES / f"{name}.json").read_text("utf-8")]


def leaves(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every fact that the case states, the tables and lists that hold them among them."""
    parts: Any = ()
    if isinstance(tree, dict):
        parts = tree.items()
    elif isinstance(tree, list):
        parts = enumerate(tree)
    for key, part in parts:
        if part is not None and not isinstance(key, int):
            yield (*path, key)
        yield from leaves(part, (*path, key))


def without(draft: Draft, path: tuple[str | int, ...]) -> Draft:
    less = deepcopy(draft)
    place: Any = less
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = None
    return less


def assessed(library: Library, draft: Draft) -> Assessment | None:
    """The assessment; None where the case is refused without the fact, which is an answer as well."""
    try:
        case = read_case(draft)
        return assess(case, library.rules(case.locality), ON)
    except Refused:
        return None


def figures(assessment: Assessment) -> dict[str, object]:
    found: dict[str, object] = {}
    for benefit in assessment.benefits:
        found |= {f"line {line.expense}": line.payable for line in benefit.lines}
    return found | {f"subsidy {one.person}/{one.year}": one.amount for one in assessment.subsidies}


def conditional(assessment: Assessment) -> bool:
    return any(benefit.conditional for benefit in assessment.benefits)


@pytest.mark.parametrize("name", SAMPLES)
def test_taking_a_fact_away_never_makes_another_figure(
    library: Library, sample: Callable[[str], Draft], name: str
) -> None:
    draft = sample(name)
    whole = assessed(library, draft)
    assert whole is not None
    known = figures(whole)
    for path in leaves(draft):
        less = assessed(library, without(draft, path))
        if less is None or path[-1] in ABSENCE_SAYS:
            continue
        if path[-1] in ASKED_FOR:
            assert any(one.path.endswith("since") for one in less.missing), path
            continue
        found = figures(less)
        other = {key: value for key, value in found.items() if value is not None and value != known.get(key)}
        assert other == {} or conditional(less), (path, other)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_left_open_is_asked_for(library: Library, sample: Callable[[str], Draft], name: str) -> None:
    draft = sample(name)
    for path in leaves(draft):
        less = assessed(library, without(draft, path))
        if less is None:
            continue
        undetermined = less.identification is not None and less.identification.verdict == "undetermined"
        if None in figures(less).values() or undetermined:
            assert less.status == "incomplete" and less.missing, path
        for one in less.missing:
            assert re.fullmatch(r"[a-z_]+(\[\d+\])?(\.[a-z_0-9]+(\[\d+\])?)*", one.path), one.path
            assert one.why and one.who and one.cite


@pytest.mark.parametrize("name", IDENTIFIED)
def test_a_verdict_that_loses_a_fact_stands_or_is_undetermined(
    library: Library, sample: Callable[[str], Draft], name: str
) -> None:
    draft = sample(name)
    whole = assessed(library, draft)
    assert whole is not None and whole.identification is not None
    for path in leaves(draft):
        less = assessed(library, without(draft, path))
        if less is None or less.identification is None or path[-1] in ABSENCE_SAYS | ASKED_FOR:
            continue
        assert less.identification.verdict in (whole.identification.verdict, "undetermined"), path
