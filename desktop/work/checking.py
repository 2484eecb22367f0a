"""Checking policy and locality files: their shape, the scenarios that were signed, and the documents above them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from desktop.domain.problems import Fault, Problem, Refused
from desktop.policy.law.localities import Locality, read_locality
from desktop.policy.law.locality_values import locality_faults
from desktop.policy.law.reading import read_clauses, read_policy
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.against_frameworks import against_frameworks, under_faults
from desktop.policy.proof.answers import Outcome, check_scenarios
from desktop.policy.proof.departures import departure_lines
from desktop.work.library import BESIDE, Library, read_toml

T = TypeVar("T")
FAILED = "未通过"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, a line a file; what a reader should know, a line a note; and what failed, a line a fault."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    failures: tuple[str, ...]


def check_files(library: Library, paths: Sequence[Path]) -> Checked:
    """Checks policy and locality files; none named: every shipped one. Those named are known to one another.

    Raises:
        Problem: where a path holds no TOML.
    """
    checking = _Checking(_joined(library, paths))
    for path in paths or tuple(library.files.values()):
        checking.check(path)
    return Checked(tuple(checking.lines), tuple(checking.notes), tuple(checking.failures))


def _joined(library: Library, paths: Sequence[Path]) -> Library:
    """The library with the named files that can be read in it; the faults of the others are told in their turn."""
    policies, localities = dict(library.policies), dict(library.localities)
    for path in paths:
        try:
            if "region_code" in _table(path):
                locality = read_toml(path, read_locality)
                localities[locality.id] = locality
            elif path.name not in BESIDE:
                policy = read_toml(path, read_policy)
                policies[policy.id] = policy
        except Refused:
            continue
    return replace(library, policies=policies, localities=localities)


def _table(path: Path) -> Mapping[str, object]:
    table = read_toml(path, lambda data: data)
    assert isinstance(table, Mapping)
    return table


@dataclass(slots=True)
class _Checking:
    """One run: the files known to it, what it says, and which policies were held against which bounds with whose numbers."""

    library: Library
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    compared: set[tuple[str, str]] = field(default_factory=set)

    def check(self, path: Path) -> None:
        """Checks one file."""
        if path.name in BESIDE:
            raise Problem(f"{path.name} 随政策文件一起检查。", "请指明它旁边的政策文件。")
        before = len(self.failures)
        try:
            locality = "region_code" in _table(path)
            said = self._locality(path) if locality else self._policy(path)
        except Refused as refused:
            said = ""
            self._fail(path, *refused.faults)
        failed = FAILED if len(self.failures) > before else ""
        self.lines.append(f"{path.name}：{'，'.join(part for part in (said, failed) if part)}")

    def _fail(self, path: Path, *faults: Fault | str) -> None:
        self.failures += [f"{path}: {fault}" for fault in faults]

    def _locality(self, path: Path) -> str:
        locality = read_toml(path, read_locality)
        policy = self.library.policies.get(locality.policy)
        if policy is None:
            known = f"现有：{'、'.join(self.library.policies)}。"
            self._fail(path, Fault("policy", f"没有名为「{locality.policy}」的政策。", known))
        else:
            self._fail(path, *locality_faults(policy, locality))
            self._bounds(path, policy, locality)
        return f"{locality.id} {locality.name}，适用 {locality.policy}"

    def _policy(self, path: Path) -> str:
        policy = read_toml(path, read_policy)
        self._fail(path, *under_faults(policy, self.library.policies))
        gists = _beside(path, BESIDE[0], read_clauses) or ()
        outcomes = _beside(path, BESIDE[1], lambda data: check_scenarios(policy, self.library.localities, data))
        for outcome in outcomes or ():
            self._fail(path, *(f"{outcome.name}：{difference}" for difference in outcome.differences))
        localities = [one for one in self.library.localities.values() if one.policy == policy.id]
        for locality in localities:
            self._bounds(path, policy, locality)
        return f"{policy.id} 格式通过，{len(gists)} 条要旨，{_tally(outcomes)}，适用地区 {len(localities)} 个"

    def _bounds(self, path: Path, policy: Policy, locality: Locality) -> None:
        """Holds the policy against the documents above it with a locality's numbers, once."""
        if (policy.id, locality.id) in self.compared:
            return
        self.compared.add((policy.id, locality.id))
        found = against_frameworks(Rules(policy, locality), self.library.policies)
        self._fail(path, *(f"{locality.id}: {one.text}" for one in found if one.breach))
        lines = departure_lines(one for one in found if not one.breach)
        self.notes += [f"提示 {policy.id} · {locality.id}：{line}" for line in lines]


def _beside(path: Path, name: str, read: Callable[[object], T]) -> T | None:
    """What stands beside a policy file, its faults under its own name; None where there is none."""
    beside = path.with_name(name)
    try:
        return read_toml(beside, read) if beside.exists() else None
    except Refused as refused:
        raise Refused(tuple(replace(fault, path=f"{name}: {fault.path}") for fault in refused.faults)) from None


def _tally(outcomes: tuple[Outcome, ...] | None) -> str:
    if outcomes is None:
        return "没有场景"
    if not outcomes:
        return "旁边的场景所用的地区都不适用本政策"
    passed = len([outcome for outcome in outcomes if not outcome.differences])
    return f"{passed}/{len(outcomes)} 个场景通过"
