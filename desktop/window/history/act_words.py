"""An act of a case's history in words: when, what kind of act, who, and what it did."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.case import MATTERS
from desktop.domain.edits import Tree
from desktop.window.questions.told import Change, changes_of
from desktop.work.history import Act, Deed
from desktop.work.looks import ACCESS_LIST, paper_named

MOST = 3  # changes on one line
KINDS = {
    "begun": "受理",
    "took_over": "转入",
    "edit": "修改",
    "undone": "撤销",
    "redone": "重做",
    "opened": "查看",
    "looked_at_backup": "查看",
    "numbered": "编号",
    "printed": "打印",
    "exported": "上报",
    "sealed": "封存",
    "deleted": "删除",
    "given_up": "删除",
    "put_back": "放回",
}
SHOWN = {
    None: frozenset(KINDS),
    "edits": frozenset({"begun", "took_over", "edit", "undone", "redone"}),
    "looks": frozenset({"opened", "looked_at_backup", "printed", "exported", "sealed"}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An act with the state before and after it, to be put into words when somebody looks."""

    act: Act
    before: Tree
    after: Tree
    papers: Mapping[str, str]

    def changes(self) -> tuple[Change, ...]:
        """What it changed, in words."""
        return changes_of(self.act.edits, self.before, self.after, self.papers)

    @property
    def head(self) -> str:
        """When, what kind, who."""
        who = self.act.who.title if self.act.who.id else "本程序"
        return f"{self.act.at:%Y-%m-%d %H:%M}　{KINDS.get(self.act.kind, '其他')}　{who}"

    @property
    def words(self) -> str:
        """What it did, on one line."""
        if self.act.kind == "begun":
            return f"受理申请：{MATTERS.get(str(self.after.get('matter')), '')}"
        if self.act.kind == "took_over":
            return "由前一版本的案卷库转入"
        changes = self.changes()
        if changes:
            return some_of(changes)
        return "；".join(filter(None, map(_deed, self.act.deeds))) or "没有改变内容"


def some_of(changes: tuple[Change, ...]) -> str:
    """The first of some changes, and how many there are in all."""
    words = "；".join(change.words for change in changes[:MOST])
    return f"{words} 等 {len(changes)} 处" if len(changes) > MOST else words


def _deed(deed: Deed) -> str:
    match deed.kind:
        case "opened":
            return "打开案卷"
        case "looked_at_backup":
            return "查看备份中的案卷"
        case "numbered":
            return f"给予受理编号 {deed.said}"
        case "printed":
            return f"打印{ACCESS_LIST}" if deed.subject == ACCESS_LIST else f"出具{paper_named(deed)}"
        case "exported":
            return f"列入批次 {deed.subject}"
        case "deleted":
            return f"放入回收站：{deed.said}"
        case "given_up":
            return f"放弃受理编号 {deed.subject}"
        case "put_back":
            return "从回收站放回"
        case _:
            return ""
