"""Where a folder lies: this computer's own disk, a share, a disk that is carried about, or memory."""

import os
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Literal

from desktop.domain.problems import Problem

Kind = Literal["local", "network", "removable", "temporary", "unknown"]

MOUNTS = Path("/proc/self/mountinfo")
BLOCK_DEVICES = Path("/sys/block")

# Disks of other machines, those of a virtual machine's host among them: locks and shared memory do not reach across.
NETWORK = frozenset(
    (
        *("9p", "afs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "kafs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "orangefs", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
        *("fuse.ceph", "fuse.curlftpfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.juicefs"),
        *("fuse.kio-fuse", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse"),
    )
)
TEMPORARY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
OWN_DEVICES = frozenset({"zfs"})  # lie on disks of this computer without naming them

# What GetDriveTypeW answers; 0 and 1 are "cannot tell" and "no such drive".
DRIVE_TYPES: dict[int, Kind] = {2: "removable", 3: "local", 4: "network", 5: "removable", 6: "temporary"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder lies; ``file_system`` as Linux names it, empty on Windows; ``mount`` is where that disk begins.

    A USB hard disk is ``removable`` on Linux and ``local`` on Windows, which does not tell it from a built-in one.
    """

    kind: Kind
    file_system: str
    mount: Path


def kind_of_place(path: Path) -> Place:
    """Where a file or folder lies, or would lie where it is yet to be made; a link counts as what it points to."""
    # By its text where the rest cannot be looked at: a share that is down is a share all the same.
    there = path.resolve()
    if sys.platform == "win32":
        import ctypes

        place = place_from_drive_type(there, ctypes.windll.kernel32.GetDriveTypeW(there.anchor))
    else:
        text = os.fsdecode(MOUNTS.read_bytes()) if MOUNTS.exists() else ""
        place = place_from_mountinfo(there, text, removable_disks(BLOCK_DEVICES))
    return place


def place_from_mountinfo(path: Path, text: str, removable: Iterable[str] = ()) -> Place:
    """Where a path without links lies by the text of ``/proc/self/mountinfo``: on the mount deepest above it.

    Args:
        path: absolute.
        text: a line a mount, see proc(5).
        removable: names of the disks that are carried about (``sdb``).
    """
    place = Place("unknown", "", Path(path.anchor))
    for line in text.split("\n"):
        before, parted, after = line.partition(" - ")
        if not parted:
            continue
        mount = Path(_unescaped(before.split(" ")[4]))
        # Of two mounts on one folder the later one lies on top.
        if path.is_relative_to(mount) and len(mount.parts) >= len(place.mount.parts):
            file_system, source = after.split(" ")[:2]
            place = Place(_kind(file_system, _unescaped(source), removable), file_system, mount)
    return place


def place_from_drive_type(path: Path, code: int) -> Place:
    r"""Where a path lies by what Windows' GetDriveTypeW answers for its drive; ``\\server\share`` is a share."""
    anchor = PureWindowsPath(path).anchor
    shared = anchor.startswith("\\\\") and not re.match(r"\\\\[?.]\\(?!UNC\\)", anchor, re.IGNORECASE)
    return Place("network" if shared else DRIVE_TYPES.get(code, "unknown"), "", Path(anchor))


def removable_disks(devices: Path) -> frozenset[str]:
    """The names (``sdb``) of the disks in ``/sys/block`` that come out, or hang on a USB cable."""
    return frozenset(disk.name for disk in devices.glob("*") if _comes_out(disk))


def refuse_network(path: Path, place: Place) -> None:
    """Goes on where a store may lie; backups may well lie on a share.

    Raises:
        Problem: where the place is another machine's disk, on which two programs cannot keep out of each other's way.
    """
    if place.kind == "network":
        raise Problem(f"{path} 在共享文件夹或网络盘上。", "请把案卷库放在本机硬盘；备份可以放在共享文件夹。")


def free_bytes(folder: Path) -> int:
    """How many bytes this program may still write there.

    Raises:
        Problem: where the folder cannot be reached.
    """
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise Problem(f"无法访问文件夹 {folder}。", "请检查磁盘或网络是否接好，或换一个位置。") from error


def _kind(file_system: str, source: str, removable: Iterable[str]) -> Kind:
    if file_system in NETWORK:
        return "network"
    if file_system in TEMPORARY:
        return "temporary"
    if not source.startswith("/dev/"):
        return "local" if file_system in OWN_DEVICES else "unknown"
    # A disk as a whole, or one of its partitions: sdb, sdb1, nvme0n1p1.
    device = source.removeprefix("/dev/")
    carried = any(re.fullmatch(rf"{re.escape(disk)}(p?\d+)?", device) for disk in removable)
    return "removable" if carried else "local"


def _comes_out(disk: Path) -> bool:
    try:
        # A USB hard disk does not call itself removable, but what it hangs on does.
        return (disk / "removable").read_text().strip() == "1" or "/usb" in disk.resolve().as_posix()
    except OSError:
        return False


def _unescaped(text: str) -> str:
    """Blanks and backslashes in names, which the kernel writes as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)
