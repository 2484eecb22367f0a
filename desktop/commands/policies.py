"""Commands on policies and localities: listed, shown, checked, proven, and the official text attached."""

import argparse
import sys
from pathlib import Path

from desktop.commands.doors import DIFFERS, FINE, Commands, Doors, complain


def add_commands(policy: Commands) -> None:
    """Declares the commands and what they are told."""
    policy.add_parser("list", help="列出").set_defaults(command=_list)
    show = policy.add_parser("show", help="显示一份的全部内容")
    show.add_argument("id", help="政策或地区的编号")
    show.set_defaults(command=_show)
    check = policy.add_parser("check", help="检查格式、场景和上级文件的界限")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="政策或地区文件；不写时检查全部")
    check.set_defaults(command=_check)
    coverage = policy.add_parser("coverage", help="逐条列出条款由什么计算、由什么提示")
    coverage.add_argument("id", nargs="?", help="政策的编号；不写时列出全部")
    coverage.set_defaults(command=_coverage)
    mutate = policy.add_parser("mutate", help="逐处改动一份政策，看场景能否发现")
    mutate.add_argument("id", help="政策的编号")
    mutate.set_defaults(command=_mutate)
    attach = policy.add_parser("attach", help="附上一份政策的官方原文")
    attach.add_argument("id", help="政策的编号")
    attach.add_argument("path", type=Path, metavar="FILE", help="原文的纯文本（UTF-8 或 GB18030）")
    attach.set_defaults(command=_attach)


def _list(_: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.telling import library_lines

    print("\n".join(library_lines(doors.office(None).library)))
    return FINE


def _show(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.telling import policy_text

    print(policy_text(doors.office(None).library, options.id))
    return FINE


def _check(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.checking import check_files

    checked = check_files(doors.office(None).library, options.paths)
    for line in (*checked.lines, *checked.notes):
        print(line)
    if checked.failures:
        complain(*checked.failures)
    return DIFFERS if checked.failures else FINE


def _coverage(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.proving import coverage_lines, covered

    found = covered(doors.office(None).library, options.id)
    for line in coverage_lines(found):
        print(line)
    complain(*found.faults)
    return DIFFERS if found.faults else FINE


def _mutate(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.policy.proof.mutation import score_of
    from desktop.work.proving import score_lines, tried_mutants

    total, trying = tried_mutants(doors.office(None).library, options.id)
    tried = []
    try:
        for one in trying:
            tried.append(one)
            if sys.stderr.isatty():
                print(f"\r已试 {len(tried)}/{total} 处改动", end="", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        complain(f"\n已取消：试过 {len(tried)}/{total} 处改动，没有结论。")
        return DIFFERS
    if sys.stderr.isatty():
        complain("")
    score = score_of(tried)
    for line in score_lines(score):
        print(line)
    return FINE if score.enough else DIFFERS


def _attach(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.official_texts import attach_text

    attached = attach_text(doors.office(None), options.id, options.path)
    print(f"已为{attached.document}附上原文。{attached.words}")
    return FINE
