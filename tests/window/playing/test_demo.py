"""The demo: a clerk's job through the real window; it is a test, and fails where the window does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.reading import read_case
from desktop.window.playing.clerk import Unexpected, widget_named
from desktop.window.playing.demo import play
from desktop.window.playing.played import apart, as_asked, without_ids
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]


def test_a_sample_is_typed_in_issued_and_sent(office: Office, sample: Sample, tmp_path: Path) -> None:
    play(office, [sample("01")], tmp_path)
    assert {path.name for path in (tmp_path / "notices").iterdir()} == {"1-receipt.pdf", "1-calculation.pdf"}
    assert [path.suffix for path in (tmp_path / "batch").iterdir()] == [".xlsx"]
    shown = {path.stem.partition("-")[2] for path in (tmp_path / "screenshots").iterdir()}
    assert shown >= {"1-household", "1-expenses", "1-faults", "1-drawer", "1-preview-receipt", "0-batch", "0-dark"}


def test_an_answer_that_is_not_kept_as_it_was_typed_fails_it(office: Office, sample: Sample, tmp_path: Path) -> None:
    with pytest.raises(Unexpected, match="applied_on: the draft did not take"):
        play(office, [sample("01") | {"applied_on": "2024.5.20"}], tmp_path)
    assert (tmp_path / "screenshots" / "broken.png").exists()


def test_two_cases_are_the_same_whatever_their_ids(sample: Sample) -> None:
    case = read_case(sample("01"))
    other = read_case(_renamed(sample("01")))
    assert case != other
    assert without_ids(case) == without_ids(other)


def test_where_two_cases_differ_is_told_by_path_without_values(sample: Sample) -> None:
    draft = sample("01")
    draft["applied_on"] = "2024-05-21"
    assert apart(read_case(draft), read_case(sample("01"))) == "applied_on"


def test_answers_that_are_not_asked_for_are_not_compared(sample: Sample) -> None:
    draft = sample("06")
    expenses = as_asked(draft)["expenses"]
    assert isinstance(expenses, list)
    assert draft["matter"] == "assistance"
    assert expenses[0]["emergency_rescue"] is None  # asked only where the provider has no contract
    assert expenses[0]["total"] is not None


def test_a_widget_that_is_not_on_screen_is_said_by_name() -> None:
    with pytest.raises(Unexpected, match=r"no\.such\.field"):
        widget_named("no.such.field")


def _renamed(draft: dict[str, object]) -> dict[str, object]:
    """The same case with other ids."""
    import json

    renamed = json.loads(json.dumps(draft).replace('"p1"', '"a"').replace('"p2"', '"b"').replace('"e1"', '"x"'))
    assert isinstance(renamed, dict)
    return renamed
