"""The recovery sheet: seen, printed or saved; then proved to be on paper by what stands on it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.answers.fields import LineField
from desktop.window.conclusion.trouble import Trouble
from desktop.window.entrance.lines import Line
from desktop.window.entrance.set_up_steps import Step
from desktop.window.labels import pixels, prose
from desktop.window.paper.printing import POINTS_PER_INCH, page_images, page_sizes, print_pages
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.files import write_aside
from desktop.work.recovery import Sheet, same_group

COLUMN = 360  # pixels at 11 pt of what is said and done beside the page
WIDEST_PAGE = 720  # pixels: wider is no easier to read
ABOUT = (
    "口令都忘记时，凭恢复表打开案卷。请打印两份，分别封存；没有打印机时请把恢复码抄在纸上。",
    "程序不保存这张表。下一步要从纸上录入恢复码的最后一组，确认已经打印或抄好。",
)
SAVED = "已另存为 {}。打印之后，请从磁盘上删除这个文件。"
WRONG = Problem("与恢复表上的不一样。", "请对照纸上第七组再录入；没有打印好的，按 F7 返回。")


class SheetView(QScrollArea):
    """The very page that prints, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._pdf, self._shown_at = b"", 0.0
        self.page = QLabel()
        self.page.setAccessibleName("恢复表")
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName("恢复表")
        self.setWidget(self.page)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a sheet; nothing where there are no bytes."""
        self._pdf, self._shown_at = pdf, 0.0
        self.page.clear()
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draws what was handed over in the meantime."""
        super().showEvent(event)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page follows the width."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        width = min(WIDEST_PAGE, self.viewport().width())
        if not self._pdf or not self.isVisible() or width <= 0:
            return
        dots = POINTS_PER_INCH * width / page_sizes(self._pdf)[0].width() * self.devicePixelRatioF()
        if dots != self._shown_at:
            self._shown_at = dots
            image = next(page_images(self._pdf, dots))
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self.page.setPixmap(QPixmap.fromImage(image))


class SheetStep(Step):
    """The sheet, and the ways to paper."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__("恢复表", ABOUT[0])
        self._tasks = tasks
        self._sheet = Sheet("", b"")
        self.view = SheetView()
        self.trouble = Trouble()
        self.print, self.save = QPushButton("打印(&P)…"), QPushButton("另存 PDF(&S)…")
        self.print.clicked.connect(self._ask_printer)
        self.save.clicked.connect(self._ask_file)
        column = QWidget()
        column.setFixedWidth(pixels(COLUMN))
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(space(3))
        buttons = QHBoxLayout()
        for button in (self.print, self.save):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        down.addLayout(buttons)
        down.addWidget(prose(ABOUT[1], "second"))
        down.addWidget(self.trouble)
        down.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(space(6))
        across.addWidget(column)
        across.addWidget(self.view, 1)
        self.rows.addLayout(across, 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows the sheet of the store that was just made."""
        self._sheet = sheet
        self.view.show_pdf(sheet.pdf)
        for button in (self.print, self.save):
            button.setEnabled(bool(sheet.pdf))

    def focus_first(self) -> None:
        """Brings the keyboard to the printer."""
        self.print.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._sheet.number)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Prints the sheet."""
        try:
            print_pages(self._sheet.pdf, printer)
        except Problem as problem:
            self.trouble.show_problem(problem)
            return
        self.trouble.tell("恢复表已送往打印机。")

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "另存恢复表", f"{self._sheet.number}.pdf", "PDF (*.pdf)")
        if path:
            self.save_as(Path(path))

    def save_as(self, path: Path) -> None:
        """Saves the sheet, to be printed elsewhere."""
        self._tasks.run(
            partial(write_aside, path, self._sheet.pdf),
            lambda _nothing: self.trouble.tell(SAVED.format(path.name)),
            self.trouble.show_problem,
        )


class ProofStep(Step):
    """The last group, typed from paper: the sheet is not on screen here."""

    def __init__(self) -> None:
        super().__init__("核对恢复表", "请从打印或抄好的恢复表上，录入恢复码的最后一组（第七组，四个字符）。")
        self._group = ""
        self.line = Line("第七组(&G)", LineField())
        self.line.field.setMaxLength(12)
        self.line.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.line.gone_on.connect(self.done)
        self.add(self.line)
        self.rows.addStretch(1)

    def ask_for(self, group: str) -> None:
        """Asks for this group."""
        self._group = group
        self.line.field.clear()
        self.line.say("")

    def focus_first(self) -> None:
        """Brings the keyboard to the field; what was typed there before is written over."""
        self.line.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.field.selectAll()

    def lacking(self) -> bool:
        """Whether something else was typed than stands on the sheet."""
        lacks = self.line.complain(None if same_group(self.line.field.text(), self._group) else WRONG)
        if lacks:
            self.focus_first()
        return lacks
