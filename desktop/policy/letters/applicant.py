"""The applicant and the household as a letter names them, and where a field of the case stands on paper."""

import re

from desktop.domain.case import Case
from desktop.domain.expenses import EXPENSE_KINDS, Expense
from desktop.domain.id_numbers import masked
from desktop.domain.people import Member
from desktop.domain.problems import Fault, Refused
from desktop.policy.letters.letter import UNKNOWN

NEEDED = {"applied_on": ("没有申请日期。", "请填写申请日期后再出具。")}
PLACE = re.compile(r"(members|incomes|assets|expenses)\[(\d+)\]")


def applicant_of(case: Case, *needed: str) -> Member:
    """The patient, whose application it is; ``needed`` are fields of the case that the letter cannot do without.

    Raises:
        Refused: with each of them that is not known, and the patient's name where that is not.
    """
    faults = [Fault(key, *NEEDED[key]) for key in needed if getattr(case, key) is None]
    applicant = case.member(case.patient)
    if applicant is None:
        raise Refused((Fault("patient", "没有指明患者。", "请填患者的成员编号。"), *faults))
    if not applicant.name:
        place = case.household.members.index(applicant)
        faults.insert(0, Fault(f"household.members[{place}].name", "没有患者姓名。", "请对照证件填写姓名后再出具。"))
    if faults:
        raise Refused(tuple(faults))
    return applicant


def name_of(member: Member | None) -> str:
    """The name, or the member's id where it is not known yet."""
    if member is None:
        return UNKNOWN
    return member.name or f"成员{member.id}（姓名{UNKNOWN}）"


def id_shown(member: Member) -> str:
    """The ID number as far as paper needs it: first six and last four."""
    return masked(member.id_number) if member.id_number else UNKNOWN


def household_size(case: Case) -> str:
    """How many count as living together, and how many of them are not settled yet."""
    members = case.household.members
    counted = sum(bool(member.counted) for member in members)
    open_yet = sum(member.counted is None for member in members)
    if not open_yet:
        return f"{counted} 人"
    return f"{counted} 人，另有 {open_yet} 人是否计入{UNKNOWN}"


def expense_name(expense: Expense) -> str:
    """The kind of care and who gave it."""
    return f"{EXPENSE_KINDS[expense.kind]}　{expense.provider or f'医疗机构{UNKNOWN}'}"


def place_on_paper(path: str, case: Case) -> str:
    """Whose or which the field of a path is: a member by name, a thing by its number in the list."""
    found = PLACE.search(path)
    if found is None:
        return "地区参数" if path.startswith("locality") else "申请"
    kind, place = found[1], int(found[2])
    if kind == "members":
        return name_of(case.household.members[place])
    names = {"incomes": "收入", "assets": "财产", "expenses": "费用"}
    return f"{names[kind]}第 {place + 1} 笔"
