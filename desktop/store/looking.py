"""Looking into a backup without touching it: which cases are in it, and who worked here then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.connection import connect
from desktop.store.manifest import Backup, Manifest, read_manifest
from desktop.store.secret import Secret
from desktop.store.trouble import told

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST = 200
FIRST_WITH_JOURNAL = 2  # the step from which on a file tells its store, its clerks and its changes


@dataclass(frozen=True, slots=True)
class CaseThen:
    """A case as it stood in a backup: its number, its applicant's name, when it was saved."""

    case_no: str | None
    applicant: str | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What is in a backup: the cases that were touched last, newest first, and the clerks who could sign in.

    ``last_n`` is the number of the row that was added last; what the backup itself says of its counts is its manifest.
    """

    backup: Backup
    cases: tuple[CaseThen, ...]
    clerks: tuple[Clerk, ...]
    last_n: int


def look(path: Path, secret: Secret, most: int = MOST) -> Look:
    """Looks into a backup; nothing of it changes, and not all of it is read.

    Raises:
        Problem: where it has no manifest that fits it, is another store's or of before the upgrade, or what is looked
            at is damaged.
    """
    manifest = read_manifest(path)
    ask_new_enough(manifest)
    with _opened(path, secret) as connection:
        rows = connection.execute(
            """SELECT case_no, applicant, saved_at FROM cases WHERE deleted_at IS NULL
               ORDER BY touched DESC, n DESC LIMIT ?""",
            (most,),
        ).fetchall()
        people = connection.execute(
            "SELECT id, name, role FROM clerks WHERE until IS NULL ORDER BY since, id"
        ).fetchall()
        (last_n,) = connection.execute("SELECT coalesce(max(n), 0) FROM cases").fetchone()
    cases = tuple(CaseThen(case_no, applicant, datetime.fromisoformat(saved)) for case_no, applicant, saved in rows)
    return Look(Backup(path, manifest), cases, tuple(Clerk(*one) for one in people), int(last_n))


def ask_new_enough(manifest: Manifest) -> None:
    """Goes on where a backup knows of clerks and changes, as those of the first version do not.

    Raises:
        Problem: where it does not.
    """
    if manifest.standing.schema < FIRST_WITH_JOURNAL:
        raise Problem("这是升级前的备份，不能在这里查看或恢复。", "请改用升级后的备份；只有这一份时，请联系技术人员。")


@contextmanager
def _opened(path: Path, secret: Secret) -> "Iterator[Connection]":
    connection = connect(path, secret, read_only=True)
    try:
        with told():
            yield connection
    finally:
        connection.close()
