"""The steps in their order, and bringing a file up to date by those that it lacks."""

from typing import TYPE_CHECKING

from desktop.store.migrations.m0001_cases import m0001_cases
from desktop.store.migrations.m0002_journal import m0002_journal
from desktop.store.trouble import Newer

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

SET = "yimen"
# In order. A released step is never edited: what changes is added as the next one, with an old store to prove it.
STEPS = (m0001_cases, m0002_journal)
SCHEMA = len(STEPS)


def pending(db: "Database") -> tuple[str, ...]:
    """The names of the steps that the file lacks.

    Raises:
        Newer: where the file has seen a step that this program does not know.
    """
    steps = _steps()
    known = {step.__name__ for step in STEPS}
    if {done.name for done in steps.applied(db)} - known:
        raise Newer("这个案卷库由更新的版本建立。", "请升级本程序后再打开；库中内容没有改动。")
    return tuple(step.name for step in steps.pending(db))


def bring_up_to_date(db: "Database") -> None:
    """Takes the steps that the file lacks, one transaction each."""
    # Tables that others refer to are rebuilt; what refers to them is checked when all is done.
    db.execute("PRAGMA foreign_keys = OFF")
    _steps().apply(db)
    assert not db.execute("PRAGMA foreign_key_check").fetchall(), "a step left a reference to nothing"
    db.execute("PRAGMA foreign_keys = ON")


def _steps() -> "Migrations":
    from sqlite_utils import Migrations

    steps = Migrations(SET)
    for step in STEPS:
        steps()(step)
    return steps
