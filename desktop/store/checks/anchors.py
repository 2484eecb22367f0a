"""What the journal is held against from outside its chain: batches, backups, and the changes that the tail holds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.store.checks.chains import Link, link_of
from desktop.store.checks.findings import Check, Finding
from desktop.store.journal import COLUMNS
from desktop.store.tail import Recorded, TailRead

INSERT = f"INSERT INTO journal ({COLUMNS}) VALUES"
PLACES = [name.strip() for name in COLUMNS.split(",")]
WINDOW, SEQ, HASH = (PLACES.index(name) for name in ("window", "seq", "hash"))
TAIL = "tail"
HEX = re.compile("([0-9a-f]{2})+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a window's journal stood once: its last number and hash then, and who tells of it (``told_by``)."""

    window: str
    seq: int
    hash: bytes
    told_by: str


def anchor_of(full: str, told_by: str) -> Anchor | None:
    """The anchor that a batch or a backup has kept in full; None where it has none, or there was no entry yet."""
    match full.split():
        case [window, seq, hashed] if seq.isdecimal() and int(seq):
            return Anchor(window, int(seq), bytes.fromhex(hashed) if HEX.fullmatch(hashed) else b"", told_by)
    return None


def batch_anchors(check: Check) -> Iterator[Anchor]:
    """Where the journal stood at each batch."""
    for number, full in check.read("SELECT number, journal_head FROM batches ORDER BY sequence").fetchall():
        found = anchor_of(full, number)
        if found:
            yield found


def tail_anchors(check: Check, tail: TailRead) -> Iterator[Anchor]:
    """The entries that the changes in the tail made, up to where the file stands."""
    (change,) = check.read("SELECT change FROM state").fetchone()
    for record in tail.records:
        if record.change <= change:
            yield from _entries(record)


def anchored(check: Check, anchors: Iterable[Anchor]) -> Iterator[Finding]:
    """What the anchors prove: entries that are missing at the end, and a journal that was written anew since each."""
    missing: dict[str, int] = {}
    rewritten: set[str] = set()
    for anchor in anchors:
        found = _link(check, anchor.window, anchor.seq)
        if found is None:
            missing[anchor.window] = max(anchor.seq, missing.get(anchor.window, 0))
        elif found.hash != anchor.hash and anchor.told_by not in rewritten:
            rewritten.add(anchor.told_by)
            yield Finding("rewritten", anchor.told_by, found.stamp)
    for window, seq in missing.items():
        (end,) = check.read("SELECT coalesce(max(seq), 0) FROM journal WHERE window = ?", (window,)).fetchone()
        if seq > end:
            yield Finding("end_missing", window, first=end + 1, last=seq)


def added(check: Check, tail: TailRead) -> Iterator[Finding]:
    """Entries that pretend to be of a change in the tail, which did not make them."""
    for record in tail.records:
        for last in list(_entries(record))[-1:]:
            there, after = (_link(check, last.window, last.seq + further) for further in (0, 1))
            if there and there.hash == last.hash and after and after.stamp.change == record.change:
                yield Finding("entry_inserted", last.window, after.stamp)


def _link(check: Check, window: str, seq: int) -> Link | None:
    row = check.read(f"SELECT {COLUMNS} FROM journal WHERE window = ? AND seq = ?", (window, seq)).fetchone()
    return None if row is None else link_of(row)


def _entries(record: Recorded) -> Iterator[Anchor]:
    for sql, values in record.statements:
        if sql.startswith(INSERT):
            hashed = values[HASH]
            assert isinstance(hashed, bytes)
            yield Anchor(str(values[WINDOW]), int(str(values[SEQ])), hashed, TAIL)
