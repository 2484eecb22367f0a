"""A notice's pages as images, and on paper: the screen and the printer show the very same PDF."""

from collections.abc import Iterator

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.domain.problems import Problem

POINTS_PER_INCH = 72
PRINTED_DPI = 300


def page_sizes(pdf: bytes) -> tuple[QSizeF, ...]:
    """The size of each page in points."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(QSizeF(*document.get_page_size(index)) for index in range(len(document)))
    finally:
        document.close()


def page_images(pdf: bytes, dots_per_inch: float) -> Iterator[QImage]:
    """Each page as an image, made one at a time: a page at 300 dots an inch takes 35 MB."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            page = document[index]
            bitmap = page.render(scale=dots_per_inch / POINTS_PER_INCH, prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            yield picture.copy()  # its own bytes: the bitmap's are gone after this
            bitmap.close()
            page.close()
    finally:
        document.close()


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Prints a notice page by page, on the whole sheet: its margins are already within its pages.

    Raises:
        Problem: where the printer, or the file it prints to, cannot be opened.
    """
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter()
    if not painter.begin(printer):
        raise Problem("打印机没有响应。", "请检查打印机是否开机、缺纸，再打印一次；也可另存 PDF。")
    try:
        for index, image in enumerate(_wanted(pdf, printer)):
            if index:
                printer.newPage()
            painter.drawImage(_fitted(image, painter), image)
    finally:
        painter.end()


def _wanted(pdf: bytes, printer: QPrinter) -> Iterator[QImage]:
    """The pages that the print dialog chose; all of them where it chose none."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(page_sizes(pdf))
    for number, image in enumerate(page_images(pdf, PRINTED_DPI), 1):
        if first <= number <= last:
            yield image


def _fitted(image: QImage, painter: QPainter) -> QRectF:
    """Where a page lies on the sheet: as large as it fits, its shape kept."""
    sheet = QRectF(painter.viewport())
    size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRectF(sheet.topLeft(), size)
    fitted.moveCenter(sheet.center())
    return fitted
