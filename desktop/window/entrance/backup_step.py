"""The last step of the set-up: where backups go, and that one disk is none."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.domain.problems import Problem
from desktop.settings import Settings
from desktop.window.answers.fields import LineField
from desktop.window.entrance.lines import Line, chain
from desktop.window.entrance.set_up_steps import Step
from desktop.work.at_the_door import on_same_disk, usual_backup_folder
from desktop.work.door import Door

ABOUT = "程序自动把加密的备份存到这里。第二备份请放在 U 盘、移动硬盘或共享文件夹，可以以后在设置中再填。"
SAME_DISK = "与案卷库在同一块磁盘上：磁盘损坏时会一起丢失，请另外填写第二备份。"
BOTH_ON_IT = "也与案卷库在同一块磁盘上，请换成 U 盘、移动硬盘或共享文件夹。"
WIDTH = 760  # pixels at 11 pt: paths are long
NOT_WHOLE = Problem("请填写完整的文件夹路径。", "可以用右侧的「选择」按钮。")


class BackupStep(Step):
    """Two folders; the second may be left blank."""

    def __init__(self, door: Door, settings: Settings) -> None:
        super().__init__("备份", ABOUT)
        self._door = door
        self.first = self._line("备份文件夹(&F)", settings.backup_folder or str(usual_backup_folder(door)))
        self.second = self._line("第二备份(&S)", settings.second_folder)
        self.second.field.setPlaceholderText("可以不填")
        self.add(self.first, self.second, width=WIDTH)
        self.rows.addStretch(1)
        chain((self.first, self.second), self.done)
        self._warn()

    def folders(self) -> tuple[str, str]:
        """What was typed; the second may be empty."""
        return self.first.field.text().strip(), self.second.field.text().strip()

    def focus_first(self) -> None:
        """Brings the keyboard to the first folder."""
        self.first.field.setFocus(Qt.FocusReason.TabFocusReason)

    def lacking(self) -> bool:
        """Whether a folder is missing or is none."""
        self._warn()
        for line, needed in ((self.first, True), (self.second, False)):
            text = line.field.text().strip()
            if (text or needed) and not Path(text).is_absolute():
                # First, since leaving the other one says anew what is so of both.
                line.field.setFocus(Qt.FocusReason.TabFocusReason)
                return line.complain(NOT_WHOLE)
        return False

    def _line(self, words: str, text: str) -> Line:
        choose = QPushButton("选择…")
        choose.setAutoDefault(True)
        choose.setAccessibleName(f"选择{words.partition('(')[0]}")
        line = Line(words, LineField(), choose)
        line.field.setText(text)
        line.field.editingFinished.connect(self._warn)
        choose.clicked.connect(partial(self._choose, line))
        return line

    def _choose(self, line: Line) -> None:
        found = QFileDialog.getExistingDirectory(self, "选择文件夹", line.field.text())
        if found:
            line.field.setText(found)
            line.field.setFocus(Qt.FocusReason.TabFocusReason)
            self._warn()

    def _warn(self) -> None:
        """What lies on one disk with the store is lost with it."""
        for line, words in ((self.first, SAME_DISK), (self.second, BOTH_ON_IT)):
            folder = Path(line.field.text().strip())
            near = folder.is_absolute() and on_same_disk(self._door, folder)
            line.say(words if near else "", "todo")
