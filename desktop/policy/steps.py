"""A step of a calculation: recorded as it is taken, put into words only when somebody reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expenses import AMOUNTS
from desktop.domain.money import Money, exact_text, paper_text
from desktop.domain.people import IDENTITIES
from desktop.policy.law.sources import Source

Given = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: of what ``kind``, about which ``subject``, from what was ``given``, to which ``value``, by which clause."""

    kind: str
    subject: str
    given: Given
    value: Money | Decimal | str | None
    source: Source

    @property
    def id(self) -> str:
        """Clause, subject and kind, and the test where there are several: ``G-16.e1.self_pay``; no two are the same."""
        whole = f"{self.source.clause}.{self.subject}.{self.kind}"
        return f"{whole}.{self.given['test']}" if "test" in self.given else whole

    @property
    def label(self) -> str:
        """What this step finds."""
        return str(self.given["label"]) if "label" in self.given else WORDS[self.kind][0]

    @property
    def formula(self) -> str:
        """How, with the numbers put in."""
        return WORDS[self.kind][1](self.given)

    @property
    def value_text(self) -> str | None:
        """The value for people."""
        if isinstance(self.value, Money):
            return paper_text(self.value)
        return percent(self.value) if isinstance(self.value, Decimal) else self.value

    def as_data(self) -> dict[str, object]:
        """The step as the contract's trace entry."""
        value = exact_text(self.value) if isinstance(self.value, (Money, Decimal)) else self.value
        return {
            "id": self.id,
            "label": self.label,
            "formula": self.formula,
            "value": value,
            "cite": self.source.cite,
        }


def percent(ratio: object) -> str:
    """A share for people: ``50%``, ``32.5%``."""
    assert isinstance(ratio, Decimal)
    return f"{(ratio * 100).normalize():f}%"


def _amount(value: object) -> str:
    if value is None:
        return "未知"
    assert isinstance(value, (Money, Decimal))
    return paper_text(value)


def _self_pay(given: Given) -> str:
    minus, plus = given["minus"], given["plus"]
    assert isinstance(minus, tuple) and isinstance(plus, tuple)
    terms = [f"{AMOUNTS['in_scope']} {_amount(given['in_scope'])}"]
    terms += [f"− {AMOUNTS[key]} {_amount(amount)}" for key, amount in minus]
    terms += [f"+ {AMOUNTS[key]} {_amount(amount)}" for key, amount in plus if amount != Money(0)]
    return " ".join(terms)


def _identity(given: Given) -> str:
    kinds = given["kinds"]
    assert isinstance(kinds, tuple)
    name = IDENTITIES[kinds[0]]
    said = name if given["group"] == name else f"{name}，属{given['group']}"
    if given["recognised"]:
        said += "（本次申请认定）"
    if given["grace"]:
        said += "（身份终止当月仍可享受）"
    if len(kinds) > 1:
        said += f"；另有{'、'.join(IDENTITIES[kind] for kind in kinds[1:])}，就高不重复"
    return said


def _deductible(given: Given) -> str:
    return (
        f"年度起付线 {_amount(given['deductible'])}，本年已计 {_amount(given['used'])}，"
        f"本笔再计 {_amount(given['applied'])}"
    )


def _ratio(given: Given) -> str:
    words = percent(given["ratio"])
    if given["points_off"]:
        words = f"{words} − 未转诊降低 {percent(given['points_off'])}"
    if given["share"] is None:
        return words
    return (
        f"（{words}）× 未参保 {percent(given['share'])}"
        if given["points_off"]
        else f"{words} × 未参保 {percent(given['share'])}"
    )


def _computed(given: Given) -> str:
    return f"（{_amount(given['self_pay'])} − {_amount(given['deductible'])}）× {percent(given['ratio'])}"


def _payable(given: Given) -> str:
    words = _amount(given["computed"])
    if given["already"]:
        words += f" − 已救助 {_amount(given['already'])}"
    if given["sub_cap_left"] is not None:
        words += f"，不超过此类费用限额余额 {_amount(given['sub_cap_left'])}"
    return words if given["cap_left"] is None else f"{words}，不超过年度限额余额 {_amount(given['cap_left'])}"


def _lifted(given: Given) -> str:
    return (
        f"{_computed(given)} = {_amount(given['by_ratio'])}；救助到综合支付 {percent(given['to'])} 为 "
        f"{_amount(given['by_lift'])}；取其高"
    )


def _in_steps(given: Given) -> str:
    parts = given["parts"]
    assert isinstance(parts, tuple)
    return " + ".join(f"{_amount(part)} × {percent(share)}" for part, share in parts) or "没有超过起付线的部分"


def _out_of_catalogue(given: Given) -> str:
    return (
        f"全自费 {_amount(given['full'])} 与控费比例内 {_amount(given['within'])} 取其低，× {percent(given['share'])}"
    )


def _sum(given: Given) -> str:
    parts = given["parts"]
    assert isinstance(parts, tuple)
    return " + ".join(f"{name} {_amount(amount)}" for name, amount in parts) or "没有"


def _per_head(given: Given) -> str:
    return f"{given['total']} ÷ 12 个月 ÷ {given['heads']} 人"


def _tilt(given: Given) -> str:
    return (
        f"（{given['what']} {_amount(given['base'])} − 起付 {_amount(given['deductible'])}）× {percent(given['ratio'])}，"
        f"不超过 {_amount(given['left'])}"
    )


def _subsidy(given: Given) -> str:
    return f"个人缴费标准 {_amount(given['premium'])} × {percent(given['share'])}"


def _said(given: Given) -> str:
    return str(given["said"])


WORDS: dict[str, tuple[str, Callable[[Given], str]]] = {
    "identity": ("适用身份", _identity),
    "excluded": ("不予救助", _said),
    "unknown": ("暂不计算", _said),
    "self_pay": ("政策范围内个人自付", _self_pay),
    "deductible": ("起付线", _deductible),
    "ratio": ("救助比例", _ratio),
    "computed": ("计算金额", _computed),
    "lifted": ("计算金额", _lifted),
    "in_steps": ("计算金额（分段）", _in_steps),
    "out_of_catalogue": ("目录外费用救助", _out_of_catalogue),
    "payable": ("本笔救助金额", _payable),
    "tilt": ("倾斜救助", _tilt),
    "income": ("12 个月家庭收入", _sum),
    "medical": ("12 个月自付合规医疗费用", _sum),
    "per_head": ("人均月收入", _per_head),
    "limit": ("标准线", _said),
    "fact": ("事实", _said),
    "verdict": ("认定结论", _said),
    "subsidy": ("资助参保", _subsidy),
    "no_subsidy": ("资助参保", _said),
}
