"""Commands on the county's batches, on a store that somebody signs in to."""

import argparse
from pathlib import Path

from desktop.commands.doors import FINE, Commands, Doors
from desktop.commands.signing_in import add_signing_in, signed_in


def add_commands(batch: Commands) -> None:
    """Declares the commands and what they are told."""
    export = batch.add_parser("export", help="导出上报表")
    add_signing_in(export, with_code=False)
    export.add_argument("--case", action="append", metavar="ID", help="案件编号，可重复；不写时为全部待上报的")
    export.add_argument("-o", "--output", type=Path, default=Path(), help="写入的文件或文件夹，默认当前文件夹")
    export.set_defaults(command=_export)


def _export(options: argparse.Namespace, doors: Doors) -> int:
    from desktop.work.batching import export_batch

    with signed_in(options, doors) as entered:
        sent = export_batch(doors.office(entered), tuple(options.case or ()), options.output)
    print(f"{sent.number}：{sent.cases} 件、{sent.rows} 行，救助金额合计 {sent.total} 元，已写入 {sent.path}")
    return FINE
