"""Official texts attached, read and taken away; what is no such text is refused and changes nothing."""

from pathlib import Path

import pytest

from desktop.domain.problems import Problem
from desktop.work.office import Office
from desktop.work.official_texts import attach_text, attached_text, keep_text, remove_text, shelves

POLICY = "guizhou-2022-19"


def test_an_attached_text_is_kept_whole_and_says_what_it_lacks(office: Office, official_text: Path) -> None:
    attached = attach_text(office, POLICY, official_text)
    assert attached.missing == ("六（三）",)
    assert attached.words == "以下条款没有单独找到：六（三）。"
    assert attached_text(office, POLICY) == official_text.read_text(encoding="utf-8")
    assert [path.name for path in office.official_texts.iterdir()] == [f"{POLICY}.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_in_either_encoding(office: Office, official_text: Path, encoding: str) -> None:
    said = official_text.read_text(encoding="utf-8")
    official_text.write_bytes(said.encode(encoding))
    attach_text(office, POLICY, official_text)
    assert attached_text(office, POLICY) == said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "是空的"),
        ("　\n\n".encode(), "是空的"),
        (b"\xff\xfe\x00\x4e\x8c", "不是 UTF-8 或 GB18030"),
        ("一、总则".encode("utf-16"), "不是 UTF-8 或 GB18030"),
        (b"PK\x03\x04\x00\x00", "不是 UTF-8 或 GB18030"),
        ("今天天气很好，适合种菜。".encode(), "没有找到黔府办发〔2022〕19号被引用的任何条款"),
        ("第一条　种菜。\n第二条　本办法自公布之日起施行。".encode(), "被引用的任何条款"),
        ("一、种菜\n".encode() * 160_000, "超过 2 MB"),
    ],
)
def test_what_is_no_official_text_is_refused_and_leaves_the_one_before(
    office: Office, official_text: Path, tmp_path: Path, content: bytes, told: str
) -> None:
    attach_text(office, POLICY, official_text)
    other = tmp_path / "other.txt"
    other.write_bytes(content)
    with pytest.raises(Problem) as refused:
        attach_text(office, POLICY, other)
    assert told in refused.value.what
    assert refused.value.remedy
    assert attached_text(office, POLICY) == official_text.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_and_a_policy_that_is_not_here_are_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="没有文件"):
        attach_text(office, POLICY, tmp_path / "gone.txt")
    with pytest.raises(Problem, match="没有名为"):
        attach_text(office, "../cases", tmp_path / "gone.txt")
    assert not office.official_texts.exists()


def test_a_folder_that_cannot_be_made_is_told(office: Office, official_text: Path) -> None:
    office.official_texts.write_bytes(b"in the way")
    with pytest.raises(Problem, match="无法建立文件夹"):
        attach_text(office, POLICY, official_text)


def test_a_text_of_another_document_is_doubted(office: Office, official_text: Path) -> None:
    said = official_text.read_text(encoding="utf-8").replace("黔府办发〔2022〕19号", "菜府办发〔2022〕19号")
    official_text.write_text(said, encoding="utf-8")
    attached = attach_text(office, POLICY, official_text)
    assert attached.doubt == "文中没有出现「黔府办发〔2022〕19号」，请核对是否附对了文件。"
    assert attached.words.startswith(attached.doubt)


def test_a_text_is_taken_away_and_put_back(office: Office, official_text: Path) -> None:
    remove_text(office, POLICY)
    attach_text(office, POLICY, official_text)
    said = attached_text(office, POLICY)
    assert said is not None
    remove_text(office, POLICY)
    assert attached_text(office, POLICY) is None
    keep_text(office, POLICY, said)
    assert attached_text(office, POLICY) == said


def test_the_shelves_show_what_is_attached_and_what_is_spoiled(office: Office, official_text: Path) -> None:
    def shelf() -> tuple[bool, bool]:
        found = next(one for one in shelves(office) if one.policy == POLICY)
        return found.attached is not None, found.trouble is not None

    assert shelf() == (False, False)
    attach_text(office, POLICY, official_text)
    assert shelf() == (True, False)
    (office.official_texts / f"{POLICY}.txt").write_bytes(b"\xff\xff")
    assert shelf() == (False, True)
    remove_text(office, POLICY)
    assert shelf() == (False, False)
