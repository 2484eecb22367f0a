"""Every window's chain, entry by entry: what was changed, what is missing, what was slipped in, and where."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop.store.chain import NO_HASH, Stamp, content_of, hash_of
from desktop.store.checks.findings import Check, Finding
from desktop.store.journal import COLUMNS

FARTHEST = 50  # entries taken out or slipped in at one place, of which it can still be told how many
NOTHING_SAID = content_of(None, None)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the file holds it."""

    stamp: Stamp
    old: str | None
    new: str | None
    content: bytes
    hash: bytes

    def follows(self, before: bytes, moved: int) -> bool:
        """Whether it was written after the entry with that hash, under a number that has moved by so much since."""
        stamp = self.stamp if moved == 0 else replace(self.stamp, seq=self.stamp.seq - moved)
        return hash_of(before, stamp, self.content) == self.hash


def link_of(row: tuple[Any, ...]) -> Link:
    """A row of the journal's columns."""
    window, seq, change, at, who, case_id, kind, path, old, new, content, hashed = row
    return Link(Stamp(window, seq, change, at, who, case_id, kind, path), old, new, content, hashed)


def chains(check: Check) -> Iterator[Finding]:
    """All chains of the file, and windows that nobody has introduced."""
    ends = dict(check.read("SELECT id, (SELECT max(seq) FROM journal WHERE window = id) FROM windows").fetchall())
    check.watch.begin("entries", sum(end or 0 for end in ends.values()))
    for (window,) in check.read("SELECT DISTINCT window FROM journal").fetchall():
        if window not in ends:
            yield Finding("window_unknown", window)
        rows = check.read(f"SELECT {COLUMNS} FROM journal WHERE window = ? ORDER BY seq", (window,))
        yield from _chain(check, window, (link_of(row) for row in rows))


def _chain(check: Check, window: str, links: Iterable[Link]) -> Iterator[Finding]:
    walk = _Walk(window)
    for link in links:
        check.watch.step()
        check.count("entries")
        yield from walk.on(link)
        yield from _words(check, link)
    yield from walk.settled()


def _words(check: Check, link: Link) -> Iterator[Finding]:
    if content_of(link.old, link.new) == link.content:
        return
    if link.old is not None or link.new is not None:
        yield Finding("entry_changed", link.stamp.window, link.stamp)
    elif not _purged(check, link.stamp.case_id):
        yield Finding("entry_erased", link.stamp.window, link.stamp)


def _purged(check: Check, case_id: str | None) -> bool:
    if case_id is None:
        return False
    found = check.read("SELECT 1 FROM journal WHERE case_id = ? AND kind = 'purged'", (case_id,))
    return found.fetchone() is not None


class _Walk:
    """A walk along one chain. What does not follow is only told when the entry after it shows what was done there."""

    def __init__(self, window: str) -> None:
        self.window = window
        self.last: Stamp | None = None
        self.hashes: deque[bytes] = deque([NO_HASH], FARTHEST + 1)  # of the entries before, the nearest last
        self.stamps: deque[Stamp] = deque(maxlen=FARTHEST)
        self.moved = 0  # by how much numbers here lie above those that the entries were written with
        self.suspect: Link | None = None

    def on(self, link: Link) -> Iterator[Finding]:
        """The next entry; what can be told now."""
        seq = link.stamp.seq
        if seq < 1:
            yield Finding("entry_inserted", self.window, link.stamp)
            return
        awaited = self.last.seq + 1 if self.last else 1
        if seq > awaited:
            yield from self.settled()
            yield Finding("entries_missing", self.window, link.stamp, awaited, seq - 1)
        elif link.follows(self.hashes[-1], self.moved):
            yield from self.settled()
        else:
            yield from self._unfit(link)
        if self.last and link.stamp.change < self.last.change:
            yield Finding("entry_disorder", self.window, link.stamp)
        self.last = link.stamp
        self.hashes.append(link.hash)
        self.stamps.append(link.stamp)

    def settled(self) -> Iterator[Finding]:
        """What is still in doubt, once nothing explains it away."""
        if self.suspect:
            yield Finding("entry_unfit", self.window, self.suspect.stamp)
        self.suspect = None

    def _unfit(self, link: Link) -> Iterator[Finding]:
        for more in range(1, len(self.hashes)):
            if link.follows(self.hashes[-1 - more], self.moved + more):
                self.moved, self.suspect = self.moved + more, None
                yield from (Finding("entry_inserted", self.window, one) for one in list(self.stamps)[-more:])
                return
        if self.suspect and self._follows_the_suspect(link):
            yield from self.settled()
            return
        if self.suspect:
            for fewer in range(1, FARTHEST + 1):
                if link.follows(self.hashes[-1], self.moved - fewer):
                    self.moved -= fewer
                    yield Finding("entries_taken_out", self.window, self.suspect.stamp, first=fewer)
                    self.suspect = None
                    return
        yield from self.settled()
        self.suspect = link

    def _follows_the_suspect(self, link: Link) -> bool:
        """Whether it follows the hash that the suspect should have: then nothing but that was changed."""
        assert self.suspect, "somebody is suspected"
        stamp = self.suspect.stamp
        right = hash_of(self.hashes[-2], replace(stamp, seq=stamp.seq - self.moved), self.suspect.content)
        return link.follows(right, self.moved)
