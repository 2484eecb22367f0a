"""The office's keys while they change: as before where that fails; another store's are put aside, not thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import clerks, keys
from desktop.store.copying import free_name
from desktop.store.file import Store
from desktop.store.keys import KeysDamaged, KeysGone, Slot
from desktop.store.trouble import told
from desktop.store.whole_files import write_whole
from desktop.work.door import Door, StoreGone, is_new, names_no_store


@contextmanager
def keys_kept(door: Door) -> Iterator[None]:
    """Whatever breaks within leaves the keys as they were: they are written before the store's disk has the change.

    Raises:
        Problem: where the keys cannot be read.
    """
    before = _content(door.keys)
    try:
        yield
    except BaseException:
        with suppress(OSError, Problem):
            if before is None:
                door.keys.unlink(missing_ok=True)
            elif _content(door.keys) != before:
                write_whole(door.keys, before)
        raise


@contextmanager
def keys_begun(door: Door, slot: Slot) -> Iterator[None]:
    """The keys of a store that is made within; those of another store take their place again where none was made.

    Raises:
        Problem: where the folder cannot be written.
    """
    aside = _put_aside(door, "replaced") if door.keys.exists() and not names_no_store(door.keys) else None
    try:
        # The keys come first: whatever happens next, no store is left that nobody can open.
        keys.write_keys(door.keys, [slot], "")
        yield
    except BaseException:
        if is_new(door):
            with suppress(OSError):
                if aside is None:
                    door.keys.unlink(missing_ok=True)
                else:
                    aside.replace(door.keys)
        raise


def ask_same_store(door: Door, store: Store) -> None:
    """Goes on where a store is the one that its keys name; keys of a set-up that was interrupted name none.

    Raises:
        StoreGone: where another lies in its place.
    """
    if keys.store_of_keys(door.keys) not in ("", store.id):
        raise StoreGone(f"{door.store} 不是密钥文件所属的案卷库。", "请找回原来的文件；不行时从备份恢复。")


def own_slots(door: Door, store: Store) -> tuple[Slot, ...]:
    """Who may open a store, as its keys say.

    Raises:
        KeysDamaged: where the keys are damaged, or another store's. Problem: where they are gone or cannot be read.
    """
    if keys.store_of_keys(door.keys) not in ("", store.id):
        raise KeysDamaged("密钥文件不是这个案卷库的。", keys.FETCH_IT_BACK)
    return keys.read_keys(door.keys)


def add_slot(door: Door, store: Store, clerk: Clerk, password: str) -> None:
    """Locks the store's secret in for a clerk once more; keys that are damaged or another store's are put aside.

    Raises:
        Problem: where the keys cannot be read or written.
    """
    try:
        kept = [one for one in own_slots(door, store) if one.clerk != clerk.id]
    except (KeysGone, KeysDamaged):
        kept = []
        if door.keys.exists():
            aside = _put_aside(door, "damaged")
            what = f"密钥文件已损坏，或不是这个案卷库的，已改名为 {aside.name} 保留。"
            store.findings += (Problem(what, "请为其他人员重设口令。"),)
    keys.write_keys(door.keys, [*kept, keys.lock_in(store.secret, clerk, password, door.cost)], store.id)


def forget_strangers(door: Door, store: Store) -> None:
    """Takes out the keys of whoever the store does not know, or not any more; another time where that cannot be done."""
    if store.findings:
        return  # what had to be put right just now may be older than its keys
    known = {one.id for one in clerks.clerks(store)}
    with suppress(Problem):
        slots = own_slots(door, store)
        if any(one.clerk not in known for one in slots):
            keys.write_keys(door.keys, [one for one in slots if one.clerk in known], store.id)


def _put_aside(door: Door, why: str) -> Path:
    aside = free_name(door.keys.with_name(f"{door.keys.name}.{why}"))
    with told():
        return door.keys.replace(aside)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Problem(f"无法读取密钥文件 {path}。", "请检查文件的读取权限和磁盘。") from error
