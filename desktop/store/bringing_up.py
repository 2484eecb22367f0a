"""A backup made ready to be the store: what was typed since put in again, and from there on under a window of its own."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clerks import Clerk
from desktop.store.cases import RULES
from desktop.store.connection import connect
from desktop.store.file import Pen, tail_path
from desktop.store.holder import lock_path
from desktop.store.journal import Note, note
from desktop.store.migrations.steps import bring_up_to_date, pending
from desktop.store.opening import Opening, database_of, open_store, schema_of
from desktop.store.replaying import last_change, replay
from desktop.store.secret import Secret
from desktop.store.tail import TailRead, TailUnreadable
from desktop.store.trouble import told

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

STAFF = "SELECT id, name, role, since, until FROM clerks ORDER BY since, id"
LAST_NUMBERS = "SELECT series, year, max(number) FROM register GROUP BY series, year"
NUMBERS_SINCE = """SELECT series, year, number, text, given_at, given_by, given_up_at, given_up_by, reason FROM register
                   WHERE series = ? AND year = ? AND number > ? ORDER BY number"""
# Of no case: the one that it was given to is not there, or stands as it did before it had a number.
KEPT_NUMBER = """INSERT INTO register (series, year, number, text, given_at, given_by, given_up_at, given_up_by, reason)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
GIVEN_BEFORE = "恢复备份前已发出"
KNOWN_BY = ("people", "settlements", "search_keys")


@dataclass(frozen=True, slots=True)
class Member:
    """A clerk as the file has them; ``until`` is None while they may sign in."""

    id: str
    name: str
    role: str
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Anew:
    """How a backup goes on as the store.

    ``tails`` hold what is put in again, as far as it follows; ``staff`` is who works here now, whatever the backup says;
    ``known`` the last change that anything tells of; ``present`` a copy of what was there, None where it cannot be read.
    """

    backup: str
    secret: Secret
    who: Clerk
    now: datetime
    program: str
    tails: tuple[TailRead, ...]
    staff: tuple[Member, ...]
    known: int
    present: Path | None


@dataclass(frozen=True, slots=True)
class Brought:
    """How many changes were put in again, how many that are known of were not, and how many numbers were given since."""

    replayed: int
    missing: int
    numbers: int


def bring_up(aside: Path, anew: Anew) -> Brought:
    """Makes a copy of a backup ready, in its own place.

    Its changes are counted on from beyond every number that was ever given: no change of one past is taken for one of
    another. Its window is new, so that no chain of the journal goes on twice.

    Raises:
        Problem: where the disk does not take it, or a newer program made the backup.
    """
    try:
        begun, reached = _put_in(aside, anew)
        store = open_store(aside, Opening(anew.program, anew.now, anew.secret))
        try:
            with store.change(anew.who, anew.now) as pen:
                note(pen, Note("restored", path=anew.backup, new={"change": begun, "replayed": reached - begun}))
                _keep_staff(pen, anew.staff)
                numbers = _keep_numbers(pen, anew)
        finally:
            store.close()
        return Brought(reached - begun, max(anew.known - reached, 0), numbers)
    finally:
        for beside in (tail_path(aside), lock_path(aside)):
            beside.unlink(missing_ok=True)


def staff_of(connection: "Connection") -> tuple[Member, ...]:
    """Everybody who ever signed in to the file behind a connection."""
    with told():
        return tuple(Member(*row) for row in connection.execute(STAFF).fetchall())


def _put_in(aside: Path, anew: Anew) -> tuple[int, int]:
    """Puts in what follows, each change under the schema that it was written for; the last change before and after.

    Whoever opens the file next begins a window of their own.
    """
    connection = connect(aside, anew.secret)
    try:
        with told():
            # Whatever goes wrong, the copy is thrown away; all of it is brought to the disk when it is ready.
            for setting in ("journal_mode = MEMORY", "synchronous = OFF"):
                connection.execute(f"PRAGMA {setting}")
            db = database_of(connection)
            begun = last_change(db)
            if anew.tails and db.execute("SELECT found_by FROM state").fetchone()[0] != RULES:
                # What the changes add to it may be there by other rules already; it is filled anew when it is opened.
                with db.atomic():
                    for table in KNOWN_BY:
                        db.execute(f"DELETE FROM {table}")
            _replay_all(db, anew.tails)
            reached = last_change(db)
            with db.atomic():
                db.execute("UPDATE state SET window = '', change = ?", (max(reached, anew.known),))
            return begun, reached
    finally:
        connection.close()


def _replay_all(db: "Database", tails: tuple[TailRead, ...]) -> None:
    while True:
        followed = True
        while followed:
            followed = any([_replayed(db, tail) for tail in tails if tail.schema == schema_of(db)])
        if not tails or not pending(db):
            return
        bring_up_to_date(db)


def _replayed(db: "Database", tail: TailRead) -> bool:
    """Whether anything of a tail followed. Where it cannot be read on, or does not fit, it ends there."""
    from sqlcipher3 import dbapi2

    before = last_change(db)
    with suppress(TailUnreadable, OSError, dbapi2.DatabaseError):
        replay(db, tail)
    return last_change(db) > before


def _keep_staff(pen: Pen, now: tuple[Member, ...]) -> None:
    """Who works here is not turned back with the cases: their passwords are those of now, and who left stays away."""
    then = {row[0]: Member(*row) for row in pen.store.read(STAFF).fetchall()}
    for member in now:
        before = then.get(member.id)
        if member != before:
            pen.write(
                """INSERT INTO clerks (id, name, role, since, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)
                   DO UPDATE SET name = excluded.name, role = excluded.role, until = excluded.until""",
                (member.id, member.name, member.role, member.since, member.until),
            )
            note(pen, Note("clerk", path=member.id, old=_said(before), new=_said(member)))


def _keep_numbers(pen: Pen, anew: Anew) -> int:
    """No number is given twice: those that were given since the backup stand in the register as given up; how many."""
    if anew.present is None:
        return 0
    read, kept = pen.store.read, 0
    last = {(series, year): number for series, year, number in read(LAST_NUMBERS).fetchall()}
    present = connect(anew.present, anew.secret, read_only=True)
    try:
        with told():
            for series, year, _ in present.execute(LAST_NUMBERS).fetchall():
                rows = present.execute(NUMBERS_SINCE, (series, year, last.get((series, year), 0))).fetchall()
                for *given, up_at, up_by, reason in rows:
                    up = (
                        (up_at, up_by, reason) if reason is not None else (pen.at.isoformat(), pen.who.id, GIVEN_BEFORE)
                    )
                    kept += pen.write(KEPT_NUMBER, (*given, *up)).rowcount
    finally:
        present.close()
    return kept


def _said(member: Member | None) -> dict[str, str] | None:
    return {"name": member.name, "role": member.role} if member and member.until is None else None
