"""A past state of a case as plain lines, step by step as it is asked for, with what an act changed marked in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.domain.edits import ROW_ID, Edit, Tree
from desktop.window.questions.asking import under
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft
from desktop.window.questions.question import Group, Part, RowList, Sheets, Step
from desktop.window.questions.told import numbered, row_said, said, unnamed, where

MARKS = {"": "", "changed": "◆ 已改", "added": "＋ 新增", "removed": "－ 删去"}


@dataclass(frozen=True, slots=True)
class StateLine:
    """One line: a step's or a row's heading, or a field with its value; ``was`` is the value before the act."""

    kind: Literal["step", "row", "field"]
    words: str
    value: str = ""
    mark: str = ""
    was: str = ""


def state_lines(before: Tree, after: Tree, edits: Iterable[Edit], papers: Mapping[str, str]) -> tuple[StateLine, ...]:
    """How a case stood after an act, every field that was filled in or changed; ``papers`` are their names by id."""
    return tuple(_Lines(before, after, edits, papers).all())


class _Lines:
    def __init__(self, before: Tree, after: Tree, edits: Iterable[Edit], papers: Mapping[str, str]) -> None:
        self.before, self.after, self.papers = before, after, papers
        self.edits = {edit.path: edit for edit in edits}

    def all(self) -> Iterator[StateLine]:
        """Every step with its lines; the papers in the place that is theirs."""
        for step in STEPS:
            lines = list(self.papers_lines() if step.id == "papers" else self.step(step))
            if step.id != "result":
                yield StateLine("step", step.title, "" if lines else "未填写")
                yield from lines

    def step(self, step: Step) -> Iterator[StateLine]:
        """The lines of a step; the first one begins with what the case is about."""
        if step is STEPS[0]:
            yield from self.fields(["matter"], "", self.after)
        for part in step.parts:
            yield from self.part(part, "", self.after)

    def papers_lines(self) -> Iterator[StateLine]:
        """The papers that were looked at."""
        kept = self.after.get("papers")
        table = kept if isinstance(kept, dict) else {}
        changed = [path.partition(".")[2] for path in self.edits if path.startswith("papers.")]
        yield from self.fields(list(dict.fromkeys([*self.papers, *table, *changed])), "papers", table)

    def part(self, part: Part, base: str, table: Tree) -> Iterator[StateLine]:
        """The lines of a form, a table or a list of sheets; ``base`` is the tracked path of the table they stand in."""
        if isinstance(part, Group):
            lines = list(self.fields([question.key for question in part.questions], base, table))
            if lines and part.title and not base:
                yield StateLine("row", part.title)
            yield from lines
            return
        path = under(base, part.path)
        rows = _at(table, part.path)
        if rows == [] or (rows is None and path in self.edits):
            yield self.field(path, rows)
        for row in rows if isinstance(rows, list) else ():
            yield from self.row(part, f"{path}[{row[ROW_ID]}]", row)
        if part.noun:
            yield from self.removed(path)

    def row(self, part: RowList | Sheets, path: str, row: Tree) -> Iterator[StateLine]:
        """A row under its name; of sheets whose rows are made elsewhere, only where there is something to say."""
        if isinstance(part, RowList):
            lines = list(self.fields([question.key for question in part.questions], path, row))
        else:
            lines = [line for one in part.parts for line in self.part(one, path, row)]
        added = path in self.edits and self.edits[path].old is None and bool(part.noun)
        if lines or part.noun:
            yield StateLine("row", self.name(path, self.after), mark="added" if added else "")
        yield from lines

    def removed(self, path: str) -> Iterator[StateLine]:
        """The rows of a list that the act took out."""
        for edit in self.edits.values():
            if edit.path.rpartition("[")[0] != path or edit.new is not None or not edit.path.endswith("]"):
                continue
            if numbered(edit.path, self.after) is None and isinstance(edit.old, dict):
                told = row_said(unnamed(path), edit.old["row"], self.before)
                yield StateLine("row", self.name(edit.path, self.before), told, "removed")

    def fields(self, keys: Iterable[str], base: str, table: Tree) -> Iterator[StateLine]:
        """The fields of a table that are known or were changed."""
        for key in keys:
            value, path = _at(table, key), under(base, key)
            if value not in (None, "") or path in self.edits:
                yield self.field(path, value)

    def field(self, path: str, value: object) -> StateLine:
        """One field."""
        plain = unnamed(path)
        edit = self.edits.get(path)
        label = where(plain, self.after, self.papers).removeprefix("材料 · ")
        if edit is None:
            return StateLine("field", label, said(plain, value, self.after))
        return StateLine("field", label, said(plain, value, self.after), "changed", said(plain, edit.old, self.before))

    def name(self, path: str, tree: Tree) -> str:
        """What a row is called, with the row that it hangs on."""
        return where(numbered(path, tree) or "", tree, self.papers)


def _at(table: Tree, key: str) -> object:
    return Draft(table).get(key)
