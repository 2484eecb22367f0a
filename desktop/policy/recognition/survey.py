"""What an identification is taken of: a case by one rule, over the rule's period (A8, A9)."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.case import Case
from desktop.domain.people import Member
from desktop.policy.findings import Findings
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.rules import Rules


@dataclass(frozen=True, slots=True)
class Survey:
    """A case by a rule on the survey day (or the application's, as an estimate), and where to note what is found.

    ``anchor`` is the day from which the rule's window is counted, and whose published standards apply; None: unknown.
    """

    case: Case
    rules: Rules
    rule: IdentificationRule
    day: date
    findings: Findings

    @property
    def by_survey(self) -> bool:
        """Whether the window is counted from the survey, not from the application."""
        return self.rule.window.anchor == "survey"

    @property
    def anchor(self) -> date | None:
        """The survey day, or the application's, as the rule says."""
        return self.day if self.by_survey else self.case.applied_on

    @property
    def patient(self) -> Member:
        """Whose identification it is."""
        patient = self.case.member(self.case.patient)
        assert patient is not None
        return patient

    def place_of(self, member: Member) -> str:
        """The member's path in the case file."""
        return f"household.members[{self.case.household.members.index(member)}]"
