"""The commands: what they print, where, and their exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import paths
from desktop.main import main

SAMPLES = sorted(paths.SAMPLES.glob("*.json"))
Sample = Callable[[str], dict[str, object]]


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def spoiled(tmp_path: Path, sample: Sample) -> Callable[..., Path]:
    """Writes a sample case file with something changed."""

    def write(**changes: object) -> Path:
        path = tmp_path / "spoiled.json"
        path.write_text(json.dumps({**sample("01"), **changes}, ensure_ascii=False, default=str), encoding="utf-8")
        return path

    return write


def test_assess_prints_one_json_line_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *map(str, SAMPLES), "--json", "--on", "2024-05-28"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(SAMPLES) == 6
    assert {line["format"] for line in lines} == {"yimen-assessment/1"}
    assert {line["assessed_on"] for line in lines} == {"2024-05-28"}
    assert lines[0]["benefits"][0]["payable"] == "10750.00"


def test_assess_prints_the_same_bytes_twice(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for _ in range(2):
        main(["assess", str(SAMPLES[0]), "--json", "--on", "2024-05-28"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_assess_in_chinese_cites_the_clause_of_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(SAMPLES[0])]) == 0
    told = capsys.readouterr().out
    assert "可认定" in told
    assert "10,750.00 元  三（一）、四（一）" in told


def test_every_fault_of_every_file_is_told_and_nothing_is_computed(
    capsys: pytest.CaptureFixture[str], spoiled: Callable[..., Path]
) -> None:
    bad = spoiled(applied_on="2024-02-30", matter="charity", wish="none")
    assert main(["assess", str(SAMPLES[0]), str(bad), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    paths_told = {line.removeprefix(f"{bad}: ").split(":")[0] for line in told.err.splitlines()}
    assert paths_told == {"applied_on", "matter", "wish"}


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"no json at all", "文件"),
        (b"\xff\xfe\x00", "文件"),
        (b"[" * 100_000, "文件"),
        (b"[]", "文件"),
        (b'{"format": "yimen-case/9"}', "format"),
        (b'{"format": "yimen-case/1", "format": "yimen-case/1"}', "文件"),
        (b'{"format": "yimen-case/1", "case_no": NaN}', "文件"),
    ],
)
def test_what_is_no_case_file_is_refused_in_one_line(
    content: bytes, path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(content)
    assert main(["assess", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[0].startswith(f"{file}: {path}: ")


def test_an_unknown_locality_names_those_that_are_here(
    capsys: pytest.CaptureFixture[str], spoiled: Callable[..., Path]
) -> None:
    assert main(["assess", str(spoiled(locality="nowhere"))]) == 2
    told = capsys.readouterr().err
    assert "locality: " in told
    assert "guizhou-sample" in told


def test_a_locality_file_overrides_the_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = (paths.POLICIES / "localities" / "guizhou-sample.toml").read_text(encoding="utf-8")
    stricter = tmp_path / "stricter.toml"
    stricter.write_text(
        shipped.replace("rural = 480", "rural = 100").replace("guizhou-sample", "stricter"), encoding="utf-8"
    )
    assert main(["assess", str(SAMPLES[0]), "--locality", str(stricter), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["locality"], told["identification"]["verdict"]) == ("stricter", "ineligible")
    stricter.write_text("id = 3", encoding="utf-8")
    assert main(["assess", str(SAMPLES[0]), "--locality", str(stricter)]) == 2
    assert "locality: stricter.toml: id: " in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["receipt", "calculation", "待遇测算单"])
def test_a_notice_is_written(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "notice.pdf"
    assert main(["notice", kind, str(SAMPLES[0]), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_notice_that_cannot_be_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoiled: Callable[..., Path]
) -> None:
    out = tmp_path / "notice.pdf"
    assert main(["notice", "banquet", str(SAMPLES[0]), "-o", str(out)]) == 2
    assert "受理回执" in capsys.readouterr().err
    assert main(["notice", "receipt", str(spoiled(applied_on=None)), "-o", str(out)]) == 2
    assert "applied_on" in capsys.readouterr().err
    assert main(["notice", "receipt", str(SAMPLES[0]), "-o", str(tmp_path / "nowhere" / "notice.pdf")]) == 2
    assert "无法写入" in capsys.readouterr().err
    assert not out.exists()


def test_policies_and_localities_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "list"]) == 0
    assert "参数未核对" in capsys.readouterr().out
    assert main(["policy", "show", "guizhou-2022-19"]) == 0
    told = capsys.readouterr().out
    assert "黔府办发〔2022〕19号" in told
    assert "G-19" in told
    assert main(["policy", "show", "nowhere"]) == 2


def test_the_shipped_policies_pass_their_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check"]) == 0
    assert "guizhou-2022-19" in capsys.readouterr().out


def test_a_policy_file_that_breaks_a_rule_fails_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    broken = tmp_path / "2022-19.toml"
    broken.write_text(shipped.replace('points_off = 0.10\nclause = "G-23"', 'points_off = "0.10"'), encoding="utf-8")
    assert main(["policy", "check", str(broken)]) == 1
    told = capsys.readouterr().err
    assert "not_referred.points_off" in told
    assert "not_referred.clause" in told
    broken.write_text("this is no TOML", encoding="utf-8")
    assert main(["policy", "check", str(broken)]) == 2


def test_an_official_text_is_attached_and_what_it_lacks_is_told(
    official_text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "attach", "guizhou-2022-19", str(official_text)]) == 0
    assert capsys.readouterr().out == "已为黔府办发〔2022〕19号附上原文。以下条款没有单独找到：六（三）。\n"
    kept = paths.office_folder() / "official_texts" / "guizhou-2022-19.txt"
    assert kept.read_text(encoding="utf-8") == official_text.read_text(encoding="utf-8")
    official_text.write_text("没有条款的文件", encoding="utf-8")
    assert main(["policy", "attach", "guizhou-2022-19", str(official_text)]) == 2
    assert "请核对是否选对了文件" in capsys.readouterr().err
    assert "菜园" in kept.read_text(encoding="utf-8")


def test_the_installed_program_tests_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest"]) == 0
    assert capsys.readouterr().out.count("✓") == 5


def test_a_reader_that_has_read_enough_is_no_trouble(tmp_path: Path) -> None:
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    sample = next(paths.SAMPLES.glob("02*.json"))
    script = f"{sys.executable} -m desktop assess {sample} {sample} {sample} {sample} | head -n 1"
    run = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, env={**os.environ, **homes})
    assert run.stderr == ""
    assert not list(tmp_path.rglob("incidents.log"))
