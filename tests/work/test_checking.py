"""Checking files: what is wrong fails by file and path, what a reader should know is a note."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.problems import Problem
from desktop.work.checking import Checked, check_files
from desktop.work.library import Library

Spoil = Callable[..., Path]


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoil:
    """Copies a shipped folder's policy with what stands beside it, changing the text of one of the files."""

    def copy(folder: str, name: str, old: str = "", new: str = "") -> Path:
        target = tmp_path / folder
        if not target.exists():
            shutil.copytree(paths.POLICIES / folder, target)
        path = target / name
        text = path.read_text(encoding="utf-8")
        assert old in text, "nothing to spoil"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return copy


def only(library: Library, *files: Path) -> Checked:
    return check_files(library, files)


def test_what_is_shipped_keeps_its_shape_and_the_bounds(library: Library) -> None:
    checked = only(library, *[path for path in library.files.values() if path.parent.name == "localities"])
    assert checked.failures == ()
    assert len(checked.lines) == len(library.localities)


def test_a_policy_s_line_counts_its_gists_scenarios_and_localities(library: Library) -> None:
    checked = only(library, library.files["guizhou-2022-19"])
    (line,) = checked.lines
    assert line.startswith("2022-19.toml：guizhou-2022-19 格式通过，31 条要旨，")
    assert line.endswith(" 个场景通过，适用地区 1 个")
    assert checked.failures == ()


def test_the_lines_far_below_the_national_ones_are_notes_and_no_failure(library: Library) -> None:
    checked = only(library, library.files["guizhou-2022-19"])
    assert len(checked.notes) == 2
    assert all(note.startswith("提示 guizhou-2022-19 · guizhou-sample：") for note in checked.notes)
    assert "1,709.80 元" in checked.notes[0] and "4,774.50 元" in checked.notes[1]


def test_a_policy_and_its_locality_are_compared_once(library: Library) -> None:
    both = (library.files["guizhou-2022-19"], library.files["guizhou-sample"])
    assert only(library, *both).notes == only(library, both[0]).notes == only(library, both[1]).notes


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("2022-19.toml", "points_off = 0.10", 'points_off = "0.10"', "not_referred.points_off: "),
        ("2022-19.toml", 'under = ["cn-2021-42"]', 'under = ["cn-2012-42"]', "under: 没有名为「cn-2012-42」的上级文件。"),
        ("2022-19.toml", "share = 0.70", "share = 0.69", "自付一万元："),
        ("2022-19.toml", "share = 0.70", "share = 0.69", "guizhou-sample: 低保对象的住院救助比例（"),
        ("clauses.toml", 'handled = "computed"', 'handled = "forgotten"', "clauses.toml: clauses[0].handled: "),
        ("scenarios.toml", "[defaults]", "[defaults]\ncolour = 1", "scenarios.toml: defaults.colour: "),
        ("scenarios.toml", 'locality = "guizhou-sample"', 'locality = "nowhere"', "scenarios.toml: locality: "),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_policy_fails_by_file_and_path(
    library: Library, spoilt: Spoil, name: str, old: str, new: str, told: str
) -> None:
    spoilt("guizhou", name, old, new)
    file = spoilt("guizhou", "2022-19.toml")
    checked = only(library, file)
    assert any(failure.startswith(f"{file}: {told}") for failure in checked.failures), checked.failures
    assert checked.lines[0].endswith("未通过")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("amount = 380", 'amount = "380"', "premium[1].amount: "),
        ("dibao_marginal_multiple = 1.5", "dibao_marginal_multipel = 1.5", "values.dibao_marginal_multipel: "),
        ("dibao_marginal_multiple = 1.5", "tilt = 0.5", "values.tilt: "),
        ('policy = "guizhou-2022-19"', 'policy = "guizhou-1999"', "policy: 没有名为「guizhou-1999」的政策。"),
    ],
)
def test_what_is_wrong_with_a_locality_fails_by_file_and_path(
    library: Library, spoilt: Spoil, old: str, new: str, told: str
) -> None:
    file = spoilt("localities", "guizhou-sample.toml", old, new)
    checked = only(library, file)
    assert [failure for failure in checked.failures if failure.startswith(f"{file}: {told}")]
    assert checked.lines[0].endswith("未通过")


def test_a_locality_s_value_beyond_a_bound_fails(library: Library, spoilt: Spoil) -> None:
    file = spoilt("localities", "handan.toml", "ratio_marginal = 0.67", "ratio_marginal = 0.66")
    (failure,) = only(library, file).failures
    assert failure.startswith(f"{file}: handan: 低保边缘家庭成员的住院救助比例")
    assert "比低保对象低 4 个百分点" in failure and "H-05" in failure
    outpatient = spoilt("localities", "handan.toml", "ratio_dibao_outpatient = 0.70", "ratio_dibao_outpatient = 0.60")
    checked = only(library, outpatient)
    assert len(checked.failures) == 1, "other kinds are notes"
    assert [note for note in checked.notes if "低保对象的门诊慢特病救助比例" in note]


def test_files_that_are_named_together_know_one_another(library: Library, spoilt: Spoil) -> None:
    law = spoilt("guizhou", "2022-19.toml", 'id = "guizhou-2022-19"', 'id = "guizhou-2026-1"')
    spoilt("guizhou", "scenarios.toml", 'locality = "guizhou-sample"', 'locality = "new-county"')
    numbers = spoilt("localities", "guizhou-sample.toml", 'policy = "guizhou-2022-19"', 'policy = "guizhou-2026-1"')
    spoilt("localities", "guizhou-sample.toml", 'id = "guizhou-sample"', 'id = "new-county"')
    assert only(library, law).failures != (), "its locality is not known"
    checked = only(library, law, numbers)
    assert checked.failures == ()
    assert [note.partition("：")[0] for note in checked.notes] == ["提示 guizhou-2026-1 · new-county"] * 2


def test_a_version_whose_scenarios_are_all_another_s_says_so(library: Library, spoilt: Spoil) -> None:
    version = spoilt("guizhou", "2022-19.toml", 'id = "guizhou-2022-19"', 'id = "guizhou-2026-1"')
    (line,) = only(library, version).lines
    assert "旁边的场景所用的地区都不适用本政策" in line


def test_what_stands_beside_a_policy_is_checked_with_it(library: Library) -> None:
    with pytest.raises(Problem, match=r"clauses.toml 随政策文件一起检查。"):
        only(library, paths.POLICIES / "guizhou" / "clauses.toml")


def test_two_documents_above_one_another_fail(library: Library) -> None:
    national = replace(library.policies["cn-2021-42"], under=("guizhou-2022-19",))
    turned = replace(library, policies={**library.policies, "cn-2021-42": national})
    (failure,) = only(turned, library.files["guizhou-2022-19"]).failures
    assert failure.endswith("under: 「cn-2021-42」又以本政策为上级文件。请更正两份文件的 under。")
