"""Reading 资助参保: groups of identities with their part of the premium."""

from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.benefit_reading import whole_numbers
from desktop.policy.law.quantities import read_quantity
from desktop.policy.law.sources import amount, needed_texts, source, source_at
from desktop.policy.law.subsidy_rules import FirstYear, SubsidyGroup, SubsidyRule

DISABILITY_GRADES = (1, 2, 3, 4)
OF_PREMIUM = ("premium",)


def read_subsidy(fields: Fields | None) -> SubsidyRule | None:
    """The subsidy of a policy."""
    if fields is None:
        return None
    rule = SubsidyRule(
        groups=fields.each("groups", _group) or (),
        begins=_begins(fields.table("begins")),
        paid_in_time=source_at(fields, "paid_in_time"),
        late=source_at(fields, "late"),
        once=source_at(fields, "once"),
        source=source(fields),
    )
    fields.close()
    return rule


def _begins(fields: Fields | None) -> FirstYear | None:
    return None if fields is None else FirstYear(fields.needed_whole("year", 1990, 2200), source(fields, close=True))


def _group(fields: Fields) -> SubsidyGroup:
    return SubsidyGroup(
        identities=needed_texts(fields, "identities", IDENTITIES),
        floor=amount(fields, "floor"),
        from_age=fields.whole("from_age", 1, 120),
        under_age=fields.whole("under_age", 1, 120),
        disability_grades=whole_numbers(fields, "disability_grades", DISABILITY_GRADES),
        amount=read_quantity(fields, OF_PREMIUM, close=False),
    )
