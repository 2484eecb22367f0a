"""The batch page: what waits, what is chosen, what is sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.batches.outgoing import read_back
from desktop.window.lists.batch_page import NUMBER, BatchPage
from desktop.window.tasks import Tasks
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]


@dataclass
class Batch:
    """A batch page on the office's cases."""

    page: BatchPage
    tasks: Tasks

    def reload(self) -> None:
        self.page.reload()
        assert self.tasks.wait_until_idle()

    def send(self, path: Path) -> None:
        self.page.export_to(path)
        assert self.tasks.wait_until_idle()

    def tick(self, place: int) -> None:
        """Space, as the clerk ticks."""
        self.page.table.setCurrentCell(place, NUMBER)
        QTest.keyClick(self.page.table, Qt.Key.Key_Space)


@pytest.fixture
def batch(qtbot: QtBot, office: Office) -> Iterator[Batch]:
    tasks = Tasks()
    page = BatchPage(office, tasks)
    qtbot.addWidget(page)
    page.resize(1278, 640)
    page.show()
    assert tasks.wait_until_idle()
    yield Batch(page, tasks)
    tasks.close()


@pytest.fixture
def take_in(office: Office, sample: Sample) -> Callable[[str], str]:
    """Takes a sample in and gives it its number; its id."""

    def accept(begins: str) -> str:
        draft = sample(begins)
        case_id = new_case(office, str(draft["matter"])).id
        save_case(office, case_id, draft, {})
        accept_case(office, case_id)
        return case_id

    return accept


def test_an_empty_page_says_what_to_do_first(batch: Batch) -> None:
    assert batch.page.nothing.isVisible()
    assert "出具受理回执" in batch.page.nothing.text()
    assert not batch.page.export.isVisible()
    assert batch.page.last.text() == "还没有上报过。"


def test_a_case_without_a_number_does_not_wait(batch: Batch, office: Office, sample: Sample) -> None:
    draft = sample("01")
    save_case(office, new_case(office, "illness_poverty").id, draft, {})
    batch.reload()
    assert batch.page.table.rowCount() == 0


def test_what_waits_is_chosen_and_summed(batch: Batch, take_in: Callable[[str], str]) -> None:
    take_in("01")
    take_in("02")
    batch.reload()
    assert [row.case_no for row in batch.page.chosen()] == ["2024-0001", "2024-0002"]
    assert batch.page.chosen_line.text() == "已选 2 件，预计救助合计 10\u202f750.00 元"
    assert batch.page.all.isChecked()


def test_space_takes_a_case_out_of_the_choice(batch: Batch, take_in: Callable[[str], str]) -> None:
    take_in("01")
    take_in("02")
    batch.reload()
    batch.tick(0)
    assert [row.case_no for row in batch.page.chosen()] == ["2024-0002"]
    assert batch.page.chosen_line.text() == "已选 1 件，预计救助合计 0.00 元"
    assert not batch.page.all.isChecked()
    batch.tick(1)
    assert not batch.page.export.isEnabled()


def test_an_amount_to_come_is_said_and_not_summed(
    batch: Batch, office: Office, sample: Sample, take_in: Callable[[str], str]
) -> None:
    draft = sample("01")
    expenses = draft["expenses"]
    assert isinstance(expenses, list)
    expenses[0]["referral"] = None
    save_case(office, take_in("01"), draft, {})
    take_in("01")
    batch.reload()
    assert batch.page.chosen_line.text() == "已选 2 件，预计救助合计 10\u202f750.00 元，另有 1 件金额待补"


def test_only_what_is_chosen_is_sent(batch: Batch, take_in: Callable[[str], str], tmp_path: Path) -> None:
    take_in("01")
    take_in("02")
    batch.reload()
    batch.tick(1)
    batch.send(tmp_path / "out.xlsx")
    assert batch.page.sent is not None
    assert (batch.page.sent.cases, batch.page.sent.number) == (1, "批2024-0001")
    assert "2024-0001" in str(read_back(tmp_path / "out.xlsx"))
    assert "2024-0002" not in str(read_back(tmp_path / "out.xlsx"))
    assert [row.case_no for row in batch.page.chosen()] == ["2024-0002"]


def test_what_was_sent_last_stays_on_the_page(batch: Batch, take_in: Callable[[str], str], tmp_path: Path) -> None:
    take_in("01")
    batch.reload()
    batch.send(tmp_path / "out.xlsx")
    assert batch.page.last.text().startswith("上次上报：批2024-0001（第 1 批），2024-05-28 09:41，1 件")
    assert "10\u202f750.00" in batch.page.last.text()


def test_a_folder_that_is_not_there_keeps_the_cases_waiting(
    batch: Batch, take_in: Callable[[str], str], tmp_path: Path
) -> None:
    take_in("01")
    batch.reload()
    batch.send(tmp_path / "gone" / "out.xlsx")
    assert batch.page.trouble.isVisible()
    assert batch.page.sent is None
    batch.reload()
    assert len(batch.page.chosen()) == 1
    assert batch.page.last.text() == "还没有上报过。"
    assert batch.page.export.isEnabled()
