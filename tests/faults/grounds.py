"""An office on the disk, set up as the window sets it up, and cases as clerks type them; everything from a seed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from desktop import paths
from desktop.domain.clerks import Clerk
from desktop.store import keys
from desktop.store.connection import is_plain
from desktop.store.file import Store
from desktop.store.secret import Secret
from desktop.work.backup_places import Backups
from desktop.work.door import Door
from desktop.work.entering import Entered, SetUp, set_up, sign_in
from desktop.work.library import Library, load_library
from desktop.work.office import Letterhead, Office

Tree = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
OLD_STORE = ROOT / "tests" / "old_stores" / "s0001_plain.db"
BEGINS = datetime(2024, 5, 28, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "山上的小菜园真的不小"
CHEAP = keys.Cost(memory_kib=8, passes=1, lanes=1)
LETTERHEAD = Letterhead(office="示例乡社会救助「一门受理」窗口", phone="0850-0000000")
WORDS = ("", "王䶮示例", "12,3x", "0.01", "350.00", "2024-02-30", "2024-03-05", "示例村三组", "一" * 40, "p1")


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder of one office: its store, what it sends out, its backups."""

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "cases.db"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def places(self) -> Backups:
        return Backups(self.store, self.backups)

    def make(self, *, old: bool) -> None:
        """An office without a store, or with one of the first version."""
        for folder in (self.folder, self.out, self.backups):
            folder.mkdir(parents=True)
        if old:
            shutil.copy(OLD_STORE, self.store)

    def door(self, now: Callable[[], datetime]) -> Door:
        return Door(self.store, "测试", now, cost=CHEAP)

    def secret(self) -> Secret:
        """What opens the store; only its keys tell."""
        (slot,) = keys.read_keys(self.store.with_suffix(".keys"))
        return keys.unlock(slot, PASSWORD)

    def copied(self, folder: Path) -> "Ground":
        """The same office as it lies on the disk now, at another place."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Ground(folder)

    def is_set_up(self) -> bool:
        """Whether there is a store that its keys open."""
        return self.store.exists() and not is_plain(self.store) and self.store.with_suffix(".keys").exists()


class Clock:
    """A clock that is read more often than it ticks, and can be set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def come_in(ground: Ground, now: Callable[[], datetime]) -> Entered:
    """Whoever comes to the counter: the first sets up, everybody else signs in."""
    door = ground.door(now)
    if not ground.is_set_up():
        return set_up(door, SetUp("陈示例", PASSWORD, {"office": "示例乡"}))
    (slot,) = keys.read_keys(door.keys)
    return sign_in(door, slot.clerk, PASSWORD)


def office_of(library: Library, store: Store, who: Clerk, now: Callable[[], datetime]) -> Office:
    """The office behind an open store."""
    texts = store.path.parent / "official_texts"
    return Office(library, store, LETTERHEAD, "guizhou-sample", paths.FONTS, now, texts, lambda: who)


def shipped() -> Library:
    """The policies that ship."""
    return load_library(paths.POLICIES)


def samples() -> tuple[Tree, ...]:
    """The drafts of the sample cases."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(paths.SAMPLES.glob("*.json")))
    return tuple({**draft, "case_no": None} for draft in found)


def typed(random: Random, draft: Tree) -> Tree:
    """The draft with a few fields typed anew, emptied or put in, as a clerk might."""
    copy: Tree = json.loads(json.dumps(draft))
    for _ in range(random.randint(1, 3)):
        _change(random, copy)
    return copy


def normal(value: Any) -> Any:
    """What of a draft is kept: what is not there, and tables of nothing, are left out."""
    if isinstance(value, dict):
        parts = {key: normal(part) for key, part in value.items() if key != "#"}
        return {key: part for key, part in parts.items() if part is not None and part != {}}
    return [normal(part) for part in value] if isinstance(value, list) else value


def _change(random: Random, draft: Tree) -> None:
    household = draft.setdefault("household", {})
    members = household.setdefault("members", [])
    kind = random.randrange(8)
    if kind == 0:
        household["phone"] = f"1{random.randrange(10**10):010d}"
    elif kind == 1:
        household["village"] = random.choice(WORDS)
    elif kind == 2 and members:
        random.choice(members)[random.choice(("name", "phone", "relation", "birth_date"))] = random.choice(WORDS)
    elif kind == 3 and len(members) < 9:
        number = random.randrange(2, 99)
        if all(one.get("id") != f"p{number}" for one in members):
            members.insert(random.randrange(len(members) + 1), {"id": f"p{number}", "name": random.choice(WORDS)})
    elif kind == 4 and len(members) > 1:
        del members[random.randrange(1, len(members))]
    elif kind == 5:
        rows = draft.setdefault("expenses", [])
        rows.append({"id": f"e{random.randrange(1000)}", "provider": random.choice(WORDS), "total": "100.00"})
    elif kind == 6 and draft.get("expenses"):
        row = random.choice(draft["expenses"])
        row[random.choice(("in_scope", "total", "provider", "settled_on"))] = random.choice(WORDS)
    else:
        draft["surveyed_on"] = random.choice((None, "2024-05-20", "2024-05-27", "not a day"))
