"""Names are the field's: none that only says that something is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

EMPTY_CLASS_NAME = re.compile(r"(Manager|Helper|Handler|Base|Data|Info)$|Util")
EMPTY_MODULE_NAMES = {"common", "core", "helper", "helpers", "misc", "util", "utils"}

MODULES = sorted((ROOT / "desktop").rglob("*.py"))


def test_no_class_has_an_empty_name() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAME.search(node.name)
    ]
    assert found == []


def test_no_module_has_an_empty_name() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if EMPTY_MODULE_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert found == []
