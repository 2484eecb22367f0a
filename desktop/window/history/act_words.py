"""An act of a case's history in words: when, what kind of act, who, and what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.domain.case import MATTERS
from desktop.domain.edits import Tree
from desktop.window.questions.told import Change, changes_of, some_of
from desktop.work.history import Act, Deed
from desktop.work.looks import ACCESS_LIST, paper_named

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
    "checked": "核对",
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
    def short(self) -> str:
        """When, what kind, who by name."""
        return f"{self._when}　{self.act.who.name}"

    @property
    def head(self) -> str:
        """When, what kind, who by name and role."""
        return f"{self._when}　{self.act.who.title if self.act.who.id else self.act.who.name}"

    @property
    def _when(self) -> str:
        return f"{self.act.at:%Y-%m-%d %H:%M}　{KINDS.get(self.act.kind, '其他')}"

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


def _deed(deed: Deed) -> str:
    return DEEDS[deed.kind](deed) if deed.kind in DEEDS else ""


def _printed(deed: Deed) -> str:
    return f"打印{ACCESS_LIST}" if deed.subject == ACCESS_LIST else f"出具{paper_named(deed)}"


DEEDS: dict[str, Callable[[Deed], str]] = {
    "opened": lambda _: "打开案卷",
    "checked": lambda deed: f"核对：与 {deed.subject or '另一案'} 不是重复",
    "looked_at_backup": lambda _: "查看备份中的案卷",
    "numbered": lambda deed: f"给予受理编号 {deed.said}",
    "printed": _printed,
    "printed_before": _printed,
    "exported": lambda deed: f"列入批次 {deed.subject}",
    "sealed": lambda _: "封存测算结果",
    "deleted": lambda deed: f"放入回收站：{deed.said}",
    "given_up": lambda deed: f"放弃受理编号 {deed.subject}",
    "put_back": lambda _: "从回收站放回",
}
