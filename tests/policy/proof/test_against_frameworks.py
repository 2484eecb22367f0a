"""A policy is held against the bounds of the documents above it: exactly, with both clauses, and unknown is never passed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.policy.law.benefit_rules import SubCap
from desktop.policy.law.localities import DisposableIncome, Locality
from desktop.policy.law.quantities import Quantity, RatioStep
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.law.sources import Source
from desktop.policy.proof.against_frameworks import (
    against_frameworks,
    documents_above,
    figures_day,
    under_faults,
)
from desktop.policy.proof.departures import Departure, departure_lines
from desktop.work.library import Library

HERE = {"clause": "X-01", "cite": "一（一）"}
DAY = "settled_on"
ANCHORS = {"inpatient": DAY, "outpatient_chronic": DAY, "special_drug": DAY, "outpatient": DAY}


def framework(*bounds: dict[str, Any], name: str = "frame", under: tuple[str, ...] = ()) -> Policy:
    """An invented document with nothing but bounds; those given no identities are about everybody."""
    table = {
        "id": name,
        "document": f"某发{name}号",
        "title": "菜园意见",
        "jurisdiction": "某省",
        "kind": "framework",
        "under": list(under),
        "in_force": {"from": date(2021, 1, 1), **HERE},
        "anchors": {**ANCHORS, **HERE},
        "self_pay": [{"minus": [], "plus": [], **HERE}],
        "best_identity": HERE,
        "bounds": [{"id": f"b{place}", **HERE, **bound} for place, bound in enumerate(bounds)],
    }
    return read_policy(table)


def found(rules: Rules, *bounds: dict[str, Any], day: date | None = None) -> tuple[Departure, ...]:
    """What a policy departs in from an invented framework above it."""
    policy = replace(rules.policy, under=("frame",), bounds=())
    return against_frameworks(Rules(policy, rules.locality), {"frame": framework(*bounds)}, day)


@pytest.fixture
def guizhou(library: Library) -> Rules:
    return library.rules("guizhou-sample")


@pytest.fixture
def pingshun(library: Library) -> Rules:
    return library.rules("pingshun-sample")


def deductible(comparison: str, number: str, **more: object) -> dict[str, Any]:
    return {"what": "deductible", "identities": ["dibao_marginal"], comparison: Decimal(number), **more}


@pytest.mark.parametrize(
    ("bound", "departs"),
    [
        (deductible("at_most", "1000"), False),
        (deductible("at_most", "999.99"), True),
        (deductible("at_least", "1000"), False),
        (deductible("at_least", "1000.01"), True),
        # A fifth either way of 1250 begins at 1000, and of 833.34 ends just above it.
        (deductible("about", "1250"), False),
        (deductible("about", "1250.01"), True),
        (deductible("about", "833.34"), False),
        (deductible("about", "833.33"), True),
        # 27098 × 0.0369 = 999.92, × 0.0370 = 1002.63.
        (deductible("at_most", "0.0370", of="disposable_income"), False),
        (deductible("at_most", "0.0369", of="disposable_income"), True),
    ],
)
def test_a_line_of_a_thousand_yuan_is_compared_to_the_fen(guizhou: Rules, bound: dict[str, Any], departs: bool) -> None:
    assert bool(found(guizhou, bound)) == departs


def test_what_lies_beyond_a_bound_says_both_clauses_the_bound_the_value_and_the_distance(guizhou: Rules) -> None:
    (one,) = found(guizhou, deductible("about", "0.10", of="disposable_income"))
    assert (one.actual, one.limit, one.distance) == (Decimal(1000), Decimal("2709.80"), Decimal("-1709.80"))
    assert (one.breach, one.identities, one.bound.id, one.framework.id) == (False, ("dibao_marginal",), "b0", "frame")
    assert one.text == (
        "低保边缘家庭成员的年度起付线（黔府办发〔2022〕19号 四（一） G-19）为 1,000.00 元；"
        "某发frame号 一（一） X-01 要求 2,709.80 元左右（居民人均可支配收入的 10%），低 1,709.80 元。"
    )


def ratio(comparison: str, number: str, *identities: str, **more: object) -> dict[str, Any]:
    return {"what": "ratio", "identities": list(identities or ("dibao",)), comparison: Decimal(number), **more}


def test_a_ratio_of_inpatient_care_is_breached_and_of_other_kinds_noted(guizhou: Rules) -> None:
    assert found(guizhou, ratio("at_least", "0.70"), ratio("at_most", "0.70")) == ()
    beyond = found(guizhou, ratio("at_least", "0.71"))
    assert [(one.kinds, one.breach) for one in beyond] == [(("inpatient",), True), (("outpatient_chronic",), False)]
    assert beyond[0].text == (
        "低保对象的住院救助比例（黔府办发〔2022〕19号 四（一） G-18）为 70%；"
        "某发frame号 一（一） X-01 要求不低于 71%，低 1 个百分点。"
    )
    (alone,) = found(guizhou, ratio("at_least", "0.71", kinds=["inpatient"]))
    assert alone.breach
    assert found(guizhou, ratio("at_least", "0.71", kinds=["outpatient"])) == ()
    assert [one.breach for one in found(guizhou, ratio("about", "0.50"))] == [False, False]


def test_a_ratio_may_lie_so_many_points_below_another_s(guizhou: Rules) -> None:
    # 70 % and 60 %: ten points apart.
    inpatient = {"less_than": "dibao", "kinds": ["inpatient"]}
    assert found(guizhou, ratio("at_most", "0.10", "dibao_marginal", **inpatient)) == ()
    (one,) = found(guizhou, ratio("at_most", "0.03", "dibao_marginal", **inpatient))
    assert (one.breach, one.actual, one.distance) == (True, Decimal("0.10"), Decimal("0.07"))
    assert one.text == (
        "低保边缘家庭成员的住院救助比例（黔府办发〔2022〕19号 四（一） G-19）比低保对象低 10 个百分点；"
        "某发frame号 一（一） X-01 要求最多比低保对象低 3 个百分点，相差 7 个百分点。"
    )
    (better,) = found(guizhou, ratio("at_least", "0", "tekun", **inpatient))
    assert "比低保对象高 30 个百分点；某发frame号 一（一） X-01 要求不高于低保对象" in better.text
    assert found(guizhou, ratio("at_most", "0.03", "dibao_marginal", less_than="child_in_difficulty")) == ()


def test_a_ratio_in_steps_is_held_by_its_worst_step(library: Library) -> None:
    rules = library.rules("suqian")
    steps = (
        RatioStep(Decimal("0.80"), Decimal(6000)),
        RatioStep(Decimal("0.85"), Decimal(9000)),
        RatioStep(Decimal("0.90")),
    )
    locality = replace(
        rules.locality, values={**rules.locality.values, "ratio_class_1": steps, "ratio_class_2": Decimal("0.70")}
    )
    stepped = Rules(rules.policy, locality)
    (low,) = found(stepped, ratio("at_least", "0.85", kinds=["inpatient"]))
    (high,) = found(stepped, ratio("at_most", "0.85", kinds=["inpatient"]))
    assert (low.actual, high.actual) == (Decimal("0.80"), Decimal("0.90"))
    (apart,) = found(stepped, ratio("at_most", "0.15", "dibao_marginal", less_than="dibao", kinds=["inpatient"]))
    assert apart.actual == Decimal("0.20")
    assert found(stepped, ratio("at_most", "0.20", "dibao_marginal", less_than="dibao", kinds=["inpatient"])) == ()


def cap(comparison: str, number: int, *identities: str, **more: object) -> dict[str, Any]:
    return {"what": "cap", "identities": list(identities), comparison: number, **more}


def test_where_no_cap_is_stated_there_is_no_less(pingshun: Rules) -> None:
    assert found(pingshun, cap("at_least", 10**6, "tekun")) == ()
    (one,) = found(pingshun, cap("at_most", 10**6, "tekun"))
    assert (one.breach, one.actual, one.missing) == (False, None, "没有写明特困人员的限额")
    assert list(departure_lines([one])) == ["没有写明特困人员的限额，无法与 某发frame号 一（一） X-01 比对。"]


def test_a_cap_may_be_so_many_times_the_disposable_income(guizhou: Rules) -> None:
    # 27098 × 3 = 81294.
    beyond = found(guizhou, cap("at_least", 3, of="disposable_income"))
    assert [one.identities[0] for one in beyond] == ["tekun", "dibao", "dibao_marginal", "illness_poverty"]
    assert {(one.breach, one.distance) for one in beyond} == {(True, Decimal(-31294))}
    assert "要求不低于 81,294.00 元（居民人均可支配收入的 3 倍），低 31,294.00 元" in beyond[0].text


def test_a_cap_within_the_cap_is_noted(guizhou: Rules) -> None:
    source = Source("G-22", "四（一）")
    classes = tuple(
        replace(group, sub_caps=(SubCap(("outpatient",), Quantity(source, Decimal(9000))),))
        for group in guizhou.policy.classes
    )
    rules = Rules(replace(guizhou.policy, classes=classes), guizhou.locality)
    bound = {"what": "sub_cap", "identities": ["dibao"], "kinds": ["outpatient"]}
    assert found(rules, {**bound, "at_least": 9000}) == ()
    (one,) = found(rules, {**bound, "at_least": 10000})
    assert (one.breach, one.distance, one.text.startswith("低保对象的普通门诊分项限额")) == (
        False,
        Decimal(-1000),
        True,
    )
    assert found(guizhou, {**bound, "at_least": 10000}) == ()
    assert [one.missing for one in found(guizhou, {**bound, "at_most": 1})] == ["没有写明低保对象的限额"]


def subsidy(comparison: str, number: str, *identities: str) -> dict[str, Any]:
    return {"what": "subsidy", "identities": list(identities), comparison: Decimal(number), "of": "premium"}


def test_a_subsidy_is_compared_as_it_is_paid_and_is_a_note(pingshun: Rules, guizhou: Rules) -> None:
    # 380 × 80 % = 304, above the floor of 280; 280 flat is 73.68 % of 380.
    assert found(pingshun, subsidy("at_least", "0.80", "dibao")) == ()
    (flat,) = found(pingshun, subsidy("at_least", "0.74", "marginal_near_poverty"))
    assert (flat.breach, flat.actual, flat.limit) == (False, Decimal(280), Decimal("281.20"))
    cheap = replace(pingshun.locality, premiums=(replace(pingshun.locality.premiums[0], amount=Decimal(300)),))
    # 300 × 80 % = 240, raised to 280; never above the premium.
    (raised,) = found(Rules(pingshun.policy, cheap), subsidy("at_most", "0.80", "dibao"))
    assert raised.actual == 280
    cheaper = replace(cheap, premiums=(replace(cheap.premiums[0], amount=Decimal(200)),))
    assert found(Rules(pingshun.policy, cheaper), subsidy("at_most", "1", "dibao")) == ()
    (none,) = found(guizhou, subsidy("at_least", "0.80", "illness_poverty"))
    assert none.missing == "没有写明因病致贫重病患者的参保资助"


def test_points_off_beyond_the_bound_are_a_breach(guizhou: Rules, pingshun: Rules, library: Library) -> None:
    bound = {"what": "points_off", "at_most": Decimal("0.09")}
    (one,) = found(guizhou, bound)
    assert (one.breach, one.distance) == (True, Decimal("0.01"))
    assert one.text == (
        "未转诊降低的比例（黔府办发〔2022〕19号 四（二） G-23）为 10%；"
        "某发frame号 一（一） X-01 要求不高于 9%，高 1 个百分点。"
    )
    assert found(guizhou, {**bound, "at_most": Decimal("0.10")}) == ()
    # Not covered at all, or not published: there are no points to compare.
    assert found(pingshun, bound) == ()
    assert found(library.rules("suqian"), bound) == ()


def test_a_number_that_is_not_published_is_a_note_with_who_publishes_it(library: Library, guizhou: Rules) -> None:
    handan = library.rules("handan")
    (one,) = found(handan, deductible("at_most", "1"))
    assert (one.breach, one.actual) == (False, None)
    (line,) = departure_lines([one])
    value = handan.policy.locality_value("deductible_marginal")
    assert line == f"缺{value.name}（由{value.who}公布），无法与 某发frame号 一（一） X-01 比对。"
    poor = Rules(guizhou.policy, replace(guizhou.locality, disposable_incomes=()))
    (income,) = found(poor, deductible("at_most", "0.10", of="disposable_income"))
    assert income.missing == "缺居民人均可支配收入或其公布日期（由统计部门公布）"
    assert found(poor, deductible("at_most", "1000")) == ()


def test_one_number_that_is_not_published_is_one_line_whatever_it_is_asked_for(library: Library) -> None:
    bounds = [ratio(comparison, "0.70", "returned_to_poverty") for comparison in ("at_least", "at_most", "about")]
    lines = list(departure_lines(found(library.rules("handan"), *bounds)))
    assert len(lines) == 2, "one for inpatient care, one for the rest"


def test_nothing_is_below_any_bound_and_a_share_below_a_share_whatever_was_published(pingshun: Rules) -> None:
    rules = Rules(pingshun.policy, replace(pingshun.locality, disposable_incomes=(), premiums=()))
    of = {"of": "disposable_income"}
    assert found(rules, {"what": "deductible", "identities": ["dibao"], "at_most": Decimal("0.05"), **of}) == ()
    assert found(rules, deductible("about", "0.10", **of)) == ()
    (one,) = found(rules, deductible("at_most", "0.05", **of))
    assert (one.breach, one.in_yuan, one.actual) == (True, False, Decimal("0.10"))
    assert "为 10%；某发frame号 一（一） X-01 要求不高于居民人均可支配收入的 5%，高 5%" in one.text
    assert found(rules, subsidy("at_least", "0.90", "returned_to_poverty")) == ()


def test_a_kind_that_the_deductible_does_not_belong_to_has_none(pingshun: Rules) -> None:
    chronic = {"kinds": ["outpatient_chronic"]}
    returned = {"what": "deductible", "identities": ["tekun"], "at_least": 100}
    (one,) = found(pingshun, {**returned, **chronic})
    assert (one.breach, one.actual) == (False, Decimal(0))
    assert found(pingshun, deductible("at_least", "100", **chronic)) == (), "the class does not pay for this kind"


def test_identities_without_a_class_are_passed_over(guizhou: Rules) -> None:
    assert found(guizhou, {**deductible("at_most", "0"), "identities": ["child_in_difficulty"]}) == ()


def test_the_day_is_the_last_on_which_the_latest_figure_applies(guizhou: Rules) -> None:
    assert figures_day(guizhou) == date(2024, 12, 31)
    bound = deductible("at_most", "0.0385", of="disposable_income")
    # 27098 × 0.0385 = 1043.27; of 2022's 25508 it is 982.06.
    assert found(guizhou, bound) == ()
    assert [one.limit for one in found(guizhou, bound, day=date(2023, 6, 1))] == [Decimal("982.0580")]
    incomes = (*guizhou.locality.disposable_incomes, DisposableIncome(2024, None, Decimal(1), None, None))
    assert figures_day(Rules(guizhou.policy, replace(guizhou.locality, disposable_incomes=incomes))) == date(
        2024, 12, 31
    )


def beneath(rules: Rules, *under: str) -> Policy:
    return replace(rules.policy, under=under, bounds=())


def at(locality: Locality, policy: Policy, *above: Policy) -> list[str]:
    departures = against_frameworks(Rules(policy, locality), {one.id: one for one in above})
    return [one.framework.id for one in departures]


def test_every_document_above_counts_once_and_so_do_the_policy_s_own_bounds(guizhou: Rules) -> None:
    top = framework(deductible("at_most", "1"), name="top")
    middle = framework(deductible("at_most", "1"), name="middle", under=("top",))
    policy = beneath(guizhou, "middle", "top", "lost")
    assert [one.id for one in documents_above(policy, {"top": top, "middle": middle})] == ["middle", "top"]
    assert at(guizhou.locality, policy, top, middle) == ["middle", "top"]
    assert at(guizhou.locality, replace(policy, bounds=top.bounds), middle) == [policy.id, "middle"]


def test_documents_above_that_are_lost_or_turn_in_a_circle_are_told(guizhou: Rules) -> None:
    policy = beneath(guizhou, "middle", "lost")
    middle = framework(deductible("at_most", "1"), name="middle", under=(policy.id,))
    here = {policy.id: policy, "middle": middle}
    assert at(guizhou.locality, policy, middle) == ["middle"]
    assert [(fault.path, fault.what) for fault in under_faults(policy, here)] == [
        ("under", "「middle」又以本政策为上级文件。"),
        ("under", "没有名为「lost」的上级文件。"),
    ]
    assert [one.id for one in documents_above(policy, here)] == ["middle"]
