"""The words of facts are those of fields that a case has, and no sentence shows a clerk a field's own name."""

from dataclasses import fields
from typing import Any

import pytest

from desktop.domain.case import Case, Household
from desktop.domain.expenses import Expense
from desktop.domain.means import Income
from desktop.domain.people import Identity, Insurance, Member, YearToDate
from desktop.policy.findings import Findings
from desktop.policy.law.sources import Source
from desktop.policy.wording import FACTS, WHO_KNOWS, called

RECORDS: tuple[Any, ...] = (Case, Household, Member, Identity, Insurance, YearToDate, Expense, Income)
NAMES = {field.name for record in RECORDS for field in fields(record)}
# Stated, or told by other fields.
TOLD_BY_OTHERS = {"expenses", "birth_date", "full_self_pay"}


def test_every_fact_is_a_field_of_the_case() -> None:
    assert set(FACTS) - NAMES == TOLD_BY_OTHERS


def test_who_knows_is_said_of_facts_that_have_a_name() -> None:
    assert set(WHO_KNOWS) <= set(FACTS)


@pytest.mark.parametrize("fact", ["charge_class", "chronic_class", "one_stop", "year_to_date", "insured_in_province"])
def test_what_only_some_policies_ask_is_asked_for_in_words(fact: str) -> None:
    findings = Findings()
    findings.lack(f"expenses[0].{fact}", "计算本笔救助需要", Source("X-1", "第一条"))
    (missing,) = findings.missing
    assert missing.why == f"缺{FACTS[fact]}：计算本笔救助需要"
    assert missing.why.isascii() is False and fact not in missing.why


def test_whoever_has_no_name_yet_is_called_by_the_id() -> None:
    assert [called(Member("p1", "王示例")), called(Member("p2")), called(None)] == ["王示例", "p2", ""]
