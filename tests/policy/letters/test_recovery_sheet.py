"""The recovery sheet shows the whole code in its groups, on one page, and nothing but paper shows it."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium

from desktop import paths
from desktop.notices.pdf import Faces, render
from desktop.policy.letters.letter import Code, letter_text
from desktop.policy.letters.recovery_sheet import RecoverySheet, recovery_sheet_letter

GOLDENS = Path(__file__).resolve().parents[2] / "goldens"
WRITE = "YIMEN_WRITE_GOLDENS"
CODE = "7QX4-M2RB-K9VD-3H5T-WZ0P-8JNC-1EFG"
SHEET = RecoverySheet(
    office="示例县示例镇社会救助「一门受理」窗口",
    made_on=date(2024, 5, 28),
    made_by="赵示例（管理员）",
    store="K2Q7",
    code=CODE,
)


def test_a_recovery_sheet_reads_as_its_golden() -> None:
    text, golden = letter_text(recovery_sheet_letter(SHEET)), GOLDENS / "recovery-sheet.txt"
    if os.environ.get(WRITE):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_code_stands_large_in_groups_from_which_it_can_be_typed() -> None:
    (code,) = (part for part in recovery_sheet_letter(SHEET).parts if isinstance(part, Code))
    assert code.text.split() == CODE.split("-")


def test_the_code_is_not_in_what_a_log_would_show() -> None:
    assert not any(group in repr(SHEET) for group in CODE.split("-"))


def test_the_code_stands_nowhere_but_in_its_place() -> None:
    letter = recovery_sheet_letter(SHEET)
    assert not any(group in letter.title + letter.number_line for group in CODE.split("-"))
    text = letter_text(letter)
    assert [text.count(group) for group in CODE.split("-")] == [1] * 7


def test_the_sheet_says_which_store_it_opens_and_since_when() -> None:
    letter = recovery_sheet_letter(replace(SHEET, store="9ZT3", made_on=date(2025, 1, 2)))
    assert letter.number == "恢复20250102-9ZT3"
    assert "案卷库 | 9ZT3" in letter_text(letter)


def test_the_sheet_is_one_sheet_of_paper() -> None:
    long = replace(
        SHEET, office="示例自治县示例民族乡人民政府社会救助「一门受理、协同办理」服务窗口", made_by="欧阳示例（管理员）"
    )
    for sheet in (SHEET, long):
        with pdfium.PdfDocument(render(recovery_sheet_letter(sheet), Faces(paths.FONTS))) as document:
            assert len(document) == 1
