"""Commands on a store: made, checked, its day told on paper."""

import argparse
from pathlib import Path

from desktop.commands.doors import DIFFERS, FINE, Commands, Doors, complain, day, show_progress
from desktop.commands.signing_in import add_password, add_signing_in, add_store, new_password, signed_in
from desktop.domain.problems import Problem
from desktop.store.trouble import Damaged

SUFFIX = ".db"  # what lies beside a store has its name and other endings


def add_commands(store: Commands) -> None:
    """Declares the commands and what they are told."""
    create = store.add_parser("create", help="新建案卷库和管理员，显示一次恢复码；旧版案卷库由此接管")
    add_store(create)
    create.add_argument("--office", required=True, metavar="NAME", help="单位名称，印在文书抬头")
    create.add_argument("--locality", required=True, metavar="ID", help="所在统筹地区的编号（yimen policy list）")
    create.add_argument("--administrator", required=True, metavar="NAME", help="管理员姓名")
    add_password(create)
    create.set_defaults(command=_create)
    check = store.add_parser("check", help="检查文件、工作记录、案卷、编号和文书是否与写入时一致")
    add_signing_in(check, with_code=True)
    check.add_argument(
        "--backups", type=Path, metavar="FOLDER", help="与此文件夹中的备份核对；不写时为平时的备份文件夹"
    )
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
    from desktop.work.backup_places import Backups
    from desktop.work.drilling import anchors

    usual = doors.backups(options.store)
    folders = (options.backups,) if options.backups else (usual.folder, usual.second)
    try:
        with signed_in(options, doors) as entered:
            complain(*(f"提示：{one.what}{one.remedy}" for one in entered.store.findings))
            office = doors.office(entered)
            told = [one for folder in folders if folder for one in anchors(office, Backups(options.store, folder))]
            found = audit(entered.store, show_progress, told)
    except Damaged as damaged:
        complain(f"{damaged.what}{damaged.remedy}")
        return DIFFERS
    show_progress("\n")
    print(found.looked_at)
    complain(*(f"{one.what}{one.remedy}" for one in found.troubles))
    if found.more:
        complain(f"另有 {found.more} 处同类问题没有逐一列出。")
    if found.sound:
        print("没有发现问题。")
    return FINE if found.sound else DIFFERS


def _day_sheet(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.backup_ages import ages
    from desktop.work.day_sheet import day_sheet
    from desktop.work.files import write_aside

    with signed_in(options, doors) as entered:
        office = doors.office(entered)
        found = ages(doors.backups(options.store), entered.store.id, office.now())
        # Where the file cannot be written, the sheet was not printed.
        with office.change():
            sheet = day_sheet(office, options.on or office.today(), found.newest, found.second)
            write_aside(options.output, sheet.pdf)
    print(f"已写入 {options.output}")
    return FINE
