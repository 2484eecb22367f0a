"""OpenFisca run on cases: their facts as columns, one simulation for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tests.benchmarks.openfisca_peer.benefit import BENEFIT
from tests.benchmarks.openfisca_peer.entities import FACTS, NEVER, Expense, Household, Person, Verdict
from tests.benchmarks.openfisca_peer.identification import IDENTIFICATION
from tests.benchmarks.openfisca_peer.law import parameters

YEAR = 2024
AMOUNTS = ("in_scope", "prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
Known = Any  # of a case in which nothing is unknown
Facts = dict[str, Any]
Columns = dict[str, list[Any]]


class Peer:
    """OpenFisca with the rules in it. Left out, in its favour: premium subsidies, workers, hints, all but one identity."""

    def __init__(self) -> None:
        self.system = TaxBenefitSystem([Expense, Person, Household])
        self.system.add_variables(*FACTS, *IDENTIFICATION, *BENEFIT)
        self.system.parameters = parameters()

    def payables(self, cases: Sequence[Known]) -> list[int]:
        """What each expense of the cases is paid, in fen."""
        return [round(float(yuan) * 100) for yuan in self._simulation(cases).calculate("payable", YEAR)]

    def eligible(self, cases: Sequence[Known], standards: Sequence[float]) -> list[bool]:
        """Which of the cases are recognised, where each household has a standard of its own, in yuan."""
        simulation = self._simulation(cases)
        simulation.set_input("dibao_standard", YEAR, np.array(standards))
        verdicts = simulation.calculate("verdict", YEAR)
        return [bool(one) for one in verdicts == Verdict.eligible]

    def traced(self, case: Known) -> Any:
        """A case computed with its trace on: the tracer, which can print it."""
        simulation = self._simulation([case])
        simulation.trace = True
        simulation.calculate("assistance", YEAR)
        return simulation.tracer

    def printed(self, case: Known) -> list[str]:
        """The same with the trace as OpenFisca prints it."""
        lines: list[str] = self.traced(case).computation_log.lines()
        return lines

    def _simulation(self, cases: Sequence[Known]) -> Simulation:
        """The cases side by side, a column a fact."""
        columns: Columns = defaultdict(list)
        persons: list[int] = []
        households: list[int] = []
        for case in cases:
            put(columns, household_facts(case))
            places: dict[str, int] = {}
            for expense in case.expenses:
                if expense.patient not in places:
                    places[expense.patient] = len(columns["identity"])
                    put(columns, person_facts(case, case.member(expense.patient)))
                put(columns, expense_facts(expense))
                persons.append(places[expense.patient])
                households.append(len(columns["heads"]) - 1)
        simulation = self._joined(np.array(persons), np.array(households))
        for name, column in columns.items():
            simulation.set_input(name, "ETERNITY", np.array(column))
        return simulation

    def _joined(self, persons: Any, households: Any) -> Simulation:
        """A simulation of so many expenses, each with the place of its person and its household."""
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        builder.declare_person_entity("expense", range(len(persons)))
        for key, places in (("person", persons), ("household", households)):
            group = builder.declare_entity(key, range(places.max() + 1))
            builder.join_with_persons(group, places, np.zeros(len(places), int))
        return builder.build(self.system)


def put(columns: Columns, facts: Facts) -> None:
    """One row more."""
    for name, value in facts.items():
        columns[name].append(value)


def household_facts(case: Known) -> Facts:
    """What the rules ask of a household."""
    household = case.household
    counted = {member.id for member in household.members if member.counted}
    return {
        "asks_to_be_recognised": case.matter == "illness_poverty",
        "applied_on": case.applied_on,
        "surveyed_on": case.surveyed_on or case.applied_on,
        "residence": household.residence,
        "property_ok": household.property_ok,
        "heads": len(counted),
        "income": sum(one.amount.fen for one in household.incomes if one.counted and one.member in counted) / 100,
    }


def person_facts(case: Known, member: Known) -> Facts:
    """What the rules ask of somebody who is ill; of several identities the last."""
    held = member.identities[-1] if member.identities else None
    insurance = [entry for entry in member.insurance if entry.year == YEAR]
    used = member.used_in(YEAR)
    return {
        "is_patient": member.id == case.patient,
        "counted": member.counted,
        "identity": held.kind if held else "nobody",
        "identity_since": held.since if held else NEVER,
        "identity_until": (held.until or NEVER) if held else NEVER,
        "has_scheme": any(entry.scheme != "none" for entry in insurance),
        "enrolled_on": min((entry.enrolled_on for entry in insurance if entry.enrolled_on), default=NEVER),
        "deductible_used_before": used.deductible_used.fen / 100 if used else 0.0,
        "assistance_paid_before": used.assistance_paid.fen / 100 if used else 0.0,
    }


def expense_facts(expense: Known) -> Facts:
    """What the rules ask of an expense."""
    return {
        "settled_on": expense.settled_on,
        "kind": expense.kind,
        "referral": expense.referral,
        "designated": expense.designated,
        "emergency_rescue": expense.emergency_rescue,
        **{key: getattr(expense, key).fen / 100 for key in AMOUNTS},
    }
