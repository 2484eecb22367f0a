"""The commands that prove policy files: check, coverage and mutate, what they print, where, and their exit codes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.main import main
from desktop.policy.proof import mutation
from desktop.policy.proof.mutants import Mutant


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


GUIZHOU = paths.POLICIES / "guizhou" / "2022-19.toml"


def test_check_prints_notes_and_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", str(GUIZHOU)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert lines[0].startswith("2022-19.toml：guizhou-2022-19 ")
    assert [line for line in lines if line.startswith("提示 ")] == lines[1:]
    assert "1,000.00 元" in told.out and "2,709.80 元左右" in told.out


def test_check_fails_where_a_bound_is_breached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "handan.toml"
    text = (paths.POLICIES / "localities" / "handan.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("ratio_dibao = 0.70", "ratio_dibao = 0.69"), encoding="utf-8")
    assert main(["policy", "check", str(file)]) == 1
    told = capsys.readouterr()
    assert "要求不低于 70%，低 1 个百分点" in told.err
    assert told.out.splitlines()[0].endswith("未通过")


def test_coverage_lists_every_clause_with_where_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "coverage", "guizhou-2022-19"]) == 0
    told = capsys.readouterr()
    *rows, count = told.out.splitlines()
    assert [row.split()[0] for row in rows] == [f"G-{number:02}" for number in range(31)]
    (line,) = [row for row in rows if row.startswith("G-23 ")]
    assert line.startswith("G-23  四（二）  计算  ") and line.endswith("  → not_referred")
    assert count.startswith("共 31 条：计算 ") and count.endswith("；不一致 0 处。")
    assert told.err == ""


def test_coverage_fails_where_a_clause_is_not_handled_as_it_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(paths.POLICIES, folder)
    clauses = folder / "guizhou" / "clauses.toml"
    text = clauses.read_text(encoding="utf-8")
    clauses.write_text(text.replace('id = "G-23"', 'id = "G-99"'), encoding="utf-8")
    monkeypatch.setattr(paths, "POLICIES", folder)
    assert main(["policy", "coverage"]) == 1
    told = capsys.readouterr()
    assert "G-99：写明由程序计算，却没有按它计算的数值。" in told.err
    assert "G-23：guizhou-2022-19 not_referred 引用了它，clauses.toml 中没有它的要旨。" in told.err
    assert told.out.splitlines()[-1].endswith("；不一致 2 处。")
    assert main(["policy", "coverage", "pingshun-2023"]) == 0


@pytest.mark.parametrize("command", ["coverage", "mutate"])
def test_a_policy_that_is_not_here_names_those_that_are(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", command, "nowhere"]) == 2
    assert "guizhou-2022-19" in capsys.readouterr().err


def test_mutate_prints_what_nobody_notices_and_the_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "mutate", "guizhou-2022-19"]) == 0
    told = capsys.readouterr()
    *survivors, count = told.out.splitlines()
    assert all(" → " in line for line in survivors)
    assert count.partition(" 处改动，场景发现 ")[0].isdigit()
    assert told.err == "", "no progress where nobody watches"


def test_mutate_fails_where_too_little_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(paths.POLICIES, folder)
    book = folder / "guizhou" / "scenarios.toml"
    head, *scenarios = book.read_text(encoding="utf-8").split("[[scenarios]]")
    book.write_text("[[scenarios]]".join([head, *scenarios[:3]]), encoding="utf-8")
    monkeypatch.setattr(paths, "POLICIES", folder)
    assert main(["policy", "mutate", "guizhou-2022-19"]) == 1
    assert "，应不低于 95%；" in capsys.readouterr().out.splitlines()[-1]
    book.unlink()
    assert main(["policy", "mutate", "guizhou-2022-19"]) == 2
    assert "没有场景" in capsys.readouterr().err


def test_mutate_that_is_cancelled_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> Iterator[mutation.Tried]:
        yield mutation.Tried(Mutant("in_force.from", "1", "2", {}), "survived")
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.work.proving.try_mutants", interrupted)
    assert main(["policy", "mutate", "guizhou-2022-19"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "已取消：试过 1/" in told.err


def test_show_tells_every_value_with_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "show", "pingshun-2023"]) == 0
    told = capsys.readouterr().out
    assert "    inpatient: 〔第十四条（二） P-11〕" in told.splitlines()
    assert "cap: 〔第十四条（二） P-11〕" in told
    assert "Source(" not in told and "None" not in told and "_ranks" not in told
