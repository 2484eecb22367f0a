"""What an office has whose store lies on this machine: its settings, and its backups by the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt

from desktop.domain.problems import Problem
from desktop.window.backup_clock import BackupClock
from desktop.window.settings.backups_page import BackupsSection
from desktop.window.settings.look_section import Look
from desktop.window.settings.settings_page import Part, SettingsPage
from desktop.window.tasks import Tasks
from desktop.work.backup_places import Backups
from desktop.work.door import Door
from desktop.work.office import Office

QUEUED = Qt.ConnectionType.QueuedConnection


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the settings need beside the office, and whom they tell of a change."""

    door: Door
    backups: Backups
    look: Look
    look_changed: Callable[[str, int], None]
    office_changed: Callable[[Office], None]
    folders_chosen: Callable[[str, str], None]
    restore_asked: Callable[[Path], None]

    def rooms(self, office: Office, tasks: Tasks, parent: QObject) -> "Rooms":
        """The settings and the clock of an office."""
        return Rooms(self, office, tasks, parent)


class Rooms:
    """The place of the settings, and the clock by which backups are made."""

    def __init__(self, keeping: Keeping, office: Office, tasks: Tasks, parent: QObject) -> None:
        self.clock = BackupClock(office, keeping.backups, tasks, parent)
        self.backups = BackupsSection(office, tasks, self.clock)
        part = Part("backups", "备份", self.backups)
        self.page = SettingsPage(office, tasks, keeping.door, keeping.look, (part,))
        self._told = False  # that the last backup could not be made
        # Queued: whoever is told may take this very window away.
        self.page.look_changed.connect(keeping.look_changed, QUEUED)
        self.page.office_changed.connect(keeping.office_changed, QUEUED)
        self.backups.folders_chosen.connect(keeping.folders_chosen)
        self.backups.restore_asked.connect(keeping.restore_asked, QUEUED)
        self.backups.said.connect(self.page.said)
        self.clock.start()

    def leave(self) -> bool:
        """Makes the backup of the end of work; False where it could not be made and nobody was told so yet."""
        ended: list[Problem | None] = []
        self.clock.leave(ended.append)
        while not ended:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if ended[0] is not None and not self._told:
            self._told = True
            return False
        self.clock.close()
        return True
