"""Pingshun's rules against whole-fen arithmetic of our own, and the county's own file with what nobody has published yet."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.domain.money import Money
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import Assessment, Line
from desktop.work.library import Library, load_library

LIBRARY = load_library(paths.POLICIES)
POLICY = LIBRARY.policies["pingshun-2023"]
ON = date(2024, 7, 15)
FIRST, LAST = date(2024, 3, 1), date(2024, 6, 30)
# From March 2024 the sample's figure is 30924 yuan: a tenth of it, and a half.
TENTH, HALF = 309_240, 1_546_200
# Deductible in fen, percent, cap in fen.
WITH_DEDUCTIBLE = {
    "unstable_out_of_poverty": (TENTH, 70, 6_000_000),
    "sudden_hardship": (TENTH, 70, 6_000_000),
    "dibao_marginal": (TENTH, 60, 4_000_000),
    "dibao": (0, 70, 6_000_000),
}
Draft = dict[str, Any]

amounts = st.integers(0, 15_000_000)
days = st.integers(0, (LAST - FIRST).days).map(lambda count: FIRST + timedelta(days=count))


def rounded(percent_of_fen: int) -> int:
    """Fen from hundredths of them, half up."""
    return (percent_of_fen + 50) // 100


def yuan(fen: int) -> str:
    return str(Money(fen))


def stay(number: int, in_scope: int, day: date, **said: object) -> Draft:
    """A stay of one day in the county's pooling area, of which nothing is paid yet."""
    unpaid = ("basic_paid", "major_paid", "supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid")
    outside = ("prior_self_pay", "over_price_limit", "full_self_pay")
    return {
        "id": f"e{number:02}",
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "pooling_area",
        "referral": "not_needed",
        "one_stop": False,
        "charge_class": "first",
        "chronic_class": 1,
        "admitted_on": day.isoformat(),
        "discharged_on": day.isoformat(),
        "settled_on": day.isoformat(),
        "in_scope": yuan(in_scope),
        "total": yuan(in_scope),
        **dict.fromkeys((*unpaid, *outside), "0.00"),
        **said,
    }


def case_of(identity: str, *expenses: Draft, locality: str = "pingshun-sample") -> Draft:
    """A patient with one identity, insured as a resident."""
    member = {
        "id": "p1",
        "birth_date": "1970-01-01",
        "counted": True,
        "identities": [{"kind": identity, "since": "2020-01-01"}],
        "insurance": [{"year": 2024, "scheme": "resident"}],
    }
    return {
        "format": "yimen-case/1",
        "locality": locality,
        "matter": "assistance",
        "applied_on": "2024-07-01",
        "patient": "p1",
        "household": {"residence": "rural", "members": [member]},
        "expenses": list(expenses),
    }


def assessed(draft: Draft) -> Assessment:
    return assess(read_case(draft), LIBRARY.rules(draft["locality"]), ON)


def line_of(draft: Draft) -> Line:
    """The only line of a case."""
    (benefit,) = assessed(draft).benefits
    (line,) = benefit.lines
    return line


def fen(amount: Money | None) -> int:
    assert amount is not None
    return amount.fen


@given(st.sampled_from(sorted(WITH_DEDUCTIBLE)), st.lists(st.tuples(amounts, days), min_size=1, max_size=5))
def test_a_year_of_stays_pays_as_counted_in_whole_fen(identity: str, stays: list[tuple[int, date]]) -> None:
    deductible, percent, cap = WITH_DEDUCTIBLE[identity]
    expenses = [stay(number, in_scope, day) for number, (in_scope, day) in enumerate(stays)]
    (benefit,) = assessed(case_of(identity, *expenses)).benefits
    expected, left = {}, 0
    # The list's sort keeps the order of the ids among stays of one day.
    for number, (in_scope, _) in sorted(enumerate(stays), key=lambda one: one[1][1]):
        used = min(deductible, in_scope)
        deductible -= used
        paid = min(rounded((in_scope - used) * percent), cap)
        cap -= paid
        left += in_scope - paid
        expected[f"e{number:02}"] = paid
    assert {line.expense: fen(line.payable) for line in benefit.lines} == expected
    assert fen(benefit.tilt) == min(rounded(max(0, left - HALF) * 70), 3_000_000)


@given(amounts, st.integers(0, 100), st.sampled_from(("county", "pooling_area", "province", "elsewhere")))
def test_who_fell_back_into_poverty_bears_no_more_than_a_tenth_of_a_stay_in_the_province(
    in_scope: int, insured: int, place: str
) -> None:
    basic = in_scope * insured // 100
    bill = stay(1, in_scope, FIRST, basic_paid=yuan(basic), place=place, referral="done")
    self_pay = in_scope - basic
    paid = fen(line_of(case_of("returned_to_poverty", bill)).payable)
    by_ratio = self_pay * 70
    lifted = self_pay * 100 - in_scope * 10
    assert paid == rounded(max(by_ratio, lifted) if place != "elsewhere" else by_ratio)
    if place != "elsewhere":
        assert (in_scope - basic - paid) * 100 <= in_scope * 10 + 50


@given(amounts, st.sampled_from(("inpatient", "outpatient_chronic", "special_drug")))
def test_a_better_identity_never_pays_less(in_scope: int, kind: str) -> None:
    ranked = [identity for group in POLICY.classes for identity in group.identities if identity != "illness_poverty"]
    paid = [fen(line_of(case_of(identity, stay(1, in_scope, FIRST, kind=kind))).payable) for identity in ranked]
    assert paid == sorted(paid, reverse=True)


@given(amounts, amounts, st.sampled_from((("first", 30), ("second_province_or_city", 20))))
def test_aid_outside_the_catalogue_stops_at_the_control_share(
    in_scope: int, outside: int, hospital: tuple[str, int]
) -> None:
    charge_class, percent = hospital
    total = in_scope + outside
    bill = stay(1, in_scope, FIRST, total=yuan(total), full_self_pay=yuan(outside), charge_class=charge_class)
    found = assessed(case_of("returned_to_poverty", bill))
    within = min(outside * 100, total * percent)
    aid = found.benefits[0].lines[0].out_of_catalogue_aid or Money(0)
    assert aid.fen == (within * 85 + 5_000) // 10_000
    above = "catalogue_control.e01" in {alert.id for alert in found.alerts}
    assert above == (outside * 100 > total * percent)


def test_the_county_s_own_file_pays_what_needs_no_figure_and_lists_what_does(library: Library) -> None:
    own = library.localities["pingshun"]
    assert not own.verified
    paid = assessed(case_of("dibao", stay(1, 1_000_000, FIRST), locality="pingshun"))
    assert fen(paid.benefits[0].lines[0].payable) == 700_000
    unpaid = assessed(case_of("dibao_marginal", stay(1, 1_000_000, FIRST), locality="pingshun"))
    line = unpaid.benefits[0].lines[0]
    assert (line.payable, line.reason) == (None, "parameter_missing")
    assert "locality.per_capita_disposable_income.2023" in {one.path for one in unpaid.missing}
    assert "locality_not_verified" in {alert.id for alert in unpaid.alerts}


def test_the_county_s_own_file_leaves_out_what_nobody_published(library: Library) -> None:
    own = library.localities["pingshun"]
    assert (own.dibao_standards, own.premiums, own.values) == ((), (), {})
    assert [one.published_on for one in own.disposable_incomes] == [None, None, None]


def test_each_matter_asks_for_its_own_papers() -> None:
    asked = {
        matter: {paper.id for paper in POLICY.papers if matter in paper.matters}
        for matter in ("illness_poverty", "assistance")
    }
    always = {
        "application_form",
        "id_card",
        "settlement_sheet",
        "other_payments",
        "discharge_summary",
        "fee_list",
        "referral",
        "proxy_authorisation",
        "bank_account",
    }
    assert asked["illness_poverty"] == always | {"check_authorisation", "income_statement"}
    assert asked["assistance"] == always | {"identity_proof", "payment_voucher"}


def test_only_the_end_of_the_transition_is_left_to_the_locality() -> None:
    assert [(value.key, value.unit) for value in POLICY.locality_values] == [("transition_ends", "day")]
    assert POLICY.out_of_catalogue is not None
    assert POLICY.out_of_catalogue.until == "transition_ends"
