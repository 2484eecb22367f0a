"""Files and functions stay small enough to be read at a glance, or say why they are not."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST_FILE = 250
LONGEST_FUNCTION = 40

# A path, or path::function, with the reason why it is better whole.
EXCEPTIONS: dict[str, str] = {
    "desktop/__init__.py": "the map: a line a module, however many rooms there are",
    "desktop/policy/law/reading.py::read_policy": "the table of contents of a policy file: a line for each of its parts",
}


def find_large() -> dict[str, int]:
    """What is longer than it should be, with its lines; decorators and docstring count."""
    large = {}
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            large[place] = lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                if (lines := (node.end_lineno or first) - first + 1) > LONGEST_FUNCTION:
                    large[f"{place}::{node.name}"] = lines
    return large


def test_what_is_large_has_a_reason() -> None:
    assert {place: lines for place, lines in find_large().items() if place not in EXCEPTIONS} == {}


def test_no_reason_outlives_its_need() -> None:
    large = find_large()
    assert [place for place in EXCEPTIONS if place not in large] == []
    assert [place for place, reason in EXCEPTIONS.items() if not reason.strip()] == []
