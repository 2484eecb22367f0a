"""The library reads every file, and tells the faults of all of them at once."""

import re
import shutil
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.problems import Refused
from desktop.work.library import Library, load_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped policies in a folder of their own, to be spoiled."""
    shutil.copytree(paths.POLICIES, tmp_path / "policies")
    return tmp_path / "policies"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, "nothing to spoil"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        load_library(folder)
    assert all(fault.what and fault.remedy for fault in refused.value.faults)
    return [fault.path for fault in refused.value.faults]


def test_the_faults_of_every_file_are_told_at_once(folder: Path) -> None:
    change(folder / "guizhou" / "2022-19.toml", "points_off = 0.10", "points_off = 10")
    change(folder / "pingshun" / "clauses.toml", 'handled = "computed"', 'handled = "lost"')
    change(folder / "localities" / "handan.toml", "verified = false", 'verified = "no"')
    (folder / "localities" / "xingtai.toml").write_text("this is no TOML", encoding="utf-8")
    (folder / "localities" / "suqian.toml").write_bytes(b"\xff\xfe")
    assert [re.sub(r"\[\d+\]", "[…]", fault) for fault in faults_of(folder)] == [
        "guizhou/2022-19.toml: not_referred.points_off",
        "pingshun/clauses.toml: clauses[…].handled",
        "localities/handan.toml: verified",
        "localities/suqian.toml",
        "localities/xingtai.toml",
    ]


@pytest.mark.parametrize(
    ("copied", "copy"),
    [("guizhou/2022-19.toml", "guizhou/2026-1.toml"), ("localities/handan.toml", "localities/handan-2.toml")],
)
def test_an_id_names_one_file(folder: Path, copied: str, copy: str) -> None:
    shutil.copy(folder / copied, folder / copy)
    assert len(faults_of(folder)) == 1


def test_a_locality_may_not_take_a_policy_s_id(folder: Path) -> None:
    change(folder / "localities" / "handan.toml", 'id = "handan"', 'id = "guizhou-2022-19"')
    assert faults_of(folder) == ["localities/handan.toml: id"]


def test_a_document_above_that_is_not_here_does_not_keep_the_window_shut(folder: Path) -> None:
    shutil.rmtree(folder / "national")
    (folder / "localities" / "example-pooling-area.toml").unlink()
    assert "cn-2021-42" not in load_library(folder).policies


def test_a_value_that_nothing_can_be_computed_by_is_refused(folder: Path, library: Library) -> None:
    # 80 for 80 %: a bill of 50 yuan would be paid with 4 000.
    change(folder / "localities" / "suqian.toml", "ratio_class_1 = 0.80", "ratio_class_1 = 80")
    assert faults_of(folder) == ["localities/suqian.toml: values.ratio_class_1"]
    with pytest.raises(Refused) as refused:
        library.with_locality(folder / "localities" / "suqian.toml")
    assert [fault.path for fault in refused.value.faults] == ["values.ratio_class_1"]


def test_a_value_that_the_policy_does_not_ask_for_changes_nothing(folder: Path) -> None:
    with (folder / "localities" / "pingshun-sample.toml").open("a", encoding="utf-8") as file:
        file.write("\n[values]\ndibao_marginal_multiple = 1.5\n")
    assert "dibao_marginal_multiple" in load_library(folder).localities["pingshun-sample"].values
