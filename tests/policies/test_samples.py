"""The six sample cases come to the figures that were worked out by hand from the rules."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop import paths
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import assessment_data
from desktop.work.library import Library

ON = date(2024, 5, 28)
# expense: identity, self_pay, deductible, ratio, computed, payable, cap_left; or only the reason why nothing is paid.
Lines = dict[str, tuple[str, ...]]
# person/year: amount, reason
Subsidies = dict[str, tuple[str, str | None]]

# The rural 低保 standard is 480 a month from 2023-07-01; the line of class IV, and of 低保边缘, is 480 × 1.5 = 720.
# self_pay = in_scope − basic − major + 乙类先行自付 + 超限价, by 三（一）; the premium of 2024 is 380, collected to 2024-02-29.
EXPECTED: dict[str, tuple[str | None, Lines, Subsidies]] = {
    # Income 30000 of two: (30000 − 23500) ÷ 24 = 270.83, below 720; 30000 ÷ 24 = 1250, not below 720.
    # self_pay 70000 − 42000 − 8000 + 3000 + 500 = 23500; (23500 − 2000) × 50 % = 10750; 50000 − 10750 = 39250.
    # 突发严重困难 ended in 2023: none on the last day of collection, nor in February.
    "01-illness-poverty": (
        "eligible",
        {"e1": ("illness_poverty", "23500.00", "2000.00", "0.50", "10750.00", "10750.00", "39250.00")},
        {"p1/2024": ("0.00", "no_identity")},
    ),
    # Income 5600 + 13000 + 3000 = 21600 of three: 600 a month, from 480 up and below 720, property within the rule.
    # self_pay 48215.60 − 30820.14 − 6237.28 + 4386.20 + 812.60 = 16356.98, not paid as class IV.
    "02-redirect": (
        "redirect",
        {"e1": ("no_identity",)},
        {"p1/2024": ("0.00", "no_identity"), "p2/2024": ("0.00", "no_identity"), "p3/2024": ("0.00", "no_identity")},
    ),
    # Income 41000 + 8560 + 2440 = 52000 of four (600 高龄津贴 not counted): 52000 ÷ 48 = 1083.33.
    # self_pay 46820.35 − 29913.23 − 5944.27 + 5512.34 + 964.80 = 17439.99; 52000 − 17439.99 = 34560.01,
    # a fen above 720 × 12 × 4 = 34560.
    "03-one-fen-above": (
        "ineligible",
        {"e1": ("no_identity",)},
        {f"p{place}/2024": ("0.00", "no_identity") for place in (1, 2, 3, 4)},
    ),
    # 低保, class II: 70 % − 10 % for the referral that was not made.
    # self_pay 34520.80 − 18161.44 − 8358.58 + 3918.50 + 1204.40 = 13123.68; × 60 % = 7874.208; 50000 − 7874.21.
    # p1 has had the subsidy of the year; p2 paid on 1 March, a day late.
    "04-not-referred": (
        None,
        {"e1": ("dibao", "13123.68", "0.00", "0.60", "7874.21", "7874.21", "42125.79")},
        {"p1/2024": ("0.00", "already_received"), "p2/2024": ("0.00", "not_paid_in_time")},
    ),
    # 低保边缘, class III, enrolled on 18 April after the stay: in_scope alone counts, at half of 60 %.
    # (21846.30 − 1000) × 30 % = 6253.89. p2 is sixty on 29 February, the last day of collection: 380 × 30 % = 114.
    "05-just-enrolled": (
        None,
        {"e1": ("dibao_marginal", "21846.30", "1000.00", "0.30", "6253.89", "6253.89", "43746.11")},
        {"p1/2024": ("0.00", "not_resident"), "p2/2024": ("114.00", None)},
    ),
    # 脱贫不稳定, class II, 70 %, three stays under one cap of 50000.
    # e1 165320.00 − 97992.00 − 41488.20 + 6853.20 + 1420.00 = 34113.00; × 70 % = 23879.10; left 26120.90.
    # e2 138745.50 − 82047.30 − 36853.83 + 5960.28 + 1110.10 = 26914.75; × 70 % = 18840.325, half up; left 7280.57.
    # e3 96208.40 − 56525.04 − 25794.18 + 4012.36 + 745.30 = 18646.84; × 70 % = 13052.788; the cap leaves 7280.57.
    # 380 × 50 % = 190; p2 is insured as an employee.
    "06-annual-cap": (
        None,
        {
            "e1": ("unstable_out_of_poverty", "34113.00", "0.00", "0.70", "23879.10", "23879.10", "26120.90"),
            "e2": ("unstable_out_of_poverty", "26914.75", "0.00", "0.70", "18840.33", "18840.33", "7280.57"),
            "e3": ("unstable_out_of_poverty", "18646.84", "0.00", "0.70", "13052.79", "7280.57", "0.00"),
        },
        {"p1/2024": ("190.00", None), "p2/2024": ("0.00", "not_resident")},
    ),
}
OF_LINE = ("identity", "self_pay", "deductible", "ratio", "computed", "payable", "cap_left")
Sample = Callable[[str], dict[str, object]]


def assessed(library: Library, sample: Sample, name: str) -> dict[str, Any]:
    case = read_case(sample(name), library.localities)
    return assessment_data(assess(case, library.rules(case.locality), ON))


def test_every_sample_has_its_figures() -> None:
    assert sorted(path.stem for path in paths.SAMPLES.glob("*.json")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_comes_to_the_figures_worked_out_by_hand(library: Library, sample: Sample, name: str) -> None:
    found = assessed(library, sample, name)
    verdict, lines, subsidies = EXPECTED[name]
    identification = found["identification"]
    assert (identification and identification["verdict"]) == verdict
    paid = {line["expense"]: line for benefit in found["benefits"] for line in benefit["lines"]}
    assert {
        expense: (line["reason"],) if line["reason"] else tuple(line[key] for key in OF_LINE)
        for expense, line in paid.items()
    } == lines
    assert {f"{one['person']}/{one['year']}": (one["amount"], one["reason"]) for one in found["subsidies"]} == subsidies
    assert (found["status"], found["missing"]) == ("complete", [])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_year_pays_the_sum_of_its_lines(library: Library, sample: Sample, name: str) -> None:
    for benefit in assessed(library, sample, name)["benefits"]:
        assert Decimal(benefit["payable"]) == sum(Decimal(line["payable"]) for line in benefit["lines"])
        assert not benefit["conditional"]
        assert benefit["tilt"] is None


@pytest.mark.parametrize("name", EXPECTED)
def test_no_two_steps_of_a_sample_share_an_id(library: Library, sample: Sample, name: str) -> None:
    ids = [step["id"] for step in assessed(library, sample, name)["trace"]]
    assert ids and len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_parts_of_a_sheet_add_up_to_its_total(sample: Sample, name: str) -> None:
    for expense in read_case(sample(name)).expenses:
        parts = (expense.in_scope, expense.prior_self_pay, expense.over_price_limit, expense.stated_full_self_pay)
        known = [part.fen for part in parts if part is not None]
        assert expense.total is not None and (len(known), sum(known)) == (4, expense.total.fen)


def test_what_turns_the_case_one_fen_above_the_line_is_two_fen(library: Library, sample: Sample) -> None:
    # 34560.01 must fall strictly below 34560.00.
    changes = assessed(library, sample, "03")["changes"]
    assert (changes[0]["test"], changes[0]["amount"]) == ("income_after_medical", "0.02")


def test_samples_are_whole_case_files(sample: Sample) -> None:
    for path in paths.SAMPLES.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert json.loads(text)["format"] == "yimen-case/1"
        assert read_case(sample(path.stem)).household.members[0].id_number
