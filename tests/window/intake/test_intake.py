"""The guided intake in the real window: typed, assessed, saved and opened again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget

from desktop.domain.money import Money
from desktop.domain.problems import Problem
from desktop.window.answers.choices import CodeField, SegmentField
from desktop.window.answers.fields import LineField
from desktop.window.intake.case_page import CasePage
from desktop.window.labels import Message
from desktop.window.main_window import MainWindow
from desktop.window.playing.clerk import answer, write
from desktop.window.questions.draft import Draft
from desktop.work.intake import open_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]
FIRST = "household.members[0]"


def line(page: CasePage, path: str) -> QLineEdit:
    field = page.field(path)
    assert isinstance(field, QLineEdit)
    assert field.objectName() == path
    return field


def type_in(page: CasePage, path: str, text: str) -> None:
    write(line(page, path), text)
    QApplication.processEvents()


def choose(page: CasePage, path: str, value: object) -> None:
    field = page.field(path)
    assert isinstance(field, CodeField | SegmentField | LineField) and field.objectName() == path
    answer(field, value)
    QApplication.processEvents()


def press(window: QWidget, name: str) -> None:
    QApplication.processEvents()
    found: list[QPushButton] = list(window.findChildren(QPushButton, name))
    shown = [one for one in found if one.isVisible()]
    assert len(shown) == 1, name
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def words(page: CasePage) -> str:
    """What stands beneath the fields on screen."""
    messages: list[Message] = list(page.findChildren(Message))
    return "\n".join(one.text() for one in messages if one.text() and one.isVisible())


def rest(window: MainWindow, page: CasePage) -> None:
    page.saving.flush()
    assert window.tasks.wait_until_idle()
    QApplication.processEvents()


def on_disk(office: Office, page: CasePage) -> Draft:
    return Draft(open_case(office, page.case_id).draft)


def test_the_mark_means_on_disk(window: MainWindow, office: Office, begun: CasePage) -> None:
    type_in(begun, f"{FIRST}.name", "王示例")
    assert begun.draft.get(f"{FIRST}.name") == "王示例"
    assert begun.head.mark.text() == "正在存盘…"
    assert on_disk(office, begun).get(f"{FIRST}.name") is None
    rest(window, begun)
    assert begun.head.mark.text() == "✓ 已存盘 09:41"
    assert on_disk(office, begun).get(f"{FIRST}.name") == "王示例"


def test_typing_that_rests_is_saved_without_being_asked(window: MainWindow, office: Office, begun: CasePage) -> None:
    type_in(begun, f"{FIRST}.name", "wang")
    QTest.qWait(400)
    assert window.tasks.wait_until_idle()
    assert on_disk(office, begun).get(f"{FIRST}.name") == "wang"
    assert begun.head.mark.text().startswith("✓ 已存盘")


def test_the_mark_is_not_shown_while_something_newer_is_to_be_saved(
    window: MainWindow, office: Office, begun: CasePage
) -> None:
    type_in(begun, f"{FIRST}.name", "wang")
    begun.saving.flush()
    type_in(begun, f"{FIRST}.name", "wang shi")
    assert window.tasks.wait_until_idle()
    assert begun.head.mark.text() == "正在存盘…"
    rest(window, begun)
    assert on_disk(office, begun).get(f"{FIRST}.name") == "wang shi"
    assert begun.head.mark.text().startswith("✓ 已存盘")


def test_what_could_not_be_saved_is_said_and_typing_goes_on(
    window: MainWindow, office: Office, begun: CasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘已满。", "请清理后再试。")

    type_in(begun, f"{FIRST}.name", "wang")
    with monkeypatch.context() as broken:
        broken.setattr("desktop.window.intake.saving.save_case", full)
        rest(window, begun)
    assert begun.head.mark.text() == "未能存盘：磁盘已满。请清理后再试。"
    assert begun.head.mark.property("role") == "fault"
    assert line(begun, f"{FIRST}.name").text() == "wang"
    rest(window, begun)
    assert on_disk(office, begun).get(f"{FIRST}.name") == "wang"
    assert begun.head.mark.text().startswith("✓ 已存盘")


def test_a_fault_stands_beneath_its_field_and_what_was_typed_stays(begun: CasePage) -> None:
    type_in(begun, f"{FIRST}.id_number", "520199197203152015")
    assert "身份证号的校验位不符，可能有一位录错。请对照证件逐位核对。" in words(begun)
    assert line(begun, f"{FIRST}.id_number").text() == "520199197203152015"
    assert begun.outcome.assessment is None
    type_in(begun, f"{FIRST}.id_number", "520199197203152014")
    assert "校验位" not in words(begun)
    assert begun.outcome.assessment is not None


def test_a_half_typed_number_is_no_fault_until_it_is_left(begun: CasePage) -> None:
    type_in(begun, f"{FIRST}.id_number", "52019919")
    entry = next(one for one in begun.pages["household"].fields() if one.path == f"{FIRST}.id_number")
    assert entry.role() == "hint"
    QTest.keyClick(entry.field, Qt.Key.Key_Tab)
    assert entry.role() == "fault"
    assert "应为 18 位，现为 8 位" in words(begun)


def test_the_number_gives_the_birth_date_and_locks_it(begun: CasePage) -> None:
    type_in(begun, f"{FIRST}.id_number", "520199197203152014")
    birth = line(begun, f"{FIRST}.birth_date")
    assert (birth.text(), birth.isReadOnly()) == ("1972-03-15", True)
    assert begun.draft.get(f"{FIRST}.birth_date") is None
    type_in(begun, f"{FIRST}.id_number", "5201")
    assert birth.text() == ""
    assert not line(begun, f"{FIRST}.birth_date").isReadOnly()


def test_a_composition_is_neither_assessed_nor_saved(begun: CasePage) -> None:
    name = line(begun, f"{FIRST}.name")
    heard: list[object] = []
    begun.outcome_changed.connect(heard.append)
    QApplication.sendEvent(name, QInputMethodEvent("wang'shi", []))
    QApplication.processEvents()
    assert heard == []
    assert begun.draft.get(f"{FIRST}.name") is None
    assert not begun.saving.pending()


def test_an_amount_that_cannot_be_read_stays_and_is_named(window: MainWindow, begun: CasePage) -> None:
    begun.go_to("income")
    press(window, "household.incomes.add")
    type_in(begun, "household.incomes[0].amount", "12,3x")
    QTest.keyClick(line(begun, "household.incomes[0].amount"), Qt.Key.Key_Tab)
    assert "「12,3x」不合要求" in words(begun)
    assert line(begun, "household.incomes[0].amount").text() == "12,3x"


def test_a_required_day_that_was_never_touched_is_to_be_filled_and_no_fault(
    window: MainWindow, begun: CasePage
) -> None:
    begun.go_to("expenses")
    press(window, "expenses.add")
    choose(begun, "expenses[0].kind", "inpatient")
    entry = next(one for one in begun.pages["expenses"].fields() if one.path == "expenses[0].admitted_on")
    assert (entry.role(), [note.text for note in entry.notes()]) == ("todo", ["待填"])
    type_in(begun, "expenses[0].admitted_on", "2024-02-01")
    write(line(begun, "expenses[0].admitted_on"), "")
    QTest.keyClick(line(begun, "expenses[0].admitted_on"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line(begun, "expenses[0].admitted_on"), Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert "住院费用缺少入院日期。请按结算单补填。" in words(begun)


def test_two_members_with_one_number_are_told_beneath_the_table(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(sample("01"))
    type_in(page, "household.members[1].id_number", "520199197203152014")
    assert "的身份证号相同。请核对证件，或删去重复的成员。" in words(page)


def test_opened_again_a_case_is_as_it_was_typed(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    type_in(page, "expenses[0].total", "80000.0x")
    rest(window, page)
    case_id = page.case_id
    window.counter.new_case("assistance")
    assert window.tasks.wait_until_idle()
    assert line(page, f"{FIRST}.name").text() == ""
    window.open_case(case_id)
    assert window.tasks.wait_until_idle()
    assert line(page, f"{FIRST}.name").text() == "王示例"
    assert line(page, "expenses[0].total").text() == "80000.0x"
    assert "「80000.0x」不合要求" in words(page)


def test_the_rail_says_where_every_step_stands(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    assert page.rail.buttons["household"].text() == "● 家庭"
    assert page.rail.buttons["income"].text() == "✓ 收入"
    assert page.rail.buttons["papers"].text() == "○ 材料"
    type_in(page, "household.incomes[0].amount", "3x")
    page.go_to("household")
    assert page.rail.buttons["income"].text() == "!1 收入"
    assert page.rail.buttons["income"].accessibleName() == "收入：待补 1 处"


def test_the_rail_of_a_new_case_is_open_and_of_assistance_leaves_the_means_out(
    window: MainWindow, begun: CasePage
) -> None:
    states = {step_id: begun.rail.state(step_id).state for step_id in ("household", "insurance", "expenses")}
    assert states == {"household": "here", "insurance": "open", "expenses": "open"}
    window.counter.new_case("assistance")
    assert window.tasks.wait_until_idle()
    assert begun.rail.buttons["income"].text() == "– 收入"
    begun.go_to("insurance")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert begun.here == "expenses"


def test_what_is_missing_is_asked_for_once_its_step_was_seen(begun: CasePage) -> None:
    assert "待填" not in words(begun)
    begun.go_to("insurance")
    begun.go_to("household")
    assert "待填：缺城镇或农村" in words(begun)


def test_a_removed_row_comes_back_from_the_status_line(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    page.go_to("income")
    press(window, "household.incomes[0].remove")
    assert page.draft.rows("household.incomes") == []
    assert window.status.sentence.text() == "已删去收入 1。"
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.get("household.incomes[0].amount") == "30000.00"
    assert line(page, "household.incomes[0].amount").text() == "30\u202f000.00"


def test_a_row_of_one_case_is_never_put_back_into_another(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    page.go_to("income")
    press(window, "household.incomes[0].remove")
    window.counter.new_case("illness_poverty")
    assert window.tasks.wait_until_idle()
    window.status.take_back()
    assert page.draft.rows("household.incomes") == []


def test_no_other_identity_is_an_answer_and_unknown_is_another(window: MainWindow, begun: CasePage) -> None:
    begun.go_to("insurance")
    assert begun.draft.get(f"{FIRST}.identities") is None
    boxes: list[QCheckBox] = list(window.findChildren(QCheckBox, f"{FIRST}.identities.none"))
    answers = []
    for _ in range(2):
        QTest.keyClick(boxes[0], Qt.Key.Key_Space)
        answers.append(begun.draft.get(f"{FIRST}.identities"))
    assert answers == [[], None]


def test_what_the_sheet_does_not_list_is_nothing_only_when_the_clerk_says_so(
    window: MainWindow, begun: CasePage
) -> None:
    begun.go_to("expenses")
    press(window, "expenses.add")
    type_in(begun, "expenses[0].basic_paid", "42000")
    row = begun.draft.rows("expenses")[0]
    assert "mutual_aid" not in row
    press(window, "expenses[0].zero")
    assert (row["mutual_aid"], row["basic_paid"]) == ("0.00", "42000")
    assert "in_scope" not in row


def test_a_path_of_the_strip_leads_to_its_field(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("06"))
    page.strip.path_asked.emit("expenses[2].in_scope")
    assert page.here == "expenses"
    focused = QApplication.focusWidget()
    assert focused.objectName() == "expenses[2].in_scope"
    page.focus_path("household.members[0].year_to_date.deductible_used")
    focused = QApplication.focusWidget()
    assert page.here == "insurance"
    assert focused.objectName().startswith("household.members[0].year_to_date")
    page.focus_path("locality")
    assert page.here == "insurance"


def test_the_wheel_over_every_field_of_every_step_changes_nothing(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    page = opened(sample("01"))
    before = page.draft.snapshot()
    for step in page.pages:
        page.go_to(step)
        for entry in list(page.pages[step].fields()):
            at = QPointF(entry.field.rect().center())
            event = QWheelEvent(
                at,
                entry.field.mapToGlobal(at),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(entry.field, event)
    assert page.draft.tree == before


def test_every_field_has_a_name_for_those_who_cannot_see_it(window: MainWindow, opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    for step in page.pages:
        page.go_to(step)
        entries = list(page.pages[step].fields())
        assert entries
        for entry in entries:
            assert entry.field.accessibleName(), entry.path
            assert entry.field.objectName() == entry.path


def test_letters_of_one_step_lead_to_one_field_each() -> None:
    from desktop.window.questions.declared import STEPS
    from desktop.window.questions.question import Group, Part, RowList

    def letters(part: Part) -> list[str]:
        if isinstance(part, Group):
            return [one.letter for one in part.questions if one.letter]
        return [] if isinstance(part, RowList) else ["N", *(letter for one in part.parts for letter in letters(one))]

    for step in STEPS:
        found = [letter for part in step.parts for letter in letters(part)]
        assert len(set(found)) == len(found), step.id


def test_the_conclusion_follows_every_key(opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    assert page.outcome.assessment is not None
    assert page.outcome.assessment.payable == Money.of("10750.00")
    type_in(page, "expenses[0].basic_paid", "42,001.00")
    assert page.outcome.assessment is not None
    assert page.outcome.assessment.payable == Money.of("10749.50")


def test_closing_keeps_what_was_typed_last(window: MainWindow, office: Office, begun: CasePage, tmp_path: Path) -> None:
    type_in(begun, f"{FIRST}.name", "last words")
    window.close()
    assert on_disk(office, begun).get(f"{FIRST}.name") == "last words"


def test_a_sentence_that_wraps_is_shown_whole(opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    type_in(page, "expenses[0].discharged_on", "2000-01-01")
    type_in(page, "expenses[0].in_scope", "12,3x")
    messages: list[Message] = list(page.findChildren(Message))
    wrapped = [one for one in messages if one.isVisible() and "。" in one.text()]
    assert len(wrapped) == 2
    QTest.qWait(100)  # the layouts around them follow
    assert [one.height() for one in wrapped] == [one.heightForWidth(one.width()) for one in wrapped]
    assert all(one.geometry().bottom() <= one.parentWidget().rect().bottom() for one in wrapped)
