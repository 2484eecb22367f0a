"""What is our own defect is written down for us: where it happened, never with what anybody typed."""

import platform
import traceback
from datetime import datetime
from pathlib import Path


def record_incident(folder: Path, error: BaseException, now: datetime) -> Path:
    """Adds an incident to the log: types and places in our code, no messages and no values (they may name somebody)."""
    log = folder / "incidents.log"
    lines = [f"{now:%Y-%m-%d %H:%M:%S} {platform.system()} python {platform.python_version()}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__qualname__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    with log.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n\n")
    return log
