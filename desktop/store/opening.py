"""Opening a store: one encrypted file, one holder, brought up to date, with nothing lost that the tail still holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.problems import Problem
from desktop.store.cases import index_again
from desktop.store.connection import connect, keep_safely
from desktop.store.file import Store, new_tail, tail_path
from desktop.store.holder import Held, hold
from desktop.store.log import ask_sound, is_empty, look_at_log, settle, was_settling
from desktop.store.migrations.steps import SCHEMA, bring_up_to_date, pending
from desktop.store.place import kind_of_place, refuse_network
from desktop.store.replacing import finish_replacing
from desktop.store.replaying import is_backed_up, is_of, last_change, replay
from desktop.store.rescue import take_up
from desktop.store.secret import Secret
from desktop.store.standing import broken
from desktop.store.tail import Tail, TailRead, TailUnreadable, read_tail
from desktop.store.trouble import Damaged, told

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

LAST_ENTRY = """SELECT at FROM journal WHERE window = (SELECT window FROM state) ORDER BY seq DESC LIMIT 1"""
TOLERATED = timedelta(minutes=5)  # a clock may be put right by so much without a word


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a store needs beside its path; ``before_steps`` is called with the path of a store that lacks some."""

    program: str
    now: datetime
    secret: Secret
    before_steps: Callable[[Path], None] | None = None


def open_store(path: Path, opening: Opening) -> Store:
    """Opens a store, making it where there is none, and brings it up to date.

    Raises:
        Problem: where another program holds it, a newer one made it, the key is another's, or it is damaged.
    """
    if not path.parent.is_dir():
        raise Problem(f"没有文件夹 {path.parent}。", "请先建立它，或换一个位置。")
    refuse_network(path, kind_of_place(path.parent))
    return _open_again(path, opening, None)


def _open_again(path: Path, opening: Opening, held: Held | None) -> Store:
    """Opens what lies there, under a lock that is held already or is taken now; one that was taken now is let go again."""
    lock = held or hold(path, opening.program, opening.now)
    connection: Connection | None = None
    try:
        finish_replacing(path)
        findings = look_at_log(path, opening.secret)
        connection = connect(path, opening.secret)
        keep_safely(connection, path)
        with told():
            return _opened(path, connection, lock, opening, findings)
    except BaseException:
        if connection is not None:
            connection.close()
        if held is None:
            lock.release()
        raise


def database_of(connection: "Connection") -> "Database":
    """The connection as sqlite-utils knows it."""
    from sqlite_utils import Database

    return Database(connection, strict=True, execute_plugins=False)


def _opened(path: Path, connection: "Connection", held: Held, opening: Opening, findings: list[Problem]) -> Store:
    db = database_of(connection)
    log_lost, told_before = is_empty(connection), len(findings)
    goes_on, leads = _caught_up(path, db, opening.secret, findings)
    if was_settling(path) and (log_lost or len(findings) > told_before):
        _ask_consistent(db)
    lacking = pending(db)
    if lacking:
        if schema_of(db) and opening.before_steps:
            opening.before_steps(path)
        bring_up_to_date(db)
    with db.atomic():
        store_id, window = _named(db, opening)
    if (index_again(db) or lacking) and goes_on:
        _keep_aside(path, db)
        goes_on = leads = False
    if not goes_on or was_settling(path):
        # What the tail does not hold lies in the file itself, not in its log.
        settle(path, connection)
    findings += _clock_set_back(db, opening.now)
    last, taking_up = last_change(db), partial(take_up, again=partial(_open_again, path, opening))
    # It is opened last: whatever else fails, no file is left open.
    tail = Tail.resume(tail_path(path), opening.secret.tail_key()) if goes_on else new_tail(path, db, opening.secret)
    unbacked = last > 0 and not leads
    return Store(
        path, opening.secret, db, held, tail, store_id, window, tuple(findings), last, taking_up, unbacked=unbacked
    )


def _ask_consistent(db: "Database") -> None:
    """Goes on where all of the file is of one time: every case is what its entries come to, and whatever can be counted.

    Raises:
        Damaged: where it is not.
    """
    from desktop.store.checking import check_file

    ask_sound(db.conn)
    if not pending(db) and not check_file(db.conn).sound:
        raise broken()


def _caught_up(path: Path, db: "Database", secret: Secret, findings: list[Problem]) -> tuple[bool, bool]:
    """Puts into the file what the tail holds beyond it; whether the tail goes on, and whether a backup leads into it."""
    beside = tail_path(path)
    if not beside.exists():
        return False, False
    try:
        found = read_tail(beside, secret.tail_key())
        if found.schema > schema_of(db):
            raise Damaged(f"{path.name} 是空的，或比另存的改动旧。", "请从最近的备份恢复，之后的改动会一并补上。")
        if found.schema == schema_of(db):
            findings += _put_in(db, found)
            if _follows(db, found):
                return True, is_backed_up(found)
    except TailUnreadable as trouble:
        findings.append(trouble)
    _keep_aside(path, db)
    return False, False


def _keep_aside(path: Path, db: "Database") -> None:
    """Keeps a tail that is not gone on with: a backup may be older than the file, and then it is what fills the gap."""
    beside, reached = tail_path(path), last_change(db) if schema_of(db) == SCHEMA else 0
    number, aside = 1, beside.with_name(f"{beside.name}.{reached}")
    while aside.exists():
        number += 1
        aside = beside.with_name(f"{beside.name}.{reached}.{number}")
    beside.replace(aside)


def _put_in(db: "Database", found: TailRead) -> Iterator[Problem]:
    """Puts in what a tail holds beyond the file, all or nothing.

    Raises:
        Damaged: where something in between is missing, or the tail is of another past: the file is an older one.
    """
    from sqlcipher3 import dbapi2

    try:
        with db.atomic():
            replayed, last = replay(db, found), last_change(db)
            if _end_of(found) > last:
                what = f"案卷库比另存的改动旧：第 {last + 1} 次之后的存盘接不上。"
                raise Damaged(what, "请先不要录入，从最近的备份恢复；之后的改动会一并补上。")
    except dbapi2.IntegrityError as error:
        raise broken() from error  # a part of the file is newer than its last change
    if replayed:
        yield Problem(f"案卷库少了最后 {replayed} 次存盘，已从另存的一份补上。", "没有丢失；请检查磁盘。")


def schema_of(db: "Database") -> int:
    """How many steps the file has seen."""
    return SCHEMA - len(pending(db))


def _follows(db: "Database", found: TailRead) -> bool:
    """Whether what comes next can be appended: the tail ends where the file does.

    After a power cut it may end earlier: it is not waited for. Then it is kept as it is, and another is begun.
    """
    return found.complete and _end_of(found) == last_change(db) and is_of(db, found)


def _end_of(found: TailRead) -> int:
    return found.standing[-1][0] if found.standing else found.since


def _named(db: "Database", opening: Opening) -> tuple[str, str]:
    """The ids of the store and of this window; a new store gets both."""
    from ulid import ULID

    store, window = db.execute("SELECT store, window FROM state").fetchone()
    if not window:
        store, window = store or str(ULID()), str(ULID())
        db.execute("INSERT INTO windows VALUES (?, ?, ?)", (window, opening.now.isoformat(), opening.program))
        db.execute("UPDATE state SET store = ?, window = ?", (store, window))
    return str(store), str(window)


def _clock_set_back(db: "Database", now: datetime) -> Iterator[Problem]:
    row = db.execute(LAST_ENTRY).fetchone()
    if row is not None and now < datetime.fromisoformat(row[0]) - TOLERATED:
        yield Problem("电脑的时钟比上次录入时早。", "请校准日期和时间；已录入的内容和先后次序不受影响。")
