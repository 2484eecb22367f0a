"""Undo and redo of an open case: off the window's thread, then shown at the field that changed, with the way back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.problems import Problem
from desktop.window.questions.notes import papers_of
from desktop.window.questions.told import changes_of, place_of_change, some_of
from desktop.window.tasks import Tasks
from desktop.work.office import Office
from desktop.work.undoing import Turned, redo, restore, undo

if TYPE_CHECKING:
    from desktop.window.intake.case_page import CasePage

Turn = Callable[[Office, str], Turned]


class Turning(QObject):
    """Turns the case of a page back and forth. ``said`` carries a sentence, what leads back, and whether that is a redo."""

    said = Signal(str, object, bool)

    def __init__(self, office: Office, tasks: Tasks, page: "CasePage") -> None:
        super().__init__(page)
        self._office, self._tasks, self._page = office, tasks, page

    def undo(self) -> None:
        """Undoes the last act, once all that was typed is on disk."""
        self._turn(undo, partial(self._say, "已撤销", True))

    def redo(self) -> None:
        """Does again what was undone last."""
        self._turn(redo, partial(self._say, "已重做", False))

    def restore(self, change: int, when: str) -> None:
        """Brings the case back to how it stood after a change; ``when`` is its time in words."""
        self._turn(
            lambda office, case_id: restore(office, case_id, change),
            lambda _: self.said.emit(f"已恢复到 {when} 的状态。", self.undo, False),
        )

    def _turn(self, turn: Turn, then: Callable[[Turned], None]) -> None:
        work = partial(turn, self._office, self._page.case_id)
        self._page.saving.when_on_disk(lambda: self._tasks.run(work, partial(self._show, then), self._say_problem))

    def _show(self, then: Callable[[Turned], None], turned: Turned) -> None:
        page = self._page
        if turned.case.id != page.case_id:
            return  # another case is open by now; this one is on disk
        if page.saving.pending():
            # Typed in the meantime: nothing of that may be lost, and it is the whole case that is kept.
            self.said.emit("刚才又有录入，案卷以屏幕上的内容为准。", None, False)
            return
        page.draft.turn_to(turned.case.draft)
        page.papers.clear()
        page.papers.update(turned.case.papers)
        page.saving.open(turned.case, page.draft, page.papers)
        page.show_draft()
        path = place_of_change(turned.edits, turned.now)
        page.field(path)
        # Once more when rows that came or went have found their places: only then is it in view.
        QTimer.singleShot(0, page, partial(page.field, path))
        then(turned)

    def _say(self, verb: str, undone: bool, turned: Turned) -> None:
        policy = self._office.policy_for(turned.case.draft.get("locality"))
        papers = {paper.id: paper.name for paper in papers_of(policy, self._page.draft)}
        words = some_of(changes_of(turned.edits, turned.before, turned.now, papers), 1)
        act = turned.act
        whose = f" {act.who.title} 的录入" if act is not None and act.who.id != self._office.who().id else ""
        more = f"　{turned.passed_over.what}{turned.passed_over.remedy}" if turned.passed_over else ""
        self.said.emit(f"{verb}{whose}：{words}{more}", self.redo if undone else self.undo, undone)

    def _say_problem(self, problem: Problem) -> None:
        self.said.emit(f"{problem.what}{problem.remedy}", None, False)
