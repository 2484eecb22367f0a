"""The list of cases: what it says when it is empty, what it finds, what Enter opens."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]


def cells(window: MainWindow, place: int) -> list[object]:
    table = window.case_list.table
    return [table.index(place, column).data() for column in range(table.columnCount())]


def search(window: MainWindow, words: str) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), words)
    QTest.qWait(200)
    assert window.tasks.wait_until_idle()


def visible_words(window: MainWindow) -> str:
    labels: list[QLabel] = list(window.case_list.findChildren(QLabel))
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_an_empty_office_is_told_what_to_do_first(window: MainWindow) -> None:
    assert "还没有案卷。按 Ctrl+N" in visible_words(window)
    assert window.status.findChild(QLabel) is not None


def test_a_case_is_listed_with_what_is_known_of_it(window: MainWindow, opened: Open, sample: Sample) -> None:
    opened(sample("01"))
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    assert cells(window, 0) == [
        "未编号",
        "王示例",
        "…152014",
        "因病致贫重病患者认定并救助",
        "新寨村",
        "2024-05-20",
        "可认定",
        "10\u202f750.00",
    ]


def test_the_box_finds_by_the_tail_of_the_number_and_enter_opens(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(sample("01"))
    wanted = page.case_id
    window.new_case("assistance")
    assert window.tasks.wait_until_idle()
    search(window, "152014")
    assert window.case_list.isVisible()
    assert [row.id for row in window.case_list.table.rows] == [wanted]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(window.case_list.view, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    assert page.case_id == wanted
    assert page.isVisible()


def test_what_is_not_found_is_said_with_what_may_be_looked_for(window: MainWindow, begun: CasePage) -> None:
    search(window, "9999999")
    assert "没有找到「9999999」。可以用姓名、证件尾号、案号或村名再找。" in visible_words(window)
