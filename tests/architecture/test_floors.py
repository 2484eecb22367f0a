"""The floors hold: nothing reaches up, and only the window knows Qt."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "desktop"

LINT_IMPORTS = """
from importlinter.cli import lint_imports
raise SystemExit(lint_imports(no_cache=True, no_logo=True))
"""

WITHOUT_QT = """
import importlib, sys
sys.modules["PySide6"] = sys.modules["shiboken6"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: neither check may see what other tests have imported."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def modules_below_the_window() -> list[str]:
    """Every module of the program but the window and what puts the parts together."""
    names = []
    for path in sorted(DESKTOP.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[1] not in {"window", "main", "__main__"}:
            names.append(".".join(parts).removesuffix(".__init__"))
    return names


def test_no_module_reaches_up() -> None:
    checked = run_python("-c", LINT_IMPORTS)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_everything_below_the_window_imports_without_qt() -> None:
    imported = run_python("-c", WITHOUT_QT, *modules_below_the_window())
    assert imported.returncode == 0, imported.stderr
