"""The identification as OpenFisca's variables: what the patients bore, the line of the survey day, the verdict."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.variables import Variable

from tests.benchmarks.openfisca_peer.entities import NEVER, YEAR, Expense, Household, Person, Status, Verdict


def month_end(days):
    """The last day of the day's month."""
    return (days.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


def months_before(days, months):
    """Calendar months earlier; a day that the month lacks becomes its last day."""
    month = days.astype("datetime64[M]")
    first = (month - months).astype("datetime64[D]")
    return np.minimum(first + (days - month.astype("datetime64[D]")), month_end(first))


class status(Variable):
    value_type = Enum
    possible_values = Status
    default_value = Status.not_insured
    entity = Expense
    definition_period = YEAR
    label = "是否参保"
    reference = "四（二）"

    def formula(expense, period):
        enrolled_on = expense.person("enrolled_on", period)
        by_then = enrolled_on <= expense("settled_on", period)
        insured = (expense("basic_paid", period) > 0) | expense.person("has_scheme", period) | by_then
        return np.select(
            [insured, enrolled_on < np.datetime64(NEVER)], [Status.insured, Status.enrolled_late], Status.not_insured
        )


class self_pay(Variable):
    value_type = float
    entity = Expense
    definition_period = YEAR
    label = "政策范围内个人自付"
    reference = "三（一）、四（二）"

    def formula(expense, period):
        borne = expense("in_scope", period) - expense("basic_paid", period) - expense("major_paid", period)
        added = expense("prior_self_pay", period) + expense("over_price_limit", period)
        return np.maximum(0, borne + (expense("status", period) == Status.insured) * added)


class medical(Variable):
    value_type = float
    entity = Household
    definition_period = YEAR
    label = "12 个月自付合规医疗费用"
    reference = "一（一）"

    def formula(household, period, parameters):
        day = household.members.household("surveyed_on", period)
        settled_on = household.members("settled_on", period)
        inside = (months_before(day, parameters(period).window_months) <= settled_on) & (settled_on <= day)
        counts = inside & household.members.person("counted", period)
        return household.sum(counts * household.members("self_pay", period))


class dibao_standard(Variable):
    value_type = float
    entity = Household
    definition_period = YEAR
    label = "调查日的最低生活保障标准"
    reference = "一（一）"

    def formula(household, period, parameters):
        surveyed_on, residence = household("surveyed_on", period), household("residence", period)
        standard = household.filled_array(0.0)
        for day in np.unique(surveyed_on):
            there = surveyed_on == day
            standard[there] = parameters(str(day)).dibao_standard[residence][there]
        return standard


class line_for_year(Variable):
    value_type = float
    entity = Household
    definition_period = YEAR
    label = "全家 12 个月标准线（一倍）"
    reference = "一（一）"

    def formula(household, period):
        return household("dibao_standard", period) * 12 * household("heads", period)


class holds_better_identity(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "调查日已有更优身份"
    reference = "一（一）"

    def formula(person, period, parameters):
        day = person.household("surveyed_on", period)
        held = (person("identity_since", period) <= day) & (day <= person("identity_until", period))
        return person("is_patient", period) & held & parameters(period).better[person("identity", period)]


class verdict(Variable):
    value_type = Enum
    possible_values = Verdict
    default_value = Verdict.ineligible
    entity = Household
    definition_period = YEAR
    label = "认定结论"
    reference = "一（一）"

    def formula(household, period, parameters):
        times = parameters(period).times
        income, line = household("income", period), household("line_for_year", period)
        property_ok = household("property_ok", period)
        asked = household("asks_to_be_recognised", period)
        holds_better = household.any(household.members.person("holds_better_identity", period))
        redirect = property_ok & ((income < times.dibao * line) | (income < times.dibao_marginal * line))
        below = income - household("medical", period) < times.illness_poverty * line
        return np.select(
            [~asked | holds_better, redirect, property_ok & below],
            [Verdict.ineligible, Verdict.redirect, Verdict.eligible],
            Verdict.ineligible,
        )


IDENTIFICATION = (status, self_pay, medical, dibao_standard, line_for_year, holds_better_identity, verdict)
