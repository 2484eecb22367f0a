"""Proving policy files for the command line: where each clause went, and whether the scenarios notice every change."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.policy.proof.coverage import Coverage, Row, coverage
from desktop.policy.proof.mutants import mutants_of
from desktop.policy.proof.mutation import ENOUGH, Score, Tried, try_mutants
from desktop.policy.steps import percent
from desktop.work.library import BESIDE, Library, read_toml

HANDLED = {"computed": "计算", "shown": "提示", "set_aside": "不办理"}
MOST_PLACES = 5


def covered(library: Library, wanted: str | None) -> Coverage:
    """The table of clauses of one document, or of all.

    Raises:
        Problem: where there is no such policy.
    """
    if wanted is not None:
        _policy_file(library, wanted)
    whole = coverage(library.policies, library.clauses)
    if wanted is None:
        return whole
    rows = tuple(row for row in whole.rows if wanted in row.documents)
    ids = {row.clause.id for row in rows}
    about = (fault for fault in whole.faults if fault.partition("：")[0] in ids or f"：{wanted} " in fault)
    return Coverage(rows, tuple(about))


def _policy_file(library: Library, wanted: str) -> Path:
    if wanted not in library.policies:
        raise Problem(f"没有名为「{wanted}」的政策。", f"现有：{'、'.join(library.policies)}。")
    return library.files[wanted]


def coverage_lines(found: Coverage) -> Iterator[str]:
    """The table, a line a clause: id, place in the document, gist, how it is handled, where; a count at the end."""
    for row in found.rows:
        clause = row.clause
        note = f"（{clause.note}）" if clause.note else ""
        yield f"{clause.id}  {clause.cite}  {HANDLED[clause.handled]}  {clause.gist}{note}  {_where(row)}".rstrip()
    counts = {name: sum(row.clause.handled == handled for row in found.rows) for handled, name in HANDLED.items()}
    tally = "，".join(f"{name} {count} 条" for name, count in counts.items())
    yield f"共 {len(found.rows)} 条：{tally}；不一致 {len(found.faults)} 处。"


def _where(row: Row) -> str:
    """Where the clause is used: the first places, and how many there are."""
    own = [place.path for place in row.places if place.policy in row.documents]
    others = [f"{place.policy} {place.path}" for place in row.places if place.policy not in row.documents]
    paths = [*own, *others]
    rest = f" 等 {len(paths)} 处" if len(paths) > MOST_PLACES else ""
    return f"→ {'、'.join(paths[:MOST_PLACES])}{rest}" if paths else ""


def tried_mutants(library: Library, wanted: str) -> tuple[int, Iterator[Tried]]:
    """How many small changes of a policy there are, and each as it is tried on the policy's scenarios.

    Raises:
        Problem: where there is no such policy, or nothing to try it on. Refused: where a scenario fails already.
    """
    path = _policy_file(library, wanted)
    scenarios = path.with_name(BESIDE[1])
    if not scenarios.exists():
        raise Problem(f"「{wanted}」没有场景。", f"请在 {path.parent} 中写 {BESIDE[1]}。")
    data = read_toml(path, _table)
    tried = try_mutants(data, library.localities, read_toml(scenarios, _table))
    return len(list(mutants_of(data))), tried


def _table(data: object) -> Mapping[str, object]:
    assert isinstance(data, Mapping)
    return data


def score_lines(score: Score) -> Iterator[str]:
    """The changes that no scenario notices, a line each; at the end which share was noticed."""
    yield from (f"{mutant.path}：{mutant.before} → {mutant.after}" for mutant in score.survivors)
    tried = score.noticed + len(score.survivors)
    tally = f"{tried} 处改动，场景发现 {score.noticed} 处，占 {percent(round(score.share, 3))}"
    wanted = "" if score.enough else f"，应不低于 {percent(ENOUGH)}"
    yield f"{tally}{wanted}；另有 {score.refused} 处一读就被拒绝，不计。"
