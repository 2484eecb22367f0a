"""The bin: cases that were deleted, each with its reason, until they are put back or gone for good."""

from desktop.domain.problems import Problem
from desktop.store.cases import LISTED, KeptCase, ListedCase, listed_of
from desktop.store.file import Pen, Store
from desktop.store.journal import Note, erase_words, note


def delete(pen: Pen, kept: KeptCase, why: str) -> None:
    """Puts a case into the bin."""
    pen.write(
        "UPDATE cases SET deleted_at = ?, deleted_by = ?, deleted_why = ?, touched = ? WHERE n = ?",
        (pen.at.isoformat(), pen.who.id, why, pen.change, kept.listed.n),
    )
    note(pen, Note("deleted", kept.id, new=why))


def put_back(pen: Pen, kept: KeptCase) -> None:
    """Takes a case out of the bin."""
    pen.write(
        "UPDATE cases SET deleted_at = NULL, deleted_by = NULL, deleted_why = NULL, touched = ? WHERE n = ?",
        (pen.change, kept.listed.n),
    )
    note(pen, Note("put_back", kept.id))


def in_bin(store: Store) -> tuple[ListedCase, ...]:
    """The cases in the bin, what was deleted last first."""
    rows = store.read(f"SELECT {LISTED} FROM cases WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, n DESC")
    return tuple(listed_of(row) for row in rows.fetchall())


def was_sent(store: Store, case_id: str) -> bool:
    """Whether the county has had a case in a batch."""
    return store.read("SELECT 1 FROM batch_cases WHERE case_id = ?", (case_id,)).fetchone() is not None


def purge(pen: Pen, kept: KeptCase) -> None:
    """Deletes a case of the bin for good, with what was sealed and printed of it and the words of its journal.

    Raises:
        Problem: where the county has had it: it is part of a batch that can be asked for.
    """
    if was_sent(pen.store, kept.id):
        raise Problem(f"{kept.case_no or '该案'} 已上报，不能彻底删除。", "它会留在回收站里；需要时可以放回。")
    assert kept.listed.deleted_why is not None, "only what lies in the bin is deleted for good"
    for table in ("notices", "assessments"):
        pen.write(f"DELETE FROM {table} WHERE case_id = ?", (kept.id,))
    pen.write("DELETE FROM cases WHERE n = ?", (kept.listed.n,))
    erase_words(pen, kept.id)
    note(pen, Note("purged", kept.id))
