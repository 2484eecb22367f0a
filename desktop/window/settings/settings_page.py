"""The place of the settings: a list of sections at the left, the chosen one at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from desktop.window.answers.entry import press_tab
from desktop.window.labels import pixels, prose
from desktop.window.settings.bin_section import BinSection
from desktop.window.settings.look_section import Look, LookSection
from desktop.window.settings.office_section import OfficeSection
from desktop.window.settings.staff_section import StaffSection
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.door import Door
from desktop.work.office import Office

RAIL_WIDTH = 136  # pixels at 11 pt
INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


@dataclass(frozen=True, slots=True)
class Part:
    """A section by the name that the program calls it, and its word on the rail."""

    name: str
    word: str
    widget: QWidget


class SectionRail(QListWidget):
    """The sections: Up and Down choose one, Enter or Right goes into it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes into the section."""
        if event.key() in INTO:
            press_tab(self)
        else:
            super().keyPressEvent(event)


class SettingsPage(QFrame):
    """The sections of the office, its staff, whatever is handed in, the bin and the look."""

    said = Signal(str, object)  # a sentence for the status line, and what undoes it
    office_changed = Signal(object)  # the Office as it is from now on
    look_changed = Signal(str, int)  # system, light or dark, and points

    def __init__(self, office: Office, tasks: Tasks, door: Door, look: Look, sections: Sequence[Part] = ()) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.office_section = OfficeSection(office, tasks)
        self.staff_section = StaffSection(office, tasks, door)
        self.bin_section = BinSection(office, tasks)
        self.look_section = LookSection(look)
        self.parts = (
            Part("office", "单位与编号", self.office_section),
            Part("staff", "人员", self.staff_section),
            *sections,
            Part("bin", "回收站", self.bin_section),
            Part("look", "显示", self.look_section),
        )
        self.rail, self._stack = SectionRail(), QStackedWidget()
        self._build()
        for section in (self.office_section, self.staff_section, self.bin_section, self.look_section):
            section.said.connect(self.said)
        self.office_section.office_changed.connect(self.office_changed)
        self.look_section.look_changed.connect(self.look_changed)

    def show_section(self, name: str) -> None:
        """Turns to a section: ``office``, ``staff``, ``bin``, ``look``, or one that was handed in."""
        self.rail.setCurrentRow([part.name for part in self.parts].index(name))

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here begins at the rail."""
        super().showEvent(event)
        self.rail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.rail.setAccessibleName("设置的各部分")
        self.rail.setObjectName("settings.rail")
        self.rail.setFixedWidth(pixels(RAIL_WIDTH))
        self.rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in self.parts:
            self.rail.addItem(part.word)
            self._stack.addWidget(part.widget)
        self.rail.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.rail.setCurrentRow(0)
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        down.addWidget(prose("设置", "title"))
        across = QHBoxLayout()
        across.setSpacing(space(6))
        across.addWidget(self.rail)
        across.addWidget(self._stack, 1)
        down.addLayout(across, 1)
