"""How the window looks on this machine: its colours and the size of its type."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from desktop.window.answers.choices import SegmentField
from desktop.window.settings.asked import Ask, Asked
from desktop.window.settings.section import Section
from desktop.window.theme import LARGEST_PT, SMALLEST_PT

SYSTEM = "system"
ABOUT = "只对这台电脑有效，选中即改变。"


@dataclass(frozen=True, slots=True)
class Look:
    """``look`` is system, light or dark, ``points`` the size of the type, 11 to 18."""

    look: str = SYSTEM
    points: int = SMALLEST_PT


class LookSection(Section):
    """Two choices, each told as soon as it is made."""

    look_changed = Signal(str, int)  # system, light or dark, and points

    def __init__(self, shown: Look) -> None:
        super().__init__("显示", ABOUT)
        sizes: dict[object, str] = {size: str(size) for size in range(SMALLEST_PT + 1, LARGEST_PT + 1)}
        # The first answer of either is the usual one, which the field keeps as none.
        self.look = _choice({"light": "浅色", "dark": "深色"}, "跟随系统")
        self.points = _choice(sizes, str(SMALLEST_PT))
        self.look.show_value(shown.look)
        self.points.show_value(shown.points)
        asked = Asked(Ask("look", "外观(&L)", self.look), Ask("points", "字号(&Z)", self.points, "磅"))
        asked.edited.connect(self._tell)
        self.rows.addWidget(asked)
        self.rows.addStretch(1)

    def _tell(self) -> None:
        look, points = self.look.value(), self.points.value()
        self.look_changed.emit(str(look or SYSTEM), points if isinstance(points, int) else SMALLEST_PT)


def _choice(codes: dict[object, str], usual: str) -> SegmentField:
    """Answers side by side; the usual one is an answer like the others."""
    field = SegmentField(codes, blank=usual)
    answers: list[QToolButton] = list(field.findChildren(QToolButton))
    answers[0].setProperty("blank", False)
    return field
