"""Disks that are full, read-only or failing: told in words, nothing is lost, and what was typed is kept once they are well."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.problems import Problem
from desktop.store.trouble import Unwritable
from desktop.work.notices import issue_notice
from desktop.work.office import Office
from tests.faults.content import Worked, come_back, content_in
from tests.faults.mounted import NOT_ALLOWED
from tests.faults.test_vanished import phone_at, type_phone

Open = Callable[[Worked], Office]
ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="what this does to a program is known for Linux alone")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk that takes no more, as far as this process can tell."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def another_file_behind(path: Path, other: str) -> Iterator[None]:
    """Whoever has a file open finds another behind it, as when a disk fails under a program."""
    behind = os.open(other, os.O_RDWR)
    ours = [int(one.name) for one in Path("/proc/self/fd").iterdir() if _leads_to(one, path)]
    kept = [(one, os.dup(one)) for one in ours]
    try:
        for one in ours:
            os.dup2(behind, one)
        yield
    finally:
        os.close(behind)
        for one, before in kept:
            if one in {int(fd.name) for fd in Path("/proc/self/fd").iterdir() if _leads_to(fd, Path(other))}:
                os.dup2(before, one)
            os.close(before)


def _leads_to(link: Path, path: Path) -> bool:
    try:
        return link.readlink() == path
    except OSError:
        return False


def test_a_file_that_may_not_grow_keeps_what_it_has_and_takes_more_when_it_may(
    closed: Worked, open_office: Open
) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    office.kept.db.execute(f"PRAGMA max_page_count = {office.kept.read('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(Unwritable, match="磁盘空间不足"):
        issue_notice(office, type_phone(office, "13900000002"), "calculation")
    office.kept.db.execute("PRAGMA max_page_count = 1000000")
    assert issue_notice(office, type_phone(office, "13900000003"), "calculation").number == "测2024-0002"


@linux
@pytest.mark.parametrize("room", [1, 3000, 9000, 40_000])
def test_a_disk_without_room_is_told_and_takes_all_of_it_later(closed: Worked, open_office: Open, room: int) -> None:
    office = open_office(closed)
    office.kept.begin_tail()
    type_phone(office, "13900000001")
    files = (closed.ground.folder / "cases.tail", closed.ground.folder / "cases.db-wal")
    with files_no_larger_than(max(path.stat().st_size for path in files) + room), pytest.raises(Problem) as refused:
        for number in range(2, 9):
            type_phone(office, f"1390000000{number}")
    assert refused.value.remedy
    type_phone(office, "13900000009")
    closed.content = content_in(office.kept)
    office.kept.close()
    assert come_back(closed).faults == []
    assert phone_at(closed) == "13900000009"


@linux
@pytest.mark.parametrize("name", ["cases.db", "cases.db-wal", "cases.tail"])
@pytest.mark.parametrize("behind", ["/dev/null", "/dev/full"])
def test_a_disk_that_fails_under_the_program_is_told_and_taken_up_again(
    closed: Worked, open_office: Open, name: str, behind: str
) -> None:
    office = open_office(closed)
    type_phone(office, "13900000001")
    with another_file_behind(closed.ground.folder / name, behind):
        said = []
        for _ in range(3):
            try:
                type_phone(office, "13900000002")
                issue_notice(office, type_phone(office, "13900000003"), "receipt")
            except Problem as problem:
                said.append(problem)
        office.kept.db.conn.execute("PRAGMA shrink_memory")
    type_phone(office, "13900000004")
    closed.content = content_in(office.kept)
    office.kept.close()
    found = come_back(closed)
    assert (found.faults, found.restored) == ([], False)
    assert phone_at(closed) == "13900000004"
    assert said
    assert all(problem.what and problem.remedy for problem in said)


@linux
def test_a_small_disk_that_fills_up_and_one_that_is_read_only_lose_nothing(closed: Worked, tmp_path: Path) -> None:
    place = tmp_path / "mounted"
    place.mkdir()
    played = subprocess.run(
        [
            "unshare",
            "--mount",
            "--map-root-user",
            sys.executable,
            "-m",
            "tests.faults.mounted",
            closed.ground.folder,
            place,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if played.returncode == NOT_ALLOWED or played.stderr.startswith("unshare"):
        pytest.skip(f"nothing may be mounted here: {played.stderr.strip()}")
    assert played.returncode == 0, played.stderr
    said = dict(line.split("\t") for line in played.stdout.splitlines())
    assert said["typed on a full disk"].startswith("磁盘空间不足")
    assert said["typed when there was room again"] == "done"
    assert said["opened on a full disk"] == "done" or "磁盘" in said["opened on a full disk"]
    assert "写入权限" in said["opened on a disk that is read-only"]
    assert "写入权限" in said["the store itself opened there"]
    assert (said["typed in the end"], said["found"]) == ("done", "13900000003")
