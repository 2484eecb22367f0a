"""What the entrance is handed: the door, what was set on this machine, and how an office is made of an open store."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.settings import Settings
from desktop.window.tasks import Tasks
from desktop.work.backup_places import Backups
from desktop.work.door import Door
from desktop.work.entering import Entered
from desktop.work.library import Library
from desktop.work.office import Office


@dataclass(frozen=True, slots=True)
class Premises:
    """The parts that lie before the office; ``backups`` says where those of its store go, as it is set now."""

    door: Door
    library: Library
    settings: Settings
    settings_file: Path
    office_of: Callable[[Entered], Office]
    fonts: Path
    backups: Callable[[], Backups]


@dataclass(frozen=True, slots=True)
class Inside:
    """The office's own window, as far as the entrance has to do with it.

    ``flush`` hands what is typed to the disk, ``say`` says a trouble at its foot; its ``tasks`` alone touch the store.
    """

    widget: QWidget
    tasks: Tasks
    flush: Callable[[], None]
    say: Callable[[Problem], None]
    show_clerk: Callable[[Clerk], None]


@dataclass(slots=True)
class Seat:
    """Who sits at the window; a clerk who takes the locked window over sits down in the other's place."""

    clerk: Clerk

    def who(self) -> Clerk:
        """Who sits there now."""
        return self.clerk


@dataclass(frozen=True, slots=True)
class Opened:
    """The office while it is open: its store, who sits there, its parts, and its window."""

    entered: Entered
    seat: Seat
    office: Office
    inside: Inside
