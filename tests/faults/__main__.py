"""Kills and damages stores at random points, and says what came of it: ``python -m tests.faults --kills 1000``."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.killing import Killer, Tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the folder where something failed")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tally = Killer(Path(folder), wanted.seed).run(wanted.kills, tell=True)
        print("\n".join(told(tally)))
        if tally.failures and wanted.keep:
            Path(folder).rename(f"/tmp/faults-{wanted.seed}")
    return 1 if tally.failures else 0


def told(tally: Tally) -> list[str]:
    lines = [f"{tally.count} kills in {tally.seconds:.0f} s ({tally.count / tally.seconds:.1f} a second), {tally.stores} stores"]
    lines += [f"  {phase:<14} {kills:>5}" for phase, kills in sorted(tally.kills.items(), key=lambda one: -one[1])]
    lines.append(f"sittings that ended before: {tally.outlived}; replayed from the tail: {tally.replayed}")
    lines.append(f"tails cut after a kill: {tally.cut}, logs spoilt: {tally.lost}, stores restored for that: {tally.restored}")
    lines.append(f"acknowledged steps: {tally.acknowledged}, saves: {tally.fields}")
    lines += [f"FAILED {failure}" for failure in tally.failures] or ["lost: 0"]
    return lines


if __name__ == "__main__":
    sys.exit(main())
