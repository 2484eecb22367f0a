"""The assessment: one immutable answer, computed once, rendered everywhere (contract ``yimen-assessment/1``)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from desktop.domain.money import Money, exact_text
from desktop.policy.later import Later
from desktop.policy.steps import Step

ASSESSMENT_FORMAT = "yimen-assessment/1"
Verdict = Literal["eligible", "ineligible", "undetermined", "redirect"]
TestVerdict = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact or number that something depends on: where it belongs, why it is needed, who knows or publishes it."""

    path: str
    why: str
    who: str
    cite: str


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of an identification; ``actual``, ``limit`` and ``slack`` in ``unit``, rounded for display only (A1)."""

    id: str
    verdict: TestVerdict
    actual: Money | None
    limit: Money | None
    unit: str | None
    slack: Money | None
    cite: str
    explain: str


@dataclass(frozen=True, slots=True)
class Identification:
    """Whether the person is recognised, by which rule, with every test."""

    person: str
    rule: str
    verdict: Verdict
    tests: Sequence[TestResult]


@dataclass(frozen=True, slots=True)
class Line:
    """What one expense pays. ``payable`` None: not computed, ``reason`` says why; ``computed`` is before cap and earlier aid."""

    expense: str
    identity: str | None
    covered: bool
    reason: str | None
    self_pay: Money | None = None
    deductible: Decimal | None = None
    ratio: Decimal | None = None
    computed: Money | None = None
    payable: Money | None = None
    cap_left: Money | None = None
    out_of_catalogue_aid: Money | None = None
    paid_at_year_end: bool = False
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Benefit:
    """A person's benefit of one year; ``year`` None: the expense's year is not known."""

    person: str
    year: int | None
    payable: Money | None
    tilt: Money | None
    conditional: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A member's premium subsidy of one insured year; nothing says why in ``reason``, None is unknown."""

    person: str
    year: int
    identity: str | None
    amount: Money | None
    reason: str | None
    cite: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence that the clerk must see."""

    id: str
    text: str
    cite: str


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest single change that would turn a test; ``amount`` in yuan of the whole 12 months."""

    test: str
    change: str
    amount: Money | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that a case and its rules come to on a day."""

    case_no: str | None
    policy: str
    locality: str
    assessed_on: date
    status: Literal["complete", "incomplete"]
    missing: tuple[Missing, ...]
    identification: Identification | None
    benefits: tuple[Benefit, ...]
    subsidies: tuple[Subsidy, ...]
    alerts: tuple[Alert, ...]
    changes: Sequence[Change]
    trace: tuple[Step, ...]

    @property
    def payable(self) -> Money | None:
        """What all persons and years are paid together; None while a part of it is unknown."""
        parts = [benefit.payable for benefit in self.benefits]
        known = [part for part in parts if part is not None]
        return Money(sum(part.fen for part in known)) if len(known) == len(parts) else None

    def line(self, expense: str) -> Line | None:
        """The line of an expense."""
        return next((line for benefit in self.benefits for line in benefit.lines if line.expense == expense), None)

    def steps_of(self, subject: str) -> tuple[Step, ...]:
        """The steps behind one subject's figures: an expense, ``identification``, or a person's subsidy."""
        return tuple(step for step in self.trace if step.subject == subject)


def assessment_data(assessment: Assessment) -> dict[str, object]:
    """The assessment as data ready for JSON, in the contract's order; the same assessment gives the same bytes."""
    table = _plain(assessment)
    assert isinstance(table, dict)
    return {"format": ASSESSMENT_FORMAT, **table}


def _plain(value: object) -> object:
    # The most frequent first: telling a Later from everything else is slow.
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Step):
        return value.as_data()
    if isinstance(value, (Money, Decimal)):
        return exact_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, Later)):
        return [_plain(part) for part in value]
    assert is_dataclass(value) and not isinstance(value, type)
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
