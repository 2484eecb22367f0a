"""The list of accesses tells the applicant everybody who saw the case, and leaves nobody out."""

import json
import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.problems import Refused
from desktop.domain.reading import read_case
from desktop.policy.letters.access_list import DEEDS, Access, access_list_letter
from desktop.policy.letters.letter import BLANK, Desk, Table, letter_text

TESTS = Path(__file__).resolve().parents[2]
WRITE = "YIMEN_WRITE_GOLDENS"
DESK = Desk(
    office="示例县示例镇社会救助「一门受理」窗口",
    address="示例县示例镇示例路 1 号",
    phone="0850-0000000",
    complaint_phone="",
    number="阅2024-0001",
    day=date(2024, 5, 28),
    papers={},
)
FIRST = datetime(2024, 5, 20, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
ACCESSES = (
    Access(FIRST, "李示例", "clerk", "opened"),
    Access(FIRST + timedelta(minutes=20), "李示例", "clerk", "printed", "受理回执"),
    Access(FIRST + timedelta(days=2, hours=6), "王示例", "reviewer", "exported", "上报批次批2024-0002"),
    Access(FIRST + timedelta(days=3), "欧阳示例", "administrator", "opened"),
)


@pytest.fixture(scope="module")
def case() -> Case:
    text = (TESTS / "samples" / "01-illness-poverty.json").read_text(encoding="utf-8")
    return replace(read_case(json.loads(text)), case_no="2024-0007")


def test_an_access_list_reads_as_its_golden(case: Case) -> None:
    text, golden = letter_text(access_list_letter(case, ACCESSES, DESK)), TESTS / "goldens" / "access-list.txt"
    if os.environ.get(WRITE):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@given(accesses=st.permutations(ACCESSES * 3))
def test_every_access_stands_in_the_order_of_time(case: Case, accesses: list[Access]) -> None:
    letter = access_list_letter(case, tuple(accesses), DESK)
    (table,) = (part for part in letter.parts if isinstance(part, Table))
    assert [row[0] for row in table.rows] == [str(place) for place in range(1, 13)]
    assert [row[1] for row in table.rows] == [f"{one.at:%Y-%m-%d %H:%M}" for one in ACCESSES for _ in range(3)]
    assert "查阅次数 | 12 次，2024年5月20日至2024年5月23日" in letter_text(letter)


def test_each_row_says_who_in_which_role_did_what(case: Case) -> None:
    text = letter_text(access_list_letter(case, ACCESSES, DESK))
    assert "2 | 2024-05-20 09:25 | 李示例 | 受理员 | 打印受理回执" in text
    assert "4 | 2024-05-23 09:05 | 欧阳示例 | 管理员 | 查看案卷" in text


def test_accesses_of_one_day_name_it_once(case: Case) -> None:
    assert "查阅次数 | 2 次，2024年5月20日\n" in letter_text(access_list_letter(case, ACCESSES[:2], DESK))


def test_a_case_that_nobody_saw_says_so(case: Case) -> None:
    text = letter_text(access_list_letter(case, (), DESK))
    assert "查阅次数 | 没有" in text
    assert "没有查看、打印或导出的记录。" in text
    assert not any(deed + "案卷\n" in text for deed in DEEDS.values())


def test_the_list_is_headed_by_the_case_and_its_applicant_masked(case: Case) -> None:
    text = letter_text(access_list_letter(case, ACCESSES, DESK))
    number = case.household.members[0].id_number
    assert number is not None
    assert number not in text
    assert "受理编号 | 2024-0007" in text
    assert f"投诉电话 | {BLANK}" in text


def test_a_list_without_the_applicants_name_is_refused(case: Case) -> None:
    nameless = tuple(replace(member, name=None) for member in case.household.members)
    with pytest.raises(Refused, match="姓名"):
        access_list_letter(replace(case, household=replace(case.household, members=nameless)), ACCESSES, DESK)
