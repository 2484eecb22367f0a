"""Batches: the cases that wait for the county, what is chosen comes to, and the workbook that carries them there."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.case import MATTERS
from desktop.domain.money import Money, total
from desktop.domain.problems import Problem
from desktop.window.conclusion.entries import TO_COME
from desktop.window.conclusion.on_screen import screen_text
from desktop.window.conclusion.trouble import Trouble
from desktop.window.labels import label, pixels, prose
from desktop.window.lists.case_table import verdict_text
from desktop.window.tasks import Tasks
from desktop.window.theme import PIXELS, space
from desktop.work.batching import SentBatch, export_batch, last_sent, unsent_cases
from desktop.work.office import Office
from desktop.work.searching import CaseRow

TITLES = ("受理编号", "申请人", "村（社区）", "申请事项", "申请日期", "结论", "预计救助（元）")
NUMBER_WIDTH = 136  # pixels at 11 pt
NUMBER, AMOUNT = 0, len(TITLES) - 1
NOTHING_WAITS = "没有待上报的案件。出具受理回执后，案件会列在这里。"


class BatchPage(QFrame):
    """The cases that have a number and were in no batch yet; Space ticks one, the button sends what is ticked."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._waiting: tuple[CaseRow, ...] = ()
        self._arrived = False  # and not yet shown what waits
        self.sent: SentBatch | None = None
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(6), space(4), space(6), space(4))
        rows.setSpacing(space(3))
        rows.addWidget(prose("批次", "title"))
        self.last = prose("", "second")
        rows.addWidget(self.last)
        self.trouble = Trouble()
        rows.addWidget(self.trouble)
        self.all = QCheckBox("全选")
        self.all.clicked.connect(self._tick_all)
        rows.addWidget(self.all)
        self.table = self._table()
        rows.addWidget(self.table, 1)
        self.nothing = prose(NOTHING_WAITS, "second")
        rows.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(self._foot())

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(TITLES))
        table.setAccessibleName("待上报的案件")
        table.setHorizontalHeaderLabels(TITLES)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(pixels(PIXELS["row"]))
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TITLES.index("申请事项"), QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.Fixed)  # the tick counts too
        table.setColumnWidth(NUMBER, pixels(NUMBER_WIDTH))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        amounts = table.horizontalHeaderItem(AMOUNT)
        assert amounts is not None
        amounts.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.itemChanged.connect(self._say_chosen)
        return table

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.chosen_line = label("", "figure")
        self.export = QPushButton("导出上报表")
        self.export.setProperty("role", "primary")
        self.export.setAutoDefault(True)
        self.export.clicked.connect(self._ask_file)
        foot.addWidget(self.chosen_line, 1)
        foot.addWidget(self.export)
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here sees what waits now."""
        super().showEvent(event)
        self._arrived = True
        self.reload()

    def reload(self) -> None:
        """Reads what waits, and what was sent last."""
        self._tasks.run(partial(_waiting, self._office), self._show, self.trouble.show_problem)

    def _show(self, found: tuple[tuple[CaseRow, ...], str]) -> None:
        self._waiting, last = found
        self.last.setText(last)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._waiting))
        for place, row in enumerate(self._waiting):
            for column, text in enumerate(_cells(row)):
                self.table.setItem(place, column, _item(text, column))
        self.table.blockSignals(False)
        for part in (self.table, self.all, self.chosen_line, self.export):
            part.setVisible(bool(self._waiting))
        self.nothing.setVisible(not self._waiting)
        if self._arrived and self._waiting:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.setCurrentCell(0, NUMBER)
        self._arrived = False
        self._say_chosen()

    def chosen(self) -> tuple[CaseRow, ...]:
        """The ticked cases, top to bottom."""
        return tuple(
            row for place, row in enumerate(self._waiting) if self._tick(place).checkState() == Qt.CheckState.Checked
        )

    def _tick(self, place: int) -> QTableWidgetItem:
        item = self.table.item(place, NUMBER)
        assert item is not None
        return item

    def _tick_all(self, checked: bool) -> None:
        for place in range(len(self._waiting)):
            self._tick(place).setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)

    def _say_chosen(self) -> None:
        chosen = self.chosen()
        known = [Money.of(row.payable) for row in chosen if row.payable is not None]
        open_yet = len(chosen) - len(known)
        words = f"已选 {len(chosen)} 件，预计救助合计 {screen_text(total(known))} 元"
        self.chosen_line.setText(f"{words}，另有 {open_yet} 件金额{TO_COME}" if open_yet else words)
        self.export.setEnabled(bool(chosen))
        self.all.setChecked(bool(chosen) and len(chosen) == len(self._waiting))

    def _ask_file(self) -> None:
        name = f"医疗救助上报表-{self._office.today().isoformat()}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出上报表", name, "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Sends what is ticked to a file, or to a folder under the batch's number."""
        case_ids = tuple(row.id for row in self.chosen())
        self.export.setEnabled(False)
        self._tasks.run(partial(export_batch, self._office, case_ids, path), self._sent, self._failed)

    def _sent(self, batch: SentBatch) -> None:
        self.sent = batch
        self.trouble.tell(
            f"{batch.number} 已导出到 {batch.path.name}：{batch.cases} 件 {batch.rows} 行，"
            f"合计 {screen_text(batch.total)} 元。请将此文件报送县级。"
        )
        self.reload()

    def _failed(self, problem: Problem) -> None:
        self._say_chosen()
        self.trouble.show_problem(problem)


def _waiting(office: Office) -> tuple[tuple[CaseRow, ...], str]:
    """What waits, oldest number first, and a sentence about what was sent last."""
    waiting = unsent_cases(office)
    last = last_sent(office)
    if last is None:
        return waiting, "还没有上报过。"
    made = f"{last.made_at:%Y-%m-%d %H:%M}"
    total_sent = screen_text(last.total)
    return waiting, f"上次上报：{last.number}（第 {last.sequence} 批），{made}，{last.cases} 件，合计 {total_sent} 元。"


def _cells(row: CaseRow) -> tuple[str, ...]:
    return (
        row.case_no or "",
        row.applicant or TO_COME,
        row.village or "",
        MATTERS.get(row.matter, row.matter),
        row.applied_on or TO_COME,
        verdict_text(row),
        TO_COME if row.payable is None else screen_text(Money.of(row.payable)),
    )


def _item(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    if column == NUMBER:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    if column == AMOUNT:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
