"""How old the backups are, on the first medium and the second, and what is late; in words for the status line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.store.backups import backups_in, moment, remembered
from desktop.work.backup_places import Backups, second_there

EVERY, DRILL_EVERY = timedelta(minutes=30), timedelta(days=7)
LATE, SECOND_LATE = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ages:
    """How things stand with the backups; times are None where there is none.

    ``second`` is the newest on the second medium when it was last seen, ``covered`` the last change that needs no backup
    any more, ``drill`` what the last drill came to, ``paused`` until when nothing is thinned.
    """

    newest: datetime | None = None
    second: datetime | None = None
    second_there: bool = False
    covered: int = 0
    drilled: datetime | None = None
    drill: str = ""
    paused: datetime | None = None


def ages(backups: Backups, owner: str) -> Ages:
    """How things stand with the backups of a store, as their folders tell; it may take a moment."""
    kept = remembered(backups.folder, owner)
    made, there = _newest(backups.folder, owner), second_there(backups, owner)
    on_second = _newest(backups.second, owner) if there and backups.second else None
    if on_second is None and backups.second is not None and kept.second == str(backups.second):
        on_second = moment(kept.second_made)
    return Ages(made, on_second, there, kept.covered, moment(kept.drilled), kept.drill, moment(kept.paused))


def is_due(found: Ages, change: int, now: datetime) -> bool:
    """Whether something changed since the last backup, and that was half an hour ago or more."""
    return change > found.covered and (found.newest is None or now - found.newest >= EVERY)


def drill_due(found: Ages, now: datetime) -> bool:
    """Whether it is a week since a restore was tried; there has to be a backup to try it with."""
    return found.newest is not None and (found.drilled is None or now - found.drilled >= DRILL_EVERY)


def age_words(found: Ages, now: datetime) -> str:
    """How old the backups are, for the status line: 备份 12 分钟前（U 盘 3 天前）."""
    first = f"备份 {_ago(found.newest, now)}" if found.newest else "尚未备份"
    return f"{first}（{f'U 盘 {_ago(found.second, now)}' if found.second else 'U 盘未备份'}）"


def overdue(found: Ages, backups: Backups, change: int, now: datetime) -> Problem | None:
    """What is late, with what to do; None where nothing is. What was not changed since needs no backup."""
    if change > found.covered and (found.newest is None or now - found.newest > LATE):
        since = f"已有 {(now - found.newest).days} 天没有备份。" if found.newest else "还没有备份。"
        return Problem(since, "请在「设置 · 备份」里立即备份，并检查备份文件夹。")
    if backups.second is not None and (found.second is None or now - found.second > SECOND_LATE):
        since = f"U 盘已有 {(now - found.second).days} 天没有备份。" if found.second else "U 盘上还没有备份。"
        return Problem(since, "请插上 U 盘，再到「设置 · 备份」里立即备份。")
    return None


def _ago(then: datetime, now: datetime) -> str:
    minutes = int((now - then).total_seconds() // 60)
    hours, days = minutes // 60, (now - then).days
    if minutes < 1:
        return "刚刚"
    if not hours:
        return f"{minutes} 分钟前"
    return f"{days} 天前" if days else f"{hours} 小时前"


def _newest(folder: Path, owner: str) -> datetime | None:
    found, _ = backups_in(folder, owner)
    return found[0].manifest.made_at if found else None
