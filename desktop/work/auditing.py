"""The check of the store in words: what was looked at, and for everything that is not as it was what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.domain.problems import Problem
from desktop.store.chain import Stamp
from desktop.store.checking import CheckReport, check_store
from desktop.store.checks.anchors import TAIL, Anchor
from desktop.store.checks.findings import Finding, Progress, Watch
from desktop.store.file import Store

FROM_BACKUP = "请停止录入，从最近的备份恢复；备份之后的录入另有一份，会一并补上。"
KEEP = "请先不要上报，保留案卷库和全部备份，请技术人员与备份和日结单核对。"
LOOK = "请打开核对，与纸质材料不符的按备份更正，并请技术人员查明原因。"
AGAIN = "请打开该案卷改动一处再改回，使检索重新登记；仍有此提示的请联系技术人员。"

KINDS = {
    "begun": "新建案卷",
    "took_over": "由旧版接管",
    "edit": "修改",
    "undone": "撤销修改",
    "redone": "重做修改",
    "numbered": "编号",
    "given_up": "编号作废",
    "opened": "打开案卷",
    "printed": "打印",
    "sealed": "封存测算",
    "exported": "上报",
    "deleted": "删除案卷",
    "put_back": "放回案卷",
    "purged": "彻底删除",
    "checked": "核对重复",
    "signed_in": "登录",
    "signed_out": "退出",
    "clerk": "人员变动",
    "fact": "单位信息",
    "backed_up": "备份",
    "restored": "恢复备份",
    "drilled": "恢复演练",
    "looked_at_backup": "查看备份",
}

# What is so, with the finding's own particulars, and what to do.
WORDS = {
    "page": ("文件第 {first} 页损坏。", FROM_BACKUP),
    "structure": ("数据库内部有 {first} 处错误。", FROM_BACKUP),
    "reference": ("表 {place} 中有 {first} 行指向不存在的内容。", KEEP),
    "unreadable": ("检查到{part}时读不下去。", FROM_BACKUP),
    "entry_changed": ("{entry}的内容被改过。", KEEP),
    "entry_erased": ("{entry}的内容被清空，而该案卷没有彻底删除过。", KEEP),
    "entry_unfit": ("{entry}与它前面的一条对不上，两条中有一条被改过。", KEEP),
    "entry_inserted": ("{entry}是后来插入的。", KEEP),
    "entry_disorder": ("{entry}的存盘次序倒退，不是程序写下的。", KEEP),
    "entries_missing": ("窗口 {window} 的工作记录缺少第 {first} 至第 {last} 条，在{entry}之前。", KEEP),
    "entries_taken_out": ("{entry}之前少了 {first} 条记录，后面的编号被改过。", KEEP),
    "end_missing": ("窗口 {window} 的工作记录缺少最后的第 {first} 至第 {last} 条。", KEEP),
    "rewritten": ("工作记录从{told_by}之前起被整段重写过：{entry}与当时不同。", KEEP),
    "window_unknown": ("有一个来历不明的窗口 {place} 的工作记录。", KEEP),
    "case_changed": ("案卷 {place} 的内容与工作记录不符，最后一条是{entry}。", LOOK),
    "case_unproved": ("案卷 {place} 的工作记录前后不连贯，无法核对内容，最后一条是{entry}。", LOOK),
    "case_gone": ("案卷 {place} 不见了，而它没有彻底删除过，最后一条是{entry}。", FROM_BACKUP),
    "case_unrecorded": ("案卷 {place} 没有任何工作记录。", LOOK),
    "case_number": ("案卷 {place} 的编号与工作记录不符。", LOOK),
    "case_bin": ("案卷 {place} 是否已删除，与工作记录不符。", LOOK),
    "assessment_changed": ("案卷 {place} 封存的测算（第 {first} 号）被改过。", KEEP),
    "assessment_gone": ("案卷 {place} 封存的测算（第 {first} 号）不见了。", KEEP),
    "assessment_unrecorded": ("案卷 {place} 有一份来历不明的测算（第 {first} 号）。", KEEP),
    "notice_changed": ("文书 {place} 与打印时不同。", "请以当时打印的纸质文书为准，并请技术人员与备份核对。"),
    "notice_gone": ("文书 {place} 不见了。", "请以当时打印的纸质文书为准，并请技术人员与备份核对。"),
    "notice_unrecorded": ("文书 {place} 没有打印记录。", KEEP),
    "batch_gone": ("批次 {place} 少了一个案卷。", "请与当时导出的上报表核对，并请技术人员查明原因。"),
    "batch_unrecorded": (
        "批次 {place} 多了一个没有上报记录的案卷。",
        "请与当时导出的上报表核对，并请技术人员查明原因。",
    ),
    "batch_unlike": ("批次 {place} 的件数或编号与登记不符。", "请与当时导出的上报表核对，并请技术人员查明原因。"),
    "batch_missing": ("上报批次缺少 {first} 个。", "请与当时导出的上报表核对，并请技术人员查明原因。"),
    "number_unregistered": ("编号 {place} 不在编号登记簿中，或登记给了别的案卷。", KEEP),
    "number_of_another": ("登记簿中的编号 {place} 与它的案卷现在的编号不同。", KEEP),
    "register_gap": ("编号登记簿（{place}）缺号或跳号。", KEEP),
    "count": ("案卷数记为 {first} 件，实有 {last} 件。", KEEP),
    "change_number": ("存盘序号记为 {first}，实有 {last}。", FROM_BACKUP),
    "keys_of_nobody": ("检索登记中有 {first} 项不属于任何案卷。", "案卷不受影响；请联系技术人员。"),
    "known": ("案卷 {place} 的检索和查重登记与内容不符。", AGAIN),
}
PARTS = {
    "pages": "文件",
    "structure": "数据库结构",
    "entries": "工作记录",
    "cases": "案卷",
    "counts": "编号和批次",
    "known": "检索登记",
}
MOST_NAMED = 4  # characters of a window that are shown


@dataclass(frozen=True, slots=True)
class Audit:
    """What a check came to: a sentence of what was looked at, and the troubles, each with what to do."""

    looked_at: str
    troubles: tuple[Problem, ...]
    more: int

    @property
    def sound(self) -> bool:
        """Whether there is no trouble."""
        return not self.troubles


def audit(store: Store, tell: Callable[[str], bool] | None = None, anchors: Iterable[Anchor] = ()) -> Audit:
    """Checks an open store; it can take minutes, and works on a connection of its own.

    Args:
        store: the store.
        tell: told how far it has come, in words; gives whether to go on.
        anchors: where the journal stood once, as backups tell.

    Raises:
        Problem: where it was not to go on, or the disk is at fault.
    """
    return in_words(check_store(store, Watch(lambda far: tell(progress_words(far))) if tell else None, anchors))


def in_words(report: CheckReport) -> Audit:
    """What a check found, in sentences."""
    return Audit(_looked_at(report), tuple(trouble_of(one) for one in report.findings), report.more)


def trouble_of(finding: Finding) -> Problem:
    """A finding as a sentence with what to do."""
    what, remedy = WORDS[finding.what]
    told = what.format(
        place=finding.place,
        first=finding.first,
        last=finding.last,
        window=_window(finding.place),
        part=PARTS.get(finding.place, "一处"),
        told_by="存盘副本" if finding.place == TAIL else f" {finding.place} ",
        entry=_entry(finding.entry) if finding.entry else "",
    )
    return Problem(told, remedy)


def progress_words(progress: Progress) -> str:
    """How far a check has come."""
    part = PARTS.get(progress.part, progress.part)
    return f"正在检查{part}（{progress.done}/{progress.of}）" if progress.done else f"正在检查{part}"


def _entry(stamp: Stamp) -> str:
    kind = KINDS.get(stamp.kind, stamp.kind)
    at = stamp.at[:16].replace("T", " ")
    return f"窗口 {_window(stamp.window)} 第 {stamp.seq} 条记录（{at} {kind}）"


def _window(window: str) -> str:
    return window[-MOST_NAMED:]


def _looked_at(report: CheckReport) -> str:
    seen = {name: report.seen.get(name, 0) for name in ("pages", "entries", "cases", "assessments", "notices", "known")}
    sample = "" if seen["known"] == seen["cases"] else f"（其中 {seen['known']} 个核对了检索登记）"
    return (
        f"已检查 {seen['pages']} 页、{seen['entries']} 条工作记录、{seen['cases']} 个案卷{sample}、"
        f"{seen['assessments']} 份封存的测算、{seen['notices']} 份文书。"
    )
