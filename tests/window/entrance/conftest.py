"""The one window over a door in a folder of its own, by a clock that the test sets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.settings import Settings
from desktop.store.keys import Cost
from desktop.window.app import make_application, make_desk
from desktop.window.entrance.desk import Desk
from desktop.window.entrance.premises import Premises
from desktop.window.main_window import MainWindow
from desktop.window.theme import LIGHT
from desktop.work.backup_places import places
from desktop.work.door import Door
from desktop.work.entering import Entered, SetUp, set_up
from desktop.work.library import Library
from desktop.work.office import Letterhead, Office
from desktop.work.office_facts import OfficeFacts, office_facts, with_facts
from desktop.work.recovery import confirm_sheet
from desktop.work.staff import add_clerk
from tests.conftest import MORNING

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
CHEN, CHENS = "陈示例", "shiliu-kaihua-22"
LI, LIS = "李示例", "huanggua2024"
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Clock:
    """Says what time it is, as the test wants it."""

    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Counter:
    """The window at the counter, the keyboard before it, and the folder behind it."""

    desk: Desk
    premises: Premises
    clock: Clock

    @property
    def folder(self) -> Path:
        return self.premises.door.store.parent

    def is_open(self) -> bool:
        """Whether somebody has come in."""
        return self.desk.opened is not None

    @property
    def office_window(self) -> MainWindow:
        assert self.desk.opened is not None
        window = self.desk.opened.inside.widget
        assert isinstance(window, MainWindow)
        return window

    def wait(self) -> None:
        """Until nothing is under way."""
        assert self.desk.coming_in.tasks.wait_until_idle()
        if self.desk.opened is not None:
            assert self.desk.opened.inside.tasks.wait_until_idle()
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """A key where the keyboard is."""
        QTest.keyClick(focused(), key, modifiers)
        self.wait()

    def type(self, text: str) -> None:
        """Letters where the keyboard is."""
        QTest.keyClicks(focused(), text)

    def sign_in(self, password: str) -> None:
        """Types a password where the keyboard is, and Enter."""
        self.type(password)
        self.press(Qt.Key.Key_Return)

    def words(self) -> str:
        """All that is to be read in the window."""
        return "\n".join(visible_words(self.desk))


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def visible_words(top: QWidget) -> list[str]:
    """What every visible widget says: its text, and what is said of it to those who cannot see."""
    found = []
    below: list[QWidget] = list(top.findChildren(QWidget))
    for widget in [top, *below]:
        if widget.isVisible():
            for name in (
                "text",
                "toolTip",
                "accessibleName",
                "accessibleDescription",
                "windowTitle",
                "placeholderText",
            ):
                words = getattr(widget, name, None)
                found += [str(words())] if callable(words) else []
    return [words for words in found if words]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(tmp_path: Path, clock: Clock) -> Door:
    folder = tmp_path / "office"
    folder.mkdir()
    return Door(folder / "cases.db", "测试", clock.now, cost=CHEAP)


@pytest.fixture
def settings() -> Settings:
    """What is set on the machine before the window opens."""
    return Settings()


@pytest.fixture
def premises(door: Door, clock: Clock, library: Library, settings: Settings) -> Premises:
    folder = door.store.parent

    def office_of(entered: Entered) -> Office:
        head = Letterhead(settings.office, settings.address, settings.phone, settings.complaint_phone)
        office = Office(library, entered.store, head, settings.locality, paths.FONTS, clock.now, folder / "texts")
        stated = office_facts(entered.store, OfficeFacts(head, settings.locality))
        return replace(with_facts(office, stated), who=lambda: entered.clerk)

    return Premises(
        door, library, settings, folder / "settings.json", office_of, paths.FONTS, lambda: places(door.store)
    )


@pytest.fixture
def staffed(premises: Premises, clock: Clock) -> None:
    """An office that was set up on another day: Chen administers it, Li takes cases in."""
    door = premises.door
    entered = set_up(door, SetUp(CHEN, CHENS, {"office": "示例乡社会救助窗口", "lock_minutes": 10}))
    confirm_sheet(door, entered)
    clock.pass_by(minutes=1)
    add_clerk(premises.office_of(entered), door, LI, "clerk", LIS)
    entered.store.close()


@pytest.fixture
def open_desk(qtbot: QtBot, premises: Premises, clock: Clock) -> Iterator[Callable[[], Counter]]:
    """Opens the window as the program does."""
    make_application(paths.FONTS, "light")
    opened: list[Counter] = []

    def open_it() -> Counter:
        desk = make_desk(premises, LIGHT)
        counter = Counter(desk, premises, clock)
        opened.append(counter)
        desk.show()
        desk.activateWindow()
        desk.start()
        assert QTest.qWaitForWindowActive(desk)
        counter.wait()
        return counter

    yield open_it
    for counter in opened:
        counter.desk.close()
        counter.desk.deleteLater()
        # Gone before the next one comes, so that it takes no focus away from it.
        QCoreApplication.sendPostedEvents(counter.desk, QEvent.Type.DeferredDelete)


@pytest.fixture
def at_work(staffed: None, open_desk: Callable[[], Counter]) -> Counter:
    """Chen has signed in."""
    counter = open_desk()
    counter.press(Qt.Key.Key_Return)
    counter.sign_in(CHENS)
    assert counter.desk.opened is not None
    return counter
