"""The office's clerks in the file: who they are, which role they have, and until when."""

from desktop.domain.clerks import Clerk
from desktop.store.file import Pen, Store
from desktop.store.journal import Note, note


def add_clerk(pen: Pen, clerk: Clerk) -> None:
    """Adds a clerk."""
    pen.write(
        "INSERT INTO clerks (id, name, role, since) VALUES (?, ?, ?, ?)",
        (clerk.id, clerk.name, clerk.role, pen.at.isoformat()),
    )
    note(pen, Note("clerk", path=clerk.id, new=_said(clerk)))


def change_clerk(pen: Pen, clerk: Clerk) -> None:
    """Gives a clerk another name or role."""
    before = next(one for one in all_clerks(pen.store) if one.id == clerk.id)
    pen.write("UPDATE clerks SET name = ?, role = ? WHERE id = ?", (clerk.name, clerk.role, clerk.id))
    note(pen, Note("clerk", path=clerk.id, old=_said(before), new=_said(clerk)))


def retire_clerk(pen: Pen, clerk: Clerk) -> None:
    """A clerk signs in no more; what they did keeps their name."""
    pen.write("UPDATE clerks SET until = ? WHERE id = ?", (pen.at.isoformat(), clerk.id))
    note(pen, Note("clerk", path=clerk.id, old=_said(clerk), new=None))


def clerks(store: Store) -> tuple[Clerk, ...]:
    """Those who may sign in, by their time of joining."""
    rows = store.read("SELECT id, name, role FROM clerks WHERE until IS NULL ORDER BY since, id").fetchall()
    return tuple(Clerk(*row) for row in rows)


def all_clerks(store: Store) -> tuple[Clerk, ...]:
    """Everybody who ever signed in."""
    return tuple(Clerk(*row) for row in store.read("SELECT id, name, role FROM clerks ORDER BY since, id").fetchall())


def names(store: Store) -> dict[str, str]:
    """The title of everybody who may be named in an entry."""
    return {clerk.id: clerk.title for clerk in all_clerks(store)} | {"": "程序"}


def _said(clerk: Clerk) -> dict[str, str]:
    return {"name": clerk.name, "role": clerk.role}
