"""Commands on a store: made, checked, its day told on paper."""

import argparse
import sys
from pathlib import Path

from desktop.commands.doors import DIFFERS, FINE, Doors, complain, day
from desktop.commands.signing_in import add_password, add_signing_in, add_store, new_password, signed_in
from desktop.domain.problems import Problem
from desktop.store.trouble import Damaged

SUFFIX = ".db"  # what lies beside a store has its name and other endings
WIDE = 40  # characters of a line that is written over the one before


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the commands and what they are told."""
    store = commands.add_parser("store", help="案卷库").add_subparsers(required=True, metavar="create|check|day-sheet")
    create = store.add_parser("create", help="新建案卷库和管理员，显示一次恢复码；旧版案卷库由此接管")
    add_store(create)
    create.add_argument("--office", required=True, metavar="NAME", help="单位名称，印在文书抬头")
    create.add_argument("--locality", required=True, metavar="ID", help="所在统筹地区的编号（yimen policy list）")
    create.add_argument("--administrator", required=True, metavar="NAME", help="管理员姓名")
    add_password(create)
    create.set_defaults(command=_create)
    check = store.add_parser("check", help="检查文件、工作记录、案卷、编号和文书是否与写入时一致")
    add_signing_in(check, with_code=True)
    check.set_defaults(command=_check)
    sheet = store.add_parser("day-sheet", help="打印日结单")
    add_signing_in(sheet, with_code=False)
    sheet.add_argument("--on", type=day, metavar="DATE", help="日期，默认今天")
    sheet.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="写入的文件")
    sheet.set_defaults(command=_day_sheet)


def _create(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.door import takes_over
    from desktop.work.entering import SetUp, set_up
    from desktop.work.office import Letterhead
    from desktop.work.office_facts import OfficeFacts, facts_data

    if options.store.suffix != SUFFIX:
        raise Problem(f"案卷库文件名 {options.store.name} 不以 {SUFFIX} 结尾。", f"请用例如 cases{SUFFIX} 的文件名。")
    if not options.store.parent.is_dir():
        raise Problem(f"没有文件夹 {options.store.parent}。", "请先建立它，或换一个位置。")
    doors.office(None).library.rules(options.locality)
    facts = facts_data(OfficeFacts(Letterhead(office=options.office.strip()), options.locality))
    door = doors.door(options.store)
    taken_over = takes_over(door)
    entered = set_up(door, SetUp(options.administrator, new_password(options), facts))
    entered.store.close()
    print(f"{'已接管旧版' if taken_over else '已新建'}案卷库 {options.store}，管理员：{entered.clerk.name}")
    print(f"恢复码：{entered.code}")
    print("恢复码只在这里显示一次：请抄在纸上，与电脑分开保管。口令全部遗忘时只有它能打开案卷库。")
    return FINE


def _check(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.auditing import audit

    try:
        with signed_in(options, doors) as entered:
            complain(*(f"提示：{one.what}{one.remedy}" for one in entered.store.findings))
            found = audit(entered.store, _told)
    except Damaged as damaged:
        complain(f"{damaged.what}{damaged.remedy}")
        return DIFFERS
    except KeyboardInterrupt:
        complain("\n检查已中止，没有结论。")
        return DIFFERS
    if sys.stderr.isatty():
        complain("")
    print(found.looked_at)
    complain(*(f"{one.what}{one.remedy}" for one in found.troubles))
    if found.more:
        complain(f"另有 {found.more} 处同类问题没有逐一列出。")
    if found.sound:
        print("没有发现问题。")
    return FINE if found.sound else DIFFERS


def _told(far: str) -> bool:
    if sys.stderr.isatty():
        print(f"\r{far:<{WIDE}}", end="", file=sys.stderr, flush=True)
    return True


def _day_sheet(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.day_sheet import day_sheet
    from desktop.work.files import write_aside

    with signed_in(options, doors) as entered:
        office = doors.office(entered)
        # Where the file cannot be written, the sheet was not printed.
        with office.change():
            sheet = day_sheet(office, options.on or office.today())
            write_aside(options.output, sheet.pdf)
    print(f"已写入 {options.output}")
    return FINE
