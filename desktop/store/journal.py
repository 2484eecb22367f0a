"""The journal: every accepted change and every look, who and when, numbered per window and chained by hash."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.store.chain import NO_HASH, Stamp, content_of, hash_of, plain_json
from desktop.store.file import Pen, Store

COLUMNS = "window, seq, change, at, who, case_id, kind, path, old, new, content, hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``old`` and ``new`` are JSON values, None also where they were erased for good."""

    window: str
    seq: int
    change: int
    at: datetime
    who: str
    case_id: str | None
    kind: str
    path: str
    old: object
    new: object
    content: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a window's chain: its last entry's number and hash."""

    window: str
    seq: int
    hash: bytes

    @property
    def code(self) -> str:
        """Short enough for paper and telephone: the window's last four, the number, the hash's first eight."""
        return f"{self.window[-4:]}-{self.seq}-{self.hash.hex()[:8].upper()}"

    @property
    def full(self) -> str:
        """All of it, as a batch keeps it to be compared later."""
        return f"{self.window} {self.seq} {self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry is to say: of which case (None: of the office), what kind, where, from what to what."""

    kind: str
    case_id: str | None = None
    path: str = ""
    old: object = None
    new: object = None


def note(pen: Pen, *notes: Note) -> None:
    """Adds entries to this window's chain, in the same transaction as what they tell of."""
    end = head(pen.store)
    before, seq = end.hash, end.seq
    for one in notes:
        seq += 1
        old, new = _written(one.old), _written(one.new)
        stamp = Stamp(end.window, seq, pen.change, pen.at.isoformat(), pen.who.id, one.case_id, one.kind, one.path)
        content = content_of(old, new)
        before = hash_of(before, stamp, content)
        pen.write(
            f"INSERT INTO journal ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                stamp.window,
                seq,
                stamp.change,
                stamp.at,
                stamp.who,
                stamp.case_id,
                stamp.kind,
                stamp.path,
                old,
                new,
                content,
                before,
            ),
        )


def head(store: Store, window: str = "") -> Head:
    """The end of a window's chain, this one's where none is named; number 0 before its first entry."""
    window = window or store.window
    row = store.read("SELECT seq, hash FROM journal WHERE window = ? ORDER BY seq DESC LIMIT 1", (window,)).fetchone()
    return Head(window, 0, NO_HASH) if row is None else Head(window, row[0], row[1])


def entries_of(store: Store, case_id: str) -> tuple[Entry, ...]:
    """All that was done to a case, in order."""
    rows = store.read(
        f"SELECT {COLUMNS} FROM journal WHERE case_id = ? ORDER BY change, window, seq", (case_id,)
    ).fetchall()
    return tuple(entry_of(row) for row in rows)


def entries_of_kind(store: Store, *kinds: str) -> tuple[Entry, ...]:
    """Entries of some kinds, in the order of their changes."""
    marks = ", ".join("?" * len(kinds))
    rows = store.read(
        f"SELECT {COLUMNS} FROM journal WHERE kind IN ({marks}) ORDER BY change, window, seq", kinds
    ).fetchall()
    return tuple(entry_of(row) for row in rows)


def chain(store: Store, window: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a window's chain from its first, as the file holds them."""
    yield from store.read(f"SELECT {COLUMNS} FROM journal WHERE window = ? ORDER BY seq", (window,))


def erase_words(pen: Pen, case_id: str) -> None:
    """Erases what the entries of a case say, for good; that and when they were made stays, and the chain holds."""
    pen.write("UPDATE journal SET old = NULL, new = NULL WHERE case_id = ?", (case_id,))


def entry_of(row: tuple[Any, ...]) -> Entry:
    """A row of the file as an entry."""
    window, seq, change, at, who, case_id, kind, path, old, new, content, hashed = row
    return Entry(
        window,
        seq,
        change,
        datetime.fromisoformat(at),
        who,
        case_id,
        kind,
        path,
        _read(old),
        _read(new),
        content,
        hashed,
    )


def _written(value: object) -> str | None:
    return None if value is None else plain_json(value)


def _read(text: str | None) -> object:
    return None if text is None else json.loads(text)
