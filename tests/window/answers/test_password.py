"""A password is taken exactly as typed, and nobody else reads it: not over the shoulder, not through an input method."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.window.answers.password import LONGEST, PasswordField


def test_what_is_typed_is_kept_to_the_letter_and_not_shown(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    assert field.value() is None
    QTest.keyClicks(field, " Shiliu  22 ")
    assert field.value() == " Shiliu  22 "
    assert "Shiliu" not in field.displayText()
    QTest.keyClicks(field, "x" * LONGEST)
    assert len(field.text()) == LONGEST


def test_shown_or_not_no_input_method_sees_it(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    for shown in (False, True, False):
        field.show_words(shown)
        assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
