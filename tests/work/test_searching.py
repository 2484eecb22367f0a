"""Cases listed page by page, and found by whatever is remembered of them; lists show no whole identity number."""

from collections.abc import Callable

from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.notices import issue_notice
from desktop.work.office import Office
from desktop.work.searching import Page, case_page, count_cases, find_cases, page_of

Sample = Callable[[str], dict[str, object]]


def take_in(office: Office, draft: dict[str, object]) -> str:
    case_id = new_case(office, str(draft["matter"])).id
    save_case(office, case_id, draft, {})
    return case_id


def test_the_list_goes_on_page_by_page_with_what_was_touched_last_first(office: Office, sample: Sample) -> None:
    ids = [new_case(office, "assistance").id for _ in range(7)]
    save_case(office, ids[2], sample("01"), {})
    seen, page = [], page_of(office, "", 3)
    while True:
        seen.append([row.id for row in page.rows])
        if page.more is None:
            break
        page = page_of(office, "", 3, page.more)
    assert seen == [[ids[2], ids[6], ids[5]], [ids[4], ids[3], ids[1]], [ids[0]]]
    assert count_cases(office) == 7


def test_a_last_page_that_is_full_is_followed_by_an_empty_one(office: Office) -> None:
    for _ in range(2):
        new_case(office, "assistance")
    page = case_page(office, size=2)
    assert page.more is not None
    assert page_of(office, "", 2, page.more) == Page((), None)


def test_a_case_is_found_as_soon_as_it_is_saved(office: Office, sample: Sample) -> None:
    case_id = take_in(office, sample("01"))
    new_case(office, "assistance")
    for words in ("王示", "wsl", "2014", "新寨", "xzc", "王 新寨"):
        assert [row.id for row in find_cases(office, words).rows] == [case_id], words
    assert find_cases(office, "张").rows == ()
    assert page_of(office, "王示", 50) == find_cases(office, "王示")


def test_a_case_is_found_by_its_number_as_soon_as_it_is_accepted(office: Office, sample: Sample) -> None:
    case_id = take_in(office, sample("01"))
    accept_case(office, case_id)
    assert [row.case_no for row in find_cases(office, "2024-1").rows] == ["2024-0001"]


def test_a_row_shows_the_tail_of_the_number_and_nothing_more_of_it(office: Office, sample: Sample) -> None:
    take_in(office, sample("01"))
    (row,) = find_cases(office, "520199197203152014").rows
    assert row.id_tail == "2014"
    assert "19720315" not in repr(row)


def test_a_row_says_what_was_met_where_it_was_not_the_applicant(office: Office, sample: Sample) -> None:
    take_in(office, sample("01"))
    assert [find_cases(office, words).rows[0].met_by for words in ("王示例", "新寨", "2014")] == ["", "", ""]
    assert find_cases(office, "李示范").rows[0].met_by == "成员 李示范"
    assert find_cases(office, "08500000001").rows[0].met_by == "联系电话"
    assert all(row.met_by == "" for row in case_page(office).rows)


def test_looking_at_a_case_or_printing_it_keeps_it_found(office: Office, sample: Sample) -> None:
    case_id = take_in(office, sample("01"))
    open_case(office, case_id)
    issue_notice(office, case_id, "receipt")
    assert [row.id for row in find_cases(office, "2024-0001 王").rows] == [case_id]
