"""Where a file of the store stands: its last change, its rows, the ends of its chains; and whether every page is whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.store.migrations.steps import SET
from desktop.store.trouble import BROKEN, Damaged, told

if TYPE_CHECKING:
    from sqlite3 import Connection

FINE = [("ok",)]
MIGRATIONS = "_sqlite_migrations"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands, whatever its schema: ``schema`` how many steps it has seen, ``change`` its last change.

    ``cases`` counts those outside the bin, ``counts`` the rows of every table, ``heads`` gives for every window the
    number and hash (hexadecimal) of its last entry. ``store`` is empty in a file that has no name yet.
    """

    store: str
    change: int
    schema: int
    cases: int
    counts: dict[str, int]
    heads: dict[str, tuple[int, str]]


def name_of(connection: "Connection") -> tuple[str, int]:
    """The id of the store and its last change; empty and 0 in a file that has none yet."""
    with told():
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'state'"
        ).fetchone()
        row = connection.execute("SELECT store, change FROM state").fetchone() if found[0] else None
    return (str(row[0]), int(row[1])) if row else ("", 0)


def standing_of(connection: "Connection") -> Standing:
    """Where the file behind a keyed connection stands.

    SQLCipher gives zeros for a damaged page without a word, and only refuses what it reads after that one. So this is
    read last, and from the disk: whatever the connection has read before was sound then.

    Raises:
        Damaged: where a page is damaged that this, or anything read before by the connection, has come upon.
    """
    with told():
        connection.execute("PRAGMA shrink_memory")
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: int(_one(connection, f'SELECT count(*) FROM "{name}"')) for name in sorted(tables)}
        schema = (
            _one(connection, f"SELECT count(*) FROM {MIGRATIONS} WHERE migration_set = '{SET}'")
            if MIGRATIONS in counts
            else 0
        )
        cases = _one(connection, "SELECT cases FROM state") if counts.get("state") else counts.get("cases", 0)
        return Standing(*name_of(connection), schema, cases, counts, _heads(connection, counts))


def ask_whole(connection: "Connection") -> None:
    """Goes on where every page of a file that nobody writes is as it was written, and the database's structure holds.

    Raises:
        Damaged: where it is not.
    """
    with told():
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise broken()
    ask_sound(connection)


def ask_sound(connection: "Connection") -> None:
    """Goes on where the database's structure holds: what is out of order in it is no fault of where it is copied to.

    Raises:
        Damaged: where it does not. Problem: where it cannot be read at all.
    """
    with told():
        if connection.execute("PRAGMA quick_check(1)").fetchall() != FINE:
            raise broken()


def broken() -> Damaged:
    """What to say of a file with a damaged page."""
    return Damaged(BROKEN.what, BROKEN.remedy)


def _heads(connection: "Connection", counts: dict[str, int]) -> dict[str, tuple[int, str]]:
    if "journal" not in counts or "windows" not in counts:
        return {}
    heads = {}
    for (window,) in connection.execute("SELECT id FROM windows ORDER BY id").fetchall():
        row = connection.execute(
            "SELECT seq, hash FROM journal WHERE window = ? ORDER BY seq DESC LIMIT 1", (window,)
        ).fetchone()
        if row is not None:
            heads[str(window)] = (int(row[0]), bytes(row[1]).hex())
    return heads


def _one(connection: "Connection", sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
