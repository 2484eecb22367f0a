"""The whole intake without a mouse, and with too much in it."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from desktop.domain.money import Money
from desktop.window.answers.choices import CodeField, SegmentField
from desktop.window.answers.fields import LineField
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.window.playing.clerk import answer
from desktop.window.questions.draft import Draft
from desktop.work.office import Office
from desktop.work.searching import case_page

Sample = Callable[[str], dict[str, object]]
Open = Callable[[dict[str, object]], CasePage]
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
FIRST = "household.members[0]"
MOST_TABS = 80
QUICK = 0.1  # seconds from a key to all that follows from it; on a busy machine


def focus() -> QWidget:
    found: list[QWidget] = [QApplication.focusWidget()]
    return found[0]


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), which, modifier)
    QApplication.processEvents()


def reach(path: str) -> QWidget:
    """Tabs on until the keyboard is at a path."""
    for _ in range(MOST_TABS):
        if focus().objectName() == path:
            return focus()
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"{path} is out of the keyboard's reach; it is at {focus().objectName()}")


def fill(answers: dict[str, object]) -> None:
    for path, value in answers.items():
        field = reach(path)
        assert isinstance(field, LineField | CodeField | SegmentField)
        answer(field, value)
        QApplication.processEvents()


def test_from_a_new_case_to_its_result_with_the_keyboard_alone(window: MainWindow, office: Office) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    key(Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    page = window.case_page
    assert page is not None
    assert focus().objectName() == f"{FIRST}.name"
    fill({f"{FIRST}.name": "王示例", f"{FIRST}.id_number": "520199197203152014"})
    fill({"household.residence": "rural", "applied_on": "2024-05-20", "surveyed_on": "2024-05-27"})
    key(Qt.Key.Key_F8)
    fill({f"{FIRST}.out_of_poverty": False, f"{FIRST}.disability_grade": 0})
    reach(f"{FIRST}.identities.none")
    key(Qt.Key.Key_Space)
    reach(f"{FIRST}.insurance.add")
    key(Qt.Key.Key_Space)
    fill(
        {
            f"{FIRST}.insurance[0].year": 2024,
            f"{FIRST}.insurance[0].scheme": "resident",
            f"{FIRST}.insurance[0].paid_on": "2023-11-02",
            f"{FIRST}.insurance[0].subsidy_received": "0",
        }
    )
    key(Qt.Key.Key_F8)
    reach("household.incomes.add")
    key(Qt.Key.Key_Space)
    fill(
        {
            "household.incomes[0].member": "p1",
            "household.incomes[0].amount": "30000",
            "household.incomes[0].counted": True,
        }
    )
    key(Qt.Key.Key_F8)
    fill({"household.property_ok": True})
    key(Qt.Key.Key_F8)
    key(Qt.Key.Key_N, ALT)
    QTest.qWait(200)  # a button that is reached by its letter goes down before it is clicked
    fill(
        {
            "expenses[0].kind": "inpatient",
            "expenses[0].provider": "示例县人民医院",
            "expenses[0].designated": True,
            "expenses[0].place": "pooling_area",
            "expenses[0].referral": "not_needed",
            "expenses[0].admitted_on": "2024-02-01",
            "expenses[0].discharged_on": "2024-02-20",
            "expenses[0].settled_on": "2024-02-20",
            "expenses[0].total": "80000",
            "expenses[0].in_scope": "70000",
            "expenses[0].prior_self_pay": "3000",
            "expenses[0].over_price_limit": "500",
            "expenses[0].basic_paid": "42000",
            "expenses[0].major_paid": "8000",
        }
    )
    reach("expenses[0].zero")
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_F8)
    assert page.here == "papers"
    fill({"papers.application_form": "received"})
    key(Qt.Key.Key_F8)
    assert page.here == "result"
    assert page.outcome.assessment is not None
    assert page.outcome.assessment.payable == Money.of("10750.00")
    assert page.outcome.assessment.missing == ()
    assert window.tasks.wait_until_idle()
    (row,) = case_page(office).rows
    assert (row.applicant, row.payable) == ("王示例", "10750.00")
    assert row.verdict == "eligible"


def test_enter_goes_on_and_at_the_end_of_the_last_row_adds_one(begun: CasePage) -> None:
    fill({f"{FIRST}.name": "wang"})
    key(Qt.Key.Key_Return)
    assert focus().objectName() == f"{FIRST}.id_number"
    reach(f"{FIRST}.note")
    key(Qt.Key.Key_Return)
    assert focus().objectName() == "household.members[1].name"
    assert [row["id"] for row in begun.draft.rows("household.members")] == ["p1", "p2"]
    reach("household.members[1].note")
    key(Qt.Key.Key_Return)
    assert len(begun.draft.rows("household.members")) == 2, "a blank row brings no other"


def test_control_delete_takes_out_the_row_at_hand(opened: Open, sample: Sample) -> None:
    page = opened(sample("01"))
    page.focus_path("household.incomes[0].amount")
    key(Qt.Key.Key_Delete, CONTROL)
    assert page.draft.rows("household.incomes") == []


def test_alt_and_a_number_lead_to_every_step(begun: CasePage) -> None:
    found = []
    for number in range(1, 8):
        QTest.keyClick(begun.window(), Qt.Key(Qt.Key.Key_0.value + number), ALT)
        found.append(begun.here)
    assert found == ["household", "insurance", "income", "property", "expenses", "papers", "result"]


def test_control_and_a_number_lead_to_every_place(window: MainWindow, begun: CasePage) -> None:
    pages: list[QWidget] = [window.case_list, begun, window.batch_page]
    for number, page in enumerate(pages, 1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
        assert page.isVisible()
        assert window.tasks.wait_until_idle()


def test_the_result_is_in_the_reach_of_the_keyboard(begun: CasePage) -> None:
    QTest.keyClick(begun.window(), Qt.Key.Key_7, ALT)
    assert begun.result_page.isAncestorOf(focus())


def test_enter_presses_the_button_that_has_the_keyboard(begun: CasePage) -> None:
    reach("household.members.add")
    key(Qt.Key.Key_Return)
    assert len(begun.draft.rows("household.members")) == 2


def test_tab_goes_through_rows_in_reading_order_after_one_was_added(begun: CasePage) -> None:
    reach("household.members.add")
    key(Qt.Key.Key_Space)
    begun.focus_path(f"{FIRST}.name")
    seen = []
    for _ in range(14):
        seen.append(focus().objectName())
        key(Qt.Key.Key_Tab)
    keys = ("name", "id_number", "birth_date", "relation", "counted", "note")
    rows = [f"household.members[{place}].{one}" for place in (0, 1) for one in keys]
    assert seen == [*rows, "household.members.add", "patient"]


def overfull(draft: dict[str, object]) -> dict[str, object]:
    """Twelve members, one of them with a long name, and forty expenses of nine digits."""
    tree = Draft(draft)
    for place in range(3, 13):
        name = "阿卜杜热合曼·买买提明·库尔班江·艾合买提江·吐尔逊示例" if place == 4 else f"示例{place}"
        tree.add_row("household.members", {"id": f"p{place}", "name": name, "counted": True})
    for place in range(2, 41):
        tree.add_row("expenses", {**tree.rows("expenses")[0], "id": f"e{place}", "total": "123456789.00"})
    return tree.tree


def test_twelve_members_and_forty_expenses_stay_as_quick_as_typing(opened: Open, sample: Sample) -> None:
    page = opened(overfull(sample("01")))
    field = page.field("expenses[39].total")
    assert field is not None
    assert field.objectName() == "expenses[39].total"
    times = []
    for digit in "123456":
        start = perf_counter()
        QTest.keyClicks(field, digit)
        QApplication.processEvents()
        times.append(perf_counter() - start)
    assert sorted(times)[len(times) // 2] < QUICK, times


def test_nothing_scrolls_sideways_on_the_screen_of_the_counter(
    window: MainWindow, opened: Open, sample: Sample
) -> None:
    page = opened(overfull(sample("01")))
    for step in [*page.pages, "papers", "result"]:
        page.go_to(step)
        QApplication.processEvents()
        bars: list[QScrollBar] = list(page.findChildren(QScrollBar))
        sideways = [bar for bar in bars if bar.orientation() == Qt.Orientation.Horizontal and bar.isVisible()]
        assert [bar.maximum() for bar in sideways if bar.maximum()] == [], step
    assert (window.width(), window.height()) == (1366, 768)
