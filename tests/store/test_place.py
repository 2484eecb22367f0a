"""Places: a store on this computer's own disk, backups anywhere else too."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.problems import Problem
from desktop.store.place import (
    Kind,
    Place,
    free_bytes,
    kind_of_place,
    place_from_drive_type,
    place_from_mountinfo,
    refuse_network,
    removable_disks,
)

MOUNTS = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,discard
31 27 0:27 / /tmp rw - tmpfs tmpfs rw,size=24684096k
32 27 259:3 / /home rw,relatime shared:2 master:4 propagate_from:2 - xfs /dev/mapper/vg-home rw
40 32 0:44 / /home/w/共享\040盘 rw shared:7 - cifs //服务器/share\040a rw,vers=3.0
41 27 0:45 / /srv/office rw - nfs4 10.0.0.5:/export rw
42 27 8:17 / /media/w/U盘 rw,nosuid - vfat /dev/sdb1 rw,uid=1000
43 27 8:33 / /media/w/big rw - fuseblk /dev/sdc rw
44 27 0:50 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
45 27 0:51 / /mnt/far rw - fuse.sshfs w@10.0.0.5: rw
46 27 0:52 / /mnt/odd rw - fuse.gocryptfs /home/w/.odd rw
47 27 0:53 / /mnt/auto rw - autofs systemd-1 rw,fd=29
48 47 0:54 / /mnt/auto rw - nfs 10.0.0.5:/auto rw
49 27 8:18 / /media/w/own rw - ext4 /dev/sdbb1 rw
50 27 0:55 / /pool rw - zfs tank/pool rw
51 27 0:56 / /host rw - vboxsf desktop rw
"""


@pytest.mark.parametrize(
    ("path", "kind", "file_system", "mount"),
    [
        ("/var/lib/yimen/cases.db", "local", "ext4", "/"),
        ("/home/w/cases.db", "local", "xfs", "/home"),
        ("/homes/w/cases.db", "local", "ext4", "/"),
        ("/home/w/共享 盘/cases.db", "network", "cifs", "/home/w/共享 盘"),
        ("/srv/office", "network", "nfs4", "/srv/office"),
        ("/run/user/1000/gvfs/smb-share:server=a,share=b", "network", "fuse.gvfsd-fuse", "/run/user/1000/gvfs"),
        ("/mnt/far/backups", "network", "fuse.sshfs", "/mnt/far"),
        ("/mnt/auto/backups", "network", "nfs", "/mnt/auto"),
        ("/host/cases.db", "network", "vboxsf", "/host"),
        ("/media/w/U盘/备份", "removable", "vfat", "/media/w/U盘"),
        ("/media/w/big", "removable", "fuseblk", "/media/w/big"),
        ("/media/w/own", "local", "ext4", "/media/w/own"),
        ("/pool/w", "local", "zfs", "/pool"),
        ("/tmp/cases.db", "temporary", "tmpfs", "/tmp"),
        ("/mnt/odd/cases.db", "unknown", "fuse.gocryptfs", "/mnt/odd"),
        ("/proc/self", "unknown", "proc", "/proc"),
    ],
)
def test_a_path_lies_on_the_mount_deepest_above_it(path: str, kind: Kind, file_system: str, mount: str) -> None:
    assert place_from_mountinfo(Path(path), MOUNTS, {"sdb", "sdc"}) == Place(kind, file_system, Path(mount))


def test_without_a_word_from_the_system_the_place_is_unknown() -> None:
    assert place_from_mountinfo(Path("/home/w"), "") == Place("unknown", "", Path("/"))


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1).filter(lambda s: s != "."))
def test_a_mount_is_found_whatever_its_name(name: str) -> None:
    written = "".join(f"\\{ord(c):03o}" if c in " \t\n\\#" else c for c in name)
    text = f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / /mnt/{written} rw - nfs a:/b rw\n"
    assert place_from_mountinfo(Path("/mnt") / name / "x", text).kind == "network"


@pytest.mark.parametrize(
    ("path", "code", "kind", "mount"),
    [
        (r"C:\Users\w\cases.db", 3, "local", "C:\\"),
        (r"E:\备份", 2, "removable", "E:\\"),
        (r"D:\disc", 5, "removable", "D:\\"),
        (r"Z:\备份", 4, "network", "Z:\\"),
        (r"R:\cases.db", 6, "temporary", "R:\\"),
        (r"Q:\cases.db", 1, "unknown", "Q:\\"),
        (r"\\服务器\share\cases.db", 3, "network", "\\\\服务器\\share\\"),
        (r"\\?\UNC\server\share\cases.db", 0, "network", "\\\\?\\UNC\\server\\share\\"),
        (r"\\?\C:\Users\cases.db", 3, "local", "\\\\?\\C:\\"),
    ],
)
def test_windows_tells_by_the_drive_and_two_backslashes_are_a_share(
    path: str, code: int, kind: Kind, mount: str
) -> None:
    assert place_from_drive_type(Path(path), code) == Place(kind, "", Path(mount))


def test_disks_that_come_out_or_hang_on_a_usb_cable_are_removable(tmp_path: Path) -> None:
    for device, flag in (
        ("pci/ata1/sda", "0"),
        ("pci/usb2/2-1/sdb", "0"),
        ("pci/ata2/sr0", "1"),
        ("virtual/zram0", ""),
    ):
        folder = tmp_path / "devices" / device
        folder.mkdir(parents=True)
        if flag:
            (folder / "removable").write_text(f"{flag}\n")
    block = tmp_path / "block"
    block.mkdir()
    for device in ("pci/ata1/sda", "pci/usb2/2-1/sdb", "pci/ata2/sr0", "virtual/zram0"):
        (block / Path(device).name).symlink_to(tmp_path / "devices" / device)
    assert removable_disks(block) == {"sdb", "sr0"}
    assert removable_disks(tmp_path / "nowhere") == frozenset()


def test_a_store_on_a_share_is_refused_and_told_where_to_lie_instead() -> None:
    path = Path("/srv/office/cases.db")
    with pytest.raises(Problem, match="共享文件夹或网络盘") as refused:
        refuse_network(path, Place("network", "nfs4", Path("/srv/office")))
    assert "本机硬盘" in refused.value.remedy
    assert "备份可以放在共享文件夹" in refused.value.remedy


@pytest.mark.parametrize("kind", ["local", "removable", "temporary", "unknown"])
def test_only_a_share_is_refused(kind: Kind) -> None:
    refuse_network(Path("/x/cases.db"), Place(kind, "", Path("/")))


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_this_very_computer_is_asked_and_links_are_followed(tmp_path: Path) -> None:
    here = kind_of_place(tmp_path / "yet" / "to be made")
    assert here == kind_of_place(tmp_path)
    assert here.mount in [tmp_path.resolve(), *tmp_path.resolve().parents]
    link = tmp_path / "link"
    link.symlink_to("/dev/shm")
    assert kind_of_place(link / "cases.db") == kind_of_place(Path("/dev/shm"))
    assert kind_of_place(link / "cases.db").kind == "temporary"


def test_free_room_is_told_in_bytes_and_a_folder_that_is_not_there_in_words(tmp_path: Path) -> None:
    assert 0 < free_bytes(tmp_path) < 2**60
    with pytest.raises(Problem, match="无法访问文件夹"):
        free_bytes(tmp_path / "nowhere")
