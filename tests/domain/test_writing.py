"""A case that is written and read again is the same case."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import MATTERS, RESIDENCES
from desktop.domain.expenses import CHARGE_CLASSES, EXPENSE_KINDS, PLACES, REFERRALS
from desktop.domain.means import INCOME_KINDS
from desktop.domain.people import IDENTITIES, RELATIONS, SCHEMES
from desktop.domain.reading import read_case
from desktop.domain.writing import case_data

Draft = dict[str, Any]
FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 1500).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
FLAGS = st.sampled_from([True, False, None])
WORDS = st.sampled_from([None, "", "王示例", "龚䶮", "陈𬱖", "「引号」与换行\n"])
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9).map(lambda fen: str(Decimal(fen).scaleb(-2))))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


@st.composite
def members(draw: st.DrawFn, place: int) -> Draft:
    since = draw(DAYS)
    return {
        "id": f"p{place}",
        "name": draw(WORDS),
        "birth_date": draw(maybe(DAYS)),
        "relation": draw(maybe(st.sampled_from(sorted(RELATIONS)))),
        "counted": draw(FLAGS),
        "identities": draw(maybe(st.just([{"kind": draw(st.sampled_from(sorted(IDENTITIES))), "since": since}]))),
        "insurance": [{"year": 2024, "scheme": draw(maybe(st.sampled_from(sorted(SCHEMES)))), "paid_on": since}],
        "disability_grade": draw(maybe(st.integers(0, 4))),
        "year_to_date": draw(st.sampled_from([[], [{"year": 2024, "deductible_used": "1.5"}]])),
    }


@st.composite
def expenses(draw: st.DrawFn, place: int) -> Draft:
    parts = [draw(st.integers(0, 10**7)) for _ in range(4)]
    basic = draw(st.integers(0, parts[0]))
    major = draw(st.integers(0, parts[0] - basic))
    spare = (sum(parts) - basic - major) // 4
    rest = [draw(st.integers(0, spare)) for _ in range(4)]
    keys = ["total", "in_scope", "prior_self_pay", "over_price_limit", "full_self_pay", "basic_paid", "major_paid"]
    keys += ["supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid"]
    fen = dict(zip(keys, [sum(parts), *parts, basic, major, *rest], strict=True))
    day = draw(DAYS)
    return {
        "id": f"e{place}",
        "patient": "p1",
        "kind": draw(st.sampled_from(sorted(EXPENSE_KINDS))),
        "provider": draw(WORDS),
        "designated": draw(FLAGS),
        "place": draw(maybe(st.sampled_from(sorted(PLACES)))),
        "referral": draw(maybe(st.sampled_from(sorted(REFERRALS)))),
        "admitted_on": day,
        "discharged_on": day,
        "settled_on": draw(maybe(st.just(day))),
        **{key: draw(maybe(st.just(str(Decimal(amount).scaleb(-2))))) for key, amount in fen.items()},
        "charge_class": draw(maybe(st.sampled_from(sorted(CHARGE_CLASSES)))),
        "chronic_class": draw(maybe(st.integers(1, 3))),
    }


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    people = [draw(members(place)) for place in range(1, draw(st.integers(1, 3)) + 1)]
    kind = draw(maybe(st.sampled_from(sorted(INCOME_KINDS))))
    incomes = [{"member": "p1", "kind": kind, "amount": draw(AMOUNTS), "counted": draw(FLAGS)}]
    assets = [{"member": "p1", "value": draw(AMOUNTS), "area": draw(st.sampled_from([None, "96.5", Decimal("1E+2")]))}]
    return {
        "format": "yimen-case/1",
        "case_no": draw(WORDS),
        "locality": "guizhou-sample",
        "matter": draw(st.sampled_from(sorted(MATTERS))),
        "applied_on": draw(st.sampled_from([None, "2026-01-01"])),
        "surveyed_on": draw(st.sampled_from([None, "2026-01-08"])),
        "patient": "p1",
        "household": {
            "residence": draw(maybe(st.sampled_from(sorted(RESIDENCES)))),
            "property_ok": draw(FLAGS),
            "members": people,
            "incomes": draw(st.sampled_from([None, [], incomes])),
            "assets": draw(st.sampled_from([None, [], assets])),
        },
        "expenses": [draw(expenses(place)) for place in range(1, draw(st.integers(0, 3)) + 1)],
    }


@given(drafts())
def test_read_and_written_and_read_a_case_is_the_same(draft: Draft) -> None:
    case = read_case(draft)
    written = json.dumps(case_data(case), ensure_ascii=False)
    assert read_case(json.loads(written)) == case
    assert json.dumps(case_data(read_case(json.loads(written))), ensure_ascii=False) == written
