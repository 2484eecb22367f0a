"""What can be wrong with a store, each in a sentence that says what is so and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.problems import Problem


class NotEncrypted(Problem):
    """The file is a store of the first version, which was not encrypted."""


class WrongKey(Problem):
    """The file is no store, belongs to other keys, or its first page is damaged."""


class Damaged(Problem):
    """A part of the file is not what was written there."""


class Newer(Problem):
    """The file was brought up to date by a program that knows more than this one."""


class OnNetwork(Problem):
    """The file lies where locks and the order of writes cannot be trusted."""


class Unwritable(Problem):
    """The disk does not take what is to be kept; what was kept before stays."""


class CutOff(Unwritable):
    """The open file cannot be reached as it was opened; opened once more it may be."""


FULL = Unwritable("磁盘空间不足，没有存上盘。", "请清理磁盘；窗口里的内容还在，稍后会再存。")
READ_ONLY = Unwritable("磁盘或文件是只读的，没有存上盘。", "请检查案卷库所在文件夹的写入权限；窗口里的内容还在。")
GONE = CutOff("案卷库文件不见了或读写出错。", "请不要关闭窗口，检查磁盘（或插回移动盘）后再试；不行时从备份恢复。")
BUSY = Unwritable("案卷库正被另一个程序占用，没有存上盘。", "请关闭正在使用案卷库的其他程序；稍后会再存。")
OTHER = CutOff("没有存上盘。", "请检查磁盘空间和写入权限；窗口里的内容还在，稍后会再存。")
BROKEN = Damaged("案卷库有一处损坏。", "请关闭窗口，重新打开后按提示从备份恢复；备份之后的录入另有一份，会一并补上。")
CODES = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": GONE,
    "SQLITE_IOERR": GONE,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_CORRUPT": BROKEN,
    "SQLITE_NOTADB": BROKEN,
}
NUMBERS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), READ_ONLY),
}


def as_problem(error: Exception) -> Problem | None:
    """The trouble behind an error of the database; None where it is our own mistake."""
    name = str(getattr(error, "sqlite_errorname", ""))
    found = next((trouble for code, trouble in CODES.items() if name.startswith(code)), None)
    return anew(found) if found is not None else None


def anew(trouble: Problem) -> Problem:
    """The same trouble, met once more."""
    return type(trouble)(trouble.what, trouble.remedy)


@contextmanager
def told() -> Iterator[None]:
    """Whatever the disk does wrong within is told in words; our own mistakes go on to the last net.

    Raises:
        Problem: where the disk, the file or another program is at fault.
    """
    from sqlcipher3 import dbapi2

    try:
        yield
    except (dbapi2.DatabaseError, dbapi2.InterfaceError) as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise anew(NUMBERS.get(error.errno or 0, OTHER)) from error


def no_store(path: Path) -> WrongKey:
    """What to say of a file that this key does not open."""
    return WrongKey(f"{path.name} 不是用这把钥匙加密的案卷库，或文件头已损坏。", "请核对所选的文件；不行时从备份恢复。")
