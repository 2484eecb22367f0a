"""The staff: who may sign in, what an administrator does about them, and everybody's own password."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.domain.clerks import ROLES, Clerk, may
from desktop.window.labels import prose
from desktop.window.settings.row_table import RowTable
from desktop.window.settings.section import Section, why_not
from desktop.window.settings.staff_panels import is_same_twice, new_clerk, new_password, new_role, own_password
from desktop.window.settings.twice import TwiceButton
from desktop.window.tasks import Tasks
from desktop.window.theme import space
from desktop.work.door import Door
from desktop.work.office import Office
from desktop.work.staff import (
    StaffRow,
    add_clerk,
    change_own_password,
    change_role,
    give_password,
    retire_clerk,
    staff_rows,
)

RIGHT = "keep_clerks"
ABOUT = "每人用自己的姓名和口令登录，办理的每一步都记在本人名下。"
LEAST_ROWS, MOST_ROWS = 3, 6


class StaffSection(Section):
    """The list, its buttons, and beneath them the one small form that is open."""

    def __init__(self, office: Office, tasks: Tasks, door: Door) -> None:
        super().__init__("人员", ABOUT)
        self._office, self._tasks, self._door = office, tasks, door
        self._staff: tuple[StaffRow, ...] = ()
        self._about: Clerk | None = None  # whom the open form is about
        self._seen_by = ""
        self.who_may = prose("", "attention")
        self.table = RowTable("工作人员", ("姓名", "角色", "加入日期"), widest=2)
        self.add, self.role = QPushButton("添加人员(&A)"), QPushButton("更改角色(&R)")
        self.password, self.own = QPushButton("重设口令(&P)"), QPushButton("更改我的口令(&M)")
        self.retire = TwiceButton("停用(&T)", "再按一次停用(&T)")
        self.panels = {
            "add": new_clerk(),
            "role": new_role(),
            "password": new_password(),
            "own": own_password(),
        }
        self._build()
        self._connect()

    def reload(self) -> None:
        """Reads who is here; who may not keep the staff still changes the own password."""
        allowed = may(self._office.who(), RIGHT)
        self.who_may.setText(why_not(self._office.who(), RIGHT))
        self.who_may.setVisible(not allowed)
        for button in (self.add, self.role, self.password, self.retire):
            button.setVisible(allowed)
        if self._seen_by != self._office.who().id:
            self._seen_by = self._office.who().id
            for panel in self.panels.values():
                panel.put_away()  # what one clerk typed is not for the next
        self._tasks.run(partial(staff_rows, self._office), self._show, self.trouble.show_problem)

    def chosen(self) -> Clerk | None:
        """The clerk whose row is chosen."""
        place = self.table.currentRow()
        return self._staff[place].clerk if 0 <= place < len(self._staff) else None

    def _show(self, rows: tuple[StaffRow, ...]) -> None:
        self._staff, own = rows, self._office.who().id
        self.table.show_rows(
            [
                (
                    f"{row.clerk.name}（本人）" if row.clerk.id == own else row.clerk.name,
                    ROLES[row.clerk.role],
                    row.since.isoformat() if row.since else "",
                )
                for row in rows
            ]
        )
        self.table.setMaximumHeight(self.table.height_of(min(max(LEAST_ROWS, len(rows)), MOST_ROWS)))

    def _open(self, name: str, title: str, about: Clerk | None, role: str = "") -> None:
        """Opens one form about a clerk, with the role that there is; the others are put away."""
        if about is None:
            return
        self._about = about
        self.trouble.clear()
        for other, panel in self.panels.items():
            if other != name:
                panel.put_away()
        self.panels[name].open(
            f"{title}{about.name}" if title.endswith("：") else title, {"role": role} if role else {}
        )
        self.reveal(self.panels[name])

    def _open_role(self) -> None:
        clerk = self.chosen()
        self._open("role", "更改角色：", clerk, clerk.role if clerk else "")

    def _add(self) -> None:
        asked = self.panels["add"].asked
        name, role, password = (asked.text(key) for key in ("name", "role", "password"))
        self._do("add", partial(add_clerk, self._office, self._door, name, role, password), f"已添加 {name.strip()}。")

    def _change_role(self) -> None:
        if self._about is None:
            return
        asked = self.panels["role"].asked
        role, password = asked.text("role"), asked.text("password")
        said = f"{self._about.name} 现在是{ROLES.get(role, '')}。"
        self._do("role", partial(change_role, self._office, self._door, self._about, role, password), said)

    def _give_password(self) -> None:
        if self._about is None:
            return
        password = self.panels["password"].asked.text("password")
        said = f"已重设 {self._about.name} 的口令，请当面告知本人。"
        self._do("password", partial(give_password, self._office, self._door, self._about, password), said)

    def _change_own(self) -> None:
        asked = self.panels["own"].asked
        change = partial(change_own_password, self._office, self._door, asked.text("old"), asked.text("password"))
        self._do("own", change, "您的口令已更换，下次登录请用新口令。")

    def _do(self, name: str, work: Callable[[], object], said: str) -> None:
        panel = self.panels[name]
        if is_same_twice(panel.asked):
            panel.run(self._tasks, work, partial(self._done, said))

    def _retire(self) -> None:
        clerk = self.chosen()
        if clerk is not None:
            self.trouble.clear()
            said = f"已停用 {clerk.name} 的帐号，其办理记录不变。"
            work = partial(retire_clerk, self._office, self._door, clerk)
            self._tasks.run(work, lambda _nothing: self._done(said, None), self.trouble.show_problem)

    def _done(self, said: str, _result: object) -> None:
        self.said.emit(said, None)
        self.table.setFocus()
        self.reload()

    def _build(self) -> None:
        self.own.setAutoDefault(True)
        self.head.addWidget(self.own)
        self.rows.addWidget(self.who_may)
        self.table.setMinimumHeight(self.table.height_of(LEAST_ROWS))
        self.rows.addWidget(self.table, 1)  # it gives way to the form that is open
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        for button in (self.add, self.role, self.password, self.retire):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addLayout(buttons)
        for panel in self.panels.values():
            self.rows.addWidget(panel)
        self.rows.addStretch(0)

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self._open("add", "添加人员", self._office.who(), "clerk"))
        self.role.clicked.connect(self._open_role)
        self.password.clicked.connect(lambda: self._open("password", "重设口令：", self.chosen()))
        self.own.clicked.connect(lambda: self._open("own", "更改我的口令：", self._office.who()))
        self.retire.sure.connect(self._retire)
        self.table.itemSelectionChanged.connect(self.retire.take_back)
        works = {"add": self._add, "role": self._change_role, "password": self._give_password, "own": self._change_own}
        openers: dict[str, QPushButton] = {
            "add": self.add,
            "role": self.role,
            "password": self.password,
            "own": self.own,
        }
        for name, panel in self.panels.items():
            panel.wanted.connect(works[name])
            panel.closed.connect(openers[name].setFocus)
