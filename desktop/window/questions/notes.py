"""What stands beneath the fields: a fault, or that something is still to be filled in, by path; and the rail's states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.problems import Fault
from desktop.policy.assessment import Missing
from desktop.policy.law.rules import Policy
from desktop.policy.law.shown_rules import Paper
from desktop.window.questions.asking import answered, step_of
from desktop.window.questions.declared import STEPS
from desktop.window.questions.draft import Draft
from desktop.window.questions.question import Step

MARKS = {"done": "✓", "here": "●", "needs": "!", "open": "○", "not_needed": "–"}
WORDS = {"done": "已完成", "here": "正在填写", "needs": "待补", "open": "未开始", "not_needed": "不需要"}


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence at a path; ``role`` is ``fault`` or ``todo``."""

    path: str
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a step stands; ``needs`` is how many things it waits for."""

    id: str
    state: str
    needs: int = 0

    def words(self, name: str) -> str:
        """The state in words, for who cannot see the mark."""
        count = f" {self.needs} 处" if self.state == "needs" else ""
        return f"{name}：{WORDS[self.state]}{count}"


def notes_of(faults: Iterable[Fault], missing: Iterable[Missing], draft: Draft, seen: set[str]) -> list[Note]:
    """The notes of every path, faults first; what is missing is asked for only in steps that were seen."""
    notes = [_fault_note(fault, draft) for fault in faults]
    taken = {note.path for note in notes}
    for one in missing:
        step = step_of(one.path)
        if one.path not in taken and step in seen:
            notes.append(Note(one.path, f"待填：{one.why}", "todo"))
    if not draft.rows("expenses") and "expenses" in seen:
        notes.append(Note("expenses", "请至少录入一笔费用。", "todo"))
    return notes


def _fault_note(fault: Fault, draft: Draft) -> Note:
    blank = draft.get(fault.path) in (None, "")
    if blank and "." in fault.path and fault.path not in draft.touched and not fault.path.endswith("members"):
        return Note(fault.path, "待填", "todo")
    return Note(fault.path, f"{fault.what}{fault.remedy}", "fault")


def by_path(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """The notes of each path."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.path, []).append(note)
    return found


def papers_of(policy: Policy, draft: Draft) -> tuple[Paper, ...]:
    """The papers that the draft's matter asks for."""
    return tuple(paper for paper in policy.papers if draft.get("matter") in paper.matters)


def open_papers(papers: Mapping[str, str], wanted: Iterable[Paper]) -> int:
    """How many papers are neither received nor not needed."""
    return sum(papers.get(paper.id) not in ("received", "not_needed") for paper in wanted)


def step_states(
    draft: Draft, notes: list[Note], here: str, seen: set[str], papers_open: tuple[int, int]
) -> list[StepState]:
    """The rail: every step's state; ``papers_open`` is how many papers are open, of how many."""
    matter = str(draft.get("matter"))
    counts = {step.id: sum(step_of(note.path) == step.id for note in notes) for step in STEPS}
    counts["papers"] = papers_open[0]
    started = {step.id for step in STEPS if step.id in seen or answered(draft, step.id)}
    if papers_open[0] < papers_open[1]:
        started.add("papers")
    counts["result"] = sum(counts[step.id] for step in STEPS if asked_in(step, matter) and step.id != "papers")
    return [_state(step, matter, here, started, counts[step.id]) for step in STEPS]


def asked_in(step: Step, matter: str) -> bool:
    """Whether a matter asks for a step."""
    return not step.matters or matter in step.matters


def _state(step: Step, matter: str, here: str, started: set[str], needs: int) -> StepState:
    if step.id == here:
        return StepState(step.id, "here", needs)
    if not asked_in(step, matter):
        return StepState(step.id, "not_needed")
    if step.id not in started:
        return StepState(step.id, "open")
    return StepState(step.id, "needs" if needs else "done", needs)
