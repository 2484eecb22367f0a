"""The command line: which command is meant, and what it comes to as an exit code."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.commands import backups, batches, cases, policies, stores
from desktop.commands.doors import BAD_INPUT, DIFFERS, FINE, Commands, Doors, complain
from desktop.domain.problems import Problem, Refused

__all__ = ["BAD_INPUT", "DIFFERS", "FINE", "Doors", "run"]


def run(arguments: Sequence[str], doors: Doors) -> int:
    """Runs one command; 0 fine, 1 a check fails or was stopped, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options, doors))
    except Refused as refused:
        complain(*(str(fault) for fault in refused.faults))
    except Problem as problem:
        complain(f"{problem.what}{problem.remedy}")
    except KeyboardInterrupt:
        complain("\n已中止，没有做完。")
        return DIFFERS
    return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yimen", description="一门受理台：不带命令时打开窗口。")
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(title="命令", metavar="")
    cases.add_commands(commands)
    policies.add_commands(_group(commands, "policy", "政策与地区参数", "list|show|check|coverage|mutate|attach"))
    store = _group(commands, "store", "案卷库", "create|check|backup|restore|day-sheet")
    stores.add_commands(store)
    backups.add_commands(store)
    batches.add_commands(_group(commands, "batch", "县级批次", "export"))
    commands.add_parser("selftest", help="安装后自检").set_defaults(command=_selftest)
    demo = commands.add_parser("demo", help="用样例演示全过程")
    demo.add_argument("--out", type=Path, default=Path("out"), help="截图、文书和上报表所在的文件夹")
    demo.set_defaults(command=_demo)
    return parser


def _group(commands: Commands, name: str, told: str, choices: str) -> Commands:
    return commands.add_parser(name, help=told).add_subparsers(required=True, metavar=choices)


def _window(_: argparse.Namespace, doors: Doors) -> int:
    return doors.window()


def _selftest(_: argparse.Namespace, doors: Doors) -> int:
    return doors.selftest()


def _demo(options: argparse.Namespace, doors: Doors) -> int:
    return doors.demo(options.out)
