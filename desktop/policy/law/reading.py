"""Reading a policy file: its typed shape, or every fault at once by path."""

from desktop.domain.fields import Fields
from desktop.domain.problems import Fault, Refused
from desktop.policy.law.benefit_reading import (
    read_anchors,
    read_class,
    read_disposable_income,
    read_filing_term,
    read_grace,
    read_in_force,
    read_not_designated,
    read_not_insured,
    read_not_referred,
    read_not_remembered,
    read_out_of_catalogue,
    read_self_pay_row,
    read_tilt,
    read_window,
    read_year_end,
)
from desktop.policy.law.bounds import read_bound
from desktop.policy.law.consistency import check_policy
from desktop.policy.law.identification_reading import read_identification
from desktop.policy.law.rules import Policy
from desktop.policy.law.shown_reading import (
    read_burden_control,
    read_burden_warning,
    read_hint,
    read_locality_value,
    read_paper,
)
from desktop.policy.law.shown_rules import Clause
from desktop.policy.law.sources import needed_table, source, source_at
from desktop.policy.law.subsidy_reading import read_subsidy

KINDS = ("operative", "framework", "example")
HANDLED = ("computed", "shown", "set_aside")


def read_policy(data: object) -> Policy:
    """A policy from its parsed TOML.

    Raises:
        Refused: with every fault that was found, by path.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    anchors, anchors_source = read_anchors(needed_table(fields, "anchors"))
    policy = Policy(
        id=fields.needed_text("id"),
        document=fields.needed_text("document"),
        title=fields.needed_text("title"),
        jurisdiction=fields.needed_text("jurisdiction"),
        kind=fields.needed_code("kind", KINDS),
        remark=fields.text("remark"),
        under=fields.texts("under"),
        in_force=read_in_force(needed_table(fields, "in_force")),
        anchors=anchors,
        anchors_source=anchors_source,
        year_end=read_year_end(fields.table("year_end")),
        disposable_income=read_disposable_income(fields.table("disposable_income")),
        self_pay=fields.each("self_pay", read_self_pay_row) or (),
        classes=fields.each("classes", read_class) or (),
        best_identity=source(needed_table(fields, "best_identity"), close=True),
        grace=read_grace(fields.table("grace_to_month_end")),
        status_in_stay=source_at(fields, "status_in_stay"),
        not_remembered=read_not_remembered(fields.table("not_remembered")),
        windows=fields.each("windows", read_window) or (),
        filing_term=read_filing_term(fields.table("filing_term")),
        not_designated=read_not_designated(fields.table("not_designated")),
        not_referred=read_not_referred(fields.table("not_referred")),
        not_insured=read_not_insured(fields.table("not_insured")),
        out_of_catalogue=read_out_of_catalogue(fields.table("out_of_catalogue")),
        tilt=read_tilt(fields.table("tilt")),
        identification=fields.each("identification", read_identification) or (),
        subsidy=read_subsidy(fields.table("subsidy")),
        bounds=fields.each("bounds", read_bound) or (),
        warnings=fields.each("warnings", read_burden_warning) or (),
        burden_control=read_burden_control(fields.table("burden_control")),
        hints=fields.each("hints", read_hint) or (),
        papers=fields.each("papers", read_paper) or (),
        locality_values=fields.each("locality_values", read_locality_value) or (),
    )
    fields.close()
    check_policy(policy, fields)
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
    clause = Clause(
        id=fields.needed_text("id"),
        cite=fields.needed_text("cite"),
        gist=fields.needed_text("gist"),
        handled=fields.needed_code("handled", HANDLED),
        note=fields.text("note"),
    )
    if clause.handled == "set_aside" and clause.note is None:
        fields.note("note", "没有写明由谁办理。", "程序不办理的条款，请在 note 中写明由谁办理。")
    return clause
