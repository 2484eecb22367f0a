"""Restoring: a backup in the place of the store, once what is there is safe; what was typed since may be put in again."""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.backup import Making, check_backup, make_backup, read_back
from desktop.store.backups import PAUSE, backups_in, remember
from desktop.store.bringing_up import Anew, Brought, Member, bring_up, staff_of
from desktop.store.connection import connect
from desktop.store.copying import Stopped, Tell, ask_room, copied, free_name, settled, written_in
from desktop.store.file import Store
from desktop.store.holder import hold
from desktop.store.kept_tails import end_of, tails_for
from desktop.store.keys import read_keys, store_of_keys
from desktop.store.looking import ask_new_enough
from desktop.store.manifest import KEYS, Backup
from desktop.store.replacing import aside_of, finish_replacing, replace_store
from desktop.store.secret import Secret
from desktop.store.standing import name_of
from desktop.store.trouble import told
from desktop.store.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a restore is to do: to which store, with which secret, by whom, when, by which program.

    ``folders`` hold the office's backups; the first of them takes the backup of what is there now. ``replay`` says
    whether what was typed since the backup is put in again: None, where what is there now is damaged, gone or older
    than what a tail of this store knows of.
    """

    store: Path
    secret: Secret
    who: Clerk
    now: datetime
    program: str
    folders: tuple[Path, ...]
    tell: Tell
    replay: bool | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to.

    ``replayed`` changes since the backup were put in again, and ``missing`` of those that are known of were not. What was
    there is in ``kept``: a backup, or, where it was ``damaged``, a folder with its files; None where nothing was.
    ``numbers`` that were given since are kept as given up; where it was damaged and changes are missing, none could be.
    """

    backup: Backup
    replayed: int
    missing: int
    kept: Path | None
    damaged: bool
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """What is there before a restore: its last change, its staff, and where it is safe."""

    change: int
    staff: tuple[Member, ...]
    kept: Path | None
    damaged: bool


def restore(path: Path, wanted: Wanted) -> Restored:
    """Puts a backup in the place of a store that nobody has open. Killed at any moment, it leaves the one or the other.

    Raises:
        Problem: where the store is open, the backup is not what was made, or a disk does not take it; the store is then
            as it was. Stopped: where whoever waits does not want to go on.
    """
    held, replaced = hold(wanted.store, wanted.program, wanted.now), False
    try:
        finish_replacing(wanted.store)
        backup = check_backup(path, wanted.secret, _part(wanted.tell, 0))
        ask_new_enough(backup.manifest)
        present = _present(wanted)
        try:
            brought = _made_ready(backup, wanted, present)
            _bring_keys(wanted.store, backup)
            _pause(backup, wanted)
        except BaseException:
            finish_replacing(wanted.store)
            if present.damaged and present.kept is not None:
                shutil.rmtree(present.kept, ignore_errors=True)  # what it keeps once more is still in its place
            raise
        replace_store(wanted.store)
        replaced = True
        return Restored(backup, brought.replayed, brought.missing, present.kept, present.damaged, brought.numbers)
    finally:
        if replaced or not held.after_a_crash:
            held.release()
        else:
            held.lock.release()  # the note stays: whoever opens the old file next is to look at it twice


def bring_back_keys(store: Path, backup: Path) -> None:
    """Puts a backup's keys in the place of keys that are gone, so that the clerks of then can sign in.

    Raises:
        Problem: where the backup has none, or none that can be read.
    """
    keys = backup.with_suffix(KEYS)
    read_keys(keys)
    ours = store.with_suffix(KEYS)
    if ours.exists():
        with written_in(store.parent):
            shutil.copyfile(ours, free_name(ours.with_name(f"{ours.name}.damaged")))
    write_whole(ours, keys.read_bytes())


def other_pasts(store: Store) -> tuple[tuple[int, int], ...]:
    """Between which changes lies what a restore left behind: a backup of a change in between is of another past."""
    rows = store.read(
        """SELECT journal.change, journal.new FROM windows JOIN journal ON journal.window = windows.id AND journal.seq = 1
           WHERE journal.kind = 'restored'"""
    ).fetchall()
    begun = [(int(change), json.loads(new)) for change, new in rows]
    return tuple((int(new["change"]) + int(new["replayed"]), change) for change, new in begun)


def _present(wanted: Wanted) -> Present:
    """Makes what is there safe: as a backup where it can be read, else its files as they are."""
    if not wanted.store.exists():
        return Present(0, (), None, damaged=True)
    why = Making(wanted.now, wanted.program, "restore", _part(wanted.tell, 1))
    try:
        if not _is_a_store(wanted):
            return Present(0, (), _set_aside(wanted.store, wanted.now), damaged=True)
        backup = make_backup(wanted.store, wanted.secret, wanted.folders[0], why)
        connection = connect(wanted.store, wanted.secret, read_only=True)
        try:
            return Present(backup.manifest.standing.change, staff_of(connection), backup.path, damaged=False)
        finally:
            connection.close()
    except Stopped:
        raise
    except Problem:
        if _can_be_read(wanted):
            raise
        return Present(0, (), _set_aside(wanted.store, wanted.now), damaged=True)


def _is_a_store(wanted: Wanted) -> bool:
    """Whether the file has a name and clerks: an empty one, or one of before the upgrade, is kept as it is."""
    connection = connect(wanted.store, wanted.secret, read_only=True)
    try:
        with told():
            clerks = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'clerks'").fetchone()
        return clerks is not None and name_of(connection)[0] != ""
    finally:
        connection.close()


def _can_be_read(wanted: Wanted) -> bool:
    try:
        read_back(wanted.store, wanted.secret)
    except Problem:
        return False
    return True


def _set_aside(store: Path, now: datetime) -> Path:
    """Keeps the files of a damaged store in a folder of their own; they are there under both names until one goes."""
    folder = free_name(store.parent / f"{store.stem}-damaged-{now:%Y%m%d-%H%M%S}")
    with written_in(store.parent):
        folder.mkdir()
        beside = (store, store.with_name(f"{store.name}-wal"), store.with_suffix(".tail"), store.with_suffix(KEYS))
        for path in beside:
            if path.exists():
                try:
                    os.link(path, folder / path.name)
                except OSError:
                    shutil.copyfile(path, folder / path.name)
    return folder


def _made_ready(backup: Backup, wanted: Wanted, present: Present) -> Brought:
    """The backup beside the store, with whatever is put in again and under a window of its own; read again, whole."""
    store, aside = wanted.store, aside_of(wanted.store)
    # Whatever is put in, no number of a change that anything tells of is given once more.
    tails = tails_for(store, wanted.folders, wanted.secret)
    beyond = present.damaged or any(end_of(tail) > present.change for tail in tails)
    replay = beyond if wanted.replay is None else wanted.replay
    named = backup.manifest.standing.store
    made = [one for folder in wanted.folders for one in backups_in(folder, named)[0]]
    ends = [present.change, *map(end_of, tails), *(one.manifest.standing.change for one in made)]
    ask_room(store.parent, 2 * backup.manifest.size)
    copied(backup.path, aside, backup.manifest.sha256, _part(wanted.tell, 2))
    anew = Anew(
        backup.name,
        wanted.secret,
        wanted.who,
        wanted.now,
        wanted.program,
        tails if replay else (),
        present.staff,
        max(ends),
        None if present.damaged else present.kept,
    )
    brought = bring_up(aside, anew)
    with written_in(store.parent):
        settled(aside, _part(wanted.tell, 3))
    read_back(aside, wanted.secret)
    return brought


def _bring_keys(store: Path, backup: Backup) -> None:
    """Where the keys are gone, or another store's, those of the backup take their place."""
    with suppress(Problem):
        if store_of_keys(store.with_suffix(KEYS)) == backup.manifest.standing.store:
            return
    if backup.path.with_suffix(KEYS).exists():
        bring_back_keys(store, backup.path)


def _pause(backup: Backup, wanted: Wanted) -> None:
    """For a while nothing is thinned: whoever restored the wrong backup finds all the others."""
    until = (wanted.now + PAUSE).isoformat()
    for folder in wanted.folders:
        if folder.is_dir():
            with suppress(Problem):
                remember(folder, backup.manifest.standing.store, paused=until)


def _part(tell: Tell, part: int) -> Tell:
    """Tells of one of four parts in thousandths of the whole way: checking, making safe, copying, reading again."""
    return lambda done, of: tell(250 * part + 250 * done // max(of, 1), 1000)
