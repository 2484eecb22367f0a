"""Coming in: the first set-up, signing in, the lock, and the way back with the recovery sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store import clerks, keys, tries
from desktop.store.connection import is_plain
from desktop.store.facts import state_fact
from desktop.store.file import Store
from desktop.store.journal import Note, note
from desktop.store.keys import USUAL_COST, Cost, KeysGone, WrongPassword
from desktop.store.opening import Opening, open_store
from desktop.store.secret import Secret
from desktop.store.taking_over import encrypt


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


@dataclass(frozen=True, slots=True)
class Entered:
    """An open store and who came in; ``code`` is the recovery code, only when it is new."""

    store: Store
    clerk: Clerk
    code: str = ""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first set-up asks: the administrator, and the office's facts by name."""

    administrator: str
    password: str
    facts: dict[str, object]


def is_new(door: Door) -> bool:
    """Whether there is a first set-up to be done: no store yet, or one of the first version, without keys."""
    return not door.store.exists() or is_plain(door.store)


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

    keys.check_new_password(wanted.password, "administrator")
    if not wanted.administrator.strip():
        raise Problem("没有填写管理员姓名。", "请填写姓名。")
    if not is_new(door):
        raise Problem("这里已经有案卷库。", "请直接登录。")
    now, secret = door.now(), Secret.fresh()
    clerk = Clerk(str(ULID.from_datetime(now)), wanted.administrator.strip(), "administrator")
    # The keys come first: whatever happens next, no store is left that nobody can open.
    keys.write_keys(door.keys, [keys.lock_in(secret, clerk, wanted.password, door.cost)], "")
    if door.store.exists():
        encrypt(door.store, secret)
    store = open_store(door.store, Opening(door.program, now, secret))
    keys.write_keys(door.keys, keys.read_keys(door.keys), store.id)
    with store.change(clerk, now) as pen:
        clerks.add_clerk(pen, clerk)
        for name, value in wanted.facts.items():
            state_fact(pen, name, value)
        note(pen, Note("signed_in"))
    return Entered(store, clerk, secret.recovery_code())


def sign_in(door: Door, clerk_id: str, password: str) -> Entered:
    """Opens the store for a clerk.

    Raises:
        Problem: where the password is wrong, another program holds the store, or it is damaged.
    """
    secret = _unlocked(door, clerk_id, password)
    store = _open(door, secret)
    try:
        clerk = next((one for one in clerks.clerks(store) if one.id == clerk_id), None)
        if clerk is None:
            raise Problem("这个帐号已停用。", "请用其他帐号登录，或请管理员核对。")
        with store.change(clerk, door.now()) as pen:
            note(pen, Note("signed_in"))
    except BaseException:
        store.close()
        raise
    return Entered(store, clerk)


def recover(door: Door, code: str, name: str, password: str) -> Entered:
    """Opens the store with the recovery sheet; whoever holds it becomes an administrator with a password of their own.

    Raises:
        Problem: where the code is mistyped or another store's.
    """
    from ulid import ULID

    secret = Secret.from_recovery_code(code)
    keys.check_new_password(password, "administrator")
    if not name.strip():
        raise Problem("没有填写姓名。", "请填写姓名。")
    store = _open(door, secret)
    try:
        now = door.now()
        clerk = Clerk(str(ULID.from_datetime(now)), name.strip(), "administrator")
        with store.change(clerk, now) as pen:
            clerks.add_clerk(pen, clerk)
            note(pen, Note("signed_in", path="recovery"))
        _add_slot(door, secret, clerk, password)
    except BaseException:
        store.close()
        raise
    return Entered(store, clerk)


def unlock(door: Door, store: Store, clerk_id: str, password: str) -> Clerk:
    """Whoever comes back to the locked window, or takes it over; the store stays open.

    Raises:
        Problem: where the password is wrong.
    """
    _unlocked(door, clerk_id, password)
    clerk = next((one for one in clerks.clerks(store) if one.id == clerk_id), None)
    if clerk is None:
        raise Problem("这个帐号已停用。", "请用其他帐号登录，或请管理员核对。")
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
    _unlocked(door, clerk.id, old)
    _add_slot(door, store.secret, clerk, new)
    with store.change(clerk, door.now()) as pen:
        note(pen, Note("clerk", path=f"{clerk.id}.password"))


def _unlocked(door: Door, clerk_id: str, password: str) -> Secret:
    wait = tries.wait_left(door.tries, clerk_id, door.now())
    if wait:
        raise WrongPassword(f"口令连续输错，请等待 {wait} 秒。", "稍后再试；忘记口令请找管理员。")
    slot = next((one for one in keys.read_keys(door.keys) if one.clerk == clerk_id), None)
    if slot is None:
        raise Problem("没有这个帐号。", "请重新选择姓名。")
    # Noted first, taken back after: pulling the plug does not buy another try.
    tries.note_failure(door.tries, clerk_id, door.now())
    secret = keys.unlock(slot, password)
    tries.note_success(door.tries, clerk_id)
    return secret


def _open(door: Door, secret: Secret) -> Store:
    steps = door.before_steps
    return open_store(
        door.store,
        Opening(door.program, door.now(), secret, (lambda path: steps(path, secret)) if steps else None),
    )


def _add_slot(door: Door, secret: Secret, clerk: Clerk, password: str) -> None:
    try:
        kept = [one for one in keys.read_keys(door.keys) if one.clerk != clerk.id]
    except KeysGone:
        kept = []
    keys.write_keys(door.keys, [*kept, keys.lock_in(secret, clerk, password, door.cost)], keys_store(door))


def keys_store(door: Door) -> str:
    """The store that the keys say they belong to; none where they are gone."""
    try:
        return keys.store_of_keys(door.keys)
    except Problem:
        return ""
