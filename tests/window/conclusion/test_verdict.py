"""The conclusion strip: every figure of the outcome, what is missing, what to correct."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.window.conclusion.figures import head_of, sections_of
from desktop.window.conclusion.on_screen import on_screen, screen_text
from desktop.window.conclusion.verdict import VerdictStrip
from desktop.work.assessing import Outcome, assess_draft
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
Change = Callable[[str, object], Outcome]


@pytest.fixture
def change(office: Office, sample: Sample) -> Change:
    """Assesses the first sample with one value changed, by path without indexes but the first."""

    def assess(path: str, value: object) -> Outcome:
        draft = sample("01")
        at: object = draft
        *parents, last = path.split(".")
        for key in parents:
            assert isinstance(at, dict)
            at = at[key.removesuffix("[0]")]
            if key.endswith("[0]"):
                assert isinstance(at, list)
                at = at[0]
        assert isinstance(at, dict)
        if last:
            at[last] = value
        return assess_draft(office, draft)

    return assess


@pytest.fixture
def strip(qtbot: QtBot, office: Office) -> VerdictStrip:
    found = VerdictStrip(office)
    qtbot.addWidget(found)
    found.resize(found.width(), 692)
    found.show()
    return found


def words_of(strip: VerdictStrip) -> str:
    return "\n".join(row.accessibleName() for row in strip.figures.values())


def test_an_eligible_case_shows_its_tests_and_its_benefit(strip: VerdictStrip, change: Change) -> None:
    outcome = change("case_no", None)
    strip.show_outcome(outcome)
    head = head_of(outcome)
    assert head is not None and (head.word, head.tint) == ("可认定", "pass")
    assert "270.83 低于\u00a0720.00，余\u00a0449.17" in words_of(strip)
    assert strip.figures["payable"].figure.value == "10\u202f750.00"
    assert strip.figures["line:e1"].figure.value == "10\u202f750.00"


def test_the_clause_that_all_tests_share_is_said_once(change: Change) -> None:
    tests = sections_of(change("case_no", None))[0]
    assert tests.cite == "一（一）"
    assert {figure.cite for figure in tests.figures} == {""}


def test_an_unknown_figure_is_to_come_and_never_zero(strip: VerdictStrip, change: Change) -> None:
    strip.show_outcome(change("expenses[0].referral", None))
    assert strip.figures["payable"].figure.value == "待补"
    assert "missing:expenses[0].referral" in strip.figures


def test_a_missing_fact_leads_to_its_field(strip: VerdictStrip, change: Change, qtbot: QtBot) -> None:
    strip.show_outcome(change("expenses[0].referral", None))
    row = strip.figures["missing:expenses[0].referral"]
    row.setFocus()
    with qtbot.waitSignal(strip.path_asked) as asked:
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert asked.args == ["expenses[0].referral"]


def test_a_draft_with_faults_shows_what_to_correct_and_no_figures(strip: VerdictStrip, change: Change) -> None:
    strip.show_outcome(change("case_no", None))
    strip.show_outcome(change("expenses[0].in_scope", "12,3x"))
    assert set(strip.figures) == {"fault:expenses[0].in_scope"}
    assert "费用第 1 笔，政策范围内费用：「12,3x」不合要求。" in words_of(strip)


def test_only_what_an_edit_changed_is_marked(strip: VerdictStrip, change: Change) -> None:
    strip.show_outcome(change("case_no", None))
    assert not any(row.marked for row in strip.figures.values())
    strip.show_outcome(change("household.village", "另一个村"))
    assert not any(row.marked for row in strip.figures.values())
    strip.show_outcome(change("expenses[0].in_scope", "69000.00"))
    marked = {key for key, row in strip.figures.items() if row.marked}
    assert marked >= {"payable", "line:e1", "test:income_after_medical"}
    assert "test:property" not in marked


def test_a_mark_is_gone_after_a_moment(strip: VerdictStrip, change: Change, qtbot: QtBot) -> None:
    strip.show_outcome(change("case_no", None))
    strip.show_outcome(change("expenses[0].in_scope", "69000.00"))
    qtbot.waitUntil(lambda: not strip.figures["payable"].marked, timeout=3000)


def test_what_changed_while_there_were_faults_is_marked_afterwards(strip: VerdictStrip, change: Change) -> None:
    strip.show_outcome(change("case_no", None))
    strip.show_outcome(change("expenses[0].in_scope", "x"))
    strip.show_outcome(change("expenses[0].in_scope", "69000.00"))
    assert strip.figures["payable"].marked
    assert not strip.figures["test:property"].marked


def test_another_case_is_not_a_change(strip: VerdictStrip, change: Change) -> None:
    strip.show_outcome(change("case_no", None))
    strip.forget()
    strip.show_outcome(change("expenses[0].in_scope", "69000.00"))
    assert not any(row.marked for row in strip.figures.values())


def test_an_application_by_identity_has_no_verdict(strip: VerdictStrip, change: Change) -> None:
    outcome = change("matter", "assistance")
    strip.show_outcome(outcome)
    assert head_of(outcome) is None
    assert not any(key.startswith("test:") for key in strip.figures)


def test_a_case_without_expenses_asks_for_them(strip: VerdictStrip, office: Office, sample: Sample) -> None:
    strip.show_outcome(assess_draft(office, sample("01") | {"expenses": []}))
    figure = strip.figures["payable"].figure
    assert (figure.value, figure.more) == ("—", "录入医疗费用后测算。")


def test_one_fen_above_the_line_shows_the_fen(strip: VerdictStrip, office: Office, sample: Sample) -> None:
    outcome = assess_draft(office, sample("03"))
    strip.show_outcome(outcome)
    head = head_of(outcome)
    assert head is not None and head.word == "不符合认定条件"
    assert "相差 0.01 元" in words_of(strip)


def test_a_line_that_meets_the_cap_says_why_it_pays_less(office: Office, sample: Sample) -> None:
    figures = {
        figure.key: figure for part in sections_of(assess_draft(office, sample("06"))) for figure in part.figures
    }
    assert figures["line:e3"].value == "7\u202f280.57"
    assert figures["line:e3"].more == "自付 18\u202f646.84 × 70% = 13\u202f052.79，至年度限额为止"
    assert figures["line:e1"].more == "自付 34\u202f113.00 × 70%"


def test_amounts_on_the_screen_are_set_apart_and_negative_ones_have_a_minus() -> None:
    assert on_screen("全家 12,345.00，-5,833.33，2024-05-28") == "全家 12\u202f345.00，−5\u202f833.33，2024-05-28"


def test_many_expenses_are_folded_and_unfold_by_the_keyboard(
    strip: VerdictStrip, office: Office, sample: Sample
) -> None:
    draft = sample("01")
    expenses = draft["expenses"]
    assert isinstance(expenses, list)
    many = [expenses[0] | {"id": f"e{place:02}"} for place in range(40)]
    strip.show_outcome(assess_draft(office, draft | {"expenses": many}))
    assert sum(key.startswith("line:") for key in strip.figures) == 3
    QTest.keyClick(strip.folds["预计救助"], Qt.Key.Key_Return)
    assert sum(key.startswith("line:") for key in strip.figures) == 40


def test_every_sample_has_a_figure_for_each_of_its_lines(office: Office, sample: Sample) -> None:
    for begins in ("01", "02", "03", "04", "05", "06"):
        outcome = assess_draft(office, sample(begins))
        assert outcome.assessment is not None
        keys = {figure.key for section in sections_of(outcome) for figure in section.figures}
        lines = [line for benefit in outcome.assessment.benefits for line in benefit.lines]
        assert {f"line:{line.expense}" for line in lines} <= keys
        payable = outcome.assessment.payable
        assert payable is not None
        total = next(
            figure for section in sections_of(outcome) for figure in section.figures if figure.key == "payable"
        )
        assert total.value == ("转办后测算" if begins == "02" else screen_text(payable))


def test_a_row_is_as_high_as_its_words_whatever_it_showed_before(
    strip: VerdictStrip, office: Office, sample: Sample, qtbot: QtBot
) -> None:
    strip.resize(strip.width(), 300)
    for name in ("01", "06", "02", "05", "01"):
        strip.show_outcome(assess_draft(office, sample(name)))
        qtbot.wait(50)
        foot = 0
        for row in strip.figures.values():
            assert row.height() >= row.layout().totalHeightForWidth(row.width()), (name, row.figure.key)
            assert row.geometry().top() >= foot, (name, row.figure.key)
            foot = row.geometry().bottom()


def test_a_redirect_shows_no_amount_as_if_it_were_the_answer(
    strip: VerdictStrip, office: Office, sample: Sample
) -> None:
    strip.show_outcome(assess_draft(office, sample("02")))
    assert strip.figures["payable"].figure.value == "转办后测算"
