"""Commands on the backups of a store: made now, and one of them put in its place."""

import argparse
from pathlib import Path

from desktop.commands.doors import FINE, Commands, Doors, complain, show_progress
from desktop.commands.signing_in import add_signing_in, code, one_named, password, signed_in
from desktop.domain.clerks import Clerk, require
from desktop.domain.problems import Problem
from desktop.store.secret import Secret


def add_commands(store: Commands) -> None:
    """Declares the commands and what they are told."""
    backup = store.add_parser("backup", help="立即备份，读回核对后才算数")
    add_signing_in(backup, with_code=True)
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="再复制一份到此文件夹，例如 U 盘")
    backup.set_defaults(command=_backup)
    restore = store.add_parser("restore", help="用一份备份恢复案卷库；现有内容先另做一份备份")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="备份文件")
    add_signing_in(restore, with_code=True)
    restore.set_defaults(command=_restore)


def _backup(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.store.backups import copy_to
    from desktop.store.copying import megabytes
    from desktop.work.backing_up import back_up

    with signed_in(options, doors) as entered:
        backup, carried = back_up(doors.office(entered), doors.backups(options.store), "hand", _told)
        if carried.trouble:
            complain(f"第二份没有复制成：{carried.trouble.what}{carried.trouble.remedy}")
        made = [backup.path]
        if options.to and options.to.resolve() != backup.path.parent.resolve():
            made.append(copy_to(backup, options.to, _told).path)
    show_progress("\n")
    manifest = backup.manifest
    for path in made:
        print(f"已备份到 {path}（{manifest.standing.cases} 件案卷，{megabytes(manifest.size)}）")
    return FINE


def _restore(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.bringing_back import restore, restored_words

    secret, who = _whoever_may(options, doors)
    done = restore(doors.door(options.store), doors.backups(options.store), options.backup, secret, who, _told)
    show_progress("\n")
    print(restored_words(done))
    return FINE


def _whoever_may(options: argparse.Namespace, doors: Doors) -> tuple[Secret, Clerk]:
    """The secret of a store and who restores it, also where the store does not open or is gone."""
    from desktop.work.at_the_door import wants_restoring, wants_the_sheet
    from desktop.work.bringing_back import BY_SHEET, RIGHT
    from desktop.work.entering import sign_in, sign_out
    from desktop.work.from_backup import by_password, ready, who_may_try

    if options.recovery_code_file:
        return Secret.from_recovery_code(code(options)), BY_SHEET
    door = doors.door(options.store)
    known = who_may_try(door, options.backup)
    if not known:
        raise Problem("这份备份旁边没有可用的密钥文件，不能凭口令恢复。", "请用 --recovery-code-file 凭恢复码恢复。")
    clerk, typed = one_named(known, options.clerk), password(options)
    try:
        entered = sign_in(door, clerk.id, typed)
    except Problem as problem:
        if not (wants_restoring(problem) or wants_the_sheet(problem)):
            raise
        found = ready(door, by_password(door, options.backup, clerk.id, typed))
        if found.keys_only:
            raise Problem(
                problem.what, "案卷库完好：请在登录页用「从备份恢复」取回密钥文件，或凭恢复码恢复。"
            ) from problem
        return found.proven.secret, found.proven.who
    try:
        require(entered.clerk, RIGHT)
        sign_out(entered.store, entered.clerk, door.now())
        return entered.store.secret, entered.clerk
    finally:
        entered.store.close()


def _told(done: int, of: int) -> bool:
    return show_progress(f"{100 * done // max(of, 1)}%")
