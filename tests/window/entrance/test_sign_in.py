"""Signing in: by name and password, after wrong ones with a wait, with the sheet where nothing else helps."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.store.clerks import all_clerks
from desktop.store.file import Store
from desktop.store.holder import hold
from desktop.store.journal import entries_of_kind
from desktop.window.entrance.premises import Premises
from desktop.window.playing.clerk import write
from desktop.work.entering import sign_in
from desktop.work.staff import add_clerk
from tests.window.entrance.conftest import CHEN, CHENS, LI, LIS, Counter, focused

OPEN = Callable[[], Counter]
WRONG = "something-else"


@pytest.fixture
def at_door(staffed: None, open_desk: OPEN) -> Counter:
    """The window asks who comes in."""
    return open_desk()


def said(counter: Counter) -> str:
    return counter.desk.coming_in.sign_in_page.credentials.line.message.text()


def trouble(counter: Counter) -> str:
    return counter.desk.coming_in.sign_in_page.trouble.words.text()


def choose(counter: Counter, name: str) -> None:
    """Down to a name, and on to the password."""
    clerks = counter.desk.coming_in.sign_in_page.credentials.clerks
    clerks.setFocus()
    while not clerks.currentItem().text().startswith(name):
        counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)


def store_of(counter: Counter) -> Store:
    assert counter.desk.opened is not None
    return counter.desk.opened.entered.store


def test_names_are_listed_with_their_roles(at_door: Counter) -> None:
    clerks = at_door.desk.coming_in.sign_in_page.credentials.clerks
    assert [clerks.item(row).text() for row in range(clerks.count())] == [f"{CHEN}　管理员", f"{LI}　受理员"]
    assert focused() is clerks


def test_a_clerk_comes_in_by_arrows_and_enter(at_door: Counter) -> None:
    at_door.press(Qt.Key.Key_Down)
    at_door.press(Qt.Key.Key_Return)
    at_door.sign_in(LIS)
    assert at_door.desk.opened is not None
    assert at_door.desk.opened.seat.who().name == LI
    assert f"{LI} 受理员" in at_door.words()
    assert [entry.who for entry in entries_of_kind(store_of(at_door), "signed_in")][
        -1
    ] == at_door.desk.opened.seat.clerk.id


@pytest.mark.parametrize(("key", "name"), [("l", LI), ("c", CHEN), ("2", LI), ("1", CHEN)])
def test_a_first_letter_or_a_digit_chooses_a_name(at_door: Counter, key: str, name: str) -> None:
    at_door.press(Qt.Key.Key_Down if name == CHEN else Qt.Key.Key_Up)
    at_door.type(key)
    assert at_door.desk.coming_in.sign_in_page.credentials.clerks.currentItem().text().startswith(name)


def test_what_is_typed_is_not_to_be_read_and_no_input_method_sees_it(at_door: Counter) -> None:
    at_door.press(Qt.Key.Key_Return)
    at_door.type(CHENS)
    field = focused()
    assert isinstance(field, QLineEdit)
    assert CHENS not in field.displayText()
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    wanted = Qt.InputMethodHint
    for hint in (wanted.ImhHiddenText, wanted.ImhNoPredictiveText, wanted.ImhSensitiveData):
        assert field.inputMethodHints() & hint


def test_a_wrong_password_is_said_beside_the_field_and_the_right_one_goes_in(at_door: Counter) -> None:
    at_door.press(Qt.Key.Key_Return)
    at_door.sign_in(WRONG)
    assert "口令不对" in said(at_door)
    assert not at_door.is_open()
    field = focused()
    assert isinstance(field, QLineEdit)
    assert field.text() == ""
    at_door.sign_in(CHENS)
    assert at_door.is_open()


def test_without_a_password_nothing_is_tried(at_door: Counter) -> None:
    at_door.press(Qt.Key.Key_Return)
    at_door.press(Qt.Key.Key_Return)
    assert "没有录入口令" in said(at_door)
    assert not at_door.premises.door.tries.exists()


def wrong_until_there_is_a_wait(counter: Counter) -> None:
    for _ in range(4):
        counter.sign_in(WRONG)


def test_the_wait_after_wrong_passwords_counts_down(at_door: Counter, qtbot: QtBot) -> None:
    at_door.press(Qt.Key.Key_Return)
    wrong_until_there_is_a_wait(at_door)
    assert "请等待 2 秒" in said(at_door)
    at_door.sign_in(CHENS)  # too soon: not even tried
    assert not at_door.is_open()
    assert "请等待" in said(at_door)
    qtbot.waitUntil(lambda: "请等待 1 秒" in said(at_door), timeout=3000)
    qtbot.waitUntil(lambda: "可以再试了" in said(at_door), timeout=3000)
    at_door.clock.pass_by(seconds=2)
    at_door.press(Qt.Key.Key_Return)  # what was typed is still there
    assert at_door.is_open()


def test_the_wait_is_one_clerks_own_and_outlives_the_program(at_door: Counter, open_desk: OPEN) -> None:
    at_door.press(Qt.Key.Key_Return)
    wrong_until_there_is_a_wait(at_door)
    at_door.desk.close()
    again = open_desk()
    assert "请等待 2 秒" in said(again)
    choose(again, LI)
    assert said(again) == ""
    again.sign_in(LIS)
    assert again.is_open()


def test_a_store_that_another_program_holds_is_said_on_the_page(at_door: Counter) -> None:
    held = hold(at_door.premises.door.store, "另一个窗口", at_door.clock.at)
    try:
        at_door.press(Qt.Key.Key_Return)
        at_door.sign_in(CHENS)
    finally:
        held.release()
    assert "另一个窗口" in trouble(at_door)
    assert not at_door.is_open()
    assert not at_door.desk.coming_in.sign_in_page.restore.isVisible()
    at_door.press(Qt.Key.Key_Return)
    at_door.wait()
    assert at_door.is_open()


def test_a_damaged_store_leads_to_the_backups(at_door: Counter) -> None:
    store = at_door.premises.door.store
    store.write_bytes(bytes(4096) + store.read_bytes()[4096:])
    at_door.press(Qt.Key.Key_Return)
    at_door.sign_in(CHENS)
    page = at_door.desk.coming_in.sign_in_page
    assert "从备份恢复" in trouble(at_door)
    assert focused() is page.restore
    at_door.press(Qt.Key.Key_Return)
    assert at_door.desk.coming_in.restore_page.isVisible()


def test_a_store_that_is_gone_is_not_made_anew(at_door: Counter, open_desk: OPEN) -> None:
    at_door.desk.close()
    for path in at_door.folder.glob("cases.db*"):
        path.unlink()
    again = open_desk()
    assert "没有找到案卷库" in trouble(again)
    assert again.desk.coming_in.sign_in_page.restore.isVisible()
    assert again.desk.coming_in.set_up_page is None
    assert not again.premises.door.store.exists()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("not keys", encoding="utf-8")])
def test_without_keys_the_recovery_sheet_is_the_way(
    staffed: None, open_desk: OPEN, premises: Premises, spoil: Callable[[Path], None]
) -> None:
    code = code_of(premises)
    spoil(premises.door.keys)
    counter = open_desk()
    page = counter.desk.coming_in.sign_in_page
    assert "密钥文件" in trouble(counter)
    assert focused() is page.by_sheet
    assert not page.credentials.button.isVisible()
    counter.press(Qt.Key.Key_Return)
    recover(counter, code)
    assert counter.is_open()


def code_of(premises: Premises) -> str:
    """The code that stands on the office's recovery sheet."""
    chen = sign_in(premises.door, known(premises, CHEN), CHENS)
    chen.store.close()
    return chen.store.secret.recovery_code()


def known(premises: Premises, name: str) -> str:
    from desktop.work.entering import known_clerks

    return next(clerk.id for clerk in known_clerks(premises.door) if clerk.name == name)


def recover(counter: Counter, code: str, name: str = "赵示例") -> None:
    """Types the code, a name and a password twice."""
    counter.type(code)
    counter.press(Qt.Key.Key_Return)
    field = focused()
    assert isinstance(field, QLineEdit)
    write(field, name)
    counter.press(Qt.Key.Key_Return)
    for _ in range(2):
        counter.sign_in("qiezi-shuliu-33")


def test_the_recovery_sheet_lets_in_a_new_administrator(staffed: None, open_desk: OPEN, premises: Premises) -> None:
    code = code_of(premises)
    counter = open_desk()
    counter.desk.coming_in.sign_in_page.by_sheet.click()
    recover(counter, code.lower().replace("-", " "))
    opened = counter.desk.opened
    assert opened is not None
    assert opened.seat.who().title == "赵示例（管理员）"
    assert [clerk.name for clerk in all_clerks(opened.entered.store)] == [CHEN, LI, "赵示例"]
    last = entries_of_kind(opened.entered.store, "signed_in")[-1]
    assert (last.path, last.who) == ("recovery", opened.seat.clerk.id)
    counter.desk.close()
    again = open_desk()
    choose(again, "赵示例")
    again.sign_in("qiezi-shuliu-33")
    assert again.is_open()


def test_a_mistyped_code_is_told_before_anything_is_tried(staffed: None, open_desk: OPEN, premises: Premises) -> None:
    code = code_of(premises)
    counter = open_desk()
    counter.desk.coming_in.sign_in_page.by_sheet.click()
    page = counter.desk.coming_in.recovery_page
    wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
    recover(counter, wrong)
    assert "第 1 组" in page.code.message.text()
    assert not counter.is_open()
    counter.press(Qt.Key.Key_Escape)
    assert counter.desk.coming_in.sign_in_page.isVisible()


def test_another_offices_sheet_does_not_open_this_store(staffed: None, open_desk: OPEN, premises: Premises) -> None:
    from desktop.store.secret import Secret

    counter = open_desk()
    counter.desk.coming_in.sign_in_page.by_sheet.click()
    recover(counter, Secret.fresh().recovery_code())
    assert "不是这个案卷库的" in counter.desk.coming_in.recovery_page.trouble.words.text()
    assert not counter.is_open()


def test_a_name_that_somebody_has_is_not_given_twice(staffed: None, open_desk: OPEN, premises: Premises) -> None:
    code = code_of(premises)
    counter = open_desk()
    counter.desk.coming_in.sign_in_page.by_sheet.click()
    recover(counter, code, CHEN)
    assert "已有名为" in counter.desk.coming_in.recovery_page.trouble.words.text()
    assert not counter.is_open()


class TestAnUnknownLocality:
    """The office's locality is not in the library any more."""

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(locality="nowhere")

    def test_is_told_so_and_the_store_is_let_go(self, at_door: Counter) -> None:
        at_door.press(Qt.Key.Key_Return)
        at_door.sign_in(CHENS)
        assert "没有名为「nowhere」的地区参数" in trouble(at_door)
        assert not at_door.is_open()
        hold(at_door.premises.door.store, "测试", at_door.clock.at).release()


def test_what_opening_found_is_said_once_in_the_office(at_door: Counter) -> None:
    at_door.clock.pass_by(days=-2)
    at_door.press(Qt.Key.Key_Return)
    at_door.sign_in(CHENS)
    assert "时钟" in at_door.office_window.status.sentence.text()


def test_many_names_scroll_and_each_can_be_chosen(staffed: None, open_desk: OPEN, premises: Premises) -> None:
    chen = sign_in(premises.door, known(premises, CHEN), CHENS)
    office = premises.office_of(chen)
    for number in range(12):
        add_clerk(office, premises.door, f"示例欧阳{number}", "clerk", "huanggua2024")
    chen.store.close()
    counter = open_desk()
    clerks = counter.desk.coming_in.sign_in_page.credentials.clerks
    assert clerks.count() == 14
    counter.press(Qt.Key.Key_End)
    last = clerks.currentItem()
    assert clerks.viewport().rect().contains(clerks.visualItemRect(last))
    counter.press(Qt.Key.Key_Return)
    counter.sign_in("huanggua2024")
    assert counter.is_open()


def test_a_damaged_store_leads_from_the_sheet_to_the_backups(
    staffed: None, open_desk: OPEN, premises: Premises
) -> None:
    code = code_of(premises)
    store = premises.door.store
    store.write_bytes(bytes(4096) + store.read_bytes()[4096:])
    counter = open_desk()
    counter.desk.coming_in.sign_in_page.by_sheet.click()
    page = counter.desk.coming_in.recovery_page
    assert not page.restore.isVisible()
    recover(counter, code)
    assert page.restore.isVisible()
    page.restore.click()
    assert counter.desk.coming_in.restore_page.isVisible()
