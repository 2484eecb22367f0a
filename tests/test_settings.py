"""What an office sets once is kept whole, and a spoiled file is told in words."""

from pathlib import Path

import pytest

from desktop.domain.problems import Problem
from desktop.settings import Settings, read_settings, write_settings


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(office="示例乡社会救助窗口", look="dark", type_size=14, backup_folder="/srv/backups")
    write_settings(tmp_path / "settings.json", kept)
    assert read_settings(tmp_path / "settings.json") == kept
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_the_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.json") == Settings()


def test_a_file_of_an_earlier_version_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"office": "示例乡社会救助窗口", "locality": "guizhou-sample"}', encoding="utf-8")
    assert read_settings(path) == Settings(office="示例乡社会救助窗口")


@pytest.mark.parametrize(
    "content", ["not json", "[]", '{"colour": "red"}', '{"type_size": "large"}', '{"type_size": true}']
)
def test_a_spoiled_settings_file_is_named_and_left_alone(content: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Problem) as refused:
        read_settings(path)
    assert str(path) in refused.value.what
    assert path.read_text(encoding="utf-8") == content
