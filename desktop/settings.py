"""What is set on this machine: how the window looks, where backups go, and the office's facts of an earlier version."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.work.files import write_aside


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one machine; ``look`` is ``system``, ``light`` or ``dark``, ``type_size`` in points.

    Where backups go are whole paths, empty where there is none. What the office says of itself is what an earlier
    version kept here; the store has it now, and these stand in where it states nothing.
    """

    office: str = ""
    address: str = ""
    phone: str = ""
    complaint_phone: str = ""
    locality: str = "guizhou-sample"
    look: str = "system"
    type_size: int = 11
    backup_folder: str = ""
    second_folder: str = ""


def read_settings(path: Path) -> Settings:
    """The settings in a file; the usual ones where there is none.

    Raises:
        Problem: where the file is there and cannot be read.
    """
    if not path.exists():
        return Settings()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        usual = asdict(Settings())
        if not isinstance(found, dict) or any(type(found[key]) is not type(usual[key]) for key in found):
            raise ValueError
        return Settings(**found)
    except (ValueError, KeyError, TypeError) as error:
        names = "、".join(field.name for field in fields(Settings))
        raise Problem(f"设置文件 {path} 无法读取。", f"请更正或移走它；可用的项：{names}。") from error


def write_settings(path: Path, settings: Settings) -> None:
    """Keeps the settings: written aside, then renamed."""
    write_aside(path, json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())
