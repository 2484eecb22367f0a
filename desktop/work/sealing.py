"""Sealing: an assessment kept with all that it was made from, exactly as it left the window."""

from desktop.domain.problems import Problem, Refused
from desktop.domain.writing import case_data
from desktop.policy.assessment import assessment_data
from desktop.store import cases
from desktop.store.cases import KeptCase
from desktop.store.file import Pen
from desktop.store.sealed import Seal, seal
from desktop.work.assessing import Assessed, assess_draft
from desktop.work.drafts import draft_of
from desktop.work.office import Office
from desktop.work.program import PROGRAM


def assessed_case(office: Office, case_id: str) -> tuple[KeptCase, Assessed]:
    """A kept case as it stands, assessed today.

    Raises:
        Refused: with the faults of a draft that cannot be read.
    """
    kept = cases.get(office.kept, case_id)
    outcome = assess_draft(office, draft_of(kept))
    if outcome.faults:
        raise Refused(outcome.faults)
    if outcome.case is None or outcome.assessment is None or outcome.rules is None:
        raise Problem("这个案卷还不能测算。", "请打开案卷，按提示补齐。")
    return kept, Assessed(outcome.case, outcome.rules, outcome.assessment)


def seal_case(pen: Pen, office: Office, case_id: str, assessed: Assessed) -> int:
    """Seals an assessment in the store; its id there."""
    prints = office.library.fingerprints
    return seal(
        pen,
        Seal(
            case_id,
            office.now(),
            case_data(assessed.case),
            assessment_data(assessed.assessment),
            prints[assessed.rules.policy.id],
            prints[assessed.rules.locality.id],
            PROGRAM,
        ),
    )
