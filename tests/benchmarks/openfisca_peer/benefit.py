"""The benefit as OpenFisca's variables: who serves an expense, in which turn, and what it pays."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.variables import Variable

from tests.benchmarks.openfisca_peer.entities import YEAR, Expense, Identity, Person, Referral, Status, Verdict
from tests.benchmarks.openfisca_peer.identification import month_end, months_before


def to_fen(yuan):
    """Rounded half up to the fen."""
    return np.floor(yuan * 100 + 0.5) / 100


class serving_identity(Variable):
    value_type = Enum
    possible_values = Identity
    default_value = Identity.nobody
    entity = Expense
    definition_period = YEAR
    label = "适用身份"
    reference = "二、六（二）"

    def formula(expense, period, parameters):
        law = parameters(period)
        day, applied_on = expense("settled_on", period), expense.household("applied_on", period)
        identity = expense.person("identity", period)
        until = month_end(expense.person("identity_until", period))
        held = (expense.person("identity_since", period) <= day) & (day <= until)
        inside = (months_before(applied_on, law.window_months) <= day) & (day <= applied_on)
        eligible = expense.household("verdict", period) == Verdict.eligible
        recognised = eligible & expense.person("is_patient", period) & inside
        better = held & ((law.rank[identity] < law.rank.illness_poverty) | inside)
        return np.select([better, recognised], [identity, Identity.illness_poverty.index], Identity.nobody.index)


class covered(Variable):
    value_type = bool
    entity = Expense
    definition_period = YEAR
    label = "在救助范围内"
    reference = "四（二）"

    def formula(expense, period, parameters):
        of_year = expense("settled_on", period).astype("datetime64[Y]") == np.datetime64(str(period.start.year), "Y")
        served = expense("serving_identity", period) != Identity.nobody
        designated = expense("designated", period) | expense("emergency_rescue", period)
        insured = expense("status", period) != Status.not_insured
        ratio = parameters(period).ratio[expense("kind", period)][expense("serving_identity", period)]
        return of_year & served & designated & insured & (ratio > 0)


class turn(Variable):
    value_type = int
    entity = Expense
    definition_period = YEAR
    label = "年度内的先后次序"
    reference = "四（一）"

    def formula(expense, period):
        order = expense("settled_on", period).astype("int64")
        return expense.get_rank(expense.person, order, condition=expense("covered", period))


class deductible_applied(Variable):
    value_type = float
    entity = Expense
    definition_period = YEAR
    label = "本笔再计起付线"
    reference = "四（一）"

    def formula(expense, period, parameters):
        deductible = parameters(period).deductible[expense("serving_identity", period)]
        used = expense.person("deductible_used_before", period)
        turn, self_pay = expense("turn", period), expense("self_pay", period)
        applied = expense.filled_array(0.0)
        for place in range(turn.max() + 1):
            this = (turn == place) * np.minimum(np.maximum(0, deductible - used), self_pay)
            applied += this
            used = used + expense.person.sum(this)
        return applied


class ratio(Variable):
    value_type = float
    entity = Expense
    definition_period = YEAR
    label = "救助比例"
    reference = "四（一）、四（二）"

    def formula(expense, period, parameters):
        law = parameters(period)
        off = (expense("referral", period) == Referral.missing) * law.not_referred_points_off
        share = np.where(expense("status", period) == Status.enrolled_late, law.enrolled_late_share, 1)
        return (law.ratio[expense("kind", period)][expense("serving_identity", period)] - off) * share


class computed(Variable):
    value_type = float
    entity = Expense
    definition_period = YEAR
    label = "计算金额"
    reference = "四（一）"

    def formula(expense, period):
        above = expense("self_pay", period) - expense("deductible_applied", period)
        return expense("covered", period) * to_fen(above * expense("ratio", period))


class payable(Variable):
    value_type = float
    entity = Expense
    definition_period = YEAR
    label = "本笔救助金额"
    reference = "四（一）"

    def formula(expense, period, parameters):
        cap = parameters(period).cap[expense("serving_identity", period)]
        already = expense("assistance_paid", period)
        due = np.maximum(0, expense("computed", period) - already)
        paid = expense.person("assistance_paid_before", period) + expense.person.sum(already)
        turn, pays = expense("turn", period), expense.filled_array(0.0)
        for place in range(turn.max() + 1):
            this = (turn == place) * np.minimum(due, np.maximum(0, cap - paid))
            pays += this
            paid = paid + expense.person.sum(this)
        return pays


class assistance(Variable):
    value_type = float
    entity = Person
    definition_period = YEAR
    label = "年度救助金额"
    reference = "四（一）"

    def formula(person, period):
        return person.sum(person.members("payable", period))


BENEFIT = (serving_identity, covered, turn, deductible_applied, ratio, computed, payable, assistance)
