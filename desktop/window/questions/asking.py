"""Which questions are asked of a draft, which answer themselves, and to which step a path belongs."""

from collections.abc import Iterator
from datetime import date

from desktop.domain.id_numbers import birth_date_of, why_wrong
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft, leaves, unnumbered
from desktop.window.questions.question import Group, Part, Question, RowList
from desktop.window.questions.typed import read_id_number

# What a new case holds before anybody has typed: none of it is an answer.
GIVEN_AT_FIRST = {
    "applied_on",
    "patient",
    "household.members.id",
    "household.members.relation",
    "household.members.counted",
    "expenses",
    "expenses.id",
    "expenses.patient",
}


def _questions(part: Part, base: str) -> Iterator[tuple[str, Question]]:
    """Every question of a part with the unnumbered path of the table it belongs to."""
    if isinstance(part, Group):
        yield from ((base, question) for question in part.questions)
        return
    base = f"{base}.{part.path}".strip(".")
    if isinstance(part, RowList):
        yield from ((base, question) for question in part.questions)
    else:
        for one in part.parts:
            yield from _questions(one, base)


def _steps_by_path() -> dict[str, str]:
    found: dict[str, str] = {}
    for step in STEPS:
        for part in step.parts:
            for base, question in _questions(part, ""):
                found.setdefault(f"{base}.{question.key}".strip("."), step.id)
                if base:
                    found.setdefault(base, step.id)
    return found


STEP_BY_PATH = _steps_by_path()
BY_TABLE: dict[str, list[Question]] = {}
for _base, _question in (found for step in STEPS for part in step.parts for found in _questions(part, "")):
    BY_TABLE.setdefault(_base, []).append(_question)


def step_of(path: str) -> str | None:
    """The step in which a path is asked; None for what no step asks."""
    place = unnumbered(path)
    while place:
        if place in STEP_BY_PATH:
            return STEP_BY_PATH[place]
        place = place.rpartition(".")[0]
    return None


def under(base: str, key: str) -> str:
    """The path of a question in a table."""
    return f"{base}.{key}".strip(".")


def is_asked(draft: Draft, base: str, question: Question) -> bool:
    """Whether a question is asked, by the policy that applies and by what the same table answers."""
    if question.for_some and question.key not in draft.asked_by_policy:
        return False
    return question.when is None or draft.get(under(base, question.when.key)) in question.when.answers


def given(draft: Draft, base: str, question: Question) -> str | None:
    """What another answer of the table gives for this one: the birth date, from an identity number that can be one."""
    if not question.given_by:
        return None
    number = read_id_number(str(draft.get(under(base, question.given_by)) or ""))
    born: date | None = birth_date_of(number) if number and why_wrong(number) is None else None
    return born.isoformat() if born else None


def settle(draft: Draft, path: str) -> None:
    """After an answer: sets aside what is no longer asked (it must not count), brings back what is asked again."""
    base, _, key = path.rpartition(".")
    for question in BY_TABLE.get(unnumbered(base), []):
        if key not in (question.given_by, question.when.key if question.when else ""):
            continue
        one = under(base, question.key)
        open_to_answer = is_asked(draft, base, question) and given(draft, base, question) is None
        if open_to_answer and one in draft.set_aside:
            draft.put(one, draft.set_aside.pop(one))
        elif not open_to_answer and draft.get(one) is not None:
            draft.set_aside[one] = draft.get(one)
            draft.put(one, None)


def answered(draft: Draft, step_id: str) -> bool:
    """Whether anything of a step was answered yet."""
    return any(
        value not in (None, "") and unnumbered(path) not in GIVEN_AT_FIRST and not unnumbered(path).endswith(".id")
        for path, value in leaves(draft.tree, "")
        if step_of(path) == step_id
    )
