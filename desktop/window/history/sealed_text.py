"""A sealed result as it is read: every word as it was written then, nothing computed anew."""

from collections.abc import Iterator

from desktop.policy.letters.letter import Facts, Heading, Letter, Paragraph, Part, Remark, Table
from desktop.policy.wording import REASONS, TEST_VERDICTS, VERDICTS
from desktop.window.questions.typed import show_amount
from desktop.work.sealed_results import SealedResult

NOT_COMPUTED = "未测算"
Row = dict[str, object]


def sealed_letter(sealed: SealedResult) -> Letter:
    """The result with its verdict, its amounts and its steps; what is not in it is not shown."""
    made = f"{sealed.made_at:%Y-%m-%d %H:%M}"
    by = f"（程序版本 {sealed.program}）" if sealed.program else ""
    parts = (
        Remark(f"以下是 {made} 封存的原文{by}，没有重新测算。"),
        Facts(tuple(_facts(sealed))),
        *_section("认定条件", _tests(_table(sealed.result.get("identification")))),
        *_section("每笔费用", _lines(sealed)),
        *_section("测算步骤", _steps(sealed.result)),
        *_section(
            "当时的提示", (Paragraph(_text(one, "text"), indent=False) for one in _rows(sealed.result, "alerts"))
        ),
    )
    return Letter("sealed", "", "封存的测算结果", "", parts, sealed.made_at.date())


def _facts(sealed: SealedResult) -> Iterator[tuple[str, str]]:
    result = sealed.result
    yield "受理编号", _text(result, "case_no") or "（未编号）"
    yield "测算日期", _text(result, "assessed_on")
    verdict = _text(_table(result.get("identification")), "verdict")
    if verdict:
        yield "认定结论", VERDICTS.get(verdict, verdict)
    for benefit in _rows(result, "benefits"):
        year = _text(benefit, "year")
        name = f"{_name(sealed, benefit)}{f' {year} 年' if year else ''}预计救助"
        yield name, show_amount(benefit.get("payable")) or NOT_COMPUTED
    yield "依据", f"{sealed.policy}，{sealed.locality}"


def _tests(identification: Row) -> Iterator[Part]:
    rows = tuple(
        (_text(test, "explain"), TEST_VERDICTS.get(_text(test, "verdict"), ""), _text(test, "cite"))
        for test in _rows(identification, "tests")
    )
    if rows:
        yield Table(("条件", "结果", "依据"), rows, (66, 14, 20))


def _lines(sealed: SealedResult) -> Iterator[Part]:
    providers = {_text(one, "id"): _text(one, "provider") for one in _rows(sealed.inputs, "expenses")}
    rows = tuple(
        (
            providers.get(_text(line, "expense")) or _text(line, "expense"),
            REASONS.get(_text(line, "reason"), _text(line, "reason")),
            show_amount(line.get("self_pay")),
            show_amount(line.get("payable")) or NOT_COMPUTED,
        )
        for benefit in _rows(sealed.result, "benefits")
        for line in _rows(benefit, "lines")
    )
    if rows:
        yield Table(("医疗机构", "说明", "个人自付", "救助金额"), rows, (34, 30, 18, 18), right=(2, 3))


def _steps(result: Row) -> Iterator[Part]:
    rows = tuple(
        (_text(step, "label"), _text(step, "formula"), _text(step, "cite"), show_amount(step.get("value")))
        for step in _rows(result, "trace")
    )
    if rows:
        yield Table(("步骤", "算法", "依据", "得数"), rows, (24, 46, 14, 16), right=(3,))


def _section(title: str, parts: Iterator[Part]) -> Iterator[Part]:
    found = tuple(parts)
    if found:
        yield Heading(title)
        yield from found


def _name(sealed: SealedResult, benefit: Row) -> str:
    person = _text(benefit, "person")
    members = _rows(_table(sealed.inputs.get("household")), "members")
    return next((_text(one, "name") for one in members if _text(one, "id") == person), "") or person


def _table(value: object) -> Row:
    return value if isinstance(value, dict) else {}


def _rows(table: Row, key: str) -> list[Row]:
    value = table.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(table: Row, key: str) -> str:
    value = table.get(key)
    return "" if value is None else str(value)
