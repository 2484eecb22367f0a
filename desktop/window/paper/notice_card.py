"""One notice of a case: previewed, issued under its number, printed, saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.window.labels import prose
from desktop.window.theme import dress, space
from desktop.work.notices import NOTICES, IssuedNotice

ABOUT = {
    "receipt": "受理的凭据：收到的材料、后续环节和联系方式。",
    "calculation": "每一笔金额的算法和依据。",
}


class NoticeCard(QFrame):
    """The four things to do with a notice; what is printed and saved is what was issued."""

    preview_asked = Signal(str)
    issue_asked = Signal(str)
    print_asked = Signal(str)
    save_asked = Signal(str)

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(4), space(4), space(4), space(4))
        rows.setSpacing(space(2))
        rows.addWidget(prose(NOTICES[kind], "section"))
        rows.addWidget(prose(ABOUT[kind], "second"))
        self.state = prose("", "second")
        rows.addWidget(self.state)
        rows.addLayout(self._buttons())
        self.show_issued(None)

    def _buttons(self) -> QGridLayout:
        cells = QGridLayout()
        cells.setSpacing(space(2))
        name = NOTICES[self.kind]
        wanted = (
            ("preview", "预览", self.preview_asked),
            ("issue", "出具（编号）", self.issue_asked),
            ("print", "打印", self.print_asked),
            ("save", "另存 PDF", self.save_asked),
        )
        self.buttons: dict[str, QPushButton] = {}
        for place, (key, text, asked) in enumerate(wanted):
            button = self.buttons[key] = QPushButton(text)
            button.setObjectName(f"{self.kind}.{key}")
            button.setAccessibleName(f"{name}：{text}")
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked, signal=asked: signal.emit(self.kind))
            cells.addWidget(button, place // 2, place % 2)
        return cells

    def show_issued(self, notice: IssuedNotice | None) -> None:
        """Says which number it has; only what was issued can be printed and saved."""
        self.state.setText(f"已出具，编号 {notice.number}。" if notice else "尚未出具。出具后可打印、另存。")
        self.buttons["issue"].setText("重新出具（新编号）" if notice else "出具（编号）")
        dress(self.buttons["issue"], "" if notice else "primary")
        dress(self.buttons["print"], "primary" if notice else "")
        for key in ("print", "save"):
            self.buttons[key].setEnabled(notice is not None)

    def set_busy(self, busy: bool) -> None:
        """While a notice is being made, it is not asked for twice."""
        for key in ("preview", "issue"):
            self.buttons[key].setEnabled(not busy)
