"""What a clerk waits for, each beside the same done by others in the same run: the ratio counts, not the time."""

import sys
import tempfile
from pathlib import Path

from desktop.work.library import load_library
from tests.benchmarks import engine, paper, store, window
from tests.benchmarks.contest import line
from tests.benchmarks.exactness import exactness
from tests.benchmarks.samples import ROOT


def main() -> int:
    """Prints the lines of each contest as it ends, then how exact each side is."""
    library, peer = load_library(ROOT / "policies"), engine.find_peer()
    if peer is None:
        print("OpenFisca is not installed here, its lines are left out: `uv sync --group bench` brings it.")
    print(line("", "ours", "beside", "ratio", "beside what"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rooms = (
            engine.contests(library, peer, folder),
            paper.contests(library, folder),
            window.contests(folder),
            store.contests(library, folder),
        )
        for room in rooms:
            for contest in room:
                print(*contest.lines(), sep="\n", flush=True)
    print(*exactness(library, peer), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
