"""Trouble that a person can put right: what is so, and what to do about it."""

from dataclasses import dataclass


class Problem(Exception):
    """A situation, not a defect: ``what`` is so and ``remedy`` is what to do, both in Chinese."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}{remedy}")
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One field that cannot stand as it is: where (``household.members[0].id_number``), what, what would be right."""

    path: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}{self.remedy}"


class Refused(Exception):
    """Input refused as a whole, with every fault that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
