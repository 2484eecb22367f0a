"""Checking policy and locality files: their shape, and the scenarios that a policy officer signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.problems import Problem, Refused
from desktop.policy.law.localities import Locality, read_locality
from desktop.policy.law.reading import read_clauses, read_policy
from desktop.policy.proof.answers import check_scenarios, locality_faults
from desktop.work.library import BESIDE, Library, read_toml


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, a line a file, and what failed, a line a fault."""

    lines: tuple[str, ...]
    failures: tuple[str, ...]


def check_files(library: Library, paths: Sequence[Path]) -> Checked:
    """Checks policy and locality files; none named: every shipped one.

    Raises:
        Problem: where a path holds no TOML.
    """
    lines: list[str] = []
    failures: list[str] = []
    for path in paths or tuple(library.files.values()):
        try:
            said, faults = _check(library, path)
        except Refused as refused:
            said, faults = "未通过", [str(fault) for fault in refused.faults]
        lines.append(f"{path.name}：{said}")
        failures += [f"{path}: {fault}" for fault in faults]
    return Checked(tuple(lines), tuple(failures))


def _check(library: Library, path: Path) -> tuple[str, list[str]]:
    data = read_toml(path, lambda table: table)
    assert isinstance(data, Mapping)
    if path.name in BESIDE:
        raise Problem(f"{path.name} 随政策文件一起检查。", "请指明它旁边的政策文件。")
    if "region_code" in data:
        return _check_locality(library, read_locality(data))
    return _check_policy(library, path)


def _check_locality(library: Library, locality: Locality) -> tuple[str, list[str]]:
    policy = library.policies.get(locality.policy)
    if policy is None:
        known = "、".join(library.policies)
        return "未通过", [f"policy: 没有名为「{locality.policy}」的政策。现有：{known}。"]
    faults = [str(fault) for fault in locality_faults(policy, locality)]
    return f"{locality.id} {locality.name} {'未通过' if faults else '通过'}", faults


def _check_policy(library: Library, path: Path) -> tuple[str, list[str]]:
    policy = read_toml(path, read_policy)
    clauses = path.with_name(BESIDE[0])
    gists = read_toml(clauses, read_clauses) if clauses.exists() else ()
    scenarios = path.with_name(BESIDE[1])
    if not scenarios.exists():
        return f"{policy.id} 格式通过，{len(gists)} 条要旨，没有场景", []
    outcomes = check_scenarios(policy, library.localities, read_toml(scenarios, lambda table: table))
    failed = [outcome for outcome in outcomes if outcome.differences]
    faults = [f"{outcome.name}：{difference}" for outcome in failed for difference in outcome.differences]
    passed = len(outcomes) - len(failed)
    return f"{policy.id} 格式通过，{len(gists)} 条要旨，{passed}/{len(outcomes)} 个场景通过", faults
