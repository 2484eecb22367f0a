"""The office's facts in the file: its letterhead, its locality, its pattern of numbers; each with its entry when it changes."""

import json

from desktop.store.chain import plain_json
from desktop.store.file import Pen, Store
from desktop.store.journal import Note, note


def facts(store: Store) -> dict[str, object]:
    """All facts by name."""
    return {name: json.loads(value) for name, value in store.read("SELECT name, value FROM facts").fetchall()}


def state_fact(pen: Pen, name: str, value: object) -> None:
    """States a fact; nothing happens where it is so already."""
    before = facts(pen.store).get(name)
    if before != value:
        pen.write(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, plain_json(value)),
        )
        note(pen, Note("fact", path=name, old=before, new=value))
