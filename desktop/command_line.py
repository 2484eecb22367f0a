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
    for line in checked.lines:
        print(line)
    if checked.failures:
        _complain(*checked.failures)
    return DIFFERS if checked.failures else FINE


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
        required=True, metavar="list|show|check|attach"
    )
    policy.add_parser("list", help="列出").set_defaults(command="policy list")
    show = policy.add_parser("show", help="显示一份的全部内容")
    show.add_argument("id", help="政策或地区的编号")
    show.set_defaults(command="policy show")
    check = policy.add_parser("check", help="检查格式和场景")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="政策或地区文件；不写时检查全部")
    check.set_defaults(command="policy check")
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
