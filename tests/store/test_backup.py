"""Backups: what is in them is what was there, and what was not read again from the disk and found the same does not count."""

import json
import os
import re
import resource
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
from desktop.store import cases
from desktop.store.backup import Making, check_backup, make_backup
from desktop.store.backups import PAUSE, backups_in, copy_to, drop, is_paused, remember, remembered, thin
from desktop.store.cases import Shown
from desktop.store.connection import connect
from desktop.store.copying import Stopped, ask_room
from desktop.store.file import Store
from desktop.store.journal import Note, head, note
from desktop.store.keys import Cost, lock_in, write_keys
from desktop.store.looking import look
from desktop.store.manifest import Backup
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.store.taking_over import encrypt
from desktop.store.thinning import PLAN
from desktop.store.trouble import Damaged, WrongKey

NOON = datetime(2024, 5, 28, 9, 41, tzinfo=UTC)
SECRET = Secret(bytes(range(16)))
CHEN = Clerk("chen", "陈示例", "administrator")
PAGE = 4096
MAKE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.store.backup import Making, make_backup
from desktop.store.secret import Secret
print("ready", flush=True)
number = 0
while True:
    number += 1
    now = datetime(2024, 5, 28, 9, number // 60 % 60, number % 60, tzinfo=UTC)
    make_backup(Path(sys.argv[1]), Secret(bytes(range(16))), Path(sys.argv[2]), Making(now, "测试", "interval"))
"""


def begin(store: Store, *names: str, draft: str = "x" * 9000) -> None:
    """Cases long enough to lie on several pages each."""
    for name in names:
        with store.change(CHEN, NOON) as pen:
            cases.begin(pen, name, {"a": f"{name}{draft}"}, Shown("assistance", applicant=name))
            note(pen, Note("begun", name, new={"a": draft}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "office").mkdir()
    made = open_store(tmp_path / "office" / "cases.db", Opening("测试", NOON, SECRET))
    begin(made, *(f"c{number}" for number in range(10)))
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def back_up(store: Store, folder: Path, now: datetime = NOON, tell: Callable[[int, int], bool] | None = None) -> Backup:
    making = Making(now, "测试", "interval", tell) if tell else Making(now, "测试", "interval")
    return make_backup(store.path, store.secret, folder, making)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that is full after so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_backup_holds_what_the_store_held_and_says_so(store: Store, folder: Path) -> None:
    slot = lock_in(SECRET, CHEN, "门口的石榴树又开花了", Cost(memory_kib=8, passes=1, lanes=1))
    write_keys(store.path.with_suffix(".keys"), [slot], store.id)
    made = back_up(store, folder)
    assert made.name == "yimen-20240528-094100-000010.backup"
    assert names(folder) == [f"yimen-20240528-094100-000010.{what}" for what in ("backup", "json", "keys")]
    standing = made.manifest.standing
    assert (standing.store, standing.change, standing.cases, standing.counts["journal"]) == (store.id, 10, 10, 10)
    assert standing.heads == {store.window: (10, head(store).hash.hex())}
    assert made.path.with_suffix(".keys").read_bytes() == store.path.with_suffix(".keys").read_bytes()
    assert check_backup(made.path, SECRET) == made
    assert [case.applicant for case in look(made.path, SECRET).cases][:2] == ["c9", "c8"]
    assert b"xxxxxxxx" not in made.path.read_bytes()


def test_its_name_and_manifest_hold_nothing_of_a_person(store: Store, folder: Path) -> None:
    begin(store, "王䶮示例")
    made = back_up(store, folder)
    text = "".join(names(folder)) + made.path.with_suffix(".json").read_text(encoding="utf-8")
    assert "王" not in text
    assert "陈" not in text


def test_the_clerk_goes_on_saving_and_the_backup_holds_what_was_there_when_it_began(store: Store, folder: Path) -> None:
    saved: list[str] = []

    def tell(_done: int, _of: int) -> bool:
        saved.append(f"d{len(saved)}")
        begin(store, saved[-1])
        return True

    made = back_up(store, folder, tell=tell)
    assert len(saved) > 2
    assert made.manifest.standing.change == 10
    assert {case.applicant for case in look(made.path, SECRET).cases} == {f"c{number}" for number in range(10)}
    assert cases.count_of(store) == 10 + len(saved)


def test_how_far_it_has_come_only_grows_and_reaches_the_end(store: Store, folder: Path) -> None:
    begin(store, *(f"e{number}" for number in range(200)))
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    back_up(store, folder, tell=tell)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 4
    assert told[-1] == (1000, 1000)


@pytest.mark.parametrize("step", range(3))
def test_whoever_ends_it_leaves_nothing_behind(store: Store, folder: Path, step: int) -> None:
    told: list[int] = []

    def tell(done: int, _of: int) -> bool:
        told.append(done)
        return len(told) <= step

    with pytest.raises(Stopped, match="已取消"):
        back_up(store, folder, tell=tell)
    assert names(folder) == []
    assert back_up(store, folder).manifest.standing.change == 10


@pytest.mark.parametrize("step", range(3))
def test_whatever_breaks_in_between_leaves_nothing_behind(store: Store, folder: Path, step: int) -> None:
    told: list[int] = []

    def tell(done: int, _of: int) -> bool:
        told.append(done)
        if len(told) > step:
            raise RuntimeError
        return True

    with pytest.raises(RuntimeError):
        back_up(store, folder, tell=tell)
    assert names(folder) == []


def test_a_disk_that_is_full_is_told_and_nothing_half_made_stays(store: Store, folder: Path) -> None:
    size = back_up(store, folder).manifest.size
    before = names(folder)
    for room in (1, 20 * PAGE, size - 1):
        with no_file_longer_than(room), pytest.raises(Problem) as refused:
            back_up(store, folder, NOON + timedelta(minutes=1))
        assert str(folder) in refused.value.what
        assert "备份" in refused.value.what
        assert names(folder) == before
    begin(store, "after")


def test_too_little_room_is_told_before_anything_is_written(folder: Path) -> None:
    with pytest.raises(Problem, match="空间不足：需要 1000000\\.0 GB"):
        ask_room(folder, 10**15)


def test_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="不在了。请接好磁盘"):
        back_up(store, tmp_path / "stick")


def test_a_stick_that_is_pulled_out_in_between_is_told(store: Store, folder: Path) -> None:
    def pull(_done: int, _of: int) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return True

    with pytest.raises(Problem, match="不在了"):
        back_up(store, folder, tell=pull)


def test_a_damaged_page_of_the_store_is_found_wherever_it_lies(store: Store, folder: Path, tmp_path: Path) -> None:
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = store.path.read_bytes()
    for page in range(1, len(whole) // PAGE):
        damaged = bytearray(whole)
        damaged[page * PAGE + 100] ^= 1
        (tmp_path / "damaged.db").write_bytes(damaged)
        with pytest.raises(Damaged):
            make_backup(tmp_path / "damaged.db", SECRET, folder, Making(NOON, "测试", "hand"))
        assert names(folder) == [], page


def test_a_damaged_page_in_the_log_is_found(store: Store, folder: Path, tmp_path: Path) -> None:
    log = store.path.with_name("cases.db-wal").read_bytes()
    frame = PAGE + 24
    found = 0
    for number in range(len(log) // frame):
        shutil.copy(store.path, tmp_path / "damaged.db")
        damaged = bytearray(log)
        damaged[32 + number * frame + 24 + 100] ^= 1
        (tmp_path / "damaged.db-wal").write_bytes(damaged)
        (tmp_path / "damaged.db-shm").unlink(missing_ok=True)
        try:
            made = make_backup(tmp_path / "damaged.db", SECRET, folder, Making(NOON, "测试", "hand"))
        except Problem:
            continue
        # The log ends before a frame that is not what it says: what is left of it is whole.
        assert check_backup(made.path, SECRET) == made
        drop(made)
        found += 1
    assert found


def test_a_medium_that_gives_back_something_else_is_found(store: Store, folder: Path) -> None:
    spoiled: list[Path] = []

    def spoil(done: int, of: int) -> bool:
        if done == of // 3 * 2:
            spoiled.extend(folder.glob("*.part"))
            content = bytearray(spoiled[0].read_bytes())
            content[-100] ^= 1
            spoiled[0].write_bytes(content)
        return True

    with pytest.raises(Problem, match="读回来不一致"):
        back_up(store, folder, tell=spoil)
    assert spoiled
    assert names(folder) == []


def test_what_a_kill_left_is_taken_away_and_what_another_store_is_making_stays(store: Store, folder: Path) -> None:
    mine = f"yimen-20240528-090000-000007.backup.{store.id[-8:]}.part"
    left = [mine, f"{mine}-journal", "yimen-20240528-090000-000007.json", "yimen-20240528-090000-000007.keys"]
    others = ["yimen-20240528-090100-000009.backup.ABCDEFGH.part", "yimen-20240528-090100-000009.json"]
    for name in (*left, *others):
        (folder / name).write_bytes(b"half")
    made = back_up(store, folder)
    assert names(folder) == sorted([*others, made.name, made.path.with_suffix(".json").name])
    assert backups_in(folder)[0] == (made,)


def test_a_kill_at_any_moment_leaves_only_whole_backups_that_count(store: Store, folder: Path) -> None:
    back_up(store, folder, NOON - timedelta(days=1))
    for round_ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", MAKE, str(store.path), str(folder)], stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            time.sleep(0.05 + 0.037 * round_)
            os.kill(other.pid, signal.SIGKILL)
    made = back_up(store, folder, NOON + timedelta(days=1))
    counting, spoiled = backups_in(folder)
    assert spoiled == ()
    assert made in counting
    for backup in counting:
        assert check_backup(backup.path, SECRET) == backup
    # What the last kill left half-made may still lie there; it counts for nothing.
    assert len(names(folder)) - 2 * len(counting) in (0, 1, 2)


def test_two_backups_of_one_second_are_two(store: Store, folder: Path) -> None:
    first, second = back_up(store, folder), back_up(store, folder)
    assert second.name == "yimen-20240528-094100-000010-2.backup"
    assert {one.name for one in backups_in(folder)[0]} == {first.name, second.name}


def test_a_store_of_an_earlier_schema_is_backed_up_as_it_is(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    shutil.copy(Path(__file__).parents[1] / "old_stores" / "s0001_plain.db", path)
    encrypt(path, SECRET)
    made = make_backup(path, SECRET, folder, Making(NOON, "测试", "migration"))
    standing = made.manifest.standing
    assert (standing.store, standing.schema, standing.change, standing.heads) == ("", 1, 0, {})
    assert standing.cases == standing.counts["cases"] > 0
    assert check_backup(made.path, SECRET) == made


def test_before_steps_are_taken_there_is_a_backup_of_how_it_was(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    shutil.copy(Path(__file__).parents[1] / "old_stores" / "s0001_plain.db", path)
    encrypt(path, SECRET)

    def before(store: Path) -> None:
        make_backup(store, SECRET, folder, Making(NOON, "测试", "migration"))

    open_store(path, Opening("测试", NOON, SECRET, before)).close()
    (made,), _ = backups_in(folder)
    assert made.manifest.standing.schema == 1
    assert "state" not in made.manifest.standing.counts


def test_a_backup_that_was_changed_anywhere_is_refused(store: Store, folder: Path) -> None:
    made = back_up(store, folder)
    whole = made.path.read_bytes()
    for place in (0, 20, len(whole) // 2, len(whole) - 1):
        made.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Problem):
            check_backup(made.path, SECRET)
    made.path.write_bytes(whole)
    with pytest.raises(WrongKey):
        check_backup(made.path, Secret(bytes(16)))
    assert check_backup(made.path, SECRET) == made


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.with_suffix(".json").unlink(),
        lambda path: path.with_suffix(".json").write_text("{"),
        lambda path: path.with_suffix(".json").write_text("[]"),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.with_suffix(".json").write_text(
            json.dumps(json.loads(path.with_suffix(".json").read_text()) | {"made_at": "2024-05-28"})
        ),
    ],
)
def test_without_a_manifest_that_fits_it_does_not_count_and_is_never_thinned(
    store: Store, folder: Path, spoil: Callable[[Path], None]
) -> None:
    made = back_up(store, folder, NOON - timedelta(days=900))
    newest = back_up(store, folder)
    spoil(made.path)
    counting, spoiled = backups_in(folder, store.id)
    assert counting == (newest,)
    assert [one.path for one in spoiled] == [made.path]
    assert "清单" in spoiled[0].trouble.what
    assert thin(folder, store.id, NOON) == 0
    assert made.path.exists()


def test_the_list_is_newest_first_and_of_one_store(store: Store, folder: Path, tmp_path: Path) -> None:
    mine = [back_up(store, folder, NOON + timedelta(hours=hour)) for hour in (1, 3, 2)]
    with_another = open_store(tmp_path / "other.db", Opening("测试", NOON, SECRET))
    other = back_up(with_another, folder, NOON)
    with_another.close()
    assert [one.name for one in backups_in(folder, store.id)[0]] == [mine[1].name, mine[2].name, mine[0].name]
    assert other in backups_in(folder)[0]
    assert backups_in(tmp_path / "nowhere") == ((), ())


def copies(made: Backup, days: int) -> None:
    """A copy for each hour of so many days before it, as the files would be."""
    manifest = json.loads(made.path.with_suffix(".json").read_text(encoding="utf-8"))
    for hour in range(1, days * 24):
        at = made.manifest.made_at - timedelta(hours=hour)
        name = f"yimen-{at:%Y%m%d-%H%M%S}-000001"
        (made.path.with_name(f"{name}.backup")).write_bytes(made.path.read_bytes())
        (made.path.with_name(f"{name}.json")).write_text(json.dumps(manifest | {"made_at": at.isoformat()}))


def test_thinning_drops_what_the_plan_does_not_keep_and_leaves_nothing_of_it(store: Store, folder: Path) -> None:
    made = back_up(store, folder)
    copies(made, 3)
    assert thin(folder, store.id, NOON) == 71 + 1 - len(backups_in(folder, store.id)[0])
    left = backups_in(folder, store.id)[0]
    assert left[0] == made
    assert PLAN.newest <= len(left) <= PLAN.newest + 4
    assert len(names(folder)) == 2 * len(left)


def test_after_a_restore_nothing_is_thinned_for_two_weeks(store: Store, folder: Path) -> None:
    copies(back_up(store, folder), 2)
    remember(folder, store.id, paused=(NOON + PAUSE).isoformat())
    assert is_paused(folder, store.id, NOON + timedelta(days=13))
    assert thin(folder, store.id, NOON + timedelta(days=13)) == 0
    assert not is_paused(folder, store.id, NOON + timedelta(days=14))
    assert thin(folder, store.id, NOON + timedelta(days=14)) > 0


def test_what_a_folder_remembers_is_kept_whole_and_nonsense_is_nothing(store: Store, folder: Path) -> None:
    remember(folder, store.id, covered=7)
    remember(folder, store.id, drill="通过")
    assert (remembered(folder, store.id).covered, remembered(folder, store.id).drill) == (7, "通过")
    (folder / f"yimen-{store.id[-8:]}.json").write_text('{"covered": "seven", "paused": 3, "more": 1}')
    assert (remembered(folder, store.id).covered, remembered(folder, store.id).paused) == (0, "")
    remember(folder, store.id, paused="soon")
    assert not is_paused(folder, store.id, NOON)


def test_a_copy_on_a_second_medium_is_the_same(store: Store, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = back_up(store, folder)
    copy = copy_to(made, tmp_path / "stick", lambda _done, _of: True)
    assert copy.path.read_bytes() == made.path.read_bytes()
    assert check_backup(copy.path, SECRET).manifest == made.manifest


def test_a_copy_that_fails_leaves_nothing_and_harms_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with pytest.raises(Problem, match="不在了"):
        copy_to(back_up(store, folder), stick, lambda _done, _of: True)
    stick.mkdir()
    made = back_up(store, folder)
    with pytest.raises(Stopped):
        copy_to(made, stick, lambda done, of: done < of)
    with no_file_longer_than(made.manifest.size - 1), pytest.raises(Problem, match=re.escape(str(stick))):
        copy_to(made, stick, lambda _done, _of: True)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(Damaged, match="与它的清单不一致"):
        copy_to(made, stick, lambda _done, _of: True)
    assert names(stick) == []


def test_a_backup_needs_nothing_beside_it_to_be_read(store: Store, folder: Path, tmp_path: Path) -> None:
    made = back_up(store, folder)
    shutil.copy(made.path, tmp_path / "alone.db")
    connection = connect(tmp_path / "alone.db", SECRET, read_only=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("alone")] == ["alone.db"]
