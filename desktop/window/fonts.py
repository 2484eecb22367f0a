"""The program's own fonts: Chinese on a machine that has no Chinese font, rare characters included."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf", "HanaMinB.ttf")
FAMILIES = ["Noto Sans SC", "HanaMinB"]


@cache
def _load(path: Path) -> int:
    """Loads a font, once: each is tens of megabytes."""
    return QFontDatabase.addApplicationFont(str(path))


def load_fonts(folder: Path, points: float) -> QFont:
    """Loads the fonts of the folder and gives the window's; a file that is not there leaves its part to the system."""
    for name in FILES:
        _load(folder / name)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(points)
    return font
