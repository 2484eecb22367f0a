"""A medical expense as its settlement sheet states it."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.money import Money

EXPENSE_KINDS = {
    "inpatient": "住院",
    "outpatient_chronic": "门诊慢特病",
    "special_drug": "门诊特药",
    "outpatient": "普通门诊",
}
PLACES = {"county": "本县", "pooling_area": "统筹地区内", "province": "省内统筹地区外", "elsewhere": "省外"}
REFERRALS = {"not_needed": "无需转诊", "done": "已转诊或备案", "missing": "应办未办"}
CHARGE_CLASSES = {
    "first": "一类",
    "second_province_or_city": "省市级二类",
    "second_county_or_third": "县级二类及三类",
}
CHRONIC_CLASSES = {1: "一类（按项目支付）", 2: "二类（按限额支付）", 3: "三类（按限额支付）"}
PAYMENTS = ("basic_paid", "major_paid", "supplementary_paid", "commercial_paid", "mutual_aid", "assistance_paid")
# What an amount of the sheet is called, in the order of the paper; the national platform's field names are in contract order.
AMOUNTS = {
    "total": "医疗总费用",
    "in_scope": "政策范围内费用",
    "prior_self_pay": "乙类先行自付",
    "over_price_limit": "超限价自付",
    "full_self_pay": "全自费",
    "basic_paid": "基本医保支付",
    "major_paid": "大病保险（职工大额）支付",
    "supplementary_paid": "补充医疗支付",
    "commercial_paid": "商业保险赔付",
    "mutual_aid": "社会互助帮困",
    "assistance_paid": "医疗救助已支付",
}


@dataclass(frozen=True, slots=True)
class Expense:
    """One settlement. ``in_scope`` holds none of prior_self_pay, over_price_limit and full_self_pay."""

    id: str
    patient: str
    kind: str
    provider: str | None = None
    designated: bool | None = None
    emergency_rescue: bool | None = None
    place: str | None = None
    referral: str | None = None
    one_stop: bool | None = None
    admitted_on: date | None = None
    discharged_on: date | None = None
    settled_on: date | None = None
    total: Money | None = None
    in_scope: Money | None = None
    prior_self_pay: Money | None = None
    over_price_limit: Money | None = None
    stated_full_self_pay: Money | None = None
    basic_paid: Money | None = None
    major_paid: Money | None = None
    supplementary_paid: Money | None = None
    commercial_paid: Money | None = None
    mutual_aid: Money | None = None
    assistance_paid: Money | None = None
    charge_class: str | None = None
    chronic_class: int | None = None

    @property
    def full_self_pay(self) -> Money | None:
        """全自费: as stated, or what the other three parts leave of the total."""
        parts = (self.in_scope, self.prior_self_pay, self.over_price_limit)
        if self.stated_full_self_pay is not None or self.total is None:
            return self.stated_full_self_pay
        known = [part for part in parts if part is not None]
        return Money(self.total.fen - sum(part.fen for part in known)) if len(known) == len(parts) else None
