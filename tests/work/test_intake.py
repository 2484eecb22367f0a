"""Cases begun, saved as typed, accepted once, found again."""

from collections.abc import Callable

import pytest

from desktop.domain.problems import Problem, Refused
from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.office import Office
from desktop.work.searching import case_page

Sample = Callable[[str], dict[str, object]]


def test_a_new_case_is_on_disk_with_its_applicant_and_today(office: Office) -> None:
    begun = new_case(office, "illness_poverty")
    kept = open_case(office, begun.id)
    assert kept.draft["applied_on"] == "2024-05-28"
    assert kept.draft["patient"] == "p1"
    assert [row.id for row in case_page(office).rows] == [begun.id]


def test_what_was_typed_stays_even_where_it_cannot_be_read(office: Office) -> None:
    begun = new_case(office, "assistance")
    typed = {**begun.draft, "applied_on": "2024-02-30", "expenses": [{"id": "e1", "in_scope": "12,3x"}]}
    save_case(office, begun.id, typed, {"id_card": "received"})
    kept = open_case(office, begun.id)
    known = {name: value for name, value in typed.items() if value is not None}
    assert kept.draft == {**known, "case_no": None}, "what is not known is left out"
    assert kept.papers == {"id_card": "received"}


def test_a_case_is_accepted_once_and_saving_again_keeps_its_number(office: Office, sample: Sample) -> None:
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, sample("01"), {})
    assert accept_case(office, begun.id) == "2024-0001"
    assert accept_case(office, begun.id) == "2024-0001"
    save_case(office, begun.id, sample("01"), {})
    assert open_case(office, begun.id).draft["case_no"] == "2024-0001"
    assert [row.case_no for row in case_page(office).rows] == ["2024-0001"]


def test_a_case_with_faults_is_not_accepted_and_uses_up_no_number(office: Office, sample: Sample) -> None:
    broken = new_case(office, "illness_poverty")
    save_case(office, broken.id, {**sample("01"), "applied_on": "2024-13-01"}, {})
    with pytest.raises(Refused) as refused:
        accept_case(office, broken.id)
    assert [fault.path for fault in refused.value.faults] == ["applied_on"]
    good = new_case(office, "illness_poverty")
    save_case(office, good.id, sample("01"), {})
    assert accept_case(office, good.id) == "2024-0001"


def test_the_list_shows_what_the_case_comes_to(office: Office, sample: Sample) -> None:
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, sample("01"), {})
    (row,) = case_page(office).rows
    assert (row.verdict, row.payable) == ("eligible", "10750.00")
    assert row.id_tail == "2014"


def test_a_case_that_is_not_there_is_told_in_words(office: Office) -> None:
    with pytest.raises(Problem, match="没有这个案卷"):
        open_case(office, "nobody")
