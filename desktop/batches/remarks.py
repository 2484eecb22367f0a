"""The words of a row: verdict, identities, insurance, why nothing is paid and what is still to be supplied."""

from collections.abc import Iterable, Iterator

from desktop.batches.rows import ExpenseRow, IncomeRow, MemberRow, StepRow
from desktop.domain.expenses import AMOUNTS, EXPENSE_KINDS
from desktop.domain.money import paper_text
from desktop.domain.people import IDENTITIES, SCHEMES, Identity, Insurance
from desktop.policy.assessment import Missing
from desktop.policy.wording import FACTS, REASONS, VERDICTS

# What every settlement sheet states. What else a policy needs stands among the assessment's missing facts.
ALWAYS_ON_THE_SHEET = (
    "settled_on",
    "total",
    "in_scope",
    "prior_self_pay",
    "over_price_limit",
    "full_self_pay",
    "basic_paid",
    "major_paid",
    "assistance_paid",
)


def verdict(row: ExpenseRow) -> str | None:
    """The verdict on the row's person; None while it is not known whom the application is for."""
    found = row.sent.assessment.identification
    if found is None and row.sent.case.matter == "illness_poverty":
        return None
    if found is None or row.member is None or found.person != row.member.id:
        return "无需认定"
    return VERDICTS[found.verdict]


def scheme(row: ExpenseRow) -> str | None:
    """How the person is insured in the year that the expense belongs to."""
    if row.member is None or row.benefit is None:
        return None
    return _joined(_scheme(entry) for entry in row.member.insurance if entry.year == row.benefit.year)


def identities(row: MemberRow) -> str | None:
    """Every identity with the days from and to which it is held."""
    return _joined(map(_identity, row.member.identities or ()))


def insurance(row: MemberRow) -> str | None:
    """How the member is insured, year by year."""
    return _joined(f"{entry.year}年{_scheme(entry)}" for entry in row.member.insurance)


def of_expense_row(row: ExpenseRow) -> str | None:
    """Why nothing is paid, what the amount rests on, and what is still to be supplied."""
    return _joined((*_about_line(row), _wanted((*_lacking(row.expense, ALWAYS_ON_THE_SHEET), *_missing(row)))))


def of_member_row(row: MemberRow) -> str | None:
    """The reason for not counting a member, and what is still to be supplied."""
    lacking = _lacking(row.member, ("birth_date", "counted", "identities"))
    name = () if row.member.name else ("姓名",)
    return _joined((row.member.note, _wanted((*name, *lacking))))


def of_income_row(row: IncomeRow) -> str | None:
    """The reason for not counting an income, and what is still to be supplied."""
    return _joined((row.income.note, _wanted(_lacking(row.income, ("amount", "counted")))))


def of_step(row: StepRow) -> str:
    """What a step is about: an expense by its place in the list, the identification, a year's 倾斜救助, or a subsidy."""
    subject = row.step.subject
    for place, expense in enumerate(row.sent.case.expenses, 1):
        if expense.id == subject:
            return f"费用{place} {expense.provider or EXPENSE_KINDS[expense.kind]}"
    if subject == "identification":
        return "认定"
    return "资助参保" if subject.startswith("subsidy:") else "按人按年"


def _about_line(row: ExpenseRow) -> Iterator[str]:
    line, benefit = row.line, row.benefit
    if line is None or benefit is None:
        yield "本案没有申报费用"
        return
    if line.reason:
        yield REASONS[line.reason]
    if line.payable and benefit.conditional and line.identity == row.sent.case.matter:
        yield "尚待认定，金额以认定通过为前提"
    if line.paid_at_year_end:
        yield "年末支付"
    if line.out_of_catalogue_aid:
        yield f"另有目录外救助 {paper_text(line.out_of_catalogue_aid)} 元"
    if benefit.tilt and line is benefit.lines[-1]:
        yield f"本年度另有倾斜救助 {paper_text(benefit.tilt)} 元"


def _missing(row: ExpenseRow) -> Iterator[str]:
    """What the assessment lacks for this row: facts of the case, and of this expense."""
    here = f"expenses[{row.place}]."
    for missing in row.sent.assessment.missing:
        if missing.path.startswith(here) or not missing.path.startswith("expenses["):
            yield _name(missing)


def _name(missing: Missing) -> str:
    key = missing.path.rpartition(".")[2].partition("[")[0]
    return AMOUNTS.get(key) or FACTS.get(key) or missing.why


def _lacking(record: object, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(FACTS[key] for key in keys if record is not None and getattr(record, key) is None)


def _wanted(names: Iterable[str]) -> str | None:
    several = "、".join(dict.fromkeys(names))
    return f"待补：{several}" if several else None


def _scheme(entry: Insurance) -> str:
    return SCHEMES[entry.scheme] if entry.scheme else "险种待补"


def _identity(identity: Identity) -> str:
    days = f"{identity.since or '认定日期待补'}起" + (f"至{identity.until}" if identity.until else "")
    return f"{IDENTITIES[identity.kind]}（{days}）"


def _joined(words: Iterable[str | None]) -> str | None:
    return "；".join(word for word in words if word) or None
