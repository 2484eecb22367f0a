"""The office and its numbers: letterhead, locality, pattern of case numbers, minutes until the window locks."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.domain.clerks import may
from desktop.domain.numbering import KNOWN, read_pattern
from desktop.domain.problems import Fault, Problem, Refused
from desktop.window.answers.choices import CodeField
from desktop.window.answers.fields import LineField, WholeField
from desktop.window.conclusion.figures import MARKS
from desktop.window.labels import label, pixels, prose
from desktop.window.settings.asked import Ask, Asked
from desktop.window.settings.section import Section, why_not
from desktop.window.tasks import Tasks
from desktop.window.theme import PIXELS, space
from desktop.work.office import Letterhead, Office
from desktop.work.office_facts import LETTERHEAD, OfficeFacts, change_facts, facts_data, office_facts

RIGHT = "change_office"
LOCK_MINUTES = range(61)
LONGEST = 60  # characters of a line of the letterhead
EXAMPLE = 12  # the number in its year that the example shows
ABOUT = "单位信息印在文书上；所在地区决定新案卷按哪里的参数测算。"
OTHER_LOCALITY = "改变地区只影响今后新建的案卷，已有的案卷仍按各自的地区测算。"
CHANGED = f"{MARKS['attention']} 有修改还没有保存。"


class OfficeSection(Section):
    """One form, saved by one button; who may not change it reads it."""

    office_changed = Signal(object)  # the Office as it is from now on

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__("单位与编号", ABOUT)
        self._office, self._tasks = office, tasks
        self._shown: dict[str, object] = {}  # what the fields showed when they were filled
        self.who_may = prose("", "attention")
        self.rows.addWidget(self.who_may)
        self.asked = _form(office)
        self.rows.addWidget(self.asked)
        self.save = QPushButton("保存(&S)")
        self.save.setProperty("role", "primary")
        self.save.setAutoDefault(True)
        self.state = label("", "todo")
        foot = QHBoxLayout()
        foot.setSpacing(space(3))
        foot.addSpacing(pixels(PIXELS["label"]) + space(3))
        foot.addWidget(self.save)
        foot.addWidget(self.state, 1)
        self.rows.addLayout(foot)
        self.rows.addStretch(1)
        self.asked.edited.connect(self._edited)
        self.asked.finished.connect(self._save)
        self.save.clicked.connect(self._save)

    def reload(self) -> None:
        """Reads the facts; what somebody typed and did not save yet stays as long as they may save it."""
        allowed = may(self._office.who(), RIGHT)
        self.who_may.setText(why_not(self._office.who(), RIGHT))
        self.who_may.setVisible(not allowed)
        self.asked.set_open(allowed)
        self.save.setVisible(allowed)
        if not (allowed and self._is_changed()):
            self._tasks.run(partial(_facts, self._office), self._show, self.trouble.show_problem)

    def _show(self, facts: OfficeFacts) -> None:
        self.asked.show_values(facts_data(facts))
        self._shown = self.asked.values()
        self._comment()

    def _is_changed(self) -> bool:
        return bool(self._shown) and self.asked.values() != self._shown

    def _comment(self) -> None:
        """Says beneath the fields what their values mean."""
        self.asked.note("locality", *self._about_locality())
        self.asked.note("case_numbers", *self._about_numbers())
        self.state.setText(CHANGED if self._is_changed() else "")

    def _edited(self) -> None:
        self._comment()
        for name, field in self.asked.fields.items():
            if field.hasFocus():
                self.reveal(self.asked.messages[name])

    def _about_locality(self) -> tuple[str, str]:
        name = self.asked.text("locality")
        if not name:
            return "", "hint"
        try:
            rules = self._office.library.rules(name)
        except Refused as refused:
            return "".join(f"{fault.what}{fault.remedy}" for fault in refused.faults), "fault"
        verified = rules.locality.verified
        checked = f"{MARKS['pass']} 参数已核对。" if verified else f"{MARKS['attention']} 参数未核对，测算仅供参考。"
        words = f"{checked}政策：{rules.policy.document}。来源：{rules.locality.source}。"
        if name == self._shown.get("locality"):
            return words, "good" if verified else "todo"
        return f"{words}\n{MARKS['attention']} {OTHER_LOCALITY}", "todo"

    def _about_numbers(self) -> tuple[str, str]:
        try:
            pattern = read_pattern(self.asked.text("case_numbers"))
        except Problem as problem:
            return f"{problem.what}{problem.remedy}", "fault"
        year = self._office.today().year
        return f"{year} 年第 {EXAMPLE} 件写作 {pattern.written(year, EXAMPLE)}。可以用的有：{KNOWN}。", "hint"

    def _save(self) -> None:
        if not may(self._office.who(), RIGHT):
            return
        self.trouble.clear()
        work = partial(_stated, self._office, self.asked.values())
        self.asked.run(self._tasks, work, self._saved, self.trouble.show_problem)

    def _saved(self, office: Office) -> None:
        self._office = office
        self._shown = self.asked.values()
        self._comment()
        self.said.emit("已保存单位与编号。", None)
        self.office_changed.emit(office)


def _form(office: Office) -> Asked:
    codes: dict[object, str] = {one.id: one.name for one in office.library.localities.values()}
    head = {name: LineField() for name in LETTERHEAD}
    for field in head.values():
        field.setMaxLength(LONGEST)
    return Asked(
        Ask("office", "单位名称(&A)", head["office"], width=60),
        Ask("address", "地址(&D)", head["address"], width=60),
        Ask("phone", "联系电话(&P)", head["phone"], width=24),
        Ask("complaint_phone", "监督电话(&T)", head["complaint_phone"], width=24),
        Ask("locality", "所在地区(&L)", CodeField(codes), width=40),
        Ask("case_numbers", "案号写法(&N)", LineField(), width=40),
        Ask("lock_minutes", "自动锁定(&K)", WholeField(), "分钟没有操作后锁定窗口（0 至 60，0 为不锁定）", 6),
    )


def _facts(office: Office) -> OfficeFacts:
    return office_facts(office.kept, OfficeFacts(office.letterhead, office.locality, office.case_numbers.text))


def _stated(office: Office, typed: dict[str, object]) -> Office:
    """States what was typed; the office as it is from now on.

    Raises:
        Refused: by field, what will not do. Problem: where the role does not allow it.
    """
    texts = {name: "" if value is None else str(value).strip() for name, value in typed.items()}
    minutes, faults = typed["lock_minutes"], []
    if not texts["locality"]:
        faults.append(Fault("locality", "没有选择地区。", "请选择本单位所在的地区。"))
    try:
        texts["case_numbers"] = read_pattern(texts["case_numbers"]).text
    except Problem as problem:
        faults.append(Fault("case_numbers", problem.what, problem.remedy))
    if minutes not in LOCK_MINUTES:
        faults.append(Fault("lock_minutes", "锁定的时间要在 0 至 60 分钟之间。", "请填写整数，0 为不锁定。"))
    if faults:
        raise Refused(tuple(faults))
    assert isinstance(minutes, int)
    head = Letterhead(**{name: texts[name] for name in LETTERHEAD})
    return change_facts(office, OfficeFacts(head, texts["locality"], texts["case_numbers"], minutes))
