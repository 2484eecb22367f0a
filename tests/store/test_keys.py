"""Who may open the store: by the right password alone, and what is said when the file is not as it was."""

import json
import signal
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import (
    USUAL_COST,
    Cost,
    KeysDamaged,
    KeysGone,
    Slot,
    WrongPassword,
    check_new_password,
    lock_in,
    read_keys,
    store_of_keys,
    unlock,
    write_keys,
)
from desktop.store.secret import Secret
from desktop.store.whole_files import write_whole

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
SECRET = Secret(bytes(range(16)))
STORE = "01HYTESTSTORE"
LI = Clerk("c1", "李示例", "clerk")
WANG = Clerk("c2", "王示例", "administrator")
PASSWORD = "山上的小菜园"
PASSWORDS = st.text(max_size=20)
HALF = "\ud842菜园"  # half a character, as a broken input method gives it


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The keys of a store that Li and Wang may open with the same password."""
    path = tmp_path / "cases.keys"
    write_keys(path, (lock_in(SECRET, WANG, PASSWORD, CHEAP), lock_in(SECRET, LI, PASSWORD, CHEAP)), STORE)
    return path


def normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def rewrite(path: Path, **changed: object) -> None:
    """Writes the file again with other members of the first slot."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document["slots"][0].update(changed)
    path.write_text(json.dumps(document), encoding="utf-8")


# ---------------------------------------------------------------- passwords


@given(PASSWORDS)
@example(HALF)
def test_the_password_that_locked_a_slot_unlocks_it(password: str) -> None:
    assert unlock(lock_in(SECRET, LI, password, CHEAP), password) == SECRET


@given(PASSWORDS, PASSWORDS)
def test_any_other_password_is_wrong(password: str, other: str) -> None:
    assume(normal(password) != normal(other))
    with pytest.raises(WrongPassword) as wrong:
        unlock(lock_in(SECRET, LI, password, CHEAP), other)
    assert wrong.value.what == "口令不对。"


@pytest.mark.parametrize(
    ("locked", "typed"), [("garden-2024", "ｇａｒｄｅｎ－２０２４"), ("Cafe\u0301 22", "Café\u300022")]
)
def test_another_input_method_types_the_same_password(locked: str, typed: str) -> None:
    assert unlock(lock_in(SECRET, LI, locked, CHEAP), typed) == SECRET


def test_neither_slots_nor_errors_show_the_password_or_the_secret() -> None:
    slot = lock_in(Secret(b"SIXTEEN-SECRETS!"), LI, "Passwort-geheim", CHEAP)
    with pytest.raises(WrongPassword) as wrong:
        unlock(slot, "Passwort-falsch")
    problem = wrong.value
    for text in (repr(slot), repr(problem), str(problem), problem.what, problem.remedy, repr(problem.__context__)):
        assert "Passwort" not in text
        assert "SIXTEEN" not in text


def test_two_slots_of_one_password_have_nothing_in_common() -> None:
    one, other = lock_in(SECRET, LI, PASSWORD, CHEAP), lock_in(SECRET, LI, PASSWORD, CHEAP)
    assert one.salt != other.salt
    assert one.wrapped != other.wrapped


def test_a_slot_copied_to_another_clerk_opens_nothing() -> None:
    with pytest.raises(WrongPassword):
        unlock(replace(lock_in(SECRET, LI, PASSWORD, CHEAP), clerk=WANG.id), PASSWORD)


def test_a_clerk_of_another_name_or_role_keeps_the_password() -> None:
    slot = lock_in(SECRET, LI, PASSWORD, CHEAP)
    assert unlock(replace(slot, name="李新名", role="reviewer"), PASSWORD) == SECRET


@pytest.mark.parametrize(
    ("password", "role", "said"),
    [
        ("七个字不够长呀", "clerk", "口令太短，受理员的口令至少 8 个字符。"),
        ("", "clerk", "口令太短"),
        ("abcdefg8", "administrator", "口令太短，管理员的口令至少 10 个字符。"),
        ("Cafe\u0301 22", "reviewer", "口令太短，审核员"),
        ("11111111", "clerk", "同一个字符"),
        ("1１1１1１1１", "clerk", "同一个字符"),
        (" abcdefgh", "clerk", "开头或结尾有空格"),
        ("abcdefgh\u3000", "clerk", "开头或结尾有空格"),
    ],
)
def test_a_poor_new_password_is_refused_and_not_repeated(password: str, role: str, said: str) -> None:
    with pytest.raises(Problem) as problem:
        check_new_password(password, role)
    assert said in problem.value.what
    assert not password or password not in str(problem.value)


@pytest.mark.parametrize(
    ("password", "role"), [("abcdefg8", "clerk"), ("菜园里的第八棵树", "reviewer"), ("a b c d e!", "administrator")]
)
def test_a_password_of_enough_characters_will_do(password: str, role: str) -> None:
    check_new_password(password, role)


# ---------------------------------------------------------------- costs


def test_the_usual_cost_is_64_mib_and_three_passes() -> None:
    assert Cost(memory_kib=65_536, passes=3, lanes=4) == USUAL_COST
    assert unlock(lock_in(SECRET, LI, PASSWORD, USUAL_COST), PASSWORD) == SECRET


@pytest.mark.parametrize(
    "cost", [(7, 1, 1), (31, 1, 4), (8, 0, 1), (8, 1, 0), (8, 101, 1), (8 * 65, 1, 65), (2**21, 1, 1)]
)
def test_a_cost_that_no_office_could_pay_is_none(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such cost"):
        Cost(*cost)


# Half of the memory that this cost asks for is more than the process may have.
LITTLE_MEMORY = """
import resource
from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.keys import Cost, lock_in
from desktop.store.secret import Secret
import argon2, cryptography.hazmat.primitives.keywrap
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
try:
    lock_in(Secret.fresh(), Clerk("c1", "李示例", "clerk"), "abcdefg8", Cost(1 << 20, 1, 1))
except Problem as problem:
    assert problem.what == "内存不够，口令无法核对。", problem
    raise SystemExit(7)
"""


def test_a_machine_without_the_memory_says_so() -> None:
    assert subprocess.run([sys.executable, "-c", LITTLE_MEMORY], check=False).returncode == 7


def test_asking_who_may_sign_in_loads_no_cryptography(keys: Path) -> None:
    code = """
import sys
from pathlib import Path
from desktop.store.keys import read_keys
read_keys(Path(sys.argv[1]))
assert not {"argon2", "cryptography"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code, str(keys)], check=True)


# ---------------------------------------------------------------- the file

SLOTS = st.builds(
    Slot,
    clerk=st.text(),
    name=st.text(),
    role=st.sampled_from(["clerk", "reviewer", "administrator"]),
    salt=st.binary(min_size=16, max_size=16),
    cost=st.builds(Cost, st.integers(512, 1 << 20), st.integers(1, 100), st.integers(1, 64)),
    wrapped=st.binary(min_size=24, max_size=24),
    whole=st.booleans(),
)


@given(st.lists(SLOTS, unique_by=lambda slot: slot.clerk), st.text())
def test_what_is_written_is_read_in_the_order_of_ids(
    tmp_path_factory: pytest.TempPathFactory, slots: list[Slot], store: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.keys"
    write_keys(path, slots, store)
    assert read_keys(path) == tuple(sorted(slots, key=lambda slot: slot.clerk))
    assert store_of_keys(path) == store
    before = path.read_bytes()
    write_keys(path, reversed(read_keys(path)), store)
    assert path.read_bytes() == before


def test_a_clerk_with_two_slots_is_our_mistake_and_nothing_is_written(keys: Path) -> None:
    before = keys.read_bytes()
    with pytest.raises(ValueError, match="two slots"):
        write_keys(keys, (*read_keys(keys), lock_in(SECRET, LI, "a new password", CHEAP)), STORE)
    assert keys.read_bytes() == before


KEPT = """{"format": "yimen-keys/1", "store": "01HYTESTSTORE", "slots": [{"clerk": "c1", "name": "李示例", "role": "clerk",
"salt": "s8hyo4JoG3f8mc8Xj8rAhg==", "cost": {"memory_kib": 8, "passes": 1, "lanes": 1},
"wrapped": "PZY8KH0oliIsjHE9DOophs5zufykP6Cf", "checksum": "0e467c796b74486e"}]}"""


def test_a_file_that_was_written_long_ago_still_opens(tmp_path: Path) -> None:
    path = tmp_path / "cases.keys"
    path.write_text(KEPT, encoding="utf-8")
    (slot,) = read_keys(path)
    assert (slot.clerk, slot.name, slot.role, slot.whole) == ("c1", "李示例", "clerk", True)
    assert unlock(slot, "ｇarden-2024") == SECRET


def test_a_file_that_is_gone_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(KeysGone, match="没有密钥文件") as gone:
        read_keys(tmp_path / "cases.keys")
    assert gone.value.remedy == "请从最近的备份取回密钥文件，或使用恢复表。"


def test_a_file_that_cannot_be_read_is_neither_gone_nor_damaged(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="无法读取密钥文件") as unread:
        read_keys(tmp_path)
    assert not isinstance(unread.value, KeysGone | KeysDamaged)


@pytest.mark.parametrize("newer", ["yimen-keys/2", "yimen-keys/17"])
def test_a_file_of_a_newer_program_is_refused_in_words(keys: Path, newer: str) -> None:
    keys.write_text(json.dumps({"format": newer, "keys": {}}), encoding="utf-8")
    with pytest.raises(Problem, match="由更新的版本建立") as refused:
        read_keys(keys)
    assert not isinstance(refused.value, KeysDamaged)
    assert "升级" in refused.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4096,
        b"\xff\xfe{}",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"format": "yimen-keys/1", "store": "s"}',
        b'{"format": "yimen-keys/0", "store": "s", "slots": []}',
        b'{"format": "yimen-keys/1", "store": 1, "slots": []}',
        b'{"format": "yimen-keys/1", "store": "s", "slots": {}}',
        b'{"format": "yimen-keys/1", "store": "s", "slots": [1]}',
    ],
)
def test_a_file_that_is_no_keys_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.keys"
    path.write_bytes(content)
    for read in (read_keys, store_of_keys):
        with pytest.raises(KeysDamaged, match="已损坏") as damaged:
            read(path)
        assert damaged.value.remedy == "请从最近的备份取回密钥文件，或使用恢复表。"


@pytest.mark.parametrize(
    "changed",
    [
        {"role": "king"},
        {"salt": "AAAA"},
        {"salt": "!"},
        {"wrapped": "AAAA"},
        {"wrapped": "é"},
        {"wrapped": None},
        {"cost": {"memory_kib": 4_000_000_000, "passes": 1, "lanes": 1}},
        {"cost": {"memory_kib": 8.5, "passes": 1, "lanes": 1}},
        {"clerk": "c2"},
        {"name": "\ud800"},
    ],
)
def test_a_slot_that_cannot_be_one_makes_the_file_damaged(keys: Path, changed: dict[str, object]) -> None:
    rewrite(keys, **changed)
    with pytest.raises(KeysDamaged):
        read_keys(keys)


def test_a_file_that_was_cut_short_is_damaged(keys: Path) -> None:
    content = keys.read_bytes().rstrip()
    for length in range(len(content)):
        keys.write_bytes(content[:length])
        with pytest.raises(KeysDamaged):
            read_keys(keys)


def test_no_flipped_bit_is_taken_for_a_wrong_password(tmp_path: Path) -> None:
    path = tmp_path / "cases.keys"
    write_keys(path, [lock_in(SECRET, LI, PASSWORD, CHEAP)], STORE)
    content = path.read_bytes()
    noticed = 0
    for place in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        try:
            assert [unlock(slot, PASSWORD) for slot in read_keys(path)] == [SECRET]
        except Problem as problem:
            assert not isinstance(problem, WrongPassword | KeysGone)
            noticed += 1
    # What may go unnoticed: one blank for another, and the last bits of a base64 text that stand for nothing.
    assert noticed > len(content) * 6


def test_one_damaged_slot_leaves_the_others_of_use_and_stays_damaged(keys: Path) -> None:
    rewrite(keys, salt="AAAAAAAAAAAAAAAAAAAAAA==")
    for _ in range(2):
        li, wang = read_keys(keys)
        assert unlock(wang, PASSWORD) == SECRET
        with pytest.raises(KeysDamaged, match="李示例的一项已损坏") as damaged:
            unlock(li, PASSWORD)
        assert "请管理员重设此人的口令" in damaged.value.remedy
        write_keys(keys, (li, wang), STORE)


def test_a_slot_from_the_file_of_another_store_is_damaged_here(keys: Path) -> None:
    other = keys.with_name("other.keys")
    write_keys(other, [lock_in(Secret.fresh(), LI, PASSWORD, CHEAP)], "01HYANOTHER")
    rewrite(keys, **json.loads(other.read_text(encoding="utf-8"))["slots"][0])
    with pytest.raises(KeysDamaged):
        unlock(read_keys(keys)[0], PASSWORD)


# ---------------------------------------------------------------- writing whole

WRITE_AND_WRITE = """
import sys
from pathlib import Path
from desktop.store.keys import read_keys, write_keys
path = Path(sys.argv[1])
slots = read_keys(path)
print("begun", flush=True)
while True:
    write_keys(path, slots[:1], "01HYTESTSTORE")
    write_keys(path, slots, "01HYTESTSTORE")
"""


@pytest.mark.parametrize("after", [0.0, 0.003, 0.011, 0.037, 0.09])
def test_a_program_killed_while_it_writes_leaves_a_whole_file(keys: Path, after: float) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITE_AND_WRITE, str(keys)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"begun\n"
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
    assert len(read_keys(keys)) in {1, 2}
    write_keys(keys, read_keys(keys), STORE)
    assert [path.name for path in keys.parent.iterdir()] == ["cases.keys"]


NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from desktop.domain.problems import Problem
from desktop.store.whole_files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_whole(Path(sys.argv[1]), b"x" * 101)
except Problem as problem:
    assert "磁盘空间" in problem.remedy, problem
    raise SystemExit(7)
"""


def test_a_disk_that_takes_no_more_leaves_the_file_as_it_was(keys: Path) -> None:
    before = keys.read_bytes()
    assert subprocess.run([sys.executable, "-c", NO_ROOM, str(keys)], check=False).returncode == 7
    assert keys.read_bytes() == before
    assert [path.name for path in keys.parent.iterdir()] == ["cases.keys"]


def test_a_folder_that_is_not_there_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="无法写入"):
        write_whole(tmp_path / "nowhere" / "cases.keys", b"")
    assert list(tmp_path.iterdir()) == []
