"""The case at the counter: its head and rail, the step at hand, the conclusion at the right."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.case import MATTERS
from desktop.domain.problems import Problem
from desktop.window.conclusion.verdict import VerdictStrip
from desktop.window.intake.case_head import CaseFoot, CaseHead
from desktop.window.intake.editing import Edits
from desktop.window.intake.papers_page import PapersPage
from desktop.window.intake.saving import Saving
from desktop.window.intake.step_page import StepPage
from desktop.window.intake.turning import Turning
from desktop.window.paper.result_page import ResultPage
from desktop.window.questions.asking import answered, settle, step_of
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft
from desktop.window.questions.lacking import lacking
from desktop.window.questions.notes import by_path, notes_of, open_papers, papers_of, step_states
from desktop.window.questions.question import Step
from desktop.window.tasks import Tasks
from desktop.work.assessing import Outcome, assess_draft
from desktop.work.intake import OpenCase, open_case
from desktop.work.office import Office

PLACES = [step.id for step in STEPS]


class CasePage(QWidget):
    """One open case. What is typed goes into the draft, is assessed, shown and saved; nothing else happens here."""

    outcome_changed = Signal(object)
    said = Signal(str, object)  # a sentence for the status line, and what undoes it (None: nothing does)

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._office, self._tasks = office, tasks
        self.case_id = ""
        self.draft = Draft({})
        self.papers: dict[str, str] = {}
        self.outcome = Outcome(None, None, ())
        self.here, self._seen = "household", set[str]()
        self.saving = Saving(office, tasks, self)
        self.edits, self.turning = Edits(self), Turning(office, tasks, self)
        self.head, self.foot = CaseHead(), CaseFoot()
        self.rail = self.head.rail
        self.strip = VerdictStrip(office)
        self.papers_page = PapersPage()
        self.result_page = ResultPage(office, tasks)
        self.pages: dict[str, StepPage] = {}
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # a wide page scrolls or breaks; it never widens the window
        self._assess_soon = QTimer(self)
        self._assess_soon.setSingleShot(True)
        self._assess_soon.timeout.connect(self.assess)
        self._build()
        self._connect()

    def open(self, case: OpenCase) -> None:
        """Brings a case to the counter."""
        self.saving.flush()
        self.case_id, self.papers = case.id, dict(case.papers)
        policy = self._office.policy_for(case.draft.get("locality"))
        self.draft = Draft(case.draft, policy.facts_asked)
        self.here = "household"
        self._seen = {step_id for step_id in PLACES if answered(self.draft, step_id)}
        self.saving.open(case, self.draft, self.papers)
        self.edits.open(self.draft)
        self.strip.forget()
        self.result_page.open_case(case.id)
        self.papers_page.want(papers_of(policy, self.draft), policy.document)
        self.go_to("household")

    def go_to(self, step_id: str) -> None:
        """Goes to a step; the one that was left is looked through."""
        if step_id != self.here:
            self._seen.add(self.here)
            self.saving.flush()
        self.here = step_id
        self._stack.setCurrentIndex(PLACES.index(step_id))
        self.foot.show_place(PLACES.index(step_id), len(PLACES))
        self.show_draft()
        self._focus_first()

    def show_draft(self) -> None:
        """Shows the draft as it stands, on the step at hand."""
        self._refresh()
        if self.here in self.pages:
            self.pages[self.here].chain()
        self.assess()

    def go_by(self, steps: int) -> None:
        """Goes on or back, past the steps that the matter does not ask for."""
        place = PLACES.index(self.here) + steps
        while 0 < place < len(PLACES) - 1 and self.rail.state(PLACES[place]).state == "not_needed":
            place += steps
        if 0 <= place < len(PLACES):
            self.go_to(PLACES[place])

    def focus_path(self, path: str) -> None:
        """Brings the keyboard to where a path is answered; to its step, where it has no field of its own."""
        self.field(path)

    def field(self, path: str) -> QWidget | None:
        """The field of a path, on screen and with the keyboard."""
        step_id = "papers" if path.startswith("papers") else step_of(path)
        if step_id is None:
            return None
        if step_id != self.here:
            self.go_to(step_id)
        if step_id == "papers":
            found: QWidget | None = self.papers_page.fields.get(path.removeprefix("papers."))
        else:
            found = self.pages[step_id].field(path)
        if found is not None:
            found.setFocus()
            if step_id in self.pages:
                self.pages[step_id].reveal(found)
        return found

    def assess(self) -> None:
        """Assesses the draft as it stands, and shows what it comes to."""
        self._assess_soon.stop()
        self.outcome = assess_draft(self._office, self.draft.tree)
        self._show_notes()
        self.strip.show_outcome(self.outcome)
        self.result_page.show_outcome(self.outcome)
        self.outcome_changed.emit(self.outcome)

    def _show_notes(self) -> None:
        missing = lacking(self.outcome, self.draft, partial(assess_draft, self._office))
        notes = notes_of(self.outcome.faults, missing, self.draft, self._seen)
        if self.here in self.pages:
            here = [note for note in notes if step_of(note.path) == self.here]
            self.pages[self.here].show_notes(by_path(here))
        wanted = papers_of(self._office.policy_for(self.draft.get("locality")), self.draft)
        needed = notes_of(self.outcome.faults, missing, self.draft, set(PLACES))
        open_ones = (open_papers(self.papers, wanted), len(wanted))
        self.rail.show_states(step_states(self.draft, needed, self.here, self._seen, open_ones))
        self.papers_page.show_papers(self.papers)

    def _refresh(self) -> None:
        """Shows the draft on the step at hand and in the head."""
        if self.here in self.pages:
            self.pages[self.here].refresh(self.draft)
        matter = MATTERS.get(str(self.draft.get("matter")), "")
        applicant = self.draft.members().get(self.draft.get("patient"), "")
        self.head.show_case(str(self.draft.get("case_no") or "未编号"), applicant, matter)

    def _edit(self, path: str, value: object) -> None:
        self.draft.put(path, value)
        settle(self.draft, path)
        self._changed()

    def _edit_paper(self, paper_id: str, value: object) -> None:
        if isinstance(value, str):
            self.papers[paper_id] = value
        else:
            self.papers.pop(paper_id, None)
        self._changed()

    def _changed(self, *, taken_back: bool = False) -> None:
        self._refresh()
        self._assess_soon.start(0)
        self.saving.note_change(taken_back=taken_back)

    def _leave(self, path: str) -> None:
        """A field was left: from now on it was touched, and what was typed is handed to the disk."""
        if path not in self.draft.touched:
            self.draft.touched.add(path)
            self._assess_soon.start(0)
        self.saving.flush()

    def _show_row(self, taken_back: bool, path: str, place: int) -> None:
        """After rows came or went: shows them, with the keyboard in one of them."""
        self._changed(taken_back=taken_back)
        if self.here in self.pages:
            self.pages[self.here].chain()
            self.pages[self.here].focus_line(path, place)

    def _focus_first(self) -> None:
        if self.here in self.pages:
            self.pages[self.here].focus_first()
        elif self.here == "papers":
            self.papers_page.focus_first()
        else:
            buttons: list[QPushButton] = list(self.result_page.findChildren(QPushButton))
            next(one for one in buttons if one.isVisible() and one.isEnabled()).setFocus()

    def _numbered(self) -> None:
        """Looks up the case's number, which the worker gives it with its first notice."""
        self._tasks.run(partial(open_case, self._office, self.case_id), self._show_number, self._say_problem)

    def _show_number(self, case: OpenCase) -> None:
        if case.id == self.case_id:
            self.draft.tree["case_no"] = case.draft.get("case_no")
            self._refresh()
            self.assess()

    def _say_problem(self, problem: Problem) -> None:
        self.said.emit(f"{problem.what}{problem.remedy}", None)

    def _prepare_notice(self) -> None:
        self.saving.flush()
        # Queued behind the notice that is about to be made.
        QTimer.singleShot(0, self._numbered)

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        middle = self.middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.head)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.foot)
        across.addLayout(middle, 1)
        across.addWidget(self.strip)
        for step in STEPS:
            self._stack.addWidget(self._page(step))

    def _page(self, step: Step) -> QWidget:
        if step.id == "papers":
            return self.papers_page
        if step.id == "result":
            return self.result_page
        page = StepPage(step, self._office.today())
        page.edited.connect(self._edit)
        page.left.connect(self._leave)
        page.add_asked.connect(self.edits.add)
        page.remove_asked.connect(self.edits.remove)
        page.none_asked.connect(self.edits.answer_none)
        self.pages[step.id] = page
        return page

    def _connect(self) -> None:
        self.edits.changed.connect(partial(self._show_row, False))
        self.edits.put_back.connect(partial(self._show_row, True))
        self.edits.said.connect(self.said)
        self.rail.step_asked.connect(self.go_to)
        self.foot.moved.connect(self.go_by)
        self.strip.path_asked.connect(self.focus_path)
        self.result_page.path_asked.connect(self.focus_path)
        self.result_page.save_wanted.connect(self._prepare_notice)
        self.papers_page.edited.connect(self._edit_paper)
        self.saving.marked.connect(self.head.show_mark)
