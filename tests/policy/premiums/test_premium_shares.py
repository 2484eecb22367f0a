"""What identities open of a premium: how much, for whom, and which is the best."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.domain.people import Member
from desktop.policy.law.quantities import Quantity
from desktop.policy.law.sources import Source
from desktop.policy.law.subsidy_rules import SubsidyGroup, SubsidyRule
from desktop.policy.premiums.premium_shares import Share, best_of, open_above, shares_of
from desktop.work.library import Library

DAY = date(2024, 2, 29)
SOURCE = Source("X-1", "第一条")
LOCAL = Quantity(SOURCE, value="local", of="premium")


def group(kind: str, amount: Quantity, floor: str | None = None) -> SubsidyGroup:
    return SubsidyGroup((kind,), amount, None if floor is None else Decimal(floor), None, None, ())


def share(of_premium: str) -> Quantity:
    return Quantity(SOURCE, Decimal(of_premium), "premium")


def yuan(amount: str) -> Quantity:
    return Quantity(SOURCE, Decimal(amount))


IN_FULL = group("tekun", share("1"))
NINE_TENTHS = group("returned_to_poverty", share("0.90"))
WITH_FLOOR = group("dibao", share("0.80"), floor="280")
FLAT = group("marginal_near_poverty", yuan("280"))
LEFT_OPEN = group("dibao_marginal", LOCAL)
OLD = replace(group("dibao_marginal", share("0.30")), from_age=60)
DISABLED = replace(OLD, from_age=None, disability_grades=(1, 2))
YOUNG_OR_DISABLED = replace(OLD, from_age=None, under_age=18, disability_grades=(1, 2))
GROUPS = (IN_FULL, NINE_TENTHS, WITH_FLOOR, FLAT)


def opened(
    library: Library,
    groups: Sequence[SubsidyGroup],
    kinds: Sequence[str],
    premium: str = "350",
    local: str | None = None,
    member: Member | None = None,
) -> list[Share]:
    """The shares open to a holder of these identities, where the locality has published this value or none."""
    rule = SubsidyRule(tuple(groups), SOURCE, None, None, None, None)
    values = {} if local is None else {"local": Decimal(local)}
    locality = replace(library.localities["guizhou-sample"], values=values)
    return list(shares_of(rule, locality, member or Member("p1"), kinds, Decimal(premium), DAY))


@pytest.mark.parametrize(
    ("premium", "kind", "amount"),
    [
        ("350", "tekun", "350.00"),
        ("350", "returned_to_poverty", "315.00"),
        ("350", "dibao", "280.00"),  # four fifths are the floor itself
        ("350.02", "dibao", "280.02"),  # 280.016, rounded half up once
        ("349.98", "dibao", "280.00"),  # 279.984 lies below the floor
        ("280", "dibao", "280.00"),
        ("279.99", "dibao", "279.99"),  # never above the premium, the floor neither
        ("280.01", "marginal_near_poverty", "280.00"),
        ("279.99", "marginal_near_poverty", "279.99"),
    ],
)
def test_a_share_of_the_premium_a_floor_or_so_many_yuan(library: Library, premium: str, kind: str, amount: str) -> None:
    assert [str(one.amount) for one in opened(library, GROUPS, [kind], premium)] == [amount]


@pytest.mark.parametrize(
    ("of", "local", "amount"),
    [
        ("premium", None, None),
        ("premium", "0.60", "210.00"),
        (None, "349.99", "349.99"),
        (None, "350.01", "350.00"),
    ],
)
def test_a_value_left_to_the_locality_is_a_share_or_yuan(
    library: Library, of: str | None, local: str | None, amount: str | None
) -> None:
    left = group("dibao_marginal", replace(LOCAL, of=of))
    (one,) = opened(library, [left], ["dibao_marginal"], local=local)
    assert (one.amount and str(one.amount), one.certain) == (amount, amount is not None)


@pytest.mark.parametrize(
    ("who", "birth", "grade", "fits", "unknown"),
    [
        (OLD, "1964-02-29", None, True, ()),  # sixty on the very day
        (OLD, "1964-03-01", None, False, ()),
        (OLD, None, 1, None, ("birth_date",)),  # only the age decides
        (DISABLED, None, 2, True, ()),
        (DISABLED, None, 3, False, ()),  # the age does not matter
        (YOUNG_OR_DISABLED, "2006-02-28", 0, False, ()),
        (YOUNG_OR_DISABLED, "2006-03-01", None, True, ()),
        (YOUNG_OR_DISABLED, "1970-01-01", None, None, ("disability_grade",)),
        (YOUNG_OR_DISABLED, "1970-01-01", 3, False, ()),
        (YOUNG_OR_DISABLED, None, 3, None, ("birth_date",)),
        (YOUNG_OR_DISABLED, None, 2, True, ()),
        (YOUNG_OR_DISABLED, None, None, None, ("birth_date", "disability_grade")),
    ],
)
def test_age_and_disability_decide_where_the_group_asks_for_them(
    library: Library, who: SubsidyGroup, birth: str | None, grade: int | None, fits: bool | None, unknown: object
) -> None:
    member = Member("p1", stated_birth_date=date.fromisoformat(birth) if birth else None, disability_grade=grade)
    (one,) = opened(library, [who], ["dibao_marginal"], member=member)
    assert (one.fits, one.unknown) == (fits, unknown)


@pytest.mark.parametrize(
    ("kind", "premium", "plain", "words"),
    [
        ("dibao", "400", True, None),
        ("tekun", "350", True, None),
        (
            "dibao",
            "340",
            False,
            "个人缴费标准 340.00 × 80%，低于 280.00 元的按 280.00 元，不超过个人缴费标准 340.00 元",
        ),
        ("marginal_near_poverty", "350", False, "定额 280.00 元，不超过个人缴费标准 350.00 元"),
    ],
)
def test_a_floor_or_a_fixed_amount_says_how_it_came_about(
    library: Library, kind: str, premium: str, plain: bool, words: str | None
) -> None:
    (one,) = opened(library, GROUPS, [kind], premium)
    assert one.of_premium is plain
    assert words is None or str(one) == words


@pytest.mark.parametrize(
    ("premium", "kinds", "best"),
    [
        ("311", ["returned_to_poverty", "dibao"], "dibao"),  # 279.90 against the floor of 280
        ("312", ["returned_to_poverty", "dibao"], "returned_to_poverty"),  # 280.80
        ("280", ["marginal_near_poverty", "tekun"], "tekun"),  # as much: the policy's order
        ("280", ["preferential_treatment"], None),
    ],
)
def test_the_best_share_is_the_one_that_pays_most(
    library: Library, premium: str, kinds: list[str], best: str | None
) -> None:
    found = best_of(opened(library, GROUPS, kinds, premium))
    assert (found.kind if found else None) == best


def test_a_share_of_nothing_is_no_share(library: Library) -> None:
    shares = opened(library, [LEFT_OPEN], ["dibao_marginal"], local="0")
    assert (best_of(shares), open_above(shares, None)) == (None, [])


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        (["dibao_marginal"], True),
        (["dibao_marginal", "dibao"], True),  # it may be more than four fifths
        (["dibao_marginal", "tekun"], False),  # more than the premium it cannot be
    ],
)
def test_what_is_not_published_is_asked_for_while_it_may_be_the_best(
    library: Library, kinds: list[str], asked: bool
) -> None:
    shares = opened(library, (*GROUPS, LEFT_OPEN), kinds)
    assert bool(open_above(shares, best_of(shares))) is asked


@pytest.mark.parametrize(("kinds", "asked"), [(["dibao_marginal"], True), (["dibao_marginal", "dibao"], False)])
def test_an_age_is_asked_for_only_where_the_group_would_pay_more(
    library: Library, kinds: list[str], asked: bool
) -> None:
    shares = opened(library, (OLD, WITH_FLOOR), kinds)
    assert bool(open_above(shares, best_of(shares))) is asked


FEN = st.integers(1, 60_000).map(lambda fen: Decimal(fen).scaleb(-2))
NUMBERS = st.integers(1, 10_000).map(lambda parts: Decimal(parts).scaleb(-4))
AMOUNTS = st.builds(lambda number: Quantity(SOURCE, number, "premium"), NUMBERS) | st.builds(
    lambda number: Quantity(SOURCE, number), FEN
)
SOME_GROUPS = st.lists(st.builds(group, st.just("dibao"), AMOUNTS, st.none() | FEN.map(str)), max_size=4)


@given(SOME_GROUPS, FEN)
def test_no_share_is_above_the_premium_and_none_is_better_than_the_best(
    library: Library, groups: list[SubsidyGroup], premium: Decimal
) -> None:
    shares = opened(library, groups, ["dibao"], str(premium))
    best = best_of(shares)
    assert len(shares) == len(groups)
    for one in shares:
        assert one.amount is not None and one.amount.yuan <= premium
        assert one.amount <= (best.amount if best and best.amount else Money(0))
