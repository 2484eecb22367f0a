"""The one door: work is done in order on another thread, and what came of it is received on the window's."""

import sys
import threading
from functools import partial
from time import sleep
from types import TracebackType

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.problems import Fault, Problem, Refused
from desktop.window.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


def never(problem: Problem) -> None:
    raise AssertionError(problem)


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks) -> None:
    seen: list[tuple[int, int]] = []
    tasks.run(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())), never)
    assert not tasks.idle()
    assert tasks.wait_until_idle()
    worker, receiver = seen[0]
    assert worker != receiver == threading.get_ident()
    tasks.close()


def test_work_is_done_in_the_order_it_was_asked_for(tasks: Tasks) -> None:
    done: list[int] = []
    for place in range(20):
        tasks.run(partial(int, place), done.append, never)
    tasks.wait_until_idle()
    assert done == list(range(20))
    tasks.close()


def test_a_problem_is_handed_over_and_a_refusal_in_its_words(tasks: Tasks) -> None:
    problems: list[Problem] = []

    def fail() -> None:
        raise Problem("磁盘已满。", "请清理后再试。")

    def refuse() -> None:
        raise Refused((Fault("patient", "没有指明患者。", "请填患者。"),))

    tasks.run(fail, lambda _: never(problems[0]), problems.append)
    tasks.run(refuse, lambda _: never(problems[0]), problems.append)
    tasks.wait_until_idle()
    assert [problem.what for problem in problems] == ["磁盘已满。", "没有指明患者。请填患者。"]
    tasks.close()


def test_a_defect_reaches_the_last_net_and_the_door_stays_open(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[BaseException] = []

    def catch(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        caught.append(error)

    monkeypatch.setattr(sys, "excepthook", catch)
    done: list[int] = []
    tasks.run(lambda: 1 // 0, done.append, never)
    tasks.run(lambda: 7, done.append, never)
    tasks.wait_until_idle()
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert done == [7]
    tasks.close()


def test_closing_waits_for_what_is_under_way(tasks: Tasks) -> None:
    done: list[str] = []

    def slow() -> str:
        sleep(0.1)
        return "saved"

    tasks.run(slow, done.append, never)
    tasks.close()
    assert done == ["saved"]
