"""What stands in rows and columns: tables that repeat their titles, facts side by side, lines to sign on."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Table as Grid

from desktop.notices.prose import Prose
from desktop.notices.styles import (
    AMOUNT,
    AMOUNT_TITLE,
    CELL,
    CELL_TITLE,
    FRAME,
    LINE,
    REMARK,
    SIGN,
    SIGNED,
    TINT,
    WIDTH,
)
from desktop.notices.typefaces import BODY, Typefaces
from desktop.policy.letters.letter import DATE_HERE, Facts, Remark, Signatures, Table

Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]
Cells = list[list[Prose]]

SIDE, ABOVE = 5.0, 2.8  # padding of a cell, points
NAME = 27 * mm  # the width of a fact's name
BESIDE = (WIDTH - 2 * NAME) / 2  # of a value that shares its row with another fact
TALLEST_ROW = 80 * mm  # a higher row may break over pages
GAP = 8 * mm  # between two who sign
EVERYWHERE = (0, 0), (-1, -1)
BARE: list[Command] = [
    ("FONTNAME", *EVERYWHERE, BODY),  # else the PDF lists a face that it does not hold
    ("LEFTPADDING", *EVERYWHERE, SIDE),
    ("RIGHTPADDING", *EVERYWHERE, SIDE),
    ("TOPPADDING", *EVERYWHERE, ABOVE),
    ("BOTTOMPADDING", *EVERYWHERE, ABOVE),
    ("VALIGN", *EVERYWHERE, "MIDDLE"),
]
RULED: list[Command] = [
    *BARE,
    ("INNERGRID", *EVERYWHERE, 0.4, LINE),
    ("BOX", *EVERYWHERE, 0.7, FRAME),
]


def table_grid(table: Table, faces: Typefaces) -> Grid:
    """A table; its titles stand again where it goes on to another page."""
    shares = sum(table.widths)
    widths = [WIDTH * share / shares for share in table.widths]
    amounts = set(table.right)
    titles = [
        Prose(title, AMOUNT_TITLE if column in amounts else CELL_TITLE, faces)
        for column, title in enumerate(table.titles)
    ]
    rows = [
        [Prose(text, AMOUNT if column in amounts else CELL, faces) for column, text in enumerate(row)]
        for row in table.rows
    ]
    return _ruled([titles, *rows], widths, [("BACKGROUND", (0, 0), (-1, 0), TINT)], titled=True)


def facts_grid(facts: Facts, faces: Typefaces) -> Grid:
    """Names and values; two short ones share a row."""
    cells: list[list[Prose | str]] = []
    commands: list[Command] = [("BACKGROUND", (0, 0), (0, -1), TINT)]
    for group in _beside_each_other(facts.rows, faces):
        row: list[Prose | str] = []
        for name, value in group:
            row += [Prose(name, CELL_TITLE, faces), Prose(value, CELL, faces)]
        here = len(cells)
        commands.append(
            ("SPAN", (1, here), (3, here)) if len(group) == 1 else ("BACKGROUND", (2, here), (2, here), TINT)
        )
        cells.append(row + [""] * (4 - len(row)))
    grid = Grid(cells, [NAME, BESIDE, NAME, BESIDE])
    grid.setStyle([*RULED, *commands])
    grid.spaceBefore, grid.spaceAfter = 2, 6
    return grid


def _beside_each_other(rows: Sequence[tuple[str, str]], faces: Typefaces) -> list[list[tuple[str, str]]]:
    groups: list[list[tuple[str, str]]] = []
    one_more = False
    for name, value in rows:
        short = faces.width(CELL.face, value, CELL.size) <= BESIDE - 2 * SIDE
        if short and one_more:
            groups[-1].append((name, value))
        else:
            groups.append([(name, value)])
        one_more = short and len(groups[-1]) == 1
    return groups


def _ruled(cells: Cells, widths: list[float], commands: list[Command], *, titled: bool) -> Grid:
    tall = any(
        cell.wrap(width - 2 * SIDE, 0)[1] > TALLEST_ROW
        for row in cells
        for cell, width in zip(row, widths, strict=True)
    )
    grid = Grid(cells, widths, repeatRows=int(titled), splitInRow=int(tall))
    at_top: list[Command] = [("VALIGN", *EVERYWHERE, "TOP")] if tall else []
    grid.setStyle([*RULED, *commands, *at_top])
    grid.spaceBefore, grid.spaceAfter = 2, 6
    return grid


def remark_grid(remark: Remark, faces: Typefaces) -> Grid:
    """A sentence in a frame."""
    return _ruled([[Prose(remark.text, REMARK, faces)]], [WIDTH], [("BACKGROUND", *EVERYWHERE, TINT)], titled=False)


def signature_grid(signatures: Signatures, faces: Typefaces) -> Grid:
    """For each who signs a line for the name, and under it one for the date."""
    labels = [f"{label}：" for label in signatures.labels]
    room = [faces.width(SIGN.face, label, SIGN.size) + 1 for label in labels]
    line = (WIDTH - GAP * (len(labels) - 1) - sum(room)) / len(labels)
    names: list[Prose | str] = [cell for label in labels for cell in (Prose(label, SIGN, faces), "", "")]
    dates: list[Prose | str] = [cell for _ in labels for cell in ("", Prose(DATE_HERE, SIGNED, faces), "")]
    widths = [width for one in room for width in (one, line, GAP)]
    lines: list[Command] = [("LINEBELOW", (column, 0), (column, 0), 0.5, FRAME) for column in range(1, len(widths), 3)]
    grid = Grid([names[:-1], dates[:-1]], widths[:-1], spaceBefore=16, spaceAfter=6)
    grid.setStyle([*BARE, ("LEFTPADDING", *EVERYWHERE, 0), ("RIGHTPADDING", *EVERYWHERE, 0), *lines])
    return grid
