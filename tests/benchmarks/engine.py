"""Assessing cases: one with all its steps, ten thousand at once, a thousand files; beside loops by hand and OpenFisca."""

import json
from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.domain.money import Money
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.policy.assessment import assessment_data
from desktop.policy.law.rules import Rules
from desktop.work.assessing import assess_files
from desktop.work.library import Library
from tests.benchmarks.by_heart import CAP, DEDUCTIBLE, PERCENT
from tests.benchmarks.contest import Contest, Work
from tests.benchmarks.hand import payable, told, work
from tests.benchmarks.samples import DAY, KNOWN, Draft, differing, sample_case, with_five_expenses

if TYPE_CHECKING:
    from tests.benchmarks.openfisca_peer.running import Peer

SELF_PAY = {"in_scope": 1, "basic_paid": -1, "major_paid": -1, "prior_self_pay": 1, "over_price_limit": 1}
MANY = 10_000
FILES = 1_000


def find_peer() -> "Peer | None":
    """OpenFisca with the rules, where it is installed."""
    if find_spec("openfisca_core") is None:
        return None
    from tests.benchmarks.openfisca_peer.running import Peer

    return Peer()


def contests(library: Library, peer: "Peer | None", folder: Path) -> Iterator[Contest]:
    """Every contest of the engine, once all sides are seen to come to the same."""
    draft = with_five_expenses(sample_case(KNOWN[0]))
    case = read_case(draft)
    for one in (case, *(read_case(sample_case(name)) for name in KNOWN)):
        check(one, library.rules(one.locality), peer)
    rules = library.rules(case.locality)
    yield unread(case, rules, draft)
    if peer:
        yield in_words(case, rules, peer)
    yield as_json(case, rules)
    yield many_cases(case, rules, peer)
    yield many_files(library, draft, folder)


def check(case: Case, rules: Rules, peer: "Peer | None") -> None:
    """Every side comes to the same verdict and the same amounts."""
    assessment, worked = assess(case, rules, DAY), work(case)
    verdict = assessment.identification.verdict if assessment.identification else ""
    assert worked.recognised.verdict == verdict
    lines = {line.expense: line.payable for benefit in assessment.benefits for line in benefit.lines}
    assert lines == {one.expense: Money(one.pays) for one in worked.paid}
    subsidies = {(one.person, one.year): one.amount for one in assessment.subsidies}
    assert subsidies == {whose: Money(fen) for whose, fen in worked.subsidies.items()}
    if peer:
        payables = zip(case.expenses, peer.payables([case]), strict=True)
        assert lines == {expense.id: Money(fen) for expense, fen in payables}


# ---------------------------------------------------------------- one case


def unread(case: Case, rules: Rules, draft: Draft) -> Contest:
    """Every step recorded, none read; beside all of the work, and beside the mere amounts."""
    sheets = sheets_of(draft)
    beside: dict[str, Work] = {
        "the whole work by hand": lambda: work(case),
        "a loop over the amounts alone": lambda: paid_by_hand(sheets),
    }
    return Contest("a case of five expenses", lambda: assess(case, rules, DAY), beside, rounds=15, times=100)


def in_words(case: Case, rules: Rules, peer: "Peer") -> Contest:
    """Every step read as a clerk reads it, beside OpenFisca with its trace on."""

    def ours() -> list[tuple[str, str, str | None]]:
        return [(step.label, step.formula, step.value_text) for step in assess(case, rules, DAY).trace]

    beside: dict[str, Work] = {
        "OpenFisca, trace on and printed": lambda: peer.printed(case),
        "OpenFisca, trace on, not printed": lambda: peer.traced(case),
    }
    return Contest("the same, every step read", ours, beside, rounds=9, times=50)


def as_json(case: Case, rules: Rules) -> Contest:
    """The whole assessment as its file, beside the loop that tells its figures."""

    def ours() -> str:
        return json.dumps(assessment_data(assess(case, rules, DAY)), ensure_ascii=False)

    beside: dict[str, Work] = {"by hand, with words and JSON": lambda: told(work(case))}
    return Contest("the same as JSON, every step in it", ours, beside, rounds=15, times=50)


# ---------------------------------------------------------------- many


def many_cases(case: Case, rules: Rules, peer: "Peer | None") -> Contest:
    """Ten thousand cases that differ, in one call."""
    cases = list(differing(case, MANY))

    def ours() -> list[int]:
        found = [assess(one, rules, DAY).payable for one in cases]
        return [amount.fen for amount in found if amount is not None]

    def by_hand() -> list[int]:
        return [payable(work(one)) for one in cases]

    assert ours() == by_hand()
    beside: dict[str, Work] = {"the whole work by hand": by_hand}
    if peer:
        beside["OpenFisca, all side by side, no trace"] = lambda: peer.payables(cases)
    return Contest(f"{MANY} cases of five expenses", ours, beside, rounds=3)


def many_files(library: Library, draft: Draft, folder: Path) -> Contest:
    """A thousand case files read, checked and assessed in one call, beside parsing them and the mere amounts."""
    text = json.dumps(draft, ensure_ascii=False, default=str)
    paths = [folder / f"{number}.json" for number in range(FILES)]
    for path in paths:
        path.write_text(text, encoding="utf-8")

    def ours() -> list[int]:
        found = assess_files(library, paths, None, DAY)
        return [one.assessment.payable.fen for one in found if one.assessment.payable]

    def bare() -> list[int]:
        return [sum(paid_by_hand(sheets_of(json.loads(path.read_bytes())))) for path in paths]

    assert ours() == bare()
    return Contest(f"{FILES} case files, read and assessed", ours, {"json.loads and that loop": bare}, rounds=3)


def sheets_of(data: Draft) -> list[int]:
    """What the patient bore of each expense of a case file, in fen and on trust."""
    return [sum(sign * int(Decimal(one[key]).scaleb(2)) for key, sign in SELF_PAY.items()) for one in data["expenses"]]


def paid_by_hand(borne: list[int]) -> list[int]:
    """Deductible, share and cap of a year's expenses of class IV, in fen."""
    deductible, left, paid = DEDUCTIBLE[4], CAP, []
    for self_pay in borne:
        used = min(deductible, self_pay)
        deductible -= used
        pays = min(((self_pay - used) * PERCENT[4] + 50) // 100, left)
        left -= pays
        paid.append(pays)
    return paid
