"""The staff: kept by an administrator, seen by everybody, and the own password for each."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.window.playing.clerk import write
from desktop.window.settings.staff_section import StaffSection
from desktop.work.entering import unlock
from desktop.work.staff import staff

Settle = Callable[..., Any]
FIRST, SECOND = "山上的小菜园里有黄瓜", "zai he bian de cai yuan"


@pytest.fixture
def at_staff(settle: Settle) -> Callable[..., Any]:
    def open_for(name: str = "陈示例") -> Any:
        settled = settle(name)
        settled.go_to("staff")
        return settled

    return open_for


def rows(section: StaffSection) -> set[tuple[str, ...]]:
    table = section.table
    return {
        tuple(str(table.model().index(row, column).data()) for column in range(table.columnCount()))
        for row in range(table.rowCount())
    }


def choose(settled: Any, name: str) -> None:
    """Goes to somebody's row by the keyboard."""
    section = settled.page.staff_section
    section.table.setFocus()
    settled.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    while section.chosen().name != name:
        settled.press(Qt.Key.Key_Down)


def press(settled: Any, button: Any) -> None:
    button.setFocus()
    settled.press(Qt.Key.Key_Return)


def comes_in(settled: Any, clerk: Clerk, password: str) -> bool:
    try:
        return unlock(settled.door, settled.office.kept, clerk.id, password).id == clerk.id
    except Problem:
        return False


def fill(settled: Any, **typed: str) -> None:
    """Types into the fields of the open form, then Enter in the last one."""
    section = settled.page.staff_section
    panel = next(one for one in section.panels.values() if one.isVisible())
    for name, text in typed.items():
        field = panel.asked.fields[name]
        field.setFocus()
        if isinstance(field, QLineEdit):
            write(field, text)
        else:
            QTest.keyClicks(field, text)
    settled.press(Qt.Key.Key_Return)


def messages(settled: Any, name: str) -> dict[str, str]:
    asked = settled.page.staff_section.panels[name].asked
    return {path: message.text() for path, message in asked.messages.items() if message.text()}


def test_everybody_is_listed_with_role_and_day(at_staff: Settle) -> None:
    assert rows(at_staff().page.staff_section) == {
        ("陈示例（本人）", "管理员", "2024-05-28"),
        ("李示例", "受理员", "2024-05-28"),
        ("赵示例", "审核员", "2024-05-28"),
    }


def test_a_clerk_is_added_by_the_keyboard_and_comes_in(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    told = QSignalSpy(settled.page.said)
    press(settled, section.add)
    assert QApplication.focusWidget() is section.panels["add"].asked.fields["name"]
    fill(settled, name="Sun", password=SECOND, again=SECOND)
    assert told.at(0)[0] == "已添加 Sun。"
    assert ("Sun", "受理员", "2024-05-28") in rows(section)
    sun = next(one for one in staff(settled.office) if one.name == "Sun")
    assert comes_in(settled, sun, SECOND)
    assert not section.panels["add"].isVisible()
    assert section.panels["add"].asked.text("password") == ""


def test_the_role_of_a_new_clerk_is_chosen_by_its_place(at_staff: Settle) -> None:
    settled = at_staff()
    press(settled, settled.page.staff_section.add)
    fill(settled, name="Sun", role="3", password=SECOND, again=SECOND)
    assert {one.name: one.role for one in staff(settled.office)}["Sun"] == "administrator"


def test_faults_stand_at_their_fields_and_what_was_typed_stays(at_staff: Settle) -> None:
    settled = at_staff()
    press(settled, settled.page.staff_section.add)
    fill(settled, name="李示例", password="short", again="short")
    assert messages(settled, "add") == {
        "name": "已有名为 李示例 的帐号。同名的请在姓名后加以区别，例如工号。",
        "password": "口令太短，受理员的口令至少 8 个字符。请再加几个字符，可用一句好记的话。",
    }
    asked = settled.page.staff_section.panels["add"].asked
    assert [asked.text(name) for name in ("name", "password", "again")] == ["李示例", "short", "short"]
    assert QApplication.focusWidget() is asked.fields["name"]
    QTest.keyClicks(asked.fields["name"], "2")
    assert "name" not in messages(settled, "add")


def test_a_password_is_to_be_typed_twice_the_same(at_staff: Settle) -> None:
    settled = at_staff()
    press(settled, settled.page.staff_section.add)
    fill(settled, name="Sun", password=SECOND, again=f"{SECOND}!")
    assert messages(settled, "add") == {"again": "两次输入的口令不一样。请再输一次。"}
    assert len(staff(settled.office)) == 3


def test_passwords_are_never_shown(at_staff: Settle) -> None:
    settled = at_staff()
    press(settled, settled.page.staff_section.add)
    fields = settled.page.staff_section.panels["add"].asked.fields
    QTest.keyClicks(fields["password"], "secret")
    assert set(fields["password"].displayText()).isdisjoint("secret")
    assert fields["password"].text() == "secret"


def test_esc_puts_a_form_away_and_leads_back_to_its_button(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    press(settled, section.add)
    QTest.keyClicks(section.panels["add"].asked.fields["name"], "Sun")
    settled.press(Qt.Key.Key_Escape)
    assert not section.panels["add"].isVisible()
    assert QApplication.focusWidget() is section.add
    assert len(staff(settled.office)) == 3


def test_one_form_is_open_at_a_time(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    press(settled, section.add)
    press(settled, section.own)
    assert [name for name, panel in section.panels.items() if panel.isVisible()] == ["own"]


def test_another_role_is_given(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "李示例")
    press(settled, section.role)
    assert section.panels["role"].title.text() == "更改角色：李示例"
    assert section.panels["role"].asked.text("role") == "clerk"
    fill(settled, role="2", again="")
    assert ("李示例", "审核员", "2024-05-28") in rows(section)


def test_whoever_becomes_an_administrator_is_given_a_longer_password(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "李示例")
    press(settled, section.role)
    fill(settled, role="3", again="")
    assert "请同时设置新口令" in messages(settled, "role")["password"]
    assert ("李示例", "受理员", "2024-05-28") in rows(section)
    fill(settled, password=SECOND, again=SECOND)
    assert ("李示例", "管理员", "2024-05-28") in rows(section)


def test_an_administrator_cannot_change_the_own_role_and_is_told_who_can(at_staff: Settle) -> None:
    settled = at_staff()
    choose(settled, "陈示例")
    press(settled, settled.page.staff_section.role)
    fill(settled, role="1", again="")
    trouble = settled.page.staff_section.panels["role"].trouble
    assert "请由另一名管理员办理" in trouble.words.text()
    assert trouble.isVisible()
    assert {one.name: one.role for one in staff(settled.office)}["陈示例"] == "administrator"


def test_a_forgotten_password_is_replaced(at_staff: Settle, clerks: dict[str, Clerk]) -> None:
    settled = at_staff()
    choose(settled, "赵示例")
    press(settled, settled.page.staff_section.password)
    fill(settled, password=SECOND, again=SECOND)
    assert comes_in(settled, clerks["赵示例"], SECOND)
    assert not comes_in(settled, clerks["赵示例"], FIRST)
    assert comes_in(settled, clerks["李示例"], FIRST)


def test_a_form_stays_about_the_clerk_that_it_was_opened_for(at_staff: Settle, clerks: dict[str, Clerk]) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "赵示例")
    press(settled, section.password)
    choose(settled, "李示例")
    fill(settled, password=SECOND, again=SECOND)
    assert comes_in(settled, clerks["赵示例"], SECOND)
    assert not comes_in(settled, clerks["李示例"], SECOND)


def test_retiring_asks_for_a_second_press(at_staff: Settle, clerks: dict[str, Clerk]) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "李示例")
    press(settled, section.retire)
    assert section.retire.text() == "再按一次停用(&T)"
    assert len(staff(settled.office)) == 3
    settled.press(Qt.Key.Key_Return)
    assert {one.name for one in staff(settled.office)} == {"陈示例", "赵示例"}
    assert len(rows(section)) == 2
    assert not comes_in(settled, clerks["李示例"], FIRST)
    assert section.retire.text() == "停用(&T)"


def test_going_elsewhere_takes_the_first_press_back(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "李示例")
    press(settled, section.retire)
    settled.press(Qt.Key.Key_Tab)
    assert section.retire.text() == "停用(&T)"
    press(settled, section.retire)
    assert len(staff(settled.office)) == 3


def test_another_row_takes_the_first_press_back(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "李示例")
    press(settled, section.retire)
    section.table.selectRow((section.table.currentRow() + 1) % 3)
    assert not section.retire.asking


def test_nobody_retires_the_own_account(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    choose(settled, "陈示例")
    press(settled, section.retire)
    settled.press(Qt.Key.Key_Return)
    assert "不能停用自己的帐号" in section.trouble.words.text()
    assert len(staff(settled.office)) == 3


@pytest.mark.parametrize("name", ["李示例", "赵示例"])
def test_others_see_who_is_here_and_change_the_own_password_alone(
    at_staff: Settle, clerks: dict[str, Clerk], name: str
) -> None:
    settled = at_staff(name)
    section = settled.page.staff_section
    assert section.who_may.text() == "管理工作人员需要管理员的权限。请由管理员登录后办理。"
    assert not any(one.isVisible() for one in (section.add, section.role, section.password, section.retire))
    assert len(rows(section)) == 3
    press(settled, section.own)
    fill(settled, old=FIRST, password=SECOND, again=SECOND)
    assert comes_in(settled, clerks[name], SECOND)
    assert not comes_in(settled, clerks[name], FIRST)


def test_a_wrong_old_password_is_said_at_its_field(at_staff: Settle, clerks: dict[str, Clerk]) -> None:
    settled = at_staff("李示例")
    press(settled, settled.page.staff_section.own)
    fill(settled, old="wrong one", password=SECOND, again=SECOND)
    assert messages(settled, "own")["old"].startswith("口令不对。")
    assert settled.page.staff_section.panels["own"].asked.text("password") == SECOND
    assert comes_in(settled, clerks["李示例"], FIRST)


def test_what_one_clerk_typed_is_not_there_for_the_next(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    press(settled, section.own)
    QTest.keyClicks(section.panels["own"].asked.fields["old"], FIRST.encode().hex())
    settled.take_over("李示例")
    assert not any(panel.isVisible() for panel in section.panels.values())
    assert section.panels["own"].asked.text("old") == ""
    assert not section.add.isVisible()
    settled.take_over("陈示例")
    assert section.add.isVisible()


def test_an_open_form_stays_while_its_clerk_looks_elsewhere(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    press(settled, section.add)
    QTest.keyClicks(section.panels["add"].asked.fields["name"], "Sun")
    settled.go_to("bin")
    settled.go_to("staff")
    assert section.panels["add"].asked.text("name") == "Sun"


def test_enter_pressed_twice_adds_a_clerk_once(at_staff: Settle) -> None:
    settled = at_staff()
    section = settled.page.staff_section
    told = QSignalSpy(settled.page.said)
    press(settled, section.add)
    asked = section.panels["add"].asked
    for name, text in (("name", "Sun"), ("password", SECOND), ("again", SECOND)):
        QTest.keyClicks(asked.fields[name], text)
    for _ in range(2):
        QTest.keyClick(asked.fields["again"], Qt.Key.Key_Return)
    settled.wait()
    assert [told.at(place)[0] for place in range(told.count())] == ["已添加 Sun。"]
    assert messages(settled, "add") == {}
