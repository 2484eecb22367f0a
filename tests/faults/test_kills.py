"""A few kills at points of chance, in a process that has no window; `make faults` does a thousand."""

import json
import subprocess
import sys

import pytest

from tests.faults.grounds import ROOT

KILLS = 30


@pytest.mark.skipif(sys.platform == "win32", reason="a killed process is made by fork")
def test_nothing_acknowledged_is_lost_wherever_the_program_is_killed() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--kills", str(KILLS), "--damages", "0", "--seed", "7", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.stdout, played.stderr
    came = json.loads(played.stdout)
    assert came["failures"] == []
    assert sum(came["kills"].values()) == KILLS
    assert len(came["kills"]) >= 4, "they came at different moments"
