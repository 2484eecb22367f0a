"""The drawer over the conclusion: a figure's steps, each with its formula, its value and the clause behind it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.policy.law.shown_rules import Clause
from desktop.policy.steps import Step
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.labels import label, pixels, prose
from desktop.window.theme import space

BAR = 3  # pixels
WIDEST = 456  # pixels at 11 pt: a formula on two lines, and half of the form still in view
Steps = Sequence[tuple[str, Sequence[Step]]]


class Gist(QWidget):
    """What a clause says, in our own words."""

    def __init__(self, clause: Clause) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(3), space(2), space(3), space(2))
        self.words = prose(clause.gist, "body")
        rows.addWidget(self.words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stands on the ground's colour, behind a bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.fillRect(0, 0, BAR, self.height(), self.palette().highlight())
        painter.end()


class StepRow(QWidget):
    """One step: what it finds, how, to which value; its clause opens beneath."""

    def __init__(self, place: int, step: Step, clause: Clause | None) -> None:
        super().__init__()
        cells = QGridLayout(self)
        cells.setContentsMargins(0, space(2), 0, space(2))
        cells.setVerticalSpacing(0)
        cells.setColumnStretch(0, 1)
        value = on_screen(step.value_text or "暂缺")
        self.setAccessibleName(f"{step.label} {value}：{on_screen(step.formula)}")
        right, top = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop
        cells.addWidget(prose(f"{place}  {step.label}", "body"), 0, 0)
        cells.addWidget(label(value, "figure"), 0, 1, right | top)
        formula = prose(on_screen(step.formula), "second")
        formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cells.addWidget(formula, 1, 0)
        self.gist = None if clause is None else Gist(clause)
        self.link = None if self.gist is None else self._link(step.source.cite, self.gist)
        if self.gist is None or self.link is None:
            cells.addWidget(prose(step.source.cite, "second"), 1, 1, right | top)
            return
        cells.addWidget(self.link, 1, 1, right | top)
        cells.addWidget(self.gist, 2, 0, 1, 2)
        self.gist.hide()

    @staticmethod
    def _link(cite: str, gist: Gist) -> QPushButton:
        link = QPushButton(f"{cite} ▼")
        link.setProperty("role", "link")
        link.setCheckable(True)
        link.setAutoDefault(True)  # Enter opens it as well as Space
        link.setAccessibleName(f"依据 {cite}")
        link.toggled.connect(gist.setVisible)
        link.toggled.connect(lambda unfolded: link.setText(f"{cite} {'▲' if unfolded else '▼'}"))
        return link


class Drawer(QFrame):
    """Lies over its anchor until Esc, its own button, or a look elsewhere; then the focus is where it was."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._back: QWidget | None = None
        self.steps: list[StepRow] = []
        self.setProperty("role", "drawer")
        self.setAccessibleName("测算步骤")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(space(6))
        shadow.setOffset(QPoint(-space(1), 0))
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(4), space(3), space(2), space(2))
        rows.addLayout(self._head())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.addWidget(self._scroll, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._look_elsewhere)
        anchor.installEventFilter(self)
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._title = prose("", "section")
        self._close = QPushButton("关闭 Esc")
        self._close.setProperty("role", "link")
        self._close.setAutoDefault(True)
        self._close.clicked.connect(self.leave)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def show_steps(self, title: str, parts: Steps, clauses: Mapping[str, Clause], back: QWidget, at: str = "") -> None:
        """Opens on these steps, at the one labelled ``at``; ``clauses`` by id; the focus goes back to ``back``."""
        self._title.setText(title)
        self._back = back
        inside = QWidget()
        inside.setProperty("role", "inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, space(2), 0)
        rows.setSpacing(0)
        self.steps = []
        wanted: QWidget | None = None
        for name, steps in parts:
            if len(parts) > 1:
                rows.addSpacing(space(3))
                rows.addWidget(prose(name, "figure"))
            for place, step in enumerate(steps):
                row = StepRow(place + 1, step, clauses.get(step.source.clause))
                wanted = row if step.label == at else wanted
                self.steps.append(row)
                rows.addWidget(row)
        if not parts:
            rows.addWidget(prose("补齐所缺信息后，这里显示每一步的算法和依据。", "second"))
        rows.addStretch(1)
        self._scroll.setWidget(inside)
        self._place()
        self.show()
        self.raise_()
        if wanted is not None:
            inside.adjustSize()
            self._scroll.ensureWidgetVisible(wanted)
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Closes, and gives the focus back."""
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def _look_elsewhere(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self._back = None
            self.hide()

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._anchor.mapTo(window, QPoint(self._anchor.width(), 0))
        width = min(max(pixels(WIDEST), self._anchor.width()), corner.x())
        self.setGeometry(corner.x() - width, corner.y(), width, self._anchor.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the drawer on its anchor."""
        if watched is self._anchor and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
