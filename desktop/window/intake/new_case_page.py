"""Where an application begins: the clerk says what it is about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.case import MATTERS
from desktop.window.labels import label, pixels
from desktop.window.theme import space

ABOUT = {
    "illness_poverty": "申请人尚无救助身份：核对收入、财产和医疗费用，认定后给予救助。",
    "assistance": "申请人已是特困、低保、低保边缘等救助对象：凭结算单直接申请救助。",
}


class NewCasePage(QWidget):
    """A choice of matters, each with a sentence that tells when it is the one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        down = QVBoxLayout(self)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        down.addWidget(label("新建受理", "title"))
        down.addWidget(label("请选择事项；之后从申请人的身份证号开始录入，随录随存，结论随时可见。", "second"))
        down.addSpacing(space(3))
        self.buttons = {matter: self._button(place, matter) for place, matter in enumerate(MATTERS)}
        for matter, button in self.buttons.items():
            down.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            down.addWidget(label(ABOUT[matter], "second"))
            down.addSpacing(space(3))
        down.addStretch(1)

    def focus_first(self) -> None:
        """Brings the keyboard to the first matter."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, place: int, matter: str) -> QPushButton:
        button = QPushButton(f"{MATTERS[matter]}(&{chr(ord('A') + place)})")
        button.setObjectName(f"new.{matter}")
        button.setAccessibleDescription(ABOUT[matter])
        button.setAutoDefault(True)
        button.setMinimumWidth(pixels(320))
        button.clicked.connect(lambda: self.chosen.emit(matter))
        return button
