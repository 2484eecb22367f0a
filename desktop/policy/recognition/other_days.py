"""What another day would change: the nearest days whose window turns a test, and the last day of applying for an expense."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from desktop.domain.calendar import chinese_day, month_end, months_after
from desktop.domain.case import Case
from desktop.policy.assessment import Change
from desktop.policy.benefits.entitlement import anchor_of
from desktop.policy.benefits.filing import last_day_to_apply
from desktop.policy.law.identification_rules import Window
from desktop.policy.law.rules import Policy
from desktop.policy.recognition.changes import turned
from desktop.policy.recognition.comparing import Comparison, meets
from desktop.policy.recognition.deciding import deciding_rule
from desktop.policy.recognition.lines import UNDATED, standard_on
from desktop.policy.recognition.results import Examined
from desktop.policy.recognition.survey import Survey

A_DAY = timedelta(days=1)


def days_that_turn(survey: Survey, test: Examined) -> Iterator[Change]:
    """The nearest later and the nearest earlier day of the window's anchor that turn a test, everything else the same."""
    found, day = test.comparison, survey.anchor
    if not test.by_amounts or found is None or found.exact is None or not found.metric.of_medical or day is None:
        return
    moves = _moves(survey, found)
    if moves is None:
        return
    # A survey is made after the application, never before.
    since = (survey.case.applied_on if survey.by_survey else None) or date.min
    later = ((one, moves[one]) for one in sorted(moves) if one > day)
    earlier = ((one - A_DAY, -moves[one]) for one in sorted(moves, reverse=True) if since < one <= day)
    what = "入户调查" if survey.by_survey else "申请"
    for days, words in ((later, "及以后"), (earlier, "及以前")):
        turning = _first_that_turns(found, days)
        if turning and _same_rules(survey, found, turning):
            yield Change(test.id, f"{chinese_day(turning)}{words}{what}的，{turned(test)}", None, turning)


def _moves(survey: Survey, found: Comparison) -> dict[date, int] | None:
    """By how many fen the cost within the window grows on a day, counted from it instead of the day before.

    None where an expense that the metric speaks of, in the window or not, is not fully known.
    """
    moves: dict[date, int] = {}
    for part in (*found.means.expenses, *found.means.outside):
        if found.metric.patient and part.member != survey.case.patient:
            continue
        if part.amount is None or part.day is None:
            return None
        enters, leaves = stretch_of(survey.rule.window, part.day)
        moves[enters] = moves.get(enters, 0) + part.amount.fen
        moves[leaves] = moves.get(leaves, 0) - part.amount.fen
    heads = found.means.heads
    return moves if heads is not None and heads[0] == heads[1] else None


def _first_that_turns(found: Comparison, days: Iterable[tuple[date, int]]) -> date | None:
    """The first of the days by which the cost has moved far enough."""
    assert found.exact is not None
    apart = found.exact
    for day, fen in days:
        apart += found.metric.of_medical * fen
        if meets(found.limit.comparison, (apart, apart)) != found.met:
            return day
    return None


def stretch_of(window: Window, settled: date) -> tuple[date, date]:
    """The first day from which a window holds an expense of a day, and the first after that from which it no longer does."""
    if window.anchor != "application_month":
        leaves = last_day_to_apply(settled, window.months) if window.months else settled + timedelta(window.days or 0)
        return settled, leaves + A_DAY
    enters = month_end(settled) + A_DAY
    if window.months:
        return enters, months_after(enters, window.months)
    return enters, month_end(settled + timedelta((window.days or 0) + 1)) + A_DAY


def _same_rules(survey: Survey, found: Comparison, other: date) -> bool:
    """Whether the same rule decides by the same published standard on another day."""
    line, rules = found.line, survey.rules
    by_its_day = survey.by_survey or survey.case.surveyed_on is None
    if by_its_day and deciding_rule(rules, survey.rule.identity, other) is not survey.rule:
        return False
    if line is None or line.of in UNDATED:
        return line is not None
    return standard_on(rules, line.of, survey.case.household.residence, other) == (line.least, line.most)


def last_days_of_applying(case: Case, policy: Policy, identity: str) -> Iterator[Change]:
    """For each expense of the patient, the last day of applying from which the identity's window still holds it (A7)."""
    months = next((window.months for window in policy.windows if window.identity == identity), None)
    group = policy.class_of(identity)
    if months is None or group is None:
        return
    for expense in case.expenses:
        day = anchor_of(policy, expense)
        if expense.patient != case.patient or day is None or expense.kind not in group.ratios:
            continue
        last = last_day_to_apply(day, months)
        since = f"{chinese_day(day)}以后、" if case.applied_on and case.applied_on < day else ""
        said = f"{chinese_day(day)}结算的费用：{since}{chinese_day(last)}（含）前申请，该笔费用可计入"
        yield Change(f"outside_window:{expense.id}", said, None, last)
