"""The one place where the parts are put together."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from desktop import command_line, paths
from desktop.domain.clerks import Clerk
from desktop.domain.money import Money
from desktop.domain.problems import Problem, Refused
from desktop.settings import Settings, read_settings
from desktop.store.file import Store
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.work.backing_up import before_steps
from desktop.work.backup_places import Backups, places
from desktop.work.door import Door
from desktop.work.entering import Entered
from desktop.work.incidents import record_incident
from desktop.work.library import Library, load_library
from desktop.work.office import Letterhead, Office
from desktop.work.office_facts import OfficeFacts, office_facts, with_facts

STORE_FILE, SETTINGS_FILE, TEXTS_FOLDER = "cases.db", "settings.json", "official_texts"
SELFTEST_SAMPLE, SELFTEST_PAYABLE = "01-illness-poverty.json", Money.of("10750.00")
WINDOW, COMMAND_LINE = "一门受理台窗口", "命令行"
DEMO_CLERK = Clerk("demo", "演示", "administrator")
DEMO_SAMPLES = ("01-illness-poverty.json", "02-redirect.json", "06-annual-cap.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: a command, or the window where there is none; the exit code."""
    _speak_utf8()
    if arguments is None:
        sys.excepthook = _last_net
    doors = command_line.Doors(_office, _door, _backups, _open_window, _play_demo, _selftest)
    return command_line.run(sys.argv[1:] if arguments is None else arguments, doors)


def _speak_utf8() -> None:
    """Chinese goes out whole on every console, and what one cannot show is escaped rather than fatal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _last_net(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    """What nobody expected: told calmly, and written down for us without what anybody typed."""
    if isinstance(error, BrokenPipeError):
        # Whoever read our lines has gone: nothing went wrong, and what is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    folder = paths.office_folder()
    folder.mkdir(parents=True, exist_ok=True)
    log = record_incident(folder, error, _now())
    sys.stderr.write(f"程序遇到没有料到的情况，没有完成。请把 {log} 交给技术人员，其中不含个人信息。\n")


def _now() -> datetime:
    return datetime.now().astimezone()


def _office(entered: Entered | None) -> Office:
    """The office of a command: the shipped policies, the machine's settings, and a store where somebody entered one."""
    folder = paths.office_folder()
    settings = read_settings(folder / SETTINGS_FILE)
    library = load_library(paths.POLICIES)
    return _entered_office(library, settings, folder, entered) if entered else _with(library, settings, None, folder)


def _door(store: Path) -> Door:
    return Door(store, COMMAND_LINE, _now, before_steps(_backups(store), _now))


def _backups(store: Path) -> Backups:
    """Where the backups of a store go: by the settings that of this machine, beside it any other."""
    folder = paths.office_folder()
    settings = read_settings(folder / SETTINGS_FILE)
    ours = store.resolve() == (folder / STORE_FILE).resolve()
    return places(store, settings.backup_folder, settings.second_folder) if ours else places(store)


def _with(library: Library, settings: Settings, store: Store | None, folder: Path) -> Office:
    """The office that keeps its own files in a folder."""
    letterhead = Letterhead(settings.office, settings.address, settings.phone, settings.complaint_phone)
    return Office(library, store, letterhead, settings.locality, paths.FONTS, _now, folder / TEXTS_FOLDER)


def _has_screen() -> bool:
    """Whether a window can be shown: everywhere but on a Linux without a display."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _open_window() -> int:
    if not _has_screen():
        raise Problem("这里没有显示器，不能打开窗口。", "请在桌面环境中运行；只看演示请用 yimen demo。")
    from desktop.window.app import open_window, show_problem
    from desktop.window.entrance.premises import Premises

    try:
        folder = paths.office_folder()
        folder.mkdir(parents=True, exist_ok=True)
        settings = read_settings(folder / SETTINGS_FILE)
        library = load_library(paths.POLICIES)
        door = replace(_door(folder / STORE_FILE), program=WINDOW)
    except (Problem, Refused) as trouble:
        return show_problem(trouble, paths.FONTS)
    office_of = partial(_entered_office, library, settings, folder)
    backups = partial(_backups, folder / STORE_FILE)
    premises = Premises(door, library, settings, folder / SETTINGS_FILE, office_of, paths.FONTS, backups)
    return open_window(premises, settings.look, settings.type_size)


def _entered_office(library: Library, settings: Settings, folder: Path, entered: Entered) -> Office:
    """The office of a store that somebody entered: by its own facts, and this machine's where it states none."""
    office = _with(library, settings, entered.store, folder)
    stated = office_facts(entered.store, OfficeFacts(office.letterhead, office.locality))
    return replace(with_facts(office, stated), who=lambda: entered.clerk)


def _play_demo(out: Path) -> int:
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tempfile import TemporaryDirectory

    from desktop.window.playing.clerk import Unexpected
    from desktop.window.playing.demo import play
    from desktop.work.assessing import read_json

    samples = [read_json(paths.SAMPLES / name) for name in DEMO_SAMPLES]
    with TemporaryDirectory(prefix="yimen-demo-") as folder:
        store = open_store(Path(folder) / STORE_FILE, Opening("演示", _now(), Secret.fresh()))
        try:
            settings = Settings(office="示例乡社会救助「一门受理」窗口")
            office = _with(load_library(paths.POLICIES), settings, store, Path(folder))
            play(replace(office, who=lambda: DEMO_CLERK), samples, out)
        except Unexpected as difference:
            sys.stderr.write(f"演示与预期不符：{difference}\n")
            return command_line.DIFFERS
        finally:
            store.close()
    sys.stdout.write(f"演示完成：截图、文书和上报表在 {out}\n")
    return command_line.FINE


def _selftest() -> int:
    from desktop.work.selftest import selftest

    for what, outcome in selftest(paths.POLICIES, paths.FONTS, paths.SAMPLES / SELFTEST_SAMPLE, SELFTEST_PAYABLE):
        sys.stdout.write(f"✓ {what}：{outcome}\n")
    return command_line.FINE
