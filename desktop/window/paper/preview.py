"""The preview: the very pages that print, one under the other, sharp on every screen."""

from itertools import accumulate

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.window.labels import label
from desktop.window.paper.printing import POINTS_PER_INCH, page_images, page_sizes
from desktop.window.theme import space

MARGIN, GAP = space(2), space(4)
WIDEST_PAGE = 860  # pixels: wider is no easier to read


class Preview(QFrame):
    """Pages in a column as wide as there is room; Esc or its button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._shown_at = 0.0
        self._pages: list[QLabel] = []
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head())
        self.sheets = QScrollArea()
        self.sheets.setWidgetResizable(True)
        self.sheets.setFrameShape(QFrame.Shape.NoFrame)
        self.sheets.setAccessibleName("预览")
        self.sheets.verticalScrollBar().valueChanged.connect(self._say_where)
        self.sheets.verticalScrollBar().rangeChanged.connect(self._say_where)
        rows.addWidget(self.sheets, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(space(4), space(2), space(4), space(2))
        self._name = label("", "section")
        self.where = label("", "second")
        close = QPushButton("关闭 Esc")
        close.setProperty("role", "link")
        close.setAutoDefault(True)
        close.clicked.connect(self.closed)
        head.addWidget(self._name)
        head.addSpacing(space(4))
        head.addWidget(self.where)
        head.addStretch(1)
        head.addWidget(close)
        return head

    def show_pdf(self, name: str, pdf: bytes) -> None:
        """Shows a notice from its first page."""
        self._name.setText(name)
        self._pdf, self._shown_at = pdf, 0.0
        inside = QWidget()
        inside.setProperty("role", "inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(space(4), MARGIN, space(4), space(6))
        rows.setSpacing(GAP)
        self._pages = []
        for place, _ in enumerate(page_sizes(pdf), 1):
            page = QLabel()
            page.setProperty("role", "sheet")
            page.setAccessibleName(f"第 {place} 页")
            rows.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(page)
        rows.addStretch(1)
        self.sheets.setWidget(inside)
        self._draw()
        self.sheets.verticalScrollBar().setValue(0)
        self.sheets.setFocus(Qt.FocusReason.PopupFocusReason)
        self._say_where()

    def _draw(self) -> None:
        """Draws the pages in the pixels of this screen, again only where their size changed."""
        if not self._pdf or not self.isVisible():
            return
        width = min(WIDEST_PAGE, self.sheets.viewport().width() - 2 * space(4))
        points = max(size.width() for size in page_sizes(self._pdf))
        dots = POINTS_PER_INCH * width / points * self.devicePixelRatioF()
        if dots == self._shown_at or width <= 0:
            return
        self._shown_at = dots
        for page, image in zip(self._pages, page_images(self._pdf, dots), strict=True):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            page.setPixmap(QPixmap.fromImage(image))

    def _say_where(self) -> None:
        """Which page lies under the middle of the view."""
        middle = self.sheets.verticalScrollBar().value() + self.sheets.viewport().height() // 2
        heights = [page.sizeHint().height() + GAP for page in self._pages]
        tops = [MARGIN + before for before in accumulate(heights[:-1], initial=0)]
        passed = sum(top <= middle for top in tops)
        if self._pages:
            self.where.setText(f"第 {max(passed, 1)} 页 / 共 {len(self._pages)} 页")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages follow the width."""
        super().resizeEvent(event)
        self._draw()
