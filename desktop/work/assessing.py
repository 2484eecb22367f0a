"""Assessing: a draft as it stands in the window, or case files as they come in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.domain.case import Case
from desktop.domain.problems import Fault, Problem, Refused
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.rules import Rules
from desktop.work.files import read_bytes
from desktop.work.library import Library
from desktop.work.office import Office


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft comes to: a case and its assessment, or the faults that stand in the way."""

    case: Case | None
    assessment: Assessment | None
    faults: tuple[Fault, ...]
    rules: Rules | None = None


def assess_draft(office: Office, draft: object) -> Outcome:
    """Reads and assesses a draft; never fails: what cannot be read is a fault by path."""
    try:
        case = read_case(draft, office.library.localities)
        rules = office.library.rules(case.locality)
    except Refused as refused:
        return Outcome(None, None, refused.faults)
    return Outcome(case, assess(case, rules, office.today()), (), rules)


@dataclass(frozen=True, slots=True)
class Assessed:
    """A case file with the rules that apply to it and what it comes to."""

    case: Case
    rules: Rules
    assessment: Assessment


def assess_files(library: Library, paths: Sequence[Path], locality: str | None, on: date) -> list[Assessed]:
    """Assesses case files, all or none; ``locality`` (id or path) overrides the cases' own.

    Raises:
        Refused: with every fault of every file; the good ones are not computed either.
    """
    faults: list[Fault] = []
    found: list[tuple[Case, Rules]] = []
    for path in paths:
        try:
            found.append(read_case_file(library, path, locality))
        except Refused as refused:
            faults.extend(replace(fault, path=f"{path}: {fault.path}") for fault in refused.faults)
        except Problem as problem:
            faults.append(Fault(f"{path}: 文件", problem.what, problem.remedy))
    if faults:
        raise Refused(tuple(faults))
    return [Assessed(case, rules, assess(case, rules, on)) for case, rules in found]


def read_case_file(library: Library, path: Path, locality: str | None = None) -> tuple[Case, Rules]:
    """A case file and the rules of its locality, which may be an id or a path.

    Raises:
        Problem: where it is no JSON. Refused: with every fault by path.
    """
    data = read_json(path)
    stated = data.get("locality") if isinstance(data, dict) else None
    wanted = locality or (stated.strip() if isinstance(stated, str) else "")
    case: Case | None = None
    rules: Rules | None = None
    faults: list[Fault] = []
    try:
        case = read_case(data)
    except Refused as refused:
        faults.extend(refused.faults)
    try:
        rules = _rules_at(library, wanted, path.parent) if wanted else None
    except Refused as refused:
        faults.extend(refused.faults)
    except Problem as problem:
        faults.append(Fault("locality", problem.what, problem.remedy))
    if faults or case is None or rules is None:
        raise Refused(tuple(faults))
    return replace(case, locality=rules.locality.id), rules


def _rules_at(library: Library, wanted: str, beside: Path) -> Rules:
    if wanted not in library.localities:
        for path in (Path(wanted), beside / wanted):
            if path.is_file():
                return _rules_of_file(library, path)
    return library.rules(wanted)


def _rules_of_file(library: Library, path: Path) -> Rules:
    try:
        more, locality_id = library.with_locality(path)
    except Refused as refused:
        raise Refused(
            tuple(replace(fault, path=f"locality: {path.name}: {fault.path}") for fault in refused.faults)
        ) from refused
    return more.rules(locality_id)


def read_json(path: Path) -> object:
    """A file's JSON with exact numbers; a key that stands twice is refused.

    Raises:
        Problem: where it is no JSON.
    """
    try:
        return json.loads(
            read_bytes(path).decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_key_once,
        )
    except (ValueError, RecursionError) as error:
        raise Problem("不是 UTF-8 的 JSON 文件。", "请用导出的案件文件，或按格式更正。") from error


def _no_number(word: str) -> object:
    raise ValueError(word)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key stands twice")
    return table
