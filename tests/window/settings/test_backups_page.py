"""The page of the backups: one by hand, the list, a look into one, the question before a restore, and where they go."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.clerks import Clerk
from desktop.store.backups import backups_in, remember
from desktop.store.journal import entries_of_kind
from desktop.window.app import make_application
from desktop.window.backup_clock import BackupClock
from desktop.window.settings.backups_page import BackupsSection
from desktop.window.tasks import Tasks
from desktop.work.backing_up import back_up
from desktop.work.backup_places import Backups, places
from desktop.work.intake import new_case
from desktop.work.office import Office


@dataclass
class Kept:
    """The page on screen, and what it asked for."""

    page: BackupsSection
    clock: BackupClock
    tasks: Tasks
    office: Office
    restored: list[Path] = field(default_factory=list)
    folders: list[tuple[str, str]] = field(default_factory=list)

    @property
    def backups(self) -> Backups:
        return self.clock.backups

    def wait(self) -> None:
        for _ in range(1000):
            QCoreApplication.processEvents()
            if self.clock.idle():
                return
            QTest.qWait(5)
        raise AssertionError("it never came to rest")

    def press(self, key: Qt.Key) -> None:
        """A key where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)
        self.wait()

    def rows(self) -> list[list[str]]:
        table = self.page.table
        return [
            [str(table.model().index(row, column).data()) for column in range(table.columnCount())]
            for row in range(table.rowCount())
        ]

    def reload(self) -> None:
        self.page.reload()
        self.wait()


@pytest.fixture
def kept(qtbot: QtBot, staffed: Office, tmp_path: Path) -> Iterator[Kept]:
    (tmp_path / "stick").mkdir()
    make_application(staffed.fonts, "light")
    tasks = Tasks()
    clock = BackupClock(staffed, places(staffed.kept.path, "", str(tmp_path / "stick")), tasks)
    page = BackupsSection(staffed, tasks, clock)
    page.resize(1080, 640)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    made = Kept(page, clock, tasks, staffed)
    page.restore_asked.connect(made.restored.append)
    page.folders_chosen.connect(lambda first, second: made.folders.append((first, second)))
    made.wait()
    yield made
    clock.close()
    tasks.close()
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


def test_an_empty_page_says_what_to_do(kept: Kept) -> None:
    assert kept.page.nothing.isVisible()
    assert not kept.page.table.isVisible()
    assert not kept.page.back_to.isVisible()
    assert kept.page.age.text().startswith("尚未备份")


def test_a_backup_is_made_by_hand_and_stands_in_the_list(kept: Kept) -> None:
    kept.page.now.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert kept.rows() == [["2024-05-28 09:41", "手动", "0 件", kept.rows()[0][3], "两处都有", "✓ 已核对"]]
    assert kept.rows()[0][3].endswith("MB")
    assert kept.page.age.text() == "备份 刚刚（U 盘 刚刚）"
    assert QApplication.focusWidget() is kept.page.now


def test_while_it_is_made_its_way_is_shown_and_it_can_be_ended(kept: Kept) -> None:
    event = Event()
    kept.clock.run(partial(event.wait, 30), lambda _came: None)
    kept.page.now.setFocus()
    QTest.keyClick(kept.page.now, Qt.Key.Key_Return)
    assert kept.page.bar.isVisible()
    assert kept.page.bar.text() == "正在备份 0%"
    assert not kept.page.now.isVisible()
    assert QApplication.focusWidget() is kept.page.stop
    QTest.keyClick(kept.page.stop, Qt.Key.Key_Return)
    event.set()
    kept.wait()
    assert not kept.page.bar.isVisible()
    assert kept.page.now.isVisible()
    assert kept.page.nothing.isVisible()


def test_a_look_into_a_backup_opens_in_place_and_esc_leads_back(kept: Kept) -> None:
    new_case(kept.office, "assistance")
    back_up(kept.office, kept.backups, "hand")
    kept.reload()
    kept.page.table.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert kept.page.view.isVisible()
    assert not kept.page.table.isVisible()
    assert kept.page.view.title.text() == "5 月 28 日 09:41 的备份：1 件案卷"
    assert kept.page.view.table.rowCount() == 1
    assert len(entries_of_kind(kept.office.kept, "looked_at_backup")) == 1
    kept.press(Qt.Key.Key_Escape)
    assert not kept.page.view.isVisible()
    assert kept.page.table.isVisible()


def test_a_restore_is_asked_for_in_two_steps(kept: Kept) -> None:
    made, _ = back_up(kept.office, kept.backups, "hand")
    new_case(kept.office, "assistance")
    kept.reload()
    kept.page.back_to.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert kept.page.panel.isVisible()
    assert kept.page.panel.question.text() == "恢复到 5 月 28 日 09:41 的备份？"
    assert "其中 1 件是新建的：恢复后看不到这些改动" in kept.page.panel.lines.text()
    assert QApplication.focusWidget() is kept.page.panel.stop
    kept.press(Qt.Key.Key_Escape)
    assert not kept.page.panel.isVisible()
    assert QApplication.focusWidget() is kept.page.back_to
    assert kept.restored == []
    kept.press(Qt.Key.Key_Return)
    kept.page.panel.go.setFocus()
    kept.press(Qt.Key.Key_Return)
    kept.press(Qt.Key.Key_Return)
    assert kept.restored == [made.path]


def test_whoever_may_not_restore_is_told_who_may(kept: Kept, clerks: dict[str, Clerk]) -> None:
    back_up(kept.office, kept.backups, "hand")
    kept.page.office = replace(kept.office, who=lambda: clerks["李示例"])
    kept.reload()
    kept.page.back_to.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert not kept.page.panel.isVisible()
    assert kept.page.trouble.words.text() == "恢复备份需要管理员的权限。请由管理员登录后办理。"


def test_what_does_not_count_is_listed_with_why_and_cannot_be_used(kept: Kept) -> None:
    made, _ = back_up(kept.office, replace(kept.backups, second=None), "hand")
    made.path.with_suffix(".json").write_text("{}")
    kept.reload()
    assert kept.rows() == [["2024-05-28 09:41", "", "", "", "备份文件夹", "! 清单缺失，或与文件不符，不能使用。"]]
    assert not kept.page.look.isEnabled()
    assert not kept.page.back_to.isEnabled()


def test_a_pause_after_a_restore_and_the_last_drill_are_told(kept: Kept) -> None:
    back_up(kept.office, kept.backups, "hand")
    remember(kept.backups.folder, kept.office.kept.id, paused="2024-06-11T09:41:00+08:00", drill="恢复演练通过。")
    kept.reload()
    assert kept.page.notes.text() == "恢复后暂停清理旧备份，至 6 月 11 日。恢复演练通过。"


def test_the_second_medium_is_chosen_kept_and_given_up(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "disk" / "yimen"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    kept.page.second.change.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert kept.folders == [("", str(other))]
    assert kept.page.second.folder.text() == str(other)
    back_up(kept.office, kept.backups, "hand")
    assert len(backups_in(other)[0]) == 1
    kept.page.second.none.setFocus()
    kept.press(Qt.Key.Key_Return)
    assert kept.folders[-1] == ("", "")
    assert kept.page.second.folder.text() == "没有设置"
    assert kept.backups.second is None


def test_the_first_folder_is_changed_without_the_second(kept: Kept, tmp_path: Path) -> None:
    kept.page.choose_folder("first", str(tmp_path / "share"))
    kept.wait()
    assert kept.folders == [(str(tmp_path / "share"), str(tmp_path / "stick"))]
    assert kept.backups.folder == tmp_path / "share"


def test_both_cannot_be_the_same_folder(kept: Kept) -> None:
    kept.page.choose_folder("second", str(kept.backups.folder))
    assert kept.page.trouble.words.text().startswith("两处备份不能是同一个文件夹。")
    kept.page.choose_folder("first", "/proc/nothing")
    kept.wait()
    assert "不能写入文件夹" in kept.page.trouble.words.text()
    assert kept.folders == []


def test_a_second_medium_that_is_not_there_is_told(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "stick").rmdir()
    kept.reload()
    assert kept.page.second.state.text().startswith("现在不在。")
