"""What cases are known by, against what their drafts say: all of the first cases, and of the others a sample."""

import json
from collections.abc import Iterator

from desktop.store.checks.findings import Check, Finding
from desktop.store.found_by import written
from desktop.store.known_by import KnownBy, known_by
from desktop.store.search_keys import keys_of

ALL_OF = 10_000  # cases that are all looked at
SAMPLE = 2_000  # how many there may be looked at beyond


def known(check: Check) -> Iterator[Finding]:
    """People, settlements and search keys; each case that differs once."""
    places: dict[int, str] = {}
    left: dict[int, int] = {}  # what the keys that a case should have come to, less those that it has
    rows = check.read(
        "SELECT n, id, case_no, findable, draft FROM cases WHERE n <= ? OR n % ? = 0 ORDER BY n", _chosen(check)
    )
    for n, case_id, case_no, findable, draft in rows:
        check.watch.step()
        check.count("known")
        try:
            expected = known_by(json.loads(draft), case_no)
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue  # no draft at all, which the replay has told
        places[n] = case_no or case_id
        left[n] = sum(hash(key) for key in keys_of(expected.findable))
        if findable != written(expected) or not _as_written(check, n, expected):
            yield Finding("known", places[n])
            del left[n]
    for key, n in check.read("SELECT key, n FROM search_keys"):
        if n in left:
            left[n] -= hash(key)
    yield from (Finding("known", places[n]) for n, rest in left.items() if rest)
    (of_nobody,) = check.read("SELECT count(*) FROM search_keys WHERE n NOT IN (SELECT n FROM cases)").fetchone()
    if of_nobody:
        yield Finding("keys_of_nobody", first=of_nobody)


def _chosen(check: Check) -> tuple[int, int]:
    """Up to which case all are looked at, and the how manieth of those beyond."""
    beyond = check.read("SELECT n FROM cases ORDER BY n LIMIT 1 OFFSET ?", (ALL_OF,)).fetchone()
    (last,) = check.read("SELECT coalesce(max(n), 0) FROM cases").fetchone()
    every = 1 if beyond is None else (last - beyond[0]) // SAMPLE + 1
    check.watch.begin("known", last if every == 1 else ALL_OF + SAMPLE)
    return (last, 1) if beyond is None else (beyond[0] - 1, every)


def _as_written(check: Check, n: int, expected: KnownBy) -> bool:
    people = check.read("SELECT row, applicant, name, id_number, birth_date FROM people WHERE case_n = ?", (n,))
    settlements = check.read(
        "SELECT row, provider, from_day, to_day, total_fen FROM settlements WHERE case_n = ?", (n,)
    )
    return set(people.fetchall()) == {
        (one.row, int(one.applicant), one.name, one.id_number, one.birth_date) for one in expected.people
    } and set(settlements.fetchall()) == {
        (one.row, one.provider, one.from_day, one.to_day, one.total.fen) for one in expected.settlements
    }
