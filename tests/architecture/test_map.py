"""The map of the house in desktop/__init__.py shows every room and module, and nothing that is not there."""

import ast
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"


def read_map(text: str) -> tuple[list[str], list[str]]:
    """The paths that a map lists, and those among them that say nothing about what is there.

    A line that opens with `name/` is a package and holds the lines indented beneath it;
    one that opens with `name.py` is a module. Every other line is prose.
    """
    listed: list[str] = []
    silent: list[str] = []
    around: list[tuple[int, str]] = []  # the packages that hold the line, each with its indentation
    for line in text.splitlines():
        name, _, sentence = line.strip().partition(" ")
        if not name.endswith(("/", ".py")):
            continue
        indentation = len(line) - len(line.lstrip())
        while around and around[-1][0] >= indentation:
            around.pop()
        path = (around[-1][1] if around else "") + name
        if name.endswith("/"):
            around.append((indentation, path))
        listed.append(path)
        if not sentence.strip():
            silent.append(path)
    return listed, silent


def walk_house(root: Path) -> list[str]:
    """Every package and module; a package's own `__init__.py` is the package."""
    found = []
    for path in root.rglob("*.py"):
        inside = path.relative_to(root)
        if path.name != "__init__.py":
            found.append(inside.as_posix())
        elif path.parent != root:
            found.append(f"{inside.parent.as_posix()}/")
    return sorted(found)


def test_map_shows_the_house_as_it_is() -> None:
    docstring = ast.get_docstring(ast.parse((DESKTOP / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed, silent = read_map(docstring)
    house = walk_house(DESKTOP)
    assert [path for path in house if path not in listed] == [], "there, and not on the map"
    assert [path for path in listed if path not in house] == [], "on the map, and not there"
    assert [path for path in listed if listed.count(path) > 1] == [], "on the map twice"
    assert silent == [], "on the map without a word"


def test_map_is_read_by_its_indentation() -> None:
    text = """A house.

        main.py            puts the parts together
        domain/            plain values
            money.py       exact cents
            deep/          further down
                well.py    water
            people.py
        work/              what a clerk does
    """
    listed, silent = read_map(text)
    assert listed == [
        "main.py",
        "domain/",
        "domain/money.py",
        "domain/deep/",
        "domain/deep/well.py",
        "domain/people.py",
        "work/",
    ]
    assert silent == ["domain/people.py"]
