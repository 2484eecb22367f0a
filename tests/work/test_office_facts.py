"""What the office says of itself: in the store, by who may, and the machine's where the store states nothing."""

from dataclasses import replace

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem, Refused
from desktop.store.journal import entries_of_kind
from desktop.work.office import Letterhead, Office
from desktop.work.office_facts import OfficeFacts, change_facts, lock_minutes, office_facts, with_facts

USUAL = OfficeFacts(Letterhead("机器上的单位", "机器上的地址"), "guizhou-sample")
STATED = OfficeFacts(Letterhead("示例乡社会救助窗口", "", "0850-0000000"), "pingshun-2023", "{年}-{序号:5}", 5)


@pytest.fixture
def stated(office: Office) -> OfficeFacts:
    """Facts of a locality that is in the library."""
    other = next(name for name in office.library.localities if name != office.locality)
    return replace(STATED, locality=other)


def test_a_store_that_states_nothing_leaves_it_to_the_machine(office: Office) -> None:
    assert office_facts(office.kept, USUAL) == USUAL
    assert lock_minutes(office.kept) == 10


def test_what_is_stated_comes_back_and_an_empty_line_is_stated_too(office: Office, stated: OfficeFacts) -> None:
    changed = change_facts(office, stated)
    assert office_facts(office.kept, USUAL) == stated
    assert (changed.letterhead, changed.locality) == (stated.letterhead, stated.locality)
    assert changed.case_numbers.written(2024, 7) == "2024-00007"
    assert lock_minutes(office.kept) == 5


def test_each_change_is_in_the_journal_once(office: Office, stated: OfficeFacts) -> None:
    change_facts(office, stated)
    before = len(entries_of_kind(office.kept, "fact"))
    change_facts(office, stated)
    assert len(entries_of_kind(office.kept, "fact")) == before
    change_facts(office, replace(stated, lock_minutes=20))
    last = entries_of_kind(office.kept, "fact")[-1]
    assert (last.path, last.old, last.new) == ("lock_minutes", 5, 20)


def test_only_an_administrator_changes_them(office: Office, stated: OfficeFacts) -> None:
    clerk = replace(office, who=lambda: Clerk("li", "李示例", "clerk"))
    with pytest.raises(Problem, match="管理员"):
        change_facts(clerk, stated)
    assert office_facts(office.kept, USUAL) == USUAL


def test_a_locality_that_is_not_here_is_refused(office: Office, stated: OfficeFacts) -> None:
    with pytest.raises(Refused):
        change_facts(office, replace(stated, locality="nowhere"))
    with pytest.raises(Problem):
        change_facts(office, replace(stated, case_numbers="没有序号"))
    assert office_facts(office.kept, USUAL) == USUAL


def test_an_office_takes_its_facts_on(office: Office, stated: OfficeFacts) -> None:
    assert with_facts(office, stated).letterhead.office == "示例乡社会救助窗口"
