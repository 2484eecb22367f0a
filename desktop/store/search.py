"""Finding cases by keys: every term of the words met, one page after the other, however many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import dumps, loads
from typing import Any

from desktop.store.cases import LISTED, ListedCase, listed_of
from desktop.store.file import Store, Value
from desktop.store.found_by import Term
from desktop.store.search_keys import ranges_of

FEW = 500  # keys of a single term: up to so many are gathered, beyond that they are walked along
FEW_OF_SEVERAL = 100_000  # the same of each of several terms: to count keys costs less than to look into cases
EXAMINED = 1000  # cases that are looked into for one page at most
AT_ONCE = 200  # of these
LAST = 2**62  # beyond every case
WIDTH = LISTED.count(",") + 1
IN_RANGE = "SELECT n FROM search_keys WHERE key >= ? AND key < ?"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class After:
    """A place in what was found: after case ``n``; where keys are walked along, at a key of a term's range."""

    n: int
    term: int = 0
    range: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found; ``member`` by whom, where not by the applicant ("": who has no name yet)."""

    case: ListedCase
    member: str | None = None
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, and where the next one begins; None after the last. A page may be short, or empty, before that."""

    hits: tuple[Hit, ...]
    more: After | None


@dataclass(frozen=True, slots=True)
class Few:
    """Cases, what was begun last first, that have keys of all terms but the others, which they may not meet."""

    places: tuple[int, ...]
    others: tuple[Term, ...] = ()


def found(store: Store, words: str, limit: int, after: After | None = None) -> Found:
    """The cases, none of the bin, that meet every term of the words, each once; nothing where nothing is asked.

    What fits one page comes with what was touched last first. A few hundred come with what was begun last first. More
    come by key: what is just the term before what goes on, and of one key what was begun last first.
    """
    terms = [Term(ranges) for ranges in ranges_of(words)]
    if not terms:
        return Found((), None)
    if after is not None and after.key:
        return _walked(store, terms, limit, after)
    # What was few on the first page is not called many on the next for a case that came in between.
    times = 1 if after is None else 2
    if not terms[1:]:
        few = _few_of_one(store, terms[0], FEW * times, after)
        return _looked_into(store, terms, few, limit, after) if few else _walked(store, terms, limit, after)
    counts = [_count(store, term, FEW_OF_SEVERAL * times + 1) for term in terms]
    rare = [term for term, count in zip(terms, counts, strict=True) if count <= FEW_OF_SEVERAL * times]
    # What one very common term leaves of many cannot all be looked into: the newest of them may be none of its own.
    if rare and (len(rare) == len(terms) or min(counts) <= EXAMINED):
        few = _few_of_several(store, terms, rare, after)
        return _looked_into(store, terms, few, limit, after)
    return _walked(store, terms, limit, after or After(LAST, counts.index(min(counts))))


def _few_of_one(store: Store, term: Term, many: int, after: After | None) -> Few | None:
    """The cases that a term leaves; None where it has too many keys."""
    ranges, ends = _ranges(term)
    # One text instead of hundreds of rows: most of them are only counted.
    sql = f"SELECT count(*), json_group_array(n) FROM ({ranges} LIMIT ?)"
    keys, places = store.read(sql, (*ends, many + 1)).fetchone()
    before = after.n if after else LAST
    return None if keys > many else Few(tuple(sorted({n for n in loads(places) if n < before}, reverse=True)))


def _few_of_several(store: Store, terms: Sequence[Term], rare: Sequence[Term], after: After | None) -> Few:
    """The cases that the rare ones of several terms leave, as many as are looked into for one page."""
    among, ends = _among(rare)
    sql = f"SELECT DISTINCT n FROM ({among}) WHERE n < ? ORDER BY n DESC LIMIT ?"
    places = store.read(sql, (*ends, after.n if after else LAST, EXAMINED)).fetchall()
    return Few(tuple(n for (n,) in places), tuple(term for term in terms if term not in rare))


def _count(store: Store, term: Term, at_most: int) -> int:
    ranges, ends = _ranges(term)
    return int(store.read(f"SELECT count(*) FROM ({ranges} LIMIT ?)", (*ends, at_most)).fetchone()[0])


def _ranges(term: Term) -> tuple[str, tuple[Value, ...]]:
    ends = tuple(end for one in term.ranges for end in (one.low, one.high))
    return " UNION ALL ".join([IN_RANGE] * len(term.ranges)), ends


def _among(terms: Sequence[Term]) -> tuple[str, tuple[Value, ...]]:
    """The cases that have keys of every term; the first one is gone through, the others are what it is held against."""
    (among, values), *others = map(_ranges, terms)
    for ranges, ends in others:
        among, values = f"SELECT n FROM ({among}) WHERE n IN ({ranges})", (*values, *ends)
    return among, values


def _looked_into(store: Store, terms: Sequence[Term], few: Few, limit: int, after: After | None) -> Found:
    """A page of those of a few cases that meet every term."""
    hits: list[Hit] = []
    last = after.n if after else LAST
    for row in _rows_at(store, few.places, AT_ONCE if few.others else limit + 1):
        if all(term.is_met(row[WIDTH]) for term in few.others):
            if len(hits) == limit:
                return Found(tuple(hits), After(last))
            hits.append(_hit(row, terms))
        last = row[0]
    if len(few.places) == EXAMINED:
        return Found(tuple(hits), After(few.places[-1]))
    if after is None:
        hits.sort(key=lambda hit: (hit.case.touched, hit.case.n), reverse=True)
    return Found(tuple(hits), None)


def _rows_at(store: Store, places: Sequence[int], at_once: int) -> Iterator[Row]:
    """The cases at these places, in their order, as far as they are wanted; none of the bin."""
    sql = f"""SELECT {LISTED}, findable FROM (SELECT value AS place, key AS nth FROM json_each(?))
              CROSS JOIN cases ON n = place WHERE deleted_at IS NULL ORDER BY nth"""
    for start in range(0, len(places), at_once):
        yield from store.read(sql, (dumps(places[start : start + at_once]),)).fetchall()


def _walked(store: Store, terms: Sequence[Term], limit: int, after: After | None) -> Found:
    """A page along the keys of one term; a case counts at its first key alone."""
    start = after or After(LAST)
    leader = terms[start.term]
    others = [term for term in terms if term is not leader]
    hits: list[Hit] = []
    last = (start.range, start.key, start.n)
    for seen, (place, row) in enumerate(_along(store, leader, start, AT_ONCE if others else limit + 1), 1):
        *_, text, key = row
        if leader.is_first(text, place, key) and (not others or all(term.is_met(text) for term in others)):
            if len(hits) == limit:
                return Found(tuple(hits), After(last[-1], start.term, *last[:-1]))
            hits.append(_hit(row, terms))
        last = (place, key, row[0])
        if seen == EXAMINED:
            return Found(tuple(hits), After(row[0], start.term, place, key))
    return Found(tuple(hits), None)


def _along(store: Store, term: Term, after: After, at_once: int) -> Iterator[tuple[int, Row]]:
    """The cases at the keys of a term's ranges, from a place on; a case as often as it has such keys."""
    sql = f"""SELECT {LISTED}, findable, key FROM search_keys CROSS JOIN cases USING (n)
              WHERE key >= ? AND key < ? AND (key > ? OR n < ?) AND deleted_at IS NULL ORDER BY key, n DESC LIMIT ?"""
    key, n = after.key, after.n
    for place, one in enumerate(term.ranges[after.range :], after.range):
        full = True
        while full:
            rows = store.read(sql, (max(key, one.low), one.high, key, n, at_once)).fetchall()
            for row in rows:
                yield place, row
            full = len(rows) == at_once
            if rows:
                key, n = rows[-1][-1], rows[-1][0]
        key = ""


def _hit(row: Row, terms: Sequence[Term]) -> Hit:
    member, by_phone = None, False
    for term in terms:
        whose, phone = term.met_by(row[WIDTH])
        member = whose if member is None else member
        by_phone = by_phone or phone
    return Hit(listed_of(row[:WIDTH]), member, by_phone)
