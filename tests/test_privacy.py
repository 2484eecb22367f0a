"""What applicants told stays in the encrypted files: no other byte of disk, log, name or output of a whole day holds it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.domain.id_numbers import check_digit

ROOT = Path(__file__).resolve().parents[1]
# Nobody's: invented for this test, and in no other file of the project.
NAME, SPOUSE = "欧阳䶮泽", "尉迟㛃兰"
NUMBER, SPOUSE_NUMBER = (digits + check_digit(digits) for digits in ("52019919720315201", "52019919750822402"))
PHONE, ACCOUNT = "13900009876", "6228480000012345678"
ILLNESS, PROVIDER, VILLAGE = "虚构型髓系白血病", "虚构县血液病医院", "虚构石板寨"
WORDS = (NAME, SPOUSE, NUMBER, SPOUSE_NUMBER, PHONE, ACCOUNT, ILLNESS, PROVIDER, VILLAGE)
# As the search keys hold them.
TURNED = (NUMBER[::-1], PHONE[::-1], "ouyangyanze")
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
PASSWORD = "一句 很长的口令 2024"


def traces(folders: list[Path]) -> Iterator[str]:
    """Every file whose bytes or name hold one of the words, in any encoding that a program here would write."""
    needles = {(word, code): word.encode(code) for word in (*WORDS, *TURNED, PASSWORD) for code in ENCODINGS}
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        yield from (f"{path}: {word} ({code})" for (word, code), needle in needles.items() if needle in content)
        yield from (f"{path}: {word} (name)" for word in (*WORDS, *TURNED) if word in path.name)


# ---------------------------------------------------------------- the day, played in a process of its own


def now() -> datetime:
    return datetime.now().astimezone()


def draft_with_everything() -> dict[str, Any]:
    from desktop.work.assessing import read_json

    draft: Any = read_json(next(paths.SAMPLES.glob("01*.json")))
    household = draft["household"]
    household |= {"phone": PHONE, "village": VILLAGE, "address": f"{VILLAGE} 3 号"}
    first, second = household["members"]
    first |= {"name": NAME, "id_number": NUMBER, "serious_illness": ILLNESS, "note": f"收款账户 {ACCOUNT}"}
    second |= {"name": SPOUSE, "id_number": SPOUSE_NUMBER}
    draft["expenses"][0]["provider"] = PROVIDER
    return dict(draft)


def played(folder: Path, end: str) -> None:
    """A day at the window, which ends by a kill or by an exception that carries the draft."""
    from desktop.main import _last_net
    from desktop.store.keys import Cost
    from desktop.work.door import Door
    from desktop.work.entering import SetUp, set_up
    from desktop.work.library import load_library
    from desktop.work.office import Letterhead, Office

    door = Door(folder / "office" / "cases.db", "测试", now, cost=Cost(64, 1, 1))
    entered = set_up(door, SetUp("陈示例", PASSWORD, {}))
    library = load_library(paths.POLICIES)
    office = Office(
        *(library, entered.store, Letterhead("示例乡窗口"), "guizhou-sample", paths.FONTS, now),
        *(folder / "office" / "texts", lambda: entered.clerk),
    )
    draft = draft_with_everything()
    case_id = work(office, draft, folder / "asked_for")
    in_the_window(office, case_id)
    back_up(office, folder / "backups")
    (folder / "office" / "done").touch()
    if end == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.excepthook = _last_net
    with office.change():
        raise RuntimeError(f"no such draft: {draft}") from KeyError(NAME)


def work(office: Any, draft: dict[str, Any], asked_for: Path) -> str:
    """Everything that is done without a window; what is asked for goes into a folder of its own."""
    from desktop.store.checking import check_store
    from desktop.work.batching import export_batch
    from desktop.work.day_sheet import day_sheet
    from desktop.work.discarding import delete_case, purge
    from desktop.work.intake import new_case, save_case
    from desktop.work.looks import access_list_pdf
    from desktop.work.notices import issue_notice
    from desktop.work.searching import case_page
    from desktop.work.undoing import undo

    begun, gone = (new_case(office, "illness_poverty") for _ in range(2))
    for one in (begun, gone):
        save_case(office, one.id, {**draft, "applied_on": "2024-13-45"}, {})
        save_case(office, one.id, draft, {"id_card": "received"})
    undo(office, begun.id)
    save_case(office, begun.id, draft, {})
    (asked_for / "notice.pdf").write_bytes(issue_notice(office, begun.id, "receipt").pdf)
    (asked_for / "looks.pdf").write_bytes(access_list_pdf(office, begun.id))
    day_sheet(office, office.today())
    assert case_page(office).rows[0].applicant == NAME
    delete_case(office, gone.id, "误建")
    purge(office, [gone.id])
    export_batch(office, (begun.id,), asked_for)
    assert check_store(office.kept).sound
    return str(begun.id)


def in_the_window(office: Any, case_id: str) -> None:
    """The case opened in the real window, typed into, and a defect on its worker that carries what was typed."""
    from desktop.window.app import hang_last_net, make_application
    from desktop.window.main_window import MainWindow
    from desktop.window.playing.clerk import write

    def broken() -> None:
        raise ValueError(NAME, NUMBER)

    make_application(office.fonts, "light")
    window = MainWindow(office)
    hang_last_net(office.kept.path.parent, now, window.say_problem)
    window.show()
    window.open_case(case_id)
    assert window.tasks.wait_until_idle()
    assert window.case_page is not None
    field: Any = window.case_page.field("household.members[0].name")
    write(field, f"{NAME}{NAME}")
    window.flush()
    window.tasks.run(broken, lambda _: None, lambda _: None)
    assert window.tasks.wait_until_idle()
    window.close()
    sys.excepthook = sys.__excepthook__
    assert "ValueError" in (office.kept.path.parent / "incidents.log").read_text(encoding="utf-8")


def back_up(office: Any, folder: Path) -> None:
    from desktop.store.backup import Making, make_backup

    make_backup(office.kept.path, office.kept.secret, folder, Making(now(), "测试", "手动"))


# ---------------------------------------------------------------- what is left of it


def day(folder: Path, end: str) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    """Plays a day whose every file lies in a folder; what it said stands there too."""
    for name in ("office", "tmp", "home", "asked_for", "backups", "said"):
        (folder / name).mkdir(exist_ok=True)
    homes = {name: str(folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    places = {
        **homes,
        "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(folder / "tmp"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    run = subprocess.run(
        [sys.executable, str(Path(__file__)), str(folder), end],
        cwd=folder / "tmp",
        capture_output=True,
        check=False,
        env={**os.environ, **places, "PYTHONPATH": str(ROOT)},
    )
    (folder / "said" / "out").write_bytes(run.stdout)
    (folder / "said" / "err").write_bytes(run.stderr)
    return folder, run


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a day that ended by a kill leaves."""
    folder, run = day(tmp_path_factory.mktemp("killed"), "killed")
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()
    return folder


def left(folder: Path) -> list[Path]:
    return [folder / name for name in ("office", "tmp", "home", "backups", "said")]


def test_a_day_that_ends_by_a_kill_leaves_no_word_in_any_file_or_name(killed: Path) -> None:
    there = {path.name for folder in left(killed) for path in folder.rglob("*")}
    assert {"cases.db", "cases.db-wal", "cases.tail", "cases.keys", "incidents.log", "done", "err"} <= there
    assert any(name.endswith(".backup") for name in there)
    assert list(traces(left(killed))) == []


def test_the_names_of_what_was_asked_for_tell_nobody_either(killed: Path) -> None:
    names = sorted(path.name for path in (killed / "asked_for").iterdir())
    assert names == [*sorted(["looks.pdf", "notice.pdf"]), f"批{now():%Y}-0001.xlsx"]


def test_a_day_that_ends_by_a_defect_writes_down_its_place_and_no_word(tmp_path: Path) -> None:
    folder, run = day(tmp_path, "crashed")
    assert run.returncode == 1
    assert "不含个人信息" in run.stderr.decode()
    logs = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("incidents.log"))
    assert "RuntimeError" in logs
    assert "test_privacy.py" in logs
    assert list(traces(left(folder))) == []


def test_the_search_would_find_every_word_in_every_encoding_and_in_a_name(tmp_path: Path) -> None:
    for code in ENCODINGS:
        (tmp_path / f"{code}.bin").write_bytes(b"\xff" * 5 + "|".join((*WORDS, *TURNED, PASSWORD)).encode(code))
    (tmp_path / f"notice-{NAME}.pdf").touch()
    found = list(traces([tmp_path]))
    assert {line.partition(": ")[2] for line in found} >= {f"{word} ({code})" for word in WORDS for code in ENCODINGS}
    assert any(line.endswith("(name)") for line in found)


def test_the_same_store_without_its_key_shut_would_give_every_word_away(killed: Path, tmp_path: Path) -> None:
    from desktop.store.connection import connect
    from desktop.store.keys import read_keys, unlock

    (slot,) = read_keys(killed / "office" / "cases.keys")
    plain = tmp_path / "plain.db"
    connection = connect(killed / "office" / "cases.db", unlock(slot, PASSWORD))
    connection.execute("ATTACH ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    found = {line.partition(": ")[2].partition(" (")[0] for line in traces([tmp_path])}
    assert {*WORDS, *TURNED} <= found


if __name__ == "__main__":
    played(Path(sys.argv[1]), sys.argv[2])
