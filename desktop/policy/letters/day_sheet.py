"""日结单: what a window did in a day and where its journal stands, on paper that nobody can change afterwards."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.calendar import chinese_day
from desktop.policy.letters.letter import Facts, Heading, Letter, Paragraph, Part, Remark, Signatures, Table

NOTHING = "—"
VALID = "有效"
CLOCK = "%Y-%m-%d %H:%M"
GROUP = 4  # characters of a hash that are read out in one breath


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number of the register: its series by its Chinese name, the case that it belongs to by its number alone.

    ``voided``: why it was given up; it stands on the sheet of the day of that, whenever it was ``given`` (None where
    nobody kept the day).
    """

    series: str
    text: str
    case_no: str
    given: date | None
    voided: str | None = None


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that went to the county: its number, what it holds in words, how many rows, when and by whom."""

    number: str
    kind: str
    rows: int
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many cases were opened and changed that day, and how many notices printed."""

    opened: int
    changed: int
    printed: int


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where the journal of a window stands: its last entry's number and hash, and the short code for both."""

    window: str
    seq: int
    hash: bytes
    code: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The day of a window; ``backup`` and ``second`` (the second medium) are the newest that counted, None where none."""

    office: str
    day: date
    made_at: datetime
    made_by: str
    numbers: tuple[GivenNumber, ...]
    batches: tuple[SentBatch, ...]
    counts: DayCounts
    head: JournalHead
    backup: datetime | None
    second: datetime | None


def day_sheet_letter(sheet: DaySheet) -> Letter:
    """The sheet of a day; it names no applicant."""
    return Letter(
        kind="day_sheet",
        office=sheet.office,
        title="日结单",
        number=f"日结{sheet.day:%Y%m%d}-{sheet.head.window[-GROUP:]}",
        parts=(
            Facts(
                (
                    ("日结日期", chinese_day(sheet.day)),
                    ("制单时间", f"{sheet.made_at:{CLOCK}}"),
                    ("制单人", sheet.made_by),
                    ("窗口", sheet.head.window),
                )
            ),
            *_unsaved(sheet),
            Heading("一、编号登记"),
            *_numbers(sheet),
            Heading("二、上报批次"),
            _batches(sheet.batches),
            Heading("三、办理数量和备份"),
            _counts_and_backups(sheet),
            Heading("四、工作记录核对"),
            *_head(sheet.head),
            Signatures(("制单人", "核对人")),
        ),
        issued=sheet.made_at.date(),
    )


def _unsaved(sheet: DaySheet) -> Iterator[Part]:
    if sheet.backup is None or sheet.backup.date() < sheet.day:
        yield Remark("当天还没有备份。请先备份，再重新打印本单。")
    if sheet.second is None:
        yield Remark("还没有第二份介质。请把备份再存一份到另一块盘上，与电脑分开保管。")


def _numbers(sheet: DaySheet) -> Iterator[Part]:
    """Every number in one table, series by series, under how many there are of each."""
    if not sheet.numbers:
        yield Paragraph("当天没有编号。")
        return
    series = tuple(dict.fromkeys(one.series for one in sheet.numbers))
    counts = Counter(one.series for one in sheet.numbers if one.given == sheet.day)
    voided = sum(one.voided is not None for one in sheet.numbers)
    listed = "，".join(f"{name} {counts[name]} 个" for name in series)
    yield Paragraph(f"当天编号：{listed}。{f'作废 {voided} 个。' if voided else '没有作废。'}")
    rows = tuple(
        (one.series, one.text, one.case_no or NOTHING, _state(one, sheet.day))
        for one in sorted(sheet.numbers, key=lambda one: series.index(one.series))
    )
    yield Table(("种类", "编号", "所属案卷", "状态"), rows, (28, 34, 34, 60))


def _state(number: GivenNumber, day: date) -> str:
    if number.voided is None:
        return VALID
    earlier = "" if number.given in (None, day) else f"{chinese_day(number.given)}编号，"
    return f"{earlier}作废：{number.voided}"


def _batches(batches: tuple[SentBatch, ...]) -> Part:
    if not batches:
        return Paragraph("当天没有上报批次。")
    rows = tuple((one.number, one.kind, f"{one.rows}", f"{one.sent_at:%H:%M}", one.sent_by) for one in batches)
    return Table(("批次号", "内容", "行数", "时间", "上报人"), rows, (40, 44, 16, 16, 40), (2,))


def _counts_and_backups(sheet: DaySheet) -> Facts:
    return Facts(
        (
            ("打开案卷", f"{sheet.counts.opened} 件"),
            ("修改案卷", f"{sheet.counts.changed} 件"),
            ("打印文书", f"{sheet.counts.printed} 份"),
            ("最近一次备份", _age(sheet.backup, sheet.made_at)),
            ("第二份介质", _age(sheet.second, sheet.made_at)),
        )
    )


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "没有"
    days = (now.date() - at.date()).days
    if days < 0:
        return f"{at:{CLOCK}}（晚于制单时间，请检查电脑时钟）"
    return f"{at:{CLOCK}}（{f'{days} 天前' if days else '当天'}）"


def _head(head: JournalHead) -> Iterator[Part]:
    digits = head.hash.hex()
    groups = [digits[place : place + GROUP] for place in range(0, len(digits), GROUP)]
    half = len(groups) // 2
    yield Facts(
        (
            ("记录条数", f"{head.seq} 条"),
            ("电话核对码", head.code),
            ("校验值前半", " ".join(groups[:half])),
            ("校验值后半", " ".join(groups[half:])),
        )
    )
    yield Paragraph(f"程序中第 {head.seq} 条记录的核对码应与本单相同；不同的，请联系技术支持。")
