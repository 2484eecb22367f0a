"""An office with some work in it, made once, and given out in copies that may be spoilt."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.work.library import Library
from desktop.work.office import Office
from tests.faults.content import LATER, Worked, work
from tests.faults.grounds import Clock, come_in, office_of


@pytest.fixture(scope="session")
def offices(library: Library, tmp_path_factory: pytest.TempPathFactory) -> tuple[Worked, Worked]:
    """An office closed in peace, and the same as it lay there before that, its log not yet in the file."""
    return work(tmp_path_factory.mktemp("worked"), library)


@pytest.fixture
def closed(offices: tuple[Worked, Worked], tmp_path: Path) -> Worked:
    """An office that was closed in peace."""
    return offices[0].again(tmp_path / "office")


@pytest.fixture
def pulled(offices: tuple[Worked, Worked], tmp_path: Path) -> Worked:
    """An office whose plug was pulled: all since the last checkpoint is in the log."""
    return offices[1].again(tmp_path / "office")


@pytest.fixture
def open_office(library: Library) -> Iterator[Callable[[Worked], Office]]:
    """Opens an office; whatever is open in the end is closed."""
    opened: list[Office] = []

    def come(worked: Worked) -> Office:
        clock = Clock(LATER)
        entered = come_in(worked.ground, clock)
        opened.append(office_of(library, entered.store, entered.clerk, clock))
        return opened[-1]

    yield come
    for office in opened:
        if office.kept.take_up:  # not closed yet
            office.kept.close()
