"""The day sheet tells what the register, the journal and the backups say, and nobody's name but the clerks'."""

import os
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.policy.letters.day_sheet import (
    DayCounts,
    DaySheet,
    GivenNumber,
    JournalHead,
    SentBatch,
    day_sheet_letter,
)
from desktop.policy.letters.letter import Letter, Table, letter_text

GOLDENS = Path(__file__).resolve().parents[2] / "goldens"
WRITE = "YIMEN_WRITE_GOLDENS"
DAY = date(2024, 5, 28)
HASH = sha256(b"example").digest()


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


SHEET = DaySheet(
    office="示例县示例镇社会救助「一门受理」窗口",
    day=DAY,
    made_at=at(28, 17, 45),
    made_by="李示例（受理员）",
    numbers=(
        GivenNumber("受理编号", "2024-0007", "2024-0007", DAY),
        GivenNumber("受理回执", "受2024-0007", "2024-0007", DAY),
        GivenNumber("受理编号", "2024-0003", "2024-0003", date(2024, 5, 20), "重复立案，并入 2024-0002 号案卷"),
        GivenNumber("待遇测算单", "测2024-0005", "", DAY, "打印后发现身份录错"),
    ),
    batches=(SentBatch("批2024-0002", "医疗救助申请", 12, at(28, 16, 30), "王示例（审核员）"),),
    counts=DayCounts(opened=9, changed=5, printed=3),
    head=JournalHead("01HYZ3K8W6J5T4QWERTY0007K2", 1284, HASH, f"07K2-1284-{HASH.hex()[:8].upper()}"),
    backup=at(28, 17, 40),
    second=at(20, 17, 0),
)
QUIET = replace(SHEET, numbers=(), batches=(), counts=DayCounts(0, 0, 0), backup=None, second=None)


def same_as_golden(letter: Letter, name: str) -> None:
    text, golden = letter_text(letter), GOLDENS / f"{name}.txt"
    if os.environ.get(WRITE):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("sheet", "golden"), [(SHEET, "day-sheet"), (QUIET, "day-sheet-quiet")])
def test_a_day_sheet_reads_as_its_golden(sheet: DaySheet, golden: str) -> None:
    same_as_golden(day_sheet_letter(sheet), golden)


def test_the_numbers_of_a_series_stand_together() -> None:
    letter = day_sheet_letter(SHEET)
    numbers = next(part for part in letter.parts if isinstance(part, Table))
    assert [row[0] for row in numbers.rows] == ["受理编号", "受理编号", "受理回执", "待遇测算单"]


def test_a_number_of_an_earlier_day_is_not_counted_as_given_today() -> None:
    text = letter_text(day_sheet_letter(SHEET))
    assert "受理编号 1 个，受理回执 1 个，待遇测算单 1 个。作废 2 个。" in text
    assert "2024年5月20日编号，作废：重复立案" in text
    assert "有效" not in letter_text(day_sheet_letter(replace(SHEET, numbers=SHEET.numbers[2:])))


def test_the_whole_hash_stands_in_groups_of_four() -> None:
    lines = letter_text(day_sheet_letter(SHEET)).splitlines()
    halves = [line.partition(" | ")[2] for line in lines if line.startswith("校验值")]
    assert [len(group) for half in halves for group in half.split(" ")] == [4] * 16
    assert "".join(halves).replace(" ", "") == HASH.hex()


@pytest.mark.parametrize(
    ("backup", "age"),
    [
        (at(28, 0, 1), "2024-05-28 00:01（当天）"),
        (at(27, 23, 59), "2024-05-27 23:59（1 天前）"),
        (at(29, 8, 0), "2024-05-29 08:00（晚于制单时间，请检查电脑时钟）"),
        (None, "没有"),
    ],
)
def test_a_backup_stands_with_its_age(backup: datetime | None, age: str) -> None:
    assert f"最近一次备份 | {age}" in letter_text(day_sheet_letter(replace(SHEET, backup=backup)))


@pytest.mark.parametrize(
    ("backup", "second", "remarks"),
    [
        (at(28, 17, 40), at(20, 17, 0), 0),
        (at(27, 17, 40), at(20, 17, 0), 1),
        (at(28, 17, 40), None, 1),
        (None, None, 2),
    ],
)
def test_what_is_not_saved_is_said_before_anything_else(
    backup: datetime | None, second: datetime | None, remarks: int
) -> None:
    text = letter_text(day_sheet_letter(replace(SHEET, backup=backup, second=second)))
    assert text.partition("# 一、")[0].count("\n! ") == remarks
    assert text.count("\n! ") == remarks


def test_a_sheet_that_is_printed_later_names_both_days() -> None:
    letter = day_sheet_letter(replace(SHEET, made_at=at(29, 8, 30)))
    assert letter.issued == date(2024, 5, 29)
    assert letter.number == "日结20240528-07K2"
    assert "日结日期 | 2024年5月28日" in letter_text(letter)
