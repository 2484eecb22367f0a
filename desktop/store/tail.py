"""The tail: every change since the last counted backup once more, encrypted, in a file beside the store.

Each record is sealed together with its place in this very file: none can be altered, moved or brought in from elsewhere.
Appending does not wait for the disk: what a power cut takes from here, the store's own log still has.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from json import dumps, loads
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from desktop.domain.problems import Problem
from desktop.store.whole_files import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Statement = tuple[str, tuple[str | int | bytes | None, ...]]
Frame = tuple[int, int, bytes]  # before which byte a record ends, its change, its kind

MAGIC = b"YIMENTL1"  # its last letter is the format; 16 bytes of chance follow, by which the file is known
HEAD_BYTES, NONCE_BYTES, SEAL_BYTES = len(MAGIC) + 16, 12, 16
FRAME = Struct(">IIQc")  # length of nonce and ciphertext, the same once more, change, kind; nonce and ciphertext follow
PLACE = Struct(">24sQQc")  # what a record is sealed with: head of the file, where the record starts, change, kind
BEGUN, KEPT, ABANDONED = b"b", b"k", b"a"  # the first record, its change that of the backup; and all the others


class TailUnreadable(Problem):
    """There is no tail, it is not this office's, or it is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"改动记录 {path} 读不出来，或不属于这个案卷库。", "请现在备份一次，之后会另起新的记录。")


class Recorded(NamedTuple):
    """A change as it was written: its number, and its statements with their parameters."""

    change: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """What the records of one file are sealed with: the office's key, and the file's own head."""

    cipher: "AESGCM"
    head: bytes

    def closed(self, start: int, change: int, kind: bytes, plain: bytes) -> bytes:
        """A whole record, ready to be written at byte ``start``."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self.cipher.encrypt(nonce, plain, PLACE.pack(self.head, start, change, kind))
        return FRAME.pack(len(sealed), len(sealed), change, kind) + sealed

    def opened(self, file: BinaryIO, start: int, size: int) -> tuple[Frame, bytes] | None:
        """The record at byte ``start`` of a file of ``size`` bytes; None where no whole and sound one can be read."""
        from cryptography.exceptions import InvalidTag

        try:
            frame = _frame_at(file, start)
            if frame is None or frame[0] > size:
                return None
            end, change, kind = frame
            nonce, sealed = file.read(NONCE_BYTES), file.read(end - file.tell())
            return frame, self.cipher.decrypt(nonce, sealed, PLACE.pack(self.head, start, change, kind))
        except (InvalidTag, OSError):
            return None


@dataclass(frozen=True, slots=True)
class TailRead:
    """A tail as far as it can be read.

    ``since`` is the last change that the backup holds, ``schema`` the step of the store's schema that the statements
    are written for, ``standing`` the changes that were not abandoned, rising, each with where its record starts.
    ``torn`` says that the last record was cut short, as by a power cut, and is left out; ``complete`` that nothing else
    is: otherwise there is damage at byte ``end``, and whatever lies behind it is lost.
    """

    path: Path
    since: int
    schema: int
    standing: tuple[tuple[int, int], ...]
    complete: bool
    torn: bool
    end: int
    seal: Seal

    @property
    def records(self) -> Iterator[Recorded]:
        """The changes that stand, in the order of their numbers, taken from the file one by one.

        Raises:
            TailUnreadable: where the file is no longer what was read.
            OSError: where it is gone.
        """
        with self.path.open("rb") as file:
            for change, start in self.standing:
                record = self.seal.opened(file, start, self.end)
                if record is None:
                    raise TailUnreadable(self.path)
                statements = loads(record[1], object_hook=lambda tagged: b64decode(tagged["b"]))
                yield Recorded(change, tuple((sql, tuple(params)) for sql, params in statements))


def read_tail(path: Path, key: bytes) -> TailRead:
    """Reads a tail up to its end or its first damage; of a change recorded twice the later record stands.

    Raises:
        TailUnreadable: where there is none, or it does not begin as one that this key has sealed.
    """
    standing: dict[int, int] = {}
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            seal = Seal(_cipher(key), file.read(HEAD_BYTES))
            first = seal.opened(file, HEAD_BYTES, size)
            if first is None or not seal.head.startswith(MAGIC):
                raise TailUnreadable(path)
            (end, since, _), schema = first
            while (record := seal.opened(file, end, size)) is not None:
                (after, change, kind), _ = record
                standing[change] = end
                if kind == ABANDONED:
                    del standing[change]
                end = after
            torn = end < size and _cut_short(file, end, size)
    except OSError as error:
        raise TailUnreadable(path) from error
    complete = torn or end == size
    return TailRead(path, since, int(schema), tuple(sorted(standing.items())), complete, torn, end, seal)


class Tail:
    """A tail that is being written, by one thread of one program."""

    def __init__(self, read: TailRead) -> None:
        self._file = read.path.open("ab", buffering=0)
        self._seal = read.seal
        self._standing = dict(read.standing)
        self._last = self._end = read.end  # where the record written last starts, and where the next one will

    @classmethod
    def begin(cls, path: Path, key: bytes, since_change: int, schema: int) -> Self:
        """Puts an empty tail in the place of one that is there, which is closed; a kill in between leaves either whole.

        ``key`` is the office's, 32 bytes; ``since_change`` the last change that the backup holds; ``schema`` the step
        of the store's schema that the statements to come are written for.

        Raises:
            Problem: where the disk does not take it; the tail that was there stays.
        """
        seal = Seal(_cipher(key), MAGIC + os.urandom(HEAD_BYTES - len(MAGIC)))
        write_whole(path, seal.head + seal.closed(HEAD_BYTES, since_change, BEGUN, b"%d" % schema))
        return cls(read_tail(path, key))

    @classmethod
    def resume(cls, path: Path, key: bytes) -> Self:
        """Goes on with the tail that is there; a record that was cut short is taken off before the next is written.

        Raises:
            TailUnreadable: where there is none, or it is damaged, so that nothing appended could ever be read.
        """
        read = read_tail(path, key)
        if not read.complete:
            raise TailUnreadable(path)
        return cls(read)

    def append(self, change: int, statements: Sequence[Statement]) -> None:
        """Records a change, without waiting for the disk.

        Raises:
            OSError: where the disk does not take it; nothing of it stays.
        """
        text = dumps(statements, separators=(",", ":"), default=lambda content: {"b": b64encode(content).decode()})
        self._write(change, KEPT, text.encode())
        self._standing[change] = self._last

    def abandon(self, change: int) -> None:
        """Cancels the record, if there is one, of a change that did not come about; its number may be used again.

        Raises:
            OSError: where the disk takes neither this nor, if it is the last one, the record away.
        """
        if change not in self._standing:
            return
        try:
            self._write(change, ABANDONED, b"")
        except OSError:
            # Often it is a full disk that ends a change, and taking something away needs no room.
            if self._standing[change] != self._last:
                raise
            self._end = self._last
            self._file.truncate(self._end)
        del self._standing[change]

    def close(self) -> None:
        """Lets go of the file once all of it is on the disk.

        Raises:
            OSError: where the disk does not take it; the file is let go of nonetheless.
        """
        with self._file:
            os.fsync(self._file.fileno())

    def _write(self, change: int, kind: bytes, plain: bytes) -> None:
        if self._file.tell() != self._end:
            # What is left of a record that was cut short: nothing behind it could be read.
            self._file.truncate(self._end)
        record = self._seal.closed(self._end, change, kind, plain)
        left = memoryview(record)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            with suppress(OSError):
                self._file.truncate(self._end)
            raise
        self._last, self._end = self._end, self._end + len(record)


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _frame_at(file: BinaryIO, start: int) -> Frame | None:
    file.seek(start)
    length, again, change, kind = FRAME.unpack(file.read(FRAME.size).ljust(FRAME.size, b"\0"))
    # A length is trusted only if it stands there twice: by a damaged one the rest of the file would look cut short.
    return (start + FRAME.size + length, change, kind) if length == again >= NONCE_BYTES + SEAL_BYTES else None


def _cut_short(file: BinaryIO, start: int, size: int) -> bool:
    """Whether the record at ``start`` was never finished: the file ends within it, or ends as it does, in zeros.

    After a power cut some file systems keep the length of a file whose last bytes they lost, and show zeros there.
    """
    with suppress(OSError):
        frame = _frame_at(file, start)
        end = frame[0] if frame else start + FRAME.size
        file.seek(end - SEAL_BYTES if frame else end)
        return end > size or not any(chunk.strip(b"\0") for chunk in iter(lambda: file.read(1 << 16), b""))
    return False
