"""A scenario made ready to be tried: its case and its locality's numbers read once, for any version of its policy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.case import Case
from desktop.domain.problems import Fault, Refused
from desktop.domain.reading import read_case
from desktop.policy.law.localities import Locality, read_locality
from desktop.policy.law.locality_values import locality_faults
from desktop.policy.law.rules import Policy
from desktop.policy.proof.scenarios import UNKNOWN, Expected, Scenario, Table, read_scenarios

# What a locality file calls its lists, and what the locality calls them.
LISTS = {
    "dibao_standard": "dibao_standards",
    "per_capita_disposable_income": "disposable_incomes",
    "premium": "premiums",
    "property_rule": "property_rules",
}
HEAD = ("id", "name", "region_code", "policy", "source", "verified")


@dataclass(frozen=True, slots=True)
class Trial:
    """A scenario's case under its locality's numbers, with the answer that was signed; ``refused`` where it is no case."""

    name: str
    assessed_on: date
    case: Case | None
    refused: tuple[Fault, ...]
    locality: Locality
    expected: Expected


def trials_of(policy: Policy, localities: Mapping[str, Locality], data: object) -> tuple[Trial, ...]:
    """Every scenario of a policy's parsed ``scenarios.toml``, made ready.

    Versions of a document share the scenarios beside them: those in a locality of another policy are that one's.

    Raises:
        Refused: where the scenarios cannot be read, or name what is not there, with every fault by path.
    """
    book = read_scenarios(data)
    faults: list[Fault] = []
    trials = []
    for place, scenario in enumerate(book.scenarios):
        base = localities.get(scenario.locality_id)
        if base is None:
            path = "locality" if scenario.locality_id == book.locality else f"scenarios[{place}].locality_id"
            known = f"现有：{'、'.join(localities)}。"
            faults.append(Fault(path, f"没有名为「{scenario.locality_id}」的地区参数。", known))
            continue
        if base.policy != policy.id:
            continue
        try:
            trials.append(_trial(scenario, _locality(policy, base, scenario.locality)))
        except Refused as refused:
            path = f"scenarios[{place}].locality"
            faults += [replace(fault, path=f"{path}.{fault.path}") for fault in refused.faults]
    if faults:
        raise Refused(tuple(dict.fromkeys(faults)))
    return tuple(trials)


def _trial(scenario: Scenario, locality: Locality) -> Trial:
    case: Case | None = None
    refused: tuple[Fault, ...] = ()
    try:
        case = read_case(scenario.case)
    except Refused as trouble:
        refused = trouble.faults
    return Trial(scenario.name, scenario.assessed_on, case, refused, locality, scenario.expected)


def _locality(policy: Policy, base: Locality, said: Table) -> Locality:
    """The locality with the scenario's numbers in place of its own; UNKNOWN takes one away.

    Raises:
        Refused: where those numbers cannot be read, or are not what the policy asks for.
    """
    if not said:
        return base
    stated = said.get("values")
    values = dict(stated) if isinstance(stated, Mapping) else {}
    numbers = {key: [] if value == UNKNOWN else value for key, value in said.items()}
    if isinstance(stated, Mapping):
        numbers["values"] = {key: value for key, value in values.items() if value != UNKNOWN}
    read = read_locality({**{key: getattr(base, key) for key in HEAD}, **numbers})
    faults = locality_faults(policy, read)
    if faults:
        raise Refused(faults)
    kept = {key: value for key, value in base.values.items() if key not in values}
    locality = replace(base, verified=read.verified, values={**kept, **read.values})
    for key, name in LISTS.items():
        if key in said:
            locality = replace(locality, **{name: getattr(read, name)})
    return locality
