"""Whether a policy's scenarios notice every small change of it: what nobody notices, nobody has checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop.domain.problems import Fault, Refused
from desktop.policy.law.localities import Locality
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Policy
from desktop.policy.proof.answers import differences
from desktop.policy.proof.mutants import Mutant, Table, mutants_of
from desktop.policy.proof.trials import Trial, trials_of

# At least so much of the changes must be noticed.
ENOUGH = Decimal("0.95")
Fate = Literal["noticed", "survived", "refused"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a mutant: ``noticed`` by the scenario ``by``, ``survived``, or ``refused`` in reading."""

    mutant: Mutant
    fate: Fate
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The mutants that nobody noticed, and how many were noticed or refused; those refused are not counted."""

    survivors: tuple[Mutant, ...]
    noticed: int
    refused: int

    @property
    def share(self) -> Decimal:
        """Which share of the mutants was noticed."""
        tried = self.noticed + len(self.survivors)
        return Decimal(self.noticed) / tried if tried else Decimal(1)

    @property
    def enough(self) -> bool:
        """Whether the scenarios notice as much as they must."""
        return self.share >= ENOUGH


def try_mutants(data: Table, localities: Mapping[str, Locality], scenarios: object) -> Iterator[Tried]:
    """Tries every mutant of a policy's parsed TOML on its parsed scenarios, one by one.

    The scenario that noticed the last mutant is the first to be asked about the next: neighbours fall to the same one.

    Raises:
        Refused: where the policy or its scenarios cannot be read, or a scenario fails before anything is changed.
    """
    policy = read_policy(data)
    trials = list(trials_of(policy, localities, scenarios))
    failing = [trial.name for trial in trials if not passes(policy, trial)]
    if failing:
        raise Refused(tuple(Fault("scenarios", f"「{name}」未通过。", "请先让全部场景通过。") for name in failing))
    for mutant in mutants_of(data):
        yield _tried(mutant, trials)


def _tried(mutant: Mutant, trials: list[Trial]) -> Tried:
    """A mutant's fate; the trial that noticed it moves to the front."""
    try:
        policy = read_policy(mutant.data)
    except Refused:
        return Tried(mutant, "refused")
    for place, trial in enumerate(trials):
        if not passes(policy, trial):
            trials.insert(0, trials.pop(place))
            return Tried(mutant, "noticed", trial.name)
    return Tried(mutant, "survived")


def passes(policy: Policy, trial: Trial) -> bool:
    """Whether a policy gives the signed answer."""
    return next(differences(policy, trial), None) is None


def score_of(tried: list[Tried]) -> Score:
    """What all of them come to."""
    fates = [one.fate for one in tried]
    survivors = tuple(one.mutant for one in tried if one.fate == "survived")
    return Score(survivors, fates.count("noticed"), fates.count("refused"))
