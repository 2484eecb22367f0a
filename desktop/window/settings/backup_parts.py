"""The parts of the page of backups: a medium, the question before a restore, and what is in a backup."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.window.labels import label, pixels, prose
from desktop.window.settings.row_table import RowTable
from desktop.window.theme import PIXELS, dress, space
from desktop.work.backup_list import Medium
from desktop.work.bringing_back import Glance, Prospect

NONE_YET = "没有设置"
WHAT_FOR = "U 盘、移动硬盘或共享文件夹都可以，插上时会自动复制一份。"
AWAY = "现在不在。插上后，下次备份时会自动复制；换了一个盘请重新选择。"
LEAST_ROWS = 5


class MediumRow(QWidget):
    """Where backups go: the folder, what is to be said of it, and its buttons."""

    def __init__(self, name: str, *, may_be_none: bool = False) -> None:
        super().__init__()
        self.folder, self.state = prose("", "path"), prose("", "second")
        self.change, self.none = QPushButton("更改…"), QPushButton("不再使用")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(space(3))
        words = label(name, "label")
        words.setMinimumWidth(pixels(PIXELS["label"]))
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        across.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(self.folder)
        down.addWidget(self.state)
        across.addLayout(down, 1)
        for button in (self.none, self.change):
            button.setAutoDefault(True)
            button.setAccessibleName(f"{name}：{button.text()}")
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._may_be_none = may_be_none
        self.none.hide()

    def show_medium(self, medium: Medium) -> None:
        """Shows a medium as it is now."""
        self.folder.setText(str(medium.folder or NONE_YET))
        state, role = f"剩余 {medium.free}。{medium.warning}", "todo" if medium.warning else "second"
        if medium.folder is None:
            state, role = WHAT_FOR, "todo"
        elif not medium.there:
            state, role = AWAY, "todo"
        self.state.setText(state)
        dress(self.state, role)
        self.change.setText("更改…" if medium.folder else "选择…")
        self.none.setVisible(self._may_be_none and medium.folder is not None)


class PutAway(QFrame):
    """A part that opens in place; Esc puts it away."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setSpacing(space(2))
        self.hide()

    def put_away(self) -> None:
        """Goes out of sight."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)


class RestorePanel(PutAway):
    """What a restore would come to; only its second step does it."""

    sure = Signal(object)  # the Path of the backup

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.rows.setContentsMargins(space(4), space(3), space(4), space(3))
        self.question, self.lines = prose("", "figure"), prose("", "lines")
        self.go, self.stop = QPushButton("确认恢复(&Y)"), QPushButton("不恢复（Esc）")
        self.rows.addWidget(self.question)
        self.rows.addWidget(self.lines)
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        for button in (self.go, self.stop):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addLayout(buttons)
        self._prospect: Prospect | None = None
        self.go.clicked.connect(self._go)
        self.stop.clicked.connect(self.put_away)

    def open(self, found: Prospect) -> None:
        """Asks about a backup; the keyboard is on the way that changes nothing."""
        self._prospect = found
        self.question.setText(found.question)
        self.lines.setText("\n".join(f"· {line}" for line in found.lines))
        self.go.setEnabled(True)
        self.show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if self._prospect is not None:
            self.go.setEnabled(False)
            self.sure.emit(self._prospect.path)


class BackupView(PutAway):
    """What is in a backup, to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.title, self.about = prose("", "figure"), prose("", "second")
        self.table = RowTable("备份里的案卷", ("案号", "申请人", "存盘时间"), widest=2)
        self.table.setMinimumHeight(self.table.height_of(LEAST_ROWS))
        self.back = QPushButton("返回备份列表（Esc）")
        self.back.setAutoDefault(True)
        self.back.clicked.connect(self.put_away)
        for part in (self.title, self.about):
            self.rows.addWidget(part)
        self.rows.addWidget(self.table, 1)
        self.rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self, glance: Glance) -> None:
        """Shows what is in a backup."""
        self.title.setText(glance.title)
        self.about.setText(glance.about)
        self.table.show_rows(glance.rows)
        self.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
