"""A clerk at the keyboard: keys, compositions and choices, sent to the widgets of the real window."""

from collections.abc import Callable
from itertools import groupby
from time import monotonic, sleep
from types import TracebackType

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.window.answers.entry import Field
from desktop.window.intake.case_page import CasePage
from desktop.window.questions.asking import is_asked, under
from desktop.window.questions.draft import Draft
from desktop.window.questions.question import Group, Part, Question, RowList, Sheets

A_MOMENT = 0.002  # seconds
PATIENCE = 10.0  # seconds until what should have come has not


class Unexpected(Exception):
    """The window did not do what it should have done."""


def expect(is_so: object, what: str) -> None:
    """Goes on where it is so.

    Raises:
        Unexpected: where it is not.
    """
    if not is_so:
        raise Unexpected(what)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Keeps the window alive until something is so.

    Raises:
        Unexpected: where it took too long.
    """
    until = monotonic() + PATIENCE
    while not is_so() and monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        sleep(A_MOMENT)  # the worker needs the processor more than the empty queue does
    expect(is_so(), what)


def widget_named(name: str) -> QWidget:
    """The widget of that object name that is on screen.

    Raises:
        Unexpected: where there is none.
    """
    found = next((one for one in QApplication.allWidgets() if one.objectName() == name and one.isVisible()), None)
    if found is None:
        raise Unexpected(f"nothing named {name} is on screen")
    return found


def write(field: QLineEdit, text: str) -> None:
    """Writes over what stands in a line: Latin by keys, Chinese as an input method composes and commits it."""
    if field.text():
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
    for is_latin, run in groupby(text, str.isascii):
        piece = "".join(run)
        if is_latin:
            QTest.keyClicks(field, piece)
        else:
            _compose(field, piece)


def _compose(field: QWidget, text: str) -> None:
    QApplication.sendEvent(field, QInputMethodEvent(text, []))
    committed = QInputMethodEvent("", [])
    committed.setCommitString(text)
    QApplication.sendEvent(field, committed)


def answer(field: Field, value: object) -> None:
    """Answers a question the way its field is answered by keys."""
    for stroke in field.strokes(value):
        if isinstance(stroke, str) and isinstance(field, QLineEdit):
            write(field, stroke)
        elif isinstance(stroke, Qt.Key):
            QTest.keyClick(field, stroke)


def kept_in(
    broken: list[BaseException],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What goes wrong within Qt's own calls comes out here and nowhere else."""
    return lambda _kind, error, _trace: broken.append(error)


class Clerk:
    """Types a case file into the open case, question by question, in the order of the intake's declarations."""

    def __init__(self, page: CasePage, wanted: Draft) -> None:
        self._page = page
        self._wanted = wanted

    def fill(self, part: Part, base: str = "") -> None:
        """Answers a part of a step as the case file has it."""
        if isinstance(part, Group):
            for question in part.questions:
                self._fill_question(base, question)
        elif isinstance(part, RowList):
            self._fill_rows(part, under(base, part.path))
        else:
            self._fill_sheets(part)

    def _fill_rows(self, rows: RowList, path: str) -> None:
        if rows.none and self._wanted.get(path) == [] and self._page.draft.get(path) is None:
            QTest.keyClick(widget_named(f"{path}.none"), Qt.Key.Key_Space)
        for place, _ in enumerate(self._wanted.rows(path)):
            self._have_row(path, place)
            for question in rows.questions:
                self._fill_question(f"{path}[{place}]", question)

    def _fill_sheets(self, sheets: Sheets) -> None:
        for place, _ in enumerate(self._wanted.rows(sheets.path)):
            self._have_row(sheets.path, place)
            base = f"{sheets.path}[{place}]"
            first = sheets.parts[0]
            if isinstance(first, Group):
                self._page.field(under(base, first.questions[0].key))
            for part in sheets.parts:
                self.fill(part, base)

    def _have_row(self, path: str, place: int) -> None:
        if place >= len(self._page.draft.rows(path)):
            QTest.keyClick(widget_named(f"{path}.add"), Qt.Key.Key_Space)
            QApplication.processEvents()
        expect(place < len(self._page.draft.rows(path)), f"no row was added to {path}")

    def _fill_question(self, base: str, question: Question) -> None:
        path = under(base, question.key)
        value = self._wanted.get(path)
        if value in (None, "") or self._page.draft.get(path) == value or not is_asked(self._wanted, base, question):
            return
        self.answer_at(path, value)
        shown = self._page.draft.get(path)
        expect(shown == value, f"{path}: the draft did not take what was typed")

    def answer_at(self, path: str, value: object) -> None:
        """Answers the question at a path."""
        field = self._page.field(path)
        if field is None or field.objectName() != path or not isinstance(field, Field):
            raise Unexpected(f"no question on screen stands for {path}")
        answer(field, value)
        QApplication.processEvents()
