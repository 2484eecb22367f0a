"""The file itself: the seal of every page, the database's own structure, references that lead nowhere."""

import re
from collections.abc import Iterator

from desktop.store.checks.findings import Check, Finding

PAGE = re.compile(r"page (\d+)")
FINE = [("ok",)]


def seals(check: Check) -> Iterator[Finding]:
    """Pages whose seal does not fit what they hold."""
    (pages,) = check.read("PRAGMA page_count").fetchone()
    check.watch.begin("pages", pages)
    # A page that is being written while it is read is no damage: what is damaged is so twice.
    broken = _broken(check)
    yield from (Finding("page", first=page) for page in sorted(broken & _broken(check) if broken else broken))
    check.seen["pages"] = pages


def structure(check: Check) -> Iterator[Finding]:
    """What the database says of its own structure."""
    check.watch.begin("structure", 1)
    found = check.read("PRAGMA quick_check").fetchall()
    if found != FINE:
        yield Finding("structure", first=len(found))


def references(check: Check) -> Iterator[Finding]:
    """Tables with rows that refer to nothing."""
    tables = [row[0] for row in check.read("PRAGMA foreign_key_check").fetchall()]
    for table in dict.fromkeys(tables):
        yield Finding("reference", table, first=tables.count(table))


def _broken(check: Check) -> set[int]:
    told = [str(row[0]) for row in check.read("PRAGMA cipher_integrity_check").fetchall()]
    return {int(found[1]) if (found := PAGE.search(line)) else 0 for line in told}
