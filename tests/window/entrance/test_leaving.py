"""Leaving: by signing out, by closing the window, and never before what was typed is on disk."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop import paths
from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.holder import hold
from desktop.store.journal import entries_of_kind
from desktop.window.answers.fields import LineField
from desktop.window.app import CALM, make_application
from desktop.window.playing.clerk import write
from tests.window.entrance.conftest import CHEN, CHENS, LI, LIS, Counter, focused

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def begin_case(counter: Counter, village: str) -> None:
    window = counter.office_window
    window.counter.new_case("illness_poverty")
    counter.wait()
    assert window.case_page is not None
    field = window.case_page.field("household.village")
    assert isinstance(field, LineField)
    write(field, village)


def test_signing_out_keeps_what_was_typed_closes_the_store_and_asks_who_comes_next(at_work: Counter) -> None:
    begin_case(at_work, "新寨村")
    at_work.press(Qt.Key.Key_L, CONTROL_SHIFT)
    at_work.wait()
    assert not at_work.is_open()
    page = at_work.desk.coming_in.sign_in_page
    assert page.isVisible()
    assert page.credentials.clerks.currentItem().text().startswith(CHEN)
    assert focused() is page.credentials.password
    assert "新寨村" not in at_work.words()
    hold(at_work.premises.door.store, "测试", at_work.clock.at).release()
    page.credentials.clerks.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.sign_in(LIS)
    assert at_work.desk.opened is not None
    assert [row.village for row in at_work.office_window.case_list.table.rows] == ["新寨村"]
    entries = entries_of_kind(at_work.desk.opened.entered.store, "signed_in", "signed_out")
    assert [one.kind for one in entries][-3:] == ["signed_in", "signed_out", "signed_in"]
    assert entries[-1].who == at_work.desk.opened.seat.clerk.id != entries[-2].who


def test_the_bar_leads_to_the_lock_and_out(at_work: Counter) -> None:
    top = at_work.office_window.top
    assert top.clerk.whole == f"{CHEN} 管理员"
    top.lock.click()
    assert at_work.desk.guard.is_drawn()
    at_work.wait()
    at_work.sign_in(CHENS)
    top.leave.click()
    at_work.wait()
    assert not at_work.is_open()


def test_closing_the_window_signs_out(at_work: Counter, open_desk: Callable[[], Counter]) -> None:
    assert at_work.desk.close()
    again = open_desk()
    again.press(Qt.Key.Key_Return)
    again.sign_in(CHENS)
    assert again.desk.opened is not None
    entries = entries_of_kind(again.desk.opened.entered.store, "signed_in", "signed_out")
    assert [one.kind for one in entries][-2:] == ["signed_out", "signed_in"]


@pytest.mark.parametrize("locked", [False, True])
def test_what_is_not_on_disk_keeps_the_window_open_once(
    at_work: Counter, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘已满。", "请清理后再试。")

    monkeypatch.setattr("desktop.window.intake.saving.save_case", full)
    begin_case(at_work, "新寨村")
    if locked:
        at_work.desk.lock()
        at_work.wait()
    assert not at_work.desk.close()
    assert at_work.is_open()
    assert "还没有存盘" in at_work.words()
    assert at_work.desk.close()
    assert not at_work.is_open()


def test_a_trouble_is_said_on_the_page_that_is_shown(at_work: Counter) -> None:
    at_work.desk.say(CALM)
    assert CALM.what in at_work.office_window.status.sentence.text()
    at_work.desk.lock()
    at_work.wait()
    at_work.desk.say(CALM)
    assert CALM.what in at_work.desk.guard.page.trouble.words.text()
    at_work.sign_in(CHENS)
    at_work.desk.sign_out()
    at_work.wait()
    at_work.desk.say(CALM)
    assert CALM.what in at_work.desk.coming_in.sign_in_page.trouble.words.text()


def test_the_office_knows_who_sits_at_the_window(at_work: Counter) -> None:
    assert at_work.is_open()
    who = at_work.office_window._office.who
    assert who().name == CHEN
    at_work.desk.lock()
    at_work.wait()
    at_work.desk.guard.page.credentials.clerks.setCurrentRow(1)
    at_work.wait()
    at_work.sign_in(LIS)
    assert who().name == LI


def test_pages_are_built_anew_in_another_type_size_and_everything_goes_on(at_work: Counter) -> None:
    before = at_work.office_window
    low = at_work.desk.guard.page.credentials.password.height()
    try:
        make_application(paths.FONTS, "light", 18)
        at_work.desk.reopen()
        at_work.wait()
        assert at_work.office_window is not before
        assert f"{CHEN} 管理员" in at_work.words()
        at_work.clock.pass_by(minutes=11)
        assert at_work.desk.guard.idle.look()
        assert at_work.desk.guard.page.credentials.password.height() > low
        at_work.wait()
        at_work.sign_in(CHENS)
        at_work.desk.sign_out()
        at_work.wait()
        at_work.sign_in(CHENS)
        assert at_work.is_open()
    finally:
        make_application(paths.FONTS, "light")


def test_an_office_whose_facts_changed_is_shown_as_it_is_now(at_work: Counter) -> None:
    office = at_work.office_window._office
    other = next(one for one in office.library.localities.values() if one.id != office.locality)
    at_work.desk.reopen(replace(office, locality=other.id))
    at_work.wait()
    assert other.name in at_work.words()
    assert at_work.office_window._office.who().name == CHEN


def test_the_bar_has_room_for_long_names_at_the_largest_type(at_work: Counter) -> None:
    try:
        make_application(paths.FONTS, "light", 18)
        at_work.desk.reopen()
        at_work.wait()
        top = at_work.office_window.top
        top.show_clerk(Clerk("1", "示例欧阳" * 5, "administrator"))
        QTest.qWait(50)
        widgets = [one for one in top.children() if isinstance(one, QWidget) and one.isVisible()]
        places = sorted((one.geometry() for one in widgets), key=lambda place: place.left())
        assert all(left.right() < right.left() for left, right in pairwise(places))
        assert places[-1].right() < top.width() <= 1366
        assert top.clerk.text().startswith("示例欧阳")
        assert top.clerk.toolTip() == f"{'示例欧阳' * 5} 管理员"
    finally:
        make_application(paths.FONTS, "light")
