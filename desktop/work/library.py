"""The policies and localities on this machine, read once."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from desktop.domain.problems import Fault, Problem, Refused
from desktop.policy.law.localities import Locality, read_locality
from desktop.policy.law.locality_values import value_faults
from desktop.policy.law.reading import read_clauses, read_policy
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.law.shown_rules import Clause
from desktop.policy.proof.against_frameworks import documents_above
from desktop.work.files import read_bytes

T = TypeVar("T")
BESIDE = ("clauses.toml", "scenarios.toml")


@dataclass(frozen=True, slots=True)
class Library:
    """Policies, localities and gists by id, and the file that each came from with its fingerprint."""

    policies: dict[str, Policy]
    localities: dict[str, Locality]
    clauses: dict[str, tuple[Clause, ...]]
    files: dict[str, Path]
    fingerprints: dict[str, str]

    def rules(self, locality_id: str) -> Rules:
        """The rules that apply in a locality.

        Raises:
            Refused: where the locality, or the policy that it names, is not here.
        """
        locality = self.localities.get(locality_id)
        if locality is None:
            known = "、".join(self.localities)
            raise Refused((Fault("locality", f"没有名为「{locality_id}」的地区参数。", f"现有：{known}。"),))
        policy = self.policies.get(locality.policy)
        if policy is None:
            known = "、".join(self.policies)
            what = f"地区「{locality.id}」所用的政策「{locality.policy}」不在本机。"
            raise Refused((Fault("locality", what, f"现有：{known}。"),))
        return Rules(policy, locality)

    def above(self, policy_id: str) -> tuple[str, ...]:
        """The documents above a policy that are here, the nearest first (A17)."""
        return tuple(one.id for one in documents_above(self.policies[policy_id], self.policies))

    def with_locality(self, path: Path) -> tuple["Library", str]:
        """This library and a locality file from elsewhere, with the locality's id.

        Raises:
            Problem, Refused: where the file cannot be read.
        """
        locality = read_toml(path, read_locality)
        faults = _unfit(self.policies, locality)
        if faults:
            raise Refused(faults)
        found = {**self.localities, locality.id: locality}
        files = {**self.files, locality.id: path}
        prints = {**self.fingerprints, locality.id: fingerprint(path)}
        return replace(self, localities=found, files=files, fingerprints=prints), locality.id


def load_library(folder: Path) -> Library:
    """Reads every policy and locality of a folder: ``<jurisdiction>/<document>.toml`` and ``localities/*.toml``.

    Raises:
        Refused: with every fault of every file, by file and path.
    """
    policies: dict[str, Policy] = {}
    localities: dict[str, Locality] = {}
    clauses: dict[str, tuple[Clause, ...]] = {}
    files: dict[str, Path] = {}
    faults: list[Fault] = []
    for path in policy_files(folder):
        policy = _try(path, read_policy, faults)
        if policy:
            _once(policy.id, path, files, faults)
            policies[policy.id], files[policy.id] = policy, path
            gists = path.with_name(BESIDE[0])
            clauses[policy.id] = (_try(gists, read_clauses, faults) or ()) if gists.exists() else ()
    for path in sorted((folder / "localities").glob("*.toml")):
        locality = _try(path, read_locality, faults)
        if locality:
            _once(locality.id, path, files, faults)
            localities[locality.id], files[locality.id] = locality, path
            faults += [replace(one, path=f"localities/{path.name}: {one.path}") for one in _unfit(policies, locality)]
    if faults:
        raise Refused(tuple(faults))
    prints = {name: fingerprint(path) for name, path in files.items()}
    return Library(policies, localities, clauses, files, prints)


def policy_files(folder: Path) -> Iterator[Path]:
    """The policy files of a folder, in order."""
    for path in sorted(folder.glob("*/*.toml")):
        if path.parent.name != "localities" and path.name not in BESIDE:
            yield path


def read_toml(path: Path, read: Callable[[object], T]) -> T:
    """A file's TOML with exact numbers, read into a value.

    Raises:
        Problem: where it is no TOML. Refused: where its content is not what it should be.
    """
    try:
        data = tomllib.loads(read_bytes(path).decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{path} 不是 UTF-8 的 TOML 文件：{error}。", "请用文本编辑器更正所指的一行。") from error
    return read(data)


def _unfit(policies: dict[str, Policy], locality: Locality) -> tuple[Fault, ...]:
    """The values of a locality that its policy cannot compute by."""
    policy = policies.get(locality.policy)
    return value_faults(policy, locality) if policy else ()


def fingerprint(path: Path) -> str:
    """The file's SHA-256, by which a sealed assessment names the very rules it was made by."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def _try(path: Path, read: Callable[[object], T], faults: list[Fault]) -> T | None:
    """A file read into a value; what is wrong with it joins the faults, and the other files are read all the same."""
    try:
        return read_toml(path, read)
    except Refused as refused:
        faults.extend(replace(fault, path=f"{path.parent.name}/{path.name}: {fault.path}") for fault in refused.faults)
    except Problem as problem:
        faults.append(Fault(f"{path.parent.name}/{path.name}", problem.what, problem.remedy))
    return None


def _once(name: str, path: Path, files: dict[str, Path], faults: list[Fault]) -> None:
    """An id names one file of the library, whether policy or locality."""
    if name in files:
        what = f"「{name}」已是 {files[name].parent.name}/{files[name].name} 的编号。"
        faults.append(Fault(f"{path.parent.name}/{path.name}: id", what, "请给每份文件各自的编号。"))
