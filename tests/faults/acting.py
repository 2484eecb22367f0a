"""What a clerk does until somebody pulls the plug: each step is announced, done, and only then promised."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import Any

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem, Refused
from desktop.store import cases
from desktop.store.backups import backups_in
from desktop.store.facts import state_fact
from desktop.store.log import settle
from desktop.store.restoring import Wanted, restore
from desktop.work.backing_up import back_up, go_on
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case, purge, put_back
from desktop.work.drafts import draft_of, joined, papers_of
from desktop.work.entering import sign_out
from desktop.work.files import write_aside
from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.library import Library
from desktop.work.notices import issue_notice
from desktop.work.office import Office
from desktop.work.undoing import redo, undo
from tests.faults.grounds import Clock, Ground, Tree, come_in, normal, office_of, typed

MOST_CASES = 10
PAPERS = ("received", "missing", "waived")


@dataclass(frozen=True, slots=True)
class Plan:
    """What one sitting is to be: its chance, at what it is to be cut short, and when it takes place."""

    seed: str
    aim: str
    begins: datetime


class Say:
    """A line for each thing, on a pipe; a line that was not finished was not said."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def __call__(self, kind: str, **content: object) -> None:
        line = memoryview(json.dumps([kind, content], ensure_ascii=False).encode() + b"\n")
        while line:
            line = line[os.write(self._pipe, line) :]


@dataclass(slots=True)
class Counter:
    """A clerk at the counter of an open office."""

    ground: Ground
    office: Office
    random: Random
    drafts: tuple[Tree, ...]
    say: Say

    def do(self, phase: str) -> None:
        """One step of a kind; where the office refuses it, nothing was promised."""
        try:
            STEPS[phase](self)
        except (Problem, Refused) as refused:
            if isinstance(refused, Problem) and refused.__cause__ is not None:
                raise
            self.say("refused", phase=phase)

    def rows(self, where: str) -> list[tuple[str, str | None]]:
        """Ids and numbers of the cases that are like that."""
        rows = self.office.kept.read(f"SELECT id, case_no FROM cases WHERE {where} ORDER BY n")
        return [(str(case_id), number) for case_id, number in rows.fetchall()]

    def some_case(self) -> str:
        """A case outside the bin; a new one where there are few."""
        there = self.rows("deleted_at IS NULL")
        if not there or (len(there) < MOST_CASES and self.random.random() < 0.15):
            self.say("will", phase="saving", step="new")
            begun = new_case(self.office, self.random.choice(("illness_poverty", "assistance")))
            self.say("did", case=begun.id, tree=normal(joined(begun.draft, {})))
            self.type(begun.id, self.random.choice(self.drafts), {"id_card": "received"})
            return begun.id
        return self.random.choice(there)[0]

    def type(self, case_id: str, draft: Tree, papers: dict[str, str]) -> None:
        """Saves a case as it stands in the window."""
        self.say("will", phase="saving", step="save", case=case_id, tree=normal(joined(draft, papers)))
        save_case(self.office, case_id, draft, papers)
        self.say("did")


def _save(counter: Counter) -> None:
    case_id = counter.some_case()
    kept = cases.get(counter.office.kept, case_id)
    papers = {**papers_of(kept), f"paper{counter.random.randrange(3)}": counter.random.choice(PAPERS)}
    counter.type(case_id, typed(counter.random, draft_of(kept)), papers)


def _undo(counter: Counter) -> None:
    case_id = counter.some_case()
    turn = undo if counter.random.random() < 0.7 else redo
    counter.say("will", phase="undoing", step="undo", case=case_id)
    turned = turn(counter.office, case_id)
    counter.say("did", tree=normal(joined(turned.case.draft, turned.case.papers)))


def _accept(counter: Counter) -> None:
    case_id = counter.some_case()
    if counter.random.random() < 0.7:
        counter.type(case_id, counter.random.choice(counter.drafts), {"id_card": "received"})
    counter.say("will", phase="accepting", step="accept", cases=[case_id])
    counter.say("did", numbers={case_id: accept_case(counter.office, case_id)})


def _print(counter: Counter) -> None:
    case_id = counter.some_case()
    kind = counter.random.choice(("receipt", "calculation"))
    counter.say("will", phase="printing", step="print", cases=[case_id])
    issued = issue_notice(counter.office, case_id, kind)
    number = counter.rows(f"id = '{case_id}'")[0][1]
    counter.say("did", numbers={case_id: number}, notices={issued.number: sha256(issued.pdf).hexdigest()})
    write_aside(counter.ground.out / issued.file_name, issued.pdf)
    counter.say("made", file=issued.file_name)


def _export(counter: Counter) -> None:
    there = [case_id for case_id, number in counter.rows("deleted_at IS NULL") if number]
    if not there:
        _accept(counter)
        return
    chosen = counter.random.sample(there, min(len(there), counter.random.randint(1, 3)))
    counter.say("will", phase="exporting", step="export", cases=chosen)
    sent = export_batch(counter.office, tuple(chosen), counter.ground.out)
    counter.say("did", batches={sent.number: len(chosen)})
    counter.say("made", file=sent.path.name)


def _discard(counter: Counter) -> None:
    binned = counter.rows("deleted_at IS NOT NULL")
    if binned and counter.random.random() < 0.6:
        case_id = counter.random.choice(binned)[0]
        gone = counter.random.random() < 0.5
        counter.say("will", phase="discarding", step="purge" if gone else "put back", case=case_id)
        if gone:
            counter.say("did", gone=bool(purge(counter.office, [case_id]).gone))
        else:
            put_back(counter.office, case_id)
            counter.say("did")
    else:
        case_id = counter.some_case()
        counter.say("will", phase="discarding", step="delete", case=case_id)
        delete_case(counter.office, case_id, "重复录入")
        counter.say("did")


def _look(counter: Counter) -> None:
    case_id = counter.some_case()
    counter.say("will", phase="saving", step="look")
    open_case(counter.office, case_id)
    counter.say("did")


def _state(counter: Counter) -> None:
    name, value = f"fact{counter.random.randrange(4)}", counter.random.randrange(10**6)
    counter.say("will", phase="saving", step="state", facts={name: value})
    with counter.office.change() as pen:
        state_fact(pen, name, value)
    counter.say("did")


def _checkpoint(counter: Counter) -> None:
    _save(counter)
    counter.say("will", phase="checkpointing", step="checkpoint")
    settle(counter.ground.store, counter.office.kept.db.conn)
    counter.say("did")


def _back_up(counter: Counter) -> None:
    counter.say("will", phase="backing up", step="back up")
    backup, _ = back_up(counter.office, counter.ground.places(), "hand")
    counter.say("did", backup=backup.name)


STEPS: dict[str, Callable[[Counter], None]] = {
    "saving": _save,
    "undoing": _undo,
    "accepting": _accept,
    "printing": _print,
    "exporting": _export,
    "discarding": _discard,
    "checkpointing": _checkpoint,
    "backing up": _back_up,
}
COMMON = (_save, _save, _save, _save, _look, _state, _accept, _discard, _undo, _back_up)
COMING_AND_GOING = ("taking over", "opening", "closing", "restoring")


def sit(ground: Ground, library: Library, drafts: tuple[Tree, ...], plan: Plan, say: Say) -> None:
    """Sittings at the counter, one after the other, that come to the aim again and again."""
    random = Random(plan.seed)
    clock = Clock(plan.begins)
    for _ in range(3):
        say("will", phase="opening" if ground.is_set_up() else "taking over", step="open")
        entered = come_in(ground, clock)
        say("did", findings=[finding.what for finding in entered.store.findings])
        office = office_of(library, entered.store, entered.clerk, clock)
        counter = Counter(ground, office, random, drafts, say)
        if entered.store.unbacked:
            counter.do("backing up")
        _work(counter, plan.aim, random)
        say("will", phase="closing", step="close")
        sign_out(entered.store, entered.clerk, clock())
        entered.store.close()
        say("did")
        if plan.aim == "restoring":
            turn_back(ground, clock, random, entered.clerk, say)
            return  # what it came to is known when somebody has looked


def turn_back(ground: Ground, clock: Clock, random: Random, who: Clerk, say: Say) -> None:
    """Restores one of the last backups, mostly with what was typed since."""
    made, _ = backups_in(ground.backups)
    if made:
        chosen = random.choice(made[:3])
        replay = random.random() < 0.7
        say("will", phase="restoring", step="restore", backup=chosen.name, replay=replay)
        folders = (ground.backups,)
        wanted = Wanted(ground.store, ground.secret(), who, clock(), "测试", folders, go_on, replay)
        restored = restore(chosen.path, wanted)
        kept = restored.kept if restored.kept and restored.kept.suffix == ".backup" else None
        say("did", missing=restored.missing, kept=kept.name if kept else None)


def _work(counter: Counter, aim: str, random: Random) -> None:
    for _ in range(random.randrange(3)):
        _tried(counter, random.choice(COMMON))
    if aim == "restoring" and not backups_in(counter.ground.backups)[0]:
        counter.do("backing up")
    if aim not in COMING_AND_GOING:
        for _ in range(3):
            counter.do(aim)


def _tried(counter: Counter, step: Callable[[Counter], None]) -> None:
    try:
        step(counter)
    except (Problem, Refused) as refused:
        if isinstance(refused, Problem) and refused.__cause__ is not None:
            raise
        counter.say("refused")


def described(value: Any) -> str:
    """A value in one line, short enough to be read."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) < 300 else f"{text[:300]}…"
