"""The application around the window: input method, look, what keeps it from opening, its entrance, and the last net."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.domain.problems import Fault, Problem, Refused
from desktop.settings import Settings, read_settings
from desktop.window.app import (
    CALM,
    hang_last_net,
    make_application,
    open_window,
    prepare_input_method,
    show_problem,
)
from desktop.window.entrance.desk import Desk
from desktop.window.entrance.premises import Premises
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.window.problem_page import ProblemPage
from desktop.window.theme import DARK, LIGHT
from desktop.work.backup_places import places
from desktop.work.door import Door
from desktop.work.office import Office


@pytest.mark.parametrize("environ", [{"QT_IM_MODULE": "fcitx"}, {"XMODIFIERS": "@im=fcitx"}])
def test_fcitx_is_reached_through_the_portal_of_ibus(environ: dict[str, str]) -> None:
    prepare_input_method(environ)
    assert (environ["QT_IM_MODULE"], environ["IBUS_USE_PORTAL"]) == ("ibus", "1")


def test_any_other_input_method_is_left_alone() -> None:
    environ = {"QT_IM_MODULE": "ibus"}
    prepare_input_method(environ)
    assert environ == {"QT_IM_MODULE": "ibus"}


def test_the_look_is_the_one_that_was_set(qtbot: QtBot) -> None:
    app, tokens = make_application(paths.FONTS, "dark", 40)
    assert tokens == DARK
    assert app.font().pointSize() == 18
    _, tokens = make_application(paths.FONTS, "light", 11)
    assert tokens == LIGHT


def words_shown_by(start: Callable[[], int]) -> list[str]:
    """What the page says that keeps the program from starting; it is closed again."""
    words: list[str] = []
    looking = QTimer()
    looking.setInterval(20)

    def look() -> None:
        # However slow the machine is, and whichever window is the active one: until the page is there.
        for window in QApplication.topLevelWidgets():
            pages: list[ProblemPage] = list(window.findChildren(ProblemPage))
            for page in (one for one in pages if one.isVisible()):
                looking.stop()
                labels: list[QLabel] = list(page.findChildren(QLabel))
                words.extend(label.text() for label in labels)
                buttons: list[QPushButton] = list(page.findChildren(QPushButton))
                buttons[0].click()

    looking.timeout.connect(look)
    looking.start()
    assert start() == 1
    return words


def test_settings_that_cannot_be_read_are_told_in_plain_words(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("not json", encoding="utf-8")
    with pytest.raises(Problem) as unread:
        read_settings(tmp_path / "settings.json")
    words = words_shown_by(partial(show_problem, unread.value, paths.FONTS))
    assert any("无法读取" in said for said in words)
    assert unread.value.remedy in words


def test_what_is_refused_is_told_too(qtbot: QtBot) -> None:
    words = words_shown_by(
        partial(show_problem, Refused((Fault("locality", "没有这个地区。", "请核对。"),)), paths.FONTS)
    )
    assert "没有这个地区。请核对。" in words


def test_a_defect_becomes_a_calm_sentence_and_a_log_without_what_was_typed(
    window: MainWindow, office: Office, begun: CasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    folder = office.kept.path.parent
    hang_last_net(folder, office.now, window.say_problem)
    name = "王示例"
    try:
        raise ValueError(name)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert window.status.sentence.text() == f"{CALM.what}{CALM.remedy}"
    written = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix == ".log")
    assert "ValueError" in written
    assert name not in written


def test_closing_says_that_something_is_not_on_disk_before_it_gives_it_up(
    window: MainWindow, begun: CasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("磁盘已满。", "请清理后再试。")

    monkeypatch.setattr("desktop.window.intake.saving.save_case", full)
    begun.draft.put("household.village", "新寨村")
    begun.saving.note_change()
    assert not window.close()
    assert "还没有存盘" in window.status.sentence.text()
    assert window.close()


def test_the_program_opens_at_its_entrance_and_ends_when_the_window_is_closed(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    folder = tmp_path / "new"
    folder.mkdir()
    door = Door(folder / "cases.db", "测试", office.now)
    file = folder / "settings.json"
    there = places(door.store)
    premises = Premises(door, office.library, Settings(), file, lambda _: office, paths.FONTS, lambda: there)
    seen: list[bool] = []
    looking = QTimer()
    looking.setInterval(20)

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Desk) and window.coming_in.set_up_page is not None:
                looking.stop()
                seen.append(window.coming_in.set_up_page.isVisible())
                window.close()

    looking.timeout.connect(look)
    looking.start()
    assert open_window(premises, "light") == 0
    assert seen == [True]
    assert list(folder.iterdir()) == []


def test_every_place_works(window: MainWindow) -> None:
    pages: list[QWidget] = [window.case_list, window.counter.new_case_page, window.batch_page, window.policy_page]
    shown: list[QWidget] = []
    for name, button in window.places.buttons.items():
        button.click()
        assert window.tasks.wait_until_idle()
        assert button.isChecked(), name
        shown += [page for page in pages if page.isVisible()]
    assert shown == pages
