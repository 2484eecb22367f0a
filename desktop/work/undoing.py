"""Undone, done again, taken back to how it stood: by new entries in the journal, so that it holds over restarts.

What an undo writes is part of the file format: one entry of kind ``undone`` (``redone``) with the path ``""`` and the
new value ``{"first": n, "last": m}``, the first and the last change of the act that it takes back (does again); then,
in the same change and of the same kind, one entry for each edit that it makes. Which acts can be undone follows from
the journal alone: an edit is put on top of what is done and empties what is undone; the other two kinds move an act
from one to the other. Numbers, prints and exports are never undone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.edits import Edit, Misfit, Tree, applied, edits_between, reversed_edits, untracked
from desktop.domain.problems import Problem
from desktop.store import cases
from desktop.store.cases import KeptCase
from desktop.store.file import Pen
from desktop.store.journal import Note, note
from desktop.work.drafts import Draft, draft_of, joined, papers_of
from desktop.work.history import Act, history_of, tree_at
from desktop.work.intake import OpenCase, keep_edited, keep_tree, save_case
from desktop.work.office import Office

NOTHING = {"undone": "没有可以撤销的录入。", "redone": "没有可以重做的录入。"}
WORDS = {"undone": "撤销", "redone": "重做"}


@dataclass(frozen=True, slots=True)
class Turned:
    """A case after an act was undone or done again, or after it was taken back (``act`` None): its tracked tree before and now.

    ``passed_over`` says which later acts could not be turned, where there were any.
    """

    case: OpenCase
    act: Act | None
    edits: tuple[Edit, ...]
    before: Tree
    now: Tree
    passed_over: Problem | None = None


def can_undo(office: Office, case_id: str) -> bool:
    """Whether there is an act to undo."""
    return bool(done_and_undone(history_of(office, case_id))[0])


def can_redo(office: Office, case_id: str) -> bool:
    """Whether there is an act to do again."""
    return bool(done_and_undone(history_of(office, case_id))[1])


def undo(office: Office, case_id: str) -> Turned:
    """Undoes the last act on a case, whoever did it; it is on disk then.

    Raises:
        Problem: where there is none, or none of them fits the case as it is now.
    """
    return _turn(office, case_id, "undone")


def redo(office: Office, case_id: str) -> Turned:
    """Does again what was undone last, unless something was typed since; it is on disk then.

    Raises:
        Problem: where there is none, or none of them fits the case as it is now.
    """
    return _turn(office, case_id, "redone")


def restore(office: Office, case_id: str, change: int) -> Turned:
    """Brings a case back to how it stood after a change, as an act of its own that can be undone.

    Raises:
        Problem: where it stands like that, or was not yet begun then.
    """
    with office.change():
        before = cases.get(office.kept, case_id)
        at = keep_tree(office, case_id, untracked(tree_at(office, case_id, change)), "edit")
        kept = cases.get(office.kept, case_id)
        if kept.tree == before.tree:
            raise Problem("案卷现在就是这个状态。", "")
    return Turned(_opened(kept, at), None, (), before.tree, kept.tree)


def save_taken_back(office: Office, case_id: str, draft: Draft, papers: dict[str, str]) -> datetime:
    """Keeps a case from which the window took back the last act by itself: as an undo, where it is just that."""
    with office.change() as pen:
        kept = cases.get(office.kept, case_id)
        done, _ = done_and_undone(history_of(office, case_id))
        if done:
            edits = reversed_edits(done[-1].edits)
            now = _fitting(kept.tree, edits)
            if now is not None and not edits_between(now, joined(draft, papers), str)[0]:
                _keep(pen, office, kept, now, _notes("undone", case_id, done[-1], edits))
                return pen.at
        return save_case(office, case_id, draft, papers)


def done_and_undone(acts: Iterable[Act]) -> tuple[list[Act], list[Act]]:
    """The acts that can be undone, and those that can be done again; the next one last."""
    done: list[Act] = []
    undone: list[Act] = []
    for act in acts:
        if act.kind == "edit":
            done.append(act)
            undone.clear()
        elif act.kind == "undone":
            _move(act.of, done, undone)
        elif act.kind == "redone":
            _move(act.of, undone, done)
    return done, undone


def _move(of: tuple[int, int] | None, one: list[Act], other: list[Act]) -> None:
    place = next((place for place, act in enumerate(one) if (act.first, act.change) == of), None)
    if place is not None:
        other.append(one.pop(place))


def _turn(office: Office, case_id: str, kind: str) -> Turned:
    with office.change() as pen:
        kept = cases.get(office.kept, case_id)
        done, undone = done_and_undone(history_of(office, case_id))
        waiting = done if kind == "undone" else undone
        for passed, act in enumerate(reversed(waiting)):
            edits = reversed_edits(act.edits) if kind == "undone" else act.edits
            now = _fitting(kept.tree, edits)
            if now is not None:
                _keep(pen, office, kept, now, _notes(kind, case_id, act, edits))
                again = _opened(cases.get(office.kept, case_id), pen.at)
                return Turned(again, act, edits, kept.tree, now, _passed_over(passed, kind))
        if waiting:
            raise Problem(f"之后又有改动，不能直接{WORDS[kind]}。", "请按 Ctrl+H 打开历史，选择要恢复的状态。")
        raise Problem(NOTHING[kind], "")


def _fitting(tree: Tree, edits: tuple[Edit, ...]) -> Tree | None:
    """The tree after the edits; None where they do not fit."""
    try:
        return applied(tree, edits)
    except Misfit:
        return None


def _passed_over(count: int, kind: str) -> Problem | None:
    if not count:
        return None
    return Problem(
        f"另有 {count} 次录入之后又有改动，没有{WORDS[kind]}。", "需要时请按 Ctrl+H 打开历史，选择要恢复的状态。"
    )


def _notes(kind: str, case_id: str, act: Act, edits: tuple[Edit, ...]) -> tuple[Note, ...]:
    named = Note(kind, case_id, new={"first": act.first, "last": act.change})
    return (named, *(Note(kind, case_id, edit.path, edit.old, edit.new) for edit in edits))


def _keep(pen: Pen, office: Office, kept: KeptCase, now: Tree, notes: tuple[Note, ...]) -> None:
    keep_edited(pen, office, kept, now)
    note(pen, *notes)


def _opened(kept: KeptCase, at: datetime) -> OpenCase:
    return OpenCase(kept.id, draft_of(kept), papers_of(kept), at)
