"""The history of a case on a page: its acts at the left, how the case stood after the chosen one at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.edits import Tree
from desktop.window.answers.choices import SegmentField
from desktop.window.conclusion.trouble import Trouble
from desktop.window.history.access_view import AccessView
from desktop.window.history.act_list import ActModel, ActView
from desktop.window.history.act_slider import ActSlider
from desktop.window.history.act_words import Told
from desktop.window.history.sealed_view import SealedView
from desktop.window.history.state_lines import state_lines
from desktop.window.history.state_view import StateView
from desktop.window.labels import OneLine, label, pixels
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.history import history_of, trees_of
from desktop.work.office import Office
from desktop.work.sealed_results import SealedResult, sealed_result

FILTERS: dict[object, str] = {"edits": "修改", "looks": "查阅与打印"}
LIST_SHARE = 2, 5  # of the page's width


class HistoryPage(QFrame):
    """Looks back and changes nothing by itself; Esc returns to where one was."""

    left = Signal()
    restore_asked = Signal(int, str)  # a change to go back to, and its time in words

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.case_id = ""
        self.setProperty("role", "page")
        self.acts = ActModel(self)
        self.list = ActView(self.acts)
        self.filter = SegmentField(FILTERS, blank="全部")
        self.slider = ActSlider()
        self.state = StateView()
        self.title, self.chosen_head, self.chosen_words = OneLine("second"), OneLine("figure"), OneLine("second")
        self.count, self.where = label("", "second"), label("", "second")
        self.trouble = Trouble()
        self.print = self._button("打印查阅记录(&P)", self._ask_access_list)
        self.sealed = self._button("查看封存的结果(&S)", self._open_sealed)
        self.restore = self._button("恢复到此状态(&R)", self._ask_restore)
        self.access_view = AccessView(office, tasks)
        self.sealed_view = SealedView()
        self._stack = QStackedLayout(self)
        for page in (self._page(), self.access_view, self.sealed_view):
            self._stack.addWidget(page)
        self._connect()

    def open_case(self, case_id: str, title: str) -> None:
        """Turns to the history of a case, at its last act."""
        self.case_id = case_id
        self.title.show_line(title)
        self.trouble.clear()
        self._stack.setCurrentIndex(0)
        self.filter.show_value(None)
        self.acts.show((), None)
        self._show_none()
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Reads the history anew; the act under the bar stays there."""
        told = self.chosen()
        change = None if told is None else told.act.change
        work = partial(_told, self._office, self.case_id)
        self._tasks.run(work, partial(self._show, self.case_id, change), self.trouble.show_problem)

    def chosen(self) -> Told | None:
        """The act under the bar; None where there is none."""
        place = self.list.currentIndex().row()
        return self.acts.shown[place] if 0 <= place < len(self.acts.shown) else None

    def _show(self, case_id: str, change: int | None, acts: tuple[Told, ...]) -> None:
        if case_id == self.case_id:
            self._list(acts, change)

    def _filter(self) -> None:
        told = self.chosen()
        self._list(self.acts.all, None if told is None else told.act.change)

    def _list(self, acts: tuple[Told, ...], change: int | None) -> None:
        self.acts.show(acts, self.filter.value())
        shown = self.acts.shown
        self.count.setText(f"{len(shown)} 次" if shown else "没有这类记录")
        self.slider.setRange(0, max(0, len(shown) - 1))
        self.slider.setEnabled(len(shown) > 1)
        if not shown:
            self._show_none()
            return
        place = next((place for place, told in enumerate(shown) if told.act.change == change), 0)
        self.list.setCurrentIndex(self.acts.index(place, 0))

    def _choose(self, place: int) -> None:
        """Shows the case as it stood after an act."""
        told, newest = self.acts.shown[place], self.acts.all[-1].after
        self.slider.setValue(len(self.acts.shown) - 1 - place)
        self.chosen_head.show_line(told.head)
        self.chosen_words.show_line(told.words)
        self.where.setText(f"第 {len(self.acts.shown) - place} 次 / 共 {len(self.acts.shown)} 次")
        self.state.show_lines(state_lines(told.before, told.after, told.act.edits, told.papers) if told.after else ())
        self.restore.setEnabled(bool(told.after) and told.after != newest)
        self.sealed.setVisible(told.act.sealed is not None)

    def _show_none(self) -> None:
        for line in (self.chosen_head, self.chosen_words):
            line.show_line("")
        self.where.clear()
        self.state.show_lines(())
        self.restore.setEnabled(False)
        self.sealed.hide()

    def _slide(self, value: int) -> None:
        self.list.choose(len(self.acts.shown) - 1 - value)

    def _ask_restore(self) -> None:
        told = self.chosen()
        if told is not None:
            self.restore_asked.emit(told.act.change, f"{told.act.at:%Y-%m-%d %H:%M}")

    def _open_sealed(self) -> None:
        told = self.chosen()
        if told is not None and told.act.sealed is not None:
            work = partial(sealed_result, self._office, self.case_id, told.act.sealed)
            self._tasks.run(work, self._show_sealed, self.trouble.show_problem)

    def _show_sealed(self, sealed: SealedResult) -> None:
        self.sealed_view.show_sealed(sealed)
        self._stack.setCurrentWidget(self.sealed_view)
        self.sealed_view.letter.setFocus()

    def _ask_access_list(self) -> None:
        self.trouble.clear()
        self.access_view.open_case(self.case_id)

    def _leave(self) -> None:
        self.left.emit()

    def _back(self, focus: QWidget) -> None:
        self._stack.setCurrentIndex(0)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes its share of the width."""
        super().resizeEvent(event)
        self.list.setFixedWidth(event.size().width() * LIST_SHARE[0] // LIST_SHARE[1])

    def _connect(self) -> None:
        self.filter.edited.connect(self._filter)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open_sealed)
        self.slider.valueChanged.connect(self._slide)
        self.access_view.ready.connect(partial(self._stack.setCurrentWidget, self.access_view))
        self.access_view.failed.connect(self.trouble.show_problem)
        self.access_view.issued.connect(self.reload)
        self.access_view.closed.connect(partial(self._back, self.print))
        self.sealed_view.closed.connect(partial(self._back, self.list))

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        down = QVBoxLayout(page)
        down.setContentsMargins(space(6), space(4), space(6), space(4))
        down.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(label("历史", "title"))
        head.addSpacing(space(3))
        head.addWidget(self.title, 1)
        back = self._button("返回 Esc", self._leave)
        head.addWidget(self.print)
        head.addWidget(back)
        down.addLayout(head)
        down.addWidget(self.trouble)
        across = QHBoxLayout()
        across.setSpacing(space(6))
        across.addLayout(self._acts_column())
        across.addLayout(self._state_column(), 1)
        down.addLayout(across, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        return page

    def _acts_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(space(2))
        self.filter.setAccessibleName("只看某类记录")
        self.filter.setFixedHeight(pixels(34))
        across = QHBoxLayout()
        across.addWidget(self.filter)
        across.addWidget(self.count, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(across)
        column.addWidget(self.list, 1)
        return column

    def _state_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(space(2))
        across = QHBoxLayout()
        across.addWidget(self.slider, 1)
        across.addWidget(self.where)
        column.addLayout(across)
        column.addWidget(self.chosen_head)
        column.addWidget(self.chosen_words)
        column.addWidget(self.state, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.sealed)
        foot.addWidget(self.restore)
        column.addLayout(foot)
        return column

    def _button(self, words: str, work: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(True)
        button.clicked.connect(work)
        return button


def _told(office: Office, case_id: str) -> tuple[Told, ...]:
    """Every act with the states around it and the names of the papers, ready to be put into words."""
    acts = history_of(office, case_id)
    trees = trees_of(acts)
    last: Tree = trees[-1]
    policy = office.policy_for(last.get("locality"))
    papers = {paper.id: paper.name for paper in policy.papers if last.get("matter") in paper.matters}
    return tuple(
        Told(act, before, after, papers) for act, before, after in zip(acts, ({}, *trees), trees, strict=False)
    )
