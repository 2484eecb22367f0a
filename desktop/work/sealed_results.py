"""What was sealed of a case, read again word for word; nothing is computed anew."""

from dataclasses import dataclass
from datetime import datetime

from desktop.store.sealed import sealed_of
from desktop.work.office import Office


@dataclass(frozen=True, slots=True)
class SealedResult:
    """A result as it left the window: the case file and the assessment as they were written then, as JSON values.

    ``policy`` and ``locality`` name what it rests on: by name where this machine still has it, else by id.
    """

    made_at: datetime
    inputs: dict[str, object]
    result: dict[str, object]
    program: str
    policy: str
    locality: str


def sealed_result(office: Office, case_id: str, sealed: int) -> SealedResult:
    """What was sealed of a case under this id."""
    seal = dict(sealed_of(office.kept, case_id))[sealed]
    policy = office.library.policies.get(str(seal.result.get("policy")))
    locality = office.library.localities.get(str(seal.result.get("locality")))
    return SealedResult(
        made_at=seal.made_at,
        inputs=seal.inputs,
        result=seal.result,
        program=seal.program,
        policy=policy.document if policy else str(seal.result.get("policy")),
        locality=locality.name if locality else str(seal.result.get("locality")),
    )
