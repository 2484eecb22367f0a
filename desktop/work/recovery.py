"""The recovery sheet: put on paper, confirmed, and the way back into the store when every password is lost."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.notices.pdf import Faces, render
from desktop.policy.letters.recovery_sheet import RecoverySheet, recovery_sheet_letter
from desktop.store import clerks, keys
from desktop.store.facts import facts, state_fact
from desktop.store.journal import Note, note
from desktop.store.secret import READ_AS, Secret
from desktop.store.trouble import WrongKey
from desktop.work.door import Door, open_behind
from desktop.work.entering import SHEET, Entered
from desktop.work.own_keys import add_slot, keys_kept

MARK = 4  # characters of the store's id that tell one office's sheet from another's


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet on its page; ``number`` names the paper and holds nothing of the code."""

    number: str
    pdf: bytes = field(repr=False)


def recovery_sheet(door: Door, entered: Entered, office: str, fonts: Path) -> Sheet:
    """The sheet of a store that somebody has just entered; only paper keeps it.

    Raises:
        Problem: where no face has a character of the office's name.
    """
    clerk, store = entered.clerk, entered.store
    today = door.now().date()
    letter = recovery_sheet_letter(RecoverySheet(office, today, clerk.title, store.id[-MARK:], entered.code))
    return Sheet(letter.number, render(letter, Faces(fonts)))


def last_group(code: str) -> str:
    """The last group of a recovery code: typed from paper, it shows that the paper is there."""
    return code.rpartition("-")[2]


def same_group(typed: str, group: str) -> bool:
    """Whether a group was typed right; case, width, spaces, O for 0, I and L for 1 do not matter."""
    read = unicodedata.normalize("NFKC", typed).upper().split()
    return [READ_AS.get(one) for one in "".join(read)] == [READ_AS[one] for one in group]


def confirm_sheet(door: Door, entered: Entered) -> None:
    """Notes that the sheet is on paper: signing in does not ask for it again."""
    now = door.now()
    with entered.store.change(entered.clerk, now) as pen:
        state_fact(pen, SHEET, now.date().isoformat())


def code_lack(code: str) -> Problem | None:
    """What is wrong with a recovery code; None where it can be one."""
    try:
        Secret.from_recovery_code(code)
    except Problem as problem:
        return problem
    return None


def recover(door: Door, code: str, name: str, password: str) -> Entered:
    """Opens the store with the recovery sheet; whoever holds it becomes an administrator with a password of their own.

    Raises:
        Problem: where the code is mistyped or another store's, or name or password will not do.
    """
    from ulid import ULID

    secret = Secret.from_recovery_code(code)
    name = name.strip()
    keys.check_new_password(password, "administrator")
    if not name:
        raise Problem("没有填写姓名。", "请填写姓名。")
    try:
        store = open_behind(door, secret)
    except WrongKey as wrong:
        what = "恢复码不是这个案卷库的，或案卷库的文件头已损坏。"
        raise WrongKey(what, "请核对恢复表上的「案卷库」一栏；不行时从备份恢复。") from wrong
    try:
        if any(one.name == name for one in clerks.clerks(store)):
            raise Problem(f"已有名为 {name} 的帐号。", "请在姓名后加以区别；登录后可为原帐号重设口令。")
        now = door.now()
        clerk = Clerk(str(ULID.from_datetime(now)), name, "administrator")
        with keys_kept(door), store.change(clerk, now) as pen:
            clerks.add_clerk(pen, clerk)
            note(pen, Note("signed_in", path="recovery"))
            if SHEET not in facts(store):
                state_fact(pen, SHEET, now.date().isoformat())
            add_slot(door, store, clerk, password)
    except BaseException:
        store.close()
        raise
    return Entered(store, clerk)
