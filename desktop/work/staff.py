"""The office's clerks: added, given a role or a new password, retired, by an administrator; the own password by anybody."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.clerks import ROLES, Clerk, require
from desktop.domain.problems import Fault, Problem, Refused
from desktop.store import clerks, keys, tries
from desktop.store.journal import Note, note
from desktop.work.door import Door
from desktop.work.entering import change_password
from desktop.work.office import Office
from desktop.work.own_keys import add_slot, keys_kept, own_slots

LONGEST_NAME = 20
PASSWORD_RULE = f"至少 {keys.SHORTEST['clerk']} 个字符，管理员至少 {keys.SHORTEST['administrator']} 个"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A clerk who may sign in, and since when; None where the id does not tell."""

    clerk: Clerk
    since: date | None


def staff(office: Office) -> tuple[Clerk, ...]:
    """Those who may sign in."""
    return clerks.clerks(office.kept)


def staff_rows(office: Office) -> tuple[StaffRow, ...]:
    """Those who may sign in, by their time of joining."""
    return tuple(StaffRow(clerk, _since(office, clerk)) for clerk in staff(office))


def add_clerk(office: Office, door: Door, name: str, role: str, password: str) -> Clerk:
    """Adds a clerk with a first password.

    Raises:
        Problem: where the role does not allow it. Refused: by ``name``, ``role`` and ``password``, what will not do.
    """
    from ulid import ULID

    require(office.who(), "keep_clerks")
    faults = (*_name_faults(office, name), *_role_faults(role), *_password_faults(password, role))
    if faults:
        raise Refused(faults)
    clerk = Clerk(str(ULID.from_datetime(office.now())), name.strip(), role)
    with keys_kept(door), office.change() as pen:
        clerks.add_clerk(pen, clerk)
        add_slot(door, office.kept, clerk, password)
    return clerk


def give_password(office: Office, door: Door, clerk: Clerk, password: str) -> None:
    """Gives a clerk who forgot the password another one; nobody waits any more for the tries that failed.

    Raises:
        Problem: where the role does not allow it. Refused: by ``password``, what will not do.
    """
    require(office.who(), "keep_clerks")
    faults = _password_faults(password, clerk.role)
    if faults:
        raise Refused(faults)
    with keys_kept(door), office.change() as pen:
        note(pen, Note("clerk", path=f"{clerk.id}.password"))
        add_slot(door, office.kept, clerk, password)
    tries.note_success(door.tries, clerk.id)


def change_own_password(office: Office, door: Door, old: str, new: str) -> None:
    """Gives whoever is at the counter another password.

    Raises:
        Refused: by ``old`` and ``password``, what will not do. Problem: where the keys cannot be read or written.
    """
    clerk = office.who()
    faults = _password_faults(new, clerk.role)
    if faults:
        raise Refused(faults)
    try:
        change_password(door, office.kept, clerk, old, new)
    except keys.WrongPassword as wrong:
        raise Refused((Fault("old", wrong.what, wrong.remedy),)) from wrong


def retire_clerk(office: Office, door: Door, clerk: Clerk) -> None:
    """Ends a clerk's signing in; what they did keeps their name.

    Raises:
        Problem: where the role does not allow it, or the clerk is the one at the counter.
    """
    _may_decide_on(office, clerk)
    others = [one for one in own_slots(door, office.kept) if one.clerk != clerk.id]
    with keys_kept(door), office.change() as pen:
        clerks.retire_clerk(pen, clerk)
        keys.write_keys(door.keys, others, office.kept.id)


def change_role(office: Office, door: Door, clerk: Clerk, role: str, password: str = "") -> Clerk:
    """Gives a clerk another role; the password stays where none is given.

    Whoever becomes an administrator needs another one: how long theirs is, nobody knows but they.

    Raises:
        Problem: where the role does not allow it, or the clerk is the one at the counter. Refused: by ``role`` and
            ``password``.
    """
    _may_decide_on(office, clerk)
    faults = (*_role_faults(role), *_new_role_faults(role, password))
    if faults:
        raise Refused(faults)
    changed = Clerk(clerk.id, clerk.name, role)
    slots = [replace(one, role=role) if one.clerk == clerk.id else one for one in own_slots(door, office.kept)]
    with keys_kept(door), office.change() as pen:
        clerks.change_clerk(pen, changed)
        keys.write_keys(door.keys, slots, office.kept.id)
        if password:
            note(pen, Note("clerk", path=f"{clerk.id}.password"))
            add_slot(door, office.kept, changed, password)
    return changed


def _may_decide_on(office: Office, clerk: Clerk) -> None:
    """An administrator decides on others, so one who decides is always left."""
    require(office.who(), "keep_clerks")
    if clerk.id == office.who().id:
        raise Problem("不能停用自己的帐号，也不能更改自己的角色。", "请由另一名管理员办理。")


def _since(office: Office, clerk: Clerk) -> date | None:
    """An id is made in the moment of joining, and says which one."""
    from ulid import ULID

    try:
        return ULID.from_str(clerk.id).datetime.astimezone(office.now().tzinfo).date()
    except ValueError:
        return None


def _name_faults(office: Office, name: str) -> tuple[Fault, ...]:
    name = name.strip()
    if not name:
        return (Fault("name", "没有填写姓名。", "请填写姓名。"),)
    if len(name) > LONGEST_NAME:
        return (Fault("name", f"姓名有 {len(name)} 个字，太长。", f"请缩短到 {LONGEST_NAME} 个字以内。"),)
    if any(one.name == name for one in staff(office)):
        return (Fault("name", f"已有名为 {name} 的帐号。", "同名的请在姓名后加以区别，例如工号。"),)
    return ()


def _role_faults(role: str) -> tuple[Fault, ...]:
    return () if role in ROLES else (Fault("role", "没有选择角色。", "请选择一个角色。"),)


def _new_role_faults(role: str, password: str) -> tuple[Fault, ...]:
    if role == "administrator" and not password:
        return (Fault("password", "管理员的口令要更长，原口令的长度无从得知。", "请同时设置新口令。"),)
    return _password_faults(password, role) if password else ()


def _password_faults(password: str, role: str) -> tuple[Fault, ...]:
    if role not in ROLES:
        return ()  # what a password must be depends on the role
    try:
        keys.check_new_password(password, role)
    except Problem as problem:
        return (Fault("password", problem.what, problem.remedy),)
    return ()
