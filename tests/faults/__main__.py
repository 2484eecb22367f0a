"""Kills and damages stores at points of chance, and says what came of it: ``python -m tests.faults --kills 1000``."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.content import work
from tests.faults.damaging import Damages, damage
from tests.faults.grounds import shipped
from tests.faults.killing import Killer, Tally


def main() -> int:
    """Both, one after the other; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--damages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same sittings and damages")
    parser.add_argument("--json", action="store_true", help="the outcome as data")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        tally = Killer(folder / "killed", wanted.seed).run(wanted.kills)
        began = time.monotonic()
        damages = damage(work(folder / "worked", shipped()), folder / "spoilt", wanted.seed, wanted.damages)
        seconds = time.monotonic() - began
    failures = tally.failures + damages.failures
    if wanted.json:
        sys.stdout.write(json.dumps({"kills": tally.kills, "failures": failures}, ensure_ascii=False))
    else:
        sys.stdout.write(
            "\n".join([*_killed(tally), *_damaged(damages, seconds), *map("FAILED {}".format, failures), ""])
        )
    return 1 if failures else 0


def _killed(tally: Tally) -> list[str]:
    rate = tally.count / max(tally.seconds, 1)
    return [
        f"{tally.count} kills on {tally.stores} stores in {tally.seconds:.0f} s, {rate:.1f} a second, each while",
        *(f"  {phase:<14}{kills:>6}" for phase, kills in tally.kills.most_common()),
        f"  after which {tally.cut} tails lost their end and {tally.lost} logs were spoilt as well",
        f"acknowledged {tally.acknowledged} steps, {tally.fields} of them saves; lost {len(tally.failures)}",
        f"workbooks that were written and never counted as sent: {tally.unsent}",
        f"the tail gave what the log had lost {tally.replayed} times, a backup {tally.restored} times",
    ]


def _damaged(damages: Damages, seconds: float) -> list[str]:
    return [
        f"{sum(sum(hows.values()) for hows in damages.done.values())} damages in {seconds:.0f} s",
        *(f"  {name:<16}{sum(hows.values()):>6}: {_listed(hows)}" for name, hows in sorted(damages.done.items())),
        f"told {damages.told} times, a backup and the tail gave everything {damages.restored} times; "
        f"lost {len(damages.failures)}",
    ]


def _listed(hows: dict[str, int]) -> str:
    return ", ".join(f"{how} {times}" for how, times in sorted(hows.items(), key=lambda one: -one[1]))


if __name__ == "__main__":
    sys.exit(main())
