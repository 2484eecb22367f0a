"""The backups: where they go, one by hand, what is in each, and the way back to one of them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton

from desktop.domain.problems import Problem
from desktop.window.backup_clock import BackupClock
from desktop.window.labels import prose
from desktop.window.settings.backup_parts import BackupView, MediumRow, RestorePanel
from desktop.window.settings.row_table import RowTable
from desktop.window.settings.section import Section, why_not
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.at_the_door import make_backup_folder
from desktop.work.backup_ages import age_words
from desktop.work.backup_list import CHECKED, ListedBackup, Shelf, shelf
from desktop.work.backup_places import places
from desktop.work.bringing_back import RIGHT, Glance, Prospect, look_into, prospect
from desktop.work.office import Office

TITLES = ("时间", "原因", "案卷", "大小", "所在", "核对")
LEAST_ROWS = 4
ABOUT = "有改动时每半小时、关闭窗口时自动备份，内容加密；每份做好后都从磁盘重新读出核对，核对不过的不算。"
NOTHING = "还没有备份。请按「立即备份」。"
SAME = Problem("两处备份不能是同一个文件夹。", "请把第二备份放到 U 盘、移动硬盘或共享文件夹。")


class BackupsSection(Section):
    """The media, the buttons, and beneath them the list, or what is in one of them."""

    restore_asked = Signal(Path)  # an administrator is sure: the window closes the store and restores this one
    folders_chosen = Signal(
        str, str
    )  # the folder and the second one, empty where there is none; to be kept as settings

    def __init__(self, office: Office, tasks: Tasks, clock: BackupClock) -> None:
        super().__init__("备份", ABOUT)
        self.office, self._tasks, self.clock = office, tasks, clock
        self._rows: tuple[ListedBackup, ...] = ()
        self.first, self.second = MediumRow("备份文件夹"), MediumRow("第二备份", may_be_none=True)
        self.now, self.stop = QPushButton("立即备份(&B)"), QPushButton("取消")
        self.bar = QProgressBar()
        self.age, self.notes = prose("", "second"), prose("", "second")
        self.nothing = prose(NOTHING, "second")
        self.table = RowTable("备份", TITLES, widest=len(TITLES) - 1)
        self.look, self.back_to = QPushButton("查看(&V)"), QPushButton("恢复…(&R)")
        self.panel, self.view = RestorePanel(), BackupView()
        self._build()
        self._connect()

    def reload(self) -> None:
        """Reads what lies on the media now."""
        self.view.put_away()
        self.panel.put_away()
        self._refresh()

    def chosen(self) -> ListedBackup | None:
        """The backup whose row is chosen."""
        place = self.table.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def use_folders(self, first: str, second: str) -> None:
        """From now on backups go to these folders; an empty first one is the usual, an empty second one none."""
        self.clock.use(places(self.office.kept.path, first, second))
        self.folders_chosen.emit(first, second)
        self._refresh()

    def _build(self) -> None:
        for row in (self.first, self.second):
            self.rows.addWidget(row)
        across = QHBoxLayout()
        across.setSpacing(space(2))
        self.now.setProperty("role", "primary")
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName("备份进度")
        for part in (self.now, self.bar, self.stop):
            across.addWidget(part)
        across.addWidget(self.age, 1)
        self.rows.addLayout(across)
        for words in (self.notes, self.nothing):
            self.rows.addWidget(words)
        self.rows.addWidget(self.table, 1)
        self.table.setMinimumHeight(self.table.height_of(LEAST_ROWS))
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        for button in (self.look, self.back_to):
            foot.addWidget(button)
        foot.addStretch(1)
        self.rows.addLayout(foot)
        self.rows.addWidget(self.panel)
        self.rows.addWidget(self.view, 1)
        self.rows.addStretch(0)
        for button in (self.now, self.stop, self.look, self.back_to):
            button.setAutoDefault(True)
        self._show_busy("")

    def _connect(self) -> None:
        self.first.change.clicked.connect(partial(self._ask_folder, "first"))
        self.second.change.clicked.connect(partial(self._ask_folder, "second"))
        self.second.none.clicked.connect(lambda: self.use_folders(self._first(), ""))
        self.now.clicked.connect(self._back_up)
        self.stop.clicked.connect(self.clock.cancel)
        self.look.clicked.connect(self._look)
        self.table.activated.connect(self._look)
        self.back_to.clicked.connect(self._ask)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.panel.sure.connect(self.restore_asked)
        self.panel.closed.connect(self.back_to.setFocus)
        self.view.closed.connect(self._show_list)
        self.clock.progressed.connect(self._show_progress)
        self.clock.ended.connect(self._ended)
        self.clock.aged.connect(self.age.setText)

    # ---- what lies there

    def _refresh(self) -> None:
        work = partial(shelf, self.clock.backups, self.office.kept.id)
        self.clock.run(work, self._show)

    def _show(self, found: Shelf) -> None:
        self.first.show_medium(found.first)
        self.second.show_medium(found.second)
        now = self.office.now()
        self.age.setText(age_words(found.ages, now))
        paused = found.ages.paused
        pause = f"恢复后暂停清理旧备份，至 {paused.month} 月 {paused.day} 日。" if paused and paused > now else ""
        self.notes.setText(f"{pause}{found.ages.drill}")
        self.notes.setVisible(bool(self.notes.text()))
        self._rows = found.rows
        self.table.show_rows([_cells(row) for row in found.rows])
        self._show_list()

    def _show_list(self) -> None:
        shown = not self.view.isVisibleTo(self)
        self.nothing.setVisible(shown and not self._rows)
        for part in (self.table, self.look, self.back_to):
            part.setVisible(shown and bool(self._rows))
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.chosen()
        for button in (self.look, self.back_to):
            button.setEnabled(row is not None and not row.trouble)

    # ---- a backup by hand

    def _back_up(self) -> None:
        self.trouble.clear()
        self.clock.back_up("hand")

    def _show_progress(self, doing: str, done: int, of: int) -> None:
        self._show_busy(doing)
        self.bar.setMaximum(of)
        self.bar.setValue(done)
        self.bar.setFormat(f"{doing} %p%")

    def _ended(self) -> None:
        self._show_busy("")
        if self.isVisible():
            self._refresh()

    def _show_busy(self, doing: str) -> None:
        was_here = self.now.hasFocus() or self.stop.hasFocus()
        self.now.setVisible(not doing)
        self.age.setVisible(not doing)
        for part in (self.bar, self.stop):
            part.setVisible(bool(doing))
        if was_here:
            (self.stop if doing else self.now).setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- where they go

    def _first(self) -> str:
        backups = self.clock.backups
        return "" if backups.folder == backups.usual else str(backups.folder)

    def _ask_folder(self, which: str) -> None:
        backups = self.clock.backups
        now = backups.folder if which == "first" else backups.second or Path.home()
        found = QFileDialog.getExistingDirectory(self, "选择文件夹", str(now))
        if found:
            self.choose_folder(which, found)

    def choose_folder(self, which: str, text: str) -> None:
        """Takes a folder as the ``first`` or the ``second``, once something could be written there."""
        self.trouble.clear()
        other = self.clock.backups.second if which == "first" else self.clock.backups.folder
        if other is not None and Path(text) == other:
            self.trouble.show_problem(SAME)
            return
        self._tasks.run(partial(make_backup_folder, text), partial(self._take, which), self.trouble.show_problem)

    def _take(self, which: str, folder: Path) -> None:
        second = str(self.clock.backups.second or "")
        self.use_folders(*((str(folder), second) if which == "first" else (self._first(), str(folder))))

    # ---- one of them

    def _look(self) -> None:
        row = self.chosen()
        if row is not None and not row.trouble:
            self.trouble.clear()
            self.panel.put_away()
            self._tasks.run(partial(look_into, self.office, row.path), self._show_glance, self.trouble.show_problem)

    def _show_glance(self, glance: Glance) -> None:
        self.view.open(glance)
        self._show_list()

    def _ask(self) -> None:
        row = self.chosen()
        words = why_not(self.office.who(), RIGHT)
        if words:
            self.trouble.show_problem(Problem(words, ""))
        elif row is not None:
            self.trouble.clear()
            self._tasks.run(partial(prospect, self.office, row.path), self._show_prospect, self.trouble.show_problem)

    def _show_prospect(self, found: Prospect) -> None:
        self.panel.open(found)
        self.reveal(self.panel)


def _cells(row: ListedBackup) -> tuple[str, ...]:
    cases = "" if row.trouble else f"{row.cases} 件"
    return row.when, row.why, cases, row.size, row.where, f"! {row.trouble}" if row.trouble else CHECKED
