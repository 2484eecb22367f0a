"""The register: every number that was ever given, without gaps or doubles, each series from 1 every year."""

from dataclasses import dataclass
from typing import Any

from desktop.domain.numbering import Pattern
from desktop.domain.problems import Problem
from desktop.store.file import Pen, Store


@dataclass(frozen=True, slots=True)
class Given:
    """A number of the register; ``reason`` says why it was given up, None while it stands.

    ``case_no`` is the number of the case that it was given for; None where that has none, or is gone for good.
    ``given_at`` is empty where the first version gave it, which kept no times.
    """

    series: str
    year: int
    number: int
    text: str
    case_id: str | None
    case_no: str | None
    given_at: str
    given_up_at: str | None
    reason: str | None


COLUMNS = "series, year, number, text, case_id, case_no, given_at, given_up_at, reason"


def give(pen: Pen, series: str, pattern: Pattern, case_id: str | None = None) -> str:
    """The next number of a series in this year, as the pattern writes it; taken for good when the change ends.

    Raises:
        Problem: where the office's pattern writes it like a number that was given before.
    """
    year = pen.at.year
    (last,) = pen.store.read(
        "SELECT coalesce(max(number), 0) FROM register WHERE series = ? AND year = ?", (series, year)
    ).fetchone()
    text = pattern.written(year, last + 1)
    if pen.store.read("SELECT 1 FROM register WHERE series = ? AND text = ?", (series, text)).fetchone():
        raise Problem(f"编号 {text} 已经用过。", "请由管理员在设置中核对编号规则。")
    pen.write(
        "INSERT INTO register (series, year, number, text, case_id, given_at, given_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (series, year, last + 1, text, case_id, pen.at.isoformat(), pen.who.id),
    )
    return text


def give_up(pen: Pen, series: str, text: str, reason: str) -> None:
    """Marks a number as given up; it stays in the register and is never given again."""
    pen.write(
        "UPDATE register SET given_up_at = ?, given_up_by = ?, reason = ? WHERE series = ? AND text = ?",
        (pen.at.isoformat(), pen.who.id, reason, series, text),
    )


def take_up_again(pen: Pen, series: str, text: str) -> None:
    """A number that was given up stands again, for the case that it was given to."""
    pen.write(
        "UPDATE register SET given_up_at = NULL, given_up_by = NULL, reason = NULL WHERE series = ? AND text = ?",
        (series, text),
    )


def numbers_of_day(store: Store, day: str) -> tuple[Given, ...]:
    """What was given or given up on a day (ISO), by series and number."""
    rows = store.read(
        f"""SELECT {COLUMNS} FROM register LEFT JOIN cases ON cases.id = case_id
            WHERE (given_at >= ? AND given_at < ?) OR (given_up_at >= ? AND given_up_at < ?)
            ORDER BY series, year, number""",
        (day, f"{day}~", day, f"{day}~"),
    )
    return tuple(_given(row) for row in rows.fetchall())


def gaps(store: Store) -> tuple[str, ...]:
    """Series and years whose numbers do not run from 1 without a gap."""
    rows = store.read(
        "SELECT series, year FROM register GROUP BY series, year HAVING min(number) <> 1 OR max(number) <> count(*)"
    )
    return tuple(f"{series} {year}" for series, year in rows.fetchall())


def _given(row: tuple[Any, ...]) -> Given:
    return Given(*row)
