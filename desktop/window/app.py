"""The application around the window: input method, fonts, look, language, and the last net."""

import os
import sys
from collections.abc import Callable, MutableMapping
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.domain.problems import Problem, Refused
from desktop.window.entrance.desk import Desk
from desktop.window.entrance.premises import Inside, Premises
from desktop.window.fonts import load_fonts
from desktop.window.main_window import MainWindow
from desktop.window.problem_page import ProblemPage
from desktop.window.tasks import as_problem
from desktop.window.theme import DARK, LARGEST_PT, LIGHT, SMALLEST_PT, Tokens, palette, style_sheet
from desktop.work.incidents import record_incident
from desktop.work.office import Office

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
    desk = make_desk(premises, lambda: tokens)
    hang_last_net(premises.door.store.parent, premises.door.now, desk.say)
    desk.show()
    desk.start()
    return app.exec()


def make_desk(premises: Premises, tokens: Callable[[], Tokens]) -> Desk:
    """The one window, which lets into the office in the colours of the moment."""

    def open_office(desk: Desk, office: Office) -> Inside:
        window = MainWindow(office, tokens())
        window.top.lock_asked.connect(desk.lock)
        window.top.leave_asked.connect(desk.sign_out)
        return Inside(window, window.tasks, window.flush, window.say_problem, window.top.show_clerk)

    return Desk(premises, open_office)


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
