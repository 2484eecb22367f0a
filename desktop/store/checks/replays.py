"""Every case held against its entries: what they come to, field by field, is what the file keeps."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from desktop.domain.edits import Edit, Misfit, Tree, applied
from desktop.store.chain import plain_json
from desktop.store.checks.chains import Link, link_of
from desktop.store.checks.findings import Check, Finding
from desktop.store.checks.left_the_window import Kept, batches_of, notices_of, numbers_of, seals_of
from desktop.store.journal import COLUMNS

BEGINNINGS = {"begun", "took_over"}
EDITS = {"edit", "undone", "redone"}
THROWN = {"deleted", "put_back"}  # the second says nothing, and the case has no reason any more
# In the order of an index, so that nothing has to be sorted.
ENTRIES = f"SELECT {COLUMNS} FROM journal WHERE case_id IS NOT NULL ORDER BY case_id, change, window, seq"
CASES = "SELECT id, case_no, draft, deleted_why FROM cases ORDER BY id"


@dataclass(slots=True)
class Replayed:
    """What the entries of a case come to; of its number they tell only where it ``is_numbered`` by them."""

    tree: Tree
    is_numbered: bool
    case_no: object = None
    deleted_why: object = None


def replays(check: Check) -> Iterator[Finding]:
    """All cases with their entries, in the order of their ids."""
    (of,) = check.read("SELECT count(*) FROM cases").fetchone()
    check.watch.begin("cases", of)
    for kept, links in _side_by_side(check):
        if kept is None:
            if not any(link.stamp.kind == "purged" for link in links):
                yield Finding("case_gone", str(links[0].stamp.case_id), links[-1].stamp)
            continue
        check.watch.step()
        check.count("cases")
        if not links:
            yield Finding("case_unrecorded", kept.place)
        else:
            yield from _compared(kept, links)
            for part in (numbers_of, seals_of, notices_of, batches_of):
                yield from part(check, kept, links)


def _compared(kept: Kept, links: list[Link]) -> Iterator[Finding]:
    try:
        replayed = replay(links)
    except (Misfit, ValueError, TypeError, LookupError, AssertionError, RecursionError):
        yield Finding("case_unproved", kept.place, links[-1].stamp)
        return
    if plain_json(replayed.tree) != kept.draft:
        yield Finding("case_changed", kept.place, links[-1].stamp)
    if replayed.is_numbered and replayed.case_no != kept.case_no:
        yield Finding("case_number", kept.place)
    if replayed.deleted_why != kept.deleted_why:
        yield Finding("case_bin", kept.place)


def replay(links: Iterable[Link]) -> Replayed:
    """What the entries come to, one after the other.

    Raises:
        Misfit, ValueError, TypeError, LookupError, AssertionError: where they do not fit one another.
    """
    found: Replayed | None = None
    for link in links:
        kind = link.stamp.kind
        if kind in BEGINNINGS:
            tree = _read(link.new)
            assert isinstance(tree, dict), "a case begins with its whole tree"
            found = Replayed(tree, is_numbered=kind == "begun")
        elif found:
            _add(found, link)
    assert found, "a case begins"
    return found


def _add(found: Replayed, link: Link) -> None:
    kind = link.stamp.kind
    # Without a path it only says which act is undone or done again.
    if kind in EDITS and link.stamp.path:
        found.tree = applied(found.tree, [Edit(link.stamp.path, _read(link.old), _read(link.new))])
    elif kind == "numbered":
        found.is_numbered, found.case_no = True, _read(link.new)
    elif kind in THROWN:
        found.deleted_why = _read(link.new)


def _read(text: str | None) -> object:
    return None if text is None else json.loads(text)


def _side_by_side(check: Check) -> Iterator[tuple[Kept | None, list[Link]]]:
    """Cases and entries in one pass over both, whichever of the two is missing."""
    entries = (link_of(row) for row in check.read(ENTRIES))
    groups = groupby(entries, lambda link: str(link.stamp.case_id))
    cases = (Kept(*row) for row in check.read(CASES))
    kept, group = next(cases, None), next(groups, None)
    while kept or group:
        if group is None or (kept and kept.id < group[0]):
            yield kept, []
            kept = next(cases, None)
        elif kept is None or group[0] < kept.id:
            yield None, list(group[1])
            group = next(groups, None)
        else:
            yield kept, list(group[1])
            kept, group = next(cases, None), next(groups, None)
