"""How the workbook looks, prints and is locked: only the county's cells are open."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import east_asian_width

from desktop.batches.columns import Column, Sheet
from desktop.batches.kinds import KINDS, MONEY, Kind, Written

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

A4 = 9  # as spreadsheets number paper sizes
TITLE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
TITLE, CAPTION, HEADER, PROSE = "标题", "题注", "表头", "说明"
ROW_MARGIN, LINE_HEIGHT, HIGHEST_ROW = 5.0, 13.0, 409.0  # points
CELL_PADDING = 2  # characters
COVER_WIDTHS = (24, 66)
FACE = "宋体"  # on every office machine; a machine without it takes its own song face
INK, LINE, HEADER_FILL, COUNTY_FILL = "1C2126", "A9B1BA", "E6EBF1", "FFF7DC"
Orientation = Literal["portrait", "landscape"]


def style_of(column: Column[Any]) -> str:
    """The name of a column's style."""
    return f"{column.kind.name}（县级填写）" if column.county else column.kind.name


def add_styles(workbook: "Workbook") -> None:
    """Declares every style once, by name; a cell then only names its own."""
    from openpyxl.styles import Alignment, Font, NamedStyle

    in_the_middle = Alignment(vertical="center")
    workbook.add_named_style(NamedStyle(TITLE, font=Font(FACE, 14, b=True, color=INK), alignment=in_the_middle))
    workbook.add_named_style(NamedStyle(CAPTION, font=Font(FACE, 10, color=INK), alignment=in_the_middle))
    workbook.add_named_style(_boxed(HEADER, "@", "center", fill=HEADER_FILL, bold=True))
    workbook.add_named_style(
        NamedStyle(PROSE, font=Font(FACE, 10, color=INK), alignment=Alignment(wrap_text=True, vertical="top"))
    )
    for kind in KINDS:
        workbook.add_named_style(_kind_style(kind, county=False))
        workbook.add_named_style(_kind_style(kind, county=True))


def furnish(page: "Worksheet", sheet: Sheet[Any], rows: Sequence[Sequence[Written | None]]) -> None:
    """Widths, heights, what stays in view, choices, printing and protection of a sheet of these rows."""
    from openpyxl.utils import get_column_letter

    last_row = HEADER_ROW + max(len(rows), 1)
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
        if column.county:
            _restrict(page, column, f"{letter}{FIRST_ROW}:{letter}{last_row}")
    page.row_dimensions[TITLE_ROW].height = 26
    page.row_dimensions[HEADER_ROW].height = 32
    for number, row in enumerate(rows, FIRST_ROW):
        page.row_dimensions[number].height = height_of(row, [column.width for column in sheet.columns])
    page.freeze_panes = f"{get_column_letter(sheet.kept_in_view + 1)}{FIRST_ROW}"
    page.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(sheet.columns))}{HEADER_ROW + len(rows)}"
    page.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    page.print_title_cols = f"A:{get_column_letter(sheet.kept_in_view)}"
    set_page(page, "landscape", sheet.pages_wide)
    lock(page)


def furnish_cover(page: "Worksheet", rows: Sequence[Sequence[Written | None]]) -> None:
    """The cover reads downwards: names on the left, values and explanations on the right, from the first row on."""
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = COVER_WIDTHS
    for number, row in enumerate(rows, FIRST_ROW):
        page.row_dimensions[number].height = height_of(row, COVER_WIDTHS)
    page.row_dimensions[TITLE_ROW].height = 26
    set_page(page, "portrait")
    lock(page)


def height_of(row: Sequence[Written | None], widths: Sequence[int]) -> float:
    """Points that a row needs so that no wrapped text is cut off; not every spreadsheet works that out by itself."""
    lines = max(lines_of(written, width) for written, width in zip(row, widths, strict=True))
    return min(ROW_MARGIN + LINE_HEIGHT * lines, HIGHEST_ROW)


def lines_of(written: Written | None, width: int) -> int:
    """Lines that a cell takes in a column so many narrow characters wide; a Chinese one is twice as wide."""
    if written is None or written.data_type == "n" or 2 * len(written.text) < width:
        return 1
    wide = [sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in written.text.split("\n")]
    return sum(max(ceil(line / (width - CELL_PADDING)), 1) for line in wide)


def set_page(page: "Worksheet", orientation: Orientation, pages_wide: int = 1) -> None:
    """A4, so many pages wide and as many long as it takes, numbered at the foot."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize = A4
    page.page_setup.orientation = orientation
    page.page_setup.fitToWidth = pages_wide
    page.page_setup.fitToHeight = 0
    page.page_margins.left = page.page_margins.right = 0.4  # inches
    page.page_margins.top = page.page_margins.bottom = 0.7
    foot = page.oddFooter
    assert foot is not None
    foot.center.text = "&A　第 &P 页，共 &N 页"


def lock(page: "Worksheet") -> None:
    """Everything is locked but the cells whose style is open; filtering stays possible. Not a secret, so no password."""
    page.protection.sheet = True
    page.protection.autoFilter = False  # False allows it


def _restrict(page: "Worksheet", column: Column[Any], cells: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices:
        allowed = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        allowed.error = f"请从下拉框中选择：{'、'.join(column.choices)}。"
    elif column.kind is MONEY:
        allowed = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        allowed.error = "请填写金额，单位元，不带逗号和文字。"
    else:
        return
    allowed.errorTitle = column.title
    allowed.showErrorMessage = True
    allowed.add(cells)
    page.add_data_validation(allowed)


def _kind_style(kind: Kind[Any], *, county: bool) -> "NamedStyle":
    if county:
        return _boxed(f"{kind.name}（县级填写）", kind.number_format, kind.align, fill=COUNTY_FILL, locked=False)
    return _boxed(kind.name, kind.number_format, kind.align)


def _boxed(
    name: str, number_format: str, align: str, *, fill: str | None = None, bold: bool = False, locked: bool = True
) -> "NamedStyle":
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    side = Side(style="thin", color=LINE)
    return NamedStyle(
        name,
        font=Font(FACE, 10, b=bold, color=INK),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        border=Border(side, side, side, side),
        alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
        number_format=number_format,
        protection=Protection(locked=locked),
    )
