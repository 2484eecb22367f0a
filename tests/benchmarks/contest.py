"""A contest: the same work by the program and by others in the same run, in turn, so that all meet the same machine."""

import gc
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Contest:
    """What the program does, and who does it ``beside`` it; ``times`` of it make a round that is long enough to measure."""

    what: str
    ours: Work
    beside: Mapping[str, Work]
    rounds: int
    times: int = 1

    def lines(self) -> Iterator[str]:
        """A line for each of the others: both times, and the ratio that counts."""
        ours, *others = self._medians()
        for name, theirs in zip(self.beside, others, strict=True):
            yield line(self.what, shown(ours), shown(theirs), f"{ours / theirs:.2f}", name)

    def _medians(self) -> list[float]:
        """Median seconds of each side, the program's first."""
        sides = (self.ours, *self.beside.values())
        taken: list[list[float]] = [[] for _ in sides]
        for number in range(self.rounds + 1):
            for side, seconds in zip(sides, taken, strict=True):
                gc.collect()  # nobody clears away behind somebody else
                begun = perf_counter()
                for _ in range(self.times):
                    side()
                if number:  # the first round only warms up
                    seconds.append((perf_counter() - begun) / self.times)
        return [statistics.median(seconds) for seconds in taken]


def line(what: str, ours: str, theirs: str, ratio: str, name: str) -> str:
    """A row of the table."""
    return f"{what:<44}{ours:>11}{theirs:>11}{ratio:>8}   {name}"


def shown(seconds: float) -> str:
    """A time for people."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e6:.0f} us" if seconds < 0.001 else f"{seconds * 1e3:.1f} ms"
