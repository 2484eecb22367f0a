"""Notices and batches leave numbered, sealed and whole, or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.batches.outgoing import read_back
from desktop.domain.problems import Problem, Refused
from desktop.work.batching import export_batch, last_sent, unsent_cases
from desktop.work.intake import accept_case, new_case, open_case, save_case
from desktop.work.notices import issue_notice, issued_notices, preview_notice
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]


@pytest.fixture
def kept(office: Office, sample: Sample) -> Callable[[str], str]:
    def keep(begins: str) -> str:
        begun = new_case(office, "illness_poverty")
        save_case(office, begun.id, sample(begins), {})
        return begun.id

    return keep


def test_a_preview_takes_no_number_and_an_issue_takes_the_next(office: Office, kept: Callable[[str], str]) -> None:
    case_id = kept("01")
    assert preview_notice(office, case_id, "receipt").number == "（未编号）"
    assert open_case(office, case_id).draft["case_no"] is None
    assert [issue_notice(office, case_id, "receipt").number for _ in range(2)] == ["受2024-0001", "受2024-0002"]
    assert issue_notice(office, case_id, "calculation").number == "测2024-0001"
    assert open_case(office, case_id).draft["case_no"] == "2024-0001"


def test_an_issued_notice_is_kept_as_printed_with_the_assessment_it_tells_of(
    office: Office, kept: Callable[[str], str]
) -> None:
    case_id = kept("01")
    issued = issue_notice(office, case_id, "calculation")
    pdf, result, policy_print = office.kept.db.execute(
        "SELECT pdf, result, policy_print FROM notices JOIN assessments ON assessments.id = assessment WHERE number = ?",
        (issued.number,),
    ).fetchone()
    assert pdf == issued.pdf
    assert json.loads(result)["benefits"][0]["payable"] == "10750.00"
    assert policy_print == office.library.fingerprints["guizhou-2022-19"]


def test_what_was_issued_is_there_when_the_case_is_opened_again(office: Office, kept: Callable[[str], str]) -> None:
    case_id = kept("01")
    assert issued_notices(office, case_id) == {}
    issue_notice(office, case_id, "receipt")
    again = issue_notice(office, case_id, "receipt")
    assert issued_notices(office, case_id) == {"receipt": again}
    assert issued_notices(office, kept("06")) == {}


def test_a_notice_without_its_facts_is_refused_and_uses_up_no_number(
    office: Office, kept: Callable[[str], str]
) -> None:
    case_id = kept("01")
    nobody = {"members": [{"id": "p1", "relation": "self", "counted": True, "identities": []}]}
    nameless = {**open_case(office, case_id).draft, "household": nobody, "expenses": []}
    save_case(office, case_id, nameless, {})
    with pytest.raises(Refused) as refused:
        issue_notice(office, case_id, "receipt")
    assert any("name" in fault.path for fault in refused.value.faults)
    assert issue_notice(office, kept("01"), "receipt").number == "受2024-0001"


def test_a_batch_takes_what_waits_and_the_next_takes_what_came_since(
    office: Office, kept: Callable[[str], str], tmp_path: Path
) -> None:
    first, second = kept("01"), kept("06")
    accept_case(office, first)
    sent = export_batch(office, (), tmp_path)
    assert (sent.number, sent.sequence, sent.cases) == ("批2024-0001", 1, 1)
    assert sent.path == tmp_path / "批2024-0001.xlsx"
    assert str(sent.total) == "10750.00"
    assert read_back(sent.path)
    accept_case(office, second)
    assert [row.id for row in unsent_cases(office)] == [second]
    assert export_batch(office, (), tmp_path).sequence == 2
    with pytest.raises(Problem, match="没有可以上报的案件"):
        export_batch(office, (), tmp_path)


def test_a_batch_that_cannot_be_written_is_not_sent(office: Office, kept: Callable[[str], str], tmp_path: Path) -> None:
    accept_case(office, kept("01"))
    with pytest.raises(Problem):
        export_batch(office, (), tmp_path / "nowhere" / "batch.xlsx")
    assert last_sent(office) is None
    assert export_batch(office, (), tmp_path).number == "批2024-0001"


def test_a_case_id_that_is_not_there_sends_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="没有这个案卷"):
        export_batch(office, ("nobody",), tmp_path)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_letterhead_that_is_not_set_names_the_locality(office: Office, kept: Callable[[str], str]) -> None:
    from desktop.work.office import Letterhead

    bare = replace(office, letterhead=Letterhead())
    assert preview_notice(bare, kept("01"), "receipt").pdf.startswith(b"%PDF")
