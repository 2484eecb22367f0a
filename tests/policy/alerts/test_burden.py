"""What a person is left to bear: the year against the warning's line, a stay against the control's."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
TEKUN = [{"kind": "tekun", "since": "2020-01-01"}]
DIBAO = [{"kind": "dibao", "since": "2020-01-01"}]
FORMER_DIBAO = [{"kind": "dibao", "since": "2020-01-01", "until": "2024-05-31"}]
LATER_DIBAO = [{"kind": "dibao", "since": "2024-06-01"}]
ILLNESS = [{"kind": "illness_poverty", "since": "2024-04-01"}]
SOURCE: Draft = {"clause": "X-1", "cite": "第三十条"}
WARNINGS: Draft = {
    "warnings": [
        {"id": "focus", "over": 6000, "focus": True, "then": "请推送。", **SOURCE},
        {"id": "others", "over": 20000, "then": "请推送。", **SOURCE},
    ],
}
CONTROL: Draft = {
    "burden_control": {"share": Decimal("0.10"), "kinds": ["inpatient"], "places": ["county"], **SOURCE},
}
TILT: Draft = {
    "tilt": {
        "basis": "left_of_self_pay",
        "places": ["county"],
        "deductible": {"yuan": 5000, **SOURCE},
        "ratio": Decimal("0.70"),
        "cap": 30000,
        **SOURCE,
    }
}
OUT_OF_CATALOGUE: Draft = {
    "out_of_catalogue": {
        "identities": ["dibao"],
        "share": Decimal("0.85"),
        "kinds": ["inpatient"],
        "places": ["county"],
        "until_value": "transition_ends",
        "doubt_after": date(2025, 12, 31),
        "control": {
            "identities": ["dibao"],
            "first": Decimal("0.30"),
            "second_province_or_city": Decimal("0.20"),
            "second_county_or_third": Decimal("0.15"),
            **SOURCE,
        },
        **SOURCE,
    }
}
TRANSITION: Draft = {"key": "transition_ends", "name": "过渡期截止日", "unit": "day", "who": "省医保局", **SOURCE}


def rules_of(library: Library, *tables: Draft) -> Rules:
    """Guizhou's rules without its 倾斜救助, and with these tables."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    del table["tilt"]
    table["locality_values"] = [value for value in table["locality_values"] if value["key"] != "tilt"]
    for one in tables:
        table |= one
    if "out_of_catalogue" in table:
        table["locality_values"].append(TRANSITION)
    return Rules(read_policy(table), library.localities["guizhou-sample"])


def expense(total: str, name: str = "e1", **changed: object) -> Draft:
    amounts = ("prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
    return {
        "id": name,
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "admitted_on": "2024-03-01",
        "discharged_on": "2024-03-05",
        "settled_on": "2024-03-05",
        "total": total,
        "in_scope": "1000",
        **dict.fromkeys((*amounts, "supplementary_paid", "commercial_paid", "mutual_aid"), "0"),
        **changed,
    }


def told(rules: Rules, *expenses: Draft, identities: Sequence[Draft] = (), **member: object) -> dict[str, str]:
    """The warnings and controls that are noted, by their ids."""
    person: Draft = {"id": "p1", "name": "王示例", "identities": identities, **member}
    person["insurance"] = [{"year": year, "scheme": "resident"} for year in (2023, 2024)]
    case: Draft = {"format": "yimen-case/1", "locality": "guizhou-sample", "matter": "assistance", "patient": "p1"}
    case |= {"applied_on": "2024-05-20", "household": {"members": [person]}, "expenses": list(expenses)}
    found = assess(read_case(case), rules, ON).alerts
    return {alert.id: alert.text for alert in found if alert.id.startswith("burden")}


@pytest.mark.parametrize(
    ("total", "identities", "out_of_poverty", "over"),
    [
        ("7000.00", TEKUN, None, None),  # 1000 of it are paid
        ("7000.01", TEKUN, None, "6,000.00"),
        ("6700.00", DIBAO, None, None),  # 700 of it are paid
        ("6700.01", DIBAO, None, "6,000.00"),
        ("20000.00", [], None, None),
        ("20000.01", [], None, "20,000.00"),
        ("6000.01", [], False, None),
        ("6000.01", [], True, "6,000.00"),
        ("6000.00", [], True, None),
        ("20000.01", [], True, "6,000.00"),
    ],
)
def test_a_years_burden_strictly_above_the_line_is_warned_of(
    library: Library, total: str, identities: list[Draft], out_of_poverty: bool | None, over: str | None
) -> None:
    found = told(rules_of(library, WARNINGS), expense(total), identities=identities, out_of_poverty=out_of_poverty)
    assert list(found) == (["burden_warning.p1.2024"] if over else [])
    assert over is None or f"超过监测线 {over} 元" in found["burden_warning.p1.2024"]


def test_a_warning_says_who_which_year_and_how_much(library: Library) -> None:
    found = told(rules_of(library, WARNINGS), expense("7000.01"), identities=TEKUN)
    assert found["burden_warning.p1.2024"].startswith("王示例：2024年个人负担医疗费用 6,000.01 元，")


@pytest.mark.parametrize(
    ("identities", "warned"),
    [
        (FORMER_DIBAO, True),  # served on the day of the bill
        (LATER_DIBAO, True),  # holds it on the day of the assessment
        ([{"kind": "dibao", "since": "2024-06-02"}], False),
        ([{"kind": "retrenched_1960s", "since": "2020-01-01"}], False),  # subsidised, but not aided
    ],
)
def test_whoever_was_or_is_aided_is_in_focus(library: Library, identities: list[Draft], warned: bool) -> None:
    assert bool(told(rules_of(library, WARNINGS), expense("9000"), identities=identities)) is warned


def test_an_identity_that_only_its_own_application_knows_puts_nobody_in_focus(library: Library) -> None:
    forgetting = {"not_remembered": {"identities": ["illness_poverty"], **SOURCE}}
    assert told(rules_of(library, WARNINGS), expense("9000"), identities=ILLNESS) != {}
    assert told(rules_of(library, WARNINGS, forgetting), expense("9000"), identities=ILLNESS) == {}


PAYMENTS = ("basic_paid", "major_paid", "supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid")


@pytest.mark.parametrize("payment", PAYMENTS)
def test_every_payment_comes_off_and_one_that_is_not_known_leaves_the_burden_open(
    library: Library, payment: str
) -> None:
    rules = rules_of(library, WARNINGS)
    less: Draft = {"in_scope": "0.01", payment: "0.01"}
    unknown: Draft = {payment: None}
    person: Draft = {"identities": [], "out_of_poverty": True}
    assert "6,000.01 元" in told(rules, expense("6000.02", **less), **person)["burden_warning.p1.2024"]
    assert told(rules, expense("6000.01", **less), **person) == {}
    assert told(rules, expense("6000.02", **unknown), **person) == {}


def test_the_expenses_of_a_year_are_taken_together_and_years_apart(library: Library) -> None:
    rules = rules_of(library, WARNINGS)
    other_year = {"settled_on": "2023-12-31", "discharged_on": "2023-12-31", "admitted_on": "2023-12-01"}
    person: Draft = {"identities": [], "out_of_poverty": True}
    assert list(told(rules, expense("3000"), expense("3000.01", "e2"), **person)) == ["burden_warning.p1.2024"]
    assert told(rules, expense("3000"), expense("3000.01", "e2", **other_year), **person) == {}


@pytest.mark.parametrize(
    "changed",
    [{"total": None}, {"settled_on": None, "kind": "outpatient_chronic"}, {"assistance_paid": None}],
)
@pytest.mark.parametrize("identities", [TEKUN, []])
def test_a_year_with_something_unknown_is_not_computed(
    library: Library, identities: list[Draft], changed: Draft
) -> None:
    rules = rules_of(library, WARNINGS)
    assert told(rules, expense("90000"), identities=identities) != {}
    assert (
        told(rules, expense("90000"), expense(**{"total": "1000", "name": "e2"} | changed), identities=identities) == {}
    )


@pytest.mark.parametrize(("total", "warned"), [("10700.00", False), ("10700.01", True)])
def test_what_is_tilted_comes_off_the_years_burden(library: Library, total: str, warned: bool) -> None:
    # Of 10000 each 3000 are left; of the 6000, what lies above 5000 is tilted at 70 %: 700.
    bills = [expense("10000", in_scope="10000"), expense(total, "e2", in_scope="10000")]
    found = told(rules_of(library, WARNINGS, TILT), *bills, identities=DIBAO)
    assert ["6,000.01 元" in text for text in found.values()] == ([True] if warned else [])


def test_a_tilt_that_is_not_published_leaves_the_year_open(library: Library) -> None:
    unpublished = replace(library.rules("guizhou-sample").policy, warnings=rules_of(library, WARNINGS).policy.warnings)
    rules = Rules(unpublished, library.localities["guizhou-sample"])
    assert told(rules, expense("90000"), identities=TEKUN) == {}


@pytest.mark.parametrize(
    ("changed", "published", "burden"),
    [
        ({"charge_class": "first"}, None, "6,750.00"),  # 700 in scope; 85 % of 3000 out of it
        ({"charge_class": None}, None, None),
        ({"charge_class": None, "place": "elsewhere"}, None, "9,300.00"),
        ({"charge_class": None, "place": None}, None, None),
        ({"charge_class": None}, date(2024, 3, 5), None),
        ({"charge_class": None}, date(2024, 3, 4), "9,300.00"),  # the clause has run out
        ({"charge_class": None, "kind": "outpatient_chronic"}, None, "9,300.00"),
    ],
)
def test_aid_outside_the_catalogue_comes_off_and_where_it_is_open_so_is_the_burden(
    library: Library, changed: Draft, published: date | None, burden: str | None
) -> None:
    rules = rules_of(library, WARNINGS, OUT_OF_CATALOGUE)
    values = {**rules.locality.values} | ({"transition_ends": published} if published else {})
    rules = replace(rules, locality=replace(rules.locality, values=values))
    found = told(rules, expense("10000", **changed), identities=DIBAO)
    assert ([f"{burden} 元" in text for text in found.values()]) == ([True] if burden else [])


@pytest.mark.parametrize(
    ("identities", "changed", "controlled"),
    [
        (TEKUN, {"total": "11000.00"}, False),
        (TEKUN, {"total": "11000.01"}, True),
        (TEKUN, {"in_scope": "10000.05", "total": "11000.05"}, False),  # 1000.00 against 1000.005
        (TEKUN, {"in_scope": "10000.05", "total": "11000.06"}, True),
        (TEKUN, {"place": "pooling_area"}, False),
        (TEKUN, {"place": None}, False),
        (TEKUN, {"kind": "outpatient_chronic"}, False),
        (TEKUN, {"designated": False, "emergency_rescue": False}, False),
        (TEKUN, {"commercial_paid": "1000"}, False),
        (TEKUN, {"commercial_paid": None}, False),
        (TEKUN, {"total": None}, False),
        ([], {}, False),  # nobody whom the clause protects
        (DIBAO, {"total": "10000.00"}, True),  # 3000 of it are left
    ],
)
def test_a_stay_whose_burden_lies_strictly_above_the_share_is_told(
    library: Library, identities: list[Draft], changed: Draft, controlled: bool
) -> None:
    stay = expense(**{"total": "12000", "in_scope": "10000"} | changed)
    found = told(rules_of(library, CONTROL), stay, identities=identities)
    assert list(found) == (["burden_control.e1"] if controlled else [])


def test_the_control_says_which_stay_and_how_much(library: Library) -> None:
    found = told(rules_of(library, CONTROL, WARNINGS), expense("12000", in_scope="10000"), identities=TEKUN)
    assert found == {
        "burden_control.e1": "王示例：2024年3月5日的住院费用，个人负担 2,000.00 元，超过政策范围内费用的 10%"
        "（1,000.00 元），请报县医保部门核对处理。"
    }


def test_what_is_surely_too_much_is_told_while_the_aid_outside_the_catalogue_is_open(library: Library) -> None:
    found = told(rules_of(library, WARNINGS, OUT_OF_CATALOGUE), expense("60000", charge_class=None), identities=DIBAO)
    # 59 300 after the assistance, less 85 % of all 59 000 outside the catalogue.
    assert ["至少 9,150.00 元" in text for text in found.values()] == [True]
