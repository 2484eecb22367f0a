"""The day sheet tells of one day what register, journal and batches have of it, and names no applicant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from desktop.domain.clerks import Clerk
from desktop.store.clerks import add_clerk
from desktop.store.journal import entries_of_kind, head
from desktop.work.batching import export_batch
from desktop.work.day_sheet import day_sheet
from desktop.work.discarding import delete_case
from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.looks import access_list_pdf
from desktop.work.notices import issue_notice
from desktop.work.office import Letterhead, Office

Sample = Callable[[str], dict[str, object]]
TODAY = date(2024, 5, 28)
YESTERDAY = date(2024, 5, 27)
CHEN = Clerk("chen", "陈示例", "administrator")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def line_with(pdf: bytes, words: str) -> str:
    (line,) = [line.strip() for line in text_of(pdf).splitlines() if words in line]
    return line


@pytest.fixture
def office(office: Office) -> Office:
    with office.change() as pen:
        add_clerk(pen, CHEN)
    return office


@pytest.fixture
def yesterday(office: Office) -> Office:
    """The same office a day before."""
    return replace(office, now=lambda: office.now() - timedelta(days=1))


def keep(office: Office, draft: dict[str, object]) -> str:
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, draft, {})
    return begun.id


def test_a_day_is_told_with_its_numbers_counts_and_batches(office: Office, sample: Sample, tmp_path: Path) -> None:
    first, second = keep(office, sample("01")), keep(office, sample("06"))
    issue_notice(office, first, "receipt")
    open_case(office, first)
    accept_case(office, second)
    access_list_pdf(office, second)
    export_batch(office, (second,), tmp_path)
    sheet = day_sheet(office, TODAY, office.now())
    told = text_of(sheet.pdf)
    for number in ("2024-0001", "受2024-0001", "2024-0002", "批2024-0001"):
        assert number in told
    assert "受理编号 2 个，受理回执 1 个，上报批次 1 个。没有作废。" in told.replace("\r\n", "")
    assert line_with(sheet.pdf, "打开案卷").endswith("2 件")
    assert line_with(sheet.pdf, "修改案卷").endswith("2 件")
    assert line_with(sheet.pdf, "打印文书").startswith("打印文书 2 份")
    assert "09:41 陈示例（管理员）" in line_with(sheet.pdf, "医疗救助申请")
    assert (sheet.name, sheet.file_name) == ("日结单", "日结单-20240528.pdf")


def test_the_sheet_says_where_the_journal_stood_and_its_printing_is_the_next_entry(office: Office) -> None:
    end = head(office.kept)
    sheet = day_sheet(office, TODAY)
    assert end.code in text_of(sheet.pdf)
    (printed,) = entries_of_kind(office.kept, "printed")
    assert (printed.seq, printed.path, printed.case_id) == (end.seq + 1, "日结单", None)
    assert printed.new == {"kind": "day_sheet", "day": "2024-05-28", "sha256": sha256(sheet.pdf).hexdigest()}


def test_a_number_that_was_given_up_later_stands_on_its_own_day(
    office: Office, yesterday: Office, sample: Sample
) -> None:
    accept_case(yesterday, keep(yesterday, sample("01")))
    thrown = keep(yesterday, sample("06"))
    accept_case(yesterday, thrown)
    before = text_of(day_sheet(yesterday, YESTERDAY).pdf)
    delete_case(office, thrown, "重复录入")
    assert text_of(day_sheet(yesterday, YESTERDAY).pdf).count("有效") == before.count("有效") == 2
    today = day_sheet(office, TODAY)
    assert "2024年5月27日编号，作废：重复录入" in text_of(today.pdf).replace("\r\n", "")
    assert "有效" not in text_of(today.pdf)
    assert "受理编号 0 个。作废 1 个。" in text_of(today.pdf).replace("\r\n", "")


def test_what_was_done_on_other_days_counts_on_those(office: Office, yesterday: Office, sample: Sample) -> None:
    keep(yesterday, sample("01"))
    sheet = day_sheet(office, TODAY)
    assert "当天没有编号。" in text_of(sheet.pdf)
    assert line_with(sheet.pdf, "修改案卷").endswith("0 件")
    assert line_with(day_sheet(office, YESTERDAY).pdf, "修改案卷").endswith("1 件")


@pytest.mark.parametrize(
    ("backup", "second", "told"),
    [
        (None, None, ["当天还没有备份", "还没有第二份介质"]),
        (timedelta(days=1), timedelta(days=1), ["当天还没有备份", "（1 天前）"]),
        (timedelta(0), timedelta(days=8), ["（当天）", "（8 天前）"]),
    ],
)
def test_how_old_the_backups_are_stands_there(
    office: Office, backup: timedelta | None, second: timedelta | None, told: list[str]
) -> None:
    def ago(age: timedelta | None) -> datetime | None:
        return None if age is None else office.now() - age

    text = text_of(day_sheet(office, TODAY, ago(backup), ago(second)).pdf)
    assert [words for words in told if words not in text] == []


def test_the_sheet_names_no_applicant(office: Office, sample: Sample) -> None:
    issue_notice(office, keep(office, sample("01")), "receipt")
    told = text_of(day_sheet(office, TODAY).pdf)
    assert "王示例" not in told
    assert "5201" not in told


def test_an_office_without_a_letterhead_goes_by_its_locality(office: Office) -> None:
    bare = replace(office, letterhead=Letterhead())
    name = office.library.localities["guizhou-sample"].name
    assert f"{name}社会救助" in text_of(day_sheet(bare, TODAY).pdf)
