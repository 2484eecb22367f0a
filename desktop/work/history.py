"""The history of a case: what was done to it act by act, and how it stood after each, read from the journal alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from desktop.domain.clerks import NOBODY, Clerk
from desktop.domain.edits import Edit, Misfit, Tree, applied, untracked
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.clerks import all_clerks
from desktop.store.journal import Entry, entries_of
from desktop.store.sealed import last_notice, sealed_of
from desktop.work.drafts import Draft, split
from desktop.work.notices import NOTICES
from desktop.work.office import Office

BEGINS = ("begun", "took_over")
TYPED = ("edit", "undone", "redone")
LEFT = ("numbered", "sealed", "printed", "exported")  # written in one change when something leaves the window
# Which edits are one act: undone acts are named on disk by their changes, so this never changes.
TOGETHER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done that changed no field: its kind, what it was done with (a number), what more was said of it."""

    kind: str
    subject: str
    said: object


@dataclass(frozen=True, slots=True)
class Act:
    """One act: one change, or several of one clerk who typed on in one field within ten minutes.

    ``first`` and ``change`` number its first and its last change, ``since`` and ``at`` are their times. ``begun`` is
    the tree that a case begins with; ``of`` names, of what was undone or redone, the first and last change.
    """

    first: int
    change: int
    since: datetime
    at: datetime
    who: Clerk
    kind: str
    edits: tuple[Edit, ...] = ()
    deeds: tuple[Deed, ...] = ()
    begun: Tree | None = None
    of: tuple[int, int] | None = None

    @property
    def sealed(self) -> int | None:
        """The id of the result that was sealed in this act; None where none was."""
        return next((int(deed.subject) for deed in self.deeds if deed.kind == "sealed"), None)


@dataclass(frozen=True, slots=True)
class PastState:
    """A case as it stood: its draft and its papers."""

    draft: Draft
    papers: dict[str, str]


def history_of(office: Office, case_id: str) -> tuple[Act, ...]:
    """Every act on a case, the oldest first.

    What was typed into a field and taken out again within one act is none. A result that was sealed by the first
    version of this program, which kept no journal, is an act before the case was taken over.

    Raises:
        Problem: where there is no such case, or it was deleted for good.
    """
    entries = _entries(office, case_id)
    clerks = _clerks(office)
    acts = [_act(tuple(group), clerks) for _, group in groupby(entries, key=_together)]
    return (*_sealed_before(office, case_id, acts), *_typed_on(acts))


def trees_of(acts: Iterable[Act]) -> tuple[Tree, ...]:
    """The tracked tree of a case after each of its acts; what did not change is shared."""
    trees: list[Tree] = []
    tree: Tree = {}
    for act in acts:
        tree = applied(tree if act.begun is None else act.begun, act.edits)
        trees.append(tree)
    return tuple(trees)


def state_at(office: Office, case_id: str, change: int) -> PastState:
    """A case as it stood after a change.

    Raises:
        Problem: where there is no such case, it was deleted for good, or it was not yet begun.
    """
    return PastState(*split(untracked(tree_at(office, case_id, change)), None))


def tree_at(office: Office, case_id: str, change: int) -> Tree:
    """The tracked tree of a case after a change.

    Raises:
        Problem: where there is no such case, it was deleted for good, or it was not yet begun.
    """
    entries = [entry for entry in _entries(office, case_id) if entry.change <= change]
    if not entries:
        raise Problem("那时还没有这个案卷。", "请选择受理以后的记录。")
    return _replayed(entries)


def verify(office: Office, case_id: str) -> bool:
    """Whether all entries of a case, replayed, give exactly the tree that is kept."""
    kept = cases.find(office.kept, case_id)
    try:
        return kept is not None and _replayed(_entries(office, case_id)) == kept.tree
    except Misfit:
        return False


def _entries(office: Office, case_id: str) -> tuple[Entry, ...]:
    entries = entries_of(office.kept, case_id)
    if not entries:
        raise Problem("没有这个案卷的记录。", "请回到案卷列表重新选择。")
    if any(entry.kind == "purged" for entry in entries):
        raise Problem("这个案卷已经彻底删除，录入的内容没有保留。", "登记簿和批次中的编号仍可查到。")
    return entries


def _replayed(entries: Iterable[Entry]) -> Tree:
    tree: Tree = {}
    for entry in entries:
        if entry.kind in BEGINS and isinstance(entry.new, dict):
            tree = entry.new
        elif entry.kind in TYPED and entry.path:
            tree = applied(tree, [Edit(entry.path, entry.old, entry.new)])
    return tree


def _together(entry: Entry) -> tuple[int, str]:
    """What is the same of entries that are one act: the change, and what kind of thing was done in it."""
    return entry.change, "left" if entry.kind in LEFT else entry.kind


def _act(entries: tuple[Entry, ...], clerks: Mapping[str, Clerk]) -> Act:
    one = entries[-1]
    deeds = tuple(Deed(entry.kind, entry.path, entry.new) for entry in entries if entry.kind not in (*BEGINS, *TYPED))
    return Act(
        first=one.change,
        change=one.change,
        since=one.at,
        at=one.at,
        who=clerks.get(one.who) or Clerk(one.who, one.who, NOBODY.role),
        kind=one.kind,
        edits=tuple(Edit(entry.path, entry.old, entry.new) for entry in entries if entry.kind in TYPED and entry.path),
        deeds=deeds,
        begun=one.new if one.kind in BEGINS and isinstance(one.new, dict) else None,
        of=next((_named(entry.new) for entry in entries if entry.kind in TYPED and not entry.path), None),
    )


def _named(value: object) -> tuple[int, int] | None:
    """The changes that an entry of what was undone or redone names."""
    match value:
        case {"first": int(first), "last": int(last)}:
            return first, last
        case _:
            return None


def _typed_on(acts: Iterable[Act]) -> Iterator[Act]:
    """Puts together what was typed on in one field; what came to nothing is left out."""
    before: Act | None = None
    for act in acts:
        if before is not None and _goes_on(before, act):
            whole = Edit(act.edits[0].path, before.edits[0].old, act.edits[0].new)
            before = replace(act, first=before.first, since=before.since, edits=(whole,))
            continue
        if before is not None and not _is_nothing(before):
            yield before
        before = act
    if before is not None and not _is_nothing(before):
        yield before


def _goes_on(before: Act, act: Act) -> bool:
    if not (before.kind == act.kind == "edit" and len(before.edits) == len(act.edits) == 1):
        return False
    path = act.edits[0].path
    same = path == before.edits[0].path and before.who.id == act.who.id
    # A row that comes and a row that goes are acts of their own: each is to be had back.
    return same and not path.endswith("]") and timedelta(0) <= act.at - before.since <= TOGETHER


def _is_nothing(act: Act) -> bool:
    if act.kind != "edit" or len(act.edits) != 1:
        return False
    (edit,) = act.edits
    return type(edit.old) is type(edit.new) and edit.old == edit.new


def _sealed_before(office: Office, case_id: str, acts: Sequence[Act]) -> Iterator[Act]:
    """What the first version sealed; of the notices that it printed, the last of each kind can be told."""
    if acts[0].kind != "took_over":
        return
    known = {act.sealed for act in acts}
    last = [one for kind in NOTICES if (one := last_notice(office.kept, case_id, kind)) is not None]
    for sealed, seal in sealed_of(office.kept, case_id):
        if sealed not in known:
            notices = [
                Deed("printed_before", one.number, {"kind": one.kind}) for one in last if one.assessment == sealed
            ]
            deeds = (Deed("sealed", str(sealed), None), *notices)
            yield Act(0, 0, seal.made_at, seal.made_at, NOBODY, "sealed", deeds=deeds)


def _clerks(office: Office) -> dict[str, Clerk]:
    """Everybody who may be named in an entry, by id, with the name and the role that they have now."""
    return {clerk.id: clerk for clerk in (*all_clerks(office.kept), office.who(), NOBODY)}
