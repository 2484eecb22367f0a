"""What every command needs: what it opens, its exit codes, and where it complains."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.work.door import Door
from desktop.work.entering import Entered
from desktop.work.office import Office

FINE, DIFFERS, BAD_INPUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Doors:
    """What the commands open: the office (None: without a store), the door of a store, the window, the demo, the self-test."""

    office: Callable[[Entered | None], Office]
    door: Callable[[Path], Door]
    window: Callable[[], int]
    demo: Callable[[Path], int]
    selftest: Callable[[], int]


Command = Callable[[argparse.Namespace, Doors], int]


def complain(*lines: str) -> None:
    """Says what is wrong, where errors are said."""
    for line in lines:
        print(line, file=sys.stderr)


def day(text: str) -> date:
    """A day as an argument.

    Raises:
        ArgumentTypeError: where it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，应写成 2024-05-20。") from None
