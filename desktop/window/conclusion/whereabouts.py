"""Where a path of the case file lies, in words for the clerk."""

import re

from desktop.domain.case import Case
from desktop.policy.wording import FACTS

OF_MANY = re.compile(r"(expenses|household\.members|household\.incomes|household\.assets)\[(\d+)\]")
NUMBERED = {
    "expenses": "费用第 {} 笔",
    "household.members": "第 {} 名成员",
    "household.incomes": "收入第 {} 笔",
    "household.assets": "财产第 {} 笔",
}


def about(path: str) -> str:
    """Where a fault stands: ``费用第 2 笔，政策范围内费用：``; nothing where its sentence says so alone."""
    words = (_numbered(path), FACTS.get(path.rpartition(".")[2], ""))
    found = "，".join(part for part in words if part)
    return f"{found}：" if found else ""


def whose(case: Case, path: str) -> str:
    """Whom or what a path is about, where the case has several: a member's name, an expense's place."""
    index = OF_MANY.match(path)
    if index is None:
        return ""
    of_many = {"expenses": case.expenses, "household.members": case.household.members}.get(index[1], ())
    if index[1] in ("expenses", "household.members") and len(of_many) == 1:
        return ""
    if index[1] == "household.members":
        return case.household.members[int(index[2])].name or _numbered(path)
    return _numbered(path)


def _numbered(path: str) -> str:
    index = OF_MANY.match(path)
    return NUMBERED[index[1]].format(int(index[2]) + 1) if index else ""
