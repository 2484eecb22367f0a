"""Deleting asks for its reason in place, and Esc leaves everything as it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.lists.delete_line import DeleteLine


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[DeleteLine]:
    made = DeleteLine()
    qtbot.addWidget(made)
    made.resize(1200, 100)
    made.ask("c1", "2024-0003", "王示例")
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()


def press(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_it_is_out_of_sight_until_it_is_asked(qtbot: QtBot) -> None:
    made = DeleteLine()
    qtbot.addWidget(made)
    assert made.isHidden()


def test_it_says_what_becomes_of_the_number(line: DeleteLine) -> None:
    assert line.question.text() == ("删除 2024-0003 王示例？案号 2024-0003 作废，不再使用；案卷移入回收站，可以放回。")
    assert QApplication.focusWidget() is line.reason


def test_a_number_is_not_given_up_without_a_reason(line: DeleteLine) -> None:
    confirmed = QSignalSpy(line.confirmed)
    press(Qt.Key.Key_Return)
    assert confirmed.count() == 0
    assert line.message.text().startswith("请选择或写明删除的原因")
    press(Qt.Key.Key_Down)
    assert line.message.text() == ""


def test_a_usual_reason_is_chosen_by_its_place_and_enter_confirms(line: DeleteLine) -> None:
    confirmed = QSignalSpy(line.confirmed)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert confirmed.at(0) == ["c1", "重复录入"]
    assert line.isHidden()


def test_a_reason_may_be_in_one_s_own_words(line: DeleteLine) -> None:
    confirmed = QSignalSpy(line.confirmed)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(line.words, " moved away ")
    press(Qt.Key.Key_Return)
    assert confirmed.at(0) == ["c1", "moved away"]


def test_words_follow_the_usual_reason(line: DeleteLine) -> None:
    confirmed = QSignalSpy(line.confirmed)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(line.words, "2024-0001")
    press(Qt.Key.Key_Return)
    assert confirmed.at(0) == ["c1", "重复录入：2024-0001"]


def test_esc_leaves_the_case_where_it_is(line: DeleteLine) -> None:
    confirmed, cancelled = QSignalSpy(line.confirmed), QSignalSpy(line.cancelled)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Escape)
    assert (confirmed.count(), cancelled.count()) == (0, 1)
    assert line.isHidden()


def test_a_draft_is_a_mistake_unless_somebody_says_otherwise(line: DeleteLine) -> None:
    confirmed = QSignalSpy(line.confirmed)
    line.ask("c2", None, None)
    assert line.question.text() == "删除 未编号的案卷？案卷移入回收站，可以放回。"
    press(Qt.Key.Key_Return)
    assert confirmed.at(0) == ["c2", "误建"]


def test_what_was_said_of_one_case_is_not_said_of_the_next(line: DeleteLine) -> None:
    press(Qt.Key.Key_2)
    QTest.keyClicks(line.words, "words")
    line.ask("c3", "2024-0004", None)
    assert line.reason.value() is None
    assert line.words.text() == ""
