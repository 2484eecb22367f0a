"""The shipped policies and localities against the documents above them: nothing breached, and what is far off is told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.policy.law.quantities import Ratio, RatioStep
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.against_frameworks import against_frameworks, under_faults
from desktop.policy.proof.departures import Departure
from desktop.work.library import Library


def departures(library: Library, locality: str, policy: Policy | None = None) -> tuple[Departure, ...]:
    rules = library.rules(locality)
    return against_frameworks(Rules(policy or rules.policy, rules.locality), library.policies)


def with_inpatient_ratio(policy: Policy, identity: str, share: str) -> Policy:
    """The policy with another inpatient ratio for the class of one identity."""
    group = policy.class_of(identity)
    assert group is not None
    ratio = Ratio(("inpatient",), group.ratios["inpatient"].source, (RatioStep(Decimal(share)),))
    changed = replace(group, ratios={**group.ratios, "inpatient": ratio})
    return replace(policy, classes=tuple(changed if one is group else one for one in policy.classes))


def test_every_shipped_value_of_inpatient_care_keeps_the_bounds(library: Library) -> None:
    for locality in library.localities:
        assert [one.text for one in departures(library, locality) if one.breach] == [], locality


def test_every_document_above_is_here(library: Library) -> None:
    for policy in library.policies.values():
        assert list(under_faults(policy, library.policies)) == []
    assert {policy.id for policy in library.policies.values() if not policy.under} == {"cn-2021-42"}


def test_guizhou_s_fixed_lines_lie_far_below_a_tenth_and_a_quarter_of_disposable_income(library: Library) -> None:
    # 27098 × 10 % = 2709.80 and × 25 % = 6774.50, of the figure for 2023.
    found = departures(library, "guizhou-sample")
    assert [(one.identities, one.breach, str(one.actual), str(one.limit)) for one in found] == [
        (("dibao_marginal",), False, "1000", "2709.80"),
        (("illness_poverty",), False, "2000", "6774.50"),
    ]
    assert all("左右" in one.text and "N-06" in one.text and "G-19" in one.text for one in found)


@pytest.mark.parametrize(
    ("locality", "identity", "share", "clause"),
    [
        ("guizhou-sample", "dibao", "0.69", "N-07"),
        ("guizhou-sample", "illness_poverty", "0.71", "N-07"),
        ("pingshun-sample", "tekun", "0.69", "N-07"),
        ("handan", "dibao_marginal", "0.66", "H-05"),
        ("handan", "dibao_marginal", "0.71", "H-05"),
        ("suqian", "dibao_marginal", "0.69", "J-08"),
        ("suqian", "preferential_treatment", "0.79", "J-08"),
    ],
)
def test_an_inpatient_ratio_beyond_its_bound_is_a_breach(
    library: Library, locality: str, identity: str, share: str, clause: str
) -> None:
    policy = with_inpatient_ratio(library.rules(locality).policy, identity, share)
    breaches = [one for one in departures(library, locality, policy) if one.breach]
    assert clause in [one.bound.source.clause for one in breaches]
    assert all(identity in one.identities and one.kinds == ("inpatient",) for one in breaches)


def test_pingshun_s_lines_are_the_very_shares_that_the_national_document_names(library: Library) -> None:
    for locality in ("pingshun", "pingshun-sample"):
        assert [one for one in departures(library, locality) if one.bound.what == "deductible"] == []


def test_a_city_that_has_not_published_is_not_passed_over(library: Library) -> None:
    missing = {one.missing for one in departures(library, "handan") if one.missing}
    assert "缺因病致贫重病患者年度起付线（由市人民政府、市医保局公布）" in missing
