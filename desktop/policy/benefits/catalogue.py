"""Cost outside the catalogue: aid within the control share, and an alert above it (A19, P-25, P-26)."""

from decimal import Decimal

from desktop.domain.expenses import CHARGE_CLASSES
from desktop.domain.money import NOTHING, Money, paper_text
from desktop.policy.benefits.exclusion import Entry
from desktop.policy.findings import Findings
from desktop.policy.law.benefit_rules import OutOfCatalogue
from desktop.policy.law.rules import Rules
from desktop.policy.steps import percent


def out_of_catalogue_aid(rules: Rules, entry: Entry, findings: Findings) -> Money | None:
    """What a covered stay is aided with outside the catalogue; None where there is no such aid, or a fact is missing."""
    rule, expense, kind = rules.policy.out_of_catalogue, entry.expense, entry.entitlement.kind
    if rule is None or kind not in rule.controlled or expense.kind not in rule.kinds or entry.day is None:
        return None
    if expense.place is None and kind in rule.identities:
        findings.lack(f"{entry.path}.place", "目录外费用救助需要", rule.source)
    if expense.place not in rule.places:
        return None
    aided = kind in rule.identities and _still_holds(rules, rule, entry, findings)
    if aided and expense.full_self_pay == NOTHING:
        return NOTHING
    controlled = _controlled(rule, entry, findings, needed=aided)
    if controlled is None or not aided:
        return None
    within, full = controlled
    aid = Money.payable(min(full.yuan, within) * rule.share)
    given = {"full": full, "within": within, "share": rule.share}
    findings.step("out_of_catalogue", expense.id, rule.source, aid, **given)
    return aid


def _still_holds(rules: Rules, rule: OutOfCatalogue, entry: Entry, findings: Findings) -> bool:
    """Whether the clause still holds: to the locality's last day of the 过渡期; not published, with a doubt (A19)."""
    assert entry.day is not None
    last = rules.locality.day(rule.until)
    if last is None and entry.day > rule.doubt_after:
        name = rules.policy.locality_value(rule.until).name
        findings.alert(
            "transition_unknown",
            f"目录外费用救助只在过渡期内有效，{name}尚未录入，请向县医保部门核实后再告知申请人。",
            rule.source.cite,
        )
    return last is None or entry.day <= last


def _controlled(
    rule: OutOfCatalogue, entry: Entry, findings: Findings, *, needed: bool
) -> tuple[Decimal, Money] | None:
    """What the control allows outside the catalogue, and what was charged; above it the hospital bears the rest."""
    expense = entry.expense
    facts = {"charge_class": expense.charge_class, "full_self_pay": expense.full_self_pay, "total": expense.total}
    unknown = [key for key, value in facts.items() if value is None]
    if needed:
        for key in unknown:
            findings.lack(f"{entry.path}.{key}", "目录外费用救助需要", rule.source)
    full, total = expense.full_self_pay, expense.total
    if unknown or expense.charge_class is None or full is None or total is None:
        return None
    share = rule.control[expense.charge_class]
    exact = total.yuan * share
    if full.yuan > exact:
        findings.alert(
            f"catalogue_control.{expense.id}",
            f"住院目录外费用 {paper_text(full)} 元，超过总费用的 {percent(share)}（收费标准{CHARGE_CLASSES[expense.charge_class]}），"
            f"超出的 {paper_text(Money.payable(full.yuan - exact))} 元应由医疗机构承担。",
            rule.control_source.cite,
        )
    return exact, full
