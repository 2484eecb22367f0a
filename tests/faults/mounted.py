"""Played in a place of its own, where disks may be mounted: a small one that fills up, and one that is read-only."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.opening import Opening, open_store
from desktop.work.office import Office
from tests.faults.content import LATER, Worked
from tests.faults.grounds import Clock, Ground, come_in, office_of, shipped
from tests.faults.test_vanished import phone_at, type_phone

NOT_ALLOWED = 77
ROOM = 4 << 20  # bytes


def main() -> int:
    source, place = Ground(Path(sys.argv[1])), Path(sys.argv[2])
    if not _mounted("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)):
        return NOT_ALLOWED
    worked = Worked(source.copied(place / "office"), source.secret(), {})
    office = _opened(worked)
    type_phone(office, "13900000001")
    ballast = place / "ballast"
    _fill(ballast)
    _say("typed on a full disk", lambda: _type_much(office))
    ballast.unlink()
    _say("typed when there was room again", lambda: type_phone(office, "13900000002"))
    _fill(ballast)
    office.kept.close()
    _say("opened on a full disk", partial(_open_and_close, worked))
    _mounted("-o", "remount,ro", str(place))
    _say("opened on a disk that is read-only", partial(_open_and_close, worked))
    opening = Opening("测试", LATER, worked.secret)
    _say("the store itself opened there", lambda: open_store(worked.ground.store, opening).close())
    _mounted("-o", "remount,rw", str(place))
    ballast.unlink()
    office = _opened(worked)
    _say("typed in the end", lambda: type_phone(office, "13900000003"))
    office.kept.close()
    sys.stdout.write(f"found\t{phone_at(worked)}\n")
    return 0


def _opened(worked: Worked) -> Office:
    clock = Clock(LATER)
    entered = come_in(worked.ground, clock)
    return office_of(shipped(), entered.store, entered.clerk, clock)


def _open_and_close(worked: Worked) -> None:
    _opened(worked).kept.close()


def _type_much(office: Office) -> None:
    for number in range(200):
        type_phone(office, f"13900000{number + 100}")


def _say(what: str, work: Callable[[], object]) -> None:
    try:
        work()
        sys.stdout.write(f"{what}\tdone\n")
    except Problem as problem:
        sys.stdout.write(f"{what}\t{problem}\n")


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def _mounted(*how: str) -> bool:
    return subprocess.run(["mount", *how], check=False).returncode == 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
