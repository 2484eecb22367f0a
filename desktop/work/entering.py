"""Coming in: the first set-up, signing in, and the lock."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import clerks, keys, tries
from desktop.store.facts import facts, state_fact
from desktop.store.file import Pen, Store
from desktop.store.holder import hold
from desktop.store.journal import Note, note
from desktop.store.keys import KeysDamaged, Slot, WrongPassword
from desktop.store.opening import open_store
from desktop.store.secret import Secret
from desktop.store.taking_over import encrypt
from desktop.work.door import Door, is_new, open_behind, opening, refuse_place, wait_left
from desktop.work.own_keys import add_slot, ask_same_store, forget_strangers, keys_begun, keys_kept

SHEET = "recovery_sheet"  # the fact that says since when the code is on paper


@dataclass(frozen=True, slots=True)
class Entered:
    """An open store and who came in; ``code`` is the recovery code, while an administrator has yet to put it on paper."""

    store: Store
    clerk: Clerk
    code: str = ""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first set-up asks: the administrator, and the office's facts by name."""

    administrator: str
    password: str
    facts: dict[str, object]


def known_clerks(door: Door) -> tuple[Clerk, ...]:
    """Who may sign in, as the keys tell before the store is open.

    Raises:
        Problem: where the keys are gone or damaged; the recovery sheet still opens the store.
    """
    return tuple(Clerk(slot.clerk, slot.name, slot.role) for slot in keys.read_keys(door.keys))


def set_up(door: Door, wanted: SetUp) -> Entered:
    """Makes the store and its administrator; what a store of the first version holds is taken over.

    Raises:
        Problem: naming what is missing; nothing is made then.
    """
    from ulid import ULID

    name = wanted.administrator.strip()
    keys.check_new_password(wanted.password, "administrator")
    if not name:
        raise Problem("没有填写管理员姓名。", "请填写姓名。")
    if not is_new(door):
        raise Problem("这里已经有案卷库。", "请直接登录。")
    refuse_place(door)
    now, secret = door.now(), Secret.fresh()
    clerk = Clerk(str(ULID.from_datetime(now)), name, "administrator")
    slot = keys.lock_in(secret, clerk, wanted.password, door.cost)
    store = _made(door, secret, slot)
    try:
        with store.change(clerk, now) as pen:
            for fact, value in wanted.facts.items():
                state_fact(pen, fact, value)
            _let_in_first(door, pen, clerk)
    except BaseException:
        store.close()
        raise
    return Entered(store, clerk, secret.recovery_code())


def _made(door: Door, secret: Secret, slot: Slot) -> Store:
    """A new store behind its first key, or what the first version left, encrypted."""
    with ExitStack() as alone:
        # Nobody else opens the old file while it is taken over.
        alone.callback(hold(door.store, door.program, door.now()).release)
        with keys_begun(door, slot):
            if door.store.exists():
                encrypt(door.store, secret)
            alone.close()
            return open_store(door.store, opening(door, secret))


def _let_in_first(door: Door, pen: Pen, clerk: Clerk) -> None:
    """The first administrator of a store; from now on its keys name it."""
    clerks.add_clerk(pen, clerk)
    note(pen, Note("signed_in"))
    keys.write_keys(door.keys, keys.read_keys(door.keys), pen.store.id)


def sign_in(door: Door, clerk_id: str, password: str) -> Entered:
    """Opens the store for a clerk.

    Raises:
        Problem: where the password is wrong, another program holds the store, or it is damaged. StoreGone: where it is
            gone, or is not the one that the keys name.
    """
    secret = unlocked(door, clerk_id, password)
    store = open_behind(door, secret)
    try:
        ask_same_store(door, store)
        # None at all where the set-up was interrupted before the store knew of anybody.
        first = not clerks.all_clerks(store)
        clerk = _administrator(door, clerk_id) if first else _known(store, clerk_id)
        with store.change(clerk, door.now()) as pen:
            if first:
                _let_in_first(door, pen, clerk)
            else:
                note(pen, Note("signed_in"))
        forget_strangers(door, store)
        to_print = clerk.role == "administrator" and SHEET not in facts(store)
        return Entered(store, clerk, secret.recovery_code() if to_print else "")
    except BaseException:
        store.close()
        raise


def _administrator(door: Door, clerk_id: str) -> Clerk:
    slot = next(one for one in keys.read_keys(door.keys) if one.clerk == clerk_id)
    return Clerk(slot.clerk, slot.name, "administrator")


def _known(store: Store, clerk_id: str) -> Clerk:
    clerk = next((one for one in clerks.clerks(store) if one.id == clerk_id), None)
    if clerk is None:
        raise Problem("这个帐号已停用。", "请用其他帐号登录，或请管理员核对。")
    return clerk


def unlock(door: Door, store: Store, clerk_id: str, password: str) -> Clerk:
    """Whoever comes back to the locked window, or takes it over; the store stays open.

    Raises:
        Problem: where the password is wrong.
    """
    _prove(door, store, clerk_id, password)
    clerk = _known(store, clerk_id)
    with store.change(clerk, door.now()) as pen:
        note(pen, Note("signed_in", path="unlock"))
    return clerk


def sign_out(store: Store, clerk: Clerk, at: datetime, *, locked: bool = False) -> None:
    """Notes that a clerk left, or that the window locked."""
    with store.change(clerk, at) as pen:
        note(pen, Note("signed_out", path="lock" if locked else ""))


def change_password(door: Door, store: Store, clerk: Clerk, old: str, new: str) -> None:
    """Gives a clerk another password.

    Raises:
        Problem: where the old one is wrong, or the new one will not do.
    """
    keys.check_new_password(new, clerk.role)
    _prove(door, store, clerk.id, old)
    with keys_kept(door), store.change(clerk, door.now()) as pen:
        note(pen, Note("clerk", path=f"{clerk.id}.password"))
        add_slot(door, store, clerk, new)


def _prove(door: Door, store: Store, clerk_id: str, password: str) -> None:
    """Goes on where a password opens this very store: keys that were put in the place of its own do not count."""
    if unlocked(door, clerk_id, password) != store.secret:
        raise KeysDamaged("密钥文件不是这个案卷库的。", keys.FETCH_IT_BACK)


def unlocked(door: Door, clerk_id: str, password: str, other_keys: Path | None = None) -> Secret:
    """The secret that a clerk's password gives, without opening any store; ``other_keys`` are those of a backup.

    Raises:
        Problem: where the password is wrong or may not be tried yet, or the keys are gone, damaged or without this clerk.
    """
    wait = wait_left(door, clerk_id)
    if wait:
        raise WrongPassword(f"口令连续输错，请等待 {wait} 秒。", "稍后再试；忘记口令请找管理员。")
    slot = next((one for one in keys.read_keys(other_keys or door.keys) if one.clerk == clerk_id), None)
    if slot is None:
        raise Problem("没有这个帐号。", "请重新选择姓名。")
    # Noted first, taken back after: pulling the plug does not buy another try.
    tries.note_failure(door.tries, clerk_id, door.now())
    secret = keys.unlock(slot, password)
    tries.note_success(door.tries, clerk_id)
    return secret


def keys_store(door: Door) -> str:
    """The store that the keys say they belong to; none where they are gone."""
    try:
        return keys.store_of_keys(door.keys)
    except Problem:
        return ""
