"""Backups of the office: made, counted, carried to a second medium, thinned, aged in words; the drill; bringing one back."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import NOBODY, Clerk
from desktop.domain.problems import Problem
from desktop.store.backup import check_backup
from desktop.store.backups import PAUSE, backups_in, is_known, remembered
from desktop.store.checking import check_store
from desktop.store.journal import entries_of_kind
from desktop.store.kept_tails import kept_beside, tails_in
from desktop.store.keys import Cost
from desktop.store.register import give
from desktop.store.tail import read_tail
from desktop.work.backing_up import back_up, before_steps, last_change
from desktop.work.backup_ages import Ages, age_words, ages, drill_due, is_due, overdue
from desktop.work.backup_list import BOTH, FIRST, SECOND, listed, media
from desktop.work.backup_places import Backups, places, second_there
from desktop.work.bringing_back import (
    BY_SHEET,
    glance,
    look_into,
    prospect,
    prospect_of_damaged,
    restore,
    restore_unopened,
    restored_words,
    restorer,
)
from desktop.work.door import Door
from desktop.work.drilling import TWO_JOURNALS, anchors, drill
from desktop.work.entering import SetUp, set_up, sign_in
from desktop.work.intake import new_case
from desktop.work.office import Office
from desktop.work.recovery import recover
from desktop.work.staff import add_clerk

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "门口的石榴树又开花了"


class Clock:
    """The time at the counter, which the tests move on."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def on(self, **much: float) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def clock(office: Office) -> Clock:
    return Clock(office.now())


@pytest.fixture
def door(tmp_path: Path, clock: Clock) -> Door:
    (tmp_path / "desk").mkdir()
    return Door(tmp_path / "desk" / "cases.db", "测试", clock, cost=CHEAP)


@pytest.fixture
def desk(office: Office, door: Door, clock: Clock) -> Iterator[Office]:
    """An office behind a door, with an administrator and two cases."""
    entered = set_up(door, SetUp("陈示例", PASSWORD, {}))
    made = replace(office, store=entered.store, who=lambda: entered.clerk, now=clock)
    new_case(made, "assistance")
    new_case(made, "illness_poverty")
    yield made
    if entered.store.held.lock.is_locked:
        entered.store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick" / "yimen"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def backups(door: Door, stick: Path) -> Backups:
    return places(door.store, "", str(stick))


def age(desk: Office, backups: Backups) -> Ages:
    return ages(backups, desk.kept.id)


def due(desk: Office, backups: Backups) -> bool:
    return is_due(age(desk, backups), last_change(desk), desk.now())


def test_backups_lie_beside_the_store_if_nobody_says_otherwise(tmp_path: Path) -> None:
    store = tmp_path / "cases.db"
    assert places(store) == Backups(store, tmp_path / "backups")
    assert places(store, "/a", "/a").second is None
    assert places(store, "/a", "/b").second == Path("/b")


def test_a_backup_is_entered_and_the_tail_begins_anew(desk: Office, backups: Backups) -> None:
    made, carried = back_up(desk, backups, "hand")
    (entry,) = entries_of_kind(desk.kept, "backed_up")
    assert (entry.path, entry.new, entry.who) == (made.name, made.manifest.standing.change, desk.who().id)
    assert carried.on_second
    tail = read_tail(desk.kept.path.with_suffix(".tail"), desk.kept.secret.tail_key())
    assert [record.change for record in tail.records] == [entry.change]
    assert kept_beside(desk.kept.path) == ()
    (kept,) = tails_in(backups.folder)
    assert kept.stem == made.path.stem
    assert read_tail(kept, desk.kept.secret.tail_key()).standing[-1][0] == entry.change - 1


def test_what_the_program_does_by_itself_is_entered_as_its_own(desk: Office, backups: Backups) -> None:
    back_up(desk, backups, "interval")
    (entry,) = entries_of_kind(desk.kept, "backed_up")
    assert entry.who == NOBODY.id


def test_it_is_due_after_half_an_hour_and_only_when_something_changed(
    desk: Office, backups: Backups, clock: Clock
) -> None:
    assert due(desk, backups)
    back_up(desk, backups, "interval")
    clock.on(minutes=31)
    assert not due(desk, backups)
    new_case(desk, "assistance")
    assert due(desk, backups)
    back_up(desk, backups, "interval")
    new_case(desk, "assistance")
    clock.on(minutes=29)
    assert not due(desk, backups)
    clock.on(minutes=1)
    assert due(desk, backups)


def test_what_was_typed_while_it_was_made_needs_the_next_one(desk: Office, backups: Backups, clock: Clock) -> None:
    typed: list[str] = []

    def tell(_done: int, _of: int) -> bool:
        if not typed:
            typed.append(new_case(desk, "assistance").id)
        return True

    back_up(desk, backups, "interval", tell)
    clock.on(minutes=31)
    assert due(desk, backups)


def test_the_second_medium_gets_the_newest_with_the_tails_since_its_last(
    desk: Office, backups: Backups, clock: Clock, stick: Path
) -> None:
    first, _ = back_up(desk, backups, "hand")
    away = stick.parent.with_name("away")
    stick.parent.rename(away)
    for _ in range(2):
        clock.on(hours=1)
        new_case(desk, "assistance")
        _, carried = back_up(desk, backups, "interval")
        assert carried == type(carried)()
    away.rename(stick.parent)
    clock.on(hours=1)
    new_case(desk, "assistance")
    last, carried = back_up(desk, backups, "interval")
    assert carried.on_second
    there = backups_in(stick, desk.kept.id)[0]
    assert [one.name for one in there] == [last.name, first.name]
    assert check_backup(there[0].path, desk.kept.secret).manifest == last.manifest
    assert [path.name for path in tails_in(stick)] == [path.name for path in tails_in(backups.folder)]


def test_another_stick_under_the_same_name_is_not_taken_for_ours(desk: Office, backups: Backups, stick: Path) -> None:
    assert second_there(backups, desk.kept.id)
    back_up(desk, backups, "hand")
    assert is_known(stick, desk.kept.id)
    shutil.rmtree(stick)
    stick.mkdir()
    assert not second_there(backups, desk.kept.id)
    _, carried = back_up(desk, backups, "hand")
    assert not carried.on_second
    assert list(stick.iterdir()) == []


def test_a_second_medium_that_takes_nothing_is_told_and_the_backup_counts(
    desk: Office, backups: Backups, stick: Path
) -> None:
    stick.rmdir()
    (stick.parent / "file").write_text("")
    full = replace(backups, second=Path("/proc/self"))
    _, carried = back_up(desk, full, "hand")
    assert carried.trouble is not None
    assert "/proc/self" in carried.trouble.what
    assert len(backups_in(backups.folder)[0]) == 1


def test_a_chosen_folder_that_is_gone_is_told_and_not_made(desk: Office, backups: Backups, tmp_path: Path) -> None:
    gone = replace(backups, folder=tmp_path / "disk" / "backups")
    with pytest.raises(Problem, match="不在了。请接好磁盘"):
        back_up(desk, gone, "hand")
    assert not gone.folder.exists()
    assert entries_of_kind(desk.kept, "backed_up") == ()
    # Before something that may go wrong there is one all the same.
    before_steps(gone, desk.now)(desk.kept.path, desk.kept.secret)
    assert [one.manifest.why for one in backups_in(gone.usual)[0]] == ["migration"]


def test_old_backups_are_thinned_on_both_media_but_not_after_a_restore(
    desk: Office, backups: Backups, clock: Clock, stick: Path
) -> None:
    for _ in range(20):
        back_up(desk, backups, "interval")
        clock.on(minutes=30)
    assert len(backups_in(backups.folder)[0]) == len(backups_in(stick)[0]) == 13
    until = (clock() + PAUSE).isoformat()
    for folder in (backups.folder, stick):
        path = folder / f"yimen-{desk.kept.id[-8:]}.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"paused": until}))
    back_up(desk, backups, "interval")
    assert len(backups_in(backups.folder)[0]) == len(backups_in(stick)[0]) == 14


def test_a_clock_that_leapt_ahead_thins_nothing(desk: Office, backups: Backups, clock: Clock, stick: Path) -> None:
    def work(times: int) -> int:
        for _ in range(times):
            back_up(desk, backups, "interval")
            clock.on(minutes=30)
        return len(backups_in(backups.folder)[0])

    assert work(13) == 13
    clock.on(days=800)
    assert work(4) == 17
    assert len(tails_in(backups.folder)) == len(backups_in(stick)[0]) == 17
    clock.on(days=-800)
    assert work(1) == 18
    # Once the clock is right again all goes on, and what bears a wrong date stays.
    assert work(1) < 18
    assert len([one for one in backups_in(backups.folder)[0] if one.manifest.made_at > clock.at]) == 4


def test_a_backup_that_is_dated_ahead_counts_as_none(desk: Office, backups: Backups, clock: Clock) -> None:
    clock.on(days=800)
    back_up(desk, backups, "interval")
    drill(desk, backups)
    clock.on(days=-800)
    new_case(desk, "assistance")
    found = age(desk, backups)
    assert due(desk, backups)
    assert drill_due(found, clock())
    assert age_words(found, clock()) == "尚未备份（U 盘未备份）"
    late = overdue(found, backups, last_change(desk), clock())
    assert late is not None
    assert late.what == "还没有备份。"
    back_up(desk, backups, "interval")
    clock.on(minutes=12)
    found = ages(backups, desk.kept.id, clock())
    assert age_words(found, clock()) == "备份 12 分钟前（U 盘 12 分钟前）"


def test_the_age_is_told_in_words(desk: Office, backups: Backups, clock: Clock, stick: Path) -> None:
    assert age_words(age(desk, backups), clock()) == "尚未备份（U 盘未备份）"
    back_up(desk, backups, "hand")
    assert age_words(age(desk, backups), clock()) == "备份 刚刚（U 盘 刚刚）"
    clock.on(days=3, minutes=1)
    shutil.rmtree(stick)
    assert age_words(age(desk, backups), clock()) == "备份 3 天前（U 盘 3 天前）"
    new_case(desk, "assistance")
    back_up(desk, backups, "interval")
    clock.on(minutes=12)
    assert age_words(age(desk, backups), clock()) == "备份 12 分钟前（U 盘 3 天前）"
    clock.on(hours=2)
    assert age_words(age(desk, backups), clock()) == "备份 2 小时前（U 盘 3 天前）"
    assert age_words(age(desk, replace(backups, second=None)), clock()) == "备份 2 小时前（U 盘未备份）"


def test_what_is_late_is_told_with_what_to_do(desk: Office, backups: Backups, clock: Clock) -> None:
    def late() -> str:
        found = overdue(age(desk, backups), backups, last_change(desk), clock())
        return f"{found.what}{found.remedy}" if found else ""

    assert late().startswith("还没有备份。请在「设置 · 备份」里立即备份")
    back_up(desk, backups, "hand")
    assert late() == ""
    clock.on(days=6)
    assert late() == ""
    new_case(desk, "assistance")
    assert late().startswith("已有 6 天没有备份。")
    back_up(desk, replace(backups, second=None), "hand")
    clock.on(days=2)
    assert late() == "U 盘已有 8 天没有备份。请插上 U 盘，再到「设置 · 备份」里立即备份。"


def test_a_drill_passes_is_entered_and_is_due_again_in_a_week(desk: Office, backups: Backups, clock: Clock) -> None:
    assert not drill_due(age(desk, backups), clock())
    back_up(desk, backups, "hand")
    assert drill_due(age(desk, backups), clock())
    done = drill(desk, backups)
    assert done.passed
    assert done.words == "恢复演练通过：5 月 28 日 09:41 的备份完整可用，2 件案卷与清单一致。"
    (entry,) = entries_of_kind(desk.kept, "drilled")
    assert entry.new == {"passed": True}
    assert age(desk, backups).drill == done.words
    clock.on(days=6)
    assert not drill_due(age(desk, backups), clock())
    clock.on(days=1)
    assert drill_due(age(desk, backups), clock())


def test_a_drill_without_a_backup_says_what_to_do(desk: Office, backups: Backups) -> None:
    done = drill(desk, backups)
    assert not done.passed
    assert done.words.startswith("恢复演练没有通过：还没有备份")


@pytest.mark.parametrize("spoil", ["page", "manifest"])
def test_a_drill_that_fails_makes_another_backup_at_once(
    desk: Office, backups: Backups, clock: Clock, spoil: str
) -> None:
    made, _ = back_up(desk, backups, "hand")
    if spoil == "page":
        content = bytearray(made.path.read_bytes())
        content[5000] ^= 1
        made.path.write_bytes(content)
    else:
        made.path.with_suffix(".json").write_text("{}")
    clock.on(minutes=1)
    done = drill(desk, backups)
    assert not done.passed
    assert "另做一份新的备份" in done.words
    newest = backups_in(backups.folder)[0][0]
    assert newest.manifest.why == "drill"
    assert made.path.exists()
    clock.on(minutes=1)
    assert drill(desk, backups).passed


def test_a_journal_that_lost_its_end_is_found_by_the_drill(desk: Office, backups: Backups) -> None:
    made, _ = back_up(desk, backups, "hand")
    desk.kept.db.execute("DROP TRIGGER journal_grows")
    (window, (seq, _)), *_ = made.manifest.standing.heads.items()
    desk.kept.db.execute("DELETE FROM journal WHERE window = ? AND seq >= ?", (window, seq))
    done = drill(desk, backups)
    assert not done.passed
    assert not done.spoiled
    assert TWO_JOURNALS.what in done.words


def test_the_backups_prove_the_journal_to_the_check_of_the_store(desk: Office, backups: Backups, clock: Clock) -> None:
    made, _ = back_up(desk, backups, "hand")
    assert [anchor.told_by for anchor in anchors(desk, backups)] == [made.name]
    assert check_store(desk.kept, anchors=anchors(desk, backups)).sound
    desk.kept.db.execute("DROP TRIGGER journal_grows")
    desk.kept.db.execute("DELETE FROM journal WHERE seq >= 3")
    desk.kept.db.conn.commit()
    findings = check_store(desk.kept, anchors=anchors(desk, backups)).findings
    assert "end_missing" in {finding.what for finding in findings}


def test_the_list_shows_both_media_and_what_does_not_count(
    desk: Office, backups: Backups, clock: Clock, stick: Path
) -> None:
    back_up(desk, backups, "hand")
    clock.on(hours=1)
    back_up(desk, replace(backups, second=None), "interval")
    clock.on(hours=1)
    made, _ = back_up(desk, backups, "closing")
    for path in made.path.parent.glob(f"{made.path.stem}.*"):
        path.unlink()
    spoiled = backups.folder / "yimen-20240101-080000-000001.backup"
    spoiled.write_bytes(b"")
    rows = listed(backups, desk.kept.id)
    assert [(row.why, row.where) for row in rows] == [
        ("关闭窗口", SECOND),
        ("定时", FIRST),
        ("手动", BOTH),
        ("", FIRST),
    ]
    assert [row.cases for row in rows[:3]] == [2, 2, 2]
    assert (rows[3].when, rows[0].when) == ("2024-01-01 08:00", "2024-05-28 11:41")
    assert "清单缺失" in rows[3].trouble


def test_one_disk_for_everything_is_warned_of(desk: Office, backups: Backups, tmp_path: Path) -> None:
    first, second = media(backups, desk.kept.id)
    assert first.there
    assert first.free.endswith("B")
    assert "同一块磁盘" in second.warning
    _, gone = media(replace(backups, second=tmp_path / "nowhere"), desk.kept.id)
    assert not gone.there
    assert gone.free == ""


def test_a_look_into_a_backup_is_entered_and_changes_nothing(desk: Office, backups: Backups) -> None:
    made, _ = back_up(desk, backups, "hand")
    before = made.path.read_bytes()
    seen = look_into(desk, made.path)
    assert seen.title == "5 月 28 日 09:41 的备份：2 件案卷"
    assert seen.rows[0] == ("未编号", "未填姓名", "2024-05-28 09:41")
    assert made.path.read_bytes() == before
    (entry,) = entries_of_kind(desk.kept, "looked_at_backup")
    assert (entry.path, entry.who) == (made.name, desk.who().id)
    assert glance(made.path, desk.kept.secret) == seen


def test_what_a_restore_would_lose_is_told_before(desk: Office, backups: Backups, clock: Clock) -> None:
    made, _ = back_up(desk, backups, "hand")
    assert "没有改动过案卷" in prospect(desk, made.path).lines[1]
    clock.on(minutes=5)
    new_case(desk, "assistance")
    told = prospect(desk, made.path)
    assert told.question == "恢复到 5 月 28 日 09:41 的备份？"
    assert told.lines[1] == "这份备份之后改动过 1 件案卷，其中 1 件是新建的：恢复后看不到这些改动。"
    assert "恢复前" in told.lines[2]


def test_the_numbers_that_a_restore_gives_up_are_told_before_and_after(
    desk: Office, door: Door, backups: Backups, clock: Clock
) -> None:
    made, _ = back_up(desk, backups, "hand")
    with desk.change() as pen:
        give(pen, "batch", desk.case_numbers)
    assert "之后发出的 1 个编号" in prospect(desk, made.path).lines[2]
    who, secret = desk.who(), desk.kept.secret
    desk.kept.close()
    clock.on(minutes=5)
    assert "之后发出的 1 个编号已标为作废" in restored_words(restore(door, backups, made.path, secret, who))


def test_where_the_store_does_not_open_all_that_was_typed_is_put_in_again(
    desk: Office, door: Door, backups: Backups, clock: Clock
) -> None:
    made, _ = back_up(desk, backups, "hand")
    new_case(desk, "assistance")
    who, secret = desk.who(), desk.kept.secret
    desk.kept.close()
    clock.on(minutes=5)
    done = restore_unopened(door, backups, made.path, secret, who)
    assert (done.replayed, done.missing, done.damaged) == (2, 0, False)


def test_only_an_administrator_restores(desk: Office, door: Door, backups: Backups) -> None:
    made, _ = back_up(desk, backups, "hand")
    li = add_clerk(desk, door, "李示例", "reviewer", PASSWORD)
    with pytest.raises(Problem, match="恢复备份需要管理员的权限"):
        prospect(replace(desk, who=lambda: li), made.path)
    with pytest.raises(Problem, match="恢复备份需要管理员的权限"):
        restore(door, backups, made.path, desk.kept.secret, li)


def test_an_administrator_brings_a_backup_back_and_signs_in_again(
    desk: Office, door: Door, backups: Backups, clock: Clock, stick: Path
) -> None:
    made, _ = back_up(desk, backups, "hand")
    clock.on(minutes=5)
    new_case(desk, "assistance")
    who, secret = desk.who(), desk.kept.secret
    desk.kept.close()
    done = restore(door, backups, made.path, secret, who)
    assert restored_words(done).startswith("已恢复 5 月 28 日 09:41 的备份。原来的内容在 ")
    assert restored_words(done).endswith("请重新登录。")
    entered = sign_in(door, who.id, PASSWORD)
    again = replace(desk, store=entered.store)
    assert len(entries_of_kind(again.kept, "begun")) == 2
    for folder in (backups.folder, stick):
        assert remembered(folder, again.kept.id).paused
    clock.on(minutes=31)
    assert due(again, backups)
    # The backups of the past that was left are no reproach to the journal of now.
    assert drill(again, backups).passed
    assert check_store(again.kept, anchors=anchors(again, backups)).sound
    entered.store.close()


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(0, len(content), 4096):
        content[start + 100] ^= 1
    path.write_bytes(content)


def test_a_damaged_store_is_brought_back_from_the_door_with_all_that_was_typed(
    desk: Office, door: Door, backups: Backups, clock: Clock
) -> None:
    made, _ = back_up(desk, backups, "hand")
    new_case(desk, "assistance")
    who, secret = desk.who(), desk.kept.secret
    desk.kept.close()
    damage(door.store)
    with pytest.raises(Problem):
        sign_in(door, who.id, PASSWORD)
    clock.on(minutes=1)
    known = restorer(made.path, secret, who.id)
    assert known == Clerk(who.id, "陈示例", "administrator")
    assert any("一并补上" in line for line in prospect_of_damaged(door, made.path, secret, known).lines)
    done = restore(door, backups, made.path, secret, known)
    assert "并补上了之后的 2 次存盘" in restored_words(done)
    entered = sign_in(door, who.id, PASSWORD)
    assert len(entries_of_kind(entered.store, "begun")) == 3
    entered.store.close()


def test_whoever_the_backup_does_not_know_cannot_restore_it(desk: Office, backups: Backups) -> None:
    made, _ = back_up(desk, backups, "hand")
    with pytest.raises(Problem, match="没有这个帐号"):
        restorer(made.path, desk.kept.secret, "nobody")


def test_the_recovery_sheet_restores_where_everything_is_gone(
    desk: Office, door: Door, backups: Backups, stick: Path
) -> None:
    made, _ = back_up(desk, backups, "hand")
    secret = desk.kept.secret
    desk.kept.close()
    shutil.rmtree(door.store.parent)
    door.store.parent.mkdir()
    done = restore(door, backups, stick / made.name, secret, BY_SHEET)
    assert done.kept is None
    entered = recover(door, secret.recovery_code(), "王示例", PASSWORD)
    assert len(entries_of_kind(entered.store, "begun")) == 2
    entered.store.close()
