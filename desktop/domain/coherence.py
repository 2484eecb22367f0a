"""What the fields of a case must be to one another; a fault of several fields stands at one of them."""

from collections import Counter
from collections.abc import Collection, Iterator

from desktop.domain.calendar import chinese_day
from desktop.domain.case import Case
from desktop.domain.expenses import AMOUNTS, PAYMENTS, Expense
from desktop.domain.means import Asset, Income
from desktop.domain.money import Money, least_of, paper_text
from desktop.domain.problems import Fault

PARTS = ("in_scope", "prior_self_pay", "over_price_limit")


def coherence_faults(case: Case, unread: Collection[str] = ()) -> Iterator[Fault]:
    """Every fault between fields, in the order of the file; ``unread`` paths are there, but could not be read."""
    yield from _people(case, unread)
    yield from _means(case)
    seen: set[str] = set()
    for index, expense in enumerate(case.expenses):
        path = f"expenses[{index}]"
        if expense.id and expense.id in seen:
            yield Fault(f"{path}.id", f"有两笔费用的编号都是「{expense.id}」。", "请给每笔费用各自的编号。")
        seen.add(expense.id)
        yield from _days(expense, path, case, unread)
        yield from _sums(expense, path)


def _people(case: Case, unread: Collection[str]) -> Iterator[Fault]:
    members = case.household.members
    numbers = Counter(member.id_number for member in members if member.id_number)
    for number, times in numbers.items():
        if times > 1:
            # By place, not by name: what is told here may end in a log.
            who = "、".join(str(place) for place, member in enumerate(members, 1) if member.id_number == number)
            yield Fault("household.members", f"第 {who} 名成员的身份证号相同。", "请核对证件，或删去重复的成员。")
    for member_id, times in Counter(member.id for member in members if member.id).items():
        if times > 1:
            yield Fault(
                "household.members", f"有 {times} 名成员的编号都是「{member_id}」。", "请给每名成员各自的编号。"
            )
    if members and case.patient is None and "patient" not in unread:
        yield Fault("patient", "没有指明患者。", "请填患者的成员编号。")
    elif members and case.patient and case.member(case.patient) is None:
        yield Fault("patient", f"「{case.patient}」不是家庭成员。", "请填患者的成员编号。")


def _means(case: Case) -> Iterator[Fault]:
    rows: dict[str, tuple[Income | Asset, ...]] = {
        "incomes": case.household.incomes or (),
        "assets": case.household.assets or (),
    }
    for name, things in rows.items():
        for index, thing in enumerate(things):
            if thing.member and case.member(thing.member) is None:
                yield Fault(f"household.{name}[{index}].member", f"「{thing.member}」不是家庭成员。", "请填成员编号。")


def _days(expense: Expense, path: str, case: Case, unread: Collection[str]) -> Iterator[Fault]:
    if expense.patient and case.member(expense.patient) is None:
        yield Fault(f"{path}.patient", f"「{expense.patient}」不是家庭成员。", "请填成员编号。")
    if expense.kind == "inpatient":
        for key, name in (("admitted_on", "入院日期"), ("discharged_on", "出院日期")):
            if getattr(expense, key) is None and f"{path}.{key}" not in unread:
                yield Fault(f"{path}.{key}", f"住院费用缺少{name}。", "请按结算单补填。")
    if expense.admitted_on and expense.discharged_on and expense.discharged_on < expense.admitted_on:
        yield Fault(f"{path}.discharged_on", "出院日期早于入院日期。", "请核对结算单上的两个日期。")
    known = [day for day in (case.applied_on, case.surveyed_on) if day]
    if case.applied_on and expense.settled_on and expense.settled_on > max(known):
        yield Fault(
            f"{path}.settled_on",
            f"结算日期晚于申请日、调查日（{chinese_day(max(known))}）。",
            "请核对结算日期，或待结算后另行申请。",
        )


def _sums(expense: Expense, path: str) -> Iterator[Fault]:
    parts = least_of((*(getattr(expense, key) for key in PARTS), expense.stated_full_self_pay))
    payments = least_of(tuple(getattr(expense, key) for key in PAYMENTS))
    insured = least_of((expense.basic_paid, expense.major_paid))
    if expense.total is not None and parts > expense.total:
        yield Fault(
            f"{path}.in_scope",
            f"政策范围内、先行自付、超限价、全自费合计 {paper_text(parts)}，大于总费用 {paper_text(expense.total)}。",
            "请对照结算单核对各项。",
        )
    if expense.in_scope is not None and insured > expense.in_scope:
        yield Fault(
            f"{path}.basic_paid", _more(insured, "基本医保与大病保险支付合计", "in_scope", expense.in_scope), SHEET
        )
    if expense.total is not None and payments > expense.total:
        yield Fault(f"{path}.basic_paid", _more(payments, "各项支付合计", "total", expense.total), SHEET)


SHEET = "请对照结算单核对各项支付。"


def _more(amount: Money, name: str, key: str, limit: Money) -> str:
    return f"{name} {paper_text(amount)}，大于{AMOUNTS[key]} {paper_text(limit)}。"
