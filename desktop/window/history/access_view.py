"""The list of who looked at a case: seen first, then printed or saved for the applicant, which is itself written down."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.conclusion.trouble import Trouble
from desktop.window.paper.preview import Preview
from desktop.window.paper.printing import print_pages
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.files import write_aside
from desktop.work.looks import ACCESS_LIST, access_list_pdf, preview_access_list
from desktop.work.office import Office


class AccessView(QFrame):
    """The pages of the list, with what can be done with them at their foot."""

    ready = Signal()  # there is something to see
    failed = Signal(object)  # a Problem: there is not
    issued = Signal()  # printed or saved, and written down
    closed = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._case_id = ""
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.preview = Preview()
        self.preview.closed.connect(self.closed)
        rows.addWidget(self.preview, 1)
        foot = QFrame()
        foot.setProperty("role", "foot")
        across = QHBoxLayout(foot)
        across.setContentsMargins(space(6), space(2), space(6), space(2))
        self.trouble = Trouble()
        across.addWidget(self.trouble, 1)
        across.addStretch(0)
        self.print = self._button("打印", self._ask_printer)
        self.print.setProperty("role", "primary")
        self.save = self._button("另存 PDF", self._ask_file)
        across.addWidget(self.save)
        across.addWidget(self.print)
        rows.addWidget(foot)

    def open_case(self, case_id: str) -> None:
        """Makes the list of a case; ``ready`` when it can be seen."""
        self._case_id = case_id
        self.trouble.clear()
        self._tasks.run(partial(preview_access_list, self._office, case_id), self._show, self.failed.emit)

    def _show(self, pdf: bytes) -> None:
        self.ready.emit()
        self.preview.show_pdf(f"{ACCESS_LIST}（预览）", pdf)

    def print_on(self, printer: QPrinter) -> None:
        """Prints the list as it is now; that is written down."""
        self._issue(partial(self._print, printer))

    def save_as(self, path: Path) -> None:
        """Saves the list as it is now; that is written down."""
        self._issue(partial(self._save, path))

    def _issue(self, then: Callable[[bytes], None]) -> None:
        self._set_busy(busy=True)
        self._tasks.run(partial(access_list_pdf, self._office, self._case_id), then, self._say)

    def _print(self, printer: QPrinter, pdf: bytes) -> None:
        self._set_busy(busy=False)
        self.issued.emit()
        try:
            print_pages(pdf, printer)
        except Problem as problem:
            self.trouble.show_problem(problem)
            return
        self.trouble.tell(f"{ACCESS_LIST}已送往打印机。")

    def _save(self, path: Path, pdf: bytes) -> None:
        self.issued.emit()
        self._tasks.run(partial(write_aside, path, pdf), lambda _nothing: self._saved(path), self._say)

    def _saved(self, path: Path) -> None:
        self._set_busy(busy=False)
        self.trouble.tell(f"{ACCESS_LIST}已另存为 {path.name}。")

    def _say(self, problem: Problem) -> None:
        self._set_busy(busy=False)
        self.trouble.show_problem(problem)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(ACCESS_LIST)  # seen in print queues: never a name
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "另存 PDF", f"{ACCESS_LIST}.pdf", "PDF (*.pdf)")
        if path:
            self.save_as(Path(path))

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.print, self.save):
            button.setEnabled(not busy)

    def _button(self, words: str, work: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(True)
        button.clicked.connect(work)
        return button
