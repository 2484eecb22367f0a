"""The frame around the work: the bar above with the search, the places at the left."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout

from desktop.domain.clerks import ROLES, Clerk
from desktop.policy.law.localities import Locality
from desktop.window.labels import OneLine, label, pixels
from desktop.window.theme import ICONS, PIXELS, Tokens, space

PLACES = {
    "cases": ("案卷", "cases.svg"),
    "intake": ("受理", "intake.svg"),
    "batch": ("批次", "batch.svg"),
    "policies": ("政策", "policies.svg"),
    "settings": ("设置", "settings.svg"),
}


class SearchBox(QLineEdit):
    """One box for every case; Enter or Down leads into what it found."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list, Esc empties the box."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """The product's name, the search, whose numbers apply, and who is at the window."""

    lock_asked = Signal()
    leave_asked = Signal()

    def __init__(self, locality: Locality, tokens: Tokens) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setFixedHeight(pixels(PIXELS["top"]))
        across = QHBoxLayout(self)
        across.setContentsMargins(space(4), 0, space(4), 0)
        across.setSpacing(space(6))
        across.addWidget(label("一门受理台", "section"))
        self.search = SearchBox()
        self.search.setObjectName("search")
        self.search.setAccessibleName("查找案卷")
        self.search.setPlaceholderText("姓名 / 证件尾号 / 案号 / 村　Ctrl+K")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(pixels(120))
        self.search.setMaximumWidth(pixels(360))
        self.search.addAction(QIcon(str(ICONS / tokens.icons / "search.svg")), QLineEdit.ActionPosition.LeadingPosition)
        across.addWidget(self.search, 100)
        across.addStretch(1)
        where = OneLine("second")
        where.show_line(locality.name)
        across.addWidget(where)
        if not locality.verified:
            unverified = label("参数未核对", "attention")
            unverified.setToolTip(f"参数来源：{locality.source}。县级部门核对之前，测算仅供参考。")
            across.addWidget(unverified, 0, Qt.AlignmentFlag.AlignVCenter)
        self.clerk = OneLine("body")
        self.clerk.setMaximumWidth(pixels(160))
        self.lock, self.leave = _door("锁定", "Ctrl+L"), _door("退出", "Ctrl+Shift+L")
        self.lock.clicked.connect(self.lock_asked)
        self.leave.clicked.connect(self.leave_asked)
        for widget in (self.clerk, self.lock, self.leave):
            across.addWidget(widget)
            widget.hide()

    def show_clerk(self, clerk: Clerk) -> None:
        """Shows who is at the window, with the ways to lock it and to leave."""
        self.clerk.show_line(f"{clerk.name} {ROLES[clerk.role]}")
        for widget in (self.clerk, self.lock, self.leave):
            widget.show()


def _door(words: str, keys: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "link")
    button.setText(words)
    button.setToolTip(keys)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has its keys
    return button


class Places(QFrame):
    """Where one can be: icon over word."""

    asked = Signal(str)

    def __init__(self, tokens: Tokens, names: tuple[str, ...] = tuple(PLACES)) -> None:
        super().__init__()
        self.setProperty("role", "places")
        self.setFixedWidth(pixels(PIXELS["places"]))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, space(2), 0, space(2))
        down.setSpacing(space(1))
        self.buttons = {name: self._button(place, name, tokens) for place, name in enumerate(names, 1)}
        for button in self.buttons.values():
            down.addWidget(button)
        down.addStretch(1)

    def show_place(self, name: str) -> None:
        """Marks where one is."""
        for place, button in self.buttons.items():
            button.setChecked(place == name)

    def _button(self, place: int, name: str, tokens: Tokens) -> QToolButton:
        word, icon = PLACES[name]
        button = QToolButton()
        button.setProperty("role", "place")
        button.setObjectName(f"place.{name}")
        button.setText(word)
        button.setAccessibleName(word)
        button.setToolTip(f"Ctrl+{place}")
        button.setIcon(QIcon(str(ICONS / tokens.icons / icon)))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedWidth(pixels(PIXELS["places"]) - 1)
        button.clicked.connect(lambda: self.asked.emit(name))
        return button
