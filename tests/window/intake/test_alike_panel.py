"""The strip that tells of the same person or settlement in another case: quiet, by keyboard, and gone once acknowledged."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.app import make_application
from desktop.window.intake.alike_panel import REST_MILLISECONDS, AlikePanel
from desktop.window.tasks import Tasks
from desktop.work.discarding import delete_case
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Draft = dict[str, Any]


@dataclass
class Page:
    """A page with the strip, a field beneath it, and what stands for the conclusion at the right."""

    office: Office
    tasks: Tasks
    widget: QWidget
    panel: AlikePanel
    field: QLineEdit
    said: list[str]
    asked: list[str]

    def keep(self, draft: Draft, *, accept: bool = True) -> str:
        case_id = new_case(self.office, str(draft["matter"])).id
        save_case(self.office, case_id, deepcopy(draft), {})
        if accept:
            accept_case(self.office, case_id)
        return case_id

    def look(self, case_id: str, draft: Draft) -> None:
        self.panel.look(case_id, draft)
        QTest.qWait(REST_MILLISECONDS + 50)
        assert self.tasks.wait_until_idle()

    @property
    def lines(self) -> list[str]:
        return [line.whole for line in self.panel.lines] if self.panel.isVisible() else []

    def open(self, place: int = 0) -> None:
        line = self.panel.lines[place]
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_Return)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key)
        assert self.tasks.wait_until_idle()

    def compared(self) -> str:
        assert self.panel.comparison is not None
        found: list[QLabel] = list(self.panel.comparison.findChildren(QLabel))
        return "\n".join(label.text() for label in found if label.isVisible())


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[Page]:
    make_application(office.fonts, "light")
    tasks, widget, anchor, field = Tasks(), QWidget(), QWidget(), QLineEdit()
    panel = AlikePanel(office, tasks, anchor)
    across, down = QHBoxLayout(widget), QVBoxLayout()
    down.addWidget(panel)
    down.addWidget(field, 1)
    across.addLayout(down, 1)
    anchor.setFixedWidth(272)
    across.addWidget(anchor)
    qtbot.addWidget(widget)
    widget.resize(1278, 640)
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)
    said: list[str] = []
    asked: list[str] = []
    panel.said.connect(lambda words, _way_back: said.append(words))
    panel.case_asked.connect(asked.append)
    yield Page(office, tasks, widget, panel, field, said, asked)
    tasks.close()


@pytest.fixture
def household(sample: Sample) -> Draft:
    return sample("01")


def with_member_first(household: Draft) -> Draft:
    """The same two people in another village, and the other of them applies."""
    draft = deepcopy(household)
    first, second = draft["household"]["members"]
    draft["household"]["members"] = [{**second, "relation": "self"}, {**first, "relation": "spouse"}]
    draft["household"]["village"] = "石板村"
    draft["patient"] = draft["expenses"][0]["patient"] = "p2"
    return draft


def alone(household: Draft) -> Draft:
    """The applicant alone, with nothing to settle."""
    draft = deepcopy(household)
    del draft["household"]["members"][1]
    draft["household"]["incomes"] = draft["expenses"] = []
    return draft


def test_nothing_alike_is_nothing_to_see(page: Page, household: Draft) -> None:
    page.look(page.keep(household), household)
    assert not page.panel.isVisible()


def test_one_sentence_tells_where_the_same_person_is(page: Page, household: Draft) -> None:
    other = with_member_first(household)
    other["expenses"] = []
    page.keep(other)
    here = alone(household)
    page.look(page.keep(here), here)
    assert page.lines == ["同一人 王示例 也在 2024-0001（成员，石板村）"]


def test_one_other_case_is_one_line_whatever_it_holds(page: Page, household: Draft) -> None:
    page.keep(with_member_first(household))
    page.look(page.keep(household), household)
    assert page.lines == ["王示例、李示范 也在 2024-0001（石板村），结算单 1 张相同"]
    assert page.panel.more.isHidden()


def test_a_settlement_alone_is_told_with_its_patient(page: Page, household: Draft) -> None:
    other = deepcopy(household)
    for member in other["household"]["members"]:
        member |= {"name": "赵示例", "id_number": None, "birth_date": "1960-01-01"}
    page.keep(other, accept=False)
    page.look(page.keep(household), household)
    assert page.lines == ["同一张结算单 也在 未编号的案卷（赵示例，新寨村）"]


def test_several_other_cases_wait_until_they_are_asked_for(page: Page, household: Draft) -> None:
    here = alone(household)
    for _ in range(3):
        page.keep(here)
    page.look(page.keep(here), here)
    assert page.lines == ["同一人 王示例 也在 2024-0003（申请人，新寨村）"]
    assert page.panel.more.text() == "另有 2 件"
    page.panel.more.setFocus()
    page.press(Qt.Key.Key_Return)
    assert len(page.lines) == 3
    assert page.panel.lines[1].hasFocus()
    assert page.panel.more.isHidden()


def test_only_a_change_of_people_or_settlements_makes_it_look_again(page: Page, household: Draft) -> None:
    here = alone(household)
    case_id = page.keep(here)
    page.look(case_id, here)
    page.keep(here)
    here["surveyed_on"] = None
    page.look(case_id, here)
    assert page.lines == []
    here["household"]["members"][0]["name"] = "王示礼"
    page.look(case_id, here)
    assert page.lines == ["同一人 王示礼 也在 2024-0002（申请人，新寨村）"]


def test_a_case_that_is_opened_again_is_looked_at_again(page: Page, household: Draft) -> None:
    here = alone(household)
    other = page.keep(here)
    case_id = page.keep(here)
    page.look(case_id, here)
    assert len(page.lines) == 1
    delete_case(page.office, other, "误建")
    page.panel.forget()
    assert page.lines == []
    page.look(case_id, here)
    assert page.lines == []


def test_an_answer_about_a_case_that_was_left_is_dropped(page: Page, household: Draft) -> None:
    here = alone(household)
    page.keep(here)
    page.panel.look(page.keep(here), here)
    QTest.qWait(1)  # is under way
    page.panel.forget()
    assert page.tasks.wait_until_idle()
    assert page.lines == []


def test_enter_sets_both_side_by_side_and_esc_goes_back_to_the_line(page: Page, household: Draft) -> None:
    page.keep(with_member_first(household))
    page.look(page.keep(household), household)
    page.open()
    comparison = page.panel.comparison
    assert comparison is not None and comparison.isVisible()
    words = page.compared()
    assert "与 2024-0001 对照" in words
    assert "申请人 李示范 · 石板村 · 2024-05-20 申请" in words
    assert "≠ 不同：与申请人关系、村（社区）" in words
    assert "5201**********2014" in words
    assert "19720315" not in words
    assert "所填没有不同" in words  # the settlement
    assert "80\u202f000.00" in words
    page.press(Qt.Key.Key_Escape)
    assert not comparison.isVisible()
    assert page.panel.lines[0].hasFocus()


def test_what_is_longer_than_the_window_is_turned_by_page(page: Page, household: Draft) -> None:
    page.keep(with_member_first(household))
    page.look(page.keep(household), household)
    page.widget.resize(1278, 400)
    page.open()
    assert page.panel.comparison is not None
    bar = page.panel.comparison.fields.verticalScrollBar()
    QTest.qWait(10)
    assert bar.value() == 0
    page.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_going_on_typing_closes_the_comparison(page: Page, household: Draft) -> None:
    page.keep(household)
    page.look(page.keep(household), household)
    page.open()
    page.field.setFocus()
    assert page.panel.comparison is not None
    assert not page.panel.comparison.isVisible()
    assert page.field.hasFocus()


def test_the_other_case_opens_from_the_comparison(page: Page, household: Draft) -> None:
    other = page.keep(household)
    page.look(page.keep(household), household)
    page.open()
    page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Return)
    assert page.asked == [other]
    assert page.panel.comparison is not None
    assert not page.panel.comparison.isVisible()


def test_what_was_checked_is_no_longer_told_and_stays_so(page: Page, household: Draft) -> None:
    page.keep(household)
    case_id = page.keep(household)
    page.look(case_id, household)
    page.open()
    page.press(Qt.Key.Key_Return)
    assert page.said == ["已记下：与 2024-0001 不是重复。"]
    assert page.lines == []
    assert page.panel.comparison is not None
    assert not page.panel.comparison.isVisible()
    page.panel.forget()
    page.look(case_id, household)
    assert page.lines == []


def test_a_line_that_does_not_fit_is_cut_and_whole_in_its_tip(page: Page, household: Draft) -> None:
    here = alone(household)
    here["household"]["members"][0]["name"] = "买买提艾力·" * 8
    page.keep(here)
    page.look(page.keep(here), here)
    page.widget.resize(640, 640)
    QTest.qWait(10)
    (line,) = page.panel.lines
    assert line.text().endswith("…")
    assert line.toolTip() == line.whole
    assert page.widget.width() == 640
