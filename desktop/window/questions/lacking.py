"""What a draft still lacks, while faults keep it from being assessed: asked of the same draft without them."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy

from desktop.domain.problems import Fault
from desktop.policy.assessment import Missing
from desktop.window.questions.draft import Draft
from desktop.work.assessing import Outcome

ROW = re.compile(r"(.*)\[(\d+)\][^\[]*")  # the innermost row of a path


def lacking(outcome: Outcome, draft: Draft, assess: Callable[[object], Outcome]) -> tuple[Missing, ...]:
    """What the assessment lacks; with faults in the way, what it would lack without what is at fault.

    A faulty value counts as unknown; a row that lacks what it cannot be without counts as not there.
    Faults of neither kind leave nothing to ask.
    """
    if outcome.assessment is not None:
        return outcome.assessment.missing
    rest = Draft(deepcopy(draft.tree))
    gone: dict[str, set[int]] = {}
    _blank(rest, outcome.faults, gone)
    for path, places in gone.items():
        for place in sorted(places, reverse=True):
            if place < len(rest.rows(path)):
                rest.remove_row(path, place)
    found = assess(rest.tree)
    if found.assessment is None:
        return ()
    return tuple(Missing(_as_it_stands(one.path, gone), one.why, one.who, one.cite) for one in found.assessment.missing)


def _blank(rest: Draft, faults: Iterable[Fault], gone: dict[str, set[int]]) -> None:
    for fault in faults:
        row = ROW.fullmatch(fault.path)
        if rest.get(fault.path) not in (None, "") and not fault.path.endswith("]"):
            rest.put(fault.path, None)
        elif row is not None:
            gone.setdefault(row[1], set()).add(int(row[2]))


def _as_it_stands(path: str, gone: dict[str, set[int]]) -> str:
    """The path with the places that rows have in the whole draft."""
    for stem, places in gone.items():
        found = re.match(rf"{re.escape(stem)}\[(\d+)\](.*)", path)
        if found:
            kept = [place for place in range(int(found[1]) + len(places) + 1) if place not in places]
            path = f"{stem}[{kept[int(found[1])]}]{found[2]}"
    return path
