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


def ages(backups: Backups, owner: str, now: datetime | None = None) -> Ages:
    """How things stand with the backups of a store, as their folders tell; it may take a moment.

    Backups that are dated after ``now``, if it is given, were made while the clock was wrong: the newest is among the others.
    """
    kept = remembered(backups.folder, owner)
    made, there = _newest(backups.folder, owner, now), second_there(backups, owner)
    on_second = _newest(backups.second, owner, now) if there and backups.second else None
    if on_second is None and backups.second is not None and kept.second == str(backups.second):
        on_second = moment(kept.second_made)
    return Ages(made, on_second, there, kept.covered, moment(kept.drilled), kept.drill, moment(kept.paused))


def is_due(found: Ages, change: int, now: datetime) -> bool:
    """Whether something changed since the last backup, and that was half an hour ago or more."""
    newest = _past(found.newest, now)
    return change > found.covered and (newest is None or now - newest >= EVERY)


def drill_due(found: Ages, now: datetime) -> bool:
    """Whether it is a week since a restore was tried; there has to be a backup to try it with."""
    drilled = _past(found.drilled, now)
    return found.newest is not None and (drilled is None or now - drilled >= DRILL_EVERY)


def age_words(found: Ages, now: datetime) -> str:
    """How old the backups are, for the status line: 备份 12 分钟前（U 盘 3 天前）."""
    newest, second = _past(found.newest, now), _past(found.second, now)
    first = f"备份 {_ago(newest, now)}" if newest else "尚未备份"
    return f"{first}（{f'U 盘 {_ago(second, now)}' if second else 'U 盘未备份'}）"


def overdue(found: Ages, backups: Backups, change: int, now: datetime) -> Problem | None:
    """What is late, with what to do; None where nothing is. What was not changed since needs no backup."""
    newest, second = _past(found.newest, now), _past(found.second, now)
    if change > found.covered and (newest is None or now - newest > LATE):
        since = f"已有 {(now - newest).days} 天没有备份。" if newest else "还没有备份。"
        return Problem(since, "请在「设置 · 备份」里立即备份，并检查备份文件夹。")
    if backups.second is not None and (second is None or now - second > SECOND_LATE):
        since = f"U 盘已有 {(now - second).days} 天没有备份。" if second else "U 盘上还没有备份。"
        return Problem(since, "请插上 U 盘，再到「设置 · 备份」里立即备份。")
    return None


def _past(then: datetime | None, now: datetime) -> datetime | None:
    """A time that has been; what is dated later was made while the clock was wrong, and tells nothing."""
    return then if then is not None and then <= now else None


def _ago(then: datetime, now: datetime) -> str:
    minutes = int((now - then).total_seconds() // 60)
    hours, days = minutes // 60, (now - then).days
    if minutes < 1:
        return "刚刚"
    if not hours:
        return f"{minutes} 分钟前"
    return f"{days} 天前" if days else f"{hours} 小时前"


def _newest(folder: Path, owner: str, now: datetime | None) -> datetime | None:
    made = (one.manifest.made_at for one in backups_in(folder, owner)[0])
    return next((at for at in made if now is None or at <= now), None)
