"""The sums at the foot of a sheet and the head of a table, of what has been typed so far."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.expenses import PAYMENTS
from desktop.domain.money import Money
from desktop.window.questions.sums import PARTS, costs_line, payments_line, sum_line
from desktop.window.questions.typed import show_total

SHEET: dict[str, object] = {
    "total": "80000.00",
    "in_scope": "70000.00",
    "prior_self_pay": "3000.00",
    "over_price_limit": "500.00",
    "full_self_pay": "6500.00",
    "basic_paid": "42000.00",
    "major_paid": "8000.00",
}
FEN = st.integers(min_value=0, max_value=10**11)


def test_parts_that_come_to_the_total_are_told_to() -> None:
    assert costs_line(SHEET) == ("✓ 四项合计 80\u202f000.00，与总费用一致", "good")


def test_parts_above_the_total_are_a_fault_and_by_how_much() -> None:
    assert costs_line({**SHEET, "in_scope": "70000.01"}) == ("四项合计 80\u202f000.01，比总费用多 0.01", "fault")


def test_parts_below_the_total_are_to_be_checked() -> None:
    assert costs_line({**SHEET, "full_self_pay": "6499.99"})[1] == "todo"


def test_what_the_other_parts_leave_is_full_self_pay() -> None:
    assert costs_line({**SHEET, "full_self_pay": None}) == ("全自费按其余三项推得 6\u202f500.00", "hint")


def test_an_amount_that_cannot_be_read_yet_is_left_out() -> None:
    said, role = costs_line({**SHEET, "in_scope": "7000x"})
    assert said.startswith("四项合计 10\u202f000.00")
    assert role == "hint"


def test_payments_stand_against_the_total() -> None:
    nothing = dict.fromkeys(PAYMENTS[2:], "0.00")
    assert payments_line({**SHEET, **nothing}) == ("支付合计 50\u202f000.00，个人负担 30\u202f000.00", "good")
    assert payments_line(SHEET)[0] == "支付合计 50\u202f000.00（4 项未填），个人负担 30\u202f000.00"
    assert payments_line({**SHEET, "basic_paid": "80000.00"})[1] == "fault"


@given(st.lists(FEN, min_size=4, max_size=4), FEN)
def test_the_verdict_on_a_sheet_is_that_of_its_exact_sum(parts: list[int], total: int) -> None:
    row = {key: str(Money(fen)) for key, fen in zip(PARTS, parts, strict=True)}
    _, role = costs_line({**row, "total": str(Money(total))})
    assert role == ("good" if sum(parts) == total else "fault" if sum(parts) > total else "todo")


@given(st.lists(FEN, max_size=8))
def test_the_sum_of_a_table_is_exact(amounts: list[int]) -> None:
    rows: list[dict[str, object]] = [{"amount": str(Money(fen)), "counted": True} for fen in amounts]
    assert sum_line(rows, "amount") == f"合计 {show_total(sum(amounts))}"


def test_what_does_not_count_stays_out_and_what_is_not_known_is_told() -> None:
    rows: list[dict[str, object]] = [{"amount": "1.00"}, {"amount": "2.00", "counted": False}, {"amount": "x"}]
    assert sum_line(rows, "amount") == "合计 1.00（另有 1 笔金额未定）"
