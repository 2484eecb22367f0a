"""Commands on case files: assessed, or made into a notice, without a store."""

import argparse
import json
from pathlib import Path

from desktop.commands.doors import FINE, Commands, Doors, day
from desktop.policy.assessment import assessment_data


def add_commands(commands: Commands) -> None:
    """Declares the commands and what they are told."""
    assess = commands.add_parser("assess", help="测算案件文件")
    assess.add_argument("cases", nargs="+", type=Path, metavar="CASE", help="案件文件（JSON）")
    assess.add_argument("--locality", help="地区编号或文件，代替案件中写明的")
    assess.add_argument("--on", type=day, metavar="DATE", help="测算日期，默认今天")
    assess.add_argument("--json", action="store_true", help="每案一行 JSON")
    assess.set_defaults(command=_assess)
    notice = commands.add_parser("notice", help="由案件文件生成一份文书")
    notice.add_argument("kind", metavar="KIND", help="文书：receipt 受理回执、calculation 待遇测算单")
    notice.add_argument("case", type=Path, metavar="CASE", help="案件文件（JSON）")
    notice.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="写入的文件")
    notice.add_argument("--locality", help="地区编号或文件，代替案件中写明的")
    notice.add_argument("--on", type=day, metavar="DATE", help="文书日期，默认今天")
    notice.set_defaults(command=_notice)


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
