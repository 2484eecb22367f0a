"""The office's clerks: added, given a role or a new password, retired; by an administrator."""

from desktop.domain.clerks import Clerk, require
from desktop.domain.problems import Problem
from desktop.store import clerks, keys
from desktop.work.entering import Door, keys_store
from desktop.work.office import Office


def staff(office: Office) -> tuple[Clerk, ...]:
    """Those who may sign in."""
    return clerks.clerks(office.kept)


def add_clerk(office: Office, door: Door, name: str, role: str, password: str) -> Clerk:
    """Adds a clerk with a first password.

    Raises:
        Problem: where the role does not allow it, or name or password will not do.
    """
    from ulid import ULID

    require(office.who(), "keep_clerks")
    keys.check_new_password(password, role)
    clerk = Clerk(str(ULID.from_datetime(office.now())), _fit(office, name), role)
    slots = [*keys.read_keys(door.keys), keys.lock_in(office.kept.secret, clerk, password, door.cost)]
    with office.change() as pen:
        clerks.add_clerk(pen, clerk)
        keys.write_keys(door.keys, slots, keys_store(door))
    return clerk


def give_password(office: Office, door: Door, clerk: Clerk, password: str) -> None:
    """Gives a clerk who forgot the password another one.

    Raises:
        Problem: where the role does not allow it, or the password will not do.
    """
    require(office.who(), "keep_clerks")
    keys.check_new_password(password, clerk.role)
    others = [one for one in keys.read_keys(door.keys) if one.clerk != clerk.id]
    keys.write_keys(
        door.keys, [*others, keys.lock_in(office.kept.secret, clerk, password, door.cost)], keys_store(door)
    )


def retire_clerk(office: Office, door: Door, clerk: Clerk) -> None:
    """Ends a clerk's signing in; what they did keeps their name.

    Raises:
        Problem: where the role does not allow it, or nobody would be left to administer.
    """
    require(office.who(), "keep_clerks")
    _leave_one(office, clerk)
    others = [one for one in keys.read_keys(door.keys) if one.clerk != clerk.id]
    with office.change() as pen:
        clerks.retire_clerk(pen, clerk)
        keys.write_keys(door.keys, others, keys_store(door))


def change_role(office: Office, clerk: Clerk, role: str) -> Clerk:
    """Gives a clerk another role; it holds from the next thing that they do.

    Raises:
        Problem: where the role does not allow it, or nobody would be left to administer.
    """
    require(office.who(), "keep_clerks")
    if role != "administrator":
        _leave_one(office, clerk)
    changed = Clerk(clerk.id, clerk.name, role)
    with office.change() as pen:
        clerks.change_clerk(pen, changed)
    return changed


def _leave_one(office: Office, clerk: Clerk) -> None:
    others = [one for one in staff(office) if one.role == "administrator" and one.id != clerk.id]
    if not others:
        raise Problem("至少要留一名管理员。", "请先把另一人设为管理员。")


def _fit(office: Office, name: str) -> str:
    name = name.strip()
    if not name:
        raise Problem("没有填写姓名。", "请填写姓名。")
    if any(one.name == name for one in staff(office)):
        raise Problem(f"已有名为 {name} 的帐号。", "同名的请在姓名后加以区别，例如工号。")
    return name
