"""The named measurements that identification tests speak of: the only code behind a policy's metrics."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.policy.recognition.household import Means
from desktop.policy.recognition.property import property_within_rule
from desktop.policy.recognition.spans import Span
from desktop.policy.recognition.survey import Survey


@dataclass(frozen=True, slots=True)
class Metric:
    """An amount as so many times the income and so many times the medical cost; ``patient``: the patient's cost alone.

    ``per_head``: shared by the counted members and by twelve months.
    """

    of_income: int
    of_medical: int
    per_head: bool = False
    patient: bool = False

    def medical(self, means: Means) -> Span:
        """The medical cost that it speaks of."""
        return means.patient_medical if self.patient else means.medical

    def amount(self, means: Means) -> int | None:
        """The household's amount of the whole period in fen, before it is shared; None where it is not known."""
        fen = 0
        for factor, span in ((self.of_income, means.income), (self.of_medical, self.medical(means))):
            if factor:
                if span.low is None or span.low != span.high:
                    return None
                fen += factor * span.low
        return fen


AMOUNT_METRICS = {
    "income_per_person": Metric(1, 0, per_head=True),
    "income_after_medical_per_person": Metric(1, -1, per_head=True),
    "medical_self_pay": Metric(0, 1),
    "patient_medical_self_pay": Metric(0, 1, patient=True),
}
FILED_STAYS = "filed_stays_self_pay"  # not over the rule's period but by years: recognition/filed_stays.py


def _property(survey: Survey) -> bool | None:
    return property_within_rule(survey.case, survey.rules.locality, survey.day)


FACT_METRICS: dict[str, Callable[[Survey], bool | None]] = {
    "property_within_rule": _property,
    "registered_in_province": lambda survey: survey.patient.registered_in_province,
    "insured_in_province": lambda survey: survey.patient.insured_in_province,
}


def fact_path(metric: str, survey: Survey) -> str:
    """Where in the case file the fact of a metric stands."""
    return (
        "household.property_ok" if metric == "property_within_rule" else f"{survey.place_of(survey.patient)}.{metric}"
    )
