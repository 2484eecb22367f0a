"""Reading a policy file: its typed shape, or every fault at once by path."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from desktop.domain.case import MATTERS
from desktop.domain.expenses import AMOUNTS, EXPENSE_KINDS, PLACES, REFERRALS
from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.domain.problems import Fault, Refused
from desktop.policy.law.identification_reading import read_identification
from desktop.policy.law.rules import (
    BenefitClass,
    Clause,
    FilingWindow,
    Hint,
    InForce,
    LocalityValue,
    NotDesignated,
    NotInsured,
    NotReferred,
    Paper,
    Policy,
    SelfPayRow,
    SubsidyGroup,
    SubsidyRule,
    Tilt,
)
from desktop.policy.law.sources import amount, needed_amount, needed_day, needed_table, source, source_at

KINDS = ("operative", "framework")
DISABILITY_GRADES = (1, 2, 3, 4)
ANCHORS = ("settled_on", "discharged_on")


def read_policy(data: object) -> Policy:
    """A policy from its parsed TOML.

    Raises:
        Refused: with every fault that was found, by path.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    policy = Policy(
        id=fields.needed_text("id"),
        document=fields.needed_text("document"),
        title=fields.needed_text("title"),
        jurisdiction=fields.needed_text("jurisdiction"),
        kind=fields.needed_code("kind", KINDS),
        in_force=_in_force(needed_table(fields, "in_force")),
        anchors=_anchors(needed_table(fields, "anchors")),
        self_pay=fields.each("self_pay", _self_pay_row) or (),
        classes=fields.each("classes", _class) or (),
        grace_to_month_end=source_at(fields, "grace_to_month_end"),
        windows=fields.each("windows", _window) or (),
        not_designated=_not_designated(needed_table(fields, "not_designated")),
        not_referred=_not_referred(needed_table(fields, "not_referred")),
        not_insured=_not_insured(needed_table(fields, "not_insured")),
        best_identity=source(needed_table(fields, "best_identity"), close=True),
        tilt=_tilt(fields.table("tilt")),
        identification=fields.each("identification", read_identification) or (),
        subsidy=_subsidy(needed_table(fields, "subsidy")),
        hints=fields.each("hints", _hint) or (),
        papers=fields.each("papers", _paper) or (),
        locality_values=fields.each("locality_values", _locality_value) or (),
    )
    fields.close()
    _check(policy, fields)
    if faults:
        raise Refused(tuple(faults))
    return policy


def read_clauses(data: object) -> tuple[Clause, ...]:
    """The gists of a document's clauses, from their parsed TOML.

    Raises:
        Refused: with every fault that was found, by path.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    clauses = fields.each("clauses", _clause) or ()
    fields.close()
    if len({clause.id for clause in clauses}) < len(clauses):
        fields.note("clauses", "有重复的条款编号。", "请给每条各自的编号。")
    if faults:
        raise Refused(tuple(faults))
    return clauses


def _clause(fields: Fields) -> Clause:
    return Clause(
        id=fields.needed_text("id"),
        cite=fields.needed_text("cite"),
        gist=fields.needed_text("gist"),
        handled=fields.needed_code("handled", ("computed", "shown", "set_aside")),
        note=fields.text("note"),
    )


def _check(policy: Policy, fields: Fields) -> None:
    """What the parts of a policy must be to one another."""
    if not any(not row.not_insured and not row.identities for row in policy.self_pay):
        fields.note("self_pay", "没有适用于其余人员的一行。", "请加一行不带 identities 和 not_insured 的 self_pay。")
    seen: set[str] = set()
    for place, group in enumerate(policy.classes):
        for identity in group.identities:
            if identity in seen:
                fields.note(f"classes[{place}].identities", f"「{identity}」出现在两个类别。", "请只保留在一个类别。")
            seen.add(identity)
    values = {value.key for value in policy.locality_values}
    used = {policy.tilt.value} if policy.tilt else set()
    for rule in policy.identification:
        lines = [one.below for one in rule.better] + [one.below for one in rule.tests if one.below]
        used |= {line.times_of for line in lines if line.times_of}
        if rule.identity not in seen:
            fields.note("identification", f"「{rule.identity}」没有对应的救助类别。", "请在 classes 中列出。")
    for key in sorted(used - values):
        fields.note("locality_values", f"没有声明「{key}」。", "请列出由统筹地区公布的这一数值。")
    rules = sorted(policy.identification, key=lambda rule: (rule.identity, rule.first))
    for earlier, later in pairwise(rules):
        if earlier.identity == later.identity and (earlier.last or date.max) >= later.first:
            fields.note("identification", f"「{earlier.id}」与「{later.id}」的施行日期重叠。", "请更正起止日期。")


def _in_force(fields: Fields) -> InForce:
    first = needed_day(fields, "from")
    return InForce(first, fields.day("to"), source(fields, close=True))


def _anchors(fields: Fields) -> dict[str, str]:
    anchors = {kind: fields.needed_code(kind, ANCHORS) for kind in EXPENSE_KINDS}
    source(fields, close=True)
    return anchors


def _self_pay_row(fields: Fields) -> SelfPayRow:
    return SelfPayRow(
        minus=fields.texts("minus", AMOUNTS),
        plus=fields.texts("plus", AMOUNTS),
        source=source(fields),
        not_insured=bool(fields.flag("not_insured")),
        identities=fields.texts("identities", IDENTITIES),
    )


def _class(fields: Fields) -> BenefitClass:
    deductible = needed_table(fields, "deductible")
    ratios = needed_table(fields, "ratios")
    cap = fields.table("cap")
    shares = {kind: needed_amount(ratios, kind) for kind in EXPENSE_KINDS if ratios.raw(kind) is not None}
    for kind, share in shares.items():
        if not 0 < share <= 1:
            ratios.note(kind, f"比例 {share} 不在 0 与 1 之间。", "请写成小数，例如 0.70。")
    if not shares:
        fields.note("ratios", "没有写明任何救助比例。", "请写明住院等费用的比例。")
    return BenefitClass(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        identities=fields.texts("identities", IDENTITIES),
        deductible=needed_amount(deductible, "yuan"),
        deductible_source=source(deductible, close=True),
        ratios=shares,
        ratio_source=source(ratios, close=True),
        cap=needed_amount(cap, "yuan") if cap else None,
        cap_source=source(cap, close=True) if cap else None,
        source=source(fields),
    )


def _window(fields: Fields) -> FilingWindow:
    return FilingWindow(
        fields.needed_code("identity", IDENTITIES), fields.needed_whole("months", 1, 60), source(fields)
    )


def _not_designated(fields: Fields) -> NotDesignated:
    return NotDesignated(bool(fields.flag("except_emergency")), source(fields, close=True))


def _not_referred(fields: Fields) -> NotReferred:
    return NotReferred(_share(fields, "points_off"), source(fields, close=True))


def _not_insured(fields: Fields) -> NotInsured:
    return NotInsured(_share(fields, "share"), source(fields, close=True))


def _tilt(fields: Fields | None) -> Tilt | None:
    if fields is None:
        return None
    return Tilt(
        fields.needed_text("value"),
        fields.texts("places", PLACES),
        fields.texts("referrals_elsewhere", REFERRALS),
        source(fields, close=True),
    )


def _subsidy(fields: Fields) -> SubsidyRule:
    timing, once = needed_table(fields, "timing"), needed_table(fields, "once")
    rule = SubsidyRule(
        groups=fields.each("groups", _subsidy_group) or (),
        source=source(fields),
        timing=source(timing, close=True),
        once=source(once, close=True),
    )
    fields.close()
    return rule


def _subsidy_group(fields: Fields) -> SubsidyGroup:
    grades = fields.raw("disability_grades") or []
    if not isinstance(grades, list) or not all(type(grade) is int and grade in DISABILITY_GRADES for grade in grades):
        fields.note("disability_grades", "残疾等级不合要求。", "应为 1 至 4 的整数列表。")
        grades = []
    return SubsidyGroup(
        identities=fields.texts("identities", IDENTITIES),
        share=_share(fields, "share"),
        from_age=fields.whole("from_age", 1, 120),
        under_age=fields.whole("under_age", 1, 120),
        disability_grades=tuple(grades),
        source=source(fields),
    )


def _hint(fields: Fields) -> Hint:
    return Hint(
        fields.needed_text("id"), fields.texts("identities", IDENTITIES), fields.needed_text("text"), source(fields)
    )


def _paper(fields: Fields) -> Paper:
    return Paper(fields.needed_text("id"), fields.needed_text("name"), fields.texts("matters", MATTERS), source(fields))


def _locality_value(fields: Fields) -> LocalityValue:
    return LocalityValue(
        fields.needed_text("key"), fields.needed_text("name"), fields.needed_text("who"), source(fields)
    )


def _share(fields: Fields, key: str) -> Decimal:
    share = amount(fields, key)
    if share is None or not 0 < share <= 1:
        fields.note(key, "比例不在 0 与 1 之间。", "请写成小数，例如 0.10。")
        return Decimal(1)
    return share
