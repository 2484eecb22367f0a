"""Cases thrown away: into the bin with a reason, back out of it, or gone for good where the county never had them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.clerks import require
from desktop.domain.problems import Problem
from desktop.store import bin, cases, clerks, register
from desktop.store.cases import KeptCase
from desktop.store.journal import Note, entries_of, note
from desktop.work.office import Office

SERIES = "case"
MISTAKEN = "误建"
USUAL_REASONS = (MISTAKEN, "重复录入", "申请人撤回申请", "不属于本窗口受理")


@dataclass(frozen=True, slots=True)
class BinRow:
    """What the bin shows of one case; ``who`` deleted it, ``sent`` says that the county has had it."""

    id: str
    case_no: str | None
    applicant: str | None
    id_tail: str | None
    deleted_at: datetime
    who: str
    why: str
    sent: bool

    @property
    def name(self) -> str:
        """What a sentence calls the case."""
        return self.case_no or self.applicant or "未编号的案卷"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many cases are gone for good, and those that stay in the bin because the county has had them."""

    gone: int
    kept_back: tuple[str, ...]


def delete_case(office: Office, case_id: str, why: str) -> None:
    """Puts a case into the bin and gives its number up; its notices keep theirs. ``put_back`` undoes it.

    Raises:
        Problem: where a case with a number is given no reason, or there is no such case outside the bin.
    """
    with office.change() as pen:
        kept = cases.get(office.kept, case_id)
        why = why.strip() or ("" if kept.case_no else MISTAKEN)
        if not why:
            raise Problem("没有说明删除的原因。", "已编号的案卷请选择或写明原因，登记簿上会注明。")
        bin.delete(pen, kept, why)
        if kept.case_no:
            register.give_up(pen, SERIES, kept.case_no, why)
            note(pen, Note("given_up", case_id, path=kept.case_no, new=why))


def put_back(office: Office, case_id: str) -> None:
    """Takes a case out of the bin; the number that it had stands again.

    Raises:
        Problem: where it does not lie in the bin.
    """
    with office.change() as pen:
        kept = _binned(office, case_id)
        bin.put_back(pen, kept)
        if kept.case_no:
            register.take_up_again(pen, SERIES, kept.case_no)


def in_bin(office: Office) -> tuple[BinRow, ...]:
    """The cases in the bin, what was deleted last first."""
    names = {clerk.id: clerk.name for clerk in clerks.all_clerks(office.kept)}
    return tuple(_row(office, one, names) for one in bin.in_bin(office.kept))


def purge(office: Office, case_ids: Sequence[str]) -> Purged:
    """Deletes cases of the bin for good, all in one change; the register keeps their numbers with the reasons.

    Raises:
        Problem: where the role does not allow it, or one does not lie in the bin; nothing is deleted then.
    """
    require(office.who(), "empty_bin")
    with office.change() as pen:
        found = [_binned(office, case_id) for case_id in case_ids]
        sent = {kept.id: kept.case_no or kept.id for kept in found if bin.was_sent(office.kept, kept.id)}
        for kept in found:
            if kept.id not in sent:
                bin.purge(pen, kept)
    return Purged(len(found) - len(sent), tuple(sent.values()))


def empty_bin(office: Office) -> Purged:
    """Deletes for good whatever of the bin the county has not had.

    Raises:
        Problem: where the role does not allow it.
    """
    return purge(office, [one.id for one in bin.in_bin(office.kept)])


def _binned(office: Office, case_id: str) -> KeptCase:
    kept = cases.find(office.kept, case_id)
    if kept is None or kept.listed.deleted_why is None:
        raise Problem("这个案卷不在回收站里。", "请刷新回收站后重新选择。")
    return kept


def _row(office: Office, one: cases.ListedCase, names: dict[str, str]) -> BinRow:
    thrown = [entry for entry in entries_of(office.kept, one.id) if entry.kind == "deleted"][-1]
    return BinRow(
        id=one.id,
        case_no=one.case_no,
        applicant=one.shown.applicant,
        id_tail=one.shown.id_tail,
        deleted_at=thrown.at,
        who=names.get(thrown.who, thrown.who),
        why=one.deleted_why or "",
        sent=bin.was_sent(office.kept, one.id),
    )
