"""The commands on a store: made, signed in to, checked, its day told, its batch sent."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop import paths
from desktop.batches.outgoing import read_back
from desktop.main import main
from desktop.store import cases, clerks
from desktop.store.connection import connect
from desktop.store.facts import facts
from desktop.store.file import Store
from desktop.store.journal import entries_of_kind
from desktop.store.keys import Cost
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.work.door import Door
from desktop.work.entering import sign_in
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.library import Library
from desktop.work.office import Letterhead, Office
from desktop.work.staff import add_clerk

Sample = Callable[[str], dict[str, object]]
PASSWORD = "青山 绿水-2024"
CHEN, LI = "陈示例", "李示例"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
OLD = Path(__file__).parent / "old_stores" / "s0001_plain.db"


def now() -> datetime:
    return datetime.now().astimezone()


class Place:
    """A folder with a store, and a password and a recovery code in files outside of it."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self.office_folder = folder / "office"
        self.store = self.office_folder / "cases.db"
        self.password = folder / "password.txt"
        self.code = folder / "code.txt"

    def make(self) -> None:
        """Makes the store, and keeps a case that is accepted."""
        self.office_folder.mkdir()
        self.password.write_text(f"{PASSWORD}\n", encoding="utf-8")
        door = Door(self.store, "测试", now)
        facts = ["--office", "示例乡窗口", "--locality", "guizhou-sample", "--administrator", CHEN]
        assert main(["store", "create", *self.with_password(), *facts]) == 0
        entered = sign_in(door, clerks_of(door)[CHEN], PASSWORD)
        self.code.write_text(f"{entered.code.lower()}\r\n", encoding="utf-8")
        entered.store.close()

    def with_password(self) -> list[str]:
        return ["--store", str(self.store), "--password-file", str(self.password)]

    def with_code(self) -> list[str]:
        return ["--store", str(self.store), "--recovery-code-file", str(self.code)]

    def open(self) -> Store:
        secret = Secret.from_recovery_code(self.code.read_text(encoding="utf-8"))
        return open_store(self.store, Opening("测试", now(), secret))

    def office(self, store: Store) -> Office:
        chen = clerks.clerks(store)[0]
        return Office(
            *(
                self.library,
                store,
                Letterhead(),
                "guizhou-sample",
                paths.FONTS,
                now,
                self.folder / "texts",
                lambda: chen,
            )
        )


def clerks_of(door: Door) -> dict[str, str]:
    from desktop.work.entering import known_clerks

    return {one.name: one.id for one in known_clerks(door)}


@pytest.fixture(scope="module")
def made(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A store that was made on the command line, once for all tests."""
    place = Place(tmp_path_factory.mktemp("made"), library)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place.folder / "home"))
        place.make()
    return place


@pytest.fixture
def place(made: Place, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """That store in a folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    shutil.copytree(made.folder, tmp_path / "place")
    return Place(tmp_path / "place", library)


@pytest.fixture
def accepted(place: Place, sample: Sample) -> Place:
    """The store with a case that waits for the county."""
    store = place.open()
    office = place.office(store)
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, sample("01"), {})
    accept_case(office, begun.id)
    store.close()
    return place


def typed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


# ---------------------------------------------------------------- create


def test_a_store_is_made_with_its_administrator_and_the_recovery_code_is_shown(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    place = Place(tmp_path, library)
    place.make()
    told = capsys.readouterr()
    shown = next(line for line in told.out.splitlines() if line.startswith("恢复码："))
    place.code.write_text(shown.removeprefix("恢复码："), encoding="utf-8")
    store = place.open()
    assert [(one.name, one.role) for one in clerks.clerks(store)] == [(CHEN, "administrator")]
    assert facts(store)["office"] == "示例乡窗口"
    assert facts(store)["locality"] == "guizhou-sample"
    store.close()
    assert PASSWORD not in told.out + told.err


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"--locality": "nowhere"}, "guizhou-sample"),
        ({"--administrator": " "}, "没有填写管理员姓名"),
        ({"--store": "{folder}/nowhere/cases.db"}, "没有文件夹"),
        ({"--store": "{folder}/cases.keys"}, "不以 .db 结尾"),
        ({"--password-file": "{folder}/short.txt"}, "口令太短"),
        ({"--password-file": "{folder}/nothing.txt"}, "没有读到口令"),
        ({"--password-file": "{folder}/nowhere.txt"}, "没有文件"),
    ],
)
def test_a_store_that_cannot_be_made_leaves_nothing(
    changed: dict[str, str], told: str, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.folder / "short.txt").write_text("short", encoding="utf-8")
    (place.folder / "nothing.txt").write_text("", encoding="utf-8")
    words = {
        "--store": str(place.folder / "new.db"),
        "--password-file": str(place.password),
        "--office": "示例乡窗口",
        "--locality": "guizhou-sample",
        "--administrator": CHEN,
        **{name: value.format(folder=place.folder) for name, value in changed.items()},
    }
    before = sorted(place.folder.rglob("*"))
    assert main(["store", "create", *(part for pair in words.items() for part in pair)]) == 2
    assert told in capsys.readouterr().err
    assert sorted(place.folder.rglob("*")) == before


def test_a_store_that_is_there_is_not_made_again(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    before = place.store.read_bytes()
    asked = ["--office", "x", "--locality", "guizhou-sample", "--administrator", LI]
    assert main(["store", "create", *place.with_password(), *asked]) == 2
    assert "已经有案卷库" in capsys.readouterr().err
    assert place.store.read_bytes() == before


def test_a_store_of_the_first_version_is_taken_over(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    old = place.folder / "old.db"
    shutil.copy(OLD, old)
    asked = ["--office", "示例乡窗口", "--locality", "guizhou-sample", "--administrator", CHEN]
    signing = ["--store", str(old), "--password-file", str(place.password)]
    assert main(["store", "check", *signing]) == 2
    assert "未加密的旧版" in capsys.readouterr().err
    assert main(["store", "create", *signing, *asked]) == 0
    assert "已接管旧版案卷库" in capsys.readouterr().out
    assert main(["store", "check", *signing]) == 0


def test_a_new_password_is_asked_twice_on_a_terminal(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD])
    monkeypatch.setattr("desktop.commands.signing_in.getpass", lambda _: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    words = ["--store", str(place.folder / "new.db"), "--office", "x"]
    words += ["--locality", "guizhou-sample", "--administrator", CHEN]
    assert main(["store", "create", *words]) == 2
    assert "两次输入的口令不同" in capsys.readouterr().err
    assert main(["store", "create", *words]) == 0


# ---------------------------------------------------------------- signing in


def test_the_password_comes_from_a_file_the_terminal_or_a_line_of_input(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["store", "check", *place.with_password()]) == 0
    for content in (PASSWORD.encode() + b"\r\nmore", b"\xef\xbb\xbf" + PASSWORD.encode(), PASSWORD.encode("gb18030")):
        typed(monkeypatch, content)
        assert main(["store", "check", "--store", str(place.store)]) == 0
    monkeypatch.setattr("desktop.commands.signing_in.getpass", lambda _: PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["store", "check", "--store", str(place.store)]) == 0


def test_the_recovery_code_is_another_way_in_and_makes_no_account(place: Place) -> None:
    assert main(["store", "check", *place.with_code()]) == 0
    store = place.open()
    assert [one.name for one in clerks.clerks(store)] == [CHEN]
    assert [(one.who, one.path) for one in entries_of_kind(store, "signed_in")][-1] == ("", "recovery")
    store.close()


def test_coming_and_going_are_entries(place: Place) -> None:
    main(["store", "check", *place.with_password()])
    store = place.open()
    (chen,) = clerks.clerks(store)
    last = entries_of_kind(store, "signed_in", "signed_out")[-2:]
    assert [(one.kind, one.who) for one in last] == [("signed_in", chen.id), ("signed_out", chen.id)]
    store.close()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "没有读到口令"),
        ("绝不是这个口令".encode(), "口令不对"),
    ],
)
def test_without_the_right_password_nothing_is_done_and_it_is_not_shown(
    content: bytes, told: str, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, content)
    assert main(["store", "check", "--store", str(place.store)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert "绝不" not in said.err


@pytest.mark.parametrize(
    ("code", "told"),
    [("ABCD", "恢复码应有 28 个字符"), (Secret(bytes(16)).recovery_code(), "恢复码不是这个案卷库的")],
)
def test_a_wrong_recovery_code_opens_nothing(
    code: str, told: str, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.code.write_text(code, encoding="utf-8")
    assert main(["store", "check", *place.with_code()]) == 2
    assert told in capsys.readouterr().err


def test_where_there_are_several_accounts_one_is_to_be_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    store = place.open()
    add_clerk(place.office(store), Door(place.store, "测试", now, cost=CHEAP), LI, "clerk", "另一个口令-2024")
    store.close()
    (place.folder / "li.txt").write_text("另一个口令-2024", encoding="utf-8")
    li = ["--store", str(place.store), "--password-file", str(place.folder / "li.txt")]
    assert main(["store", "check", *li]) == 2
    assert f"{CHEN}、{LI}" in capsys.readouterr().err
    assert main(["store", "check", *li, "--clerk", "王示例"]) == 2
    assert "没有名为「王示例」的帐号" in capsys.readouterr().err
    assert main(["store", "check", *li, "--clerk", LI]) == 0
    assert main(["batch", "export", *li, "--clerk", LI, "-o", str(place.folder)]) == 2
    assert "审核员或管理员" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["nothing", "a letter", "another's"])
def test_what_is_no_store_is_refused(what: str, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    if what == "nothing":
        place.store.unlink()
    else:
        place.store.write_bytes(b"a letter, not a store" * 1000 if what == "a letter" else bytes(40960))
    assert main(["store", "check", *place.with_password()]) == 2
    assert "案卷库" in capsys.readouterr().err
    assert place.store.exists() == (what != "nothing")


def test_a_store_that_another_program_holds_is_refused(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    store = place.open()
    try:
        assert main(["store", "check", *place.with_password()]) == 2
        assert "正由" in capsys.readouterr().err
    finally:
        store.close()


# ---------------------------------------------------------------- backup and restore


def test_a_backup_is_made_beside_the_store_and_copied_where_one_is_asked_for(
    accepted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = accepted.folder / "stick"
    stick.mkdir()
    assert main(["store", "backup", *accepted.with_password(), "--to", str(stick)]) == 0
    told = capsys.readouterr()
    (first,) = (accepted.office_folder / "backups").glob("*.backup")
    (second,) = stick.glob("*.backup")
    assert first.read_bytes() == second.read_bytes()
    assert [line for line in told.out.splitlines() if "1 件案卷" in line] == told.out.splitlines()
    assert (str(first) in told.out, str(second) in told.out, told.err) == (True, True, "")
    store = accepted.open()
    (made,) = entries_of_kind(store, "backed_up")
    assert (made.path, made.who) == (first.name, clerks.clerks(store)[0].id)
    store.close()


def test_a_backup_that_cannot_be_made_is_told_in_words(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = place.folder / "nowhere"
    assert main(["store", "backup", *place.with_code(), "--to", str(nowhere)]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_backup_comes_back_in_the_place_of_the_store(
    accepted: Place, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["store", "backup", *accepted.with_password()]) == 0
    (backup,) = (accepted.office_folder / "backups").glob("*.backup")
    store = accepted.open()
    new_case(accepted.office(store), "assistance")
    store.close()
    assert main(["store", "restore", str(backup), *accepted.with_password()]) == 0
    assert "已恢复" in capsys.readouterr().out
    store = accepted.open()
    assert cases.count_of(store) == 1
    assert [one.path for one in entries_of_kind(store, "restored")] == [backup.name]
    store.close()
    assert main(["store", "check", *accepted.with_password()]) == 0


def backed_up(place: Place) -> Path:
    assert main(["store", "backup", *place.with_password()]) == 0
    (backup,) = (place.office_folder / "backups").glob("*.backup")
    return backup


@pytest.mark.parametrize("way", [Place.with_password, Place.with_code])
@pytest.mark.parametrize("happened", ["damaged", "gone", "all gone"])
def test_a_store_that_does_not_open_comes_back_by_password_or_by_the_recovery_code(
    way: Callable[[Place], list[str]], happened: str, accepted: Place
) -> None:
    backup = backed_up(accepted)
    if happened == "damaged":
        accepted.store.write_bytes(bytes(4096))
    else:
        accepted.store.unlink()
    if happened == "all gone":
        accepted.store.with_suffix(".keys").unlink()
    assert main(["store", "restore", str(backup), *way(accepted)]) == 0
    assert main(["store", "check", *accepted.with_password()]) == 0


def test_without_the_right_password_no_damaged_store_comes_back(
    accepted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = backed_up(accepted)
    accepted.store.write_bytes(bytes(4096))
    accepted.password.write_text("绝不是这个口令", encoding="utf-8")
    assert main(["store", "restore", str(backup), *accepted.with_password()]) == 2
    assert "口令不对" in capsys.readouterr().err
    assert accepted.store.read_bytes() == bytes(4096)
    backup.with_suffix(".keys").unlink()
    accepted.store.with_suffix(".keys").unlink()
    assert main(["store", "restore", str(backup), *accepted.with_password()]) == 2
    assert "--recovery-code-file" in capsys.readouterr().err


def test_a_store_that_is_whole_is_not_replaced_by_the_passwords_of_an_old_backup(
    accepted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = backed_up(accepted)
    accepted.store.with_suffix(".keys").unlink()
    before = accepted.open()
    count = len(entries_of_kind(before, "restored"))
    before.close()
    assert main(["store", "restore", str(backup), *accepted.with_password()]) == 2
    assert "案卷库完好" in capsys.readouterr().err
    after = accepted.open()
    assert len(entries_of_kind(after, "restored")) == count
    after.close()


def test_only_an_administrator_restores(accepted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "backup", *accepted.with_password()]) == 0
    (backup,) = (accepted.office_folder / "backups").glob("*.backup")
    store = accepted.open()
    add_clerk(accepted.office(store), Door(accepted.store, "测试", now, cost=CHEAP), LI, "reviewer", "另一个口令-2024")
    store.close()
    (accepted.folder / "li.txt").write_text("另一个口令-2024", encoding="utf-8")
    li = ["--store", str(accepted.store), "--password-file", str(accepted.folder / "li.txt"), "--clerk", LI]
    assert main(["store", "restore", str(backup), *li]) == 2
    assert "恢复备份需要管理员的权限" in capsys.readouterr().err
    assert main(["store", "restore", str(accepted.folder / "no.backup"), *accepted.with_password()]) == 2


def test_a_journal_that_was_written_anew_is_found_by_a_backup(
    accepted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = accepted.folder / "stick"
    stick.mkdir()
    assert main(["store", "backup", *accepted.with_password(), "--to", str(stick)]) == 0
    (manifest,) = stick.glob("yimen-*.json")
    whole = manifest.read_text(encoding="utf-8")
    (heads,) = json.loads(whole)["heads"].values()
    manifest.write_text(whole.replace(heads[1], "0" * 64), encoding="utf-8")
    assert main(["store", "check", *accepted.with_password()]) == 0
    assert main(["store", "check", *accepted.with_password(), "--backups", str(stick)]) == 1
    assert "被整段重写过" in capsys.readouterr().err


# ---------------------------------------------------------------- check, day sheet, batch


def test_a_sound_store_passes_its_check(accepted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "check", *accepted.with_password()]) == 0
    told = capsys.readouterr()
    assert "1 个案卷" in told.out
    assert "没有发现问题。" in told.out
    assert told.err == ""


def test_a_store_that_was_tampered_with_fails_its_check_and_says_where(
    accepted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = connect(accepted.store, Secret.from_recovery_code(accepted.code.read_text(encoding="utf-8")))
    connection.execute("UPDATE cases SET draft = replace(draft, '王', '李')")
    connection.commit()
    connection.close()
    assert main(["store", "check", *accepted.with_password()]) == 1
    told = capsys.readouterr()
    assert "没有发现问题" not in told.out
    assert f"案卷 {now().year}-0001 的内容与工作记录不符" in told.err
    assert "王" not in told.err


def test_a_store_with_a_damaged_page_fails_its_check(accepted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    whole = accepted.store.read_bytes()
    codes = set()
    for page in range(3, len(whole) // 4096, 7):
        content = bytearray(whole)
        content[4096 * page + 50] ^= 1
        accepted.store.write_bytes(content)
        codes.add(main(["store", "check", *accepted.with_code()]))
        assert "请" in capsys.readouterr().err
    assert codes == {1}


def test_a_check_that_is_cancelled_says_so(
    accepted: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.work.auditing.check_store", interrupted)
    assert main(["store", "check", *accepted.with_password()]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "已中止" in told.err


def test_the_day_is_told_on_paper(accepted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    out = accepted.folder / "sheet.pdf"
    assert main(["store", "day-sheet", *accepted.with_password(), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    out.unlink()
    assert main(["store", "day-sheet", *accepted.with_password(), "--on", "2024-05-20", "-o", str(out)]) == 0
    assert out.exists()
    lost = accepted.folder / "nowhere" / "sheet.pdf"
    assert main(["store", "day-sheet", *accepted.with_password(), "-o", str(lost)]) == 2
    assert "无法写入" in capsys.readouterr().err
    store = accepted.open()
    printed = [one for one in entries_of_kind(store, "printed") if one.path == "日结单"]
    store.close()
    assert len(printed) == 2, "a sheet that could not be written was printed"


def test_a_batch_goes_out_by_whoever_signs_in(accepted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    out = accepted.folder / "sent"
    out.mkdir()
    assert main(["batch", "export", *accepted.with_password(), "-o", str(out)]) == 0
    assert "1 件" in capsys.readouterr().out
    (book,) = out.glob("*.xlsx")
    (summary,) = read_back(book)["说明与汇总"]
    assert summary["上报单位"] == "示例乡窗口"
    assert main(["batch", "export", *accepted.with_password(), "-o", str(out)]) == 2
    assert "没有可以上报的案件" in capsys.readouterr().err


def test_a_batch_never_makes_a_store_out_of_a_mistyped_path(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(place.folder.rglob("*"))
    wrong = ["--store", str(place.office_folder / "cases.bd"), "--password-file", str(place.password)]
    assert main(["batch", "export", *wrong]) == 2
    assert "没有案卷库" in capsys.readouterr().err
    assert sorted(place.folder.rglob("*")) == before


def test_a_password_stands_in_no_line_that_others_see(place: Place) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "desktop", "store", "check", "--store", str(place.store)],
        input=f"{PASSWORD}\n".encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert PASSWORD.encode() not in run.stdout + run.stderr
    assert "没有发现问题" in run.stdout.decode()
