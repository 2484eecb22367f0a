"""Where things are: what ships with the program, and what the office keeps."""

from pathlib import Path

from desktop.domain.problems import Problem

# From source and in the frozen folder alike: the folder that holds desktop/, resources/ and policies/.
ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "resources" / "fonts"
POLICIES = ROOT / "policies"
SAMPLES = ROOT / "tests" / "samples"


def office_folder() -> Path:
    """The folder of the office's own files on this machine; it may not be there yet.

    Raises:
        Problem: where the system tells of no home for such files.
    """
    from platformdirs import user_data_path

    try:
        return user_data_path("yimen-desk", appauthor=False)
    except RuntimeError as error:
        raise Problem("找不到当前用户的文件夹。", "请以正常的用户登录后再运行（环境变量 HOME）。") from error
