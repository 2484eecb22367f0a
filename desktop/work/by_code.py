"""In by the recovery code alone, where no window asks for a new password: whoever holds the sheet may do everything."""

from desktop.store.journal import Note, note
from desktop.store.secret import Secret
from desktop.store.trouble import WrongKey
from desktop.work.bringing_back import BY_SHEET
from desktop.work.door import Door, open_behind
from desktop.work.entering import Entered


def enter_by_code(door: Door, code: str) -> Entered:
    """Opens the store for whoever holds the sheet; nothing about the accounts changes.

    Raises:
        Problem: where the code is mistyped or another store's, another program holds it, or it is damaged.
    """
    secret = Secret.from_recovery_code(code)
    try:
        store = open_behind(door, secret)
    except WrongKey as wrong:
        what = "恢复码不是这个案卷库的，或案卷库的文件头已损坏。"
        raise WrongKey(what, "请核对恢复表上的「案卷库」一栏；不行时从备份恢复。") from wrong
    try:
        with store.change(BY_SHEET, door.now()) as pen:
            note(pen, Note("signed_in", path="recovery"))
    except BaseException:
        store.close()
        raise
    return Entered(store, BY_SHEET)
