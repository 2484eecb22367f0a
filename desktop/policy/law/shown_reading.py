"""Reading what a policy has the clerk see: hints, warnings, papers, and the values left to localities."""

from desktop.domain.case import MATTERS
from desktop.domain.expenses import EXPENSE_KINDS, PLACES
from desktop.domain.fields import Fields
from desktop.domain.people import IDENTITIES
from desktop.policy.law.quantities import read_share
from desktop.policy.law.shown_rules import UNITS, BurdenControl, BurdenWarning, Hint, LocalityValue, Paper
from desktop.policy.law.sources import needed_amount, needed_texts, source


def read_hint(fields: Fields) -> Hint:
    """A sentence for the clerk."""
    return Hint(
        fields.needed_text("id"),
        fields.texts("identities", IDENTITIES),
        fields.texts("matters", MATTERS) or tuple(MATTERS),
        fields.needed_text("text"),
        source(fields),
    )


def read_burden_warning(fields: Fields) -> BurdenWarning:
    """An early-warning threshold."""
    return BurdenWarning(
        fields.needed_text("id"),
        needed_amount(fields, "over"),
        bool(fields.flag("focus")),
        fields.needed_text("then"),
        source(fields),
    )


def read_burden_control(fields: Fields | None) -> BurdenControl | None:
    """The most that a stay's burden should be."""
    if fields is None:
        return None
    return BurdenControl(
        read_share(fields, "share"),
        needed_texts(fields, "kinds", EXPENSE_KINDS),
        needed_texts(fields, "places", PLACES),
        source(fields, close=True),
    )


def read_paper(fields: Fields) -> Paper:
    """A paper that an application asks for."""
    matters = needed_texts(fields, "matters", MATTERS)
    return Paper(fields.needed_text("id"), fields.needed_text("name"), matters, source(fields))


def read_locality_value(fields: Fields) -> LocalityValue:
    """A value that the policy leaves to the 统筹地区."""
    return LocalityValue(
        fields.needed_text("key"),
        fields.needed_text("name"),
        fields.needed_code("unit", UNITS),
        fields.needed_text("who"),
        source(fields),
    )
