"""Writing a batch for the county as a locked workbook, and reading such a workbook back."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.batches.columns import EXPENSES, INCOMES, MEMBERS, OPINIONS, SHEETS, STEPS, SUMMARY, Column, Sheet
from desktop.batches.kinds import Written, write_text
from desktop.batches.layout import (
    CAPTION,
    FIRST_ROW,
    HEADER,
    HEADER_ROW,
    PROSE,
    TITLE,
    add_styles,
    furnish,
    furnish_cover,
    style_of,
)
from desktop.batches.rows import Cover, Sent, expense_rows, income_rows, member_rows, step_rows, summarise
from desktop.domain.problems import Problem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Cover", "Sent", "read_back", "write_batch"]

Row = TypeVar("Row")
Cells = list[Written | None]
HOW_TO_FILL_IN = (
    "请只填写「{sheet}」中浅黄色的三栏：县级意见、县级核定金额、理由。其余各栏已锁定，仅供核对。",
    "「县级意见」请从下拉框中选择：{opinions}。",
    "同意且金额不变的，「县级核定金额」可以留空；金额有变的，请填写核定金额（元）并写明理由。不同意或退回补正的，请写明理由。",
    "空白的金额表示尚不知道，不是零；缺什么，见备注中的「待补」。合计不含暂未算出的费用。",
    "请不要增加、删除或调换工作表和栏目。填好后以 .xlsx 格式保存，原样发回上报单位。",
    "本表金额为测算结果，以县级医疗保障部门审核确认为准。",
)


def write_batch(cover: Cover, cases: Sequence[Sent], path: Path) -> int:
    """Writes the workbook beside its place and then renames it; gives the number of rows for the county to answer.

    Raises:
        Problem: where the file cannot be written.
    """
    from openpyxl import Workbook

    rows = list(expense_rows(cases))
    summary = _written(SUMMARY, (summarise(cover, cases, rows),))
    expenses = _written(EXPENSES, rows)
    members, incomes = _written(MEMBERS, member_rows(cases)), _written(INCOMES, income_rows(cases))
    workbook = Workbook()
    _identify(workbook, cover)
    add_styles(workbook)
    _fill_cover(workbook, *summary)
    _fill(workbook, EXPENSES, expenses, cover)
    _fill(workbook, MEMBERS, members, cover)
    _fill(workbook, INCOMES, incomes, cover)
    _fill(workbook, STEPS, _written(STEPS, step_rows(cases)), cover)
    _save(workbook, path)
    return len(rows)


def read_back(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every sheet of a workbook written here: typed values by title, None for empty cells."""
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    return {sheet.title: _read(workbook[sheet.title], sheet) for sheet in SHEETS}


def _identify(workbook: "Workbook", cover: Cover) -> None:
    """The file says which batch it is, and nothing about who or what machine made it."""
    from openpyxl.workbook.protection import WorkbookProtection

    workbook.properties.creator = "一门受理台"
    workbook.properties.title = f"医疗救助批次 {cover.number}"
    workbook.properties.created = cover.made_at.replace(tzinfo=None)
    workbook.security = WorkbookProtection(lockStructure=True)


def _fill_cover(workbook: "Workbook", facts: Cells) -> None:
    """A title row, an empty row, a row for each fact, and how to fill in the rest."""
    page = workbook.worksheets[0]
    page.title = SUMMARY.title
    names = [write_text(column.title) for column in SUMMARY.columns]
    prose = _prose()
    furnish_cover(page, [*zip(names, facts, strict=True), (None, None), *prose])
    page.append([_cell(page, TITLE, write_text("医疗救助待遇测算批次"))])
    page.append([])
    for column, name, fact in zip(SUMMARY.columns, names, facts, strict=True):
        page.append([_cell(page, HEADER, name), _cell(page, style_of(column), fact)])
    page.append([])
    for row in prose:
        page.append([_cell(page, PROSE, written) for written in row])


def _prose() -> list[Cells]:
    lines = [sentence.format(sheet=EXPENSES.title, opinions="、".join(OPINIONS)) for sentence in HOW_TO_FILL_IN]
    names = [write_text("填写说明"), *(None for _ in lines[1:])]
    return [
        [name, write_text(f"{number}. {line}")] for number, (name, line) in enumerate(zip(names, lines, strict=True), 1)
    ]


def _fill(workbook: "Workbook", sheet: Sheet[Any], rows: Sequence[Cells], cover: Cover) -> None:
    """A title row, a header row, then the rows."""
    page = workbook.create_sheet(sheet.title)
    furnish(page, sheet, rows)
    caption = f"医疗救助批次 {cover.number}　{cover.office}　单位：元"
    beside = [None] * (sheet.kept_in_view - 1)  # the caption scrolls away, the title stays
    page.append([_cell(page, TITLE, write_text(sheet.title)), *beside, _cell(page, CAPTION, write_text(caption))])
    page.append([_cell(page, HEADER, write_text(column.title)) for column in sheet.columns])
    styles = [style_of(column) for column in sheet.columns]
    for row in rows:
        page.append([_cell(page, style, written) for style, written in zip(styles, row, strict=True)])


def _written(sheet: Sheet[Row], rows: Iterable[Row]) -> list[Cells]:
    """Every cell of every row."""
    return [[_written_cell(column, row) for column in sheet.columns] for row in rows]


def _written_cell(column: Column[Row], row: Row) -> Written | None:
    value = column.value(row)
    return None if value is None else column.kind.write(value)


def _cell(page: "Worksheet", style: str, written: Written | None) -> "Cell":
    from openpyxl.cell.cell import WriteOnlyCell  # a cell that gets its place when it is appended

    cell = WriteOnlyCell(page)
    cell.style = style
    if written:
        cell.value = written.text
        cell.data_type = written.data_type  # openpyxl has guessed: a text with = in front would be a formula
    return cell


def _save(workbook: "Workbook", path: Path) -> None:
    aside = path.with_name(f"{path.name}.tmp")
    try:
        whole = BytesIO()
        with _temporary_beside(path):
            workbook.save(whole)
        with aside.open("wb") as file:
            file.write(whole.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise Problem(
            "批次表格没有写成：所选文件夹不能写入，或同名表格正在使用。",
            "请关闭已打开的同名表格，或另选一个文件夹，再生成一次。",
        ) from error


@contextmanager
def _temporary_beside(path: Path) -> Iterator[None]:
    """Openpyxl writes each sheet as plain XML to a temporary file: it lies where the workbook will, and nowhere else."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}.") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def _read(page: "Worksheet", sheet: Sheet[Any]) -> list[dict[str, object]]:
    if sheet is SUMMARY:
        last = FIRST_ROW + len(sheet.columns) - 1
        cells = page.iter_rows(min_row=FIRST_ROW, max_row=last, max_col=2, values_only=True)
        return [_typed(cells, sheet)]
    titles = next(page.iter_rows(min_row=HEADER_ROW, max_row=HEADER_ROW, values_only=True))
    rows = page.iter_rows(min_row=FIRST_ROW, values_only=True)
    return [_typed(zip(titles, row, strict=True), sheet) for row in rows]


def _typed(cells: Iterable[Iterable[Any]], sheet: Sheet[Any]) -> dict[str, object]:
    found = {title: stored for title, stored in cells}
    return {
        column.title: None if found[column.title] is None else column.kind.read(found[column.title])
        for column in sheet.columns
    }
