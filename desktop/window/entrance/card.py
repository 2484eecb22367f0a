"""A page with one card in its middle: what the entrance asks stands there, and nothing beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.window.labels import pixels, prose
from desktop.window.theme import space

WIDTH = 480  # pixels at 11 pt


class CardPage(QFrame):
    """A title, what it is about, and room for widgets in ``rows``; higher than the window, it scrolls.

    ``width`` in pixels at 11 pt.
    """

    def __init__(self, title: str, about: str, width: int = WIDTH) -> None:
        super().__init__()
        self.setProperty("role", "page")
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(pixels(width))
        self.rows = QVBoxLayout(card)
        self.rows.setContentsMargins(space(8), space(6), space(8), space(6))
        self.rows.setSpacing(space(3))
        self.title, self.about = prose(title, "title"), prose(about, "second")
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.about)
        inside = QWidget()
        inside.setProperty("role", "inside")
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(space(4), space(4), space(4), space(4))
        middle.addStretch(2)
        # Beside stretches, not aligned: only so does its height follow words that wrap.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
