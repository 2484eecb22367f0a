"""The drawer: the steps behind a figure, their clauses, and the way back, all by the keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.conclusion.drawer import Drawer
from desktop.window.conclusion.reader import Reader
from desktop.window.conclusion.verdict import VerdictStrip
from desktop.work.assessing import assess_draft
from desktop.work.office import Office
from desktop.work.official_texts import attach_text

POLICY = "guizhou-2022-19"
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
    window, field, strip = QWidget(), QLineEdit(), VerdictStrip(office)
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


def test_without_an_official_text_the_gist_says_where_to_attach_it(counter: Counter) -> None:
    step = counter.open_steps("line:e1").steps[1]
    assert step.gist is not None
    assert step.gist.original is None
    labels: list[QLabel] = list(step.gist.findChildren(QLabel))
    assert "尚未附上原文，可在左侧「政策」中附上。" in [one.text() for one in labels]


def open_text(drawer: Drawer, place: int) -> Reader:
    """Opens the official text behind a step, by the keyboard."""
    step = drawer.steps[place]
    assert step.link is not None and step.gist is not None and step.gist.original is not None
    QTest.keyClick(step.link, Qt.Key.Key_Return)
    QTest.keyClick(step.gist.original, Qt.Key.Key_Return)
    assert drawer.reader.isVisible()
    return drawer.reader


def marked(reader: Reader) -> list[str]:
    """The paragraphs that stand behind the bar."""
    passage = reader.pages.passage
    assert passage is not None
    document = reader.pages.document()
    return [document.findBlockByNumber(place).text() for place in range(passage.first, passage.last + 1)]


def test_a_clause_opens_its_official_text_behind_a_bar_and_in_view(
    counter: Counter, office: Office, official_text: Path
) -> None:
    long = official_text.read_text(encoding="utf-8").replace("三、", "水渠两边不种菜。" * 400 + "\n三、")
    official_text.write_text(long, encoding="utf-8")
    attach_text(office, POLICY, official_text)
    reader = open_text(counter.open_steps("line:e1"), 1)
    assert marked(reader) == ["（一）第三件事的第一点。谁种的菜由谁来收。"]
    assert not reader.note.isVisible()
    area = reader.pages.passage_area()
    assert reader.pages.verticalScrollBar().value() > 0
    assert reader.pages.viewport().rect().contains(area)
    picture = reader.pages.viewport().grab().toImage()
    assert picture.pixelColor(area.x() + 1, area.center().y()) == QApplication.palette().highlight().color()


def test_the_heading_of_the_passage_alone_is_bold(counter: Counter, office: Office, official_text: Path) -> None:
    attach_text(office, POLICY, official_text)
    pages = open_text(counter.open_steps("line:e1"), 1).pages
    assert pages.passage is not None
    at = QTextCursor(pages.document().findBlockByNumber(pages.passage.first))
    bold = ""
    for letter in at.block().text():
        at.movePosition(QTextCursor.MoveOperation.NextCharacter)
        bold += letter if at.charFormat().fontWeight() == QFont.Weight.Medium else ""
    assert bold == "（一）第三件事的第一点。"


def test_escape_leads_from_the_text_to_its_step_and_then_to_the_figure(
    counter: Counter, office: Office, official_text: Path
) -> None:
    attach_text(office, POLICY, official_text)
    drawer = counter.open_steps("line:e1")
    reader = open_text(drawer, 1)
    assert reader.pages.hasFocus()
    QTest.keyClick(reader.pages, Qt.Key.Key_Escape)
    gist = drawer.steps[1].gist
    assert gist is not None and gist.original is not None
    assert drawer.isVisible()
    assert gist.original.hasFocus()
    QTest.keyClick(gist.original, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert counter.strip.figures["line:e1"].hasFocus()


def test_a_figure_opened_anew_shows_its_steps_again(counter: Counter, office: Office, official_text: Path) -> None:
    attach_text(office, POLICY, official_text)
    open_text(counter.open_steps("line:e1"), 1)
    counter.field.setFocus()
    drawer = counter.open_steps("line:e1")
    assert not drawer.reader.isVisible()
    assert drawer.steps[1].isVisible()


@pytest.mark.parametrize(
    ("cut", "told"),
    [
        ("（一）第三件事的第一点。谁种的菜由谁来收。", "没有单独找到"),
        ("三、菜园的第三件事\n（一）第三件事的第一点。谁种的菜由谁来收。\n", "没有找到"),
        ("黔府办发〔2022〕19号", "请核对是否附对了文件"),
    ],
)
def test_the_reader_says_what_the_text_lacks(
    counter: Counter, office: Office, official_text: Path, cut: str, told: str
) -> None:
    official_text.write_text(official_text.read_text(encoding="utf-8").replace(cut, ""), encoding="utf-8")
    attach_text(office, POLICY, official_text)
    reader = open_text(counter.open_steps("line:e1"), 1)
    assert reader.note.isVisible()
    assert told in reader.note.text()


def test_a_text_that_cannot_be_read_any_more_is_told_in_its_place(
    counter: Counter, office: Office, official_text: Path
) -> None:
    attach_text(office, POLICY, official_text)
    (office.official_texts / f"{POLICY}.txt").write_bytes(b"\xff\xff")
    gist = counter.open_steps("line:e1").steps[1].gist
    assert gist is not None
    assert gist.original is None
    labels: list[QLabel] = list(gist.findChildren(QLabel))
    assert any("不是 UTF-8 或 GB18030" in one.text() for one in labels)


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
