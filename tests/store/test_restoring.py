"""Restoring: the backup is back, what was there is safe, nothing typed is lost where it need not be; killed or not."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import cases, clerks
from desktop.store.backup import Making, check_backup, make_backup
from desktop.store.backups import PAUSE, backups_in, is_paused
from desktop.store.cases import Shown
from desktop.store.checking import check_store
from desktop.store.copying import Stopped
from desktop.store.file import Store, tail_path
from desktop.store.journal import Note, entries_of_kind, head, note
from desktop.store.kept_tails import carry_tails, drop_old_tails, keep_tail, kept_beside, tails_in
from desktop.store.keys import Cost, lock_in, read_keys, write_keys
from desktop.store.manifest import Backup
from desktop.store.opening import Opening, open_store
from desktop.store.replacing import MARKER, aside_of, replace_store
from desktop.store.replaying import last_change
from desktop.store.restoring import Restored, Wanted, bring_back_keys, other_pasts, restore
from desktop.store.secret import Secret

NOON = datetime(2024, 5, 28, 9, 41, tzinfo=UTC)
SECRET = Secret(bytes(range(16)))
CHEN = Clerk("chen", "陈示例", "administrator")
LI = Clerk("li", "李示例", "clerk")
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
RESTORE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.domain.clerks import Clerk
from desktop.store.restoring import Wanted, restore
from desktop.store.secret import Secret
store, backup = Path(sys.argv[1]), Path(sys.argv[2])
who, now = Clerk("chen", "陈示例", "administrator"), datetime(2024, 5, 29, 9, 41, tzinfo=UTC)
wanted = Wanted(store, Secret(bytes(range(16))), who, now, "测试", (backup.parent,), lambda *_: True)
print("ready", flush=True)
restore(backup, wanted)
print("done", flush=True)
"""


def go_on(_done: int, _of: int) -> bool:
    return True


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the store lies, with an administrator in it and their key beside it."""
    (tmp_path / "office").mkdir()
    (tmp_path / "backups").mkdir()
    path = tmp_path / "office" / "cases.db"
    with opened(path) as store:
        with store.change(CHEN, NOON) as pen:
            clerks.add_clerk(pen, CHEN)
        write_keys(path.with_suffix(".keys"), [lock_in(SECRET, CHEN, "门口的石榴树又开花了", CHEAP)], store.id)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@contextmanager
def opened(path: Path, now: datetime = NOON) -> Iterator[Store]:
    store = open_store(path, Opening("测试", now, SECRET))
    try:
        yield store
    finally:
        store.close()


def begin(store: Store, *names: str) -> None:
    for name in names:
        with store.change(CHEN, NOON) as pen:
            tree: dict[str, object] = {"a": f"{name}{'x' * 9000}"}
            cases.begin(pen, name, tree, Shown("assistance", applicant=name))
            note(pen, Note("begun", name, new=tree))


def back_up(store: Store, folder: Path, now: datetime = NOON) -> Backup:
    """A backup that is counted, as the office does it: its tail is kept, another begun."""
    made = make_backup(store.path, SECRET, folder, Making(now, "测试", "interval"))
    keep_tail(store.path, last_change(store.db))
    store.begin_tail()
    with store.change(CHEN, NOON) as pen:
        note(pen, Note("backed_up", path=made.name))
    carry_tails(store.path, SECRET, made, go_on)
    return made


def bring_back(
    place: Path, backup: Backup, replay: bool | None = None, tell: Callable[[int, int], bool] = go_on
) -> Restored:
    folders = (backup.path.parent,)
    return restore(backup.path, Wanted(place, SECRET, CHEN, NOON + timedelta(days=1), "测试", folders, tell, replay))


def ids(store: Store) -> set[str]:
    return {case.id for case in cases.page(store, None, 500)}


def now_in(place: Path) -> set[str]:
    with opened(place, NOON + timedelta(days=2)) as store:
        report = check_store(store)
        assert report.sound, report.findings
        assert store.findings == ()
        return ids(store)


def damage(place: Path) -> None:
    content = bytearray(place.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start + 100] ^= 1
    place.write_bytes(content)


def test_a_restore_brings_back_what_was_there_and_keeps_what_is(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1", "c2")
        made = back_up(store, folder)
        begin(store, "c3")
        before = head(store)
    done = bring_back(place, made)
    assert (done.backup, done.replayed, done.damaged) == (made, 0, False)
    assert now_in(place) == {"c1", "c2"}
    kept = next(one for one in backups_in(folder)[0] if one.path == done.kept)
    assert kept.manifest.why == "restore"
    assert kept.manifest.standing.heads[before.window] == (before.seq, before.hash.hex())
    assert bring_back(place, kept).damaged is False
    assert now_in(place) == {"c1", "c2", "c3"}


def test_a_restore_is_in_the_journal_under_a_window_of_its_own(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2", "c3")
        window, reached = store.window, last_change(store.db)
    bring_back(place, made)
    with opened(place) as store:
        assert store.window != window
        (entry,) = entries_of_kind(store, "restored")
        assert (entry.window, entry.seq, entry.path, entry.who) == (store.window, 1, made.name, "chen")
        assert entry.new == {"change": made.manifest.standing.change, "replayed": 0}
        assert entry.change == reached + 1
        assert other_pasts(store) == ((made.manifest.standing.change, reached + 1),)


def test_what_was_typed_since_is_not_put_in_again_unasked_nor_by_the_next_opening(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    bring_back(place, made)
    for _ in range(2):
        assert now_in(place) == {"c1"}
    with opened(place) as store:
        begin(store, "c4")
    assert now_in(place) == {"c1", "c4"}


def test_a_damaged_store_is_set_aside_whole_and_nothing_typed_is_lost(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2", "c3")
        known = head(store)
    damage(place)
    spoiled = place.read_bytes()
    with pytest.raises(Problem):
        open_store(place, Opening("测试", NOON, SECRET))
    done = bring_back(place, made)
    assert done.damaged
    assert (done.replayed, done.missing) == (3, 0)
    assert done.kept is not None
    assert done.kept.name == "cases-damaged-20240529-094100"
    assert (done.kept / "cases.db").read_bytes() == spoiled
    assert {path.name for path in done.kept.iterdir()} >= {"cases.db", "cases.tail", "cases.keys"}
    assert now_in(place) == {"c1", "c2", "c3"}
    with opened(place) as store:
        assert (head(store, known.window).seq, head(store, known.window).hash) == (known.seq, known.hash)


def test_what_is_not_wanted_is_not_put_in_again(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    damage(place)
    assert (bring_back(place, made, replay=False).replayed, now_in(place)) == (0, {"c1"})


def test_a_store_that_cannot_be_made_safe_stays(place: Path, folder: Path, tmp_path: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    wanted = Wanted(place, SECRET, CHEN, NOON + timedelta(days=1), "测试", (tmp_path / "gone", folder), go_on)
    with pytest.raises(Problem, match="不在了"):
        restore(made.path, wanted)
    assert not list(place.parent.glob("*damaged*"))
    assert now_in(place) == {"c1", "c2"}


def test_a_store_that_was_cut_off_in_use_loses_nothing_either(place: Path, folder: Path, tmp_path: Path) -> None:
    store = open_store(place, Opening("测试", NOON, SECRET))
    begin(store, "c1")
    made = back_up(store, folder)
    begin(store, "c2", "c3")
    (tmp_path / "crash").mkdir()
    for file in place.parent.iterdir():
        if not file.name.endswith((".lock", ".holder", "-shm")):
            shutil.copy(file, tmp_path / "crash" / file.name)
    store.close()
    again = tmp_path / "crash" / "cases.db"
    damage(again)
    done = bring_back(again, made)
    assert done.damaged
    assert now_in(again) == {"c1", "c2", "c3"}


def test_a_store_that_is_gone_comes_back_with_its_keys(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
    slots = read_keys(place.with_suffix(".keys"))
    shutil.rmtree(place.parent)
    place.parent.mkdir()
    done = bring_back(place, made)
    assert (done.kept, done.damaged) == (None, True)
    assert now_in(place) == {"c1"}
    assert read_keys(place.with_suffix(".keys")) == slots


def test_keys_of_another_store_are_replaced_and_kept(place: Path, folder: Path) -> None:
    with opened(place) as store:
        made = back_up(store, folder)
    ours = place.with_suffix(".keys")
    slots = read_keys(ours)
    write_keys(ours, [lock_in(Secret(bytes(16)), LI, "门口的石榴树又开花了", CHEAP)], "another")
    bring_back(place, made)
    assert read_keys(ours) == slots
    assert list(place.parent.glob("cases.keys*.damaged"))


def test_keys_that_are_gone_are_brought_back_before_anybody_signs_in(place: Path, folder: Path) -> None:
    with opened(place) as store:
        made = back_up(store, folder)
    ours = place.with_suffix(".keys")
    slots = read_keys(ours)
    ours.write_text("no keys")
    bring_back_keys(place, made.path)
    assert read_keys(ours) == slots
    made.path.with_suffix(".keys").unlink()
    with pytest.raises(Problem, match="没有密钥文件"):
        bring_back_keys(place, made.path)


def test_who_works_here_is_not_turned_back_with_the_cases(place: Path, folder: Path) -> None:
    with opened(place) as store:
        with store.change(CHEN, NOON) as pen:
            clerks.add_clerk(pen, LI)
        made = back_up(store, folder)
        zhao = Clerk("zhao", "赵示例", "reviewer")
        with store.change(CHEN, NOON) as pen:
            clerks.add_clerk(pen, zhao)
            clerks.retire_clerk(pen, LI)
            clerks.change_clerk(pen, Clerk("chen", "陈小示例", "administrator"))
    bring_back(place, made)
    with opened(place) as store:
        assert [(one.id, one.name) for one in clerks.clerks(store)] == [("chen", "陈小示例"), ("zhao", "赵示例")]
        assert check_store(store).sound


def three_backups(place: Path, folder: Path) -> tuple[Backup, Backup, Backup]:
    """c1, a backup, c2, a backup, c3, a backup, c4: all of it is lost but the backups and the tails."""
    with opened(place) as store:
        made = []
        for number in (1, 2, 3):
            begin(store, f"c{number}")
            made.append(back_up(store, folder, NOON + timedelta(hours=number)))
        begin(store, "c4")
    damage(place)
    return made[0], made[1], made[2]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_any_backup_leads_to_the_present_by_the_tails_that_were_kept(place: Path, folder: Path, which: int) -> None:
    made = three_backups(place, folder)
    assert bring_back(place, made[which]).missing == 0
    assert now_in(place) == {"c1", "c2", "c3", "c4"}


def test_where_a_tail_in_between_is_missing_it_ends_there_and_says_so(place: Path, folder: Path) -> None:
    first, _, _ = three_backups(place, folder)
    assert len(tails_in(folder)) == 3
    tails_in(folder)[1].unlink()
    done = bring_back(place, first)
    assert now_in(place) == {"c1"}
    assert done.missing > 0


def test_old_tails_are_dropped_after_two_weeks(place: Path, folder: Path) -> None:
    three_backups(place, folder)
    drop_old_tails(folder, NOON + timedelta(days=14, hours=1, minutes=30))
    assert len(tails_in(folder)) == 2
    drop_old_tails(folder, NOON + timedelta(days=30))
    assert tails_in(folder) == ()


def test_pasts_are_never_mixed(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        first = back_up(store, folder, NOON)
        begin(store, "c2", "c3")
    bring_back(place, first)
    with opened(place) as store:
        begin(store, "d2", "d3")
        second = back_up(store, folder, NOON + timedelta(hours=30))
        begin(store, "d4")
    assert second.manifest.standing.change > first.manifest.standing.change + 4
    for file in ("keep", "drop"):
        if file == "drop":
            damage(place)
        bring_back(place, second, replay=True)
        assert now_in(place) == {"c1", "d2", "d3", "d4"}
    damage(place)
    # The first backup goes on as it did before it was restored: that is its past, and nothing of the other is in it.
    bring_back(place, first)
    assert now_in(place) == {"c1", "c2", "c3"}


def test_what_was_typed_under_other_rules_of_search_is_put_in_again(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        with store.db.atomic():
            store.db.execute("UPDATE state SET found_by = 0")
            store.db.execute("INSERT INTO search_keys SELECT 'n:nonsense', n FROM cases")
        made = back_up(store, folder)
        # A later program fills it anew, which no tail holds, and comes upon the same key by its own rules.
        with store.db.atomic():
            store.db.execute("DELETE FROM search_keys WHERE key = 'n:nonsense'")
        with store.change(CHEN, NOON) as pen:
            pen.write("INSERT INTO search_keys SELECT 'n:nonsense', n FROM cases")
        begin(store, "c2")
    damage(place)
    assert bring_back(place, made).missing == 0
    assert now_in(place) == {"c1", "c2"}


def test_a_tail_that_is_not_gone_on_with_is_kept_for_older_backups(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
        with store.db.atomic():
            store.db.execute("UPDATE state SET found_by = 0")
    with opened(place) as store:
        begin(store, "c3")
    assert len(kept_beside(place)) == 1
    damage(place)
    assert bring_back(place, made).missing == 0
    assert now_in(place) == {"c1", "c2", "c3"}


def test_a_restore_is_refused_while_the_store_is_open(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        with pytest.raises(Problem, match="正由"):
            bring_back(place, made)
        begin(store, "c2")
    assert now_in(place) == {"c1", "c2"}


def test_a_spoiled_backup_is_refused_and_the_store_stays(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    before = place.read_bytes()
    damage(made.path)
    with pytest.raises(Problem, match="不一致"):
        bring_back(place, made)
    assert place.read_bytes() == before
    assert now_in(place) == {"c1", "c2"}
    assert backups_in(folder)[0] == (made,)


def test_after_a_restore_the_old_backups_stay_for_two_weeks(place: Path, folder: Path) -> None:
    with opened(place) as store:
        made = back_up(store, folder)
        name = store.id
    bring_back(place, made)
    assert is_paused(folder, name, NOON + timedelta(days=1) + PAUSE - timedelta(seconds=1))


def told_in(place: Path, backup: Backup) -> int:
    """How often a restore tells how far it has come."""
    told: list[int] = []

    def tell(done: int, _of: int) -> bool:
        told.append(done)
        return True

    bring_back(place, backup, tell=tell)
    assert told == sorted(told)
    return len(told)


@pytest.mark.parametrize("what", [Stopped, RuntimeError, KeyboardInterrupt])
def test_whatever_breaks_in_between_leaves_the_store_as_it_was(
    place: Path, folder: Path, what: type[BaseException]
) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    shutil.copytree(place.parent, place.parent.with_name("trial"))
    steps = told_in(place.parent.with_name("trial") / place.name, made)
    assert steps > 5
    for step in range(steps):
        told: list[int] = []

        def tell(done: int, _of: int, told: list[int] = told, step: int = step) -> bool:
            told.append(done)
            if len(told) > step:
                if what is Stopped:
                    return False
                raise what
            return True

        with pytest.raises(what):
            bring_back(place, made, tell=tell)
        assert not list(place.parent.glob(".cases.db*"))
        assert now_in(place) == {"c1", "c2"}


def test_a_disk_that_fills_up_leaves_the_store_as_it_was(place: Path, folder: Path) -> None:
    import resource

    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2", "c3", "c4")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (1000, 200_000, made.manifest.size + 10, place.stat().st_size + 10_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            done = bring_back(place, made)
        except Problem:
            done = None
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert now_in(place) == ({"c1", "c2", "c3", "c4"} if done is None else {"c1"})


def test_what_was_ready_is_finished_by_the_next_opening_and_what_was_not_is_taken_away(
    place: Path, folder: Path
) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, "c2")
    aside = aside_of(place)
    shutil.copy(made.path, aside)
    assert now_in(place) == {"c1", "c2"}
    assert not aside.exists()
    # Ready, and killed before anything was moved; the old log is still there.
    shutil.copy(made.path, aside)
    place.with_suffix(MARKER).write_bytes(b"")
    place.with_name("cases.db-wal").write_bytes(b"the log of the file that goes" * 500)
    tail_path(place).unlink()
    assert now_in(place) == {"c1"}
    assert not place.with_suffix(MARKER).exists()
    # Moved, and killed before that was noted.
    place.with_suffix(MARKER).write_bytes(b"")
    assert now_in(place) == {"c1"}
    # Nothing there at all but what is ready.
    shutil.copy(made.path, aside)
    place.unlink()
    replace_store(place)
    assert now_in(place) == {"c1"}


def test_a_kill_at_any_moment_leaves_either_store_and_never_none(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        begin(store, *(f"d{number}" for number in range(40)))
        later = ids(store)
    whole = place.parent.with_name("whole")
    shutil.copytree(place.parent, whole)
    ended: set[str] = set()
    delay = 0.0
    while "new" not in ended:  # however slow the machine is
        shutil.rmtree(place.parent)
        shutil.copytree(whole, place.parent)
        with subprocess.Popen(
            [sys.executable, "-c", RESTORE, str(place), str(made.path)], stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            time.sleep(delay)
            os.kill(other.pid, signal.SIGKILL)
        delay += 0.03
        assert place.exists()
        found = now_in(place)
        assert found in ({"c1"}, later)
        ended.add("new" if found == {"c1"} else "old")
        assert not list(place.parent.glob(".cases.db*"))
    assert "old" in ended
    for backup in backups_in(folder)[0]:
        assert check_backup(backup.path, SECRET) == backup


def test_tails_of_another_key_are_left_alone(place: Path, folder: Path) -> None:
    with opened(place) as store:
        begin(store, "c1")
        made = back_up(store, folder)
        foreign = place.with_name("cases.tail.77")
        foreign.write_bytes(b"another key's")
        carry_tails(place, SECRET, made, go_on)
        assert kept_beside(place) == (foreign,)
    foreign.unlink()
