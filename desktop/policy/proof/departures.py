"""A value that lies beyond a bound of a document above, or that cannot be held against it, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expenses import EXPENSE_KINDS
from desktop.domain.money import Money, paper_text
from desktop.domain.people import IDENTITIES
from desktop.policy.law.bounds import SHARES, Bound
from desktop.policy.law.rules import Policy
from desktop.policy.law.sources import Source
from desktop.policy.steps import percent

WHAT = {
    "deductible": "年度起付线",
    "ratio": "救助比例",
    "cap": "年度限额",
    "sub_cap": "分项限额",
    "subsidy": "参保资助",
    "points_off": "未转诊降低的比例",
}
OF = {"disposable_income": "居民人均可支配收入", "premium": "个人缴费标准"}
SAYS = {"at_least": "要求不低于{}", "at_most": "要求不高于{}", "about": "要求{}左右"}
BELOW = {"at_least": "要求至少比{}低 {}", "at_most": "要求最多比{}低 {}", "about": "要求比{}低 {} 左右"}


@dataclass(frozen=True, slots=True)
class Departure:
    """A value beyond a bound of a document above: a ``breach``, or a note; or one that cannot be held against it.

    ``actual`` and ``limit`` in yuan or as shares (``less_than``: points below the other identity's ratio); None where
    ``missing`` says what nobody has published, and who does.
    """

    breach: bool
    framework: Policy
    bound: Bound
    policy: Policy
    source: Source
    identities: tuple[str, ...]
    kinds: tuple[str, ...]
    actual: Decimal | None = None
    limit: Decimal | None = None
    in_yuan: bool = False
    missing: str | None = None

    @property
    def distance(self) -> Decimal | None:
        """By how much the value lies above the bound; below it: negative."""
        return None if self.actual is None or self.limit is None else self.actual - self.limit

    @property
    def asked(self) -> str:
        """The document and clause of the bound, and what it asks for."""
        return f"{_cited(self.framework, self.bound.source)} {self._bound()}"

    @property
    def text(self) -> str:
        """In words: whose value and its clause, the value, the bound and its clause, the distance."""
        what = f"{self._whose()}（{_cited(self.policy, self.source)}）"
        if self.actual is None or self.distance is None:
            return f"{self.missing}：{what}无法比对，{self.asked}。"
        side = "高" if self.distance > 0 else "低"
        if self.bound.less_than:
            than, apart = IDENTITIES[self.bound.less_than], "低" if self.actual > 0 else "高"
            return f"{what}比{than}{apart} {_points(self.actual)}；{self.asked}，相差 {_points(self.distance)}。"
        apart = self._shown(self.distance) if self.bound.what not in SHARES else _points(self.distance)
        return f"{what}为 {self._shown(self.actual)}；{self.asked}，{side} {apart}。"

    def _whose(self) -> str:
        """Whose value of what; the kinds of expense, where the value is theirs alone."""
        whose = "、".join(IDENTITIES[one] for one in self.identities)
        kinds = "、".join(EXPENSE_KINDS[kind] for kind in self.kinds)
        alone = kinds and self.bound.what in ("ratio", "sub_cap")
        return f"{whose}{'的' if whose else ''}{kinds if alone else ''}{WHAT[self.bound.what]}"

    def _bound(self) -> str:
        bound = self.bound
        if bound.less_than:
            than = IDENTITIES[bound.less_than]
            if bound.comparison == "at_least" and bound.number == 0:
                return f"要求不高于{than}"
            return BELOW[bound.comparison].format(than, _points(bound.number))
        part = f"{OF[bound.of]}的 {_part(bound.number)}" if bound.of else ""
        if self.limit is None or not self.in_yuan:
            plain = percent(bound.number) if bound.what in SHARES else _yuan(bound.number)
            return SAYS[bound.comparison].format(part or f" {plain}")
        return SAYS[bound.comparison].format(f" {_yuan(self.limit)}") + (f"（{part}）" if part else "")

    def _shown(self, number: Decimal) -> str:
        return _yuan(abs(number)) if self.in_yuan else percent(abs(number))


def departure_lines(departures: Iterable[Departure]) -> Iterator[str]:
    """The notes in words: a line each; one line for each number that nobody has published, whatever it is asked for."""
    unpublished: dict[str, list[str]] = {}
    for one in departures:
        if one.missing is None:
            yield one.text
        else:
            unpublished.setdefault(one.missing, []).append(_cited(one.framework, one.bound.source))
    for missing, cited in unpublished.items():
        yield f"{missing}，无法与 {'、'.join(dict.fromkeys(cited))} 比对。"


def _cited(policy: Policy, source: Source) -> str:
    return f"{policy.document} {source.cite} {source.clause}"


def _yuan(amount: Decimal) -> str:
    """An amount as it is shown, rounded for display only (A1)."""
    return f"{paper_text(Money.payable(amount))} 元"


def _points(share: Decimal) -> str:
    return f"{(abs(share) * 100).normalize():f} 个百分点"


def _part(number: Decimal) -> str:
    """A part of a published standard: a share, or so many times."""
    return percent(number) if number <= 1 else f"{number.normalize():f} 倍"
