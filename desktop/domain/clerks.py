"""Who works at the window: clerks, their roles, and what a role may do."""

from dataclasses import dataclass

from desktop.domain.problems import Problem

ROLES = {"clerk": "受理员", "reviewer": "审核员", "administrator": "管理员"}

# What needs a role; taking in, editing, printing and searching need none but being signed in.
RIGHTS: dict[str, tuple[str, frozenset[str]]] = {
    "release_batch": ("上报批次", frozenset({"reviewer", "administrator"})),
    "change_office": ("更改地区、单位和编号规则", frozenset({"administrator"})),
    "keep_clerks": ("管理工作人员", frozenset({"administrator"})),
    "empty_bin": ("彻底删除案卷", frozenset({"administrator"})),
    "restore": ("恢复备份", frozenset({"administrator"})),
}


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who signs in; ``role`` is one of ROLES."""

    id: str
    name: str
    role: str

    @property
    def title(self) -> str:
        """The name with its role, as the window and the journal show it."""
        return f"{self.name}（{ROLES[self.role]}）"


# The program itself, where it puts things in order and nobody asked for it.
NOBODY = Clerk("", "程序", "clerk")


def may(clerk: Clerk, right: str) -> bool:
    """Whether a clerk's role has a right."""
    return clerk.role in RIGHTS[right][1]


def require(clerk: Clerk, right: str) -> None:
    """Goes on where the clerk may.

    Raises:
        Problem: naming who may.
    """
    if not may(clerk, right):
        what, roles = RIGHTS[right]
        who = "或".join(word for role, word in ROLES.items() if role in roles)
        raise Problem(f"{what}需要{who}的权限。", f"请由{who}登录后办理。")
