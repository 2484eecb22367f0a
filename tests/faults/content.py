"""What an office holds, to be compared with what is found after a fault; and the way back that a clerk would take."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.store.backups import backups_in
from desktop.store.checking import check_store
from desktop.store.connection import connect
from desktop.store.facts import state_fact
from desktop.store.file import Store
from desktop.store.keys import WrongPassword
from desktop.store.manifest import Backup
from desktop.store.restoring import bring_back_keys
from desktop.store.secret import Secret
from desktop.store.standing import broken
from desktop.work import bringing_back
from desktop.work.at_the_door import wants_restoring, wants_the_sheet
from desktop.work.backing_up import back_up
from desktop.work.batching import export_batch
from desktop.work.discarding import delete_case
from desktop.work.entering import Entered, known_clerks, sign_in
from desktop.work.intake import accept_case, new_case, save_case
from desktop.work.library import Library
from desktop.work.notices import issue_notice
from tests.faults.grounds import BEGINS, PASSWORD, Clock, Ground, come_in, office_of, samples
from tests.faults.proof import faults_of

if TYPE_CHECKING:
    from sqlite3 import Connection

LATER = BEGINS + timedelta(days=30)
TABLES = {
    "cases": "SELECT id, case_no, draft, deleted_why FROM cases",
    "register": "SELECT series, year, number, text, case_id, reason FROM register",
    "notices": "SELECT number, case_id, kind, assessment, pdf FROM notices",
    "assessments": "SELECT id, case_id, inputs, result, digest FROM assessments",
    "batches": "SELECT number, sequence, cases, total_fen FROM batches",
    "batch_cases": "SELECT batch, case_id, assessment FROM batch_cases",
    "facts": "SELECT name, value FROM facts",
    "clerks": "SELECT id, name, role, until FROM clerks",
    "entries": "SELECT window, seq, path, content FROM journal WHERE case_id IS NOT NULL",
}
Content = dict[str, list[str]]


def content_of(connection: "Connection") -> Content:
    """Everything that somebody typed, gave or sent, table by table."""
    return {name: sorted(map(_row, connection.execute(sql).fetchall())) for name, sql in TABLES.items()}


def content_at(store: Path, secret: Secret) -> Content:
    """The same of a store that nobody has open."""
    connection = connect(store, secret)
    try:
        return content_of(connection)
    finally:
        connection.close()


@dataclass(slots=True)
class Worked:
    """An office with a few cases, a backup, and some work after it; as it lies on the disk, closed or pulled out."""

    ground: Ground
    secret: Secret
    content: Content

    def again(self, folder: Path) -> "Worked":
        """The same, to be spoilt."""
        return Worked(self.ground.copied(folder), self.secret, self.content)

    def newest(self) -> Backup:
        """The backup that was made last."""
        return max(backups_in(self.ground.backups)[0], key=lambda one: one.manifest.standing.change)


def work(folder: Path, library: Library) -> tuple[Worked, Worked]:
    """An office closed in peace, and the same as it lay there a moment before that."""
    ground = Ground(folder / "closed")
    ground.make(old=False)
    clock = Clock(BEGINS)
    entered = come_in(ground, clock)
    office = office_of(library, entered.store, entered.clerk, clock)
    ids = []
    for draft in samples()[:5]:
        ids.append(new_case(office, str(draft["matter"])).id)
        save_case(office, ids[-1], draft, {"id_card": "received"})
    issue_notice(office, ids[0], "calculation")
    accept_case(office, ids[4])
    export_batch(office, (ids[0],), ground.out)
    back_up(office, ground.places(), "hand")
    issue_notice(office, ids[1], "receipt")
    delete_case(office, ids[3], "重复录入")
    for number, draft in enumerate(samples()[2:5]):
        save_case(office, ids[2], {**draft, "surveyed_on": f"2024-05-2{number}"}, {"id_card": "missing"})
    with office.change() as pen:
        state_fact(pen, "address", "示例县示例镇")
    pulled = ground.copied(folder / "pulled")
    entered.store.close()
    secret = ground.secret()
    content = content_at(ground.store, secret)
    return Worked(ground, secret, content), Worked(pulled, secret, content)


@dataclass(slots=True)
class Found:
    """How somebody came back to their work: what they were told, and whether a backup had to give it."""

    said: list[Problem] = field(default_factory=list)
    restored: bool = False
    faults: list[str] = field(default_factory=list)


def come_back(worked: Worked) -> Found:
    """Comes in, looks at everything, and follows what is said where that does not go; what is missing is a fault."""
    found, clock = Found(), Clock(LATER)
    for _ in range(4):
        try:
            entered = _sign_in(worked.ground, clock)
        except Problem as problem:
            found.said.append(problem)
            if not _follow(worked, problem, clock, found):
                found.faults.append(f"nothing helps: {problem}")
                return found
            continue
        try:
            content = content_in(entered.store)
            findings = check_store(entered.store).findings
            found.said += entered.store.findings
        except Problem as problem:
            found.said.append(problem)
            entered.store.close()
            _follow(worked, problem, clock, found)
            continue
        entered.store.close()
        if findings and not found.restored:
            # What nobody has come upon yet is found by the check, which says the same.
            _follow(worked, broken(), clock, found)
            continue
        found.faults += [f"check: {one}" for one in findings] + faults_of(worked.ground.store, worked.secret)
        found.faults += differences(worked.content, content)
        return found
    found.faults.append(f"no end to it: {found.said}")
    return found


def content_in(store: Store) -> Content:
    """The same of an open store, read as the program reads it."""
    return {name: sorted(map(_row, store.read(sql).fetchall())) for name, sql in TABLES.items()}


def differences(before: Content, now: Content) -> list[str]:
    """What is not as it was; entries may have been added."""
    lost = [f"{name}: {str(row)[:300]} is gone" for name, rows in before.items() for row in set(rows) - set(now[name])]
    more = [f"{name}: {str(row)[:300]} is new" for name, rows in now.items() for row in set(rows) - set(before[name])]
    return lost + [one for one in more if not one.startswith("entries")]


def _sign_in(ground: Ground, clock: Clock) -> Entered:
    door = ground.door(clock)
    clerk = known_clerks(door)[0]
    try:
        return sign_in(door, clerk.id, PASSWORD)
    except WrongPassword:
        clock.at += timedelta(minutes=10)  # a file of failed tries that nobody can read makes everybody wait
        return sign_in(door, clerk.id, PASSWORD)


def _follow(worked: Worked, problem: Problem, clock: Clock, found: Found) -> bool:
    """Does what the sentence says; False where it says nothing that could be done here."""
    if wants_the_sheet(problem) or problem.what.startswith("密钥文件"):
        bring_back_keys(worked.ground.store, worked.newest().path)
    elif wants_restoring(problem) and not found.restored:
        who = Clerk("", "恢复表", "administrator")
        door, places = worked.ground.door(clock), worked.ground.places()
        bringing_back.restore(door, places, worked.newest().path, worked.secret, who)
        found.restored = True
    else:
        return False
    return True


def _row(row: Any) -> str:
    return json.dumps([sha256(one).hexdigest() if isinstance(one, bytes) else one for one in row], ensure_ascii=False)
