"""What the clerk is told with the figures, and in which order."""

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
from desktop.policy.assessment import Alert
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.work.library import Library

Draft = dict[str, Any]
ON = date(2024, 6, 1)
SOURCE: Draft = {"clause": "X-1", "cite": "第一条"}
DIBAO = [{"kind": "dibao", "since": "2020-01-01"}]


def rules_of(library: Library, **tables: object) -> Rules:
    """Guizhou's rules with these tables; None takes one out."""
    text = (paths.POLICIES / "guizhou" / "2022-19.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    return Rules(read_policy(table | tables), library.localities["guizhou-sample"])


def expense(**changed: object) -> Draft:
    amounts = ("prior_self_pay", "over_price_limit", "basic_paid", "major_paid", "assistance_paid")
    return {
        "id": "e1",
        "patient": "p1",
        "kind": "inpatient",
        "designated": True,
        "place": "county",
        "referral": "not_needed",
        "one_stop": False,
        "admitted_on": "2024-03-01",
        "discharged_on": "2024-03-05",
        "settled_on": "2024-03-05",
        "total": "10000",
        "in_scope": "10000",
        **dict.fromkeys(amounts, "0"),
        **changed,
    }


def alerts(
    rules: Rules, *expenses: Draft, matter: str = "assistance", on: date = ON, **member: object
) -> dict[str, Alert]:
    """What is told of a 低保 resident's case, by id and in order."""
    person: Draft = {"id": "p1", "identities": DIBAO, "insurance": [{"year": 2024, "scheme": "resident"}], **member}
    case: Draft = {"format": "yimen-case/1", "locality": "guizhou-sample", "matter": matter, "patient": "p1"}
    case |= {"applied_on": "2024-05-20", "household": {"members": [person], "residence": "rural"}}
    found = assess(read_case({**case, "expenses": list(expenses)}), rules, on).alerts
    return {alert.id: alert for alert in found}


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2023, 12, 31), "policy_not_in_force"),
        (date(2024, 1, 1), None),
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "policy_expired"),
    ],
)
def test_a_policy_outside_its_period_says_so_from_the_day_on(library: Library, on: date, told: str | None) -> None:
    period = {"from": date(2024, 1, 1), "to": date(2024, 12, 31), **SOURCE}
    found = alerts(rules_of(library, in_force=period), on=on)
    assert {one for one in found if one in ("policy_not_in_force", "policy_expired")} == ({told} if told else set())


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2023, 12, 31), "黔府办发〔2022〕19号自2024年1月1日起施行，现在尚未施行，请按现行规定办理。"),
        (date(2025, 1, 1), "黔府办发〔2022〕19号有效期至2024年12月31日，请核实是否有新规定。"),
    ],
)
def test_days_stand_in_their_sentence_without_spaces(library: Library, on: date, text: str) -> None:
    period = {"from": date(2024, 1, 1), "to": date(2024, 12, 31), **SOURCE}
    assert text in [alert.text for alert in alerts(rules_of(library, in_force=period), on=on).values()]


@pytest.mark.parametrize("remark", ["这是征求意见稿，数值由设区市公布", "这是征求意见稿，数值由设区市公布。"])
def test_what_a_reader_must_know_of_the_text_is_told(library: Library, remark: str) -> None:
    found = alerts(rules_of(library, kind="framework", remark=remark))
    assert found["policy_remark"].text == "黔府办发〔2022〕19号：这是征求意见稿，数值由设区市公布。"
    assert "policy_remark" not in alerts(rules_of(library))


def test_an_example_is_no_ground_to_decide_on(library: Library) -> None:
    assert "不能作为办理依据" in alerts(rules_of(library, kind="example"))["policy_example"].text
    assert "policy_example" not in alerts(rules_of(library))


HINTS: list[Draft] = [
    {"id": "for_dibao", "identities": ["dibao"], "text": "低保。", **SOURCE},
    {"id": "for_class_iv", "identities": ["illness_poverty"], "text": "因病致贫。", **SOURCE},
    {"id": "for_matter", "matters": ["illness_poverty"], "text": "认定。", **SOURCE},
    {"id": "for_all", "text": "所有人。", **SOURCE},
]


@pytest.mark.parametrize(
    ("matter", "identities", "told"),
    [
        ("assistance", DIBAO, ["for_dibao", "for_all"]),
        ("assistance", [{**DIBAO[0], "until": "2024-06-01"}], ["for_dibao", "for_all"]),
        ("assistance", [{**DIBAO[0], "until": "2024-05-31"}], ["for_all"]),
        ("assistance", [{"kind": "dibao", "since": "2024-06-02"}], ["for_all"]),
        ("assistance", None, ["for_all"]),
        ("assistance", [{"kind": "illness_poverty", "since": "2024-01-01"}], ["for_class_iv", "for_all"]),
        ("illness_poverty", [], ["for_class_iv", "for_matter", "for_all"]),  # applied for
    ],
)
def test_a_hint_is_for_its_matter_and_for_identities_held_or_applied_for(
    library: Library, matter: str, identities: Sequence[Draft] | None, told: list[str]
) -> None:
    found = alerts(rules_of(library, hints=HINTS), matter=matter, identities=identities)
    assert [one for one in found if one.startswith("for_")] == told


NONE = [{"year": 2024, "scheme": "none"}]


@pytest.mark.parametrize(
    ("insurance", "changed", "told"),
    [
        (NONE, {}, True),
        ([{**NONE[0], "enrolled_on": "2024-03-06"}], {}, True),
        ([{**NONE[0], "enrolled_on": "2024-03-05"}], {}, False),
        (NONE, {"basic_paid": "0.01"}, False),
        ([{"year": 2024, "scheme": "employee"}], {}, False),
        ([], {}, False),  # not known
        (NONE, {"kind": "outpatient"}, False),  # nothing is computed
    ],
)
def test_who_is_not_insured_is_computed_with_an_alert_where_the_policy_is_silent(
    library: Library, insurance: list[Draft], changed: Draft, told: bool
) -> None:
    rules = rules_of(library, not_insured=None)
    assert ("not_insured" in alerts(rules, expense(**changed), insurance=insurance)) is told


def test_where_the_policy_speaks_of_those_not_insured_it_is_not_called_silent(library: Library) -> None:
    found = alerts(rules_of(library), expense(), insurance=[{**NONE[0], "enrolled_on": "2024-03-06"}])
    assert [one for one in found if one in ("not_insured", "enrolled_late")] == ["enrolled_late"]


def test_who_is_not_insured_is_paid_as_anybody_where_the_policy_is_silent(library: Library) -> None:
    rules = rules_of(library, not_insured=None)
    person: Draft = {"id": "p1", "identities": DIBAO, "insurance": NONE}
    case: Draft = {"format": "yimen-case/1", "locality": "guizhou-sample", "matter": "assistance", "patient": "p1"}
    case |= {"household": {"members": [person]}, "expenses": [expense()]}
    line = assess(read_case(case), rules, ON).line("e1")
    assert line is not None
    assert (line.covered, str(line.payable)) == (True, "7000.00")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"chronic_class": 2}, True),
        ({"chronic_class": 1}, False),
        ({"chronic_class": None}, False),
        ({"chronic_class": 2, "in_scope": "0"}, False),  # nothing to wait for
    ],
)
def test_what_is_paid_at_the_years_end_is_not_promised_at_once(library: Library, changed: Draft, told: bool) -> None:
    rule = {"kind": "outpatient_chronic", "chronic_classes": [2, 3], **SOURCE}
    found = alerts(rules_of(library, year_end=rule), expense(kind="outpatient_chronic", **changed))
    assert ("paid_at_year_end" in found) is told
    assert not told or found["paid_at_year_end"].cite == "第一条"


IN_ORDER = [
    "locality_not_verified",
    "policy_expired",
    "identification_rule_superseded",
    "filing_deadline.p1.illness_poverty",
    "several_identities",
    "burden_warning.p1.2024",
    "for_dibao",
    "for_class_iv",
    "for_matter",
    "for_all",
]


def test_doubts_come_first_then_deadlines_then_warnings_and_hints_last(library: Library) -> None:
    rules = rules_of(
        library,
        in_force={"from": date(2022, 1, 1), "to": date(2024, 5, 31), **SOURCE},
        warnings=[{"id": "focus", "over": 1, "focus": True, "then": "请推送。", **SOURCE}],
        hints=HINTS,
    )
    values = {**rules.locality.values, "tilt": {key: Decimal(1) for key in ("deductible", "ratio", "cap")}}
    rules = replace(rules, locality=replace(rules.locality, values=values))
    identities = [{"kind": "illness_poverty", "since": "2020-01-01"}, {"kind": "dibao", "since": "2024-03-06"}]
    others = dict.fromkeys(("supplementary_paid", "commercial_paid", "mutual_aid"), "0")
    bills = [expense(**others), expense(id="e2", settled_on="2024-03-06", **others)]
    assert list(alerts(rules, *bills, matter="illness_poverty", identities=identities)) == IN_ORDER


def test_a_deadline_stands_before_what_was_noticed_earlier(library: Library) -> None:
    rules = rules_of(library, hints=HINTS)
    published = replace(rules, locality=replace(rules.locality, verified=True))
    held = [{"kind": "illness_poverty", "since": "2020-01-01"}]
    found = list(alerts(published, expense(), identities=held))
    assert found == ["filing_deadline.p1.illness_poverty", "tilt_unpublished", "for_class_iv", "for_all"]
