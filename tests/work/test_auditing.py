"""The check in words: every kind of finding has a sentence that says where, and what to do."""

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from desktop.domain.problems import Problem
from desktop.store import checking, checks
from desktop.store.chain import Stamp
from desktop.store.checking import CheckReport
from desktop.store.checks.findings import Finding, Progress
from desktop.work.auditing import KINDS, PARTS, WORDS, audit, in_words, progress_words, trouble_of
from desktop.work.intake import new_case, open_case, save_case
from desktop.work.office import Office

Sample = Callable[[str], dict[str, object]]
ROOM = Path(checks.__file__).parent
SOURCES = [*ROOM.glob("*.py"), Path(checking.__file__)]
STAMP = Stamp("01HYZ3K8W6J5T4QWERTY0007K2", 12, 7, "2024-05-28T09:41:00+08:00", "chen", "c1", "edit", "household.phone")


def test_every_kind_of_finding_has_its_words() -> None:
    found = {name for path in SOURCES for name in re.findall(r'Finding\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert found == set(WORDS)


def test_every_part_of_the_check_has_a_name() -> None:
    begun = {
        name for path in SOURCES for name in re.findall(r'watch\.begin\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert begun == set(PARTS)


@pytest.mark.parametrize("what", WORDS)
def test_a_finding_is_told_with_its_place_and_what_to_do(what: str) -> None:
    told = trouble_of(Finding(what, "2024-0003", STAMP, 4, 6))
    asked = {name for _, name, _, _ in Formatter().parse(WORDS[what][0]) if name}
    shown = {
        "place": "2024-0003",
        "first": "4",
        "last": "6",
        "entry": "窗口 07K2 第 12 条记录（2024-05-28 09:41 修改）",
    }
    assert [words for name, words in shown.items() if name in asked and words not in told.what] == []
    assert "请" in told.remedy
    assert told.what.endswith("。")


def test_what_was_told_by_the_tail_or_a_batch_is_named() -> None:
    assert "从存盘副本之前起" in trouble_of(Finding("rewritten", "tail", STAMP)).what
    assert "从 批2024-0001 之前起" in trouble_of(Finding("rewritten", "批2024-0001", STAMP)).what


def test_every_kind_of_entry_that_the_program_writes_has_a_word() -> None:
    sources = [*ROOM.parents[1].glob("store/*.py"), *ROOM.parents[1].glob("work/*.py")]
    written = {name for path in sources for name in re.findall(r'Note\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert written - set(KINDS) == set()
    assert {"begun", "numbered", "sealed", "signed_in"} <= written


def test_what_was_looked_at_is_said_with_the_sample(office: Office, sample: Sample) -> None:
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, sample("01"), {})
    open_case(office, begun.id)
    found = audit(office.kept)
    assert (found.sound, found.troubles) == (True, ())
    assert "1 个案卷、0 份封存的测算、0 份文书。" in found.looked_at
    sampled = in_words(CheckReport((), 0, {"cases": 20_000, "known": 12_000}))
    assert "20000 个案卷（其中 12000 个核对了检索登记）" in sampled.looked_at


def test_whoever_waits_is_told_how_far_it_is_and_may_stop(office: Office) -> None:
    told: list[str] = []

    def until_the_entries(far: str) -> bool:
        told.append(far)
        return "工作记录" not in far

    with pytest.raises(Problem, match="没有结论"):
        audit(office.kept, until_the_entries)
    assert told == ["正在检查文件", "正在检查数据库结构", "正在检查工作记录"]
    assert progress_words(Progress("cases", 400, 1000)) == "正在检查案卷（400/1000）"


def test_a_case_that_was_changed_outside_is_told_by_its_number(office: Office) -> None:
    begun = new_case(office, "assistance")
    office.kept.db.execute("UPDATE cases SET draft = '{}'")
    office.kept.db.conn.commit()
    (trouble,) = [one for one in audit(office.kept).troubles if "与工作记录不符" in one.what]
    assert begun.id in trouble.what
    assert "请打开核对" in trouble.remedy
