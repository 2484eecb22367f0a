"""Signing in without the window: who, and the password from a file, from the terminal unseen, or as one line of input."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from getpass import getpass
from pathlib import Path

from desktop.commands.doors import Doors
from desktop.domain.clerks import Clerk
from desktop.domain.problems import Problem
from desktop.work.by_code import enter_by_code
from desktop.work.door import Door, takes_over
from desktop.work.entering import Entered, known_clerks, sign_in, sign_out
from desktop.work.files import read_bytes


def add_store(parser: argparse.ArgumentParser) -> None:
    """Which store."""
    parser.add_argument("--store", type=Path, required=True, metavar="FILE", help="案卷库文件")


def add_password(parser: argparse.ArgumentParser) -> None:
    """Where the password is taken from."""
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="口令所在的文件（第一行）；不写时询问，或从标准输入读一行"
    )


def add_signing_in(parser: argparse.ArgumentParser, *, with_code: bool) -> None:
    """Which store, and who signs in to it."""
    add_store(parser)
    parser.add_argument("--clerk", metavar="NAME", help="登录人姓名；只有一个帐号时可不写")
    add_password(parser)
    if with_code:
        parser.add_argument(
            "--recovery-code-file", type=Path, metavar="FILE", help="代替口令：恢复码所在的文件（第一行）"
        )
    else:
        parser.set_defaults(recovery_code_file=None)


@contextmanager
def signed_in(options: argparse.Namespace, doors: Doors) -> Iterator[Entered]:
    """The store of a command, open for whoever signs in, and closed after it.

    Raises:
        Problem: where there is no such store, the password is wrong, or another program holds it.
    """
    door = existing(doors.door(options.store))
    if options.recovery_code_file:
        entered = enter_by_code(door, code(options))
    else:
        entered = sign_in(door, clerk_named(door, options.clerk).id, password(options))
    try:
        yield entered
    finally:
        # A store that no longer takes it has said so by now, in what was done.
        with suppress(Problem):
            sign_out(entered.store, entered.clerk, door.now())
        entered.store.close()


def existing(door: Door) -> Door:
    """The door of a store that is there.

    Raises:
        Problem: where there is none, or it is one of the first version.
    """
    if not door.store.is_file():
        raise Problem(f"没有案卷库 {door.store}。", "请检查 --store 所指的文件。")
    if takes_over(door):
        raise Problem(
            f"{door.store} 是未加密的旧版案卷库。", "请先用 yimen store create 或在窗口中设置口令，接管后再用。"
        )
    return door


def clerk_named(door: Door, wanted: str | None) -> Clerk:
    """The clerk of a store who is meant.

    Raises:
        Problem: naming those who may sign in, or where the keys cannot be read.
    """
    return one_named(known_clerks(door), wanted)


def one_named(known: Sequence[Clerk], wanted: str | None) -> Clerk:
    """The one of some clerks who is meant; where there is only one, nobody needs to be named.

    Raises:
        Problem: naming those who may sign in.
    """
    found = [one for one in known if wanted in (None, one.name, one.id)]
    if len(found) != 1:
        names = "、".join(one.name for one in known)
        what = f"没有名为「{wanted}」的帐号。" if wanted else "没有写明由谁登录。"
        raise Problem(what, f"请用 --clerk 写明姓名，现有：{names}。")
    return found[0]


def code(options: argparse.Namespace) -> str:
    """The recovery code, from its file.

    Raises:
        Problem: where there is none.
    """
    return _first_line(read_bytes(options.recovery_code_file))


def password(options: argparse.Namespace) -> str:
    """The password, from wherever it is to be taken; it is never shown.

    Raises:
        Problem: where there is none.
    """
    if options.password_file:
        return _first_line(read_bytes(options.password_file))
    return _typed("口令：")


def new_password(options: argparse.Namespace) -> str:
    """A password for somebody new; on a terminal it is asked twice.

    Raises:
        Problem: where there is none, or the two differ.
    """
    if options.password_file or not sys.stdin.isatty():
        return password(options)
    first = _typed("设置管理员口令：")
    if first != _typed("再输入一次："):
        raise Problem("两次输入的口令不同。", "请再试一次。")
    return first


def _typed(prompt: str) -> str:
    if sys.stdin.isatty():
        try:
            return getpass(prompt)
        except EOFError as error:
            raise Problem("没有输入口令。", "请再试一次。") from error
    return _first_line(sys.stdin.buffer.readline())


def _first_line(content: bytes) -> str:
    """The first line, however a system's editor wrote it.

    Raises:
        Problem: where there is none.
    """
    line = (content.splitlines() or [b""])[0]
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = line.decode("gb18030", "replace")
    if not text:
        raise Problem("没有读到口令或恢复码。", "请写在所指文件的第一行，或从标准输入给出一行。")
    return text
