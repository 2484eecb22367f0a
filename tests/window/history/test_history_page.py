from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.store.journal import Note, note
from desktop.window.history.history_page import HistoryPage
from desktop.window.history.state_lines import StateLine
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.work.history import history_of
from desktop.work.intake import save_case
from desktop.work.notices import issue_notice
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]
CONTROL = Qt.KeyboardModifier.ControlModifier
QUICK = 0.3  # seconds for what one waits for at a key; on a busy machine


def put(draft: dict[str, object], **answers: object) -> dict[str, object]:
    household = draft["household"]
    assert isinstance(household, dict)
    return {**draft, "household": {**household, **answers}}


def focus() -> QWidget:
    found: list[QWidget] = [QApplication.focusWidget()]
    return found[0]


def open_history(window: MainWindow) -> HistoryPage:
    QTest.keyClick(window, Qt.Key.Key_H, CONTROL)
    assert window.tasks.wait_until_idle()
    QApplication.processEvents()
    assert window.counter.history_page is not None
    return window.counter.history_page


def words(page: HistoryPage) -> list[str]:
    return [told.words for told in page.acts.shown]


def choose(page: HistoryPage, begins: str) -> None:
    page.list.choose(next(place for place, one in enumerate(words(page)) if one.startswith(begins)))


def marked(page: HistoryPage) -> list[tuple[str, str, str, str]]:
    return [(line.mark, line.words, line.value, line.was) for line in page.state.lines if line.mark]


@pytest.fixture
def typed(opened: Open, sample: Sample, office: Office, window: MainWindow) -> CasePage:
    """A case in which an income was changed, then taken out, with a notice between."""
    page = opened(sample("01"))
    draft = sample("01")
    incomes = [
        {"member": "p2", "kind": "wage", "label": "县城务工工资", "amount": "3000.00", "counted": True, "note": ""}
    ]
    save_case(office, page.case_id, put(draft, incomes=incomes, phone="13900001234"), {})
    issue_notice(office, page.case_id, "receipt")
    save_case(office, page.case_id, put(draft, incomes=[], phone="13900001234"), {"application_form": "received"})
    window.open_case(page.case_id)
    assert window.tasks.wait_until_idle()
    return page


def test_acts_are_told_newest_first_in_the_words_of_the_questions(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    assert words(page)[:4] == [
        "打开案卷",
        "删去收入 1（李示范，工资性收入，县城务工工资）；材料 · 医疗救助申请审核表 未核 → 已收",
        "给予受理编号 2024-0001；封存测算结果；出具受理回执 受2024-0001",
        "联系电话 *******0001 → 139****1234；收入 1 · 12 个月合计 30\u202f000.00 → 3\u202f000.00",
    ]
    assert words(page)[-1] == "受理申请：因病致贫重病患者认定并救助"
    assert page.acts.shown[0].head == "2024-05-28 09:41　查看　陈示例（管理员）"
    assert "520199197203152014" not in "".join(words(page)), "ID numbers are masked"


def test_the_state_at_an_act_is_shown_with_what_it_changed_marked(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    choose(page, "联系电话")
    assert marked(page) == [
        ("changed", "联系电话", "139****1234", "*******0001"),
        ("changed", "12 个月合计", "3\u202f000.00", "30\u202f000.00"),
    ]
    choose(page, "删去")
    assert ("removed", "收入 1", "李示范，工资性收入，县城务工工资", "") in marked(page)
    assert ("changed", "医疗救助申请审核表", "已收", "未核") in marked(page)
    assert StateLine("step", "收入") in page.state.lines
    choose(page, "打开")
    assert marked(page) == []
    choose(page, "受理申请")
    assert StateLine("step", "医疗费用", "未填写") in page.state.lines
    assert StateLine("field", "申请事项", "因病致贫重病患者认定并救助") in page.state.lines


def test_the_filter_keeps_what_changed_or_who_saw_and_printed(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    page.filter.setFocus()
    QTest.keyClick(page.filter, Qt.Key.Key_Right)
    assert {told.act.kind for told in page.acts.shown} == {"begun", "edit"}
    QTest.keyClick(page.filter, Qt.Key.Key_Right)
    assert {told.act.kind for told in page.acts.shown} == {"opened", "printed"}
    assert page.count.text() == f"{len(page.acts.shown)} 次"


def test_the_slider_goes_along_the_acts_and_the_wheel_does_nothing(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    page.slider.setFocus()
    QTest.keyClick(page.slider, Qt.Key.Key_Left)
    assert page.list.currentIndex().row() == 1
    assert page.chosen_words.whole.startswith("删去收入 1")
    QTest.keyClick(page.slider, Qt.Key.Key_Home)
    assert page.chosen_words.whole.startswith("受理申请")
    assert page.where.text() == f"第 1 次 / 共 {len(page.acts.shown)} 次"
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(page.slider.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.slider, turn)
    assert page.chosen_words.whole.startswith("受理申请")


def test_escape_returns_to_the_field_that_one_came_from(typed: CasePage, window: MainWindow) -> None:
    typed.focus_path("household.village")
    open_history(window)
    assert not typed.isVisible()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert typed.isVisible()
    assert focus().objectName() == "household.village"


def test_the_history_knows_what_was_typed_just_before(begun: CasePage, window: MainWindow) -> None:
    field = begun.field("household.village")
    assert field is not None
    QTest.keyClicks(field, "abc")
    page = open_history(window)
    assert words(page)[0] == "村（社区） 未填 → abc"


def test_a_case_is_brought_back_to_a_chosen_state_and_that_is_undone_again(
    typed: CasePage, window: MainWindow, office: Office
) -> None:
    page = open_history(window)
    assert not page.restore.isEnabled(), "it stands like that"
    choose(page, "联系电话")
    page.restore.setFocus()
    QTest.keyClick(page.restore, Qt.Key.Key_Space)
    assert window.tasks.wait_until_idle()
    assert typed.isVisible()
    assert typed.draft.get("household.incomes[0].amount") == "3000.00"
    assert typed.papers == {}
    assert window.status.sentence.text() == "已恢复到 2024-05-28 09:41 的状态。"
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.tasks.wait_until_idle()
    assert typed.draft.rows("household.incomes") == []
    assert typed.papers == {"application_form": "received"}
    assert history_of(office, typed.case_id)[-1].kind == "undone"


def test_a_sealed_result_is_read_as_it_was_sealed(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    choose(page, "打开")
    assert not page.sealed.isVisible()
    choose(page, "给予受理编号")
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    text = page.sealed_view.letter.toPlainText()
    assert "没有重新测算" in text
    assert "应转办" in text, "as it was with an income of 3 000, not as it is now"
    assert "王示例 2024 年预计救助" in text
    assert "个人自付" in text
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_the_list_of_who_looked_is_seen_then_saved_and_that_is_in_the_history(
    typed: CasePage, window: MainWindow, tmp_path: Path
) -> None:
    page = open_history(window)
    before = len(page.acts.shown)
    page.print.setFocus()
    QTest.keyClick(page.print, Qt.Key.Key_Space)
    assert window.tasks.wait_until_idle()
    view = page.access_view
    assert view.preview.where.text().startswith("第 1 页")
    assert len(page.acts.shown) == before, "to look at it is no entry"
    view.save_as(tmp_path / "list.pdf")
    assert window.tasks.wait_until_idle()
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert "已另存为 list.pdf" in view.trouble.words.text()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert words(page)[0] == "打印查阅记录"
    assert page.print.hasFocus()


def test_the_list_goes_to_the_printer(typed: CasePage, window: MainWindow, tmp_path: Path) -> None:
    page = open_history(window)
    page.access_view.open_case(typed.case_id)
    assert window.tasks.wait_until_idle()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.access_view.print_on(printer)
    assert window.tasks.wait_until_idle()
    assert (tmp_path / "printed.pdf").stat().st_size > 0
    assert page.access_view.trouble.words.text() == "查阅记录已送往打印机。"


def test_what_the_list_lacks_is_said_on_the_page(begun: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    page.print.click()
    assert window.tasks.wait_until_idle()
    assert page.trouble.isVisible()
    assert not page.access_view.isVisible()


def test_everything_is_reached_by_tab_and_has_a_name(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    choose(page, "给予受理编号")
    page.list.setFocus()
    reached = []
    while focus() not in reached:
        reached.append(focus())
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
    wanted = [page.filter, page.list, page.slider, page.state, page.sealed, page.restore, page.print]
    assert [one for one in wanted if one not in reached] == []
    for one in (page.filter, page.list, page.slider, page.state):
        assert one.accessibleName()


def test_nothing_is_wider_than_the_window(typed: CasePage, window: MainWindow) -> None:
    page = open_history(window)
    for place in range(len(page.acts.shown)):
        page.list.choose(place)
        QApplication.processEvents()
        assert window.width() == 1366
    labels: list[QLabel] = list(page.findChildren(QLabel))
    assert all(one.geometry().right() <= page.width() for one in labels if one.isVisible())


def test_five_thousand_entries_stay_fluent(begun: CasePage, window: MainWindow, office: Office) -> None:
    villages = [None, *(f"村 {place}" for place in range(2500))]
    phones = [None, *(f"1390000{place:04}" for place in range(2500))]
    with office.change() as pen:
        for (old, new), (before, now) in zip(pairwise(villages), pairwise(phones), strict=True):
            pen.change += 1
            note(pen, Note("edit", begun.case_id, "household.village", old, new))
            note(pen, Note("edit", begun.case_id, "household.phone", before, now))
        pen.write("UPDATE state SET change = ?", (pen.change,))
    started = perf_counter()
    page = open_history(window)
    assert len(page.acts.shown) > 2500
    assert perf_counter() - started < 10 * QUICK
    page.slider.setFocus()
    for _ in range(5):
        started = perf_counter()
        QTest.keyClick(page.slider, Qt.Key.Key_Left)
        QApplication.processEvents()
        assert perf_counter() - started < QUICK
