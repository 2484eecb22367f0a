"""The slider over the acts of a case: Left is earlier, Right is later; the wheel moves nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider

from desktop.window.labels import pixels

RING, RADIUS = 2, 6


class ActSlider(QSlider):
    """One stop an act; the newest at the right."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("act-slider")
        self.setAccessibleName("沿历史前后移动")
        self.setToolTip("← 较早　→ 较晚")
        self.setFixedHeight(pixels(34))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it changes nothing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shows the focus as every other field does."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), RING))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()
