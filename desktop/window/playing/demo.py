"""The whole job played through the real window on sample cases; what is not as expected raises."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.problems import Problem
from desktop.domain.reading import read_case
from desktop.policy.assess import assess
from desktop.window.app import make_application
from desktop.window.conclusion.on_screen import screen_text
from desktop.window.intake.case_page import CasePage
from desktop.window.main_window import MainWindow
from desktop.window.playing.clerk import Clerk, Unexpected, expect, kept_in, wait_until
from desktop.window.playing.played import apart, as_asked, without_ids
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft
from desktop.window.theme import Tokens
from desktop.work.intake import open_case
from desktop.work.notices import NOTICES
from desktop.work.office import Office

T = TypeVar("T")
WIDTH, HEIGHT = 1366, 768
SETTLED = 60  # milliseconds until layouts within layouts have found their places
QUICKLY = 80  # of 100, where 100 is written fastest and largest
MISSPELT, EARLIER = "12,3x", "2000-01-01"


def play(office: Office, samples: Sequence[object], out: Path) -> None:
    """Types each sample into a new case, issues its notices, sends the batch; leaves pictures, PDFs and workbook.

    Raises:
        Unexpected: where the window did not do what it should have done.
    """
    for folder in ("screenshots", "notices", "batch"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    broken: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, kept_in(broken)
    try:
        _, tokens = make_application(office.fonts, "light")
        show = Show(office, tokens, out)
        try:
            show.play([sample for sample in samples if isinstance(sample, dict)])
        finally:
            show.close()
        _, tokens = make_application(office.fonts, "dark")
        show.play_in_the_dark(tokens)
        make_application(office.fonts, "light")
    finally:
        sys.excepthook = before
    if broken:
        raise broken[0]


class Show:
    """One window, played; pictures are numbered in the order they are taken."""

    def __init__(self, office: Office, tokens: Tokens, out: Path) -> None:
        self._office, self._out = office, out
        self._pictures = 0
        self._window = self._open(tokens)

    def _open(self, tokens: Tokens) -> MainWindow:
        window = MainWindow(self._office, tokens)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.activateWindow()
        wait_until(window.tasks.idle, "the office did not open")
        return window

    def close(self) -> None:
        """Closes the window; everything typed is on disk by then."""
        self._window.close()
        self._window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # nothing is left to be dressed anew

    @property
    def _page(self) -> CasePage:
        if self._window.case_page is None:
            raise Unexpected("no case is open")
        return self._window.case_page

    def play(self, samples: Sequence[Mapping[str, object]]) -> None:
        """The empty office, every sample, the list and the batch."""
        try:
            self._play_all(samples)
        except Exception:
            self._window.grab().save(str(self._out / "screenshots" / "broken.png"))
            raise

    def _play_all(self, samples: Sequence[Mapping[str, object]]) -> None:
        self._picture(0, "empty")
        for place, sample in enumerate(samples, 1):
            self._play_case(place, dict(sample))
        self._window.show_place("cases")
        wait_until(self._window.tasks.idle, "the list of cases did not come")
        self._picture(0, "cases")
        self._play_batch(len(samples))

    def _play_case(self, place: int, sample: dict[str, object]) -> None:
        self._begin(place, str(sample["matter"]))
        clerk = Clerk(self._page, Draft(sample))
        for step in STEPS:
            if not step.parts or (step.matters and sample["matter"] not in step.matters):
                continue
            for part in step.parts:
                clerk.fill(part)
            self._picture(place, step.id)
            if step.id == "expenses" and place == 1:
                self._misspell(place, clerk, Draft(sample))
            QTest.keyClick(self._window, Qt.Key.Key_F8)
            expect(self._page.here != step.id, f"F8 did not go on from {step.id}")
        self._check_papers(place)
        self._page.go_to("result")
        self._check(sample)
        self._picture(place, "result")
        self._look_closer(place)
        self._issue(place)

    def _begin(self, place: int, matter: str) -> None:
        QTest.keyClick(self._window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        button = self._window.counter.new_case_page.buttons[matter]
        expect(button.isVisible(), "Ctrl+N did not ask for the matter")
        if place == 1:
            self._picture(0, "matter")
        QTest.keyClick(button, Qt.Key.Key_Return)
        wait_until(self._window.tasks.idle, "no case was begun")
        expect(self._page.isVisible(), "the new case was not opened")

    def _misspell(self, place: int, clerk: Clerk, right: Draft) -> None:
        """What cannot be stands beside its field, is kept as typed, and is put right."""
        paths = {"expenses[0].in_scope": MISSPELT, "expenses[0].discharged_on": EARLIER}
        for path, wrong in paths.items():
            clerk.answer_at(path, wrong)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        found = {fault.path for fault in self._page.outcome.faults}
        expect(set(paths) <= found, "the misspelt fields were not reported")
        expect(not self._page.strip.figures.get("payable"), "a draft with faults still shows an amount")
        self._picture(place, "faults")
        for path in paths:
            clerk.answer_at(path, right.get(path))
        expect(not self._page.outcome.faults, "what was put right is still reported")

    def _check_papers(self, place: int) -> None:
        self._page.go_to("papers")
        fields = list(self._page.papers_page.fields.values())
        for field in fields:
            state = "missing" if field is fields[-1] else "received"
            field.setFocus()
            for stroke in field.strokes(state):
                if isinstance(stroke, Qt.Key):
                    QTest.keyClick(field, stroke)
        QApplication.processEvents()
        self._picture(place, "papers")

    def _check(self, sample: dict[str, object]) -> None:
        """What is on disk is the sample, and what is shown is what it comes to."""
        wait_until(lambda: not self._page.saving.pending() and self._window.tasks.idle(), "the case was not saved")
        kept = self._ask(lambda: open_case(self._office, self._page.case_id))
        typed, case = read_case(as_asked(kept.draft)), read_case(as_asked(sample))
        expect(without_ids(typed) == without_ids(case), f"on disk is not what was typed: {apart(typed, case)}")
        assessment = assess(typed, self._office.library.rules(typed.locality), self._office.today())
        amounts = {f"line:{line.expense}": line.payable for one in assessment.benefits for line in one.lines}
        redirected = assessment.identification is not None and assessment.identification.verdict == "redirect"
        if not redirected:
            amounts["payable"] = assessment.payable
        for key, amount in amounts.items():
            shown = self._page.strip.figures[key].figure.value
            expect(amount is not None and shown == screen_text(amount), f"{key}: {shown} is shown, {amount} is right")

    def _look_closer(self, place: int) -> None:
        """The steps behind the amount, and the pages before they print."""
        row = self._page.strip.figures["payable"]
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_Return)
        drawer = self._page.strip.drawer
        expect(drawer is not None and drawer.isVisible(), "the amount did not open its steps")
        self._picture(place, "drawer")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        expect(row.hasFocus(), "the focus did not return from the steps")
        result = self._page.result_page
        for kind, card in result.cards.items():
            QTest.keyClick(card.buttons["preview"], Qt.Key.Key_Return)
            wait_until(lambda: self._window.tasks.idle() and result.preview.isVisible(), f"no preview of the {kind}")
            QApplication.processEvents()
            self._picture(place, f"preview-{kind}")
            QTest.keyClick(result.preview.sheets, Qt.Key.Key_Escape)

    def _issue(self, place: int) -> None:
        for kind in NOTICES:
            self._issue_one(place, kind)
        self._picture(place, "issued")

    def _issue_one(self, place: int, kind: str) -> None:
        result = self._page.result_page
        QTest.keyClick(result.cards[kind].buttons["issue"], Qt.Key.Key_Return)
        wait_until(self._window.tasks.idle, f"the {kind} was not made")
        expect(kind in result.issued, f"the {kind} was not issued: {result.trouble.words.text()}")
        path = self._out / "notices" / f"{place}-{kind}.pdf"
        result.save_issued(kind, path)
        wait_until(self._window.tasks.idle, f"the {kind} was not saved")
        expect(path.read_bytes() == result.issued[kind].pdf, f"the {kind} on disk is not what was issued")

    def _play_batch(self, cases: int) -> None:
        self._window.show_place("batch")
        wait_until(self._window.tasks.idle, "the batch did not come")
        batch = self._window.batch_page
        expect(len(batch.chosen()) == cases, f"{len(batch.chosen())} of {cases} cases wait for the batch")
        self._picture(0, "batch")
        batch.export_to(self._out / "batch")
        wait_until(self._window.tasks.idle, "the batch was not sent")
        expect(batch.sent is not None and batch.sent.path.is_file(), batch.trouble.words.text())
        expect(not batch.chosen(), "what was sent still waits")
        self._picture(0, "batch-sent")

    def play_in_the_dark(self, tokens: Tokens) -> None:
        """The newest case once more, in the dark colours."""
        self._window = self._open(tokens)
        self._window.open_case(self._window.case_list.table.rows[0].id)
        wait_until(self._window.tasks.idle, "the case did not open")
        self._page.go_to("expenses")
        QApplication.processEvents()
        self._picture(0, "dark")
        self.close()

    def _ask(self, work: Callable[[], T]) -> T:
        """Asks the worker, and waits."""
        answers: list[T] = []
        problems: list[Problem] = []
        self._window.tasks.run(work, answers.append, problems.append)
        wait_until(self._window.tasks.idle, "the worker did not answer")
        if problems:
            raise problems[0]
        return answers[0]

    def _picture(self, place: int, what: str) -> None:
        self._pictures += 1
        QTest.qWait(SETTLED)
        width = self._window.width()
        expect(width == WIDTH, f"the window is {width} pixels wide where it shows {what}")
        path = self._out / "screenshots" / f"{self._pictures:02}-{place}-{what}.png"
        expect(self._window.grab().save(str(path), "PNG", QUICKLY), f"no picture could be written to {path.parent}")
