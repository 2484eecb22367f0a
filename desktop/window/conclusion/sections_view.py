"""Sections of figures under one another; what stays the same stays the same widget, so a key stroke costs little."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.window.conclusion.entries import Figure, Section
from desktop.window.conclusion.figure_row import FigureRow
from desktop.window.labels import label
from desktop.window.theme import space

MOST_KEPT = 160  # rows kept out of sight for when they are wanted again


class SectionTitle(QWidget):
    """A section's name, the clause its figures share, and the button that unfolds the rest."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        cells = QHBoxLayout(self)
        cells.setContentsMargins(space(4), space(3), space(3), 0)
        self._cite = label("", "column")
        self.fold = QPushButton()
        self.fold.setProperty("role", "link")
        self.fold.setAutoDefault(True)
        cells.addWidget(label(title, "column"), 1)
        cells.addWidget(self._cite)
        cells.addWidget(self.fold)

    def show_section(self, section: Section, *, unfolded: bool) -> None:
        """Shows the section as it is now."""
        self._cite.setText(section.cite)
        self._cite.setVisible(bool(section.cite))
        hidden = len(section.figures) - section.shown
        self.fold.setVisible(hidden > 0)
        self.fold.setText("收起 ▲" if unfolded else f"{'另' if section.shown else ''} {hidden} 条 ▼".strip())
        self.fold.setAccessibleName(f"{self._title}：{self.fold.text()}")


class SectionsView(QScrollArea):
    """Scrolls inside. Rows are known by their figures' keys."""

    opened = Signal(str)
    folded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._unfolded: set[str] = set()
        self._laid: list[str] = []
        self._kept: dict[str, FigureRow] = {}
        self.rows: dict[str, FigureRow] = {}
        self.titles: dict[str, SectionTitle] = {}
        inside = QWidget()
        inside.setProperty("role", "inside")
        self._down = QVBoxLayout(inside)
        self._down.setContentsMargins(0, 0, 0, space(3))
        self._down.setSpacing(0)
        self.setWidget(inside)

    def in_view(self, section: Section) -> tuple[Figure, ...]:
        """The figures of a section that are not folded away."""
        return section.figures if section.title in self._unfolded else section.figures[: section.shown]

    def show_sections(self, sections: tuple[Section, ...], changed: set[str]) -> None:
        """Shows these; ``changed`` are the keys to be marked."""
        keys = [key for one in sections for key in (one.title, *(figure.key for figure in self.in_view(one)))]
        if keys != self._laid:
            self._lay(sections)
            self._laid = keys
        for section in sections:
            self.titles[section.title].show_section(section, unfolded=section.title in self._unfolded)
            for figure in self.in_view(section):
                self.rows[figure.key].show_figure(figure, changed=figure.key in changed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wraps anew, as when the scroll bar comes or goes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for row in self.rows.values():
            row.fit(self.viewport().width())

    def _lay(self, sections: tuple[Section, ...]) -> None:
        wanted: list[QWidget] = []
        rows: dict[str, FigureRow] = {}
        for section in sections:
            wanted.append(self._title(section.title))
            for figure in self.in_view(section):
                row = rows[figure.key] = self._row(figure)
                wanted.append(row)
        while self._down.count():
            self._down.takeAt(0)
        for gone in (*self.titles.values(), *self.rows.values()):
            if gone not in wanted:
                gone.hide()
        for widget in wanted:
            self._down.addWidget(widget)
            widget.show()
        self._down.addStretch(1)
        self.rows = rows
        self._forget_most()
        self._chain(sections)

    def _title(self, title: str) -> SectionTitle:
        if title not in self.titles:
            found = self.titles[title] = SectionTitle(title)
            found.fold.clicked.connect(partial(self._fold, title))
        return self.titles[title]

    def _row(self, figure: Figure) -> FigureRow:
        if figure.key not in self._kept:
            row = self._kept[figure.key] = FigureRow(figure)
            row.clicked.connect(partial(self.opened.emit, figure.key))
        return self._kept[figure.key]

    def _forget_most(self) -> None:
        out_of_sight = [key for key in self._kept if key not in self.rows]
        if len(out_of_sight) > MOST_KEPT:
            for key in out_of_sight:
                self._kept.pop(key).deleteLater()

    def _chain(self, sections: tuple[Section, ...]) -> None:
        """The keyboard goes through the rows as the eye does."""
        stops: list[QWidget] = []
        for section in sections:
            stops.append(self.titles[section.title].fold)
            stops += [self.rows[figure.key] for figure in self.in_view(section)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _fold(self, title: str) -> None:
        self._unfolded ^= {title}
        self.folded.emit()
