"""What an identification test came to, in figures and words: rounded for display only (A1)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop.domain.money import Money, paper_text
from desktop.policy.assessment import TestResult, TestVerdict
from desktop.policy.findings import Findings
from desktop.policy.law.sources import Source
from desktop.policy.recognition.comparing import FEN_PER_YUAN, MONTHS, UNDER, Comparison
from desktop.policy.recognition.lines import Line
from desktop.policy.wording import TEST_VERDICTS

PER_HEAD, IN_ALL = "yuan_per_person_month", "yuan"
UNSETTLED = "金额或标准尚未核实，暂不能比较"
SETTLED_ANYHOW = "有金额尚未核实，但不影响这一项的结论"


@dataclass(frozen=True, slots=True)
class Examined:
    """A test as examined: its verdict, and the comparison behind it; without one it is a fact, and ``said`` says which.

    ``passes``: whether it passes where the limit is kept, or where it is not. ``by_amounts``: nothing but the amounts
    decides it. ``cost``: what its medical cost is called. ``but``: what in the verdict the amounts do not say.
    """

    id: str
    name: str
    source: Source
    verdict: TestVerdict
    comparison: Comparison | None = None
    passes: bool = True
    by_amounts: bool = False
    cost: str = "自付合规医疗费用"
    said: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a test came to, put into words only when somebody reads it."""

    test: Examined

    def __str__(self) -> str:
        found = self.test.comparison
        return self.test.said if found is None else _shown(self.test, found).said + self.test.but


def note(findings: Findings, test: Examined) -> None:
    """Records the step of a test."""
    findings.step(
        "limit" if test.comparison else "fact",
        "identification",
        test.source,
        TEST_VERDICTS[test.verdict],
        said=Said(test),
        label=test.name,
        test=test.id,
    )


def result_of(test: Examined) -> TestResult:
    """The result of a test, with its figures."""
    cite, found = test.source.cite, test.comparison
    if found is None:
        return TestResult(test.id, test.verdict, None, None, None, None, cite, f"{test.name}：{test.said}。")
    shown = _shown(test, found)
    explain = f"{test.name}：{shown.said}{test.but}。"
    return TestResult(test.id, test.verdict, shown.actual, shown.limit, shown.unit, shown.slack, cite, explain)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A comparison's figures in ``unit``, rounded, and in words."""

    actual: Money | None
    limit: Money | None
    slack: Money | None
    unit: str
    said: str


def _shown(test: Examined, found: Comparison) -> _Shown:
    unit = PER_HEAD if found.metric.per_head else IN_ALL
    divisor, amount, exact = _divisor(found), found.metric.amount(found.means), found.exact
    limit, made = _line_shown(found, divisor)
    actual = None if amount is None or divisor is None else _shared(amount, divisor)
    if actual is None or exact is None or divisor is None or limit is None:
        said = UNSETTLED if test.verdict == "unknown" else SETTLED_ANYHOW
        return _Shown(actual, limit, None, unit, said)
    toward = -1 if (found.limit.comparison in UNDER) == test.passes else 1
    side = "低于" if exact < 0 else "等于" if exact == 0 else "高于"
    apart = paper_text(abs(exact) / FEN_PER_YUAN)
    compared = f"{paper_text(actual)} 元，{side} {paper_text(limit)} 元（{made}），"
    all_of_it = (
        f"人均每月 {compared}全家 {MONTHS} 个月合计相差 {apart} 元"
        if found.metric.per_head
        else f"合计 {compared}相差 {apart} 元"
    )
    return _Shown(actual, limit, _shared(toward * exact, divisor), unit, all_of_it)


def _divisor(found: Comparison) -> int | None:
    """By how many the household's amount is shared for display: members and months; None while unknown how many."""
    if not found.metric.per_head:
        return 1
    heads = found.means.heads
    return MONTHS * heads[0] if heads and heads[0] == heads[1] else None


def _shared(fen: Decimal | int, among: int) -> Money:
    return Money.payable(Decimal(fen) / (FEN_PER_YUAN * among))


def _line_shown(found: Comparison, divisor: int | None) -> tuple[Money | None, str]:
    """The line as it is shown, with how it is made; None while it is not known."""
    line, income = found.line, found.means.income.exact
    if line is None or not line.known:
        return None, ""
    if not line.of_income:
        return published_line(line, per_head=found.metric.per_head)
    if income is None or divisor is None:
        return None, ""
    return _shared(line.times * income.fen, divisor), f"家庭收入 {paper_text(income)} × {line.times.normalize():f}"


@lru_cache(maxsize=256)
def published_line(line: Line, *, per_head: bool) -> tuple[Money, str]:
    """A line of published numbers, which many cases share: per head and month, or in all; and how it is made."""
    if line.of == "yuan":
        return Money.payable(line.least), "规定数额"
    made = f"{paper_text(line.least)} × {line.times.normalize():f}"
    if per_head and line.yearly:
        return Money.payable(line.times * line.least / MONTHS), f"{made} ÷ {MONTHS}"
    return Money.payable(line.times * line.least), made
