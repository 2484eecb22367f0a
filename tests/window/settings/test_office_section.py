"""The office's facts: changed by an administrator, read by everybody, nothing typed lost on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.settings.office_section import OfficeSection
from desktop.work.intake import new_case, open_case
from desktop.work.office import Office
from desktop.work.office_facts import OfficeFacts, change_facts, office_facts

Settle = Callable[..., Any]


def kept(office: Office) -> OfficeFacts:
    return office_facts(office.kept, OfficeFacts(office.letterhead, office.locality))


def save(settled: Any) -> None:
    settled.page.office_section.save.setFocus()
    settled.press(Qt.Key.Key_Return)


def said(section: OfficeSection, name: str) -> str:
    return section.asked.messages[name].text()


def test_what_an_administrator_types_is_kept_when_it_is_saved(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    told, changed = QSignalSpy(settled.page.said), QSignalSpy(settled.page.office_changed)
    settled.type_over(section.asked.fields["phone"], "0850-1111111")
    assert section.state.text() == "! 有修改还没有保存。"
    assert kept(settled.office).letterhead.phone == "0850-0000000"
    save(settled)
    assert kept(settled.office).letterhead.phone == "0850-1111111"
    assert section.state.text() == ""
    assert told.at(0)[0] == "已保存单位与编号。"
    assert changed.at(0)[0].letterhead.phone == "0850-1111111"


def test_enter_goes_from_field_to_field_and_saves_after_the_last(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    settled.type_over(section.asked.fields["office"], "新的窗口")
    for name in ("address", "phone", "complaint_phone", "locality", "case_numbers", "lock_minutes"):
        settled.press(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is section.asked.fields[name]
    settled.type_over(section.asked.fields["lock_minutes"], "0")
    settled.press(Qt.Key.Key_Return)
    assert kept(settled.office).letterhead.office == "新的窗口"
    assert kept(settled.office).lock_minutes == 0


def test_alt_and_its_letter_save_from_any_field(settle: Settle, qtbot: QtBot) -> None:
    settled = settle()
    settled.type_over(settled.page.office_section.asked.fields["phone"], "0850-1111111")
    changed = QSignalSpy(settled.page.office_changed)
    settled.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: changed.count() == 1)  # Qt shows the button pressed for a moment first
    assert kept(settled.office).letterhead.phone == "0850-1111111"


@pytest.mark.parametrize("name", ["李示例", "赵示例"])
def test_others_read_and_are_told_who_may(settle: Settle, name: str) -> None:
    settled = settle(name)
    section = settled.page.office_section
    assert section.who_may.text() == "更改地区、单位和编号规则需要管理员的权限。请由管理员登录后办理。"
    assert section.who_may.isVisible()
    assert not section.save.isVisible()
    assert section.asked.text("phone") == "0850-0000000"
    settled.type_over(section.asked.fields["phone"], "1")
    assert section.asked.text("phone") == "0850-0000000"
    assert not section.asked.fields["locality"].isEnabled()
    section.asked.fields["lock_minutes"].setFocus()
    settled.press(Qt.Key.Key_Return)
    assert kept(settled.office).letterhead.phone == "0850-0000000"


def test_a_pattern_shows_its_example_and_its_fault_as_it_is_typed(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    assert said(section, "case_numbers").startswith("2024 年第 12 件写作 2024-0012。")
    settled.type_over(section.asked.fields["case_numbers"], "A{")
    assert said(section, "case_numbers").startswith("编号规则中的大括号不成对。")
    settled.type_over(section.asked.fields["case_numbers"], "YX{年:2}-{序号:3}")
    assert said(section, "case_numbers").startswith("2024 年第 12 件写作 YX24-012。")
    save(settled)
    assert kept(settled.office).case_numbers == "YX{年:2}-{序号:3}"


def test_what_will_not_do_is_said_at_its_field_and_nothing_typed_is_lost(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    settled.type_over(section.asked.fields["office"], "New office")
    settled.type_over(section.asked.fields["case_numbers"], "{序号}")
    settled.type_over(section.asked.fields["lock_minutes"], "61")
    save(settled)
    assert said(section, "case_numbers").startswith("编号规则中没有年")
    assert said(section, "lock_minutes").startswith("锁定的时间要在 0 至 60 分钟之间。")
    assert QApplication.focusWidget() is section.asked.fields["case_numbers"]
    assert [section.asked.text(name) for name in ("office", "case_numbers", "lock_minutes")] == [
        "New office",
        "{序号}",
        "61",
    ]
    assert kept(settled.office).letterhead.office == "示例乡社会救助「一门受理」窗口"
    settled.type_over(section.asked.fields["lock_minutes"], "60")
    settled.type_over(section.asked.fields["case_numbers"], "{年}{序号}")
    save(settled)
    assert (kept(settled.office).lock_minutes, kept(settled.office).case_numbers) == (60, "{年}{序号}")


@pytest.mark.parametrize("typed", ["", "-1", "abc", "1.5"])
def test_minutes_are_whole_and_stated(settle: Settle, typed: str) -> None:
    settled = settle()
    section = settled.page.office_section
    settled.type_over(section.asked.fields["lock_minutes"], typed)
    save(settled)
    assert said(section, "lock_minutes") != ""
    assert kept(settled.office).lock_minutes == 10


def test_a_locality_says_whether_it_was_checked_and_where_it_is_from(settle: Settle) -> None:
    section = settle().page.office_section
    assert said(section, "locality").startswith(
        "! 参数未核对，测算仅供参考。政策：黔府办发〔2022〕19号。来源：示例数值"
    )
    assert "改变地区" not in said(section, "locality")


def test_another_locality_holds_for_new_cases_alone_and_says_so(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    before = new_case(settled.office, "assistance").id
    changed = QSignalSpy(settled.page.office_changed)
    field = section.asked.fields["locality"]
    field.setFocus()
    for stroke in field.strokes("pingshun-sample"):
        settled.press(stroke)
    assert said(section, "locality").endswith("! 改变地区只影响今后新建的案卷，已有的案卷仍按各自的地区测算。")
    save(settled)
    assert "改变地区" not in said(section, "locality")
    office = changed.at(0)[0]
    assert open_case(office, new_case(office, "assistance").id).draft["locality"] == "pingshun-sample"
    assert open_case(office, before).draft["locality"] == "guizhou-sample"


def test_no_locality_is_a_fault(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    section.asked.fields["locality"].setFocus()
    settled.press(Qt.Key.Key_Home)
    save(settled)
    assert said(section, "locality") == "没有选择地区。请选择本单位所在的地区。"


def test_what_was_typed_is_still_there_after_a_look_elsewhere(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    settled.type_over(section.asked.fields["phone"], "0850-2222222")
    settled.go_to("bin")
    settled.go_to("office")
    assert section.asked.text("phone") == "0850-2222222"
    assert section.state.text() == "! 有修改还没有保存。"


def test_what_another_one_saved_is_shown_on_coming_back(settle: Settle, staffed: Office) -> None:
    settled = settle()
    settled.go_to("bin")
    facts = kept(staffed)
    change_facts(staffed, replace(facts, letterhead=replace(facts.letterhead, phone="0850-3333333")))
    settled.go_to("office")
    assert settled.page.office_section.asked.text("phone") == "0850-3333333"


def test_every_field_has_a_name_for_who_cannot_see_it(settle: Settle) -> None:
    asked = settle().page.office_section.asked
    assert [field.accessibleName() for field in asked.fields.values()] == [
        "单位名称",
        "地址",
        "联系电话",
        "监督电话",
        "所在地区",
        "案号写法",
        "自动锁定",
    ]


def test_what_an_administrator_did_not_save_is_not_shown_to_a_clerk_as_so(settle: Settle) -> None:
    settled = settle()
    section = settled.page.office_section
    settled.type_over(section.asked.fields["phone"], "0850-2222222")
    settled.take_over("李示例")
    assert section.asked.text("phone") == "0850-0000000"
    assert section.state.text() == ""
    settled.take_over("陈示例")
    assert not section.asked.fields["phone"].isReadOnly()
