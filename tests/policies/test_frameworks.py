"""The frameworks leave values to localities; what a city has not published is missing by name, with who publishes it."""

import tomllib
from decimal import Decimal

import pytest

from desktop import paths
from desktop.policy.assess import assess
from desktop.policy.law.locality_values import locality_faults
from desktop.policy.law.rules import Rules
from desktop.policy.proof.trials import Trial, trials_of
from desktop.work.library import Library

CITIES = ("handan", "xingtai")
UNDER = {"handan": "hebei-2021-157", "xingtai": "hebei-2021-157", "example-pooling-area": "cn-2021-42"}


def hebei_trials(library: Library) -> tuple[Trial, ...]:
    text = (paths.POLICIES / "hebei" / "scenarios.toml").read_text(encoding="utf-8")
    book = tomllib.loads(text, parse_float=Decimal)
    return trials_of(library.policies["hebei-2021-157"], library.localities, book)


@pytest.mark.parametrize(("locality", "policy"), UNDER.items())
def test_a_locality_states_only_what_its_framework_leaves_to_it(library: Library, locality: str, policy: str) -> None:
    rules = library.rules(locality)
    assert rules.policy.id == policy
    assert rules.policy.kind == "framework"
    assert locality_faults(rules.policy, rules.locality) == ()


@pytest.mark.parametrize("city", CITIES)
def test_a_city_s_numbers_are_not_confirmed_until_the_county_has(library: Library, city: str) -> None:
    assert not library.localities[city].verified


@pytest.mark.parametrize("city", CITIES)
def test_a_number_that_a_city_has_not_published_is_absent_and_never_zero(library: Library, city: str) -> None:
    stated = library.localities[city].values
    assert [key for key, value in stated.items() if value == 0] == []
    assert "deductible_returned" not in stated


@pytest.mark.parametrize("city", CITIES)
def test_hebei_s_scenarios_take_the_numbers_of_both_cities(library: Library, city: str) -> None:
    assert len([trial for trial in hebei_trials(library) if trial.locality.id == city]) >= 5


def test_what_is_missing_says_who_publishes_it(library: Library) -> None:
    (trial,) = [one for one in hebei_trials(library) if one.name.startswith("邯郸没有公布起付线")]
    assert trial.case is not None
    policy = library.policies["hebei-2021-157"]
    found = assess(trial.case, Rules(policy, trial.locality), trial.assessed_on)
    assert {one.path: one.who for one in found.missing} == {
        f"locality.values.deductible_{kind}": "市人民政府、市医保局" for kind in ("monitored", "marginal", "illness")
    }


def test_the_text_that_breaks_off_says_so(library: Library) -> None:
    remark = library.policies["hebei-2021-157"].remark
    assert remark is not None
    assert "止于三（三）" in remark
