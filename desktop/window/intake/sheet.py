"""One row as a sheet: its groups in the order of the paper, its sums pinned beneath."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.window.answers.entry import Entry
from desktop.window.answers.form import Form
from desktop.window.answers.rows import Rows
from desktop.window.labels import label, pixels
from desktop.window.questions.draft import Draft, Row
from desktop.window.questions.notes import Note
from desktop.window.questions.question import Group, RowList, Sheets
from desktop.window.questions.sums import costs_line, payments_line
from desktop.window.theme import dress, space

# Amounts that a settlement sheet leaves out where they are nothing; the total, the scope and the rest it always states.
OFTEN_LEFT_OUT = (
    "prior_self_pay",
    "over_price_limit",
    "basic_paid",
    "major_paid",
    "supplementary_paid",
    "commercial_paid",
    "mutual_aid",
    "assistance_paid",
)

TWO_COLUMNS, TWO_SUMS = 700, 560  # pixels at 11 pt


class Sheet(QFrame):
    """The questions of one row of a list, bound to the row that is open."""

    edited = Signal(str, object)
    left = Signal(str)
    add_asked = Signal(str)
    remove_asked = Signal(str, int)
    none_asked = Signal(str, bool)
    reordered = Signal()

    def __init__(self, sheets: Sheets, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._sheets = sheets
        self._draft: Draft | None = None
        self._path = ""
        self.parts: list[Form | Rows] = [self._part(part, today) for part in sheets.parts]
        self.remove = QPushButton(f"删去这笔{sheets.noun}", self)
        self.remove.setProperty("role", "link")
        self.remove.setAutoDefault(True)
        self.zero = QPushButton("结算单未列的各项填 0(&0)", self)
        self.zero.setProperty("role", "link")
        self.zero.setAutoDefault(True)
        self.zero.clicked.connect(self._fill_with_zero)
        self._costs, self._payments = label("", "hint"), label("", "hint")
        self.area = QScrollArea()
        self._sums = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._amounts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()

    def bind(self, path: str, draft: Draft) -> None:
        """Opens the row at a path."""
        self._path, self._draft = path, draft
        self.remove.setObjectName(f"{path}.remove")
        self.zero.setObjectName(f"{path}.zero")
        for part in self.parts:
            part.bind(path)
            part.refresh(draft)
        row = draft.get(path)
        if isinstance(row, dict) and self._is_of_expenses():
            self._show_sums(row)

    def show_notes(self, notes: Mapping[str, list[Note]]) -> Iterator[str]:
        """Shows each note at its field; the paths that have one here."""
        for part in self.parts:
            yield from part.show_notes(notes)

    def fields(self) -> Iterator[Entry]:
        """The questions on screen, in reading order."""
        for part in self.parts:
            yield from part.fields()

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        for part in self.parts:
            yield from part.stops()
        yield from (self.zero, self.remove)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns of amounts stand one beneath the other where two do not fit."""
        super().resizeEvent(event)
        for layout, needs in ((self._amounts, TWO_COLUMNS), (self._sums, TWO_SUMS)):
            roomy = event.size().width() >= pixels(needs)
            sides = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
            layout.setDirection(sides)

    def _fill_with_zero(self) -> None:
        """States that what the sheet does not list is nothing: the clerk says so, the program never does."""
        for key in OFTEN_LEFT_OUT:
            path = f"{self._path}.{key}"
            if self._draft is not None and self._draft.get(path) is None:
                self.edited.emit(path, "0.00")

    def _show_sums(self, row: Row) -> None:
        for foot, (said, role) in ((self._costs, costs_line(row)), (self._payments, payments_line(row))):
            foot.setText(said)
            dress(foot, role)

    def _is_of_expenses(self) -> bool:
        return self._sheets.path == "expenses"

    def _part(self, part: Group | RowList, today: date) -> Form | Rows:
        if isinstance(part, Group):
            made: Form | Rows = Form(part, today, columns=1 if _is_of_amounts(part) else 2)
        else:
            made = rows = Rows(part, today)
            rows.add_asked.connect(self.add_asked)
            rows.remove_asked.connect(self.remove_asked)
            rows.none_asked.connect(self.none_asked)
            rows.reordered.connect(self.reordered)
        made.edited.connect(self.edited)
        made.left.connect(self.left)
        return made

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "inside")
        down = QVBoxLayout(inside)
        down.setContentsMargins(space(3), space(3), space(3), space(3))
        down.setSpacing(space(4))
        self._lay_parts(down)
        foot = QHBoxLayout()
        foot.addWidget(self.zero)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        down.addLayout(foot)
        self.zero.setVisible(self._is_of_expenses())
        self.remove.setVisible(bool(self._sheets.noun))
        down.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        if self._is_of_expenses():
            whole.addWidget(self._foot())

    def _lay_parts(self, down: QVBoxLayout) -> None:
        """Columns of amounts stand side by side, everything else one beneath the other."""
        side_by_side = self._amounts
        side_by_side.setSpacing(space(6))
        for part, declared in zip(self.parts, self._sheets.parts, strict=True):
            if isinstance(declared, Group) and _is_of_amounts(declared):
                if not side_by_side.count():
                    down.addLayout(side_by_side)
                side_by_side.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
            else:
                down.addWidget(part)

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        sums = self._sums
        foot.setLayout(sums)
        sums.setContentsMargins(space(3), space(2), space(3), space(2))
        sums.setSpacing(space(4))
        for line in (self._costs, self._payments):
            line.setWordWrap(True)
            sums.addWidget(line, 1)
        self._payments.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return foot


def _is_of_amounts(group: Group) -> bool:
    """A column of amounts, in the order of the paper."""
    return all(question.kind == "amount" for question in group.questions)
