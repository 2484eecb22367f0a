"""The drawer over the conclusion: a figure's steps, each with its formula, its value and the clause behind it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.policy.steps import Step
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.conclusion.reader import Reader
from desktop.window.conclusion.step_row import Law, StepRow, link_button
from desktop.window.labels import pixels, prose
from desktop.window.theme import space

CLOSE, BACK = "关闭 Esc", "返回 Esc"
WIDEST = 456  # pixels at 11 pt: a formula on two lines, and half of the form still in view
Steps = Sequence[tuple[str, Sequence[Step]]]


class Drawer(QFrame):
    """Lies over its anchor until Esc, its own button, or a look elsewhere; then the focus is where it was.

    A clause's official text opens in the same place; from there the same key leads back to the steps.
    """

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._back: QWidget | None = None
        self._law = Law("", {}, None, "", {})
        self._heading = ""
        self._asked: QWidget | None = None  # the link that the official text was opened from
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
        self.reader = Reader()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self.reader)
        rows.addWidget(self._pages, 1)
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
        self._close = link_button(CLOSE)
        self._close.clicked.connect(self.leave)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def show_steps(self, title: str, parts: Steps, law: Law, back: QWidget, at: str = "") -> None:
        """Opens on these steps, at the one labelled ``at``; the focus goes back to ``back``."""
        self._heading, self._law, self._back = title, law, back
        self._turn_to(self._scroll)
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
                row = self._row(place + 1, step)
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

    def _row(self, place: int, step: Step) -> StepRow:
        row = StepRow(place, step, self._law)
        original = None if row.gist is None else row.gist.original
        if original is not None:
            original.clicked.connect(partial(self._read, row.cite, original))
        return row

    def _read(self, cite: str, asked: QWidget) -> None:
        """Opens the official text at a clause."""
        self._asked = asked
        self._turn_to(self.reader)
        self._title.setText(f"{self._law.document}　{on_screen(cite)}")
        self.reader.show_clause(self._law.text or "", cite, self._law.note)

    def _turn_to(self, page: QWidget) -> None:
        if self.isVisible():
            self._close.setFocus()  # else the page that goes out of sight gives the focus to somewhere outside
        self._pages.setCurrentWidget(page)
        self._title.setText(self._heading)
        self._close.setText(BACK if page is self.reader else CLOSE)

    def leave(self) -> None:
        """Leads back from an official text to its step; from the steps closes, and gives the focus back."""
        if self._pages.currentWidget() is self.reader and self._asked is not None:
            self._turn_to(self._scroll)
            self._asked.setFocus(Qt.FocusReason.PopupFocusReason)
            return
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
