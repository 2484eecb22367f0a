"""In from a backup: where the store is damaged or gone, by password or sheet, by the keyboard alone; given up, nothing changes."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.store.holder import hold
from desktop.store.journal import entries_of_kind
from desktop.store.secret import Secret
from desktop.window.entrance.premises import Premises
from desktop.window.entrance.restore_page import RestorePage
from desktop.work.backing_up import back_up
from desktop.work.backup_places import places
from desktop.work.entering import known_clerks, sign_in
from desktop.work.intake import new_case
from tests.window.entrance.conftest import CHEN, CHENS, LI, LIS, Clock, Counter, focused

OPEN = Callable[[], Counter]
WRONG = "something-else"
RETURN, ESCAPE, UP, DOWN, BACKTAB = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Backtab),
)


@dataclass
class Kept:
    """An office with a case in a backup, and one that was begun after it."""

    backup: Path
    code: str


def enter(premises: Premises, name: str = CHEN, password: str = CHENS) -> int:
    """Signs in without a window: how many cases were ever begun."""
    clerk = next(one for one in known_clerks(premises.door) if one.name == name)
    entered = sign_in(premises.door, clerk.id, password)
    begun = len(entries_of_kind(entered.store, "begun"))
    entered.store.close()
    return begun


@pytest.fixture
def kept(staffed: None, premises: Premises, clock: Clock) -> Kept:
    chen = next(one for one in known_clerks(premises.door) if one.name == CHEN)
    entered = sign_in(premises.door, chen.id, CHENS)
    office = premises.office_of(entered)
    new_case(office, "assistance")
    clock.pass_by(minutes=1)
    made, _ = back_up(office, places(premises.door.store), "hand")
    new_case(office, "illness_poverty")
    code = entered.store.secret.recovery_code()
    entered.store.close()
    clock.pass_by(minutes=5)
    return Kept(made.path, code)


def spoil_first_page(store: Path) -> None:
    content = bytearray(store.read_bytes())
    for at in range(40, 200):
        content[at] ^= 0xFF
    store.write_bytes(content)


def lose(store: Path) -> None:
    for path in (store, store.with_name(f"{store.name}-wal")):
        path.unlink(missing_ok=True)


def page_of(counter: Counter) -> RestorePage:
    return counter.desk.coming_in.restore_page


def trouble(counter: Counter) -> str:
    return page_of(counter).trouble.words.text()


def to_the_backups(counter: Counter) -> RestorePage:
    """Signs in, which does not go, and takes the way that is offered."""
    sign_in_page = counter.desk.coming_in.sign_in_page
    if not sign_in_page.restore.isVisible():
        counter.press(RETURN)
        counter.sign_in(CHENS)
    assert focused() is sign_in_page.restore
    counter.press(RETURN)
    page = page_of(counter)
    assert focused() is page.which.list
    return page


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder; who holds or tried what, and the log's index, are of no account."""
    passing = (".lock", ".holder", ".tries", "-shm", "-wal")
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {str(name): path.read_bytes() for name, path in found.items() if not path.name.endswith(passing)}


@pytest.mark.parametrize("happened", [spoil_first_page, lose])
def test_a_store_comes_back_by_the_keyboard_alone_with_what_was_typed_since(
    kept: Kept, open_desk: OPEN, premises: Premises, happened: Callable[[Path], None]
) -> None:
    happened(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    row = page.which.list.currentItem().text()
    assert [word in row for word in ("手动", "1 件", "MB", "备份文件夹")] == [True] * 4
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert page.sure.question.text().startswith("恢复到")
    assert "1 件案卷" in page.sure.lines.text()
    assert focused() is page.sure.back
    counter.press(Qt.Key.Key_Tab)
    counter.press(RETURN)
    said = counter.desk.coming_in.sign_in_page.trouble.words.text()
    assert "已恢复" in said
    assert "补上了之后的" in said
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert counter.desk.opened is not None
    assert len(entries_of_kind(counter.desk.opened.entered.store, "begun")) == 2
    assert len(entries_of_kind(counter.desk.opened.entered.store, "restored")) == 1


def test_it_says_what_becomes_of_what_is_there(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    spoil_first_page(premises.door.store)
    before = premises.door.store.read_bytes()
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert "整体另存" in page.sure.lines.text()
    page.sure.go.click()
    counter.wait()
    (aside,) = counter.folder.glob("cases-damaged-*")
    assert (aside / "cases.db").read_bytes() == before
    assert str(aside) in counter.desk.coming_in.sign_in_page.trouble.words.text()


def test_the_sheet_brings_a_backup_back_too_and_a_wrong_code_does_not(
    kept: Kept, open_desk: OPEN, premises: Premises
) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    page.who.by_code.click()
    counter.type(kept.code[:-1])
    counter.press(RETURN)
    assert "28 个字符" in page.code.code.message.text()
    page.code.code.field.clear()
    counter.type(Secret.fresh().recovery_code())
    counter.press(RETURN)
    assert "不是这份备份的" in trouble(counter)
    assert not premises.door.store.exists()
    page.code.code.field.clear()
    counter.type(kept.code.lower())
    counter.press(RETURN)
    assert "不会覆盖" in page.sure.lines.text()
    page.sure.go.click()
    counter.wait()
    assert enter(premises) == 2


def test_wrong_passwords_wait_as_at_the_door(kept: Kept, open_desk: OPEN, premises: Premises, qtbot: QtBot) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(WRONG)
    assert "口令不对" in page.who.credentials.line.message.text()
    for _ in range(3):
        counter.sign_in(WRONG)
    assert "请等待 2 秒" in page.who.credentials.line.message.text()
    counter.sign_in(CHENS)
    assert not page.sure.isVisible()
    qtbot.waitUntil(lambda: "可以再试了" in page.who.credentials.line.message.text(), timeout=4000)
    counter.clock.pass_by(seconds=2)
    counter.press(RETURN)
    assert page.sure.isVisible()


def test_only_an_administrator_restores(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(DOWN)
    assert page.who.credentials.clerks.currentItem().text().startswith(LI)
    counter.press(RETURN)
    counter.sign_in(LIS)
    assert "需要管理员的权限" in trouble(counter)
    assert not page.sure.isVisible()


@pytest.mark.parametrize("happened", [spoil_first_page, lose])
@pytest.mark.parametrize("far", [3, 40, 80])
def test_given_up_on_the_way_everything_is_as_it_was(
    kept: Kept,
    open_desk: OPEN,
    premises: Premises,
    happened: Callable[[Path], None],
    far: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened(premises.door.store)
    before = files_in(counter_folder := premises.door.store.parent)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    # Whoever presses Esc once it has come so far; the bar is told from the worker, which waits for nobody.
    tell = page._tell
    monkeypatch.setattr(page, "_tell", lambda done, of: tell(done, of) and 100 * done // of < far)
    counter.press(Qt.Key.Key_Tab)
    counter.press(RETURN)
    assert "已取消，没有恢复" in trouble(counter)
    assert files_in(counter_folder) == before
    assert focused() is page.sure.back
    monkeypatch.undo()
    counter.press(Qt.Key.Key_Tab)
    counter.press(RETURN)
    assert "已恢复" in counter.desk.coming_in.sign_in_page.trouble.words.text()
    assert enter(premises) == 2


def test_while_it_is_done_escape_gives_it_up(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    page.sure.go.click()
    assert focused() is page.sure.stop
    assert page.sure.bar.isVisible()
    assert not page.sure.go.isVisible()
    counter.press(ESCAPE)
    assert "已取消，没有恢复" in trouble(counter)
    assert not premises.door.store.exists()


def test_closing_the_window_gives_it_up_too(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    page.sure.go.click()
    counter.desk.close()
    assert not premises.door.store.exists()
    hold(premises.door.store, "测试", counter.clock.at).release()


def test_escape_leads_back_step_by_step(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    for shown in (page.who, page.which):
        counter.press(ESCAPE)
        assert shown.isVisible()
    counter.press(ESCAPE)
    assert counter.desk.coming_in.sign_in_page.isVisible()
    assert not premises.door.store.exists()


def test_a_store_that_opens_is_left_as_it_is(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    counter = open_desk()
    before = enter(premises)
    counter.desk.coming_in.sign_in_page.restore_asked.emit()
    counter.wait()
    page = page_of(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert "完好" in trouble(counter)
    assert "「设置」的「备份」" in trouble(counter)
    assert not page.sure.isVisible()
    assert enter(premises) == before
    assert not list(counter.folder.glob("cases-damaged*"))


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("not keys", encoding="utf-8")])
def test_where_only_the_keys_are_lost_only_they_come_back(
    kept: Kept, open_desk: OPEN, premises: Premises, spoil: Callable[[Path], None]
) -> None:
    spoil(premises.door.keys)
    counter = open_desk()
    sign_in_page = counter.desk.coming_in.sign_in_page
    assert focused() is sign_in_page.by_sheet
    sign_in_page.restore.click()
    counter.wait()
    page = page_of(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert page.sure.question.text() == "取回密钥文件？"
    counter.press(Qt.Key.Key_Tab)
    counter.press(RETURN)
    assert "密钥文件已取回" in sign_in_page.trouble.words.text()
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert counter.desk.opened is not None
    store = counter.desk.opened.entered.store
    assert (len(entries_of_kind(store, "begun")), len(entries_of_kind(store, "restored"))) == (2, 0)


def test_where_all_is_lost_a_new_computer_begins_from_a_stick(
    kept: Kept, open_desk: OPEN, premises: Premises, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(kept.backup.parent, stick)
    shutil.rmtree(premises.door.store.parent)
    premises.door.store.parent.mkdir()
    counter = open_desk()
    set_up = counter.desk.coming_in.set_up_page
    assert set_up is not None
    set_up.restore.click()
    counter.wait()
    page = page_of(counter)
    assert page.which.nothing.isVisible()
    assert focused() is page.which.elsewhere
    answers = iter(["", str(tmp_path), str(stick)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    counter.press(RETURN)
    counter.press(RETURN)
    assert "里没有备份" in trouble(counter)
    counter.press(RETURN)
    assert "所选文件夹" in page.which.list.currentItem().text()
    counter.press(RETURN)
    counter.press(RETURN)
    counter.sign_in(CHENS)
    counter.press(Qt.Key.Key_Tab)
    counter.press(RETURN)
    assert "已恢复" in counter.desk.coming_in.sign_in_page.trouble.words.text()
    counter.press(RETURN)
    counter.sign_in(CHENS)
    assert counter.is_open()


def test_without_keys_beside_the_backup_the_sheet_is_the_way(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    premises.door.keys.write_text("not keys", encoding="utf-8")
    kept.backup.with_suffix(".keys").unlink()
    counter = open_desk()
    counter.desk.coming_in.sign_in_page.restore.click()
    counter.wait()
    page = page_of(counter)
    counter.press(RETURN)
    assert page.code.isVisible()
    assert page.code.only_way.isVisible()
    assert "只能用恢复表" in page.code.only_way.text()
    assert not page.code.by_password.isVisible()


def test_what_does_not_count_is_listed_and_not_taken(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    lose(premises.door.store)
    kept.backup.with_suffix(".json").unlink()
    counter = open_desk()
    page = to_the_backups(counter)
    assert "清单缺失" in page.which.list.currentItem().text()
    counter.press(RETURN)
    assert "请改用另一份" in page.which.message.text()
    assert page.which.isVisible()


def test_a_store_that_another_program_holds_is_not_touched(kept: Kept, open_desk: OPEN, premises: Premises) -> None:
    spoil_first_page(premises.door.store)
    before = premises.door.store.read_bytes()
    counter = open_desk()
    page = to_the_backups(counter)
    counter.press(RETURN)
    counter.press(RETURN)
    held = hold(premises.door.store, "另一个窗口", counter.clock.at)
    try:
        counter.sign_in(CHENS)
        assert "另一个窗口" in trouble(counter)
    finally:
        held.release()
    assert not page.sure.isVisible()
    assert premises.door.store.read_bytes() == before
