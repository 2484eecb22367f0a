"""The check of a store: whether every page, entry and case is what was written there, found without changing anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from desktop.store.checks.anchors import Anchor, added, anchored, batch_anchors, tail_anchors
from desktop.store.checks.chains import chains
from desktop.store.checks.counts import batches, register, state
from desktop.store.checks.findings import Check, Finding, Part, Watch
from desktop.store.checks.known import known
from desktop.store.checks.pages import references, seals, structure
from desktop.store.checks.replays import replays
from desktop.store.connection import connect
from desktop.store.file import Store, tail_path
from desktop.store.tail import TailRead, TailUnreadable, read_tail
from desktop.store.trouble import GONE, Damaged, told

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST = 100  # findings of one part that are kept; of the others only how many


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check has found.

    ``seen`` says how many pages, entries, cases, assessments and notices were looked at, and of how many cases what they
    are known by; ``more`` how many findings there are beyond those that are named.
    """

    findings: tuple[Finding, ...]
    more: int
    seen: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings


def check_store(store: Store, watch: Watch | None = None, anchors: Iterable[Anchor] = ()) -> CheckReport:
    """Checks an open store on a connection of its own: whoever saves meanwhile does not wait. It can take minutes.

    Args:
        store: the store, as it stands when the check begins.
        watch: who is told how far it has come.
        anchors: where its journal stood once, as backups tell; those of batches and of the tail it finds itself.

    Raises:
        Cancelled: where whoever watches does not want to go on. Problem: where the disk is at fault.
    """
    if not store.path.exists():
        raise type(GONE)(GONE.what, GONE.remedy)
    tail = _tail(store)
    connection = connect(store.path, store.secret)
    try:
        with told():
            # So that every page that counts lies in the file, where its seal can be looked at.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            return check_file(connection, watch, anchors, tail)
    finally:
        connection.close()


def check_file(
    connection: "Connection", watch: Watch | None = None, anchors: Iterable[Anchor] = (), tail: TailRead | None = None
) -> CheckReport:
    """Checks what a keyed connection shows, such as a backup's.

    Raises:
        Cancelled: where whoever watches does not want to go on.
    """
    check = Check(connection, watch or Watch())
    # What was written into a text that is none is found like any other change, not stumbled over.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    findings: list[Finding] = []
    more = 0
    for part in _parts(tuple(anchors), tail):
        found = _tried(part, check)
        findings += islice(found, MOST)
        more += sum(1 for _ in found)
        if part is seals and findings:
            break  # whatever is read from a damaged page on is nothing that was ever written
    return CheckReport(tuple(dict.fromkeys(findings)), more, check.seen)


def _parts(anchors: tuple[Anchor, ...], tail: TailRead | None) -> Iterator[Part]:
    yield from (seals, structure, references, chains)
    yield lambda check: _anchored(check, anchors, tail)
    yield from (replays, register, batches, state, known)


def _tried(part: Part, check: Check) -> Iterator[Finding]:
    """What a part finds; where the file cannot be read on, that is found."""
    try:
        with told():
            yield from part(check)
    except Damaged:
        yield Finding("unreadable", check.watch.part)
    except TailUnreadable:
        return  # a backup was made meanwhile, and the tail began anew: there is nothing more to hold it against


def _anchored(check: Check, anchors: tuple[Anchor, ...], tail: TailRead | None) -> Iterator[Finding]:
    held = tail_anchors(check, tail) if tail else iter(())
    yield from anchored(check, chain(batch_anchors(check), anchors, held))
    if tail:
        yield from added(check, tail)


def _tail(store: Store) -> TailRead | None:
    try:
        return read_tail(tail_path(store.path), store.secret.tail_key())
    except TailUnreadable:
        return None
