"""The list of cases: what it says when it is empty, what it finds while one types, what Enter opens, what stays in place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.window.intake.case_page import CasePage
from desktop.window.lists.case_list import SEARCH_MILLISECONDS
from desktop.window.lists.case_table import COLUMNS, MET_BY
from desktop.window.main_window import MainWindow
from desktop.work.intake import new_case, save_case
from desktop.work.office import Office
from desktop.work.searching import FIRST, PAGE

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]


def cells(window: MainWindow, place: int) -> dict[str, object]:
    table = window.case_list.table
    return {title: table.index(place, column).data() for column, (title, *_) in enumerate(COLUMNS)}


def ids(window: MainWindow) -> list[str]:
    return [row.id for row in window.case_list.table.rows]


def wait(window: MainWindow) -> None:
    QTest.qWait(2 * SEARCH_MILLISECONDS)
    assert window.tasks.wait_until_idle()


def search(window: MainWindow, words: str) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.top.search
    if words.isascii():
        QTest.keyClicks(window.top.search, words)
    else:
        commit(window, words)
    wait(window)


def commit(window: MainWindow, words: str, composing: str = "") -> None:
    """What an input method hands over, and what it has not yet made up its mind about."""
    event = QInputMethodEvent(composing, [])
    event.setCommitString(words)
    QApplication.sendEvent(window.top.search, event)


def visible_words(window: MainWindow) -> str:
    labels: list[QLabel] = list(window.case_list.findChildren(QLabel))
    return "\n".join(label.text() for label in labels if label.isVisible())


def foot(window: MainWindow) -> str:
    labels: list[QLabel] = list(window.status.findChildren(QLabel))
    return "\n".join(label.text() for label in labels)


@pytest.fixture
def many(window: MainWindow, office: Office) -> list[str]:
    """More cases than two pages, the newest first."""
    found = [new_case(office, "assistance").id for _ in range(2 * PAGE + 10)]
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    return found[::-1]


def named(office: Office, sample: Sample, *names: str) -> list[str]:
    """Cases of these applicants."""
    found = []
    for name in names:
        draft = sample("01")
        household = draft["household"]
        assert isinstance(household, dict)
        household["members"][0]["name"] = name
        found.append(new_case(office, "illness_poverty").id)
        save_case(office, found[-1], draft, {})
    return found


# ---------------------------------------------------------------- what is listed


def test_an_empty_office_is_told_what_to_do_first(window: MainWindow) -> None:
    assert "还没有案卷。按 Ctrl+N" in visible_words(window)
    assert "共 0 件" in visible_words(window)


def test_a_case_is_listed_with_what_is_known_of_it(window: MainWindow, opened: Open, sample: Sample) -> None:
    opened(sample("01"))
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    assert cells(window, 0) == {
        "案号": "未编号",
        "申请人": "王示例",
        "命中": "",
        "证件尾号": "…2014",
        "事项": "因病致贫重病患者认定并救助",
        "村（社区）": "新寨村",
        "申请日期": "2024-05-20",
        "结论": "可认定",
        "预计救助": "10\u202f750.00",
    }
    assert window.case_list.view.isColumnHidden(MET_BY)


def test_all_cases_are_counted_though_only_the_first_are_there_yet(window: MainWindow, many: list[str]) -> None:
    assert f"共 {len(many)} 件" in visible_words(window)
    assert ids(window) == many[:PAGE]
    assert f"案卷 {len(many)} 件" in foot(window)


def test_the_list_goes_on_when_its_end_comes_into_view(window: MainWindow, many: list[str]) -> None:
    view = window.case_list.view
    view.setFocus()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_End)
        QTest.qWait(20)
        assert window.tasks.wait_until_idle()
    assert ids(window) == many
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == len(many) - 1


def test_a_case_that_was_touched_meanwhile_is_not_listed_twice(
    window: MainWindow, office: Office, many: list[str], sample: Sample
) -> None:
    moved = many[PAGE + 1]
    save_case(office, many[0], sample("01"), {})
    window.case_list.view.scrollToBottom()
    QTest.qWait(20)
    assert window.tasks.wait_until_idle()
    assert len(ids(window)) == len(set(ids(window)))
    assert moved in ids(window)


# ---------------------------------------------------------------- what is found


def test_the_box_finds_by_the_tail_of_the_number_and_enter_opens(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(sample("01"))
    wanted = page.case_id
    window.counter.new_case("assistance")
    assert window.tasks.wait_until_idle()
    search(window, "152014")
    assert window.case_list.isVisible()
    assert ids(window) == [wanted]
    assert "1 件（含「152014」）" in visible_words(window)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(window.case_list.view, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    assert page.case_id == wanted
    assert page.isVisible()


def test_a_member_who_is_not_the_applicant_is_named(window: MainWindow, opened: Open, sample: Sample) -> None:
    opened(sample("01"))
    search(window, "lsf")
    assert cells(window, 0)["申请人"] == "王示例"
    assert cells(window, 0)["命中"] == "成员 李示范"
    assert not window.case_list.view.isColumnHidden(MET_BY)
    window.top.search.clear()
    wait(window)
    assert window.case_list.view.isColumnHidden(MET_BY)
    assert cells(window, 0)["命中"] == ""


def test_what_is_not_found_is_said_with_what_may_be_looked_for(window: MainWindow, begun: CasePage) -> None:
    search(window, "9999999")
    assert "没有找到「9999999」。可以用姓名、拼音首字母、证件尾号、电话、案号或村名再找。" in visible_words(window)


def test_more_than_the_first_are_said_to_be_the_first_and_come_when_asked_for(
    window: MainWindow, office: Office, sample: Sample
) -> None:
    named(office, sample, *["钱示例"] * (FIRST + 5))
    search(window, "钱")
    assert "前 50 件，继续输入可缩小范围" in visible_words(window)
    assert len(ids(window)) == FIRST
    window.case_list.view.scrollToBottom()
    QTest.qWait(20)
    assert window.tasks.wait_until_idle()
    assert len(set(ids(window))) == FIRST + 5
    assert "55 件（含「钱」）" in visible_words(window)


def test_the_rows_are_those_of_the_words_as_they_stand_however_fast_one_types(
    window: MainWindow, office: Office, sample: Sample
) -> None:
    zhao, qian = named(office, sample, "赵示例", "钱示例")
    window.case_list.look_for("赵")
    QTest.qWait(SEARCH_MILLISECONDS + 10)  # is under way
    window.case_list.look_for("钱")
    wait(window)
    assert ids(window) == [qian]
    window.case_list.look_for("赵")
    window.case_list.reload()
    window.case_list.reload()
    assert window.tasks.wait_until_idle()
    assert ids(window) == [zhao]


def test_enter_opens_nothing_while_other_words_are_looked_for(
    window: MainWindow, office: Office, sample: Sample
) -> None:
    named(office, sample, "赵示例", "钱示例")
    asked: list[str] = []
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    window.case_list.case_asked.connect(asked.append)
    window.case_list.look_for("赵")
    QTest.keyClick(window.case_list.view, Qt.Key.Key_Return)
    assert asked == []
    wait(window)


def test_enter_in_the_box_leads_into_what_it_finds_though_it_was_not_there_yet(
    window: MainWindow, office: Office, sample: Sample
) -> None:
    named(office, sample, "赵示例")
    search(window, "无此人")
    window.top.search.setText("")
    QTest.keyClicks(window.top.search, "zsl")
    QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    wait(window)
    assert window.case_list.view.hasFocus()
    assert window.case_list.view.currentIndex().row() == 0


def test_nothing_is_looked_for_while_an_input_method_composes(
    window: MainWindow, office: Office, sample: Sample
) -> None:
    zhao, qian = named(office, sample, "赵示例", "钱示例")
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    window.top.search.setFocus()
    commit(window, "", composing="zhao")
    wait(window)
    assert window.case_list.search == ""
    assert ids(window) == [qian, zhao]
    commit(window, "赵", composing="")
    wait(window)
    assert ids(window) == [zhao]
    commit(window, "", composing="shi")
    wait(window)
    assert window.case_list.search == "赵"
    assert ids(window) == [zhao]


# ---------------------------------------------------------------- what stays in place


def test_the_bar_and_the_place_stay_when_the_list_is_read_anew(window: MainWindow, many: list[str]) -> None:
    view = window.case_list.view
    view.scrollToBottom()
    QTest.qWait(20)
    assert window.tasks.wait_until_idle()
    view.selectRow(PAGE + 20)
    view.verticalScrollBar().setValue(PAGE + 10)
    here = ids(window)[PAGE + 20]
    window.case_list.reload()
    assert window.tasks.wait_until_idle()
    assert ids(window)[view.currentIndex().row()] == here
    assert view.verticalScrollBar().value() == PAGE + 10


def test_the_bar_stays_on_its_case_when_another_one_moves_to_the_top(
    window: MainWindow, office: Office, many: list[str], sample: Sample
) -> None:
    view = window.case_list.view
    view.selectRow(30)
    view.verticalScrollBar().setValue(25)
    save_case(office, many[100], sample("01"), {})
    window.case_list.reload()
    assert window.tasks.wait_until_idle()
    assert ids(window)[0] == many[100]
    assert ids(window)[view.currentIndex().row()] == many[30]
    assert view.verticalScrollBar().value() == 25


def test_a_save_is_shown_in_place(window: MainWindow, office: Office, many: list[str], sample: Sample) -> None:
    resets: list[None] = []
    window.case_list.table.modelReset.connect(lambda: resets.append(None))
    save_case(office, many[0], sample("01"), {})
    window.case_list.reload()
    assert window.tasks.wait_until_idle()
    assert cells(window, 0)["申请人"] == "王示例"
    assert resets == []


def test_a_list_that_nobody_looks_at_is_read_when_somebody_comes(
    window: MainWindow, begun: CasePage, office: Office, sample: Sample
) -> None:
    assert not window.case_list.isVisible()
    shown = ids(window)
    (zhao,) = named(office, sample, "赵示例")
    window.case_list.reload()
    assert window.tasks.wait_until_idle()
    assert ids(window) == shown
    assert "案卷 2 件" in foot(window)
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    assert ids(window)[0] == zhao
