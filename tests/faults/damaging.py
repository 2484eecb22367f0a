"""One thing on the disk is not as it was left: a bit, a sector, an end, a whole file."""

import os
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.content import Found, Worked, come_back

SECTOR = 4096
FILES = {
    "cases.db": 8,
    "cases.db-wal": 6,
    "cases.tail": 4,
    "cases.keys": 3,
    "cases.db-shm": 1,
    "cases.db.holder": 1,
    "cases.db.lock": 1,
    "cases.tries": 1,
}


def flip(path: Path, place: int, bit: int) -> None:
    """One bit of a file is the other."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


def overwrite(path: Path, place: int, content: bytes) -> None:
    """Some bytes of a file are others."""
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def _flip(path: Path, random: Random) -> None:
    if path.stat().st_size:
        flip(path, random.randrange(path.stat().st_size), random.randrange(8))


def _cut(path: Path, random: Random) -> None:
    os.truncate(path, random.randrange(path.stat().st_size + 1))


def _zeros(path: Path, random: Random) -> None:
    _sector(path, random, bytes)


def _junk(path: Path, random: Random) -> None:
    _sector(path, random, random.randbytes)


def _sector(path: Path, random: Random, content: Callable[[int], bytes]) -> None:
    size = path.stat().st_size
    start = random.randrange(size // SECTOR + 1) * SECTOR
    overwrite(path, start, content(min(SECTOR, size - start)))


def _gone(path: Path, _: Random) -> None:
    path.unlink()


def _emptied(path: Path, _: Random) -> None:
    os.truncate(path, 0)


DAMAGES = {
    "a bit flipped": (_flip, 8),
    "its end cut off": (_cut, 3),
    "a sector of zeros": (_zeros, 2),
    "a sector of chance": (_junk, 2),
    "gone": (_gone, 2),
    "emptied": (_emptied, 1),
}


@dataclass(slots=True)
class Damages:
    """What came of all damages."""

    done: dict[str, Counter[str]] = field(default_factory=dict)  # by file, then by what befell it
    told: int = 0
    restored: int = 0
    failures: list[str] = field(default_factory=list)


def damage(bases: tuple[Worked, ...], folder: Path, seed: int, times: int) -> Damages:
    """Damages one thing after the other, each on a store of its own, and takes the way back each time."""
    came = Damages()
    for number in range(times):
        random = Random(f"{seed}:{number}")
        worked = random.choice(bases).again(folder)
        there = {name: weight for name, weight in FILES.items() if (worked.ground.folder / name).exists()}
        name = random.choices(tuple(there), tuple(there.values()))[0]
        how = random.choices(tuple(DAMAGES), [weight for _, weight in DAMAGES.values()])[0]
        DAMAGES[how][0](worked.ground.folder / name, random)
        try:
            found = come_back(worked)
        except Exception as defect:  # noqa: BLE001  whatever is no sentence is a fault, and the next one may be another
            found = Found(faults=["".join(traceback.format_exception(defect)[-3:])])
        came.done.setdefault(name, Counter())[how] += 1
        came.told += bool(found.said)
        came.restored += found.restored
        came.failures += [f"seed {seed}, damage {number}, {name} {how}: {fault}" for fault in found.faults[:3]]
    return came
