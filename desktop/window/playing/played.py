"""What a played case is compared by: the questions that were asked, whatever the ids."""

from copy import deepcopy
from dataclasses import replace

from desktop.domain.case import Case
from desktop.domain.writing import case_data
from desktop.window.questions.asking import BY_TABLE, is_asked
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft, leaves, unnumbered
from desktop.window.questions.question import Group, Part


def as_asked(sample: dict[str, object]) -> dict[str, object]:
    """The case file without the answers to questions that its matter, or its other answers, leave unasked."""
    draft = Draft(deepcopy(sample))
    for step in STEPS:
        for part in step.parts:
            if step.matters and draft.get("matter") not in step.matters:
                _leave_out(draft, part)
    for path, value in list(leaves(draft.tree, "")):
        base, _, key = path.rpartition(".")
        question = next((one for one in BY_TABLE.get(unnumbered(base), []) if one.key == key), None)
        if value is not None and question is not None and not is_asked(draft, base, question):
            draft.put(path, None)
    return draft.tree


def _leave_out(draft: Draft, part: Part) -> None:
    if isinstance(part, Group):
        for question in part.questions:
            draft.put(question.key, None)
    else:
        draft.put(part.path, None)


def without_ids(case: Case) -> Case:
    """The case with its ids by place and without its number."""
    ids = {member.id: f"p{place}" for place, member in enumerate(case.household.members, 1)}
    household = replace(
        case.household,
        members=tuple(replace(member, id=ids[member.id]) for member in case.household.members),
        incomes=case.household.incomes
        and tuple(replace(one, member=ids[one.member]) for one in case.household.incomes),
        assets=case.household.assets and tuple(replace(one, member=ids[one.member]) for one in case.household.assets),
    )
    expenses = tuple(
        replace(one, id=f"e{place}", patient=ids[one.patient]) for place, one in enumerate(case.expenses, 1)
    )
    patient = ids[case.patient] if case.patient else None
    return replace(case, household=household, stated_expenses=expenses, patient=patient, case_no=None)


def apart(typed: Case, wanted: Case) -> str:
    """Where two cases differ, by path; no values, which may be personal."""
    found = Draft(case_data(typed))
    return "、".join(path for path, value in leaves(case_data(wanted), "") if found.get(path) != value)
