"""The backups in a folder: which there are, which of them may go, and copies of them on a second medium."""

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.problems import Problem
from desktop.store.copying import Tell, ask_room, copied, free_name, put_in_place, written_in
from desktop.store.manifest import KEYS, MANIFEST, OWNER, Backup, clean_up, part_of, read_manifest, take_away
from desktop.store.thinning import thinned
from desktop.store.whole_files import write_whole

NAMED = re.compile(r"yimen-(\d{8}-\d{6})-\d{6,}(-\d+)?\.backup")
PAUSE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A file that has a backup's name, and why it does not count; it is never thinned."""

    path: Path
    trouble: Problem


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a folder remembers of itself; times in ISO 8601, empty where there is none yet.

    ``paused`` until when nothing is thinned there; ``drilled`` when a restore was last tried; ``covered`` the last
    change of the store that needs no backup any more; ``second`` and ``second_made`` the second medium's folder, and
    when the newest backup there was made.
    """

    paused: str = ""
    drilled: str = ""
    drill: str = ""
    covered: int = 0
    second: str = ""
    second_made: str = ""


def backups_in(folder: Path, store: str = "") -> tuple[tuple[Backup, ...], tuple[Spoiled, ...]]:
    """The backups of a store in a folder, newest first, and what looks like one and does not count.

    Args:
        folder: where to look; one that is not there, or cannot be read, holds none.
        store: the store's id; empty for those of every store.
    """
    counting: list[Backup] = []
    spoiled: list[Spoiled] = []
    with suppress(OSError):
        for path in folder.iterdir():
            if not NAMED.fullmatch(path.name):
                continue
            try:
                manifest = read_manifest(path)
            except Problem as trouble:
                spoiled.append(Spoiled(path, trouble))
                continue
            if store in ("", manifest.standing.store):
                counting.append(Backup(path, manifest))
    by_age = sorted(counting, key=lambda one: (one.manifest.made_at, one.name), reverse=True)
    return tuple(by_age), tuple(sorted(spoiled, key=lambda one: one.path.name, reverse=True))


def thin(folder: Path, store: str, now: datetime) -> int:
    """Drops the backups of a store that are too many, unless that is paused; how many were dropped."""
    if is_paused(folder, store, now):
        return 0
    found, _ = backups_in(folder, store)
    going = set(thinned([one.manifest.made_at for one in found], now))
    dropped = 0
    for backup in found:
        if backup.manifest.made_at in going and drop(backup):
            dropped += 1
    return dropped


def drop(backup: Backup) -> bool:
    """Takes a backup away, from that moment on it does not count; False where it could not be."""
    part = part_of(backup.path, backup.manifest.standing.store)
    with suppress(OSError):
        backup.path.replace(part)
        take_away(part)
        return True
    return False


def copy_to(backup: Backup, folder: Path, tell: Tell) -> Backup:
    """Copies a backup into another folder, where it counts once it has been read again and compared.

    Raises:
        Problem: where the backup is not what it was, or the folder does not take it. Stopped: where whoever waits does
            not want to go on. Nothing half-made stays.
    """
    store, manifest = backup.manifest.standing.store, backup.manifest
    clean_up(folder, store)
    ask_room(folder, manifest.size)
    path = free_name(folder / backup.name)  # whatever lies there under this name is another store's
    part = part_of(path, store)
    try:
        copied(backup.path, part, manifest.sha256, tell)
        with written_in(folder):
            for suffix in (KEYS, MANIFEST):
                beside = backup.path.with_suffix(suffix)
                if beside.exists():
                    write_whole(path.with_suffix(suffix), beside.read_bytes())
            put_in_place(part, path)
    except BaseException:
        take_away(part)
        raise
    return Backup(path, manifest)


def remembered(folder: Path, store: str) -> Remembered:
    """What a folder remembers of a store's backups; nothing where it has no such file, or not one that can be read."""
    with suppress(OSError, ValueError, AttributeError):
        found, usual = json.loads(_remembered_in(folder, store).read_bytes()), asdict(Remembered())
        fits: dict[str, Any] = {name: value for name, value in found.items() if type(value) is type(usual.get(name))}
        return Remembered(**fits)
    return Remembered()


def remember(folder: Path, store: str, **anew: str | int) -> None:
    """Keeps something more about a store's backups in a folder.

    Raises:
        Problem: where it cannot be written.
    """
    kept = asdict(remembered(folder, store)) | anew
    write_whole(_remembered_in(folder, store), f"{json.dumps(kept, ensure_ascii=False, indent=2)}\n".encode())


def is_known(folder: Path, store: str) -> bool:
    """Whether backups of a store have lain in this very folder before: another stick under the same name is not known."""
    return _remembered_in(folder, store).exists()


def is_paused(folder: Path, store: str, now: datetime) -> bool:
    """Whether nothing is thinned in a folder for now; a pause that ends far ahead was begun by a wrong clock."""
    until = moment(remembered(folder, store).paused)
    return until is not None and now < until <= now + 2 * PAUSE


def moment(text: str) -> datetime | None:
    """A time as it is remembered; None where there is none."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else None
    return None


def _remembered_in(folder: Path, store: str) -> Path:
    return folder / f"yimen-{store[-OWNER:]}.json"
