"""Sittings in a process of their own that is killed at a moment of chance, and what is found on the disk after that."""

import json
import os
import shutil
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from select import select
from typing import NoReturn

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.backups import backups_in
from desktop.store.checking import check_store
from desktop.store.connection import connect, is_plain
from desktop.store.restoring import Wanted, restore
from desktop.store.trouble import Damaged
from desktop.work.backing_up import go_on
from desktop.work.library import Library
from tests.faults.acting import Plan, Say, sit
from tests.faults.grounds import BEGINS, Clock, Ground, Tree, come_in, samples, shipped
from tests.faults.promises import Promises, promised_by_the_old
from tests.faults.proof import faults_of

# How often the plug is pulled at what, and how long that takes before it has been seen, in seconds.
AIMS = {
    "taking over": (8, 0.06),
    "opening": (14, 0.02),
    "saving": (26, 0.006),
    "undoing": (6, 0.006),
    "accepting": (8, 0.006),
    "printing": (10, 0.04),
    "exporting": (18, 0.04),
    "discarding": (8, 0.005),
    "checkpointing": (20, 0.005),
    "backing up": (12, 0.04),
    "restoring": (14, 0.1),
    "closing": (12, 0.006),
}
SITTINGS_OF_AN_OFFICE = 24
LONGEST = 120.0  # seconds that a sitting may take before it counts as hanging


@dataclass(slots=True)
class Tally:
    """What came of all kills."""

    kills: Counter[str] = field(default_factory=Counter)  # by what was under way
    outlived: int = 0  # sittings that ended before the plug was pulled
    acknowledged: int = 0
    fields: int = 0
    stores: int = 0
    replayed: int = 0  # times the tail had to give what the log had not
    cut: int = 0  # tails that lost their end, as by a power cut
    lost: int = 0  # logs that were lost, cut or damaged after a kill
    unsent: int = 0  # workbooks of batches that the store never sent, since the program was killed before it could
    restored: int = 0  # times a backup and the tails had to give what neither had
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return sum(self.kills.values())


class Killer:
    """Kills sittings, one after the other, each on what the last one left."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.random = Random(seed)
        self.library: Library = shipped()
        self.drafts: tuple[Tree, ...] = samples()
        self.tally = Tally()
        self.usual = {aim: seconds for aim, (_, seconds) in AIMS.items()}
        self.ground = Ground(folder)
        self.promises = Promises()
        self.exposed = False  # the tail is cut, and no program has looked at it since

    def run(self, kills: int) -> Tally:
        """Kills so many times, or until something failed."""
        self._warm()
        began = time.monotonic()
        number = 0
        while self.tally.count < kills and not self.tally.failures:
            if number % SITTINGS_OF_AN_OFFICE == 0:
                self._begin_office(number)
            self._kill_once(number)
            number += 1
        self._end_office()
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _warm(self) -> None:
        """Whatever is loaded on first use is loaded here, so that no sitting spends its life on that."""
        warm = Ground(self.folder / "warm")
        warm.make(old=True)
        read, write = os.pipe()
        os.set_blocking(write, False)
        for number, aim in enumerate(("printing", "exporting", "discarding", "undoing", "backing up", "restoring")):
            sit(warm, self.library, self.drafts, Plan(f"warm{number}", aim, BEGINS), _Silent(write))
        self._found(warm, Promises(), quietly=True)
        os.close(read)
        os.close(write)
        shutil.rmtree(warm.folder)

    def _begin_office(self, number: int) -> None:
        self._end_office()
        self.ground = Ground(self.folder / f"office{number}")
        old = self.random.random() < 0.5
        self.ground.make(old=old)
        self.promises = promised_by_the_old(self.ground.store) if old else Promises()
        self.tally.stores += 1

    def _end_office(self) -> None:
        self.tally.unsent += len(self.promises.unsent)
        self.tally.acknowledged += self.promises.acknowledged
        self.tally.fields += self.promises.fields
        self.promises = Promises()
        if self.ground.folder != self.folder and not self.tally.failures:
            shutil.rmtree(self.ground.folder)

    def _kill_once(self, number: int) -> None:
        aim = self._aim()
        days = self.random.choice((0, 0, 0, 0, 1, 40, 400, -30, -2000))
        plan = Plan(f"{self.seed}:{number}", aim, BEGINS + timedelta(minutes=15 * number, days=days))
        phase = self._sitting(plan)
        if phase:
            self.tally.kills[phase] += 1
        else:
            self.tally.outlived += 1
        if not self.tally.failures:
            self.promises.backups_are(one.name for one in backups_in(self.ground.backups)[0])
            self._make_worse(phase)
            faults = self._found(self.ground.copied(self.folder / "found"), self.promises)
            self.tally.failures += [
                f"seed {self.seed}, sitting {number}, killed while {phase}: {one}" for one in faults
            ]

    def _make_worse(self, phase: str) -> None:
        """Now and then the power went as well, or what the program left is not what is found."""
        log, tail = self.ground.store.with_name("cases.db-wal"), self.ground.store.with_suffix(".tail")
        chance = self.random.random()
        if chance < 0.1 and tail.exists() and self.ground.is_set_up():
            # Nobody waits for the disk to take what the tail holds.
            size = tail.stat().st_size
            left = self.random.randint(min(size, 100), size)
            os.truncate(tail, left)
            if self.random.random() < 0.3:
                os.truncate(tail, size)
            self.promises.tail_was_cut()
            self.tally.cut += 1
            self.exposed = True
        elif chance < 0.25 and log.exists() and self.promises.backups and not self.exposed:
            _spoil(log, self.random)
            self.tally.lost += 1
            self._restore_if_damaged()

    def _restore_if_damaged(self) -> None:
        copy = self.ground.copied(self.folder / "found")
        try:
            come_in(copy, Clock(BEGINS + timedelta(days=3650))).store.close()
        except Damaged:
            newest = max(backups_in(self.ground.backups)[0], key=lambda one: one.manifest.standing.change)
            who = Clerk("chen", "陈示例", "administrator")
            now = BEGINS + timedelta(days=3650)
            folders = (self.ground.backups,)
            wanted = Wanted(self.ground.store, self.ground.secret(), who, now, "测试", folders, go_on)
            self.promises.was_restored(newest.name, restore(newest.path, wanted).missing)
            self.tally.restored += 1

    def _aim(self) -> str:
        if not self.ground.is_set_up():
            return "taking over"
        aims = {aim: weight for aim, (weight, _) in AIMS.items() if aim != "taking over"}
        return self.random.choices(tuple(aims), tuple(aims.values()))[0]

    def _sitting(self, plan: Plan) -> str:
        """One sitting, killed; what was under way then, empty where it was over before."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            self._sit(plan, write)
        os.close(write)
        times = 1 if plan.aim in {"restoring", "taking over"} else self.random.randint(1, 3)
        heard = _Heard(self.promises, plan.aim, times, self.usual)
        killed = False
        until = time.monotonic() + LONGEST
        wait = self.random.uniform(0, 1.15)
        with os.fdopen(read, "rb", buffering=0) as pipe:
            while True:
                end = min(until, heard.aimed_at + wait * self.usual[plan.aim]) if heard.aimed_at else until
                ready, _, _ = select([pipe], [], [], max(0.0, end - time.monotonic()))
                if ready:
                    if not heard.take(pipe.read(1 << 16)):
                        break
                elif not killed:
                    os.kill(child, signal.SIGKILL)
                    killed, until = True, until + LONGEST
                    heard.aimed_at = 0.0
                    if time.monotonic() > until - LONGEST:
                        self.tally.failures.append(f"seed {self.seed}: a sitting hangs while {heard.phase}")
        _, status = os.waitpid(child, 0)
        if heard.phase == plan.aim:
            # What is killed again and again before its end takes longer than was thought.
            self.usual[plan.aim] *= 1.1
        self.tally.failures += heard.broke + self.promises.broke
        self.exposed = self.exposed and not heard.opened
        self.tally.replayed += heard.replayed
        return (heard.phase or "between steps") if os.WIFSIGNALED(status) else ""

    def _sit(self, plan: Plan, pipe: int) -> NoReturn:
        say = Say(pipe)
        try:
            sit(self.ground, self.library, self.drafts, plan, say)
        except BaseException as trouble:  # noqa: BLE001  nothing may be silent in a process that ends here
            say("broke", trouble="".join(traceback.format_exception(trouble)))
        os._exit(0)

    def _found(self, copy: Ground, promises: Promises, *, quietly: bool = False) -> list[str]:
        """What is wrong with what a kill has left, looked at in a copy: the next sitting finds it as the kill left it."""
        if not copy.is_set_up():
            return list(_not_set_up(copy, promises))
        try:
            entered = come_in(copy, Clock(BEGINS + timedelta(days=3650)))
        except Problem as problem:
            return [f"cannot be opened: {problem.what}{problem.remedy}"]
        report = check_store(entered.store)
        entered.store.close()
        faults = [f"check: {finding.what} {finding.place}" for finding in report.findings]
        faults += faults_of(copy.store, copy.secret())
        connection = connect(copy.store, copy.secret())
        try:
            if not quietly:
                faults += promises.broken_in(connection)
                faults += promises.broken_among(copy.out, connection)
        finally:
            connection.close()
        return faults


class _Silent(Say):
    def __call__(self, kind: str, **content: object) -> None:
        pass


class _Heard:
    """What a sitting has said so far, and when it came to what it is to be killed at."""

    def __init__(self, promises: Promises, aim: str, times: int, usual: dict[str, float]) -> None:
        self.promises, self.aim, self.times, self.usual = promises, aim, times, usual
        self.rest, self.phase, self.began, self.aimed_at = b"", "", 0.0, 0.0
        self.broke: list[str] = []
        self.replayed = 0
        self.opened = False

    def take(self, some: bytes) -> bool:
        """Takes in what was said; False where no more will be."""
        *lines, self.rest = (self.rest + some).split(b"\n")
        for line in lines:
            kind, content = json.loads(line)
            self._line(kind, content)
        return bool(some)

    def _line(self, kind: str, content: dict[str, object]) -> None:
        if kind == "broke":
            self.broke.append(str(content["trouble"]))
            return
        self.promises.hear(kind, content)
        self.replayed += sum("另存的一份" in str(finding) for finding in content.get("findings", []))  # type: ignore[attr-defined]
        if kind == "will":
            self.phase, self.began = str(content["phase"]), time.monotonic()
            self.times -= self.phase == self.aim
            if self.times == 0 and not self.aimed_at:
                self.aimed_at = self.began
        elif kind in {"did", "refused"}:
            self.opened |= "findings" in content
            if self.phase in self.usual:
                took = time.monotonic() - self.began
                self.usual[self.phase] += 0.2 * (min(took, 4 * self.usual[self.phase]) - self.usual[self.phase])
            self.phase = ""


def _spoil(log: Path, random: Random) -> None:
    """A log that is gone, that lost its end, or of which a byte is another."""
    size = log.stat().st_size
    how = random.randrange(3)
    if how == 0 or not size:
        log.unlink()
    elif how == 1:
        os.truncate(log, random.randrange(size))
    else:
        with log.open("r+b") as file:
            place = random.randrange(size)
            file.seek(place)
            (byte,) = file.read(1)
            file.seek(place)
            file.write(bytes([byte ^ random.randint(1, 255)]))


def _not_set_up(ground: Ground, promises: Promises) -> Iterator[str]:
    """Before the set-up is done nothing is promised but what a store of the first version holds."""
    if not promises.cases:
        return
    if not ground.store.exists():
        yield "the old store is gone"
    elif is_plain(ground.store):
        if promised_by_the_old(ground.store).cases != promises.cases:
            yield "the old store is not what it was"
    else:
        yield "an encrypted store without keys"
