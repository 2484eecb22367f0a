"""The application around the window: input method, look, what keeps it from opening, and the last net."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.domain.problems import Fault, Problem, Refused
from desktop.store.file import open_store
from desktop.window.app import (
    CALM,
    hang_last_net,
    make_application,
    open_window,
    prepare_input_method,
    show_problem,
)
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.window.problem_page import ProblemPage
from desktop.window.theme import DARK, LIGHT
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


def test_a_store_that_another_program_holds_is_told_in_plain_words(qtbot: QtBot, office: Office) -> None:
    with pytest.raises(Problem) as held:
        open_store(office.kept.path, "第二个窗口", office.now())
    words = words_shown_by(partial(show_problem, held.value, paths.FONTS))
    assert any("正由" in said and "使用" in said for said in words)
    assert held.value.remedy in words


def test_what_is_refused_is_told_too(qtbot: QtBot) -> None:
    words = words_shown_by(
        partial(show_problem, Refused((Fault("locality", "没有这个地区。", "请核对。"),)), paths.FONTS)
    )
    assert "没有这个地区。请核对。" in words


def test_a_defect_becomes_a_calm_sentence_and_a_log_without_what_was_typed(
    window: MainWindow, office: Office, begun: CasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hang_last_net(office, window)
    name = "王示例"
    try:
        raise ValueError(name)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert window.status.sentence.text() == CALM
    logs = [path for path in Path(office.kept.path.parent).iterdir() if path.suffix == ".log"]
    written = "".join(path.read_text(encoding="utf-8") for path in logs)
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


def test_an_office_of_an_unknown_locality_is_told_so(qtbot: QtBot, office: Office) -> None:
    words = words_shown_by(partial(open_window, replace(office, locality="nowhere")))
    assert any("没有名为「nowhere」的地区参数。" in said for said in words)


def test_every_place_works(window: MainWindow) -> None:
    pages: list[QWidget] = [window.case_list, window.new_case_page, window.batch_page, window.policy_page]
    shown: list[QWidget] = []
    for name, button in window.places.buttons.items():
        button.click()
        assert window.tasks.wait_until_idle()
        assert button.isChecked(), name
        shown += [page for page in pages if page.isVisible()]
    assert shown == pages
