"""An office that was set up at its door, with an administrator, a clerk and a reviewer; and the place of its settings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clerks import Clerk
from desktop.store.keys import Cost
from desktop.window.app import make_application
from desktop.window.playing.clerk import write
from desktop.window.settings.look_section import Look
from desktop.window.settings.settings_page import Part, SettingsPage
from desktop.window.tasks import Tasks
from desktop.work.door import Door
from desktop.work.entering import SetUp, set_up
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office
from desktop.work.staff import add_clerk, staff

FIRST = "山上的小菜园里有黄瓜"
CHEN, LI, ZHAO = "陈示例", "李示例", "赵示例"
Sample = Callable[[str], dict[str, object]]


@dataclass
class Settled:
    """The place of the settings on screen, and who is at the counter."""

    page: SettingsPage
    tasks: Tasks
    office: Office
    door: Door
    clerks: dict[str, Clerk]
    at_counter: list[Clerk]

    def wait(self) -> None:
        assert self.tasks.wait_until_idle()

    def take_over(self, name: str) -> None:
        """Somebody else comes to the counter and looks here."""
        self.page.hide()
        self.at_counter[:] = [self.clerks[name]]
        self.page.show()
        self.wait()

    def go_to(self, name: str) -> None:
        self.page.show_section(name)
        self.wait()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        QTest.keyClick(focused(), key, modifiers)
        self.wait()

    def type_over(self, field: QWidget, text: str) -> None:
        """Goes to a field and writes over what stands there, Chinese as an input method commits it."""
        assert isinstance(field, QLineEdit)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        write(field, text)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def door(office: Office, tmp_path: Path) -> Door:
    (tmp_path / "staffed").mkdir()
    return Door(tmp_path / "staffed" / "cases.db", "测试", office.now, cost=Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def staffed(office: Office, door: Door) -> Iterator[Office]:
    entered = set_up(door, SetUp(CHEN, "门口的石榴树又开花了", {}))
    made = replace(office, store=entered.store, who=lambda: entered.clerk)
    add_clerk(made, door, LI, "clerk", FIRST)
    add_clerk(made, door, ZHAO, "reviewer", FIRST)
    yield made
    entered.store.close()


@pytest.fixture
def clerks(staffed: Office) -> dict[str, Clerk]:
    """Everybody by name."""
    return {clerk.name: clerk for clerk in staff(staffed)}


@pytest.fixture
def settle(qtbot: QtBot, staffed: Office, door: Door, clerks: dict[str, Clerk]) -> Iterator[Callable[..., Settled]]:
    """Opens the settings for somebody of the office."""
    make_application(staffed.fonts, "light")
    made: list[Settled] = []

    def open_for(name: str = CHEN, sections: tuple[Part, ...] = ()) -> Settled:
        at_counter, tasks = [clerks[name]], Tasks()
        office = replace(staffed, who=lambda: at_counter[0])
        page = SettingsPage(office, tasks, door, Look(), sections)
        page.resize(1278, 692)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        made.append(Settled(page, tasks, office, door, clerks, at_counter))
        made[-1].wait()
        return made[-1]

    yield open_for
    for one in made:
        one.tasks.close()
        one.page.close()
        one.page.deleteLater()
        # Gone before the next one comes, so that it takes no focus away from it.
        QCoreApplication.sendPostedEvents(one.page, QEvent.Type.DeferredDelete)


@pytest.fixture
def take_in(staffed: Office, sample: Sample) -> Callable[[], str]:
    """Takes a case in and gives it its number; its id."""

    def accept() -> str:
        case_id = new_case(staffed, "illness_poverty").id
        save_case(staffed, case_id, sample("01"), {})
        accept_case(staffed, case_id)
        return case_id

    return accept
