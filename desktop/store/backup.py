"""A backup: copied page by page while the clerk goes on, read again from the disk, compared, and only then counted."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem
from desktop.store.connection import connect
from desktop.store.copying import (
    Stopped,
    Tell,
    ask_room,
    differs,
    hashed,
    put_in_place,
    settled,
    trouble_at,
    written_in,
)
from desktop.store.manifest import (
    BACKUP,
    KEYS,
    MANIFEST,
    Backup,
    Manifest,
    clean_up,
    part_of,
    read_manifest,
    take_away,
    written,
)
from desktop.store.secret import Secret
from desktop.store.standing import Standing, ask_sound, ask_whole, name_of, standing_of
from desktop.store.trouble import Unwritable, told
from desktop.store.whole_files import write_whole

if TYPE_CHECKING:
    from sqlite3 import Connection

PAGES_AT_ONCE = 256  # a megabyte between two words of how far it has come
BESIDE = 1 << 16  # bytes that keys and manifest take at most


def _go_on(_done: int, _of: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Making:
    """When, by which program and why a backup is made; ``tell`` hears how far it has come, and may end it."""

    now: datetime
    program: str
    why: str
    tell: Tell = _go_on


def make_backup(store: Path, secret: Secret, folder: Path, making: Making) -> Backup:
    """Makes a backup of a store that may be open and written to meanwhile; it holds what was there when this began.

    Raises:
        Damaged: where the store is. Stopped: where whoever waits does not want to go on.
        Problem: where the folder does not take it. Nothing half-made stays, and what a kill left before is cleaned up.
    """
    source = connect(store, secret, read_only=True)
    try:
        with told():
            source.execute("BEGIN")
            pages, size = (int(source.execute(f"PRAGMA page_{what}").fetchone()[0]) for what in ("count", "size"))
        owner, change = name_of(source)
        clean_up(folder, owner)
        ask_room(folder, pages * size + BESIDE)
        path = folder / f"{_free_stem(folder, making.now, change)}{BACKUP}"
        part = part_of(path, owner)
        try:
            manifest = _read_again(source, secret, part, making)
            with written_in(folder):
                if (keys := _keys_of(store)) is not None:
                    write_whole(path.with_suffix(KEYS), keys)
                write_whole(path.with_suffix(MANIFEST), written(manifest))
                put_in_place(part, path)
            return Backup(path, manifest)
        except BaseException:
            take_away(part)
            raise
    finally:
        source.close()


def check_backup(path: Path, secret: Secret, tell: Tell = _go_on) -> Backup:
    """Reads a backup from its first byte to its last, and compares it with its manifest.

    Raises:
        Problem: where it has no manifest, is not what was made, is damaged, or is another store's.
    """
    manifest = read_manifest(path)
    if hashed(path, tell) != manifest.sha256 or read_back(path, secret) != manifest.standing:
        raise differs(path)
    return Backup(path, manifest)


def read_back(path: Path, secret: Secret) -> Standing:
    """Where a file stands that nobody writes, once all of it has been read.

    Raises:
        Problem: where it is damaged, or not of this key.
    """
    connection = connect(path, secret, read_only=True)
    try:
        ask_whole(connection)
        return standing_of(connection)
    finally:
        connection.close()


def _read_again(source: "Connection", secret: Secret, part: Path, making: Making) -> Manifest:
    """Copies the store into the part, reads it again from the disk and compares; what the manifest will say of it."""
    with written_in(part.parent):
        _copy(source, secret, part, _third(making.tell, 0))
    standing = standing_of(source)
    source.rollback()  # the store need not keep what was there when this began any longer
    with written_in(part.parent):
        digest = settled(part, _third(making.tell, 1))
        size = part.stat().st_size
    try:
        same = read_back(part, secret) == standing
    except Problem:
        same = False
    if not same:
        ask_sound(source)
        raise Unwritable(f"写到 {part.parent} 的备份读回来不一致。", "请换一个磁盘或位置再备份；已有的备份不受影响。")
    if not making.tell(1000, 1000):
        raise Stopped
    return Manifest(making.now, making.program, making.why, standing, size, digest)


def _copy(source: "Connection", secret: Secret, part: Path, tell: Tell) -> None:
    from sqlcipher3 import dbapi2

    def progress(_status: int, remaining: int, total: int) -> None:
        if not tell(total - remaining, total):
            raise Stopped

    try:
        target = connect(part, secret)
    except Problem as error:
        raise trouble_at(part.parent) from error
    try:
        # Whatever goes wrong, the part is thrown away: it needs neither a journal nor, yet, the disk.
        for setting in ("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF"):
            target.execute(f"PRAGMA {setting}")
        source.backup(target, pages=PAGES_AT_ONCE, progress=progress, sleep=0)
        # One file that needs nothing beside it, wherever it is read.
        target.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.DatabaseError as error:
        ask_sound(source)
        raise trouble_at(part.parent) from error
    finally:
        target.close()


def _keys_of(store: Path) -> bytes | None:
    # Without them the recovery sheet still opens the backup: they do not stand in its way.
    with suppress(OSError):
        return store.with_suffix(KEYS).read_bytes()
    return None


def _third(tell: Tell, step: int) -> Tell:
    """Tells of one of three steps in thousandths of the whole way: copying, reading again, comparing."""
    return lambda done, of: tell((1000 * step + 1000 * done // max(of, 1)) // 3, 1000)


def _free_stem(folder: Path, now: datetime, change: int) -> str:
    stem = f"yimen-{now:%Y%m%d-%H%M%S}-{change:06d}"
    number, free = 1, stem
    while any(folder.glob(f"{free}.*")):
        number += 1
        free = f"{stem}-{number}"
    return free
