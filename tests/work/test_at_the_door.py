"""What is asked at the door before anything is open."""

import sys
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import KeysDamaged, KeysGone, WrongPassword
from desktop.store.trouble import Damaged, Newer, WrongKey
from desktop.work.at_the_door import (
    is_mistyped,
    letters_of,
    make_backup_folder,
    name_lack,
    on_same_disk,
    password_lack,
    usual_backup_folder,
    wants_restoring,
    wants_the_sheet,
)
from desktop.work.door import Door, StoreGone
from tests.conftest import MORNING


@pytest.mark.parametrize(("name", "letters"), [("陈示例", "C"), ("单示例", "SD"), ("欧阳示例", "O"), ("Ada", "A")])
def test_a_name_is_chosen_by_the_letters_it_may_begin_with(name: str, letters: str) -> None:
    assert letters_of(Clerk("1", name, "clerk")) == set(letters)


@pytest.mark.parametrize("name", ["", "  ", "陈" * 21])
def test_a_name_has_to_be_there_and_to_fit(name: str) -> None:
    assert name_lack(name) is not None


def test_a_name_that_fits_lacks_nothing() -> None:
    assert name_lack(" 陈示例 ") is None


def test_a_password_is_held_against_the_role() -> None:
    assert password_lack("huanggua", "clerk") is None
    assert password_lack("huanggua", "administrator") is not None


@pytest.mark.parametrize(
    ("kind", "restoring", "sheet", "mistyped"),
    [
        (Damaged, True, False, False),
        (WrongKey, True, False, False),
        (StoreGone, True, False, False),
        (Newer, False, False, False),
        (KeysGone, False, True, False),
        (KeysDamaged, False, True, False),
        (WrongPassword, False, False, True),
        (Problem, False, False, False),
    ],
)
def test_what_helps_depends_on_what_is_wrong(kind: type[Problem], restoring: bool, sheet: bool, mistyped: bool) -> None:
    problem = kind("什么。", "怎么办。")
    assert (wants_restoring(problem), wants_the_sheet(problem), is_mistyped(problem)) == (restoring, sheet, mistyped)


def test_a_backup_folder_is_made_and_tried(tmp_path: Path) -> None:
    wanted = tmp_path / "far" / "backups"
    assert make_backup_folder(f" {wanted} ") == wanted
    assert list(wanted.iterdir()) == []


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="不能写入"):
        make_backup_folder(str(tmp_path / "file" / "backups"))
    with pytest.raises(Problem, match="不是完整的文件夹路径"):
        make_backup_folder("backups")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is a mount of its own on Linux")
def test_another_disk_is_told_from_the_stores_own(tmp_path: Path) -> None:
    door = Door(tmp_path / "cases.db", "测试", lambda: MORNING)
    assert on_same_disk(door, usual_backup_folder(door))
    assert not on_same_disk(door, Path("/proc/backups"))
