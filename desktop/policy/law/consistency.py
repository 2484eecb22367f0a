"""What the parts of a policy must be to one another: one rule for one fact and day, and every value declared."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from desktop.domain.fields import Fields
from desktop.policy.law.benefit_rules import BenefitClass, SelfPayRow
from desktop.policy.law.identification_rules import IdentificationRule
from desktop.policy.law.rules import Policy

# The locality's values that stand in the place of a policy's own, by what the place takes.
DAY, GROUP, MULTIPLE, POINTS, RATIO, YUAN = "day", "tilt", "times", "points", "ratio", "yuan"


def check_policy(policy: Policy, fields: Fields) -> None:
    """Notes every fault between the parts of a policy."""
    _self_pay(policy, fields)
    _one_rule_for_one_fact(policy, fields)
    _one_name_for_one_thing(policy, fields)
    _values_declared(policy, fields)
    _identification(policy, fields)
    if policy.id in policy.under:
        fields.note("under", "政策不能是自己的上级文件。", "请只写上级文件的编号。")


def _self_pay(policy: Policy, fields: Fields) -> None:
    """The first row that applies decides: somebody must have the last one, and none may stand behind it."""
    if not any(not row.not_insured and not row.identities and not row.kinds for row in policy.self_pay):
        what = "请加一行不带 identities、kinds 和 not_insured 的 self_pay。"
        fields.note("self_pay", "没有适用于其余费用的一行。", what)
    for place, row in enumerate(policy.self_pay):
        if any(_covers(earlier, row) for earlier in policy.self_pay[:place]):
            fields.note(f"self_pay[{place}]", "前面已有一行适用于同样的费用。", "请删去，或移到那一行之前。")


def _covers(wide: SelfPayRow, narrow: SelfPayRow) -> bool:
    """Whether whatever the narrow row is for is the wide row's already."""
    return (narrow.not_insured or not wide.not_insured) and all(
        not among or (part and set(part) <= set(among))
        for among, part in ((wide.identities, narrow.identities), (wide.kinds, narrow.kinds))
    )


def _one_rule_for_one_fact(policy: Policy, fields: Fields) -> None:
    """An identity stands in one class, has one window and one subsidy; a kind of expense has one sub-cap."""
    seen: set[str] = set()
    for place, group in enumerate(policy.classes):
        for identity in group.identities:
            if identity in seen:
                fields.note(f"classes[{place}].identities", f"「{identity}」出现在两个类别。", "请只保留在一个类别。")
            seen.add(identity)
        kinds = (kind for one in group.sub_caps for kind in one.kinds)
        _once(fields, f"classes[{place}].sub_caps", "分项限额", kinds)
    _once(fields, "windows", "申请期限", (window.identity for window in policy.windows))
    groups = policy.subsidy.groups if policy.subsidy else ()
    _once(fields, "subsidy.groups", "资助标准", (identity for group in groups for identity in group.identities))


def _once(fields: Fields, key: str, what: str, named: Iterable[str]) -> None:
    for repeated in _repeated(named):
        fields.note(key, f"「{repeated}」有两个{what}。", "请只保留一个。")


def _repeated(named: Iterable[str]) -> list[str]:
    names = list(named)
    return sorted({one for one in names if one and names.count(one) > 1})


def _one_name_for_one_thing(policy: Policy, fields: Fields) -> None:
    """An id names one thing of its list."""
    for key, ids in (
        ("under", list(policy.under)),
        ("classes", [group.id for group in policy.classes]),
        ("identification", [rule.id for rule in policy.identification]),
        ("bounds", [bound.id for bound in policy.bounds]),
        ("warnings", [warning.id for warning in policy.warnings]),
        ("hints", [hint.id for hint in policy.hints]),
        ("papers", [paper.id for paper in policy.papers]),
        ("locality_values", [value.key for value in policy.locality_values]),
    ):
        for repeated in _repeated(ids):
            fields.note(key, f"有两项都叫「{repeated}」。", "请给每项各自的编号。")


def _values_declared(policy: Policy, fields: Fields) -> None:
    """Every value that is left to the locality is declared in the unit that its place takes, and none in vain."""
    declared = {value.key: value.unit for value in policy.locality_values}
    used = set()
    for key, units in dict.fromkeys(_used_values(policy)):
        used.add(key)
        if key not in declared:
            fields.note("locality_values", f"没有声明「{key}」。", "请列出由统筹地区公布的这一数值。")
        elif declared[key] not in units:
            fields.note("locality_values", f"「{key}」的单位不对。", f"此处应为：{'、'.join(units)}。")
    for key in sorted(set(declared) - used):
        fields.note("locality_values", f"「{key}」没有用到。", "请删去，或在用到它的地方写 value。")


def _used_values(policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in policy.classes:
        yield from _used_by_class(group)
    for one in policy.subsidy.groups if policy.subsidy else ():
        if one.amount.value:
            yield one.amount.value, ("share",) if one.amount.of else (YUAN,)
    if policy.not_referred and policy.not_referred.value:
        yield policy.not_referred.value, (POINTS,)
    if policy.out_of_catalogue:
        yield policy.out_of_catalogue.until, (DAY,)
    if policy.tilt and policy.tilt.value:
        yield policy.tilt.value, (GROUP,)
    for rule in policy.identification:
        lines = [one.limit for one in rule.better] + [one.limit for one in rule.tests if one.limit]
        yield from ((line.times_of, (MULTIPLE,)) for line in lines if line.times_of)
        yield from ((line.of, (YUAN,)) for line in lines if line.of == "minimum_wage")


def _used_by_class(group: BenefitClass) -> Iterator[tuple[str, tuple[str, ...]]]:
    limits = [group.deductible, *([group.cap] if group.cap else []), *(one.limit for one in group.sub_caps)]
    yield from ((limit.value, (YUAN,)) for limit in limits if limit.value)
    yield from ((ratio.value, (RATIO,)) for ratio in group.ratios.values() if ratio.value)


def _identification(policy: Policy, fields: Fields) -> None:
    served = {identity for group in policy.classes for identity in group.identities}
    declared = {value.key for value in policy.locality_values}
    for place, rule in enumerate(policy.identification):
        path = f"identification[{place}]"
        if rule.identity not in served:
            fields.note(f"{path}.identity", f"「{rule.identity}」没有对应的救助类别。", "请在 classes 中列出。")
        _fallback(policy, rule, path, fields)
        for key in rule.needs:
            if key not in declared:
                fields.note(f"{path}.needs", f"没有声明「{key}」。", "请在 locality_values 中列出。")
    by_day = sorted(policy.identification, key=lambda rule: (rule.identity, rule.first))
    for earlier, later in pairwise(by_day):
        if earlier.identity == later.identity and _last(earlier) >= later.first:
            fields.note("identification", f"「{earlier.id}」与「{later.id}」的施行日期重叠。", "请更正起止日期。")


def _fallback(policy: Policy, rule: IdentificationRule, path: str, fields: Fields) -> None:
    """The rule that still decides while the locality's values are not there is another one for the same identity."""
    if rule.fallback is None:
        return
    other = policy.rule(rule.fallback)
    if other is None or other == rule or other.identity != rule.identity:
        what = f"没有名为「{rule.fallback}」的、同一身份的原规定。"
        fields.note(f"{path}.fallback", what, "请写另一条 identification 的 id。")


def _last(rule: IdentificationRule) -> date:
    return rule.last or date.max
