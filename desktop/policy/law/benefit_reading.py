"""Reading a policy's benefits: classes, their numbers, and what bars or adds to them."""

from desktop.domain.expenses import AMOUNTS, CHARGE_CLASSES, CHRONIC_CLASSES, EXPENSE_KINDS, PLACES, REFERRALS
from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.benefit_rules import (
    BenefitClass,
    DisposableIncomeRule,
    FilingTerm,
    FilingWindow,
    Grace,
    InForce,
    Lift,
    NotDesignated,
    NotInsured,
    NotReferred,
    NotRemembered,
    OutOfCatalogue,
    SelfPayRow,
    SubCap,
    Tilt,
    YearEnd,
)
from desktop.policy.law.quantities import Quantity, Ratio, read_quantity, read_ratio, read_share
from desktop.policy.law.sources import Source, amount, needed_day, needed_table, needed_texts, source

ANCHORS = ("settled_on", "discharged_on")
TILT_BASES = ("cut_by_cap", "left_of_self_pay")
OF_INCOME = ("disposable_income",)
KINDS = tuple(EXPENSE_KINDS)


def read_in_force(fields: Fields) -> InForce:
    """The days on which a policy applies."""
    first, last = needed_day(fields, "from"), fields.day("to")
    if last is not None and last < first:
        fields.note("to", "早于 from。", "请更正起止日期。")
    return InForce(first, last, source(fields, close=True))


def read_anchors(fields: Fields) -> tuple[dict[str, str], Source]:
    """The day that places an expense in a year, by its kind, and the clause that says so."""
    anchors = {kind: fields.needed_code(kind, ANCHORS) for kind in EXPENSE_KINDS}
    return anchors, source(fields, close=True)


def read_year_end(fields: Fields | None) -> YearEnd | None:
    """What is settled once, at the year's end."""
    if fields is None:
        return None
    if fields.raw("chronic_classes") in (None, []):
        fields.note("chronic_classes", "没有写明年底结算的类别。", "请列出慢特病类别的编号，例如 [2, 3]。")
    return YearEnd(
        fields.needed_code("kind", EXPENSE_KINDS),
        whole_numbers(fields, "chronic_classes", tuple(CHRONIC_CLASSES)),
        source(fields, close=True),
    )


def read_disposable_income(fields: Fields | None) -> DisposableIncomeRule | None:
    """Which year's disposable income applies on a day; not stated: the year before's (A15)."""
    if fields is None:
        return None
    by = fields.needed_code("by", ("publication", "year"))
    return DisposableIncomeRule(by == "publication", bool(fields.flag("whole_yuan")), source(fields, close=True))


def read_self_pay_row(fields: Fields) -> SelfPayRow:
    """One row of A2."""
    return SelfPayRow(
        minus=fields.texts("minus", AMOUNTS),
        plus=fields.texts("plus", AMOUNTS),
        source=source(fields),
        not_insured=bool(fields.flag("not_insured")),
        identities=fields.texts("identities", IDENTITIES),
        kinds=fields.texts("kinds", EXPENSE_KINDS),
    )


def read_class(fields: Fields) -> BenefitClass:
    """A class of people with its benefit."""
    deductible = needed_table(fields, "deductible")
    ratios = fields.each("ratios", lambda row: read_ratio(row, KINDS)) or ()
    cap, lift = fields.table("cap"), fields.table("lift")
    if not ratios:
        fields.note("ratios", "没有写明任何救助比例。", "请写明住院等费用的比例。")
    if not fields.raw("identities"):
        fields.note("identities", "没有写明身份。", "请列出属于这一类别的身份。")
    return BenefitClass(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        identities=fields.texts("identities", IDENTITIES),
        deductible_kinds=deductible.texts("kinds", EXPENSE_KINDS) or KINDS,
        deductible=read_quantity(deductible, OF_INCOME),
        ratios=_by_kind(fields, ratios),
        cap=read_quantity(cap, OF_INCOME) if cap else None,
        sub_caps=fields.each("sub_caps", _sub_cap) or (),
        lift=_lift(lift) if lift else None,
        source=source(fields),
    )


def _by_kind(fields: Fields, ratios: tuple[Ratio, ...]) -> dict[str, Ratio]:
    pairs = [(kind, ratio) for ratio in ratios for kind in ratio.kinds]
    if len(dict(pairs)) < len(pairs):
        fields.note("ratios", "同一种费用有两个比例。", "请只保留一个。")
    return dict(pairs)


def _sub_cap(fields: Fields) -> SubCap:
    return SubCap(needed_texts(fields, "kinds", EXPENSE_KINDS), read_quantity(fields, OF_INCOME, close=False))


def _lift(fields: Fields) -> Lift:
    return Lift(
        read_share(fields, "to"),
        needed_texts(fields, "kinds", EXPENSE_KINDS),
        needed_texts(fields, "places", PLACES),
        source(fields, close=True),
    )


def read_grace(fields: Fields | None) -> Grace | None:
    """How long an identity serves after it was lost."""
    return None if fields is None else Grace(bool(fields.flag("without_other")), source(fields, close=True))


def read_not_remembered(fields: Fields | None) -> NotRemembered | None:
    """Identities that count only in the application that recognises them."""
    if fields is None:
        return None
    return NotRemembered(needed_texts(fields, "identities", IDENTITIES), source(fields, close=True))


def read_window(fields: Fields) -> FilingWindow:
    """An identity's window before the application."""
    return FilingWindow(
        fields.needed_code("identity", IDENTITIES), fields.needed_whole("months", 1, 60), source(fields)
    )


def read_filing_term(fields: Fields | None) -> FilingTerm | None:
    """The term after the last discharge."""
    if fields is None:
        return None
    return FilingTerm(
        fields.needed_whole("days", 1, 1000), needed_texts(fields, "kinds", EXPENSE_KINDS), source(fields, close=True)
    )


def read_not_designated(fields: Fields | None) -> NotDesignated | None:
    """What holds at providers without contract."""
    if fields is None:
        return None
    return NotDesignated(bool(fields.flag("except_emergency")), source(fields, close=True))


def read_not_referred(fields: Fields | None) -> NotReferred | None:
    """What a missing referral does."""
    if fields is None:
        return None
    points = read_share(fields, "points_off") if fields.raw("points_off") is not None else None
    value, places = fields.text("value"), fields.texts("not_covered_at", PLACES)
    if points is None and not places:
        fields.note(
            "points_off", "没有写明未转诊如何处理。", "请写 points_off（降低）或 not_covered_at（不予救助的地点）。"
        )
    return NotReferred(points, value, places, source(fields, close=True))


def read_not_insured(fields: Fields | None) -> NotInsured | None:
    """What one who enrolled only for this application is paid."""
    return None if fields is None else NotInsured(read_share(fields, "share"), source(fields, close=True))


def read_out_of_catalogue(fields: Fields | None) -> OutOfCatalogue | None:
    """Aid for cost outside the catalogue."""
    if fields is None:
        return None
    control = needed_table(fields, "control")
    shares = {name: read_share(control, name) for name in CHARGE_CLASSES}
    rule = OutOfCatalogue(
        identities=needed_texts(fields, "identities", IDENTITIES),
        controlled=needed_texts(control, "identities", IDENTITIES),
        share=read_share(fields, "share"),
        control=shares,
        kinds=needed_texts(fields, "kinds", EXPENSE_KINDS),
        places=needed_texts(fields, "places", PLACES),
        until=fields.needed_text("until_value"),
        doubt_after=needed_day(fields, "doubt_after"),
        source=source(fields, close=False),
        control_source=source(control, close=True),
    )
    fields.close()
    return rule


def read_tilt(fields: Fields | None) -> Tilt | None:
    """倾斜救助, with the policy's own numbers or the locality's."""
    if fields is None:
        return None
    value, ratio, deductible = fields.text("value"), amount(fields, "ratio"), fields.table("deductible")
    own = (ratio, deductible, fields.raw("cap"))
    if value is None and any(one is None for one in own):
        fields.note("value", "倾斜救助的数值不全。", "请写明 deductible、ratio、cap，或写 value（由地区公布）。")
    if value is not None and any(one is not None for one in own):
        fields.note("value", "倾斜救助的数值有两处。", "由地区公布的，不写 deductible、ratio、cap。")
    return Tilt(
        basis=fields.needed_code("basis", TILT_BASES),
        kinds=fields.texts("kinds", EXPENSE_KINDS) or KINDS,
        places=needed_texts(fields, "places", PLACES),
        referrals=fields.texts("referrals", REFERRALS) or tuple(REFERRALS),
        referrals_elsewhere=fields.texts("referrals_elsewhere", REFERRALS),
        value=value,
        deductible=_tilt_line(deductible),
        ratio=ratio,
        cap=amount(fields, "cap"),
        source=source(fields, close=True),
    )


def _tilt_line(fields: Fields | None) -> Quantity | None:
    return None if fields is None else read_quantity(fields, OF_INCOME)


def whole_numbers(fields: Fields, key: str, allowed: tuple[int, ...]) -> tuple[int, ...]:
    """A list of whole numbers out of those allowed; empty where absent."""
    numbers = fields.raw(key) or []
    if not isinstance(numbers, list) or not all(type(number) is int and number in allowed for number in numbers):
        fields.note(key, "编号不合要求。", f"应为 {allowed[0]} 至 {allowed[-1]} 的整数列表。")
        return ()
    return tuple(numbers)
