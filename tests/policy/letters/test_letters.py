"""The letters say what the case comes to, word by word."""

import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.case import Case
from desktop.domain.problems import Refused
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.law.localities import read_locality
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import BLANK, Desk, Letter, letter_text
from desktop.policy.letters.receipt import receipt_letter

ROOT = Path(__file__).resolve().parents[3]
GOLDENS = ROOT / "tests" / "goldens"
WRITE = "YIMEN_WRITE_GOLDENS"  # set it to write the letters anew, then read the difference
DAY = date(2024, 5, 28)
DESK = Desk(
    office="示例县示例镇社会救助「一门受理」窗口",
    address="示例县示例镇示例路 1 号",
    phone="0850-0000000",
    complaint_phone="",
    number="受2024-0001",
    day=DAY,
    papers={
        "application_form": "received",
        "id_card": "received",
        "diagnosis": "missing",
        "bank_account": "not_needed",
    },
)


def read_toml(place: str) -> object:
    return tomllib.loads((ROOT / "policies" / place).read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def rules() -> Rules:
    policy = read_policy(read_toml("guizhou/2022-19.toml"))
    return Rules(policy, read_locality(read_toml("localities/guizhou-sample.toml")))


def sample(name: str) -> Case:
    return read_case(json.loads((ROOT / "tests" / "samples" / f"{name}.json").read_text(encoding="utf-8")))


def receipt(case: Case, rules: Rules) -> Letter:
    return receipt_letter(case, rules, DESK)


def calculation(case: Case, rules: Rules) -> Letter:
    return calculation_letter(case, assess(case, rules, DAY), rules, DESK)


def same_as_golden(letter: Letter, name: str) -> None:
    text, golden = letter_text(letter), GOLDENS / f"{name}.txt"
    if os.environ.get(WRITE):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("build", "case", "golden"),
    [
        (receipt, "01-illness-poverty", "receipt"),
        (calculation, "01-illness-poverty", "calculation"),
        (calculation, "02-redirect", "calculation-redirect"),
        (calculation, "06-annual-cap", "calculation-cap"),
    ],
)
def test_a_letter_reads_as_its_golden(
    build: Callable[[Case, Rules], Letter], case: str, golden: str, rules: Rules
) -> None:
    same_as_golden(build(sample(case), rules), golden)


def test_a_calculation_says_first_that_it_is_an_estimate(rules: Rules) -> None:
    case = sample("01-illness-poverty")
    text = letter_text(calculation(case, rules))
    assert text.index("仅供参考，以县级确认为准") < text.index("参数未核对") < text.index("测算结论")
    verified = Rules(rules.policy, replace(rules.locality, verified=True))
    assert "参数未核对" not in letter_text(calculation(case, verified))


def test_what_is_unknown_stays_open_and_never_turns_into_nothing(rules: Rules) -> None:
    case = sample("01-illness-poverty")
    expense = replace(case.expenses[0], basic_paid=None)
    text = letter_text(calculation(replace(case, stated_expenses=(expense,)), rules))
    assert "预计救助 | 待补" in text
    assert "费用第 1 笔 | 缺基本医保支付：自付合规医疗费用需要 | 就诊医院的结算单" in text
    assert "0.00 元" not in text.split("二、认定条件")[0]


def test_a_redirect_names_the_better_identity_and_asks_for_no_paper_again(rules: Rules) -> None:
    text = letter_text(calculation(sample("02-redirect"), rules))
    assert "应转办低保边缘家庭成员认定" in text
    assert "已提交的材料不必重复提交" in text
    assert "预计救助 | 转办后按新身份测算" in text


def test_benefits_before_the_survey_stand_under_their_condition(rules: Rules) -> None:
    case = replace(sample("01-illness-poverty"), surveyed_on=None)
    text = letter_text(calculation(case, rules))
    assert "认定结论 | 待定" in text
    assert "按认定通过测算" in text
    assert "以认定通过为前提" in text
    assert "入户调查日期 | 待补" in text


def test_a_case_without_expenses_is_not_said_to_pay_nothing(rules: Rules) -> None:
    text = letter_text(calculation(replace(sample("01-illness-poverty"), stated_expenses=()), rules))
    assert "预计救助 | 未录入医疗费用" in text
    assert "零元整" not in text


def test_a_receipt_leaves_open_what_the_clerk_has_not_decided(rules: Rules) -> None:
    text = letter_text(receipt(sample("01-illness-poverty"), rules))
    assert "医疗救助申请审核表 | 已收" in text
    assert "诊断证明或出院小结 | 待补" in text
    assert "家庭收入、财产申报表 | □已收　□待补" in text
    assert f"投诉电话 | {BLANK}" in text


def test_a_receipt_lists_only_the_papers_of_its_matter(rules: Rules) -> None:
    papers = [paper.name for paper in rules.policy.papers]
    text = letter_text(receipt(sample("04-not-referred"), rules))
    assert [name for name in papers if name in text] == [
        paper.name for paper in rules.policy.papers if "assistance" in paper.matters
    ]
    assert "公示" not in text


def test_a_letter_shows_the_id_number_masked(rules: Rules) -> None:
    case = sample("01-illness-poverty")
    number = case.household.members[0].id_number
    assert number is not None
    for letter in (receipt(case, rules), calculation(case, rules)):
        assert number not in letter_text(letter)
        assert f"{number[:6]}********{number[-4:]}" in letter_text(letter)


def test_a_letter_without_its_number_says_so(rules: Rules) -> None:
    letter = receipt_letter(sample("01-illness-poverty"), rules, replace(DESK, number=""))
    assert letter.number_line == "编号：（未编号）"


def test_a_receipt_is_refused_with_everything_it_lacks(rules: Rules) -> None:
    case = sample("01-illness-poverty")
    nameless = replace(case.household.members[0], name=None)
    household = replace(case.household, members=(nameless, *case.household.members[1:]))
    with pytest.raises(Refused) as refused:
        receipt(replace(case, household=household, applied_on=None), rules)
    assert [fault.path for fault in refused.value.faults] == ["household.members[0].name", "applied_on"]
