"""What was promised to a clerk in one office, over all its sittings, and whether the store keeps it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.batches.outgoing import read_back
from tests.faults.grounds import Tree, normal

if TYPE_CHECKING:
    from sqlite3 import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A case as the clerk knows it."""

    tree: str
    number: str | None = None
    binned: bool = False


@dataclass(slots=True)
class Promises:
    """All that was acknowledged; ``pending`` is what was announced and not yet acknowledged."""

    cases: dict[str, Kept] = field(default_factory=dict)
    notices: dict[str, str] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    backups: dict[str, "Promises"] = field(default_factory=dict)  # what was promised when each was made
    cut: set[str] = field(default_factory=set)  # backups since which a tail has lost something
    broke: list[str] = field(default_factory=list)
    lacks: bool = False  # a backup was restored since which a tail had lost something
    unsent: set[str] = field(default_factory=set)  # workbooks that are whole, and of no batch that the store knows
    turned_back: bool = False  # a backup was restored, and what was typed since was not put in again
    pending: dict[str, Any] = field(default_factory=dict)
    acknowledged: int = 0
    fields: int = 0  # typed and acknowledged

    def hear(self, kind: str, content: dict[str, Any]) -> None:
        """A line of a sitting."""
        if kind == "will":
            self.pending = content
        elif kind == "did":
            self.acknowledged += 1
            self._done(self.pending, content)
            self.pending = {}
        elif kind == "refused":
            self.pending = {}
        elif kind == "made":
            self.files.add(content["file"])

    def _done(self, step: dict[str, Any], did: dict[str, Any]) -> None:
        name, case_id = step["step"], str(step.get("case"))
        if name == "new":
            self.cases[did["case"]] = Kept(_text(did["tree"]))
        elif name in {"save", "undo"}:
            tree = _text(step.get("tree") or did["tree"])
            self.fields += 1
            self.cases[case_id] = Kept(tree, self.cases[case_id].number, self.cases[case_id].binned)
        elif name in {"delete", "put back"}:
            before = self.cases[case_id]
            self.cases[case_id] = Kept(before.tree, before.number, name == "delete")
        elif name == "purge" and did["gone"]:
            del self.cases[case_id]
        for numbered, number in did.get("numbers", {}).items():
            self.cases[numbered] = Kept(self.cases[numbered].tree, number)
        self.notices |= did.get("notices", {})
        self.batches |= did.get("batches", {})
        self.facts |= step.get("facts", {})
        if name == "back up":
            self.backups[did["backup"]] = self._as_now()
        elif name == "restore":
            self._restored(step, did)

    def _restored(self, step: dict[str, Any], did: dict[str, Any]) -> None:
        before = self.backups.get(step["backup"])
        if did["kept"]:
            self.backups[did["kept"]] = self._as_now()
        if step["replay"]:
            self.was_restored(step["backup"], did["missing"])
        elif before:
            self.cut |= set(self.backups)
            self.cases, self.notices = dict(before.cases), dict(before.notices)
            self.batches, self.facts = dict(before.batches), dict(before.facts)
            self.turned_back = True

    def was_restored(self, backup: str, missing: int) -> None:
        """A backup was restored and what was typed since was put in again, but for so many changes."""
        if missing:
            self.lacks = True
            if backup not in self.cut:
                self.broke.append(f"{missing} changes since {backup} were not put in again")
        # From here on the tails lead on from what was restored, and from no backup that there is.
        self.cut |= set(self.backups)

    def _as_now(self) -> "Promises":
        return Promises(dict(self.cases), dict(self.notices), dict(self.batches), dict(self.facts))

    def backups_are(self, names: Iterable[str]) -> None:
        """Backups that were made when somebody was killed; they hold what was there then."""
        for name in names:
            self.backups.setdefault(name, self._as_now())

    def tail_was_cut(self) -> None:
        """Changes since the backups there are may be in the store alone."""
        self.cut |= set(self.backups)

    def broken_in(self, connection: "Connection") -> list[str]:
        """What was promised and is not so. Whatever was under way has happened whole, or not at all; it is known then."""
        before = deepcopy(self)
        if self.pending.get("step") == "restore":
            self.cut |= set(self.backups)
        if self.lacks or (self.pending.get("step") == "restore" and self.pending["backup"] in before.cut):
            self.lacks, self.turned_back = False, True
            list(self._cases(connection)), list(self._papers(connection)), list(self._facts(connection))
            return []
        faults = [*self._cases(connection), *self._papers(connection), *self._facts(connection)]
        if faults and self.pending.get("step") == "restore" and self.pending["backup"] in before.backups:
            self.cases, self.notices, self.batches, self.facts = (
                before.cases,
                before.notices,
                before.batches,
                before.facts,
            )
            self._restored(self.pending, {"missing": 0, "kept": None})
            faults = [*self._cases(connection), *self._papers(connection), *self._facts(connection)]
        return faults

    def broken_among(self, out: Path, connection: "Connection") -> list[str]:
        """Files outside the store that count and are not whole, or that are gone."""
        faults = [f"file {name} is gone" for name in self.files if not (out / name).exists()]
        digests = {sha256(pdf).hexdigest() for (pdf,) in connection.execute("SELECT pdf FROM notices")}
        purged = "purged" in {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM journal")}
        for path in out.glob("*.pdf"):
            if sha256(path.read_bytes()).hexdigest() not in digests and not purged and not self.turned_back:
                faults.append(f"{path.name} is no notice of the store")
        sent = {number for (number,) in connection.execute("SELECT number FROM batches")}
        for path in out.glob("*.xlsx"):
            if path.stem not in sent and not self.turned_back:
                self.unsent.add(path.name)
            try:
                read_back(path)
            except Exception as trouble:  # noqa: BLE001  whatever it is, the workbook cannot be read
                faults.append(f"{path.name} is not whole: {trouble!r}")
        return faults

    def _cases(self, connection: "Connection") -> Iterator[str]:
        found = {
            case_id: Kept(_text(normal(json.loads(draft))), number, binned is not None)
            for case_id, draft, number, binned in connection.execute("SELECT id, draft, case_no, deleted_at FROM cases")
        }
        step = self.pending.get("step")
        more = [case_id for case_id in found if case_id not in self.cases]
        if len(more) > (1 if step == "new" else 0):
            yield f"{len(more)} cases that nobody began"
        for case_id, promised in self.cases.items():
            now = found.get(case_id)
            if now != promised and not self._under_way(case_id, promised, now):
                yield f"case {case_id}, {_difference(promised, now)}; under way: {str(self.pending)[:200]}"
        self.cases = found

    def _under_way(self, case_id: str, before: Kept, now: Kept | None) -> bool:
        step, touched = self.pending.get("step"), self.pending.get("case")
        if touched == case_id:
            if now is None:
                return step == "purge"
            if step == "save":
                return now == Kept(_text(self.pending["tree"]), before.number, before.binned)
            if step == "undo":
                return (now.number, now.binned) == (before.number, before.binned)
            return now == Kept(before.tree, before.number, step == "delete")
        if case_id in self.pending.get("cases", ()) and now is not None and before.number is None:
            return now == Kept(before.tree, now.number, before.binned)
        return False

    def _papers(self, connection: "Connection") -> Iterator[str]:
        step = self.pending.get("step")
        purged = {row[0] for row in connection.execute("SELECT case_id FROM journal WHERE kind = 'purged'")}
        rows = connection.execute("SELECT number, case_id, pdf FROM notices").fetchall()
        notices = {number: sha256(pdf).hexdigest() for number, _, pdf in rows}
        of = dict(connection.execute("SELECT text, case_id FROM register WHERE series IN ('receipt', 'calculation')"))
        for number, digest in self.notices.items():
            if notices.get(number) != digest and of.get(number) not in purged:
                yield f"notice {number} is not what was printed"
        if step != "print" and notices.keys() - self.notices.keys():
            yield f"notices that nobody printed: {notices.keys() - self.notices.keys()}"
        batches = dict(connection.execute("SELECT number, cases FROM batches").fetchall())
        for number, cases in self.batches.items():
            if batches.get(number) != cases:
                yield f"batch {number} is not what was sent"
        if step != "export" and batches.keys() - self.batches.keys():
            yield f"batches that nobody sent: {batches.keys() - self.batches.keys()}"
        self.notices, self.batches = notices, batches

    def _facts(self, connection: "Connection") -> Iterator[str]:
        facts = {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM facts")}
        under_way = self.pending.get("facts", {})
        for name, value in self.facts.items():
            if facts.get(name) != value and facts.get(name) != under_way.get(name, value):
                yield f"fact {name} is {facts.get(name)} and was stated as {value}"
        self.facts = facts


def promised_by_the_old(path: Path) -> Promises:
    """What a store of the first version promises."""
    connection = sqlite3.connect(path)
    try:
        found = Promises()
        for case_id, number, draft, papers in connection.execute("SELECT id, case_no, draft, papers FROM cases"):
            tree = {**json.loads(draft), "papers": json.loads(papers)}
            found.cases[case_id] = Kept(_text(normal(tree)), number)
        notices = connection.execute("SELECT number, pdf FROM notices").fetchall()
        found.notices = {number: sha256(pdf).hexdigest() for number, pdf in notices}
        found.batches = dict(connection.execute("SELECT number, cases FROM batches").fetchall())
        return found
    finally:
        connection.close()


def _text(tree: Tree) -> str:
    # The number is the register's; a store of the first version had it in the draft as well.
    return json.dumps({**tree, "case_no": None}, ensure_ascii=False, sort_keys=True)


def _difference(promised: Kept, found: Kept | None) -> str:
    if found is None:
        return "gone"
    ours, theirs = json.loads(promised.tree), json.loads(found.tree)
    keys = [key for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]
    return f"{promised.number}, {promised.binned} became {found.number}, {found.binned}; " + "; ".join(
        f"{key}: {str(ours.get(key))[:200]} became {str(theirs.get(key))[:200]}" for key in keys
    )
