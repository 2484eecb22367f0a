"""The intake where another document applies: it asks what that document asks, and nothing more."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from desktop.window.answers.choices import CodeField
from desktop.window.intake.case_page import CasePage
from desktop.window.playing.clerk import answer

Open = Callable[[dict[str, object]], CasePage]


def draft(locality: str) -> dict[str, object]:
    """A 低保 holder with a bill for a long-term illness."""
    bill = {
        "id": "e1",
        "patient": "p1",
        "kind": "outpatient_chronic",
        "provider": "示例县人民医院",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "one_stop": False,
        "settled_on": "2024-04-02",
        **dict.fromkeys(("total", "in_scope"), "1000.00"),
        **dict.fromkeys(("basic_paid", "major_paid", "prior_self_pay", "over_price_limit", "assistance_paid"), "0.00"),
    }
    member = {
        "id": "p1",
        "name": "样本一",
        "birth_date": "1970-01-01",
        "relation": "self",
        "counted": True,
        "identities": [{"kind": "dibao", "since": "2020-01-01"}],
        "insurance": [{"year": 2024, "scheme": "resident"}],
    }
    return {
        "format": "yimen-case/1",
        "locality": locality,
        "matter": "assistance",
        "applied_on": "2024-05-20",
        "patient": "p1",
        "household": {"residence": "rural", "members": [member]},
        "expenses": [bill],
    }


@pytest.mark.parametrize(("locality", "asked"), [("pingshun-sample", True), ("guizhou-sample", False)])
def test_the_class_of_a_long_term_illness_is_asked_where_the_policy_asks(
    opened: Open, locality: str, *, asked: bool
) -> None:
    page = opened(draft(locality))
    page.go_to("expenses")
    QApplication.processEvents()
    # A field that is not asked is not shown: the page gives what stands there in its place.
    found = page.field("expenses[0].chronic_class")
    assert found is not None
    assert (found.objectName() == "expenses[0].chronic_class") is asked


def test_what_is_paid_at_the_years_end_says_so(opened: Open) -> None:
    page = opened(draft("pingshun-sample"))
    page.go_to("expenses")
    QApplication.processEvents()
    assert page.outcome.assessment is not None
    assert "expenses[0].chronic_class" in {one.path for one in page.outcome.assessment.missing}
    field = page.field("expenses[0].chronic_class")
    assert isinstance(field, CodeField)
    answer(field, 2)
    page.assess()
    assert page.outcome.assessment is not None
    line = page.outcome.assessment.line("e1")
    assert line is not None
    assert (str(line.payable), line.paid_at_year_end) == ("300.00", True)
    assert "年底" in page.strip.figures["line:e1"].figure.more
