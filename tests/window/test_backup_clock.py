"""The clock of the backups: what is due is done by itself, nobody waits for it, and leaving waits for the last one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.problems import Problem
from desktop.store.backups import backups_in
from desktop.store.journal import entries_of_kind
from desktop.window.backup_clock import BackupClock
from desktop.window.tasks import Tasks
from desktop.work.backup_places import Backups, places
from desktop.work.intake import new_case
from desktop.work.office import Office


@dataclass
class Watched:
    """A clock, and all that it said."""

    clock: BackupClock
    tasks: Tasks
    office: Office
    time: list[datetime]
    aged: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    left: list[Problem | None] = field(default_factory=list)

    def wait(self) -> None:
        for _ in range(1000):
            QCoreApplication.processEvents()
            if self.clock.idle():
                return
            QTest.qWait(5)
        raise AssertionError("it never came to rest")

    def tick(self, **later: float) -> None:
        self.time[0] += timedelta(**later)
        self.clock.tick()
        self.wait()

    def type(self) -> None:
        new_case(self.office, "assistance")

    def made(self) -> list[str]:
        """Why each backup was made, newest first."""
        return [one.manifest.why for one in backups_in(self.clock.backups.folder)[0]]

    def hold_up(self) -> Event:
        """The backups' own worker does nothing until the event comes."""
        event = Event()
        self.clock.run(partial(event.wait, 30), lambda _came: None)
        return event


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def backups(office: Office, stick: Path) -> Backups:
    return places(office.kept.path, "", str(stick))


@pytest.fixture
def watched(qtbot: QtBot, office: Office, backups: Backups) -> Iterator[Watched]:
    time = [office.now()]
    moving = replace(office, now=lambda: time[0])
    tasks = Tasks()
    clock = BackupClock(moving, backups, tasks)
    made = Watched(clock, tasks, moving, time)
    clock.aged.connect(made.aged.append)
    clock.said.connect(lambda words, role: made.said.append((words, role)))
    clock.start()
    made.wait()
    yield made
    clock.close()
    tasks.close()


def test_it_says_how_old_the_backups_are(watched: Watched) -> None:
    assert watched.aged[-1].startswith("尚未备份（U 盘未备份） · 请插上 U 盘")
    watched.type()
    watched.tick()
    assert watched.aged[-1] == "备份 刚刚（U 盘 刚刚）"
    watched.tick(minutes=12)
    assert watched.aged[-1] == "备份 12 分钟前（U 盘 12 分钟前）"


def test_where_no_backup_leads_into_the_tail_one_is_made_at_once(watched: Watched) -> None:
    watched.type()
    watched.tick()
    watched.tick(minutes=6)
    assert watched.made() == ["interval"]
    watched.office.kept.unbacked = True
    watched.tick()
    assert watched.made() == ["interval", "interval"]
    assert not watched.office.kept.unbacked
    watched.tick(minutes=6)
    assert len(watched.made()) == 2


def test_where_it_is_too_old_what_to_do_is_said_with_it(watched: Watched, stick: Path) -> None:
    watched.type()
    watched.tick()
    stick.rename(stick.with_name("away"))
    watched.tick(days=8)
    assert watched.aged[-1] == "备份 8 天前（U 盘 8 天前） · 请插上 U 盘，再到「设置 · 备份」里立即备份。"


def test_half_an_hour_of_work_is_backed_up_and_half_an_hour_of_rest_is_not(watched: Watched) -> None:
    watched.tick()
    assert watched.made() == []
    watched.type()
    watched.tick()
    assert watched.made() == ["interval"]
    watched.tick(minutes=40)
    assert watched.made() == ["interval"]
    watched.type()
    watched.tick()
    assert watched.made() == ["interval", "interval"]
    watched.type()
    watched.tick(minutes=29)
    assert len(watched.made()) == 2
    watched.tick(minutes=1)
    assert len(watched.made()) == 3


def test_a_backup_by_itself_says_nothing_and_one_by_hand_does(watched: Watched) -> None:
    watched.type()
    watched.tick()
    assert watched.said == []
    watched.clock.back_up("hand")
    watched.wait()
    assert watched.said == [("已备份，并已复制到第二备份。", "second")]


def test_whoever_saves_does_not_wait_for_a_backup(watched: Watched) -> None:
    event = watched.hold_up()
    watched.clock.back_up("hand")
    saved: list[object] = []
    watched.tasks.run(partial(new_case, watched.office, "assistance"), saved.append, lambda _problem: None)
    assert watched.tasks.wait_until_idle()
    assert len(saved) == 1
    assert watched.clock.busy()
    event.set()
    watched.wait()
    assert watched.made() == ["hand"]


def test_only_one_is_under_way_at_a_time(watched: Watched) -> None:
    event = watched.hold_up()
    watched.clock.back_up("hand")
    watched.clock.back_up("hand")
    watched.clock.drill()
    event.set()
    watched.wait()
    assert watched.made() == ["hand"]


def test_it_can_be_ended_and_nothing_half_made_stays(watched: Watched) -> None:
    event = watched.hold_up()
    watched.clock.back_up("hand")
    watched.clock.cancel()
    event.set()
    watched.wait()
    assert watched.said[-1][0].startswith("备份已取消")
    assert watched.said[-1][1] == "second"
    assert list(watched.clock.backups.folder.iterdir()) == []
    watched.clock.back_up("hand")
    watched.wait()
    assert watched.made() == ["hand"]


def test_how_far_it_is_is_told_from_the_beginning_to_the_end(watched: Watched) -> None:
    told: list[tuple[str, int, int]] = []
    ended: list[int] = []
    watched.clock.progressed.connect(lambda doing, done, of: told.append((doing, done, of)))
    watched.clock.ended.connect(lambda: ended.append(len(told)))
    watched.clock.back_up("hand")
    watched.wait()
    assert told[0] == ("正在备份", 0, 100)
    assert ("正在备份", 100, 100) in told
    assert told[-1][0] == "正在复制到第二备份"
    assert ended == [len(told)]


def test_what_fails_is_told_and_not_tried_again_every_minute(watched: Watched, tmp_path: Path) -> None:
    watched.clock.use(places(watched.office.kept.path, str(tmp_path / "gone")))
    watched.type()
    watched.tick()
    assert len(watched.said) == 1
    assert "不在了" in watched.said[0][0]
    assert watched.said[0][1] == "fault"
    for _ in range(29):
        watched.tick(minutes=1)
    assert len(watched.said) == 1
    watched.tick(minutes=1)
    assert len(watched.said) == 2


def test_another_folder_gets_a_backup_of_its_own_at_once(watched: Watched, tmp_path: Path) -> None:
    watched.type()
    watched.tick()
    (tmp_path / "disk").mkdir()
    watched.clock.use(places(watched.office.kept.path, str(tmp_path / "disk")))
    watched.wait()
    watched.tick()
    assert watched.made() == ["interval"]


def test_leaving_makes_the_last_backup_first(watched: Watched) -> None:
    watched.type()
    watched.clock.leave(watched.left.append)
    assert watched.left == []
    watched.wait()
    assert watched.left == [None]
    assert watched.made() == ["closing"]


def test_leaving_without_a_change_makes_none(watched: Watched) -> None:
    watched.type()
    watched.tick()
    watched.clock.leave(watched.left.append)
    watched.wait()
    assert watched.left == [None]
    assert watched.made() == ["interval"]


def test_leaving_waits_for_what_is_under_way_and_for_what_was_typed_meanwhile(watched: Watched) -> None:
    watched.type()
    watched.clock.back_up("interval")
    watched.clock.leave(watched.left.append)
    watched.wait()
    assert watched.left == [None]
    assert watched.made() == ["interval"]


def test_leaving_tells_why_there_is_no_backup(watched: Watched, tmp_path: Path) -> None:
    watched.clock.use(places(watched.office.kept.path, str(tmp_path / "gone")))
    watched.type()
    watched.clock.leave(watched.left.append)
    watched.wait()
    assert [type(problem).__name__ for problem in watched.left] == ["Unwritable"]


def test_closing_ends_what_is_under_way(watched: Watched) -> None:
    event = watched.hold_up()
    watched.clock.back_up("hand")
    event.set()
    watched.clock.close()
    assert watched.clock.idle()
    watched.clock.back_up("hand")
    assert watched.clock.idle()
    assert not list(watched.clock.backups.folder.glob("*.part"))


def test_the_newest_backup_is_tried_once_a_week(watched: Watched) -> None:
    watched.type()
    watched.tick()
    watched.tick(minutes=1)
    assert watched.said[-1][0].startswith("恢复演练通过：")
    assert len(entries_of_kind(watched.office.kept, "drilled")) == 1
    watched.tick(days=6)
    assert len(entries_of_kind(watched.office.kept, "drilled")) == 1
    watched.tick(days=1)
    assert len(entries_of_kind(watched.office.kept, "drilled")) == 2
    assert watched.made() == ["interval"]


def test_a_drill_that_fails_is_followed_by_a_backup_at_once(watched: Watched) -> None:
    watched.type()
    watched.tick()
    (made,), _ = backups_in(watched.clock.backups.folder)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    watched.time[0] += timedelta(minutes=1)
    watched.clock.drill()
    watched.wait()
    assert watched.said[-1][0].startswith("恢复演练没有通过：")
    assert watched.said[-1][1] == "fault"
    assert watched.made() == ["drill", "interval"]
