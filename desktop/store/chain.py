"""The chain of the journal: each entry carries the hash of the one before, so that no entry can be changed, lost or slipped in unseen.

What is hashed, and how, is part of the file format and never changes.
"""

import json
from dataclasses import dataclass
from hashlib import sha256

NO_HASH = bytes(32)


def plain_json(value: object) -> str:
    """One way to write a value, whatever wrote it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(old: str | None, new: str | None) -> bytes:
    """The hash of what an entry says, as its two columns hold it; it stays when the words are erased for good."""
    return sha256(plain_json([old, new]).encode()).digest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an entry is about: all that is hashed but its content."""

    window: str
    seq: int
    change: int
    at: str
    who: str
    case_id: str | None
    kind: str
    path: str


def hash_of(before: bytes, stamp: Stamp, content: bytes) -> bytes:
    """The hash of an entry that follows the one with the hash ``before``."""
    stamped = [stamp.window, stamp.seq, stamp.change, stamp.at, stamp.who, stamp.case_id, stamp.kind, stamp.path]
    return sha256(before + plain_json(stamped).encode() + content).digest()
