"""Property against the locality's rule: what a household owns, counted and valued, where nobody has answered it outright."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desktop.domain.case import Case
from desktop.domain.means import Asset
from desktop.policy.law.localities import Locality, PropertyRule

FINANCIAL = ("deposit", "securities")


def property_within_rule(case: Case, locality: Locality, day: date) -> bool | None:
    """As the case states it; else by its assets where the locality states its rule for the day; None where unknown."""
    stated = case.household.property_ok
    rule = locality.property_rule(day)
    if stated is not None or rule is None or case.household.assets is None:
        return stated
    answers = list(_answers(case, locality, rule, day))
    if False in answers:
        return False
    return None if None in answers else True


def _answers(case: Case, locality: Locality, rule: PropertyRule, day: date) -> Iterator[bool | None]:
    """Whether each line of the rule is kept; None where a value that it needs is not known."""
    assets = case.household.assets or ()
    if rule.financial_months is not None:
        yield _financial(case, locality, rule, day)
    if rule.dwellings is not None:
        houses = [asset for asset in assets if asset.kind == "house"]
        yield sum(1 if house.count is None else house.count for house in houses) <= rule.dwellings
    for kind, most in (("vehicle", rule.vehicle_value), ("business", rule.business_value)):
        if most is not None:
            yield _at_most([asset for asset in assets if asset.kind == kind], most)
    if any(asset.kind is None for asset in assets):
        yield None


def _financial(case: Case, locality: Locality, rule: PropertyRule, day: date) -> bool | None:
    """Deposits and securities of the household per counted member, against so many months of the 低保 standard."""
    assets = [asset for asset in case.household.assets or () if asset.kind in FINANCIAL]
    counted = [member.counted for member in case.household.members]
    standard = locality.dibao_standard("urban" if rule.urban_standard else case.household.residence, day)
    assert rule.financial_months is not None
    if None in counted or not any(counted) or standard is None:
        return None
    return _at_most(assets, standard * rule.financial_months * sum(map(bool, counted)))


def _at_most(assets: list[Asset], most: Decimal) -> bool | None:
    """Whether they are worth no more together; what is known may already be more."""
    known = sum(asset.value.fen for asset in assets if asset.value is not None)
    if Decimal(known).scaleb(-2) > most:
        return False
    return None if any(asset.value is None for asset in assets) else True
