"""The first start: by the keyboard alone, nothing lost on the way back, nothing made before its time."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit

from desktop.settings import Settings, read_settings, write_settings
from desktop.store.connection import is_plain
from desktop.store.facts import facts
from desktop.store.holder import hold
from desktop.store.journal import entries_of_kind
from desktop.window.entrance.set_up_page import PROOF, SHEET, SetUpPage
from desktop.window.entrance.set_up_steps import NO_OFFICE
from desktop.window.playing.clerk import write
from desktop.work.door import Door
from desktop.work.entering import known_clerks
from tests.window.entrance.conftest import CHEN, CHENS, Counter, focused

OLD_STORE = Path(__file__).resolve().parents[2] / "old_stores" / "s0001_plain.db"
OPEN = Callable[[], Counter]
OFFICE = "示例乡社会救助「一门受理」窗口"


def page_of(counter: Counter) -> SetUpPage:
    page = counter.desk.coming_in.set_up_page
    assert page is not None
    return page


def write_here(text: str) -> None:
    """Writes where the keyboard is, as a clerk with an input method does."""
    field = focused()
    assert isinstance(field, QLineEdit)
    write(field, text)


def fill_to_the_store(counter: Counter) -> SetUpPage:
    """Answers the first three pages by keys, and has the store made."""
    write_here(OFFICE)
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F8)
    write_here(CHEN)
    counter.press(Qt.Key.Key_Return)
    counter.sign_in(CHENS)
    counter.sign_in(CHENS)
    return page_of(counter)


def prove(counter: Counter, group: str = "") -> None:
    """Types the last group of the code from paper."""
    page = page_of(counter)
    assert page.entered is not None
    counter.press(Qt.Key.Key_F8)
    counter.sign_in(group or page.entered.code[-4:].lower())


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_whole_set_up_goes_by_the_keyboard_alone(open_desk: OPEN) -> None:
    counter = open_desk()
    write_here(OFFICE)
    for text in ("示例县示例路 1 号", "0850-0000000", "0850-0000001"):
        counter.press(Qt.Key.Key_Return)
        write_here(text)
    counter.press(Qt.Key.Key_Return)  # the last field leads to the next page
    counter.press(Qt.Key.Key_Home)
    counter.press(Qt.Key.Key_Down)
    chosen = page_of(counter).locality.list.key()
    counter.press(Qt.Key.Key_Return)
    write_here(CHEN)
    counter.press(Qt.Key.Key_Tab)
    counter.type(CHENS)
    counter.press(Qt.Key.Key_Tab)
    counter.type(CHENS)
    counter.press(Qt.Key.Key_F8)
    prove(counter)
    counter.press(Qt.Key.Key_F8)
    assert counter.desk.opened is not None
    assert counter.office_window.isVisible()
    store = counter.desk.opened.entered.store
    stated = facts(store)
    assert (stated["office"], stated["phone"], stated["locality"]) == (OFFICE, "0850-0000000", chosen)
    assert [clerk.title for clerk in known_clerks(counter.premises.door)] == ["陈示例（管理员）"]
    assert read_settings(counter.premises.settings_file).backup_folder == str(counter.folder / "backups")
    assert (counter.folder / "backups").is_dir()
    assert counter.office_window.isAncestorOf(focused())
    assert not is_plain(store.path)


def test_nothing_is_left_when_the_window_is_closed_before_the_store_is_made(open_desk: OPEN) -> None:
    counter = open_desk()
    write_here(OFFICE)
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F8)
    write_here(CHEN)
    counter.press(Qt.Key.Key_Return)
    counter.type(CHENS)
    counter.desk.close()
    assert names_in(counter.folder) == []


def test_going_back_loses_nothing(open_desk: OPEN) -> None:
    counter = open_desk()
    write_here(OFFICE)
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_Home)
    chosen = page_of(counter).locality.list.key()
    counter.press(Qt.Key.Key_F8)
    write_here(CHEN)
    counter.press(Qt.Key.Key_Return)
    counter.type(CHENS)
    for _ in range(2):
        counter.press(Qt.Key.Key_F7)
    page = page_of(counter)
    assert page.place() == 0
    assert page.office.lines["office"].field.text() == OFFICE
    counter.press(Qt.Key.Key_F7)  # there is nothing before the first
    assert page.place() == 0
    counter.press(Qt.Key.Key_F8)
    assert page.locality.list.key() == chosen
    counter.press(Qt.Key.Key_F8)
    assert page.administrator.name.field.text() == CHEN
    assert page.administrator.password.password() == CHENS


def test_without_a_name_for_the_office_it_does_not_go_on(open_desk: OPEN) -> None:
    counter = open_desk()
    counter.press(Qt.Key.Key_F8)
    page = page_of(counter)
    assert page.place() == 0
    assert NO_OFFICE.what in page.office.lines["office"].message.text()
    assert focused() is page.office.lines["office"].field


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("short", "short", "口令太短"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "同一个字符"),
        (CHENS, "shiliu-kaihua-23", "不一样"),
        (CHENS, "", "不一样"),
    ],
)
def test_a_password_that_will_not_do_makes_no_store(open_desk: OPEN, first: str, again: str, said: str) -> None:
    counter = open_desk()
    write_here(OFFICE)
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F8)
    write_here(CHEN)
    counter.press(Qt.Key.Key_Return)
    counter.type(first)
    counter.press(Qt.Key.Key_Tab)
    counter.type(again)
    counter.press(Qt.Key.Key_F8)
    password = page_of(counter).administrator.password
    assert said in password.first.message.text() + password.again.message.text()
    assert names_in(counter.folder) == []


def test_a_password_is_shown_only_while_somebody_wants_to_see_it(open_desk: OPEN) -> None:
    password = page_of(open_desk()).administrator.password
    fields = (password.first.field, password.again.field)
    assert {field.echoMode() for field in fields} == {QLineEdit.EchoMode.Password}
    password.shown.setChecked(True)
    assert {field.echoMode() for field in fields} == {QLineEdit.EchoMode.Normal}
    assert not any(field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) for field in fields)
    assert all(field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData for field in fields)


def test_the_locality_says_whether_its_numbers_were_confirmed_and_where_they_are_from(open_desk: OPEN) -> None:
    step = page_of(open_desk()).locality
    for place, locality in enumerate(step._library.localities.values()):
        step.list.setCurrentRow(place)
        assert ("未核对" in step.state.text()) is not locality.verified
        assert locality.source in step.source.text()


def test_the_sheet_is_proved_to_be_on_paper_before_it_goes_on(open_desk: OPEN) -> None:
    counter = open_desk()
    page = fill_to_the_store(counter)
    assert page.place() == SHEET
    assert page.entered is not None
    code = page.entered.code
    counter.press(Qt.Key.Key_F7)  # the store is made: there is no way back behind it
    assert page.place() == SHEET
    counter.press(Qt.Key.Key_F8)
    assert page.place() == PROOF
    assert not any(group in counter.words() for group in code.split("-"))
    counter.sign_in("0000")
    assert page.place() == PROOF
    assert "不一样" in page.proof.line.message.text()
    counter.press(Qt.Key.Key_F7)
    assert page.place() == SHEET
    prove(counter)
    assert page.place() == PROOF + 1


def test_the_sheet_prints_and_is_saved_as_it_is_shown(open_desk: OPEN, tmp_path: Path) -> None:
    counter = open_desk()
    page = fill_to_the_store(counter)
    assert page.entered is not None
    page.sheet.save_as(tmp_path / "sheet.pdf")
    counter.wait()
    assert "删除" in page.sheet.trouble.words.text()
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert all(group in text for group in page.entered.code.split("-"))
    assert OFFICE in text
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    page.sheet.print_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 0
    assert page.sheet.view.page.pixmap().width() > 0


def test_a_set_up_that_was_broken_off_goes_on_with_the_sheet_at_the_next_sign_in(open_desk: OPEN) -> None:
    counter = open_desk()
    first = fill_to_the_store(counter).entered
    assert first is not None
    counter.desk.close()
    again = open_desk()
    again.sign_in(CHENS)
    page = page_of(again)
    assert page.place() == SHEET
    assert page.entered is not None
    assert page.entered.code == first.code
    prove(again)
    again.press(Qt.Key.Key_F8)
    assert again.is_open()
    again.desk.close()
    third = open_desk()
    third.sign_in(CHENS)
    assert third.is_open()


def test_backups_on_the_stores_own_disk_are_warned_of(open_desk: OPEN) -> None:
    counter = open_desk()
    page = fill_to_the_store(counter)
    prove(counter)
    assert "同一块磁盘" in page.backup.first.message.text()
    page.backup.second.field.setText("relative/folder")
    counter.press(Qt.Key.Key_F8)
    assert "完整" in page.backup.second.message.text()
    assert not counter.is_open()
    page.backup.second.field.setText(str(counter.folder / "second"))
    counter.press(Qt.Key.Key_F8)
    assert counter.is_open()
    assert read_settings(counter.premises.settings_file).second_folder == str(counter.folder / "second")


def test_a_folder_that_cannot_be_written_is_said_so(open_desk: OPEN) -> None:
    counter = open_desk()
    page = fill_to_the_store(counter)
    prove(counter)
    (counter.folder / "taken").write_text("a file", encoding="utf-8")
    page.backup.first.field.setText(str(counter.folder / "taken" / "backups"))
    counter.press(Qt.Key.Key_F8)
    assert "不能写入" in page.trouble.words.text()
    assert not counter.is_open()


def test_what_is_set_on_the_machine_stays_beside_the_folders(open_desk: OPEN) -> None:
    counter = open_desk()
    write_settings(counter.premises.settings_file, Settings(look="dark", type_size=14))
    fill_to_the_store(counter)
    prove(counter)
    counter.press(Qt.Key.Key_F8)
    kept = read_settings(counter.premises.settings_file)
    assert (kept.look, kept.type_size, bool(kept.backup_folder)) == ("dark", 14, True)


class TestOfAnEarlierVersion:
    """The machine has settings and cases of the first version."""

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(office=OFFICE, address="示例县示例路 1 号", phone="0850-0000000")

    def test_what_it_kept_is_there_already(self, open_desk: OPEN) -> None:
        lines = page_of(open_desk()).office.lines
        assert [lines[key].field.text() for key in ("office", "phone")] == [OFFICE, "0850-0000000"]

    def test_its_cases_are_taken_over_and_encrypted(self, open_desk: OPEN, door: Door) -> None:
        shutil.copy(OLD_STORE, door.store)
        with closing(sqlite3.connect(OLD_STORE)) as old:
            (cases,) = old.execute("SELECT count(*) FROM cases").fetchone()
        counter = open_desk()
        assert "前一版本" in counter.words()
        fill_to_the_store(counter)
        prove(counter)
        counter.press(Qt.Key.Key_F8)
        assert counter.desk.opened is not None
        assert not is_plain(door.store)
        store = counter.desk.opened.entered.store
        assert store.read("SELECT count(*) FROM cases").fetchone() == (cases,)
        assert cases > 0
        assert len(counter.office_window.case_list.table.rows) == cases

    def test_closing_before_that_leaves_its_file_as_it_was(self, open_desk: OPEN, door: Door) -> None:
        shutil.copy(OLD_STORE, door.store)
        counter = open_desk()
        counter.press(Qt.Key.Key_F8)
        counter.desk.close()
        assert door.store.read_bytes() == OLD_STORE.read_bytes()
        assert names_in(door.store.parent) == ["cases.db"]


def test_a_store_that_cannot_be_made_is_said_so_and_nothing_typed_is_lost(open_desk: OPEN) -> None:
    counter = open_desk()
    held = hold(counter.premises.door.store, "另一个窗口", counter.clock.at)
    try:
        page = fill_to_the_store(counter)
        assert "使用" in page.trouble.words.text()
        assert page.administrator.password.password() == CHENS
        assert not counter.premises.door.keys.exists()
    finally:
        held.release()
    counter.press(Qt.Key.Key_F8)
    assert page.place() == SHEET


def test_who_has_a_backup_is_led_to_it(open_desk: OPEN) -> None:
    counter = open_desk()
    page = page_of(counter)
    assert page.restore.isVisible()
    write_here("示例乡")
    page.restore.click()
    counter.wait()
    assert counter.desk.coming_in.restore_page.isVisible()
    counter.press(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.office.lines["office"].field.text() == "示例乡"
    page.office.lines["office"].field.clear()
    fill_to_the_store(counter)
    assert not page.restore.isVisible()


def test_closing_with_the_sheet_on_screen_notes_it_and_lets_the_store_go(open_desk: OPEN) -> None:
    counter = open_desk()
    fill_to_the_store(counter)
    counter.desk.close()
    again = open_desk()
    again.sign_in(CHENS)
    entered = page_of(again).entered
    assert entered is not None
    assert [entry.kind for entry in entries_of_kind(entered.store, "signed_in", "signed_out")] == [
        *("signed_in", "signed_out", "signed_in"),
    ]
