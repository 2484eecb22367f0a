"""What each of several identities would pay, side by side, where a person has a choice."""

from collections.abc import Iterator

from desktop.domain.people import IDENTITIES
from desktop.policy.alternatives import alternatives
from desktop.window.conclusion.entries import TO_COME, Figure
from desktop.window.conclusion.on_screen import screen_text
from desktop.work.assessing import Outcome


def compared(outcome: Outcome) -> Iterator[Figure]:
    """An entry for each identity that a person could be paid by; nothing where there is no choice."""
    case, assessment, rules = outcome.case, outcome.assessment, outcome.rules
    if case is None or assessment is None or rules is None:
        return
    found = alternatives(case, rules, assessment)
    several = len({one.person for one in found}) > 1
    for one in found:
        member = case.member(one.person)
        name = f"{member.name} {IDENTITIES[one.identity]}" if several and member else IDENTITIES[one.identity]
        value = TO_COME if one.payable is None else screen_text(one.payable)
        more = "尚未认定，自认定之日起享受" if one.ahead else ""
        yield Figure(f"alternative:{one.person}/{one.identity}", name, value, more)
