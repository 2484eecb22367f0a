"""The lock: what is beneath is hidden whole, takes no key, and comes back in the middle of what it was doing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.store.journal import entries_of_kind
from desktop.window.answers.fields import LineField
from desktop.window.intake.case_page import CasePage
from desktop.window.lists.policy_page import PolicyPage
from desktop.window.playing.clerk import write
from tests.window.entrance.conftest import CHEN, CHENS, LI, LIS, Counter, focused, visible_words

CONTROL = Qt.KeyboardModifier.ControlModifier
NAME, VILLAGE = "王示例甲", "新寨村三组"


@pytest.fixture
def case(at_work: Counter) -> CasePage:
    """A case at the counter, with a name typed."""
    window = at_work.office_window
    window.counter.new_case("illness_poverty")
    at_work.wait()
    assert window.case_page is not None
    field = window.case_page.field("household.members[0].name")
    assert isinstance(field, QLineEdit)
    write(field, NAME)
    at_work.wait()
    return window.case_page


def line(case: CasePage, path: str) -> LineField:
    field = case.field(path)
    assert isinstance(field, LineField)
    return field


def lock(counter: Counter) -> None:
    counter.press(Qt.Key.Key_L, CONTROL)
    assert counter.desk.guard.is_drawn()


def kinds(counter: Counter) -> list[tuple[str, str, str]]:
    """Who came and went, by name."""
    assert counter.desk.opened is not None
    store = counter.desk.opened.entered.store
    names = {clerk.id: clerk.name for clerk in counter.desk.guard._clerks(counter.desk.opened.seat.clerk)}
    return [(one.kind, one.path, names[one.who]) for one in entries_of_kind(store, "signed_in", "signed_out")]


def test_coming_back_finds_the_cursor_in_the_middle_of_what_was_typed(at_work: Counter, case: CasePage) -> None:
    village = line(case, "household.village")
    write(village, VILLAGE)
    village.setSelection(1, 2)
    lock(at_work)
    assert not village.isVisible()
    at_work.sign_in(CHENS)
    assert focused() is village
    assert (village.text(), village.selectedText(), village.cursorPosition()) == (VILLAGE, VILLAGE[1:3], 3)
    at_work.type("x")
    assert village.text() == f"{VILLAGE[0]}x{VILLAGE[3:]}"


def test_a_half_typed_value_is_neither_read_nor_rewritten(at_work: Counter, case: CasePage) -> None:
    field = line(case, "household.members[0].id_number")
    left: list[int] = []
    field.left.connect(lambda: left.append(1))
    write(field, "52010119900")
    field.setCursorPosition(4)
    lock(at_work)
    at_work.sign_in(CHENS)
    assert (field.text(), field.cursorPosition(), field.isUndoAvailable()) == ("52010119900", 4, True)
    assert left == []


def test_a_composition_goes_on_where_it_was(at_work: Counter, case: CasePage) -> None:
    village = line(case, "household.village")
    write(village, "新寨")
    QApplication.sendEvent(village, QInputMethodEvent("cun", []))
    lock(at_work)
    at_work.sign_in(CHENS)
    assert focused() is village
    committed = QInputMethodEvent("", [])
    committed.setCommitString("村")
    QApplication.sendEvent(village, committed)
    assert village.text() == "新寨村"
    at_work.wait()
    assert case.draft.get("household.village") == "新寨村"


def test_what_was_typed_is_on_disk_by_the_time_the_window_is_locked(at_work: Counter, case: CasePage) -> None:
    write(line(case, "household.village"), VILLAGE)
    assert case.saving.pending()
    lock(at_work)
    assert not case.saving.pending()
    assert kinds(at_work)[-1] == ("signed_out", "lock", CHEN)


def test_a_locked_window_says_nothing_of_the_work(at_work: Counter, case: CasePage) -> None:
    write(line(case, "household.village"), VILLAGE)
    lock(at_work)
    words = "\n".join(word for top in QApplication.topLevelWidgets() for word in visible_words(top))
    assert NAME not in words
    assert VILLAGE not in words
    assert not any(widget.isVisible() for widget in [case, *case.findChildren(QWidget)])
    assert at_work.desk.windowTitle() == "一门受理台"


def test_no_shortcut_of_the_work_is_heard_and_tab_stays_on_the_lock(at_work: Counter, case: CasePage) -> None:
    lock(at_work)
    page = at_work.desk.guard.page
    here, shown = case.here, at_work.office_window._stack.currentWidget()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8):
        at_work.press(key)
    for key in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_Z, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_L):
        at_work.press(key, CONTROL)
    at_work.press(Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    at_work.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert (case.here, at_work.office_window._stack.currentWidget()) == (here, shown)
    assert at_work.is_open()
    for _ in range(12):
        at_work.press(Qt.Key.Key_Tab)
        assert page.isAncestorOf(focused())
        at_work.press(Qt.Key.Key_Backtab)
        at_work.press(Qt.Key.Key_Tab)
        assert page.isAncestorOf(focused())


def test_a_hidden_field_that_asks_for_the_keyboard_waits_until_the_lock_is_lifted(
    at_work: Counter, case: CasePage
) -> None:
    line(case, "household.village")
    lock(at_work)
    name = case.pages["household"].field("household.members[0].name")
    assert isinstance(name, QLineEdit)
    name.setFocus()
    assert at_work.desk.guard.page.isAncestorOf(focused())
    at_work.sign_in(CHENS)
    assert not at_work.desk.guard.is_drawn()
    assert name.text() == NAME
    assert focused() is name


def test_another_clerk_takes_over_and_the_journal_names_them(at_work: Counter, case: CasePage) -> None:
    village = line(case, "household.village")
    write(village, "新寨")
    lock(at_work)
    credentials = at_work.desk.guard.page.credentials
    credentials.clerks.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.sign_in(LIS)
    assert not at_work.desk.guard.is_drawn()
    assert f"{LI} 受理员" in at_work.words()
    assert CHEN not in at_work.words()
    assert focused() is village
    write(village, VILLAGE)
    at_work.press(Qt.Key.Key_Tab)
    assert kinds(at_work)[-2:] == [("signed_out", "lock", CHEN), ("signed_in", "unlock", LI)]
    assert at_work.desk.opened is not None
    who = at_work.desk.opened.seat.clerk
    edits = entries_of_kind(at_work.desk.opened.entered.store, "edit")
    by_path = {(one.path, one.new): one.who for one in edits}
    assert by_path["household.village", VILLAGE] == who.id
    assert all(by != who.id for (_, new), by in by_path.items() if new == "新寨")
    at_work.desk.close()
    assert not at_work.is_open()


def test_a_wrong_password_stays_locked_and_waits(at_work: Counter, case: CasePage) -> None:
    lock(at_work)
    for _ in range(4):
        at_work.sign_in("something-else")
    assert at_work.desk.guard.is_drawn()
    assert "请等待 2 秒" in at_work.desk.guard.page.credentials.line.message.text()


def test_keys_put_in_the_place_of_the_offices_own_unlock_nothing(at_work: Counter) -> None:
    from desktop.store import keys
    from desktop.store.secret import Secret

    assert at_work.desk.opened is not None
    chen, path = at_work.desk.opened.seat.clerk, at_work.premises.door.keys
    lock(at_work)
    forged = keys.lock_in(Secret.fresh(), chen, "a-forged-password", at_work.premises.door.cost)
    keys.write_keys(path, [forged], at_work.desk.opened.entered.store.id)
    at_work.sign_in("a-forged-password")
    assert at_work.desk.guard.is_drawn()
    assert "密钥文件" in at_work.desk.guard.page.trouble.words.text()


def test_it_locks_by_itself_after_the_minutes_that_the_office_set(at_work: Counter, qtbot: QtBot) -> None:
    at_work.clock.pass_by(minutes=9, seconds=59)
    assert not at_work.desk.guard.idle.look()
    at_work.press(Qt.Key.Key_Shift)
    at_work.clock.pass_by(minutes=9, seconds=59)
    assert not at_work.desk.guard.idle.look()
    at_work.clock.pass_by(seconds=2)
    qtbot.waitUntil(at_work.desk.guard.is_drawn, timeout=3000)
    at_work.wait()
    assert kinds(at_work)[-1] == ("signed_out", "lock", CHEN)


def test_words_of_an_input_method_count_as_typing(at_work: Counter, case: CasePage) -> None:
    village = line(case, "household.village")
    at_work.clock.pass_by(minutes=9)
    QApplication.sendEvent(village, QInputMethodEvent("xin", []))
    at_work.clock.pass_by(minutes=9)
    assert not at_work.desk.guard.idle.look()


def test_the_first_key_after_a_long_sleep_locks_and_does_nothing_else(at_work: Counter, case: CasePage) -> None:
    village = line(case, "household.village")
    at_work.clock.pass_by(hours=8)
    QTest.keyClick(village, Qt.Key.Key_X)
    assert at_work.desk.guard.is_drawn()
    assert village.text() == ""


def test_no_minutes_never_lock_and_the_key_still_does(at_work: Counter) -> None:
    at_work.desk.lock_after(0)
    at_work.clock.pass_by(days=3)
    assert not at_work.desk.guard.idle.look()
    at_work.press(Qt.Key.Key_Shift)
    assert not at_work.desk.guard.is_drawn()
    lock(at_work)


def test_after_it_is_lifted_it_counts_anew(at_work: Counter) -> None:
    at_work.clock.pass_by(minutes=11)
    assert at_work.desk.guard.idle.look()
    at_work.sign_in(CHENS)
    assert not at_work.desk.guard.is_drawn()
    assert not at_work.desk.guard.idle.look()
    at_work.clock.pass_by(minutes=11)
    assert at_work.desk.guard.idle.look()


def test_lists_and_dialogs_of_the_work_are_closed(at_work: Counter) -> None:
    dialog = QDialog(at_work.office_window)
    QVBoxLayout(dialog).addWidget(QLabel(NAME))
    dialog.open()
    assert dialog.isVisible()
    at_work.desk.lock()
    at_work.wait()
    assert at_work.desk.guard.is_drawn()
    assert not dialog.isVisible()


def test_a_page_that_reloads_when_it_is_shown_does_not_learn_of_the_lock(at_work: Counter) -> None:
    window = at_work.office_window
    window.show_place("policies")
    at_work.wait()
    page = window.policy_page
    last = list(page.cards.values())[-1].attach
    last.setFocus()
    areas: list[QScrollArea] = list(page.findChildren(QScrollArea))
    bars = [area.verticalScrollBar() for area in areas]
    for bar in bars:
        bar.setValue(bar.maximum())
    where = [bar.value() for bar in bars]
    lock(at_work)
    at_work.sign_in(CHENS)
    at_work.wait()
    assert focused() is last
    assert [bar.value() for bar in bars] == where


def test_a_page_that_came_to_be_beneath_the_lock_is_shown_whole(at_work: Counter) -> None:
    window = at_work.office_window
    lock(at_work)
    window.show_place("policies")
    at_work.wait()
    assert at_work.desk.guard.page.isAncestorOf(focused())
    at_work.sign_in(CHENS)
    assert isinstance(window._stack.currentWidget(), PolicyPage)
    assert window.policy_page.cards


def test_locking_where_the_window_is_not_the_active_one_brings_the_field_back(
    at_work: Counter, case: CasePage, qtbot: QtBot
) -> None:
    village = line(case, "household.village")
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    assert QTest.qWaitForWindowActive(other)
    at_work.desk.lock()
    at_work.desk.activateWindow()
    assert QTest.qWaitForWindowActive(at_work.desk)
    assert at_work.desk.guard.page.isAncestorOf(focused())
    at_work.sign_in(CHENS)
    assert focused() is village


def test_closing_a_locked_window_closes_the_store(at_work: Counter, open_desk: Callable[[], Counter]) -> None:
    lock(at_work)
    assert at_work.desk.close()
    again = open_desk()
    again.press(Qt.Key.Key_Return)
    again.sign_in(CHENS)
    assert again.is_open()
    assert [kind for kind, path, _ in kinds(again)][-3:] == ["signed_out", "signed_out", "signed_in"]
