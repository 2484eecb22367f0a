"""The head of an open case, with its number, its mark and its rail; and the foot that leads on and back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.window.intake.rail import StepRail
from desktop.window.labels import OneLine, label, pixels
from desktop.window.theme import dress, space


class CaseHead(QFrame):
    """Whose case it is, whether it is on disk, and where its steps stand."""

    history_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self.rail = StepRail()
        self._case = OneLine("section")
        self.mark = label("", "second")
        self.mark.setObjectName("saved")
        self.mark.setMinimumWidth(pixels(132))  # nothing moves between two marks
        self.mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(2), space(6), 0)
        down.setSpacing(space(1))
        across = QHBoxLayout()
        across.addWidget(self._case, 1)
        across.addWidget(self._history())
        across.addWidget(self.mark)
        down.addLayout(across)
        down.addWidget(self.rail)

    @property
    def case_words(self) -> str:
        """Whose case it is, in words."""
        return self._case.whole

    def show_case(self, case_no: str, applicant: str, matter: str) -> None:
        """Names the case."""
        self._case.show_line(f"{case_no}　{applicant} · {matter}")

    def show_mark(self, words: str, trouble: bool) -> None:
        """Says whether what was typed is on disk."""
        self.mark.setText(words)
        dress(self.mark, "fault" if trouble else "good" if words.startswith("✓") else "second")

    def _history(self) -> QPushButton:
        button = QPushButton("历史")
        button.setProperty("role", "link")
        button.setObjectName("history")
        button.setToolTip("Ctrl+H")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # as the rail: the keyboard stays in the fields
        button.clicked.connect(self.history_asked)
        return button


class CaseFoot(QFrame):
    """A step back and a step on."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        across = QHBoxLayout(self)
        across.setContentsMargins(space(6), space(2), space(6), space(2))
        across.addStretch(1)
        self.back = self._button("上一步 F7", -1)
        self.on = self._button("下一步 F8", 1)
        self.on.setProperty("role", "primary")
        across.addWidget(self.back)
        across.addWidget(self.on)

    def show_place(self, place: int, of: int) -> None:
        """Offers only the ways that there are."""
        self.back.setEnabled(place > 0)
        self.on.setEnabled(place < of - 1)

    def _button(self, words: str, steps: int) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(True)  # Enter presses it
        button.clicked.connect(lambda: self.moved.emit(steps))
        return button
