"""The application around the window: input method, fonts, look, language, and the last net."""

import os
import sys
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.domain.problems import Problem, Refused
from desktop.settings import read_settings, write_settings
from desktop.window.entrance.desk import Desk
from desktop.window.entrance.premises import Inside, Premises
from desktop.window.fonts import load_fonts
from desktop.window.keeping import Keeping
from desktop.window.main_window import MainWindow
from desktop.window.problem_page import ProblemPage
from desktop.window.settings.look_section import Look
from desktop.window.tasks import as_problem
from desktop.window.theme import DARK, LARGEST_PT, LIGHT, SMALLEST_PT, Tokens, palette, style_sheet
from desktop.work.backup_places import places
from desktop.work.bringing_back import restore, restored_words
from desktop.work.incidents import record_incident
from desktop.work.office import Office
from desktop.work.office_facts import lock_minutes

WAYS = ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE")
CALM = Problem("刚才的操作没有完成，已录入的内容不受影响。", "请再试一次；若再次出现，请把日志交给技术人员。")


def prepare_input_method(environ: MutableMapping[str, str]) -> None:
    """Where fcitx is the input method, lets Qt reach it: its own plug-in does not load, the ibus portal does.

    To be called before the application is made.
    """
    if any("fcitx" in environ.get(name, "").lower() for name in WAYS):
        environ["QT_IM_MODULE"] = "ibus"
        environ["IBUS_USE_PORTAL"] = "1"


def make_application(fonts: Path, look: str = "system", type_size: int = SMALLEST_PT) -> tuple[QApplication, Tokens]:
    """The application, dressed: ``look`` is system, light or dark, ``type_size`` 11 to 18 points."""
    prepare_input_method(os.environ)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("yimen-desk")
    app.setApplicationDisplayName("一门受理台")
    tokens = tokens_for(app, look)
    points = min(max(type_size, SMALLEST_PT), LARGEST_PT)
    sheet = style_sheet(tokens, points)
    if app.styleSheet() != sheet:  # once is enough: every widget there is would be dressed anew
        app.setStyle("Fusion")
        _speak_chinese(app)
        app.setFont(load_fonts(fonts, points))
        app.setPalette(palette(tokens))
        app.setStyleSheet(sheet)
    return app, tokens


def tokens_for(app: QApplication, look: str) -> Tokens:
    """The colours of a look; the system's where it is left to it."""
    system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if look == "dark" or (look == "system" and system_is_dark) else LIGHT


def open_window(premises: Premises, look: str = "system", type_size: int = SMALLEST_PT) -> int:
    """Opens the window at its entrance and runs until it is closed; the exit code."""
    app, tokens = make_application(premises.fonts, look, type_size)
    desk = make_desk(premises, tokens)
    hang_last_net(premises.door.store.parent, premises.door.now, desk.say)
    desk.show()
    desk.start()
    return app.exec()


@dataclass(slots=True)
class Worn:
    """The colours of the moment."""

    tokens: Tokens


def make_desk(premises: Premises, tokens: Tokens) -> Desk:
    """The one window, which lets into the office in the colours of the moment."""
    worn = Worn(tokens)

    def open_office(desk: Desk, office: Office) -> Inside:
        window = MainWindow(office, worn.tokens, keeping_of(desk, premises, worn, office))
        window.top.lock_asked.connect(desk.lock)
        window.top.leave_asked.connect(desk.sign_out)
        return Inside(window, window.tasks, window.flush, window.say_problem, window.top.show_clerk)

    return Desk(premises, open_office)


def keeping_of(desk: Desk, premises: Premises, worn: Worn, office: Office) -> Keeping:
    """What the settings of an office need, and what comes of them for the window around it."""
    file = premises.settings_file
    settings = read_settings(file)
    backups = places(office.kept.path, settings.backup_folder, settings.second_folder)

    def change_look(look: str, points: int) -> None:
        write_settings(file, replace(read_settings(file), look=look, type_size=points))
        _, worn.tokens = make_application(premises.fonts, look, points)
        desk.reopen()

    def change_office(changed: Office) -> None:
        desk.reopen(changed)
        desk.lock_after(lock_minutes(changed.kept))

    def choose_folders(first: str, second: str) -> None:
        write_settings(file, replace(read_settings(file), backup_folder=first, second_folder=second))

    def restore_it(path: Path) -> None:
        now = read_settings(file)
        there = places(office.kept.path, now.backup_folder, now.second_folder)
        secret, who = office.kept.secret, office.who()
        desk.leave_for(lambda: restored_words(restore(premises.door, there, path, secret, who)))

    look = Look(settings.look, settings.type_size)
    return Keeping(premises.door, backups, look, change_look, change_office, choose_folders, restore_it)


def show_problem(trouble: Problem | Refused, fonts: Path) -> int:
    """Shows what keeps the program from starting, in plain words; the exit code."""
    app, _ = make_application(fonts)
    window = QMainWindow()
    window.setObjectName("window")
    window.setWindowTitle("一门受理台")
    page = ProblemPage(trouble if isinstance(trouble, Problem) else as_problem(trouble))
    page.closed.connect(window.close)
    window.setCentralWidget(page)
    window.resize(640, 320)
    window.show()
    app.exec()
    return 1


def hang_last_net(folder: Path, now: Callable[[], datetime], say: Callable[[Problem], None]) -> None:
    """What nobody expected: a calm sentence on screen, the places in our code in the log, nothing that was typed."""

    def catch(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        record_incident(folder, error.with_traceback(trace), now())
        say(CALM)

    sys.excepthook = catch


def _speak_chinese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
