"""What a field, a row and a change of a case are called, in words for the clerk; ID and telephone numbers are masked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.case import MATTERS
from desktop.domain.edits import ROW_ID, Edit, Tree
from desktop.domain.masking import masked_id, masked_phone
from desktop.policy.wording import FACTS
from desktop.window.questions.asking import BY_TABLE, under
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft, unnumbered
from desktop.window.questions.question import Group, Question, RowList, Sheets
from desktop.window.questions.typed import show, show_amount

PART = re.compile(r"([^.\[\]]+)(?:\[([^\]]+)\])?")
PAPER_STATES = {"received": "已收", "missing": "待补", "not_needed": "不需要"}
BLANK, UNKNOWN, UNSEEN = "未填", "未知", "未核"
MOST, LONGEST = 3, 24  # changes on one line, and characters of a value there
MOST_OF_A_ROW = 3  # what tells one row from another
OTHERS = {"matter": "申请事项", "locality": "统筹地区"}
SILENT = {"format", "case_no"}
QUESTIONS: dict[str, Question] = {
    under(base, question.key): question for base, questions in BY_TABLE.items() for question in questions
}


def _lists() -> Iterator[tuple[str, RowList | Sheets]]:
    for part in (part for step in STEPS for part in step.parts if not isinstance(part, Group)):
        if part.noun:
            yield part.path, part
        if isinstance(part, Sheets):
            yield from ((under(part.path, one.path), one) for one in part.parts if isinstance(one, RowList))


LISTS: dict[str, RowList | Sheets] = dict(_lists())


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words; ``mark`` is changed, added or removed, and a row has only one of ``old`` and ``new``."""

    where: str
    old: str
    new: str
    mark: str

    @property
    def words(self) -> str:
        """The change as a sentence says it."""
        if self.mark == "changed":
            return f"{self.where} {_cut(self.old)} → {_cut(self.new)}"
        verb, row = ("增加", self.new) if self.mark == "added" else ("删去", self.old)
        return f"{verb}{self.where}" + (f"（{row}）" if row else "")


def numbered(path: str, tree: Tree) -> str | None:
    """A path by the ids of rows as one by their places; None where a row is not there."""
    value: object = tree
    found = []
    for name, row_id in PART.findall(path):
        value = value.get(name) if isinstance(value, dict) else None
        found.append(name)
        if row_id:
            rows = value if isinstance(value, list) else []
            place = next((place for place, row in enumerate(rows) if row.get(ROW_ID) == row_id), None)
            if place is None:
                return None
            value, found[-1] = rows[place], f"{name}[{place}]"
    return ".".join(found)


def unnamed(path: str) -> str:
    """A path by the ids of rows as one without places."""
    return re.sub(r"\[[^\]]*\]", "", path)


def where(path: str, tree: Tree, papers: Mapping[str, str]) -> str:
    """What stands at a path by places: ``王某某 · 身份 1 · 认定日期``; ``papers`` are the papers' names by id."""
    words, here = [], ""
    for name, place in PART.findall(path):
        here = under(here, name)
        if place:
            words.append(row_name(here, int(place), tree))
    if path.startswith("papers."):
        return f"材料 · {papers.get(path.partition('.')[2], '其他')}"
    if not path.endswith("]"):
        words.append(_label(unnumbered(path)))
    return " · ".join(words)


def row_name(path: str, place: int, tree: Tree) -> str:
    """What a row of a list is called: a member by name, anything else by its place."""
    if path == "household.members":
        return list(Draft(tree).members().values())[place]
    return f"{LISTS[path].noun if path in LISTS else ''} {place + 1}".strip()


def said(path: str, value: object, tree: Tree) -> str:
    """A value in words; ``path`` is without places."""
    if path.startswith("papers."):
        return PAPER_STATES.get(str(value), UNSEEN)
    question = QUESTIONS.get(path)
    if value in (None, ""):
        return UNKNOWN if question is not None and question.kind == "choice" else BLANK
    if value == []:
        declared = LISTS.get(path)
        return (isinstance(declared, RowList) and declared.none) or "没有"
    if path == "matter":
        return MATTERS.get(str(value), str(value))
    if path == "household.phone":
        return masked_phone(str(value))
    return _answer(question, value, tree) if question is not None else show(value)


def row_said(path: str, row: Tree, tree: Tree) -> str:
    """The first things that a row of a list says; nothing of an empty one."""
    told = (
        said(under(path, question.key), row[question.key], tree)
        for question in BY_TABLE.get(path, ())
        if row.get(question.key) not in (None, "", [])
    )
    return "，".join([one for one, _ in zip(told, range(MOST_OF_A_ROW), strict=False)])


def changes_of(edits: Iterable[Edit], before: Tree, after: Tree, papers: Mapping[str, str]) -> tuple[Change, ...]:
    """What edits come to, in words; that a list comes to be goes without saying where a row of it does."""
    edits = tuple(edits)
    return tuple(
        _change(edit, before, after, papers)
        for edit in edits
        if edit.path not in SILENT and not any(one.path.startswith(f"{edit.path}[") for one in edits)
    )


def some_of(changes: tuple[Change, ...], most: int = MOST) -> str:
    """The first of some changes, and how many there are in all."""
    words = "；".join(change.words for change in changes[:most])
    return f"{words} 等 {len(changes)} 处" if len(changes) > most else words


def place_of_change(edits: Iterable[Edit], after: Tree) -> str:
    """Where to look for what edits did: the path by places of the first field or row that is there, or its list."""
    for edit in edits:
        if edit.path not in SILENT:
            return numbered(edit.path, after) or _list_of(edit.path, after)
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _list_of(path: str, tree: Tree) -> str:
    """The innermost list on the way to a path that is there."""
    while "[" in path:
        path = path.rpartition("[")[0]
        found = numbered(path, tree)
        if found:
            return found
    return path


def _change(edit: Edit, before: Tree, after: Tree, papers: Mapping[str, str]) -> Change:
    there = after if numbered(edit.path, after) else before
    name = where(numbered(edit.path, there) or "", there, papers)
    path = unnamed(edit.path)
    if not edit.path.endswith("]"):
        return Change(name, said(path, edit.old, before), said(path, edit.new, after), "changed")
    if edit.old is None:
        return Change(name, "", row_said(path, _row(edit.new), after), "added")
    return Change(name, row_said(path, _row(edit.old), before), "", "removed")


def _row(side: object) -> Tree:
    row = side["row"] if isinstance(side, dict) else {}
    assert isinstance(row, dict)
    return row


def _label(path: str) -> str:
    if path in QUESTIONS:
        return QUESTIONS[path].label
    if path in LISTS:
        return LISTS[path].noun
    return OTHERS.get(path) or FACTS.get(path.rpartition(".")[2], "其他")


def _answer(question: Question, value: object, tree: Tree) -> str:
    if question.kind == "amount":
        return show_amount(value)
    if question.kind == "id_number":
        return masked_id(str(value))
    if question.kind == "member":
        return Draft(tree).members().get(value, str(value))
    codes: dict[object, str] = dict(question.codes.items())
    return codes.get(value, show(value)) if isinstance(value, str | int) else show(value)
