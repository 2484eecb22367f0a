from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.domain.clerks import Clerk
from desktop.window.answers.fields import LineField
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.window.playing.clerk import write
from desktop.work.history import history_of, verify
from desktop.work.intake import save_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
AMOUNT = "household.incomes[0].amount"


def focus() -> QWidget:
    found: list[QWidget] = [QApplication.focusWidget()]
    return found[0]


def line(page: CasePage, path: str) -> LineField:
    field = page.field(path)
    assert isinstance(field, LineField)
    return field


def type_in(window: MainWindow, path: str, text: str) -> None:
    page = window.case_page
    assert page is not None
    write(line(page, path), text)
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert window.tasks.wait_until_idle()


def key(window: MainWindow, which: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(focus(), which, modifiers)
    QApplication.processEvents()
    assert window.tasks.wait_until_idle()


def kinds(office: Office, page: CasePage) -> list[str]:
    return [act.kind for act in history_of(office, page.case_id)]


def test_control_z_undoes_the_last_act_and_says_so_at_its_field(
    window: MainWindow, opened: Open, sample: Sample, office: Office
) -> None:
    page = opened(sample("01"))
    type_in(window, AMOUNT, "3000")
    page.go_to("household")
    key(window, Qt.Key.Key_Z)
    assert page.here == "income"
    assert focus().objectName() == AMOUNT
    assert line(page, AMOUNT).text() == "30\u202f000.00"
    assert window.status.sentence.text() == "已撤销：收入 1 · 12 个月合计 3\u202f000.00 → 30\u202f000.00"
    assert page.outcome.assessment is not None
    assert kinds(office, page)[-1] == "undone"
    assert page.head.mark.text().startswith("✓ 已存盘")


def test_redo_by_both_keys_and_by_the_button_of_the_status_line(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(sample("01"))
    type_in(window, AMOUNT, "3000")
    for again in ("Ctrl+Y", "Ctrl+Shift+Z", "button"):
        key(window, Qt.Key.Key_Z)
        assert page.draft.get(AMOUNT) == "30000.00"
        assert window.status.undo.text() == "重做（Ctrl+Y）"
        if again == "button":
            window.status.undo.click()
            assert window.tasks.wait_until_idle()
        else:
            key(window, *((Qt.Key.Key_Y, CONTROL) if again == "Ctrl+Y" else (Qt.Key.Key_Z, CONTROL | SHIFT)))
        assert page.draft.get(AMOUNT) == "3000", again
        assert window.status.sentence.text().startswith("已重做：收入 1")


def test_pressed_twice_it_goes_two_acts_back(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    type_in(window, "household.village", "abc")
    type_in(window, AMOUNT, "3000")
    key(window, Qt.Key.Key_Z)
    key(window, Qt.Key.Key_Z)
    assert (page.draft.get(AMOUNT), page.draft.get("household.village")) == ("30000.00", "新寨村")
    assert focus().objectName() == "household.village"


def test_what_is_typed_in_the_field_at_hand_is_undone_there_first(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(sample("01"))
    type_in(window, "household.village", "abc")
    field = line(page, "household.phone")
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "99")
    key(window, Qt.Key.Key_Z)
    assert field.text() == "0850-0000001"
    assert page.draft.get("household.village") == "abc"
    key(window, Qt.Key.Key_Z)
    assert page.draft.get("household.village") == "新寨村"
    assert page.draft.get("household.phone") == "0850-0000001"


def test_redo_within_the_field_comes_before_that_of_the_case(window: MainWindow, begun: CasePage) -> None:
    field = line(begun, "household.village")
    QTest.keyClicks(field, "abc")
    key(window, Qt.Key.Key_Z)
    assert field.text() == ""
    key(window, Qt.Key.Key_Y)
    assert field.text() == "abc"
    assert begun.draft.get("household.village") == "abc"


def test_a_field_that_was_left_undoes_no_more_by_itself(window: MainWindow, begun: CasePage) -> None:
    type_in(window, "household.village", "abc")
    type_in(window, "household.phone", "139")
    line(begun, "household.village")
    key(window, Qt.Key.Key_Z)
    assert begun.draft.get("household.village") == "abc"
    assert begun.draft.get("household.phone") is None


def test_what_was_typed_a_moment_ago_is_on_disk_before_it_is_undone(
    window: MainWindow, begun: CasePage, office: Office
) -> None:
    begun.go_to("household")
    begun._edit("household.residence", "rural")
    assert begun.saving.pending()
    window.setFocus()
    key(window, Qt.Key.Key_Z)
    assert begun.draft.get("household.residence") is None
    assert kinds(office, begun) == ["begun", "edit", "undone"]


def test_what_is_typed_while_an_undo_is_under_way_is_not_lost(
    window: MainWindow, begun: CasePage, office: Office
) -> None:
    type_in(window, "household.village", "abc")
    begun.turning.undo()
    begun._edit("household.residence", "rural")
    assert window.tasks.wait_until_idle()
    begun.saving.flush()
    assert window.tasks.wait_until_idle()
    assert begun.draft.get("household.residence") == "rural"
    assert begun.draft.get("household.village") == "abc"
    assert "以屏幕上的内容为准" in window.status.sentence.text()
    assert verify(office, begun.case_id)


def test_nothing_to_undo_is_said(window: MainWindow, begun: CasePage) -> None:
    key(window, Qt.Key.Key_Z)
    assert window.status.sentence.text() == "没有可以撤销的录入。"
    key(window, Qt.Key.Key_Y)
    assert window.status.sentence.text() == "没有可以重做的录入。"


def test_whose_typing_was_undone_is_said_where_it_was_another_clerks(
    window: MainWindow, opened: Open, sample: Sample, office: Office
) -> None:
    page = opened(sample("01"))
    household = sample("01")["household"]
    assert isinstance(household, dict)
    changed = {**sample("01"), "household": {**household, "village": "老寨村"}}
    save_case(replace(office, who=lambda: Clerk("li", "李示例", "clerk")), page.case_id, changed, {})
    window.open_case(page.case_id)
    assert window.tasks.wait_until_idle()
    key(window, Qt.Key.Key_Z)
    assert window.status.sentence.text().startswith("已撤销 li（受理员） 的录入：村（社区） 老寨村 → 新寨村")


def test_a_row_taken_out_and_put_back_from_the_status_line_is_an_undo(
    window: MainWindow, opened: Open, sample: Sample, office: Office
) -> None:
    page = opened(sample("01"))
    type_in(window, "household.village", "abc")
    page.go_to("income")
    remove: list[QPushButton] = list(window.findChildren(QPushButton, "household.incomes[0].remove"))
    remove[0].click()
    page.saving.flush()
    assert window.tasks.wait_until_idle()
    window.setFocus()
    key(window, Qt.Key.Key_Z)
    assert page.draft.get(AMOUNT) == "30000.00"
    page.saving.flush()
    assert window.tasks.wait_until_idle()
    assert kinds(office, page)[-2:] == ["edit", "undone"]
    key(window, Qt.Key.Key_Z)
    assert page.draft.get(AMOUNT) == "30000.00", "the row stays: the next act is undone"
    assert page.draft.get("household.village") == "新寨村"


def test_a_row_is_undone_and_comes_again_on_its_sheet(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("06"))
    page.go_to("expenses")
    count = len(page.draft.rows("expenses"))
    page.edits.add("expenses")
    page.saving.flush()
    assert window.tasks.wait_until_idle()
    window.setFocus()
    key(window, Qt.Key.Key_Z)
    assert len(page.draft.rows("expenses")) == count
    window.setFocus()
    key(window, Qt.Key.Key_Y)
    assert len(page.draft.rows("expenses")) == count + 1
    assert focus().objectName().startswith(f"expenses[{count}].")


def test_a_paper_is_undone_too(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    page._edit_paper("application_form", "received")
    window.setFocus()
    key(window, Qt.Key.Key_Z)
    assert page.papers == {}
    assert page.here == "papers"
    assert window.status.sentence.text() == "已撤销：材料 · 医疗救助申请审核表 已收 → 未核"
