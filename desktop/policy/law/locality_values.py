"""What a locality says that its policy does not ask for, or not in the shape that it asks for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop.domain.problems import Fault
from desktop.policy.law.benefit_rules import TILT_NUMBERS
from desktop.policy.law.localities import Locality, Published
from desktop.policy.law.rules import Policy
from desktop.policy.law.shown_rules import LocalityValue

# What a value of each unit looks like in a locality file, and in words.
SHAPES: dict[str, tuple[type, ...]] = {
    "yuan": (Decimal,),
    "share": (Decimal,),
    "times": (Decimal,),
    "points": (Decimal,),
    "ratio": (Decimal, tuple),
    "tilt": (Mapping,),
    "day": (date,),
}
WRITTEN = {
    "tilt": f"一组：{'、'.join(TILT_NUMBERS)}",
    "day": "日期，例如 2025-12-31",
    "ratio": "一个数，或分段的列表",
}
SHARES = ("share", "ratio", "points")


def locality_faults(policy: Policy, locality: Locality) -> tuple[Fault, ...]:
    """What a locality says that its policy does not ask for, or not in this shape."""
    declared = [value.key for value in policy.locality_values]
    known = "、".join(declared) or "（无）"
    unasked = tuple(
        Fault(f"values.{key}", "政策没有由地区公布的这一数值。", f"可填：{known}。")
        for key in locality.values
        if key not in declared
    )
    return (*unasked, *value_faults(policy, locality))


def value_faults(policy: Policy, locality: Locality) -> tuple[Fault, ...]:
    """The values that the policy asks for and that nothing may be computed by: not in the shape of their unit."""
    asked = (value for value in policy.locality_values if value.key in locality.values)
    return tuple(fault for one in asked for fault in _of_value(f"values.{one.key}", one, locality.values[one.key]))


def _of_value(path: str, value: LocalityValue, stated: Published) -> list[Fault]:
    if not isinstance(stated, SHAPES[value.unit]):
        written = WRITTEN.get(value.unit, "一个数")
        return [Fault(path, "数值的写法不对。", f"单位为 {value.unit}，应为{written}。")]
    if isinstance(stated, Mapping):
        if set(stated) != set(TILT_NUMBERS):
            return [Fault(path, "这一组数值不全，或有多余的。", f"应为：{'、'.join(TILT_NUMBERS)}。")]
        path, stated = f"{path}.ratio", stated["ratio"]
    elif value.unit == "times" and stated == 0:
        return [Fault(path, "倍数不能为 0。", "没有公布的数值请整项删去，不要写 0。")]
    elif value.unit not in SHARES:
        return []
    if isinstance(stated, Decimal) and not 0 < stated <= 1:
        return [Fault(path, "比例不在 0 与 1 之间。", "请写成小数，例如 0.70。")]
    return []
