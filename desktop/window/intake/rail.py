"""The rail of steps: the only progress there is, in marks and words."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.window.labels import pixels
from desktop.window.questions.declared import STEPS
from desktop.window.questions.notes import MARKS, StepState
from desktop.window.theme import space

ROOMY = 640  # pixels at 11 pt that the steps take with their marks and counts


class StepRail(QWidget):
    """A button a step; Alt and its number lead there too."""

    step_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._states: dict[str, StepState] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(space(1))
        self.buttons = {step.id: self._button(step.id, place) for place, step in enumerate(STEPS, 1)}
        for button in self.buttons.values():
            across.addWidget(button)
        across.addStretch(1)

    def state(self, step_id: str) -> StepState:
        """Where a step stands, as shown."""
        return self._states[step_id]

    def show_states(self, states: list[StepState]) -> None:
        """Shows where every step stands."""
        names = {step.id: step.name for step in STEPS}
        for state in states:
            if self._states.get(state.id) == state:
                continue
            self._states[state.id] = state
            button = self.buttons[state.id]
            count = f"{state.needs}" if state.state == "needs" else ""
            button.setText(f"{MARKS[state.state]}{count} {names[state.id]}")
            button.setAccessibleName(state.words(names[state.id]))
            button.setChecked(state.state == "here")
            if button.property("state") != state.state:
                button.setProperty("state", state.state)
                button.style().unpolish(button)
                button.style().polish(button)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its buttons: they draw together."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws the buttons together where they do not fit."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        compact = width < pixels(ROOMY)
        for button in self.buttons.values():
            if bool(button.property("compact")) != compact:
                button.setProperty("compact", compact)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, step_id: str, place: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "step")
        button.setObjectName(f"step.{step_id}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(f"Alt+{place}")
        button.clicked.connect(lambda: self.step_asked.emit(step_id))
        return button
