"""The real window over a real store, open and active."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.window.app import make_application
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.work.intake import new_case, save_case
from desktop.work.office import Office

Open = Callable[[dict[str, object]], CasePage]


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """The window at the size of the counter's screen."""
    make_application(office.fonts, "light")
    made = MainWindow(office)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    assert made.tasks.wait_until_idle()
    yield made
    made.close()
    made.deleteLater()
    # Gone before the next one comes, so that it takes no focus away from it.
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


@pytest.fixture
def begun(window: MainWindow) -> CasePage:
    """A case that has just been begun."""
    window.counter.new_case("illness_poverty")
    assert window.tasks.wait_until_idle()
    assert window.case_page is not None
    return window.case_page


@pytest.fixture
def opened(window: MainWindow, office: Office) -> Open:
    """Opens a case that is on disk already."""

    def open_it(draft: dict[str, object]) -> CasePage:
        case_id = new_case(office, str(draft["matter"])).id
        save_case(office, case_id, draft, {})
        window.open_case(case_id)
        assert window.tasks.wait_until_idle()
        assert window.case_page is not None
        return window.case_page

    return open_it
