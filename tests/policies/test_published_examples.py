"""What local governments have published as worked examples comes out to the fen, where it takes more than one document.

The examples that the national document's own terms express stand among its scenarios.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from desktop import paths
from desktop.domain.money import Money
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment
from desktop.policy.law.quantities import Quantity
from desktop.policy.law.rules import Policy, Rules
from desktop.policy.proof.trials import trials_of
from desktop.work.library import Library


def assessed(library: Library, policy: Policy, scenario: Mapping[str, object]) -> Assessment:
    """A scenario in the terms of the national book's defaults, assessed by a policy."""
    text = (paths.POLICIES / "national" / "scenarios.toml").read_text(encoding="utf-8")
    book = tomllib.loads(text, parse_float=Decimal)
    alone = {**book, "scenarios": [{"name": "alone", "expect": {}, **scenario}]}
    (trial,) = trials_of(policy, library.localities, alone)
    assert trial.case is not None
    return assess(trial.case, Rules(policy, trial.locality), trial.assessed_on)


def holder(kind: str, **more: object) -> dict[str, object]:
    return {"identities": [{"kind": kind}], **more}


def subsidies(found: Assessment) -> list[Money | None]:
    return [subsidy.amount for subsidy in found.subsidies]


def with_deductible_by_share(policy: Policy, identity: str, share: str) -> Policy:
    """The policy with one class's deductible as a share of disposable income, where it leaves yuan to the locality."""
    changed = tuple(
        replace(one, deductible=Quantity(one.deductible.source, Decimal(share), "disposable_income"))
        if identity in one.identities
        else one
        for one in policy.classes
    )
    return replace(policy, classes=changed)


def test_guiyang_2024_subsidises_380_in_full_by_half_and_by_three_tenths(library: Library) -> None:
    # 380; 380 × 50 % = 190; 380 × 30 % = 114 for those of sixty.
    insured = {"insurance": [{"year": 2024}]}
    second = ("dibao", "unstable_out_of_poverty", "marginal_near_poverty", "sudden_hardship")
    members = [
        holder("tekun", **insured),
        *(holder(kind, **insured) for kind in second),
        holder("dibao_marginal", birth_date="1960-01-01", **insured),
    ]
    case = {"locality_id": "guizhou-sample", "members": members}
    found = assessed(library, library.policies["guizhou-2022-19"], case)
    assert subsidies(found) == [Money.of(yuan) for yuan in (380, 190, 190, 190, 190, 114)]


def test_zengdu_2023_pays_half_of_350_for_those_under_monitoring(library: Library) -> None:
    # 350 × 50 % = 175, by the half that Guizhou's second class has; the 320 of 低保 is among the national scenarios.
    members = [holder("marginal_near_poverty", insurance=[{"year": 2023, "paid_on": "2022-11-02"}])]
    case = {"locality_id": "guizhou-sample", "members": members}
    found = assessed(library, library.policies["guizhou-2022-19"], case)
    assert subsidies(found) == [Money.of(175)]


def test_huangshi_2024_pays_nine_tenths_of_380_for_dibao(library: Library) -> None:
    # 380 × 90 % = 342, a share of the premium as Hebei's 二（二） states it; 38 is left to pay.
    locality = {
        "premium": [{"year": 2024, "amount": 380, "collection_ends": "2024-02-29"}],
        "values": {"subsidy_dibao": Decimal("0.90")},
    }
    members = [holder("dibao", insurance=[{"year": 2024}])]
    case = {"locality_id": "handan", "locality": locality, "members": members}
    found = assessed(library, library.policies["hebei-2021-157"], case)
    assert subsidies(found) == [Money.of(342)]


def test_jiujiang_2023_has_deductibles_of_a_share_with_its_decimals(library: Library) -> None:
    # 28753 × 10 % = 2875.3 and × 25 % = 7188.25; (10000 − 2875.30) × 70 % = 4987.29; (10000 − 7188.25) × 65 % = 1827.6375.
    policy = with_deductible_by_share(library.policies["cn-2021-42"], "dibao_marginal", "0.10")
    policy = with_deductible_by_share(policy, "illness_poverty", "0.25")
    case = {
        "members": [holder("dibao_marginal"), holder("illness_poverty")],
        "expenses": [
            {"settled_on": "2023-06-01", "in_scope": 10000},
            {"settled_on": "2023-06-01", "in_scope": 10000, "patient": "p2"},
        ],
        "locality": {"per_capita_disposable_income": [{"year": 2022, "amount": 28753}]},
    }
    found = assessed(library, policy, case)
    lines = [found.line(expense) for expense in ("e1", "e2")]
    assert [(line.deductible, line.payable) for line in lines if line] == [
        (Decimal("2875.3"), Money.of(Decimal("4987.29"))),
        (Decimal("7188.25"), Money.of(Decimal("1827.64"))),
    ]


def test_ziyang_2016_pays_half_of_what_insurance_and_the_supplement_left(library: Library) -> None:
    # 148949.37 less what the hospital waived, 5821.35, is 143128.02; less basic 78512.04 and the tilted major insurance
    # 29711.37 + 22227.30 leaves 12677.31; less the supplement of 80 %, 10141.85, leaves 2535.46; half of it is 1267.73.
    national = library.policies["cn-2021-42"]
    row = replace(national.self_pay[0], minus=("basic_paid", "major_paid", "commercial_paid"))
    expense = {
        "in_scope": Decimal("143128.02"),
        "basic_paid": Decimal("78512.04"),
        "major_paid": Decimal("51938.67"),
        "commercial_paid": Decimal("10141.85"),
    }
    values = {"ratio_dibao": Decimal("0.50")}
    case = {"members": [holder("dibao")], "expenses": [expense], "locality": {"values": values}}
    line = assessed(library, replace(national, self_pay=(row,)), case).line("e1")
    assert line is not None
    assert (line.self_pay, line.payable) == (Money.of(Decimal("2535.46")), Money.of(Decimal("1267.73")))
