"""What a backup says of itself, how it is named, and how one that is not finished is known."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.standing import Standing

FORMAT = "yimen-backup/1"
BACKUP, KEYS, MANIFEST, PART = ".backup", ".keys", ".json", ".part"
OWNER = 8  # letters at the end of a store's id, by which the program knows its own unfinished files again


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: how it came to be, where the store stood, the file's bytes and SHA-256."""

    made_at: datetime
    program: str
    why: str
    standing: Standing
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that counts: it has its final name and a manifest that fits it."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Its name in every folder that it is copied to."""
        return self.path.name


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup file, once it fits the file's name and size.

    Raises:
        Problem: where there is none, or it does not.
    """
    try:
        found = json.loads(path.with_suffix(MANIFEST).read_bytes())
        if found["format"] != FORMAT or path.stat().st_size != found["size"]:
            raise ValueError
        heads = {str(window): (int(seq), str(hashed)) for window, (seq, hashed) in found["heads"].items()}
        counts = {str(name): int(rows) for name, rows in found["counts"].items()}
        standing = Standing(found["store"], found["change"], found["schema"], found["cases"], counts, heads)
        made_at = datetime.fromisoformat(found["made_at"])
        if made_at.tzinfo is None:
            raise ValueError
        return Manifest(made_at, found["program"], found["why"], standing, found["size"], found["sha256"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem(
            f"备份 {path.name} 的清单缺失，或与文件不符。", "请改用另一份备份，并检查存放它的磁盘。"
        ) from error


def written(manifest: Manifest) -> bytes:
    """A manifest as its file holds it."""
    flat = {"format": FORMAT, **asdict(manifest), **asdict(manifest.standing), "made_at": manifest.made_at.isoformat()}
    del flat["standing"]
    return f"{json.dumps(flat, ensure_ascii=False, indent=2)}\n".encode()


def part_of(backup: Path, store: str) -> Path:
    """Where a backup of a store lies while it does not count."""
    return backup.with_name(f"{backup.name}.{store[-OWNER:] or '0'}{PART}")


def clean_up(folder: Path, store: str) -> None:
    """Takes away what a kill left half-made in a folder; what another store's program is making there stays."""
    with suppress(OSError):
        for part in sorted(folder.glob(part_of(folder / f"*{BACKUP}", store).name)):
            take_away(part)


def take_away(part: Path) -> None:
    """Takes away all of a backup that does not count; the part, by which it is known to be such, goes last."""
    if not part.exists():
        return  # it counts, or was never begun
    stem = part.name.partition(".")[0]
    whole = [f"{stem}{suffix}" for suffix in (KEYS, MANIFEST)]
    with suppress(OSError):
        for name in (*whole, *(f".{name}.tmp" for name in whole), f"{part.name}-journal", part.name):
            part.with_name(name).unlink(missing_ok=True)
