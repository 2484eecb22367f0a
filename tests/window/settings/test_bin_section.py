"""The bin on screen: what lies there, put back by anybody, deleted for good after a dialog by an administrator."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop.window.settings.bin_section import BinSection
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case, in_bin, put_back
from desktop.work.intake import new_case, open_case
from desktop.work.office import Office

Settle = Callable[..., Any]


@pytest.fixture
def at_bin(settle: Settle) -> Callable[..., Any]:
    def open_for(name: str = "陈示例") -> Any:
        settled = settle(name)
        settled.go_to("bin")
        return settled

    return open_for


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def answer(*keys: Qt.Key) -> list[str]:
    """Presses keys in the dialog that is about to open; what it says comes here."""
    said: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.extend((box.text(), box.informativeText()))
        for key in keys:
            QTest.keyClick(focused(), key)

    QTimer.singleShot(50, press)
    return said


def press(settled: Any, button: Any) -> None:
    button.setFocus()
    settled.press(Qt.Key.Key_Return)


def cells(section: BinSection, row: int) -> list[str]:
    return [str(section.table.model().index(row, column).data()) for column in range(section.table.columnCount())]


def test_an_empty_bin_says_so_and_offers_nothing(at_bin: Settle) -> None:
    section = at_bin().page.bin_section
    assert section.count.text() == "回收站是空的。"
    assert not any(part.isVisible() for part in (section.table, section.back, section.purge, section.empty))


def test_a_deleted_case_is_listed_with_day_clerk_and_reason(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str]
) -> None:
    delete_case(staffed, take_in(), "重复录入：同一户")
    delete_case(staffed, new_case(staffed, "assistance").id, "")
    section = at_bin().page.bin_section
    assert section.count.text() == "共 2 件。"
    assert cells(section, 1) == ["2024-0001", "王示例 …2014", "2024-05-28", "陈示例", "重复录入：同一户", ""]
    assert cells(section, 0) == ["未编号", "未填姓名", "2024-05-28", "陈示例", "误建", ""]


@pytest.mark.parametrize("name", ["李示例", "陈示例"])
def test_anybody_puts_a_case_back_and_may_undo_that(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str], name: str
) -> None:
    case_id = take_in()
    delete_case(staffed, case_id, "重复录入")
    settled = at_bin(name)
    told = QSignalSpy(settled.page.said)
    press(settled, settled.page.bin_section.back)
    assert open_case(settled.office, case_id).draft["case_no"] == "2024-0001"
    assert settled.page.bin_section.count.text() == "回收站是空的。"
    sentence, way_back = told.at(0)
    assert sentence == "已放回 2024-0001。"
    way_back()
    settled.wait()
    assert [row.why for row in in_bin(settled.office)] == ["重复录入"]
    assert settled.page.bin_section.count.text() == "共 1 件。"


@pytest.mark.parametrize("name", ["李示例", "赵示例"])
def test_others_are_told_who_deletes_for_good(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str], name: str
) -> None:
    delete_case(staffed, take_in(), "重复录入")
    section = at_bin(name).page.bin_section
    assert not section.purge.isVisible()
    assert not section.empty.isVisible()
    assert section.who_may.text() == "彻底删除案卷需要管理员的权限。请由管理员登录后办理。"
    assert section.who_may.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_dialog_leaves_the_case_where_nothing_else_is_chosen(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str], key: Qt.Key
) -> None:
    delete_case(staffed, take_in(), "重复录入")
    settled = at_bin()
    said = answer(key)
    press(settled, settled.page.bin_section.purge)
    assert said[0] == "彻底删除 2024-0001（王示例）？"
    assert "不能恢复" in said[1]
    assert "备份里仍有" in said[1]
    assert len(in_bin(settled.office)) == 1


def test_the_chosen_case_is_deleted_for_good_after_the_dialog(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str]
) -> None:
    for _ in range(2):
        delete_case(staffed, take_in(), "重复录入")
    settled = at_bin()
    section, told = settled.page.bin_section, QSignalSpy(settled.page.said)
    section.table.setFocus()
    settled.press(Qt.Key.Key_Down)
    answer(Qt.Key.Key_Left, Qt.Key.Key_Space)
    press(settled, section.purge)
    assert told.at(0) == ["已彻底删除 1 件。", None]
    assert [row.case_no for row in in_bin(settled.office)] == ["2024-0002"]
    assert settled.page.focusWidget() is section.table


def test_what_the_county_has_is_counted_and_never_deleted(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str], tmp_path: Path
) -> None:
    sent, other = take_in(), take_in()
    export_batch(staffed, (sent,), tmp_path)
    for case_id in (other, sent):
        delete_case(staffed, case_id, "重复录入")
    settled = at_bin()
    section, told = settled.page.bin_section, QSignalSpy(settled.page.said)
    assert section.count.text() == "共 2 件，其中 1 件县级已收到，不能彻底删除。"
    assert [cells(section, row)[-1] for row in range(2)] == ["", "已上报"]
    section.table.setFocus()
    settled.press(Qt.Key.Key_Down)
    press(settled, section.purge)
    assert section.trouble.words.text().startswith("2024-0001 已上报，不能彻底删除。")
    said = answer(Qt.Key.Key_Left, Qt.Key.Key_Space)
    press(settled, section.empty)
    assert said[0] == "彻底删除回收站里的 1 件？另有 1 件已上报，会留下。"
    assert told.at(0)[0] == "已彻底删除 1 件。2024-0001 已上报，留在回收站里。"
    assert [row.id for row in in_bin(settled.office)] == [sent]
    settled.page.activateWindow()
    assert QTest.qWaitForWindowActive(settled.page)
    press(settled, section.empty)
    assert section.trouble.words.text().startswith("回收站里的 1 件都已上报，不能彻底删除。")


def test_a_case_that_somebody_put_back_meanwhile_is_told_and_the_list_is_read_anew(
    at_bin: Settle, staffed: Office, take_in: Callable[[], str]
) -> None:
    case_id = take_in()
    delete_case(staffed, case_id, "重复录入")
    settled = at_bin()
    put_back(staffed, case_id)
    press(settled, settled.page.bin_section.back)
    assert "不在回收站里" in settled.page.bin_section.trouble.words.text()
    assert settled.page.bin_section.count.text() == "回收站是空的。"
