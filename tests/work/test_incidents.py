"""A defect is written down by its place in our code, never with what anybody typed."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.work.incidents import record_incident

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


def test_the_log_names_the_place_and_nobody(tmp_path: Path) -> None:
    try:
        try:
            raise KeyError("520199197203152014")
        except KeyError as error:
            raise ValueError("王示例 的身份证号") from error
    except ValueError as error:
        log = record_incident(tmp_path, error, NOON)
    told = log.read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "KeyError" in told
    assert "test_incidents.py" in told
    assert "王示例" not in told
    assert "520199" not in told


def test_incidents_stand_one_after_another(tmp_path: Path) -> None:
    for _ in range(2):
        log = record_incident(tmp_path, RuntimeError("anything"), NOON)
    assert log.read_text(encoding="utf-8").count("RuntimeError") == 2
