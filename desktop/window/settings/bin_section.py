"""The bin: deleted cases, put back by anybody, deleted for good by an administrator."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton

from desktop.domain.clerks import may
from desktop.domain.problems import Problem
from desktop.window.labels import prose
from desktop.window.settings.row_table import RowTable
from desktop.window.settings.section import Section, why_not
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.discarding import BinRow, Purged, delete_case, empty_bin, in_bin, purge, put_back
from desktop.work.office import Office

RIGHT = "empty_bin"
TITLES = ("案号", "申请人", "删除日期", "删除人", "原因", "县级")
WHY = TITLES.index("原因")
LEAST_ROWS = 4
ABOUT = "删除的案卷先放在这里，随时可以放回；放回后案号恢复。"
NOTHING = "回收站是空的。"
FOR_GOOD = (
    "案卷的内容、文书和办理记录里的文字将从本机删去，不能恢复；案号连同删除原因留在登记簿上。"
    "以前做的备份里仍有这些内容，直到那些备份被删去。"
)


class BinSection(Section):
    """The deleted cases and what becomes of them."""

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__("回收站", ABOUT)
        self._office, self._tasks = office, tasks
        self._cases: tuple[BinRow, ...] = ()
        self.count = prose("", "second")
        self.table = RowTable("回收站里的案卷", TITLES, widest=WHY)
        self.table.setMinimumHeight(self.table.height_of(LEAST_ROWS))
        self.back = QPushButton("放回(&B)")
        self.purge, self.empty = QPushButton("彻底删除…(&D)"), QPushButton("清空回收站…(&E)")
        self.who_may = prose("", "second")
        self.rows.addWidget(self.count)
        self.rows.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        for button, asked in ((self.back, self._put_back), (self.purge, self._purge), (self.empty, self._empty)):
            button.setAutoDefault(True)
            button.clicked.connect(asked)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addLayout(buttons)
        self.rows.addWidget(self.who_may)
        self.rows.addStretch(0)

    def reload(self) -> None:
        """Reads what was deleted."""
        self._tasks.run(partial(in_bin, self._office), self._show, self.trouble.show_problem)

    def chosen(self) -> BinRow | None:
        """The case whose row is chosen."""
        place = self.table.currentRow()
        return self._cases[place] if 0 <= place < len(self._cases) else None

    def _show(self, found: tuple[BinRow, ...]) -> None:
        self._cases = found
        self.count.setText(_count(found))
        self.table.show_rows([_cells(row) for row in found])
        allowed = may(self._office.who(), RIGHT)
        for part in (self.table, self.back):
            part.setVisible(bool(found))
        for button in (self.purge, self.empty):
            button.setVisible(bool(found) and allowed)
        self.who_may.setText(why_not(self._office.who(), RIGHT))
        self.who_may.setVisible(bool(found) and not allowed)

    def _put_back(self) -> None:
        row = self.chosen()
        if row is None:
            return
        again = partial(self._run, partial(delete_case, self._office, row.id, row.why), f"{row.name} 又在回收站里了。")
        work = partial(put_back, self._office, row.id)
        self._tasks.run(work, lambda _nothing: self._done(f"已放回 {row.name}。", again), self._failed)

    def _run(self, work: Callable[[], None], said: str) -> None:
        self._tasks.run(work, lambda _nothing: self._done(said), self._failed)

    def _purge(self) -> None:
        row = self.chosen()
        if row is None:
            return
        if row.sent:
            self.trouble.show_problem(
                Problem(f"{row.name} 已上报，不能彻底删除。", "它会留在回收站里；需要时可以放回。")
            )
        elif self._is_sure(f"彻底删除 {_named(row)}？"):
            self._tasks.run(partial(purge, self._office, (row.id,)), self._purged, self._failed)

    def _empty(self) -> None:
        sent = sum(row.sent for row in self._cases)
        going = len(self._cases) - sent
        if not going:
            self.trouble.show_problem(Problem(f"回收站里的 {sent} 件都已上报，不能彻底删除。", "需要时可以放回。"))
        elif self._is_sure(f"彻底删除回收站里的 {going} 件？" + (f"另有 {sent} 件已上报，会留下。" if sent else "")):
            self._tasks.run(partial(empty_bin, self._office), self._purged, self._failed)

    def _is_sure(self, question: str) -> bool:
        """Asks in a dialog of its own, for what is deleted does not come back; Enter and Esc leave it."""
        asks = QMessageBox(self)
        asks.setIcon(QMessageBox.Icon.NoIcon)
        asks.setWindowTitle("彻底删除")
        asks.setTextFormat(Qt.TextFormat.PlainText)
        asks.setText(question)
        asks.setInformativeText(FOR_GOOD)
        sure = asks.addButton("彻底删除(&D)", QMessageBox.ButtonRole.DestructiveRole)
        leave = asks.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        asks.setDefaultButton(leave)
        asks.exec()
        return asks.clickedButton() is sure

    def _purged(self, purged: Purged) -> None:
        kept = f"{'、'.join(purged.kept_back)} 已上报，留在回收站里。" if purged.kept_back else ""
        self._done(f"已彻底删除 {purged.gone} 件。{kept}")

    def _done(self, said: str, way_back: Callable[[], None] | None = None) -> None:
        self.trouble.clear()
        self.said.emit(said, way_back)
        self.table.setFocus()
        self.reload()

    def _failed(self, problem: Problem) -> None:
        self.trouble.show_problem(problem)
        self.reload()


def _count(found: tuple[BinRow, ...]) -> str:
    if not found:
        return NOTHING
    sent = sum(row.sent for row in found)
    return f"共 {len(found)} 件" + (f"，其中 {sent} 件县级已收到，不能彻底删除。" if sent else "。")


def _named(row: BinRow) -> str:
    return f"{row.name}（{row.applicant}）" if row.case_no and row.applicant else row.name


def _cells(row: BinRow) -> tuple[str, ...]:
    return (
        row.case_no or "未编号",
        " ".join((row.applicant or "未填姓名", f"…{row.id_tail}" if row.id_tail else "")).strip(),
        f"{row.deleted_at:%Y-%m-%d}",
        row.who,
        row.why,
        "已上报" if row.sent else "",
    )
