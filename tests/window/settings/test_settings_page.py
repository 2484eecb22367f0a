"""The place of the settings: its sections, reached by the keyboard."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.window.settings.look_section import Look, LookSection
from desktop.window.settings.settings_page import Part

Settle = Callable[..., Any]


def test_whoever_comes_begins_at_the_rail_and_goes_down_it(settle: Settle) -> None:
    page = settle().page
    assert QApplication.focusWidget() is page.rail
    seen = []
    for section in (page.office_section, page.staff_section, page.bin_section, page.look_section):
        seen.append(section.isVisible())
        QTest.keyClick(page.rail, Qt.Key.Key_Down)
    assert seen == [True] * 4


def test_enter_leads_from_the_rail_into_the_section(settle: Settle) -> None:
    settled = settle()
    settled.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is settled.page.office_section.asked.fields["office"]


def test_a_section_that_is_handed_in_stands_on_the_rail_and_is_shown(settle: Settle) -> None:
    button = QPushButton("立即备份")
    page = settle(sections=(Part("backups", "备份", button),)).page
    assert [page.rail.item(row).text() for row in range(page.rail.count())] == [
        "单位与编号",
        "人员",
        "备份",
        "回收站",
        "显示",
    ]
    page.show_section("backups")
    assert button.isVisible()
    assert not page.office_section.isVisible()


def test_a_look_is_told_as_soon_as_it_is_chosen(settle: Settle) -> None:
    settled = settle()
    settled.go_to("look")
    told = QSignalSpy(settled.page.look_changed)
    settled.page.look_section.look.setFocus()
    settled.press(Qt.Key.Key_End)
    settled.page.look_section.points.setFocus()
    settled.press(Qt.Key.Key_Right)
    settled.press(Qt.Key.Key_Home)
    assert [told.at(place) for place in range(told.count())] == [["dark", 11], ["dark", 12], ["dark", 11]]


def test_the_look_that_there_is_stands_chosen(qtbot: QtBot) -> None:
    section, usual = LookSection(Look("light", 14)), LookSection(Look("system", 11))
    qtbot.addWidget(section)
    qtbot.addWidget(usual)
    assert (section.look.value(), section.points.value()) == ("light", 14)
    assert (usual.look.accessibleDescription(), usual.points.accessibleDescription()) == ("跟随系统", "11")
