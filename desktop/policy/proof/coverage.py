"""Where every clause of the documents went: what computes by it, what shows it, or who acts on it instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from desktop.policy.law.rules import Policy
from desktop.policy.law.shown_rules import Clause
from desktop.policy.law.sources import Source

# What the clerk is shown; the second also decides by a number, a day or a share of its own, or by the locality's.
SHOWN_ONLY = ("hints", "papers")
SHOWN_TOO = ("warnings", "burden_control", "windows", "filing_term", "locality_values", "control")
# What a file calls otherwise than the policy that is read from it; what has no table of its own there stands above.
WRITTEN = {"grace": "grace_to_month_end", "control_source": "control", "anchors_source": "anchors"}
WITHIN = ("source", "amount", "limit")
NAMES = ("id", "key", "identity")


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a policy that carries a clause, by its path in the file, and what becomes of the clause there."""

    policy: str
    path: str
    source: Source
    computed: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A clause of a document, the policies beside which its gist stands, and the places where it is used."""

    clause: Clause
    documents: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of clauses, and what does not agree, in words."""

    rows: tuple[Row, ...]
    faults: tuple[str, ...]


def coverage(policies: Mapping[str, Policy], clauses: Mapping[str, tuple[Clause, ...]]) -> Coverage:
    """Every clause with its places; ``clauses`` are the gists beside each policy, by its id."""
    places = [place for policy in policies.values() for place in places_of(policy)]
    beside: dict[tuple[Clause, ...], list[str]] = {}
    for policy_id, gists in clauses.items():
        # Versions of a document in one folder share one file of gists, and it counts once.
        beside.setdefault(gists, []).append(policy_id)
    rows = tuple(
        Row(clause, tuple(documents), tuple(place for place in places if place.source.clause == clause.id))
        for gists, documents in beside.items()
        for clause in gists
    )
    documents = {policy.id: policy.document for policy in policies.values()}
    return Coverage(rows, (*_row_faults(rows), *_place_faults(rows, places, documents)))


def places_of(policy: Policy) -> Iterator[Place]:
    """Every value of a policy that carries a clause."""
    for path, source in dict.fromkeys(_sources(policy, ())):
        ends = {path[0].partition("[")[0], path[-1]}
        shown = not ends.isdisjoint((*SHOWN_ONLY, *SHOWN_TOO))
        yield Place(policy.id, ".".join(path), source, computed=ends.isdisjoint(SHOWN_ONLY), shown=shown)


def _sources(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Source]]:
    if isinstance(value, Source):
        yield path, value
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            name = next((str(getattr(part, key)) for key in NAMES if hasattr(part, key)), str(place))
            yield from _sources(part, (*path[:-1], f"{path[-1]}[{name}]"))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _sources(part, path)
    elif is_dataclass(value):
        for field in fields(value):
            if not field.name.startswith("_"):
                inner = () if field.name in WITHIN else (WRITTEN.get(field.name, field.name),)
                yield from _sources(getattr(value, field.name), (*path, *inner))


def _row_faults(rows: tuple[Row, ...]) -> Iterator[str]:
    """A clause has one gist, and is handled as it says: by a value that computes, by what the clerk sees, or by neither."""
    first: dict[str, Row] = {}
    for row in rows:
        clause = row.clause
        if clause.id in first:
            both = "、".join((*first[clause.id].documents, *row.documents))
            yield f"{clause.id}：有两处要旨（{both}），请只保留一处。"
        first.setdefault(clause.id, row)
        where = "、".join(f"{place.policy} {place.path}" for place in row.places)
        only = f"（只见于 {where}）" if where else ""
        if clause.handled == "computed" and not any(place.computed for place in row.places):
            yield f"{clause.id}：写明由程序计算，却没有按它计算的数值{only}。"
        if clause.handled == "shown" and not any(place.shown for place in row.places):
            yield f"{clause.id}：写明由程序提示，却没有提示、材料或期限引用它{only}。"
        if clause.handled == "set_aside" and where:
            yield f"{clause.id}：写明不由本程序办理，{where} 却引用了它。"


def _place_faults(rows: tuple[Row, ...], places: list[Place], documents: Mapping[str, str]) -> Iterator[str]:
    """A clause that a policy names has its gist, at the place that the policy gives; another document's by its name too."""
    known = {row.clause.id: row for row in rows}
    for place in places:
        clause, cite = place.source.clause, place.source.cite
        row = known.get(clause)
        if row is None:
            yield f"{clause}：{place.policy} {place.path} 引用了它，clauses.toml 中没有它的要旨。"
            continue
        named = [f"{documents[one]} {row.clause.cite}" for one in row.documents if one in documents]
        if cite not in (row.clause.cite, *named):
            yield f"{clause}：{place.policy} {place.path} 写作「{cite}」，要旨写作「{row.clause.cite}」。"
