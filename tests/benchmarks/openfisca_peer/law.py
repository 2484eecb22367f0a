"""The numbers as OpenFisca's tree of parameters, yuan and shares, each from its day on."""

from typing import Any

from openfisca_core.parameters import ParameterNode

from tests.benchmarks import by_heart
from tests.benchmarks.openfisca_peer.entities import Identity, Kind

Tree = dict[str, Any]
KINDS = [name for name in Identity.__members__ if name != "nobody"]


def parameters() -> ParameterNode:
    """The whole tree; to nobody everything is nothing."""
    data = tree(
        {
            "window_months": by_heart.MONTHS,
            "not_referred_points_off": by_heart.POINTS_OFF / 100,
            "enrolled_late_share": by_heart.LATE_PERCENT / 100,
            "times": {kind: percent / 100 for kind, percent in by_heart.LINE_PERCENT.items()},
            "better": {"nobody": False, **{kind: kind in by_heart.BETTER for kind in KINDS}},
            "rank": {kind: place for place, kind in enumerate([*KINDS, "nobody"])},
            "deductible": by_identity({group: fen / 100 for group, fen in by_heart.DEDUCTIBLE.items()}),
            "cap": by_identity(dict.fromkeys(by_heart.DEDUCTIBLE, by_heart.CAP / 100)),
            "ratio": {kind: by_identity(ratios(kind)) for kind in Kind.__members__},
        }
    )
    data["dibao_standard"] = {
        residence: {"values": {str(day): {"value": row[residence] / 100} for day, row in by_heart.STANDARDS.items()}}
        for residence in ("urban", "rural")
    }
    return ParameterNode("", data=data)


def ratios(kind: str) -> dict[int, float]:
    """The share by class of a kind of expense; nothing where it is not covered."""
    covered = kind in by_heart.COVERED
    return {group: percent / 100 if covered else 0.0 for group, percent in by_heart.PERCENT.items()}


def by_identity(by_class: dict[int, float]) -> Tree:
    """A class's number for each of its identities."""
    return {"nobody": 0.0, **{kind: by_class[by_heart.CLASS_OF[kind]] for kind in KINDS}}


def tree(value: Any) -> Tree:
    """Branches stay branches; a number becomes a parameter in force from the document's first day."""
    if isinstance(value, dict):
        return {key: tree(inner) for key, inner in value.items()}
    return {"values": {str(by_heart.FROM): {"value": value}}}
