"""The door of an office's store: where it lies, whether there is one yet, and how it is opened once the secret is known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store import keys, tries
from desktop.store.connection import is_plain
from desktop.store.file import Store
from desktop.store.keys import USUAL_COST, Cost
from desktop.store.opening import Opening, open_store
from desktop.store.place import kind_of_place, refuse_network
from desktop.store.replacing import MARKER, aside_of
from desktop.store.secret import Secret

GO_ON = "请检查磁盘；不行时从备份恢复。"


class StoreGone(Problem):
    """There is no store, or another one, where the keys of one lie."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where the office's store is entered; ``cost`` is what a try of a password costs."""

    store: Path
    program: str
    now: Callable[[], datetime]
    before_steps: Callable[[Path, Secret], None] | None = None
    cost: Cost = USUAL_COST

    @property
    def keys(self) -> Path:
        """Where the clerks' keys lie."""
        return self.store.with_suffix(".keys")

    @property
    def tries(self) -> Path:
        """Where failed tries are counted."""
        return self.store.with_suffix(".tries")


def is_new(door: Door) -> bool:
    """Whether there is a first set-up to be done: no store yet, or one of the first version, without keys.

    Where the keys of a store are left and it is gone, there is one to be found again, not to be set up.
    """
    if door.store.exists():
        return is_plain(door.store)
    return not door.keys.exists() or names_no_store(door.keys)


def takes_over(door: Door) -> bool:
    """Whether there is a store of the first version, whose cases the set-up takes over."""
    return is_plain(door.store)


def refuse_place(door: Door) -> None:
    """Goes on where a store can be kept, or opened.

    Raises:
        Problem: where the place is another machine's disk. StoreGone: where the store is not where its keys are.
    """
    refuse_network(door.store, kind_of_place(door.store.parent))
    if _is_gone(door) and door.keys.exists() and not names_no_store(door.keys):
        raise StoreGone(f"没有找到案卷库 {door.store}，或它是空的，只有它的密钥文件。", GO_ON)


def open_behind(door: Door, secret: Secret) -> Store:
    """Opens the store; it is never made here, since whoever knows the secret has one already.

    Raises:
        Problem: where there is none, another program holds it, or it is damaged.
    """
    refuse_place(door)
    # Only a set-up that was interrupted left an empty file, which opening goes on with.
    if _is_gone(door) and not (door.store.exists() and names_no_store(door.keys)):
        raise StoreGone(f"没有找到案卷库 {door.store}，或它是空的。", GO_ON)
    return open_store(door.store, opening(door, secret))


def opening(door: Door, secret: Secret) -> Opening:
    """How the store behind a door is opened, or made."""
    steps = door.before_steps
    return Opening(door.program, door.now(), secret, (lambda path: steps(path, secret)) if steps else None)


def wait_left(door: Door, clerk_id: str) -> int:
    """Whole seconds until a clerk's password may be tried again; 0 where it may."""
    return tries.wait_left(door.tries, clerk_id, door.now())


def names_no_store(path: Path) -> bool:
    """Whether keys are those of a set-up that did not come as far as its store."""
    try:
        return not keys.store_of_keys(path)
    except Problem:
        return False


def _is_gone(door: Door) -> bool:
    """Whether no file of a store lies here, nor one that only has to be given its name after a restore."""
    ready = door.store.with_suffix(MARKER).exists() and not _is_empty(aside_of(door.store))
    return _is_empty(door.store) and not ready


def _is_empty(path: Path) -> bool:
    return not path.exists() or not path.stat().st_size
