"""Policies: the documents that the program applies, and the official text that the office attaches to each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.window.conclusion.figures import MARKS
from desktop.window.conclusion.on_screen import on_screen
from desktop.window.conclusion.trouble import Trouble
from desktop.window.labels import prose
from desktop.window.tasks import Tasks
from desktop.window.theme import dress, space
from desktop.work.office import Office
from desktop.work.official_texts import AttachedText, Shelf, attach_text, attached_text, keep_text, remove_text, shelves

ABOUT = (
    "附上文件的官方原文（纯文本 .txt）后，测算步骤中的条款可以点开原文对照，不需要联网。程序只显示原文，不据此测算。"
)
NONE_YET = "尚未附上原文。"


class PolicyCard(QFrame):
    """One document: its name, what is attached, and the two things to do about it."""

    attach_asked = Signal()
    remove_asked = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.setProperty("role", "card")
        across = QHBoxLayout(self)
        across.setContentsMargins(space(4), space(3), space(4), space(3))
        across.setSpacing(space(2))
        rows = QVBoxLayout()
        rows.setSpacing(space(1))
        self.state = prose("", "second")
        for words in (prose(shelf.document, "section"), prose(shelf.title, "second"), self.state):
            rows.addWidget(words)
        across.addLayout(rows, 1)
        self.attach, self.remove = QPushButton("附上原文…"), QPushButton("移除")
        for button, asked in ((self.attach, self.attach_asked), (self.remove, self.remove_asked)):
            button.setAutoDefault(True)
            button.setAccessibleName(f"{shelf.document}：{button.text()}")
            button.clicked.connect(asked)
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_shelf(shelf)

    def show_shelf(self, shelf: Shelf) -> None:
        """Shows what is attached now."""
        there = shelf.attached is not None or shelf.trouble is not None
        words, role = _state(shelf)
        self.state.setText(words)
        dress(self.state, role)
        self.attach.setText("重新附上…" if there else "附上原文…")
        self.remove.setVisible(there)


class PolicyPage(QFrame):
    """The documents in the order of their files."""

    said = Signal(str, object)  # a sentence for the status line, and what undoes it

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.cards: dict[str, PolicyCard] = {}
        self._arrived = False  # and the keyboard not yet on a card
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(6), space(4), space(6), space(4))
        rows.setSpacing(space(3))
        rows.addWidget(prose("政策", "title"))
        rows.addWidget(prose(ABOUT, "second"))
        self.trouble = Trouble()
        rows.addWidget(self.trouble)
        inside = QWidget()
        inside.setProperty("role", "inside")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(space(3))
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        rows.addWidget(scroll, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here sees what is attached now."""
        super().showEvent(event)
        self._arrived = True
        self.trouble.clear()
        self.reload()

    def reload(self) -> None:
        """Looks at what is attached."""
        self._tasks.run(partial(shelves, self._office), self._show, self.trouble.show_problem)

    def _show(self, found: tuple[Shelf, ...]) -> None:
        for shelf in found:
            if shelf.policy in self.cards:
                self.cards[shelf.policy].show_shelf(shelf)
                continue
            card = self.cards[shelf.policy] = PolicyCard(shelf)
            card.attach_asked.connect(partial(self._ask_file, shelf.policy))
            card.remove_asked.connect(partial(self.remove, shelf.policy))
            self._list.insertWidget(self._list.count() - 1, card)
        if self._arrived and found:
            self.cards[found[0].policy].attach.setFocus()
        self._arrived = False

    def _ask_file(self, policy_id: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "附上原文", "", "纯文本 (*.txt)")
        if path:
            self.attach(policy_id, Path(path))

    def attach(self, policy_id: str, path: Path) -> None:
        """Attaches a file."""
        self.trouble.clear()
        self._tasks.run(partial(attach_text, self._office, policy_id, path), self._attached, self.trouble.show_problem)

    def _attached(self, attached: AttachedText) -> None:
        self.said.emit(f"已为{attached.document}附上原文。", None)
        self.reload()

    def remove(self, policy_id: str) -> None:
        """Takes a text away; the status line leads back for a while."""
        self.trouble.clear()
        self.cards[policy_id].attach.setFocus()
        taken = partial(_take, self._office, policy_id)
        self._tasks.run(taken, partial(self._removed, policy_id), self.trouble.show_problem)

    def _removed(self, policy_id: str, text: str | None) -> None:
        put_back = partial(keep_text, self._office, policy_id, text or "")
        again = partial(self._tasks.run, put_back, lambda _nothing: self.reload(), self.trouble.show_problem)
        self.said.emit("已移除原文。", None if text is None else again)
        self.reload()


def _take(office: Office, policy_id: str) -> str | None:
    """Removes a text, and gives what it said: None where that could not be read."""
    try:
        text = attached_text(office, policy_id)
    except Problem:
        text = None
    remove_text(office, policy_id)
    return text


def _state(shelf: Shelf) -> tuple[str, str]:
    """What is attached, in words, and the role of the style sheet that they wear."""
    if shelf.trouble is not None:
        return f"{shelf.trouble.what}{shelf.trouble.remedy}", "fault"
    if shelf.attached is None:
        return NONE_YET, "second"
    fits = not shelf.attached.doubt and not shelf.attached.missing
    words = f"{MARKS['pass' if fits else 'attention']} 已附上原文。{on_screen(shelf.attached.words)}"
    return words, "good" if fits else "todo"
