"""The window's parts together: deleting with its way back, settings and backups, another case of the same person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from desktop.store.keys import Cost
from desktop.window.keeping import Keeping
from desktop.window.main_window import MainWindow
from desktop.window.settings.look_section import Look
from desktop.window.theme import LIGHT
from desktop.work.backup_places import places
from desktop.work.door import Door
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office

Draft = dict[str, object]


@dataclass
class Around:
    """What the settings told of."""

    told: list[object] = field(default_factory=list)


@pytest.fixture
def around() -> Around:
    return Around()


@pytest.fixture
def kept_window(office: Office, around: Around) -> Iterator[MainWindow]:
    path = office.kept.path
    keeping = Keeping(
        Door(path, "测试", office.now, None, Cost(8, 1, 1)),
        places(path),
        Look(),
        lambda look, points: around.told.append((look, points)),
        around.told.append,
        lambda first, second: around.told.append((first, second)),
        around.told.append,
    )
    made = MainWindow(office, LIGHT, keeping)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    assert made.tasks.wait_until_idle()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def begin(office: Office, draft: Draft) -> str:
    case_id = new_case(office, str(draft["matter"])).id
    save_case(office, case_id, draft, {})
    return case_id


def test_a_case_is_deleted_in_place_and_put_back_from_the_status_line(
    window: MainWindow, office: Office, sample: Callable[[str], Draft]
) -> None:
    case_id = begin(office, sample("01"))
    number = accept_case(office, case_id)
    window.open_case(case_id)
    assert window.tasks.wait_until_idle()
    window.show_place("cases")
    assert window.tasks.wait_until_idle()
    QTest.keyClick(window.case_list.view, Qt.Key.Key_Delete)
    line = window.case_list.delete_line
    assert line.isVisible() and number in line.question.text()
    QTest.keyClick(line.reason, Qt.Key.Key_Down)
    QTest.keyClick(line.go, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    assert window.case_list.table.rows == []
    assert window.case_page is None, "a deleted case still lies at the counter"
    window.status.take_back()
    assert window.tasks.wait_until_idle()
    assert [row.case_no for row in window.case_list.table.rows] == [number]


def test_the_same_person_in_another_case_is_told_and_that_case_can_be_opened(
    window: MainWindow, office: Office, sample: Callable[[str], Draft]
) -> None:
    first, second = begin(office, sample("01")), begin(office, sample("01"))
    window.open_case(first)
    assert window.tasks.wait_until_idle()
    panel = window.counter.alike
    assert panel is not None and panel.isVisible()
    panel.case_asked.emit(second)
    assert window.tasks.wait_until_idle()
    assert window.case_page is not None and window.case_page.case_id == second


def test_the_settings_are_a_place_and_every_section_opens(kept_window: MainWindow) -> None:
    assert kept_window.kept is not None
    QTest.keyClick(kept_window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    page = kept_window.kept.page
    assert page.isVisible()
    for part in page.parts:
        page.show_section(part.name)
        assert kept_window.tasks.wait_until_idle()
        assert part.widget.isVisible(), part.name


def test_leaving_makes_a_backup_of_what_is_in_none_yet(
    kept_window: MainWindow, office: Office, sample: Callable[[str], Draft]
) -> None:
    begin(office, sample("01"))
    folder: Path = places(office.kept.path).folder
    assert not list(folder.glob("*.backup"))
    assert kept_window.close()
    assert len(list(folder.glob("*.backup"))) == 1


def test_another_look_is_told_to_the_window_around(kept_window: MainWindow, around: Around) -> None:
    assert kept_window.kept is not None
    kept_window.kept.page.look_changed.emit("dark", 14)
    QCoreApplication.processEvents()
    assert around.told == [("dark", 14)]
