"""How long a clerk waits for the window, beside an empty one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.contest import Contest

EMPTY_WINDOW = """
import desktop.main, desktop.window.app
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
OUR_WINDOW = """
from PySide6.QtWidgets import QApplication
QApplication.exec = lambda *_: QApplication.processEvents()
from desktop.main import main
raise SystemExit(main([]))
"""


def contests(folder: Path) -> Iterator[Contest]:
    """From the command to the first painted window on an empty store, beside an empty one with the same imports."""
    beside = {"an empty window, same imports": lambda: started(EMPTY_WINDOW, folder)}
    yield Contest("start until the window is there", lambda: started(OUR_WINDOW, folder), beside, rounds=5)


def started(program: str, folder: Path) -> None:
    """A process of its own that ends after its first paint, at home in a folder that is thrown away."""
    homes = {
        name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")
    }
    # Compiled modules are kept between starts, as they are where the program is installed.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = {**os.environ, **homes, **compiled, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, timeout=60)
