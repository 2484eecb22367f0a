"""Two that seem to be one, side by side over the conclusion: what differs is marked in words, the way there is beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut
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

from desktop.window.conclusion.step_row import link_button
from desktop.window.intake.alike_words import DIFFERS, about_case, case_named, differing, lines_of, title_of
from desktop.window.labels import label, pixels, prose
from desktop.window.theme import space
from desktop.work.duplicates import Alike

WIDEST = 456  # pixels at 11 pt, as the drawer of the steps is


class SideBySide(QFrame):
    """Lies over its anchor until Esc, its own button or a look elsewhere; then the focus is where it was."""

    open_asked = Signal()
    acknowledged = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._back: QWidget | None = None
        self.setProperty("role", "drawer")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(space(6))
        shadow.setOffset(QPoint(-space(1), 0))
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.title, self.about = prose("", "section"), prose("", "second")
        self.close_link = link_button("关闭 Esc")
        self.open_link, self.two = QPushButton(), QPushButton("已核对，不是重复")
        self.fields = QScrollArea()
        self._build()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._look_elsewhere)
        anchor.installEventFilter(self)
        self.hide()

    def show_pairs(self, pairs: Sequence[Alike], back: QWidget) -> None:
        """Opens on what one other case holds too; the focus goes back to ``back``."""
        self._back = back
        other = pairs[0].other
        self.title.setText(f"与 {case_named(other)} 对照")
        self.about.setText(about_case(other))
        self.open_link.setText(f"打开 {case_named(other)}")
        self.setAccessibleName(f"与 {case_named(other)} 对照")
        inside = QWidget()
        inside.setProperty("role", "inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, space(2), 0)
        rows.setSpacing(space(1))
        for one in pairs:
            rows.addSpacing(space(2))
            rows.addWidget(prose(title_of(one), "figure"))
            rows.addWidget(prose(differing(one), "second"))
            rows.addLayout(_cells(one))
        rows.addStretch(1)
        self.fields.setWidget(inside)
        self._place()
        self.show()
        self.raise_()
        self.two.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Closes, and gives the focus back."""
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard stays on the buttons; a page up or down turns what is compared."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QApplication.sendEvent(self.fields.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps it on its anchor."""
        if watched is self._anchor and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

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

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(4), space(3), space(2), space(3))
        rows.setSpacing(space(2))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_link, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        rows.addWidget(self.about)
        self.fields.setWidgetResizable(True)
        self.fields.setFrameShape(QFrame.Shape.NoFrame)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.addWidget(self.fields, 1)
        foot = QHBoxLayout()
        for button, told in ((self.two, self.acknowledged), (self.open_link, self.open_asked)):
            button.setAutoDefault(True)
            button.clicked.connect(told)
            foot.addWidget(button)
        foot.addStretch(1)
        rows.addLayout(foot)
        self.close_link.clicked.connect(self.leave)


def _cells(one: Alike) -> QGridLayout:
    cells = QGridLayout()
    cells.setHorizontalSpacing(space(3))
    cells.setVerticalSpacing(space(1))
    for column, words in enumerate(("", "本案", case_named(one.other))):
        cells.addWidget(prose(words, "column"), 0, column)
        cells.setColumnStretch(column, 2 if column else 0)
    for row, line in enumerate(lines_of(one), 1):
        role = "figure" if line.differs else "body"
        cells.addWidget(label(line.name, "label"), row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        cells.addWidget(prose(line.here, role), row, 1)
        cells.addWidget(prose(f"{DIFFERS} {line.there}" if line.differs else line.there, role), row, 2)
    return cells
