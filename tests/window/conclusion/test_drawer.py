"""The drawer: the steps behind a figure, their clauses, and the way back, all by the keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.conclusion.drawer import Drawer
from desktop.window.conclusion.verdict import VerdictStrip
from desktop.work.assessing import assess_draft
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]


@dataclass
class Counter:
    """A window with a field and the strip of the first sample."""

    window: QWidget
    field: QLineEdit
    strip: VerdictStrip

    def open_steps(self, key: str) -> Drawer:
        row = self.strip.figures[key]
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_Return)
        drawer = self.strip.drawer
        assert drawer is not None
        assert drawer.isVisible()
        return drawer


@pytest.fixture
def counter(qtbot: QtBot, office: Office, sample: Sample) -> Counter:
    window, field, strip = QWidget(), QLineEdit(), VerdictStrip(office.library)
    across = QHBoxLayout(window)
    across.addWidget(field, 1)
    across.addWidget(strip)
    qtbot.addWidget(window)
    window.resize(1100, 692)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    strip.show_outcome(assess_draft(office, sample("01")))
    return Counter(window, field, strip)


def test_a_line_opens_its_steps_with_formula_value_and_clause(counter: Counter) -> None:
    words = [step.accessibleName() for step in counter.open_steps("line:e1").steps]
    assert len(words) == 6
    assert words[1].startswith("政策范围内个人自付 23\u202f500.00：政策范围内费用 70\u202f000.00 − 基本医保支付")
    assert words[5].startswith("本笔救助金额 10\u202f750.00：")


def test_escape_closes_and_the_focus_returns(counter: Counter) -> None:
    drawer = counter.open_steps("line:e1")
    inside = QApplication.focusWidget()
    assert drawer.isAncestorOf(inside)
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert counter.strip.figures["line:e1"].hasFocus()


def test_a_clause_opens_its_gist_by_the_keyboard(counter: Counter, office: Office) -> None:
    step = counter.open_steps("line:e1").steps[1]
    assert step.link is not None and step.gist is not None
    assert not step.gist.isVisible()
    step.link.setFocus()
    QTest.keyClick(step.link, Qt.Key.Key_Return)
    said = next(clause.gist for clause in office.library.clauses["guizhou-2022-19"] if clause.id == "G-16")
    assert step.gist.isVisible()
    assert step.gist.words.text() == said


def test_looking_elsewhere_closes_it_and_leaves_the_focus_there(counter: Counter) -> None:
    drawer = counter.open_steps("payable")
    counter.field.setFocus()
    assert not drawer.isVisible()
    assert counter.field.hasFocus()


def test_a_new_outcome_closes_what_is_no_longer_so(counter: Counter, office: Office, sample: Sample) -> None:
    drawer = counter.open_steps("payable")
    counter.strip.show_outcome(assess_draft(office, sample("01") | {"matter": "assistance"}))
    assert not drawer.isVisible()


def test_the_drawer_lies_over_the_strip(counter: Counter) -> None:
    drawer = counter.open_steps("payable")
    assert drawer.geometry().right() == counter.strip.geometry().right()
    assert drawer.height() == counter.strip.height()
    assert drawer.width() >= counter.strip.width()
