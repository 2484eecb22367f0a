"""The first three steps of the set-up: the office, its locality, its administrator."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.problems import Problem
from desktop.settings import Settings
from desktop.window.answers.fields import LineField
from desktop.window.entrance.choice_list import ChoiceList
from desktop.window.entrance.lines import Line, chain
from desktop.window.entrance.new_password import NewPassword
from desktop.window.labels import pixels, prose
from desktop.window.theme import dress, space
from desktop.work.at_the_door import name_lack
from desktop.work.library import Library
from desktop.work.office_facts import LETTERHEAD

WIDTH, LIST = 560, 420  # pixels at 11 pt: of a step's lines, of the list of localities
LONGEST = 60  # characters of a line of the letterhead
LOCALITIES = 8  # at once; the others scroll
NO_OFFICE = Problem("没有填写单位名称。", "文书和恢复表要用，请填写。")
ASKED = {
    "office": ("单位名称(&N)", "例如：示例乡社会救助「一门受理」窗口"),
    "address": ("地址(&A)", ""),
    "phone": ("电话(&T)", ""),
    "complaint_phone": ("监督电话(&C)", ""),
}


class Step(QFrame):
    """One step: a title, what it is about, and room in ``rows``; ``done`` is Enter in its last field."""

    done = Signal()

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        inside = QWidget()
        inside.setProperty("role", "inside")
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(space(6), space(4), space(6), space(4))
        self.rows.setSpacing(space(3))
        self.rows.addWidget(prose(title, "title"))
        self.rows.addWidget(prose(about, "second"))
        self.rows.addSpacing(space(2))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def add(self, *widgets: QWidget, width: int = WIDTH) -> None:
        """Adds lines under one another, as wide as they read well: ``width`` in pixels at 11 pt."""
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in widgets:
            column.addWidget(widget)
        holder = QWidget()
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        holder.setMaximumWidth(pixels(width))
        self.rows.addWidget(holder)

    def focus_first(self) -> None:
        """Brings the keyboard to the first field."""

    def lacking(self) -> bool:
        """Says what is lacking, with the keyboard where it is, and whether something is."""
        return False


class OfficeStep(Step):
    """What stands at the head and foot of every paper."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("单位", "印在每份文书的开头和落款。空着的一栏在文书上留作手写，以后可在设置中更改。")
        self.lines = {key: Line(words, LineField()) for key, (words, _) in ASKED.items()}
        for key, line in self.lines.items():
            line.field.setMaxLength(LONGEST)
            line.field.setPlaceholderText(ASKED[key][1])
            line.field.setText(getattr(settings, key))
        self.add(*self.lines.values())
        self.rows.addStretch(1)
        chain(tuple(self.lines.values()), self.done)

    def focus_first(self) -> None:
        """Brings the keyboard to the office's name."""
        self.lines["office"].field.setFocus(Qt.FocusReason.TabFocusReason)

    def lacking(self) -> bool:
        """Without a name no paper says who issued it."""
        line = self.lines["office"]
        lacks = line.complain(None if line.field.text().strip() else NO_OFFICE)
        if lacks:
            self.focus_first()
        return lacks

    def facts(self) -> Mapping[str, object]:
        """The letterhead, by name."""
        return {key: self.lines[key].field.text().strip() for key in LETTERHEAD}


class LocalityStep(Step):
    """Whose numbers apply; it says which of them nobody has confirmed."""

    def __init__(self, library: Library, now: str) -> None:
        super().__init__("地区", "低保标准、救助比例等参数按所选地区取用。用上下键选择，Enter 继续。")
        self._library = library
        self.list = ChoiceList("地区", LOCALITIES)
        self.list.gone_on.connect(self.done)
        self.list.chosen.connect(self._show)
        self.state = prose("", "attention")
        self.source, self.document = prose("", "second"), prose("", "second")
        self.list.setFixedWidth(pixels(LIST))
        about = QVBoxLayout()
        about.setSpacing(space(3))
        for words in (self.state, self.document, self.source):
            about.addWidget(words)
        about.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(space(6))
        across.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(about, 1)
        self.rows.addLayout(across)
        self.rows.addStretch(1)
        self.list.offer(((one.id, one.name) for one in library.localities.values()), now)

    def focus_first(self) -> None:
        """Brings the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def facts(self) -> Mapping[str, object]:
        """The locality's id, by name."""
        return {"locality": self.list.key()}

    def _show(self, locality_id: str) -> None:
        rules = self._library.rules(locality_id)
        verified = rules.locality.verified
        dress(self.state, "pass" if verified else "attention")
        self.state.setText("✓ 参数已核对" if verified else "! 参数未核对：县级部门核对之前，测算仅供参考")
        self.document.setText(f"适用文件：{rules.policy.title}（{rules.policy.document}）")
        self.source.setText(f"参数来源：{rules.locality.source}")


class AdministratorStep(Step):
    """The first of the clerks, who then lets the others in."""

    def __init__(self) -> None:
        about = (
            "管理员可以添加其他工作人员、更改设置、恢复备份。案卷全部加密保存，口令只有您知道；"
            "忘记口令时靠下一步的恢复表。可以用一句好记的话的拼音作口令。"
        )
        super().__init__("管理员", about)
        self.name = Line("姓名(&N)", LineField())
        self.password = NewPassword("administrator")
        self.add(self.name, self.password)
        self.rows.addStretch(1)
        self.name.gone_on.connect(lambda: self.password.first.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.password.gone_on.connect(self.done)

    def focus_first(self) -> None:
        """Brings the keyboard to the name."""
        self.name.field.setFocus(Qt.FocusReason.TabFocusReason)

    def lacking(self) -> bool:
        """A name, and a password twice that will do."""
        if self.name.complain(name_lack(self.name.field.text())):
            self.focus_first()
            return True
        return self.password.lacking()
