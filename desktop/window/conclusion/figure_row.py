"""One row of the conclusion: a figure that opens its steps, or leads to its field."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy

from desktop.window.conclusion.entries import Figure
from desktop.window.conclusion.figures import MARKS
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.labels import label, prose
from desktop.window.theme import dress, space

MARK_MS = 1500  # how long a change stays marked
RADIUS = 6
# Characters beside the words beneath, or beside the name; longer clauses have a line of their own.
CITE_BESIDE_WORDS, CITE_BESIDE_NAME = 9, 6
SIGN_ROLES = {"pass": "good", "attention": "todo", "fail": "fault"}
MORE_ROLES = {"attention": "todo", "fail": "fault"}


class FigureRow(QAbstractButton):
    """A figure as one row: its name, its value at the right, a line beneath; opens its steps or leads to its field."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self._marked = self._shown = False
        self._sign = label("", "body")
        self._sign.setMinimumWidth(space(3))
        self._name = prose("", "body")
        self._value = label("", "figure")
        self._more = prose("", "second")
        self._cite = label("", "second")
        self._clauses = prose("", "second")
        self._lay(key=figure.role == "key-figure")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._mark(marked=False))
        self.show_figure(figure, changed=False)

    def _lay(self, *, key: bool) -> None:
        """The sign has a column of its own; the clause ends the last line."""
        cells = QGridLayout(self)
        cells.setContentsMargins(space(4), space(1), space(3), space(1))
        cells.setHorizontalSpacing(space(2))
        cells.setVerticalSpacing(0)
        cells.setColumnStretch(1, 1)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        first = QHBoxLayout()
        first.setSpacing(space(2))
        if key:
            self._value.setProperty("role", "key-figure")
            first.addWidget(self._value)
            first.addWidget(self._name, 1, bottom)
        else:
            first.addWidget(self._name, 1)
            first.addWidget(self._value, 0, top)
        second = QHBoxLayout()
        second.setSpacing(space(2))
        second.addWidget(self._more, 1)
        self._lines = first, second
        cells.addWidget(self._sign, 0, 0, top)
        cells.addLayout(first, 0, 1)
        cells.addLayout(second, 1, 1)
        cells.addWidget(self._clauses, 2, 1)

    def _place_cite(self, figure: Figure) -> None:
        first, second = self._lines
        line = second if figure.more else first
        line.addWidget(self._cite, 0, Qt.AlignmentFlag.AlignTop)
        aside = len(figure.cite) <= (CITE_BESIDE_WORDS if figure.more else CITE_BESIDE_NAME)
        self._cite.setText(figure.cite if aside else "")
        self._clauses.setText("" if aside else on_screen(figure.cite))
        self._cite.setVisible(aside and bool(figure.cite))
        self._clauses.setVisible(not aside)

    def show_figure(self, figure: Figure, *, changed: bool) -> None:
        """Shows the same figure as it is now; marked for a moment where it changed."""
        if changed:
            self._mark(marked=True)
            self._timer.start(MARK_MS)
        if figure == self.figure and self._shown:
            return
        self._shown, self.figure = True, figure
        opens = bool(figure.subjects or figure.path)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, opens)
        self._sign.setText(MARKS.get(figure.tint, "") if not figure.value else "")
        self._sign.setVisible(bool(self._sign.text()))
        dress(self._sign, SIGN_ROLES.get(figure.tint, "body"))
        self._name.setText(figure.name)
        self._value.setText(figure.value)
        self._value.setVisible(bool(figure.value))
        self._more.setText(figure.more)
        self._more.setVisible(bool(figure.more))
        dress(self._name, "link" if figure.path else "second" if figure.role else "body")
        dress(self._more, MORE_ROLES.get(figure.tint, "second"))
        self._place_cite(figure)
        words = (figure.name, figure.value, figure.more, figure.cite)
        self.setAccessibleName(" ".join(part for part in words if part))

    def fit(self, width: int) -> None:
        """Takes the height that its words need at a width: a scroll area's layout does not follow words that wrap."""
        self.layout().invalidate()
        self.layout().activate()
        self.setFixedHeight(self.layout().totalHeightForWidth(width))

    @property
    def marked(self) -> bool:
        """Whether the row is marked as changed."""
        return self._marked

    def _mark(self, *, marked: bool) -> None:
        self._marked = marked
        self.update()

    def sizeHint(self) -> QSize:
        """As the layout asks."""
        return self.layout().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """No: the layout around it would keep the height of earlier words; ``fit`` says how high it is."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as well as Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, bar and ground; the words are labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().highlight().color()
        if self._marked:
            tint = QColor(accent)
            tint.setAlpha(28)
            painter.fillRect(self.rect(), tint)
            painter.fillRect(0, 0, 3, self.height(), accent)
        elif self.underMouse() and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            painter.fillRect(self.rect(), self.palette().window())
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 1, -3, -1), RADIUS, RADIUS)
        painter.end()
