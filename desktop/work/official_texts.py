"""Official texts: documents as they were published, attached by the office, where a citation opens at its clause."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.problems import Problem
from desktop.policy.law.official_text import mentions, paragraphs
from desktop.policy.law.passages import CLOSING_CITE, locate
from desktop.work.files import read_bytes, write_aside
from desktop.work.office import Office

LARGEST = 2_000_000  # bytes; the longest of such documents has a tenth of it
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class AttachedText:
    """How an attached text fits its policy: the cited clauses that it lacks, and why it may be another document's, or ""."""

    document: str
    missing: tuple[str, ...]
    doubt: str

    @property
    def words(self) -> str:
        """What a clerk should know before trusting it."""
        lacking = f"以下条款没有单独找到：{'、'.join(self.missing)}。" if self.missing else "引用的条款都能找到。"
        return f"{self.doubt}{lacking}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one document's text: what lies there, None where nothing does, or why it cannot be read."""

    policy: str
    document: str
    title: str
    attached: AttachedText | None
    trouble: Problem | None


def attach_text(office: Office, policy_id: str, path: Path) -> AttachedText:
    """Keeps a document's plain text, instead of one that was attached before.

    Raises:
        Problem: where the policy is not here, or the file is not its text: unreadable, empty, too large, neither UTF-8
            nor GB18030, or without any clause that the policy cites.
    """
    _know(office, policy_id)
    if path.is_file() and path.stat().st_size > LARGEST:
        raise Problem(f"{path.name} 超过 2 MB，不像是文件原文。", "请只保留正文，另存为纯文本（.txt）后再附上。")
    text = _decoded(read_bytes(path), path.name)
    if not text.strip():
        raise Problem(f"{path.name} 是空的。", "请选择存有原文的纯文本（.txt）文件。")
    attached = _fitting(office, policy_id, text)
    telling = set(_cites(office, policy_id)) - {CLOSING_CITE}  # which any document has
    if telling <= set(attached.missing):
        raise Problem(f"{path.name} 里没有找到{attached.document}被引用的任何条款。", "请核对是否选对了文件。")
    keep_text(office, policy_id, text)
    return attached


def keep_text(office: Office, policy_id: str, text: str) -> None:
    """Writes a text whole, or not at all.

    Raises:
        Problem: where the folder cannot be written.
    """
    try:
        office.official_texts.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"无法建立文件夹 {office.official_texts}。", "请检查磁盘和写入权限。") from error
    write_aside(_file(office, policy_id), text.encode("utf-8"))


def attached_text(office: Office, policy_id: str) -> str | None:
    """The text that was attached; None where none was.

    Raises:
        Problem: where it cannot be read any more.
    """
    path = _file(office, policy_id)
    return _decoded(read_bytes(path), path.name) if path.is_file() else None


def doubt(office: Office, policy_id: str, text: str) -> str:
    """Why a text may be another document's: a sentence, empty where it bears the document's number or title."""
    policy = office.library.policies[policy_id]
    if mentions(text, policy.document) or mentions(text, policy.title):
        return ""
    return f"文中没有出现「{policy.document}」，请核对是否附对了文件。"


def remove_text(office: Office, policy_id: str) -> None:
    """Takes the attached text away.

    Raises:
        Problem: where the file cannot be deleted.
    """
    path = _file(office, policy_id)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(f"无法删除 {path}。", "请关闭正在使用它的程序后再试。") from error


def shelves(office: Office) -> tuple[Shelf, ...]:
    """Every document whose clauses are cited, with what is attached to it: the own one first, then those above it."""
    library = office.library
    own = office.policy_for(office.locality).id
    first = (own, *library.above(own))
    others = (one for one, policy in library.policies.items() if one not in first and policy.kind != "example")
    return tuple(_shelf(office, policy_id) for policy_id in (*first, *others) if _cites(office, policy_id))


def _shelf(office: Office, policy_id: str) -> Shelf:
    policy = office.library.policies[policy_id]
    try:
        text = attached_text(office, policy_id)
    except Problem as problem:
        return Shelf(policy_id, policy.document, policy.title, None, problem)
    attached = None if text is None else _fitting(office, policy_id, text)
    return Shelf(policy_id, policy.document, policy.title, attached, None)


def _fitting(office: Office, policy_id: str, text: str) -> AttachedText:
    parts = paragraphs(text)
    found = {cite: locate(parts, cite) for cite in _cites(office, policy_id)}
    missing = tuple(cite for cite, passage in found.items() if passage is None or passage.cite != cite)
    return AttachedText(office.library.policies[policy_id].document, missing, doubt(office, policy_id, text))


def _cites(office: Office, policy_id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause.cite for clause in office.library.clauses.get(policy_id, ())))


def _file(office: Office, policy_id: str) -> Path:
    _know(office, policy_id)
    return office.official_texts / f"{policy_id}.txt"


def _know(office: Office, policy_id: str) -> None:
    if policy_id not in office.library.policies:
        known = "、".join(office.library.policies)
        raise Problem(f"没有名为「{policy_id}」的政策。", f"现有：{known}。")


def _decoded(content: bytes, name: str) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Problem(f"{name} 不是 UTF-8 或 GB18030 编码的纯文本。", "请在文字处理软件中另存为纯文本（.txt）后再附上。")
