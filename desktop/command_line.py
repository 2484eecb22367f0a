"""The commands of the county's IT staff, scripts and tests: argument in, text out, no logic."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.problems import Problem, Refused
from desktop.policy.assessment import assessment_data
from desktop.work.office import Office

FINE, DIFFERS, BAD_INPUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Doors:
    """What the commands open: the office with or without a store, the window, the demo, the self-test."""

    office: Callable[[Path | None], Office]
    window: Callable[[], int]
    demo: Callable[[Path], int]
    selftest: Callable[[], int]


def run(arguments: Sequence[str], doors: Doors) -> int:
    """Runs one command; 0 fine, 1 a check fails, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        if options.command is None:
            return doors.window()
        return int(COMMANDS[options.command](options, doors))
    except Refused as refused:
        _complain(*(str(fault) for fault in refused.faults))
    except Problem as problem:
        _complain(f"{problem.what}{problem.remedy}")
    return BAD_INPUT


def _assess(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.assessing import assess_files
    from desktop.work.telling import assessment_text

    office = doors.office(None)
    for one in assess_files(office.library, options.cases, options.locality, options.on or office.today()):
        if options.json:
            print(json.dumps(assessment_data(one.assessment), ensure_ascii=False))
        else:
            print(assessment_text(one), end="\n\n")
    return FINE


def _notice(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.assessing import assess_files
    from desktop.work.notices import kind_named, write_notice

    office = doors.office(None)
    kind = kind_named(options.kind)
    on = options.on or office.today()
    assessed = assess_files(office.library, [options.case], options.locality, on)[0]
    write_notice(kind, assessed, office.letterhead, office.fonts, on, options.output)
    print(f"已写入 {options.output}")
    return FINE


def _policy_list(_: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.telling import library_lines

    print("\n".join(library_lines(doors.office(None).library)))
    return FINE


def _policy_show(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.telling import policy_text

    print(policy_text(doors.office(None).library, options.id))
    return FINE


def _policy_check(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.checking import check_files

    checked = check_files(doors.office(None).library, options.paths)
    for line in (*checked.lines, *checked.notes):
        print(line)
    if checked.failures:
        _complain(*checked.failures)
    return DIFFERS if checked.failures else FINE


def _policy_coverage(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.proving import coverage_lines, covered

    found = covered(doors.office(None).library, options.id)
    for line in coverage_lines(found):
        print(line)
    _complain(*found.faults)
    return DIFFERS if found.faults else FINE


def _policy_mutate(options: argparse.Namespace, doors: Doors) -> int:
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
        _complain(f"\n已取消：试过 {len(tried)}/{total} 处改动，没有结论。")
        return DIFFERS
    if sys.stderr.isatty():
        _complain("")
    score = score_of(tried)
    for line in score_lines(score):
        print(line)
    return FINE if score.enough else DIFFERS


def _policy_attach(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.official_texts import attach_text

    attached = attach_text(doors.office(None), options.id, options.path)
    print(f"已为{attached.document}附上原文。{attached.words}")
    return FINE


def _batch_export(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.batching import export_batch

    office = doors.office(options.store)
    try:
        sent = export_batch(office, tuple(options.case or ()), options.output)
    finally:
        office.kept.close()
    print(f"{sent.number}：{sent.cases} 件、{sent.rows} 行，救助金额合计 {sent.total} 元，已写入 {sent.path}")
    return FINE


def _selftest(_: argparse.Namespace, doors: Doors) -> int:
    return doors.selftest()


def _demo(options: argparse.Namespace, doors: Doors) -> int:
    return doors.demo(options.out)


COMMANDS: dict[str, Callable[[argparse.Namespace, Doors], int]] = {
    "assess": _assess,
    "notice": _notice,
    "policy list": _policy_list,
    "policy show": _policy_show,
    "policy check": _policy_check,
    "policy coverage": _policy_coverage,
    "policy mutate": _policy_mutate,
    "policy attach": _policy_attach,
    "batch export": _batch_export,
    "selftest": _selftest,
    "demo": _demo,
}


def _complain(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，应写成 2024-05-20。") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yimen", description="一门受理台：不带命令时打开窗口。")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="命令", metavar="")
    _assess_options(commands.add_parser("assess", help="测算案件文件"))
    _notice_options(commands.add_parser("notice", help="由案件文件生成一份文书"))
    policy = commands.add_parser("policy", help="政策与地区参数").add_subparsers(
        required=True, metavar="list|show|check|coverage|mutate|attach"
    )
    policy.add_parser("list", help="列出").set_defaults(command="policy list")
    show = policy.add_parser("show", help="显示一份的全部内容")
    show.add_argument("id", help="政策或地区的编号")
    show.set_defaults(command="policy show")
    check = policy.add_parser("check", help="检查格式、场景和上级文件的界限")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="政策或地区文件；不写时检查全部")
    check.set_defaults(command="policy check")
    coverage = policy.add_parser("coverage", help="逐条列出条款由什么计算、由什么提示")
    coverage.add_argument("id", nargs="?", help="政策的编号；不写时列出全部")
    coverage.set_defaults(command="policy coverage")
    mutate = policy.add_parser("mutate", help="逐处改动一份政策，看场景能否发现")
    mutate.add_argument("id", help="政策的编号")
    mutate.set_defaults(command="policy mutate")
    attach = policy.add_parser("attach", help="附上一份政策的官方原文")
    attach.add_argument("id", help="政策的编号")
    attach.add_argument("path", type=Path, metavar="FILE", help="原文的纯文本（UTF-8 或 GB18030）")
    attach.set_defaults(command="policy attach")
    _batch_options(commands.add_parser("batch", help="县级批次"))
    commands.add_parser("selftest", help="安装后自检").set_defaults(command="selftest")
    demo = commands.add_parser("demo", help="用样例演示全过程")
    demo.add_argument("--out", type=Path, default=Path("out"), help="截图、文书和上报表所在的文件夹")
    demo.set_defaults(command="demo")
    return parser


def _assess_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASE", help="案件文件（JSON）")
    parser.add_argument("--locality", help="地区编号或文件，代替案件中写明的")
    parser.add_argument("--on", type=_day, metavar="DATE", help="测算日期，默认今天")
    parser.add_argument("--json", action="store_true", help="每案一行 JSON")
    parser.set_defaults(command="assess")


def _notice_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="文书：receipt 受理回执、calculation 待遇测算单")
    parser.add_argument("case", type=Path, metavar="CASE", help="案件文件（JSON）")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="写入的文件")
    parser.add_argument("--locality", help="地区编号或文件，代替案件中写明的")
    parser.add_argument("--on", type=_day, metavar="DATE", help="文书日期，默认今天")
    parser.set_defaults(command="notice")


def _batch_options(parser: argparse.ArgumentParser) -> None:
    export = parser.add_subparsers(required=True, metavar="export").add_parser("export", help="导出上报表")
    export.add_argument("--store", type=Path, required=True, help="案卷库文件")
    export.add_argument("--case", action="append", metavar="ID", help="案件编号，可重复；不写时为全部待上报的")
    export.add_argument("-o", "--output", type=Path, default=Path(), help="写入的文件或文件夹，默认当前文件夹")
    export.set_defaults(command="batch export")
