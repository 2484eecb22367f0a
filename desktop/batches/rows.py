"""What one row of a batch is about: an expense, a member, an income, a step of the calculation, or the batch itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case import Case
from desktop.domain.expenses import Expense
from desktop.domain.means import Income
from desktop.domain.money import Money, total
from desktop.domain.people import Member
from desktop.policy.assessment import Assessment, Benefit, Line
from desktop.policy.steps import Step


@dataclass(frozen=True, slots=True)
class Sent:
    """A case as it goes to the county, with the assessment that was made of it."""

    case_id: str
    case: Case
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Cover:
    """The batch: its number, the how manyth of the office it is, who made it when, and by which rules."""

    number: str
    sequence: int
    office: str
    made_at: datetime
    locality: str
    policy: str
    verified: bool
    journal_head: str = ""  # the short code of the office's journal where the batch was made


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """One expense with its line. A case without expenses has one row without either, so that the county can answer it."""

    sent: Sent
    place: int
    expense: Expense | None
    member: Member | None
    benefit: Benefit | None
    line: Line | None

    @property
    def key(self) -> str:
        """Case and expense, for the way back; a case id holds no slash."""
        return f"{self.sent.case_id}/{self.expense.id if self.expense else ''}"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a household."""

    sent: Sent
    member: Member


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """One income and whose it is."""

    sent: Sent
    income: Income

    @property
    def member(self) -> Member | None:
        """Whose income it is."""
        return self.sent.case.member(self.income.member)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a case's calculation, in the words of the screen and the paper."""

    sent: Sent
    step: Step


@dataclass(frozen=True, slots=True)
class Summary:
    """The cover with what the rows come to: lines that pay, that pay nothing, and that could not be computed yet."""

    cover: Cover
    cases: int
    expenses: int
    paying: int
    not_paying: int
    unknown: int
    payable: Money


def expense_rows(cases: Iterable[Sent]) -> Iterator[ExpenseRow]:
    """A row for each expense, in the order of the cases and their expenses."""
    for sent in cases:
        case = sent.case
        lines = {line.expense: (benefit, line) for benefit in sent.assessment.benefits for line in benefit.lines}
        for place, expense in enumerate(case.expenses):
            yield ExpenseRow(sent, place, expense, case.member(expense.patient), *lines[expense.id])
        if not case.expenses:
            yield ExpenseRow(sent, 0, None, case.member(case.patient), None, None)


def member_rows(cases: Iterable[Sent]) -> Iterator[MemberRow]:
    """A row for each member."""
    return (MemberRow(sent, member) for sent in cases for member in sent.case.household.members)


def income_rows(cases: Iterable[Sent]) -> Iterator[IncomeRow]:
    """A row for each income."""
    return (IncomeRow(sent, income) for sent in cases for income in sent.case.household.incomes or ())


def step_rows(cases: Iterable[Sent]) -> Iterator[StepRow]:
    """A row for each step, in the order in which they were taken."""
    return (StepRow(sent, step) for sent in cases for step in sent.assessment.trace)


def summarise(cover: Cover, cases: Sequence[Sent], rows: Iterable[ExpenseRow]) -> Summary:
    """The cover of these cases; the sum is of the lines that could be computed."""
    lines = [row.line for row in rows if row.line]
    payable = [line.payable for line in lines if line.payable is not None]
    paying = sum(map(bool, payable))
    return Summary(
        cover=cover,
        cases=len(cases),
        expenses=len(lines),
        paying=paying,
        not_paying=len(payable) - paying,
        unknown=len(lines) - len(payable),
        payable=total(payable),
    )
