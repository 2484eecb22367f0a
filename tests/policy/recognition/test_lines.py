"""Every metric against every standard, by a second computation; alternatives, trials, and what nobody published."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.identification_rules import IdentificationRule, IdentificationTest, Limit, Window
from desktop.policy.law.localities import DisposableIncome
from desktop.policy.law.rules import Rules
from desktop.policy.law.shown_rules import LocalityValue
from desktop.policy.law.sources import Source
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
APPLIED, SURVEYED = "2024-05-20", "2024-05-27"
SOURCE = Source("G-04", "一（一）")
MONTHLY = {"dibao_standard": 480, "urban_dibao_standard": 690, "minimum_wage": 1760}
YEARLY = {"disposable_income": Fraction("27098"), "disposable_income_by_residence": Fraction("14817.5")}
PER_HEAD = ("income_per_person", "income_after_medical_per_person")
METRICS = (*PER_HEAD, "medical_self_pay", "patient_medical_self_pay")
COMPARISONS = ("below", "at_most", "at_least", "above")


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))


def limit(comparison: str, of: str, times: str | None = None, key: str | None = None) -> Limit:
    return Limit(comparison, of, None if times is None else Decimal(times), key)


def amount_test(
    line: Limit, metric: str = "medical_self_pay", name: str = "one", group: str | None = None
) -> IdentificationTest:
    return IdentificationTest(name, f"条件{name}", metric, line, group, SOURCE)


def fact_test(metric: str) -> IdentificationTest:
    return IdentificationTest(metric, f"条件{metric}", metric, None, None, SOURCE)


def rules_of(library: Library, *tests: IdentificationTest, **changed: Any) -> Rules:
    """The sample's rules with these tests alone, and with a minimum wage and the figures of town and country."""
    own = library.rules("guizhou-sample")
    rule = IdentificationRule(
        id="one",
        name="示例认定办法",
        identity="illness_poverty",
        first=date(2023, 1, 1),
        last=None,
        trial_until=None,
        needs=(),
        fallback=None,
        window=Window(12, None, "survey"),
        holds_none_of=(),
        better=(),
        tests=tests,
        source=SOURCE,
    )
    wage = LocalityValue("minimum_wage", "月最低工资标准", "yuan", "省人力资源社会保障部门", SOURCE)
    policy = replace(
        own.policy, identification=(replace(rule, **changed),), locality_values=(*own.policy.locality_values, wage)
    )
    figures = (DisposableIncome(2023, Decimal(27098), Decimal(42772), Decimal("14817.5"), date(2024, 1, 30)),)
    values = {**own.locality.values, "minimum_wage": Decimal(1760)}
    return Rules(policy, replace(own.locality, disposable_incomes=figures, values=values))


def draft_of(heads: int, income: int, mine: int, other: int = 0) -> Draft:
    """A surveyed household: its income, what the patient bore and what another member bore, in fen."""
    stays = [
        {
            "id": f"e{place}",
            "patient": patient,
            "kind": "outpatient",
            "settled_on": "2024-03-05",
            "total": yuan(fen + 1),
            "in_scope": yuan(fen + 1),
            "basic_paid": "0.01",
            **dict.fromkeys(("prior_self_pay", "over_price_limit", "major_paid"), "0"),
        }
        for place, (patient, fen) in enumerate([("p0", mine), *([("p1", other)] if heads > 1 else [])])
    ]
    return {
        "format": "yimen-case/1",
        "locality": "guizhou-sample",
        "matter": "illness_poverty",
        "applied_on": APPLIED,
        "surveyed_on": SURVEYED,
        "patient": "p0",
        "household": {
            "residence": "rural",
            "property_ok": True,
            "members": [{"id": f"p{place}", "counted": True, "identities": []} for place in range(heads)],
            "incomes": [{"member": "p0", "amount": yuan(income), "counted": True}],
        },
        "expenses": stays,
    }


def assessed(rules: Rules, draft: Draft) -> Assessment:
    return assess(read_case(draft), rules, ON)


def verdict(assessment: Assessment) -> str:
    assert assessment.identification is not None
    return assessment.identification.verdict


def verdicts(assessment: Assessment) -> list[str]:
    assert assessment.identification is not None
    return [test.verdict for test in assessment.identification.tests]


def missing(assessment: Assessment) -> list[str]:
    return [one.path for one in assessment.missing]


def amount_by_hand(metric: str, heads: int, income: int, mine: int, other: int) -> Fraction:
    """Per head and month, or of the household, in yuan."""
    cost = mine if metric.startswith("patient") else mine + (other if heads > 1 else 0)
    fen = {"income_per_person": income, "income_after_medical_per_person": income - cost}.get(metric, cost)
    return Fraction(fen, 100 * 12 * heads if metric in PER_HEAD else 100)


def line_by_hand(metric: str, of: str, times: Fraction, heads: int, income: int) -> Fraction:
    """As much per head and month, or of the household, in yuan."""
    if of == "yuan":
        return times
    if of == "household_income":
        return times * Fraction(income, 100 * 12 * heads if metric in PER_HEAD else 100)
    if of in MONTHLY:
        return times * MONTHLY[of]
    return times * YEARLY[of] / (12 if metric in PER_HEAD else 1)


def kept(comparison: str, amount: Fraction, line: Fraction) -> bool:
    return {
        "below": amount < line,
        "at_most": amount <= line,
        "at_least": amount >= line,
        "above": amount > line,
    }[comparison]


OF = st.sampled_from([*MONTHLY, *YEARLY, "yuan", "household_income"])
FEN = st.integers(0, 9_000_000)


@given(
    st.sampled_from(METRICS),
    st.sampled_from(COMPARISONS),
    OF,
    st.sampled_from(["0.25", "0.8", "1", "1.5", "2", "720"]),
    st.tuples(st.integers(1, 5), FEN, FEN, FEN),
)
def test_every_metric_against_every_standard(
    library: Library, metric: str, comparison: str, of: str, times: str, household: tuple[int, int, int, int]
) -> None:
    found = assessed(rules_of(library, amount_test(limit(comparison, of, times), metric)), draft_of(*household))
    amount = amount_by_hand(metric, *household)
    line = line_by_hand(metric, of, Fraction(times), *household[:2])
    passes = kept(comparison, amount, line)
    assert (verdict(found), verdicts(found)) == (("eligible", ["pass"]) if passes else ("ineligible", ["fail"]))
    assert found.identification is not None
    (test,) = found.identification.tests
    assert test.unit == ("yuan_per_person_month" if metric in PER_HEAD else "yuan")
    apart = (line - amount) * (1 if comparison in ("below", "at_most") else -1)
    for shown, exact in ((test.actual, amount), (test.limit, line), (test.slack, apart)):
        assert shown is not None and abs(Fraction(shown.fen, 100) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("apart", [-1, 0, 1])
@pytest.mark.parametrize(
    ("metric", "of", "times", "line"),
    [
        ("patient_medical_self_pay", "disposable_income", "0.8", 2_167_840),
        ("medical_self_pay", "yuan", "30000", 3_000_000),
        ("medical_self_pay", "household_income", "0.5", 2_500_000),
        ("income_per_person", "urban_dibao_standard", "4", 3_312_000),
        ("income_per_person", "minimum_wage", "1", 2_112_000),
        ("income_per_person", "disposable_income_by_residence", "1", 1_481_750),
    ],
)
def test_a_fen_decides_on_either_side_of_the_line_and_on_it(
    library: Library, metric: str, of: str, times: str, line: int, apart: int, comparison: str
) -> None:
    rules = rules_of(library, amount_test(limit(comparison, of, times), metric))
    of_income = metric in PER_HEAD
    draft = draft_of(1, line + apart if of_income else 5_000_000, 0 if of_income else line + apart)
    passing = {"below": apart < 0, "at_most": apart <= 0, "at_least": apart >= 0, "above": apart > 0}
    assert verdicts(assessed(rules, draft)) == ["pass" if passing[comparison] else "fail"]


@pytest.mark.parametrize(
    ("cost", "income", "expected", "each"),
    [
        (30_000, 100, "eligible", ["pass", "pass"]),
        (30_000, 90_000_000, "eligible", ["pass", "fail"]),
        (10_000, 100, "eligible", ["fail", "pass"]),
        (10_000, 90_000_000, "ineligible", ["fail", "fail"]),
    ],
)
def test_of_alternatives_one_is_enough(
    library: Library, cost: int, income: int, expected: str, each: list[str]
) -> None:
    rules = rules_of(
        library,
        amount_test(limit("above", "yuan", "200"), name="支出", group="either"),
        amount_test(limit("below", "dibao_standard", "1"), "income_per_person", name="收入", group="either"),
    )
    found = assessed(rules, draft_of(1, income, cost))
    assert (verdict(found), verdicts(found)) == (expected, each)
    assert found.identification is not None
    excused = [test.explain for test in found.identification.tests if "符合其一即可" in test.explain]
    assert len(excused) == each.count("fail") % 2


def test_an_alternative_that_is_not_known_keeps_the_other_from_deciding(library: Library) -> None:
    rules = rules_of(
        library,
        amount_test(limit("above", "yuan", "200"), name="支出", group="either"),
        amount_test(limit("below", "dibao_standard", "1"), "income_per_person", name="收入", group="either"),
    )
    draft = draft_of(1, 0, 10_000)
    draft["household"]["incomes"] = None
    found = assessed(rules, draft)
    assert (verdict(found), verdicts(found)) == ("undetermined", ["fail", "unknown"])


UNPUBLISHED = [
    ("minimum_wage", "locality.values.minimum_wage"),
    ("disposable_income", "locality.per_capita_disposable_income.2023"),
    ("disposable_income_by_residence", "locality.per_capita_disposable_income.2023"),
    ("dibao_standard", "locality.dibao_standard"),
    ("urban_dibao_standard", "locality.dibao_standard"),
]


@pytest.mark.parametrize(("of", "path"), UNPUBLISHED)
def test_a_standard_that_nobody_published_leaves_the_test_open(library: Library, of: str, path: str) -> None:
    rules = rules_of(library, amount_test(limit("above", of, "1")))
    bare = replace(rules.locality, dibao_standards=(), disposable_incomes=(), values={})
    found = assessed(Rules(rules.policy, bare), draft_of(1, 100, 100))
    assert (verdict(found), verdicts(found), missing(found)) == ("undetermined", ["unknown"], [path])


def test_a_multiple_that_nobody_published_is_asked_of_who_publishes_it(library: Library) -> None:
    rules = rules_of(library, amount_test(limit("above", "disposable_income", key="rigid_expenditure_share")))
    found = assessed(rules, draft_of(1, 100, 100))
    assert verdicts(found) == ["unknown"]
    (lack,) = found.missing
    assert (lack.path, lack.who) == ("locality.values.rigid_expenditure_share", "省、市民政部门")


def test_figures_of_town_and_country_wait_for_the_residence(library: Library) -> None:
    rules = rules_of(library, amount_test(limit("above", "disposable_income_by_residence", "1")))
    draft = draft_of(1, 0, 3_000_000)
    assert verdicts(assessed(rules, draft)) == ["pass"]
    draft["household"]["residence"] = None
    found = assessed(rules, draft)
    assert (verdicts(found), missing(found)) == (["unknown"], ["household.residence"])


@pytest.mark.parametrize("anchor", ["application", "application_month"])
def test_a_period_before_the_application_waits_for_its_day(library: Library, anchor: str) -> None:
    rules = rules_of(library, amount_test(limit("at_most", "yuan", "100")), window=Window(12, None, anchor))
    draft = draft_of(1, 0, 10_000)
    assert verdicts(assessed(rules, draft)) == ["pass"]
    draft["applied_on"] = None
    assert verdicts(assessed(rules, draft)) == ["pass"], "even all of it is not too much"
    draft = draft_of(1, 0, 10_001)
    draft["applied_on"] = None
    found = assessed(rules, draft)
    assert (verdicts(found), "applied_on" in missing(found)) == (["unknown"], True)


@pytest.mark.parametrize(
    ("window", "day", "counts"),
    [
        (Window(12, None, "application"), "2023-05-19", False),
        (Window(12, None, "application"), "2023-05-20", True),
        (Window(12, None, "application"), "2024-05-20", True),
        (Window(12, None, "application"), "2024-05-21", False),
        (Window(12, None, "survey"), "2024-05-21", True),
        (Window(None, 90, "application"), "2024-02-20", True),
        (Window(None, 90, "application"), "2024-02-19", False),
        (Window(12, None, "application_month"), "2023-04-30", False),
        (Window(12, None, "application_month"), "2023-05-01", True),
        (Window(12, None, "application_month"), "2024-04-30", True),
        (Window(12, None, "application_month"), "2024-05-01", False),
    ],
)
def test_an_expense_counts_within_the_rules_own_period(
    library: Library, window: Window, day: str, counts: bool
) -> None:
    rules = rules_of(library, amount_test(limit("above", "yuan", "1")), window=window)
    draft = draft_of(1, 0, 10_000)
    draft["expenses"][0]["settled_on"] = day
    assert verdicts(assessed(rules, draft)) == ["pass" if counts else "fail"]


def test_the_standard_is_that_of_the_periods_own_day(library: Library) -> None:
    # Applied in June 2023, 440 a month; surveyed in July, 480.
    test = amount_test(limit("below", "dibao_standard", "1"), "income_per_person")
    draft = draft_of(1, 500_000, 0) | {"applied_on": "2023-06-30", "surveyed_on": "2023-07-03", "expenses": []}
    for anchor, line in (("survey", "480.00"), ("application", "440.00")):
        found = assessed(rules_of(library, test, window=Window(12, None, anchor)), draft)
        assert found.identification is not None
        assert str(found.identification.tests[0].limit) == line


@pytest.mark.parametrize("fact", ["registered_in_province", "insured_in_province"])
@pytest.mark.parametrize(("stated", "expected"), [(True, "eligible"), (False, "ineligible"), (None, "undetermined")])
def test_registered_and_insured_in_the_province_are_facts_of_the_patient(
    library: Library, fact: str, stated: bool | None, expected: str
) -> None:
    draft = draft_of(2, 0, 0)
    draft["household"]["members"][0][fact] = stated
    found = assessed(rules_of(library, fact_test(fact)), draft)
    assert verdict(found) == expected
    assert missing(found) == ([f"household.members[0].{fact}"] if stated is None else [])


@pytest.mark.parametrize(("day", "said"), [("2024-05-27", False), ("2024-05-28", True)])
def test_a_trial_that_is_over_still_decides_and_says_so(library: Library, day: str, said: bool) -> None:
    rules = rules_of(library, fact_test("property_within_rule"), trial_until=date(2024, 5, 27))
    found = assessed(rules, draft_of(1, 0, 0) | {"surveyed_on": day})
    assert verdict(found) == "eligible"
    assert ("identification_rule_expired" in [alert.id for alert in found.alerts]) == said


def test_a_rule_that_bars_nobody_has_no_such_test(library: Library) -> None:
    draft = draft_of(1, 0, 0)
    draft["household"]["members"][0]["identities"] = [{"kind": "dibao", "since": "2020-01-01"}]
    assert verdict(assessed(rules_of(library, fact_test("property_within_rule")), draft)) == "eligible"
    barred = rules_of(library, fact_test("property_within_rule"), holds_none_of=("dibao",))
    assert verdict(assessed(barred, draft)) == "ineligible"
