"""What every command needs: what it opens, its exit codes, and where it complains."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop.work.backup_places import Backups
from desktop.work.door import Door
from desktop.work.entering import Entered
from desktop.work.office import Office

FINE, DIFFERS, BAD_INPUT = 0, 1, 2
WIDE = 40  # characters of a line that is written over the one before


@dataclass(frozen=True, slots=True)
class Doors:
    """What the commands open: the office (None: without a store), the door of a store, the window, the demo, the self-test.

    ``backups`` says where the backups of a store go.
    """

    office: Callable[[Entered | None], Office]
    door: Callable[[Path], Door]
    backups: Callable[[Path], Backups]
    window: Callable[[], int]
    demo: Callable[[Path], int]
    selftest: Callable[[], int]


class Commands(Protocol):
    """Where commands are declared."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:
        """Declares a command; ``help`` says what it does."""


def complain(*lines: str) -> None:
    """Says what is wrong, where errors are said."""
    for line in lines:
        print(line, file=sys.stderr)


def show_progress(far: str) -> bool:
    """Says how far something has come, where somebody sits and looks; it goes on."""
    if sys.stderr.isatty():
        print(f"\r{far:<{WIDE}}", end="", file=sys.stderr, flush=True)
    return True


def day(text: str) -> date:
    """A day as an argument.

    Raises:
        ArgumentTypeError: where it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，应写成 2024-05-20。") from None
