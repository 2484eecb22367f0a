"""What an assessment notes on its way: steps taken, facts missing, sentences the clerk must see."""

from decimal import Decimal

from desktop.domain.money import Money
from desktop.policy.assessment import Alert, Missing
from desktop.policy.law.sources import Source
from desktop.policy.steps import Step
from desktop.policy.wording import FACTS, WHO_KNOWS


class Findings:
    """A notebook that lives for one assessment; each missing path and each alert is noted once."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._missing: dict[str, Missing] = {}
        self._alerts: dict[str, Alert] = {}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is missing, in the order it was noticed."""
        return tuple(self._missing.values())

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What the clerk must see, in the order it was noticed."""
        return tuple(self._alerts.values())

    def step(
        self, kind: str, subject: str, source: Source, value: Money | Decimal | str | None, **given: object
    ) -> None:
        """Records a step."""
        self.steps.append(Step(kind, subject, given, value, source))

    def lack(self, path: str, why: str, source: Source) -> None:
        """Notes a fact of the case that is not known; the path's last name says which."""
        key = path.rpartition(".")[2].partition("[")[0]
        name, who = FACTS.get(key, key), WHO_KNOWS.get(key, "就诊医院的结算单")
        self._missing.setdefault(path, Missing(path, f"缺{name}：{why}", who, source.cite))

    def lack_number(self, path: str, why: str, who: str, source: Source) -> None:
        """Notes a published number that the locality does not have."""
        self._missing.setdefault(path, Missing(path, why, who, source.cite))

    def alert(self, alert_id: str, text: str, cite: str) -> None:
        """Notes a sentence for the clerk."""
        self._alerts.setdefault(alert_id, Alert(alert_id, text, cite))
