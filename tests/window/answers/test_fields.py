"""Fields tell what was typed at every key, never within a composition; the wheel changes none of them."""

from datetime import date

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.expenses import EXPENSE_KINDS
from desktop.window.answers.choices import CodeField, SegmentField, initial_of
from desktop.window.answers.entry import Field
from desktop.window.answers.fields import AmountField, DayField, IdNumberField, LineField
from desktop.window.intake.papers_page import STATES
from desktop.window.questions.asking import BY_TABLE


def told_by(field: Field) -> list[object]:
    told: list[object] = []
    field.edited.connect(told.append)
    return told


def shown(qtbot: QtBot, field: QWidget) -> None:
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    assert QTest.qWaitForWindowActive(field)
    field.setFocus()


def press(field: Field, value: object) -> None:
    for stroke in field.strokes(value):
        if isinstance(stroke, str):
            QTest.keyClicks(field, stroke)
        else:
            QTest.keyClick(field, stroke)


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_a_composition_tells_nothing_until_it_is_committed(qtbot: QtBot) -> None:
    field = LineField()
    shown(qtbot, field)
    told = told_by(field)
    compose(field, "w")
    compose(field, "wang")
    assert told == []
    compose(field, "", commit="王")
    assert told == ["王"]
    assert field.text() == "王"


def test_a_composition_over_a_selection_tells_nothing_until_it_ends(qtbot: QtBot) -> None:
    field = LineField()
    field.show_value("李示范")
    shown(qtbot, field)
    field.selectAll()
    told = told_by(field)
    compose(field, "wang")
    assert told == []
    compose(field, "")
    assert told == [None]


def test_leaving_within_a_composition_does_not_rewrite_what_stands_there(qtbot: QtBot) -> None:
    field = AmountField()
    shown(qtbot, field)
    QTest.keyClicks(field, "12345.6")
    compose(field, "yi")
    field.clearFocus()
    assert field.text() == "12345.6"


def test_an_amount_is_told_as_kept_and_written_apart_when_it_is_left(qtbot: QtBot) -> None:
    field = AmountField()
    shown(qtbot, field)
    told = told_by(field)
    QTest.keyClicks(field, "12,345.6")
    assert told[-1] == "12345.6"
    assert field.text() == "12,345.6"
    field.clearFocus()
    assert field.text() == "12\u202f345.60"
    assert field.value() == "12345.60"


def test_a_draft_value_that_says_the_same_leaves_the_typing_alone(qtbot: QtBot) -> None:
    field = AmountField()
    shown(qtbot, field)
    QTest.keyClicks(field, "1,234.5")
    field.show_value("1234.5")
    assert field.text() == "1,234.5"
    field.show_value("99")
    assert field.text() == "99.00"


def test_a_day_without_a_year_is_in_the_year_of_the_application(qtbot: QtBot) -> None:
    field = DayField(2024)
    shown(qtbot, field)
    told = told_by(field)
    QTest.keyClicks(field, "0520")
    assert told[-1] == "2024-05-20"
    assert field.text() == "0520"
    field.clearFocus()
    assert field.text() == "2024-05-20"


def test_an_identity_number_says_sex_and_age_only_when_it_can_be_one(qtbot: QtBot) -> None:
    field = IdNumberField(date(2024, 5, 28))
    shown(qtbot, field)
    QTest.keyClicks(field, "52019919720315201")
    assert field.facts() == ""
    assert field.on_its_way()
    QTest.keyClicks(field, "4")
    assert field.facts() == "✓ 男 52 岁"
    assert not field.on_its_way()


def wheel_over(field: QWidget) -> None:
    at = QPointF(field.rect().center())
    QApplication.sendEvent(
        field,
        QWheelEvent(
            at,
            field.mapToGlobal(at),
            QPoint(0, 0),
            QPoint(0, -240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_wheel_never_changes_a_value(qtbot: QtBot) -> None:
    fields: list[Field] = [
        CodeField({"a": "甲", "b": "乙", "c": "丙"}),
        SegmentField({True: "是", False: "否"}),
        DayField(2024),
        AmountField(),
    ]
    for field, value in zip(fields, ("a", True, "2024-05-20", "1.00"), strict=True):
        shown(qtbot, field)
        field.show_value(value)
        told = told_by(field)
        wheel_over(field)
        assert field.value() == value
        assert told == []


def test_a_code_is_chosen_by_the_initial_of_its_name_or_by_its_place(qtbot: QtBot) -> None:
    field = CodeField(dict(EXPENSE_KINDS.items()))
    shown(qtbot, field)
    told = told_by(field)
    QTest.keyClicks(field, "m")
    QTest.keyClicks(field, "m")
    QTest.keyClicks(field, "4")
    assert told == ["outpatient_chronic", "special_drug", "outpatient"]


def test_a_code_that_is_not_on_the_list_is_shown_as_it_stands(qtbot: QtBot) -> None:
    field = CodeField({"a": "甲"})
    qtbot.addWidget(field)
    field.show_value("unheard_of")
    assert field.currentText() == "unheard_of"
    assert field.value() == "unheard_of"


def test_a_segment_is_chosen_by_arrows_digits_and_initials(qtbot: QtBot) -> None:
    field = SegmentField({True: "是", False: "否"})
    shown(qtbot, field)
    told = told_by(field)
    QTest.keyClick(field, Qt.Key.Key_Right)
    QTest.keyClick(field, Qt.Key.Key_Right)
    QTest.keyClicks(field, "1")
    QTest.keyClicks(field, "s")
    assert told == [True, False, None, True]
    assert field.accessibleDescription() == "是"


def test_the_strokes_of_a_value_enter_it(qtbot: QtBot) -> None:
    for field, value in (
        (CodeField({"a": "甲", "b": "乙", "c": "丙"}), "c"),
        (SegmentField({True: "是", False: "否"}), False),
        (AmountField(), "80000.00"),
        (DayField(2024), "2023-11-02"),
        (LineField(), "0850-0000001"),
    ):
        shown(qtbot, field)
        press(field, value)
        assert field.value() == value


def test_every_name_to_choose_from_has_an_initial() -> None:
    names = [name for questions in BY_TABLE.values() for one in questions for name in one.codes.values()]
    assert [name for name in [*names, *STATES.values(), "未知", "未核"] if not initial_of(name)] == []
