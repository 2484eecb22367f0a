"""Whoever else comes near a store: a second program, a second thread, a note that lies, a wrong key, a clock, a share."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.problems import Problem
from desktop.store.connection import connect
from desktop.store.facts import state_fact
from desktop.store.journal import entries_of_kind
from desktop.store.keys import WrongPassword
from desktop.store.opening import Opening, open_store
from desktop.store.place import place_from_mountinfo, refuse_network
from desktop.store.rescue import TakenUp
from desktop.store.secret import Secret
from desktop.store.trouble import Unwritable, WrongKey
from desktop.work.entering import known_clerks, sign_in
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.office import Office
from tests.faults.content import LATER, Worked, come_back, content_in
from tests.faults.grounds import PASSWORD, ROOT, Clock, samples
from tests.faults.test_vanished import phone_at, type_phone

Open = Callable[[Worked], Office]
HOLD = """
import sys, time
from pathlib import Path
from tests.faults.content import LATER
from tests.faults.grounds import Clock, Ground, come_in
store = come_in(Ground(Path(sys.argv[1])), Clock(LATER)).store
print("held", flush=True)
time.sleep(60)
"""
SHARE = """36 35 98:0 / / rw,noatime - ext4 /dev/sda1 rw
90 36 0:51 / {mount} rw,relatime - cifs //server/cases rw,vers=3.0
"""
ON_A_SHARE = """
import os, sys
from pathlib import Path
from desktop.domain.problems import Problem
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from tests.faults.content import LATER
try:
    open_store(Path(sys.argv[1]), Opening("测试", LATER, Secret(bytes(16)))).close()
except Problem as problem:
    print(problem)
"""


def test_a_second_program_is_told_who_is_there_and_the_first_goes_on(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    found = come_back(closed)
    assert "测试" in found.said[0].what
    assert f"进程 {os.getpid()}" in found.said[0].what
    assert not found.restored
    type_phone(office, "13900000002")
    office.kept.close()
    assert phone_at(closed) == "13900000002"


def test_what_a_killed_program_left_at_the_door_keeps_nobody_out(closed: Worked) -> None:
    script = [sys.executable, "-c", HOLD, str(closed.ground.folder)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert "另一个" not in str(come_back(closed).said[0])
        other.send_signal(signal.SIGKILL)
    assert (closed.ground.folder / "cases.db.holder").exists()
    assert come_back(closed).faults == []


@pytest.mark.parametrize(
    "note",
    [
        json.dumps({"program": "别人", "host": "nowhere", "process": 1, "since": "1999-01-01 00:00"}),
        '{"program": ["no", "text"]}',
        "\0\0 no note at all",
        "[]",
    ],
)
def test_a_note_that_lies_keeps_nobody_out_and_breaks_nothing(closed: Worked, open_office: Open, note: str) -> None:
    holder = closed.ground.folder / "cases.db.holder"
    holder.write_text(note, encoding="utf-8")
    office = open_office(closed)
    holder.write_text(note, encoding="utf-8")
    refused = come_back(closed).said[0]
    assert "案卷库" in refused.what
    assert refused.remedy
    office.kept.close()
    assert come_back(closed).faults == []


def test_a_program_that_pays_no_heed_to_the_lock_is_waited_for_and_told(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    heedless = connect(closed.ground.store, closed.secret)
    heedless.execute("BEGIN IMMEDIATE")
    office.kept.db.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Unwritable, match="占用"):
        type_phone(office, "13900000002")
    heedless.rollback()
    heedless.close()
    type_phone(office, "13900000003")
    office.kept.close()
    assert phone_at(closed) == "13900000003"


def test_a_second_program_that_comes_in_where_the_lock_was_deleted_stops_the_first(
    closed: Worked, open_office: Open
) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    (closed.ground.folder / "cases.db.lock").unlink()
    script = [sys.executable, "-c", HOLD, str(closed.ground.folder)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Problem, match=f"进程 {other.pid}"):
            type_phone(office, "13900000002")
        other.send_signal(signal.SIGKILL)
    with pytest.raises(TakenUp):
        type_phone(office, "13900000003")
    type_phone(office, "13900000004")
    closed.content = content_in(office.kept)
    office.kept.close()
    assert phone_at(closed) == "13900000004"
    assert come_back(closed).faults == []


def test_two_threads_take_turns_and_nothing_of_either_is_lost(closed: Worked, open_office: Open) -> None:
    office = open_office(closed)
    begun = [entry.change for entry in entries_of_kind(office.kept, "fact")][-1]

    def state(thread: int) -> list[int]:
        made = []
        for number in range(40):
            with office.change() as pen:
                state_fact(pen, f"of{thread}", number)
                made.append(pen.change)
        return made

    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = pool.map(state, (1, 2))
    assert len({*first, *second}) == 80, "a change belongs to one thread"
    assert sum(entry.change > begun for entry in entries_of_kind(office.kept, "fact")) == 80
    closed.content = content_in(office.kept)
    office.kept.close()
    assert come_back(closed).faults == []


def test_a_wrong_password_and_a_wrong_key_change_nothing(closed: Worked) -> None:
    door = closed.ground.door(Clock(LATER))
    clerk = known_clerks(door)[0]
    with pytest.raises(WrongPassword, match="口令不对"):
        sign_in(door, clerk.id, f"{PASSWORD}？")
    before = closed.ground.store.read_bytes()
    with pytest.raises(WrongKey):
        open_store(closed.ground.store, Opening("测试", LATER, Secret.fresh()))
    assert closed.ground.store.read_bytes() == before
    assert come_back(closed).faults == []


def test_a_wrong_key_leaves_even_a_log_that_was_left_behind_as_it_is(pulled: Worked) -> None:
    log = pulled.ground.folder / "cases.db-wal"
    before = log.read_bytes(), pulled.ground.store.read_bytes()
    with pytest.raises(WrongKey):
        open_store(pulled.ground.store, Opening("测试", LATER, Secret.fresh()))
    assert (log.read_bytes(), pulled.ground.store.read_bytes()) == before
    assert come_back(pulled).faults == []


@pytest.mark.parametrize(
    "back", [timedelta(hours=1), timedelta(days=40), timedelta(days=365 * 9), -timedelta(days=4000)]
)
def test_a_clock_that_is_set_while_the_store_is_open_or_closed_gives_no_number_twice(
    closed: Worked, open_office: Open, back: timedelta
) -> None:
    office = open_office(closed)
    clock = office.now
    assert isinstance(clock, Clock)
    numbers = []
    for _ in range(2):
        numbers.append(_accepted(office))
        clock.at -= back
        numbers.append(_accepted(office))
    closed.content = content_in(office.kept)
    office.kept.close()
    assert len(set(numbers)) == 4
    found = come_back(closed)
    assert found.faults == []
    assert ("时钟" in str(found.said)) == (back < timedelta(0))


def _accepted(office: Office) -> str:
    begun = new_case(office, "illness_poverty")
    save_case(office, begun.id, samples()[0], {})
    return accept_case(office, begun.id)


def test_a_store_on_a_share_is_refused_before_anything_is_made_there(tmp_path: Path) -> None:
    place = place_from_mountinfo(tmp_path / "cases.db", SHARE.format(mount=tmp_path))
    with pytest.raises(Problem, match="共享文件夹"):
        refuse_network(tmp_path / "cases.db", place)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are told otherwise elsewhere")
def test_the_program_itself_refuses_a_share(tmp_path: Path) -> None:
    folder, mounts = tmp_path / "share", tmp_path / "mountinfo"
    folder.mkdir()
    mounts.write_text(SHARE.format(mount=folder), encoding="utf-8")
    play = f'mount --bind "{mounts}" /proc/$$/mountinfo || exit 77; exec "{sys.executable}" -c "$0" "{folder / "cases.db"}"'
    played = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", play, ON_A_SHARE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if played.returncode == 77 or played.stderr.startswith("unshare"):
        pytest.skip(f"nothing may be mounted here: {played.stderr.strip()}")
    assert "共享文件夹" in played.stdout, played.stderr
    assert list(folder.iterdir()) == []
    shutil.rmtree(folder)
