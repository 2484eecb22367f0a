"""Who may open the store: for each clerk the store's secret once, wrapped under what only the password yields."""

import json
import re
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from desktop.domain.clerks import ROLES, Clerk
from desktop.domain.problems import Problem
from desktop.store.secret import SECRET_BYTES, Secret
from desktop.store.whole_files import write_whole

FORMAT = "yimen-keys/1"
NEWER = re.compile(r"yimen-keys/([2-9]|[1-9][0-9]+)")
SALT_BYTES = 16
WRAPPED_BYTES = SECRET_BYTES + 8
KEY_BYTES = 32
# What a file may ask of the machine before it is taken for damaged.
MOST_MEMORY_KIB, MOST_PASSES, MOST_LANES = 1 << 20, 100, 64
LEAST_KIB_A_LANE = 8  # argon2's own

FETCH_IT_BACK = "请从最近的备份取回密钥文件，或使用恢复表。"
SHORTEST = {"clerk": 8, "reviewer": 8, "administrator": 10}


class WrongPassword(Problem):
    """The password is not the one that the slot was locked with."""


class KeysGone(Problem):
    """There is no keys file where a store needs one."""


class KeysDamaged(Problem):
    """The keys file, or one clerk's slot in it, is not as it was written."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a password costs by argon2id: memory in KiB, passes over it, lanes side by side.

    Raises:
        ValueError: where no machine of an office could pay it, or argon2 knows no such cost.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        possible = 1 <= self.passes <= MOST_PASSES and 1 <= self.lanes <= MOST_LANES
        if not possible or not LEAST_KIB_A_LANE * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB:
            raise ValueError(f"no such cost: {self}")


USUAL_COST = Cost(memory_kib=64 * 1024, passes=3, lanes=4)


@dataclass(frozen=True, slots=True)
class Slot:
    """One clerk's way into the store.

    ``name`` and ``role`` are for the sign-in page: what a clerk may do is said by the store itself, which nobody can
    edit from outside. ``salt`` has 16 bytes, ``wrapped`` 24. ``whole`` is False where the file's checksum says that the
    slot is not as it was written; it stays so when the file is written again.
    """

    clerk: str
    name: str
    role: str
    salt: bytes = field(repr=False)
    cost: Cost
    wrapped: bytes = field(repr=False)
    whole: bool = True


def check_new_password(password: str, role: str) -> None:
    """Goes on where a password will do for somebody of a role: 10 characters for an administrator, 8 for others.

    Raises:
        Problem: saying what the password lacks, without showing it.
    """
    shortest = SHORTEST[role]
    if password != password.strip():
        raise Problem("口令的开头或结尾有空格。", "请去掉空格后再试。")
    if len(_normal(password)) < shortest:
        raise Problem(f"口令太短，{ROLES[role]}的口令至少 {shortest} 个字符。", "请再加几个字符，可用一句好记的话。")
    if len(set(_normal(password))) == 1:
        raise Problem("口令只是同一个字符的重复。", "请换一个不易猜到的口令。")


def lock_in(secret: Secret, clerk: Clerk, password: str, cost: Cost) -> Slot:
    """A slot by which the clerk's password gives the secret; the salt is fresh, so no two slots are alike."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    salt = secrets.token_bytes(SALT_BYTES)
    wrapped = aes_key_wrap(_key(clerk.id, password, salt, cost), secret.value)
    return Slot(clerk.id, clerk.name, clerk.role, salt, cost, wrapped)


def unlock(slot: Slot, password: str) -> Secret:
    """The secret that a slot holds; takes the time that its cost asks for.

    Raises:
        WrongPassword: where the password is another.
        KeysDamaged: where the slot is not as it was written, whatever the password.
        Problem: where the machine lacks the memory to try.
    """
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    if not slot.whole:
        raise KeysDamaged(
            f"密钥文件中{slot.name}的一项已损坏，无法核对口令。", f"请管理员重设此人的口令；或{FETCH_IT_BACK}"
        )
    key = _key(slot.clerk, password, slot.salt, slot.cost)
    try:
        return Secret(aes_key_unwrap(key, slot.wrapped))
    except InvalidUnwrap:
        raise WrongPassword("口令不对。", "请检查大小写后再试；忘记口令时请管理员重设，或使用恢复表。") from None


def read_keys(path: Path) -> tuple[Slot, ...]:
    """The slots of a keys file, in the order of the clerks' ids. One damaged slot leaves the others of use.

    Raises:
        KeysGone: where there is no file. Before a store is made that is as it should be, so ask for the store first.
        KeysDamaged: where the file is no keys file, or not whole.
        Problem: where it cannot be read, or a newer program made it.
    """
    return _read(path)[1]


def store_of_keys(path: Path) -> str:
    """The id of the store that a keys file belongs to.

    Raises:
        Problem: as ``read_keys``.
    """
    return _read(path)[0]


def write_keys(path: Path, slots: Iterable[Slot], store: str) -> None:
    """Puts the slots of a store, by its id, in the place of those in the file; whole or not at all.

    Raises:
        Problem: where the folder cannot be written.
        ValueError: where a clerk has two slots: a password that was changed would go on opening the store.
    """
    rows = [_row(slot, store) for slot in _in_order(slots)]
    document = {"format": FORMAT, "store": store, "slots": rows}
    write_whole(path, f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode())


def _normal(password: str) -> str:
    # The same keys with another input method, full width among them, give the same password.
    return unicodedata.normalize("NFKC", password)


def _key(clerk: str, password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    # The clerk's id is in it: who copies the own salt and wrapped secret into another's slot opens nothing by it.
    own_salt = sha256(salt + clerk.encode()).digest()
    # surrogatepass: whatever was typed can be encoded, and no error carries it away.
    typed = _normal(password).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(typed, own_salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError as error:
        raise Problem("内存不够，口令无法核对。", "请关闭其他程序后再试。") from error


def _row(slot: Slot, store: str) -> dict[str, object]:
    return {
        "clerk": slot.clerk,
        "name": slot.name,
        "role": slot.role,
        "salt": b64encode(slot.salt).decode(),
        "cost": {"memory_kib": slot.cost.memory_kib, "passes": slot.cost.passes, "lanes": slot.cost.lanes},
        "wrapped": b64encode(slot.wrapped).decode(),
        # No checksum at all for what was damaged: writing it again must not make it look whole.
        "checksum": _checksum(slot, store) if slot.whole else "",
    }


def _checksum(slot: Slot, store: str) -> str:
    cost = (slot.cost.memory_kib, slot.cost.passes, slot.cost.lanes)
    parts = [FORMAT, store, slot.clerk, slot.name, slot.role, slot.salt.hex(), *cost, slot.wrapped.hex()]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def _in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    ordered = sorted(slots, key=lambda slot: slot.clerk)
    if len({slot.clerk for slot in ordered}) < len(ordered):
        raise ValueError("a clerk has two slots")
    return tuple(ordered)


def _read(path: Path) -> tuple[str, tuple[Slot, ...]]:
    try:
        document = json.loads(path.read_bytes())
        match document:
            case {"format": str(form), "store": str(store), "slots": [*rows]} if form == FORMAT:
                return store, _in_order(_slot(row, store) for row in rows)
            case {"format": str(form)} if NEWER.fullmatch(form):
                raise Problem(f"密钥文件 {path} 由更新的版本建立。", "请升级本程序后再打开；文件没有改动。")
        raise ValueError("no keys file")
    except FileNotFoundError as error:
        raise KeysGone(f"没有密钥文件 {path}。", FETCH_IT_BACK) from error
    except OSError as error:
        raise Problem(f"无法读取密钥文件 {path}。", "请检查文件的读取权限和磁盘。") from error
    except (ValueError, RecursionError) as error:
        raise KeysDamaged(f"密钥文件 {path} 已损坏，或不是密钥文件。", FETCH_IT_BACK) from error


def _slot(row: object, store: str) -> Slot:
    match row:
        case {
            "clerk": str(clerk),
            "name": str(name),
            "role": str(role),
            "salt": str(salt),
            "cost": {"memory_kib": int(memory_kib), "passes": int(passes), "lanes": int(lanes)},
            "wrapped": str(wrapped),
            "checksum": str(checksum),
        } if role in ROLES:
            cost = Cost(memory_kib, passes, lanes)
            slot = Slot(clerk, name, role, b64decode(salt, validate=True), cost, b64decode(wrapped, validate=True))
            if len(slot.salt) == SALT_BYTES and len(slot.wrapped) == WRAPPED_BYTES:
                return slot if checksum == _checksum(slot, store) else replace(slot, whole=False)
    raise ValueError("no slot")
