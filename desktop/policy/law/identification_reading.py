"""Reading how an identity is recognised: tests as metric, comparison and limit."""

from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.identification_rules import (
    Below,
    BetterIdentity,
    IdentificationRule,
    IdentificationTest,
    Superseded,
)
from desktop.policy.law.sources import amount, needed_day, needed_table, source
from desktop.policy.metrics import AMOUNT_METRICS, FACT_METRICS

STANDARDS = ("dibao_standard",)


def read_identification(fields: Fields) -> IdentificationRule:
    """One identification rule of a policy."""
    superseded = fields.table("superseded")
    rule = IdentificationRule(
        id=fields.needed_text("id"),
        identity=fields.needed_code("identity", IDENTITIES),
        first=needed_day(fields, "from"),
        last=fields.day("to"),
        window_months=fields.needed_whole("window_months", 1, 60),
        holds_none_of=fields.texts("holds_none_of", IDENTITIES),
        better=fields.each("better", _better) or (),
        tests=fields.each("tests", _test) or (),
        superseded=_superseded(superseded) if superseded else None,
        source=source(fields),
    )
    if not rule.tests:
        fields.note("tests", "没有任何认定条件。", "请至少写一项 tests。")
    return rule


def _superseded(fields: Fields) -> Superseded:
    superseded = Superseded(needed_day(fields, "from"), fields.needed_text("by"))
    fields.close()
    return superseded


def _below(fields: Fields) -> Below:
    below = Below(fields.needed_code("of", STANDARDS), amount(fields, "times"), fields.text("times_of"))
    if (below.times is None) == (below.times_of is None):
        fields.note("times", "倍数应写一个，且只写一个。", "请写 times（数值）或 times_of（统筹地区公布的数值）。")
    fields.close()
    return below


def _better(fields: Fields) -> BetterIdentity:
    return BetterIdentity(
        identity=fields.needed_code("identity", IDENTITIES),
        metric=fields.needed_code("metric", AMOUNT_METRICS),
        below=_below(needed_table(fields, "below")),
        source=source(fields),
    )


def _test(fields: Fields) -> IdentificationTest:
    below = fields.table("below")
    return IdentificationTest(
        id=fields.needed_text("id"),
        name=fields.needed_text("name"),
        metric=fields.needed_code("metric", AMOUNT_METRICS if below else FACT_METRICS),
        below=_below(below) if below else None,
        source=source(fields),
    )
