"""Who and what OpenFisca computes for: its entities, its choices and the facts that it is given.

OpenFisca knows one kind of atom and groups of atoms: expenses are the atoms, patients and households their groups.
Amounts are yuan as float, which is how it keeps money.
"""

from datetime import date

from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

ETERNITY, YEAR = DateUnit.ETERNITY, DateUnit.YEAR
NEVER = date(9999, 12, 31)
EXPENSES = [{"key": "expense", "plural": "expenses"}]
Expense = build_entity("expense", "expenses", "A settled expense", is_person=True)
Person = build_entity("person", "persons", "Who is ill", roles=EXPENSES, containing_entities=["household"])
Household = build_entity("household", "households", "Who live together", roles=EXPENSES)


class Identity(Enum):
    nobody = "没有"
    tekun = "特困人员"
    orphan = "孤儿"
    unsupported_child = "事实无人抚养儿童"
    dibao = "低保对象"
    unstable_out_of_poverty = "脱贫不稳定人口"
    marginal_near_poverty = "边缘易致贫人口"
    sudden_hardship = "突发严重困难人口"
    dibao_marginal = "低保边缘家庭成员"
    illness_poverty = "因病致贫重病患者"


class Residence(Enum):
    urban = "城镇"
    rural = "农村"


class Kind(Enum):
    inpatient = "住院"
    outpatient_chronic = "门诊慢特病"
    special_drug = "门诊特药"
    outpatient = "普通门诊"


class Referral(Enum):
    not_needed = "无需转诊"
    done = "已转诊或备案"
    missing = "应办未办"


class Status(Enum):
    insured = "参保"
    enrolled_late = "费用发生后才参保"
    not_insured = "未参保"


class Verdict(Enum):
    ineligible = "不符合认定条件"
    redirect = "应转办"
    eligible = "可认定"


def fact(name, entity, value_type, **more):
    """A variable that is given, never computed, and does not change with the year."""
    return type(name, (Variable,), {"entity": entity, "value_type": value_type, "definition_period": ETERNITY, **more})


def choice(name, entity, possible_values):
    """A fact that is one of a list; the first stands where nothing is given."""
    default = next(iter(possible_values))
    return fact(name, entity, Enum, possible_values=possible_values, default_value=default)


FACTS = (
    fact("settled_on", Expense, date),
    choice("kind", Expense, Kind),
    choice("referral", Expense, Referral),
    fact("designated", Expense, bool),
    fact("emergency_rescue", Expense, bool),
    fact("in_scope", Expense, float),
    fact("prior_self_pay", Expense, float),
    fact("over_price_limit", Expense, float),
    fact("basic_paid", Expense, float),
    fact("major_paid", Expense, float),
    fact("assistance_paid", Expense, float),
    fact("is_patient", Person, bool),
    fact("counted", Person, bool),
    choice("identity", Person, Identity),
    fact("identity_since", Person, date),
    fact("identity_until", Person, date),
    fact("has_scheme", Person, bool),
    fact("enrolled_on", Person, date),
    fact("deductible_used_before", Person, float),
    fact("assistance_paid_before", Person, float),
    fact("asks_to_be_recognised", Household, bool),
    fact("applied_on", Household, date),
    fact("surveyed_on", Household, date),
    choice("residence", Household, Residence),
    fact("property_ok", Household, bool),
    fact("heads", Household, int),
    fact("income", Household, float),
)
