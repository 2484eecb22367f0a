"""The small forms about the staff: a new clerk, another role, another password, the own password."""

from desktop.domain.clerks import ROLES
from desktop.domain.problems import Fault
from desktop.window.answers.choices import CodeField
from desktop.window.answers.fields import LineField
from desktop.window.answers.password import PasswordField
from desktop.window.settings.asked import Ask, Asked
from desktop.window.settings.panel import Panel
from desktop.work.staff import LONGEST_NAME, PASSWORD_RULE

WIDTH = 28  # half-width characters
TOLD = "请把首次口令当面告知本人，并提醒登录后在这里换成自己的。"
ROLE_ABOUT = "改为管理员的，请同时设置新口令：管理员的口令要更长。改为其他角色的，不填则口令不变。"


def new_clerk() -> Panel:
    """Asks for ``name``, ``role`` and ``password``."""
    return Panel(
        "添加(&S)", Asked(Ask("name", "姓名(&N)", _name(), width=WIDTH), _role(), *_passwords("首次口令")), TOLD
    )


def new_role() -> Panel:
    """Asks for ``role`` and ``password``."""
    return Panel("更改(&S)", Asked(_role(), *_passwords("新口令")), ROLE_ABOUT)


def new_password() -> Panel:
    """Asks for ``password``."""
    return Panel("重设(&S)", Asked(*_passwords("新口令")), TOLD)


def own_password() -> Panel:
    """Asks for ``old`` and ``password``."""
    return Panel("更改(&S)", Asked(Ask("old", "原口令(&O)", PasswordField(), width=WIDTH), *_passwords("新口令")))


def is_same_twice(asked: Asked) -> bool:
    """Whether a new password was typed twice the same; says so beneath the second where it was not."""
    if "again" not in asked.fields or asked.text("password") == asked.text("again"):
        return True
    asked.show_faults([Fault("again", "两次输入的口令不一样。", "请再输一次。")])
    return False


def _name() -> LineField:
    field = LineField()
    field.setMaxLength(LONGEST_NAME)
    return field


def _role() -> Ask:
    return Ask("role", "角色(&J)", CodeField(dict(ROLES.items())), width=WIDTH)


def _passwords(words: str) -> tuple[Ask, Ask]:
    return (
        Ask("password", f"{words}(&K)", PasswordField(), PASSWORD_RULE, WIDTH),
        Ask("again", "再输一次(&G)", PasswordField(), width=WIDTH),
    )
