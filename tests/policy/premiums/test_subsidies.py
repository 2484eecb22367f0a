"""Premium subsidies: who, how much of the premium, and why not."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.domain.people import IDENTITIES
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, Subsidy
from desktop.policy.law.localities import Premium
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.policy.wording import SUBSIDY_REASONS
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
LAST_DAY = date(2024, 2, 29)
SOURCE: Draft = {"clause": "X-1", "cite": "第一条"}
IN_FULL: Draft = {"identities": ["tekun"], "share": 1, "of": "premium", **SOURCE}
NINE_TENTHS: Draft = {"identities": ["returned_to_poverty"], "share": Decimal("0.90"), "of": "premium", **SOURCE}
WITH_FLOOR: Draft = {"identities": ["dibao"], "share": Decimal("0.80"), "of": "premium", "floor": 280, **SOURCE}
FLAT: Draft = {"identities": ["unstable_out_of_poverty", "marginal_near_poverty"], "yuan": 280, **SOURCE}
LOCAL: Draft = {"identities": ["dibao_marginal"], "value": "local_share", "of": "premium", **SOURCE}
GROUPS = [IN_FULL, NINE_TENTHS, WITH_FLOOR, FLAT]
LATE: Draft = {"late": {"clause": "X-2", "cite": "第二条"}}
LOCAL_VALUE: Draft = {"key": "local_share", "name": "资助比例", "unit": "share", "who": "设区市医保部门", **SOURCE}


def rules_of(library: Library, subsidy: Draft | None, *values: Draft, premium: str = "350") -> Rules:
    """Guizhou's rules with another subsidy, and a premium of 2024 collected to 29 February."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    table["subsidy"] = subsidy
    table["locality_values"] += values
    rules = library.rules("guizhou-sample")
    premiums = (Premium(2024, Decimal(premium), LAST_DAY),)
    return Rules(read_policy(table), replace(rules.locality, premiums=premiums))


def grouped(*groups: Draft, **timing: Draft) -> Draft:
    return {"groups": list(groups), **SOURCE, **timing}


def held(*kinds: str, since: str = "2020-01-01") -> list[Draft]:
    return [{"kind": kind, "since": since} for kind in kinds]


def found_for(rules: Rules, **member: object) -> Assessment:
    """The assessment of one person without expenses, insured as a resident in 2024 if nothing else is said."""
    person = {"id": "p1", "name": "王示例", "insurance": [{"year": 2024, "scheme": "resident"}], **member}
    draft = {"format": "yimen-case/1", "locality": "guizhou-sample", "matter": "assistance", "patient": "p1"}
    return assess(read_case({**draft, "household": {"members": [person]}, "expenses": []}), rules, ON)


def said(rules: Rules, **member: object) -> str | None:
    """The subsidy's amount, or the reason why there is none or why it is unknown."""
    (subsidy,) = found_for(rules, **member).subsidies
    return subsidy.reason or str(subsidy.amount)


def missing(rules: Rules, **member: object) -> list[str]:
    return [one.path.removeprefix("household.members[0].") for one in found_for(rules, **member).missing]


@pytest.mark.parametrize(
    ("kind", "premium", "formula"),
    [
        ("tekun", "350", "个人缴费标准 350.00 × 100%"),
        ("dibao", "400", "个人缴费标准 400.00 × 80%"),
        ("dibao", "340", "个人缴费标准 340.00 × 80%，低于 280.00 元的按 280.00 元，不超过个人缴费标准 340.00 元"),
        ("marginal_near_poverty", "350", "定额 280.00 元，不超过个人缴费标准 350.00 元"),
    ],
)
def test_the_step_says_how_it_came_to_the_amount(library: Library, kind: str, premium: str, formula: str) -> None:
    found = found_for(rules_of(library, grouped(*GROUPS), premium=premium), identities=held(kind))
    (step,) = found.steps_of("subsidy:p1/2024")
    assert step.formula == formula
    assert step.label == f"王示例 2024 年度资助参保（{IDENTITIES[kind]}，以2024年2月29日为准）"
    assert step.value == found.subsidies[0].amount


ENROLLED = "2024-05-20"
HELD, GAINED = "2024-02-29", "2024-03-01"


@pytest.mark.parametrize(
    ("since", "scheme", "enrolled_on", "late", "outcome"),
    [
        (HELD, "resident", None, {}, "280.00"),
        (HELD, "resident", None, LATE, "280.00"),
        (GAINED, "resident", None, {}, "no_identity"),
        (GAINED, "resident", None, LATE, "no_identity"),  # what was paid is not paid back
        (GAINED, "none", None, LATE, "280.00"),
        (GAINED, "none", ENROLLED, LATE, "280.00"),
        (GAINED, "none", ENROLLED, {}, "not_resident"),
        (HELD, "none", ENROLLED, LATE, "280.00"),
        (HELD, "none", None, LATE, "not_resident"),
        (HELD, "none", ENROLLED, {}, "not_resident"),
        ("2024-12-31", "none", None, LATE, "280.00"),
        ("2025-01-01", "none", None, LATE, "not_resident"),  # the insured year is over
        (HELD, "employee", None, LATE, "not_resident"),
        (GAINED, "employee", None, LATE, "not_resident"),
        (GAINED, None, None, {}, "no_identity"),  # whatever the scheme
        (GAINED, None, None, LATE, "fact_missing"),
        (HELD, None, None, {}, "fact_missing"),
    ],
)
def test_who_is_recognised_after_the_collection_is_subsidised_where_not_yet_insured(
    library: Library, since: str, scheme: str | None, enrolled_on: str | None, late: Draft, outcome: str
) -> None:
    rules = rules_of(library, grouped(*GROUPS, **late))
    entry = {"year": 2024, "scheme": scheme, "enrolled_on": enrolled_on}
    assert said(rules, identities=held("dibao", since=since), insurance=[entry]) == outcome


@pytest.mark.parametrize(("enrolled_on", "kind"), [(None, "dibao"), (ENROLLED, "tekun")])
def test_an_identity_of_the_collection_counts_beside_a_later_one_only_for_whoever_enrols(
    library: Library, enrolled_on: str | None, kind: str
) -> None:
    identities = [*held("tekun"), *held("dibao", since=GAINED)]
    entry = {"year": 2024, "scheme": "none", "enrolled_on": enrolled_on}
    (subsidy,) = found_for(
        rules_of(library, grouped(*GROUPS, **LATE)), identities=identities, insurance=[entry]
    ).subsidies
    assert subsidy.identity == kind


def test_the_step_says_that_somebody_was_recognised_later(library: Library) -> None:
    rules = rules_of(library, grouped(*GROUPS, **LATE))
    entry = {"year": 2024, "scheme": "none"}
    found = found_for(rules, identities=held("dibao", since=GAINED), insurance=[entry])
    assert [step.label for step in found.steps_of("subsidy:p1/2024")] == [
        "王示例 2024 年度资助参保（低保对象，集中征缴期后认定）"
    ]


def test_whoever_had_paid_before_being_recognised_is_told_by_which_clause(library: Library) -> None:
    found = found_for(rules_of(library, grouped(*GROUPS, **LATE)), identities=held("dibao", since=GAINED))
    assert [(one.reason, one.cite) for one in found.subsidies] == [("no_identity", "第二条")]


def test_an_identity_of_no_group_is_told_by_its_own_clause_though_a_later_one_is_of_one(library: Library) -> None:
    identities = [*held("preferential_treatment"), *held("dibao", since=GAINED)]
    found = found_for(rules_of(library, grouped(*GROUPS, **LATE)), identities=identities)
    assert [(one.reason, one.cite) for one in found.subsidies] == [("group_not_covered", "第一条")]


IN_TIME: Draft = {"paid_in_time": {"clause": "X-3", "cite": "第三条"}}


@pytest.mark.parametrize(
    ("timing", "paid_on", "outcome", "asked"),
    [
        (IN_TIME, "2024-02-29", "280.00", []),
        (IN_TIME, "2024-03-01", "not_paid_in_time", []),
        (IN_TIME, None, "fact_missing", ["insurance[0].paid_on"]),
        ({}, "2024-03-01", "280.00", []),
        ({}, None, "280.00", []),
    ],
)
def test_the_day_of_payment_counts_only_where_the_policy_says_so(
    library: Library, timing: Draft, paid_on: str | None, outcome: str, asked: list[str]
) -> None:
    rules = rules_of(library, grouped(*GROUPS, **timing))
    person = {"identities": held("dibao"), "insurance": [{"year": 2024, "scheme": "resident", "paid_on": paid_on}]}
    assert (said(rules, **person), missing(rules, **person)) == (outcome, asked)


def test_who_enrols_late_need_not_have_paid_in_time(library: Library) -> None:
    rules = rules_of(library, grouped(*GROUPS, **IN_TIME, **LATE))
    entry = {"year": 2024, "scheme": "none", "enrolled_on": ENROLLED}
    for paid_on in (None, ENROLLED):
        assert said(rules, identities=held("dibao"), insurance=[{**entry, "paid_on": paid_on}]) == "280.00"


@pytest.mark.parametrize(
    ("identities", "received", "outcome", "asked"),
    [
        ([], None, "no_identity", []),
        (held("preferential_treatment"), None, "group_not_covered", []),
        (held("dibao"), None, "parameter_missing", ["locality.premium.2024"]),
        (held("preferential_treatment", "dibao"), None, "parameter_missing", ["locality.premium.2024"]),
        (held("dibao"), "100", "already_received", []),
        (None, None, "fact_missing", ["identities"]),
    ],
)
@pytest.mark.parametrize("premiums", [(), (Premium(2024, Decimal(380), None),)])
def test_a_premium_is_asked_for_only_where_somebody_may_be_subsidised(
    library: Library,
    premiums: tuple[Premium, ...],
    identities: list[Draft] | None,
    received: str | None,
    outcome: str,
    asked: list[str],
) -> None:
    rules = rules_of(library, grouped(*GROUPS))
    rules = replace(rules, locality=replace(rules.locality, premiums=premiums))
    entry = {"year": 2024, "scheme": "resident", "subsidy_received": received}
    person = {"identities": identities, "insurance": [entry]}
    assert (said(rules, **person), missing(rules, **person)) == (outcome, asked)


def test_what_is_missing_of_a_premium_is_named(library: Library) -> None:
    rules = rules_of(library, grouped(*GROUPS))
    for premiums, why in (
        ((), "缺 2024 年度居民医保个人缴费标准"),
        ((Premium(2024, Decimal(380), None),), "缺 2024 年度居民医保集中征缴期截止日"),
    ):
        without = replace(rules, locality=replace(rules.locality, premiums=premiums))
        assert [one.why for one in found_for(without, identities=held("dibao")).missing] == [why]


@pytest.mark.parametrize(
    ("published", "outcome"), [(None, "parameter_missing"), ("0.60", "210.00"), ("0", "group_not_covered")]
)
def test_a_value_that_the_locality_has_not_published_is_asked_for(
    library: Library, published: str | None, outcome: str
) -> None:
    rules = rules_of(library, grouped(*GROUPS, LOCAL), LOCAL_VALUE)
    values = {**rules.locality.values} | ({"local_share": Decimal(published)} if published else {})
    found = found_for(
        replace(rules, locality=replace(rules.locality, values=values)), identities=held("dibao_marginal")
    )
    assert [one.reason or str(one.amount) for one in found.subsidies] == [outcome]
    asked = [("locality.values.local_share", "设区市医保部门")] if published is None else []
    assert [(one.path, one.who) for one in found.missing] == asked


OLD: Draft = {"identities": ["dibao_marginal"], "share": Decimal("0.30"), "of": "premium", "from_age": 60, **SOURCE}


@pytest.mark.parametrize(
    ("birth_date", "outcome"), [("1964-02-29", "105.00"), ("1964-03-01", "age_or_disability"), (None, "fact_missing")]
)
def test_who_has_no_id_number_is_aged_by_the_birth_date(library: Library, birth_date: str | None, outcome: str) -> None:
    person = {"identities": held("dibao_marginal"), "birth_date": birth_date}
    assert said(rules_of(library, grouped(OLD)), **person) == outcome


def test_everything_that_is_lacking_is_asked_for_at_once(library: Library) -> None:
    rules = rules_of(library, grouped({**OLD, "disability_grades": [1, 2]}, **IN_TIME))
    asked = missing(rules, identities=held("dibao_marginal"))
    assert asked == ["birth_date", "disability_grade", "insurance[0].paid_on"]


def test_who_fits_no_group_before_one_that_pays_is_not_said_to_have_none(library: Library) -> None:
    found = found_for(
        rules_of(library, grouped(OLD, WITH_FLOOR)), identities=held("dibao_marginal", "dibao"), birth_date="1970-01-01"
    )
    assert [str(step.value) for step in found.steps_of("subsidy:p1/2024")] == ["280.00"]


def test_a_policy_without_subsidies_says_nothing_of_them(library: Library) -> None:
    assert found_for(rules_of(library, None), identities=held("dibao")).subsidies == ()


@pytest.mark.parametrize(
    ("entries", "outcome", "asked"),
    [
        (["none", "resident"], "280.00", []),
        (["employee", "resident"], "280.00", []),
        (["employee", None], "fact_missing", ["insurance[1].scheme"]),  # it may be the resident one
        (["none", "employee"], "not_resident", []),  # insured, so it is no late enrolment
    ],
)
def test_of_several_entries_of_a_year_the_one_that_insures_best_decides(
    library: Library, entries: list[str | None], outcome: str, asked: list[str]
) -> None:
    rules = rules_of(library, grouped(*GROUPS, **LATE))
    identities = [*held("dibao"), *held("tekun", since=GAINED)] if outcome == "not_resident" else held("dibao")
    person = {"identities": identities, "insurance": [{"year": 2024, "scheme": scheme} for scheme in entries]}
    assert (said(rules, **person), missing(rules, **person)) == (outcome, asked)


def test_a_subsidy_received_under_another_entry_of_the_year_excludes_a_second(library: Library) -> None:
    entries = [{"year": 2024, "scheme": "resident"}, {"year": 2024, "scheme": "employee", "subsidy_received": "0.01"}]
    rules = rules_of(library, grouped(*GROUPS, once={"clause": "X-4", "cite": "第四条"}))
    found = found_for(rules, identities=held("dibao"), insurance=entries)
    assert [(one.reason, one.cite, one.identity) for one in found.subsidies] == [
        ("already_received", "第四条", "dibao")
    ]


def test_every_insured_year_has_its_entry(library: Library) -> None:
    entries = [{"year": year, "scheme": "resident"} for year in (2025, 2023, 2024, 2024)]
    found = found_for(rules_of(library, grouped(*GROUPS)), identities=held("dibao"), insurance=entries)
    assert [(one.year, one.reason) for one in found.subsidies] == [
        (2023, "parameter_missing"),
        (2024, None),
        (2025, "parameter_missing"),
    ]


@pytest.mark.parametrize("order", [list, lambda kinds: kinds[::-1]])
def test_an_identity_of_no_group_is_named_by_rank_whatever_the_order_of_the_file(
    library: Library, order: Callable[[list[str]], list[str]]
) -> None:
    kinds = order(["preferential_treatment", "child_in_difficulty", "illness_poverty"])
    found = found_for(rules_of(library, grouped(*GROUPS)), identities=held(*kinds))
    assert [(one.reason, one.identity) for one in found.subsidies] == [("group_not_covered", "illness_poverty")]


KINDS = st.lists(st.sampled_from(sorted(IDENTITIES)), max_size=3, unique=True)
DAYS = st.sampled_from(["2020-01-01", HELD, GAINED, "2024-12-31", None])
FEN = st.integers(1, 60_000).map(lambda fen: Decimal(fen).scaleb(-2))
SCHEMES = st.sampled_from(["resident", "resident", "none", "employee", None])


@given(KINDS, DAYS, SCHEMES, FEN, st.booleans(), st.booleans())
def test_a_subsidy_is_never_above_the_premium_and_nothing_always_says_why(
    library: Library, kinds: list[str], since: str | None, scheme: str | None, premium: Decimal, late: bool, paid: bool
) -> None:
    timing = (LATE if late else {}) | ({} if paid else IN_TIME)
    rules = rules_of(library, grouped(*GROUPS, OLD, **timing), premium=str(premium))
    entry = {"year": 2024, "scheme": scheme, "enrolled_on": ENROLLED}
    identities = [{"kind": kind, "since": since} for kind in kinds]
    found = found_for(rules, identities=identities, insurance=[entry])
    (subsidy,) = found.subsidies
    assert says_why(subsidy)
    if subsidy.amount is None:
        assert found.status == "incomplete"
    else:
        assert subsidy.amount.yuan <= premium


def says_why(subsidy: Subsidy) -> bool:
    return subsidy.reason is None if subsidy.amount else subsidy.reason in SUBSIDY_REASONS
