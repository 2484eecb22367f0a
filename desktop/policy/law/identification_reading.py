"""Reading how an identity is recognised: tests as metric, comparison and limit."""

from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.identification_rules import (
    COMPARISONS,
    WINDOW_ANCHORS,
    BetterIdentity,
    IdentificationRule,
    IdentificationTest,
    Limit,
    Window,
)
from desktop.policy.law.sources import amount, needed_day, needed_table, source

# What a policy's tests may measure, and against what; policy/metrics.py holds the only code behind these names.
PER_HEAD_METRICS = ("income_per_person", "income_after_medical_per_person")
HOUSEHOLD_METRICS = ("medical_self_pay", "patient_medical_self_pay", "filed_stays_self_pay")
FACT_METRICS = ("property_within_rule", "registered_in_province", "insured_in_province")
LIMIT_STANDARDS = (
    "yuan",
    "dibao_standard",
    "urban_dibao_standard",
    "disposable_income",
    "disposable_income_by_residence",
    "minimum_wage",
    "household_income",
)


def read_identification(fields: Fields) -> IdentificationRule:
    """One identification rule of a policy."""
    rule = IdentificationRule(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        identity=fields.needed_code("identity", IDENTITIES),
        first=needed_day(fields, "from"),
        last=fields.day("to"),
        trial_until=fields.day("trial_until"),
        needs=fields.texts("needs"),
        fallback=fields.text("fallback"),
        window=_window(needed_table(fields, "window")),
        holds_none_of=fields.texts("holds_none_of", IDENTITIES),
        better=fields.each("better", _better) or (),
        tests=fields.each("tests", _test) or (),
        source=source(fields),
    )
    if not rule.tests:
        fields.note("tests", "没有任何认定条件。", "请至少写一项 tests。")
    if bool(rule.needs) != bool(rule.fallback):
        fields.note("needs", "needs 与 fallback 应同时写明。", "请写明缺哪些地区数值时改用哪一条原规定。")
    _check_days(rule, fields)
    _check_tests(rule, fields)
    return rule


def _check_days(rule: IdentificationRule, fields: Fields) -> None:
    for key, last in (("to", rule.last), ("trial_until", rule.trial_until)):
        if last is not None and last < rule.first:
            fields.note(key, "早于 from。", "请更正起止日期。")


def _check_tests(rule: IdentificationRule, fields: Fields) -> None:
    ids = [test.id for test in rule.tests]
    for repeated in sorted({one for one in ids if one and ids.count(one) > 1}):
        fields.note("tests", f"有两项条件都叫「{repeated}」。", "请给每项条件各自的编号。")
    alternatives = [test.any_of for test in rule.tests if test.any_of]
    for single in sorted({one for one in alternatives if alternatives.count(one) == 1}):
        fields.note(
            "tests", f"any_of「{single}」只有一项条件。", "符合其一即可的，请写两项以上同名的 any_of；否则删去。"
        )


def _window(fields: Fields) -> Window:
    window = Window(
        fields.whole("months", 1, 60), fields.whole("days", 1, 1000), fields.needed_code("anchor", WINDOW_ANCHORS)
    )
    if (window.months is None) == (window.days is None):
        fields.note("months", "期限应写一个，且只写一个。", "请写 months（月）或 days（日）。")
    fields.close()
    return window


def _limit(fields: Fields) -> Limit | None:
    """The limit under the one comparison that is stated; None where none is."""
    stated = [key for key in COMPARISONS if fields.raw(key) is not None]
    if not stated:
        return None
    if len(stated) > 1:
        fields.note(stated[1], "一项条件只比较一次。", f"请只保留一个：{'、'.join(COMPARISONS)}。")
    table = needed_table(fields, stated[0])
    yuan = amount(table, "yuan")
    times, times_of = amount(table, "times"), table.text("times_of")
    if sum(one is not None for one in (yuan, times, times_of)) != 1:
        table.note("times", "应写一个，且只写一个。", "请写 yuan（元）、times（倍数）或 times_of（地区公布的倍数）。")
    of = "yuan" if yuan is not None else table.needed_code("of", LIMIT_STANDARDS[1:])
    table.close()
    return Limit(stated[0], of, yuan if yuan is not None else times, times_of)


def _better(fields: Fields) -> BetterIdentity:
    limit = _limit(fields)
    if limit is None:
        fields.note("below", "没有写明标准线。", f"请写明 {'、'.join(COMPARISONS)} 之一。")
    return BetterIdentity(
        identity=fields.needed_code("identity", IDENTITIES),
        metric=fields.needed_code("metric", PER_HEAD_METRICS),
        limit=limit or Limit("below", "yuan", None, None),
        source=source(fields),
    )


def _test(fields: Fields) -> IdentificationTest:
    limit = _limit(fields)
    return IdentificationTest(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        metric=fields.needed_code("metric", (*PER_HEAD_METRICS, *HOUSEHOLD_METRICS) if limit else FACT_METRICS),
        limit=limit,
        any_of=fields.text("any_of"),
        source=source(fields),
    )
